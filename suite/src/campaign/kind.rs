//! The resource types that the campaign knows.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A resource type (TS-0004 V3.32.0, 6.3.4.2.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// `<accessControlPolicy>`.
    Acp,
    /// `<AE>`.
    Ae,
    /// `<container>`.
    Cnt,
    /// `<contentInstance>`.
    Cin,
    /// `<CSEBase>`.
    Cb,
    /// `<group>`.
    Grp,
    /// `<subscription>`.
    Sub,
}

impl Kind {
    /// Its number.
    pub fn number(self) -> u32 {
        match self {
            Self::Acp => 1,
            Self::Ae => 2,
            Self::Cnt => 3,
            Self::Cin => 4,
            Self::Cb => 5,
            Self::Grp => 9,
            Self::Sub => 23,
        }
    }

    /// The short name of its root element (TS-0004 V3.32.0, Table 8.2.4-1).
    pub fn short(self) -> &'static str {
        match self {
            Self::Acp => "acp",
            Self::Ae => "ae",
            Self::Cnt => "cnt",
            Self::Cin => "cin",
            Self::Cb => "cb",
            Self::Grp => "grp",
            Self::Sub => "sub",
        }
    }

    /// The member of a content that represents one.
    pub fn root(self) -> String {
        format!("m2m:{}", self.short())
    }

    /// Whether another type can be below it (TS-0004 V3.32.0, 7.3.3.3 and 7.4).
    pub fn takes(self, child: Self) -> bool {
        match self {
            Self::Cb => !matches!(child, Self::Cb | Self::Cin),
            Self::Ae => matches!(child, Self::Acp | Self::Cnt | Self::Grp | Self::Sub),
            Self::Cnt => matches!(child, Self::Cnt | Self::Cin | Self::Sub),
            Self::Grp => child == Self::Sub,
            Self::Acp => child == Self::Sub,
            Self::Cin | Self::Sub => false,
        }
    }

    /// Whether it has accessControlPolicyIDs of its own.
    pub fn is_linked(self) -> bool {
        !matches!(self, Self::Acp | Self::Cin)
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.short())
    }
}
