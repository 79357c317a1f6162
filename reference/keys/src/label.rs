/// The number of octets that every exporter of oneM2M takes: 16 for an identifier, then 32 for a key
/// (TS-0003 V3.18.0, 10.3.1).
pub const EXPORTED_LENGTH: usize = 48;

/// The labels with which keys are exported from a session (TS-0003 V3.18.0, 10.3.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExporterLabel {
    /// RelativeKeID and Ke, between Enrolee and MEF.
    Bootstrap,
    /// KcID and Kc, between Entity A and MAF.
    Connection,
    /// pairwiseE2EKeyID and pairwiseE2EKey, between the end points of ESCertKE.
    EsCertKe,
}

impl ExporterLabel {
    /// The label as it is hashed.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Bootstrap => "EXPORTER-oneM2M-Bootstrap",
            Self::Connection => "EXPORTER-oneM2M-Connection",
            Self::EsCertKe => "EXPORTER-oneM2M-ESCertKE",
        }
    }
}
