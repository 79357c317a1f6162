//! What an attempt at a security association came to, as the tester saw it.

use onem2m_association::messages::{AlertDescription, CipherSuite};
use serde::{Deserialize, Serialize};
use std::fmt;

/// What an attempt at a security association came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AssociationEnd {
    /// The Finished of the IUT was verified.
    Established {
        /// The protocol version, as its two octets read.
        version: u16,
        /// The cipher suite.
        suite: u16,
        /// Whether an earlier session was resumed.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        resumed: bool,
    },
    /// The IUT sent an alert (RFC 5246, 7.2).
    Alert {
        /// 1 is a warning, 2 is fatal.
        level: u8,
        /// The number of the description.
        description: u8,
    },
    /// The IUT ended the connection without an alert.
    Closed,
    /// The connection broke.
    Reset,
    /// Nothing came in time.
    Silence,
    /// What came is not what the protocol allows here.
    Unexpected(String),
    /// The IUT chose from the offer what the tester offers and does not speak: a version, a suite, or a curve of it. The
    /// tester goes no further.
    Selected {
        /// The protocol version.
        version: u16,
        /// The cipher suite.
        suite: u16,
    },
    /// The IUT asked for a cookie (again), and the tester had no other (RFC 6347, 4.2.1).
    CookieAsked,
    /// The tester stopped as it was told to, and left the connection as it was.
    Left,
    /// There was no connection.
    Unreachable(String),
}

impl AssociationEnd {
    /// Whether the association stands.
    pub fn is_established(&self) -> bool {
        matches!(self, Self::Established { .. })
    }

    /// Whether the IUT refused: by a fatal alert, or by the end of the connection.
    pub fn is_refusal(&self) -> bool {
        matches!(
            self,
            Self::Alert { level: 2, .. } | Self::Closed | Self::Reset
        )
    }
}

impl fmt::Display for AssociationEnd {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Established {
                version,
                suite,
                resumed,
            } => {
                let how = if *resumed { "resumed" } else { "established" };
                write!(formatter, "{how}, version {version:04x}, suite {suite:04X}")
            }
            Self::Alert { level, description } => {
                let level = match level {
                    1 => "warning".to_owned(),
                    2 => "fatal".to_owned(),
                    other => format!("level {other}"),
                };
                let description = AlertDescription(*description);
                write!(formatter, "{level} alert {description}")
            }
            Self::Closed => write!(formatter, "connection closed without an alert"),
            Self::Reset => write!(formatter, "connection reset"),
            Self::Silence => write!(formatter, "no answer in time"),
            Self::Unexpected(what) => write!(formatter, "{what}"),
            Self::Selected { version, suite } => {
                let suite = CipherSuite(*suite);
                write!(
                    formatter,
                    "version {version:04x} and suite {suite} selected"
                )
            }
            Self::CookieAsked => write!(formatter, "another cookie asked for"),
            Self::Left => write!(formatter, "left by the tester"),
            Self::Unreachable(detail) => write!(formatter, "not reached: {detail}"),
        }
    }
}
