//! The resource types that scenarios make.

use serde::{Deserialize, Serialize};

/// A resource type that scenarios make.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ResourceKind {
    /// `<accessControlPolicy>`
    Acp,
    /// `<AE>`
    Ae,
    /// `<container>`
    Cnt,
    /// `<contentInstance>`
    Cin,
    /// `<CSEBase>`
    Cb,
    /// `<remoteCSE>`
    Csr,
    /// `<group>`
    Grp,
    /// `<m2mServiceSubscriptionProfile>`
    Mssp,
    /// `<pollingChannel>`
    Pch,
    /// `<serviceSubscribedAppRule>`
    Asar,
    /// `<serviceSubscribedNode>`
    Svsn,
    /// `<subscription>`
    Sub,
    /// `<timeSeries>`
    Ts,
    /// `<timeSeriesInstance>`
    Tsi,
}

impl ResourceKind {
    /// The resourceType (TS-0004 V3.32.0, 6.3.4.2.1).
    pub fn code(self) -> u32 {
        match self {
            Self::Acp => 1,
            Self::Ae => 2,
            Self::Cnt => 3,
            Self::Cin => 4,
            Self::Cb => 5,
            Self::Csr => 16,
            Self::Grp => 9,
            Self::Mssp => 11,
            Self::Pch => 15,
            Self::Asar => 19,
            Self::Svsn => 20,
            Self::Sub => 23,
            Self::Ts => 29,
            Self::Tsi => 30,
        }
    }

    /// The member name of a representation, such as `m2m:cnt` (TS-0004 V3.32.0, 8.2.4).
    pub fn key(self) -> &'static str {
        match self {
            Self::Acp => "m2m:acp",
            Self::Ae => "m2m:ae",
            Self::Cnt => "m2m:cnt",
            Self::Cin => "m2m:cin",
            Self::Cb => "m2m:cb",
            Self::Csr => "m2m:csr",
            Self::Grp => "m2m:grp",
            Self::Mssp => "m2m:mssp",
            Self::Pch => "m2m:pch",
            Self::Asar => "m2m:asar",
            Self::Svsn => "m2m:svsn",
            Self::Sub => "m2m:sub",
            Self::Ts => "m2m:ts",
            Self::Tsi => "m2m:tsi",
        }
    }
}
