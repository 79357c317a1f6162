use onem2m_keys::ExporterLabel;

/// Which trust enabling function a key service is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ServiceRole {
    /// M2M Authentication Function (TS-0003 V3.18.0, 8.8).
    Maf,
    /// M2M Enrolment Function (TS-0003 V3.18.0, 8.3).
    Mef,
}

impl ServiceRole {
    /// Its name in lower case, as files and messages have it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Maf => "maf",
            Self::Mef => "mef",
        }
    }

    /// With what label keys are exported from a session with it (TS-0003 V3.18.0, 10.3.1). The clause names none for a key that
    /// is registered at an MEF; that of the Enrolment Key is taken.
    pub fn label(self) -> ExporterLabel {
        match self {
            Self::Maf => ExporterLabel::Connection,
            Self::Mef => ExporterLabel::Bootstrap,
        }
    }

    /// The usages of the keys that it distributes (TS-0004 V3.32.0, Table 6.3.4.2.39-1).
    pub fn usages(self) -> std::ops::RangeInclusive<u8> {
        match self {
            Self::Maf => 32..=35,
            Self::Mef => 21..=25,
        }
    }
}
