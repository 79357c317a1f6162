use crate::catalogue::behaviour::Party;
use crate::tester::handshake::{Association, Earlier, Exporter};
use onem2m_keys::{EXPORTED_LENGTH, ExporterLabel};
use onem2m_server::ServiceRole;
use zeroize::Zeroizing;

/// A session with a key service.
pub struct Line<'a> {
    /// Whose it is.
    pub party: Party,
    /// The association.
    pub association: Association<'a>,
    /// What keying material of it is exported from.
    pub exporter: Option<Exporter>,
    /// What it leaves to a later handshake.
    pub earlier: Earlier,
}

impl Line<'_> {
    /// Identifier and key of the session (TS-0003 V3.18.0, 10.3.1): 16 octets in hexadecimal digits, and 32 octets.
    pub fn exported(&self, label: ExporterLabel) -> Option<(String, Zeroizing<Vec<u8>>)> {
        let mut octets = Zeroizing::new([0; EXPORTED_LENGTH]);
        let exporter = self.exporter.as_ref()?;
        exporter
            .export(label.as_str(), None, octets.as_mut_slice())
            .ok()?;
        let (identifier, key) = octets.split_at_checked(16)?;
        let digits = identifier.iter().map(|octet| format!("{octet:02x}"));
        Some((digits.collect(), Zeroizing::new(key.to_vec())))
    }
}

/// The label of a key that is registered without a Key Value. TS-0003 V3.18.0, 10.3.1 names none for an MEF.
pub fn label(role: ServiceRole) -> ExporterLabel {
    match role {
        ServiceRole::Maf => ExporterLabel::Connection,
        ServiceRole::Mef => ExporterLabel::Bootstrap,
    }
}
