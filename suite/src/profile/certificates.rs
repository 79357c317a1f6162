//! The certificates of a profile, read.

use super::Credentials;
use super::credential::Certificate;
use super::pem;
use onem2m_association::{self as association, OwnCertificate};
use std::path::Path;
use zeroize::Zeroizing;

/// What the tester shows in ordinary associations, and whom it trusts there.
#[derive(Debug, Clone, Default)]
pub struct Certificates {
    /// What it shows, with the AE-ID or CSE-ID of whom it stands for.
    pub shown: Vec<(String, OwnCertificate)>,
    /// The trust anchors of the IUT's certificate, DER.
    pub anchors: Vec<Vec<u8>>,
}

impl Certificates {
    /// All of a profile, by name; what cannot be read was refused before.
    pub(super) fn all(credentials: &Credentials, folder: &Path) -> Self {
        let mut all = Self::default();
        for entry in credentials.certificate.values() {
            let read = Self::of(entry, folder).unwrap_or_default();
            all.shown.extend(read.shown);
            all.anchors.extend(read.anchors);
        }
        all
    }

    /// Those of one entry. The error names the member that is wrong, and says what is.
    pub(super) fn of(entry: &Certificate, folder: &Path) -> Result<Self, (&'static str, String)> {
        let mut read = Self::default();
        if let Some(own) = &entry.own {
            let chain = file(folder, &own.certificate).map_err(|error| ("certificate", error))?;
            blocks(folder, &own.certificate).map_err(|error| ("certificate", error))?;
            let key = file(folder, &own.key).map_err(|error| ("key", error))?;
            let shown = OwnCertificate::from_pem(&chain, &key)
                .map_err(|error| ("key", format!("{}: {error}", own.key.display())))?;
            read.shown.push((own.entity.clone(), shown));
        }
        for anchors in &entry.trust_anchors {
            let anchors = blocks(folder, anchors).map_err(|error| ("trust_anchors", error))?;
            read.anchors.extend(anchors);
        }
        Ok(read)
    }
}

fn file(folder: &Path, name: &Path) -> Result<Zeroizing<Vec<u8>>, String> {
    let file = folder.join(name);
    std::fs::read(&file)
        .map(Zeroizing::new)
        .map_err(|error| format!("{} cannot be read: {error}", file.display()))
}

/// The certificates of a file, each of which parses.
fn blocks(folder: &Path, name: &Path) -> Result<Vec<Vec<u8>>, String> {
    let file = folder.join(name);
    let blocks = pem::read_all(&file, "CERTIFICATE").map_err(|error| error.to_string())?;
    for der in &blocks {
        association::Certificate::parse(der).map_err(|_| {
            format!(
                "{}: expected certificates (RFC 5280), got octets that do not parse",
                file.display()
            )
        })?;
    }
    Ok(blocks.iter().map(|der| der.to_vec()).collect())
}
