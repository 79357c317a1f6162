//! What can be wrong with a profile.

use super::KeyError;
use std::fmt;
use thiserror::Error;

/// Where in a profile something is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// A line of the file, from 1.
    Line {
        /// The file, or the name of the embedded profile.
        file: String,
        /// The line.
        line: usize,
    },
    /// A key that the command line sets.
    Set {
        /// The dotted key.
        key: String,
    },
}

impl fmt::Display for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Line { file, line } => write!(formatter, "{file}:{line}"),
            Self::Set { key } => write!(formatter, "--set {key}"),
        }
    }
}

/// Why a profile cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ProfileError {
    /// The file cannot be read.
    #[error("profile {file} cannot be read: {reason}")]
    Unreadable {
        /// The file.
        file: String,
        /// What the system says.
        reason: String,
    },
    /// The file is not TOML, or a value has the wrong form.
    #[error("{place}: {message}")]
    Value {
        /// Where.
        place: Place,
        /// What was expected and what stands there.
        message: String,
    },
    /// A key, claim or purpose that does not exist.
    #[error("{place}: unknown {kind} `{name}`")]
    Unknown {
        /// Where.
        place: Place,
        /// What kind of name it is.
        kind: &'static str,
        /// The name.
        name: String,
        /// The nearest that exists.
        suggestion: Option<String>,
        /// All that exist, if they are few.
        known: Vec<String>,
    },
    /// A waiver that does not say what it has to.
    #[error("{place}: {message}")]
    Waiver {
        /// Where.
        place: Place,
        /// What was expected and what stands there.
        message: String,
    },
    /// A capability that no IUT of its role can decline.
    #[error("{place}: {name} is mandatory for a {role} and cannot be declined")]
    Mandatory {
        /// Where.
        place: Place,
        /// The claim.
        name: String,
        /// The role.
        role: String,
    },
    /// A role is judged whose endpoint is not given.
    #[error("{place}: role {role} is judged, but none of its endpoints is given")]
    NoEndpoint {
        /// Where.
        place: Place,
        /// The role.
        role: String,
    },
    /// Requests go by an endpoint within associations, and nothing is there to make one with.
    #[error(
        "{place}: requests go to endpoints.{endpoint}, but there is neither a symmetric key nor a trust anchor for it"
    )]
    NoTrust {
        /// Where.
        place: Place,
        /// The key of the endpoint.
        endpoint: &'static str,
    },
    /// A key of a credential cannot be had.
    #[error("{place}: {error}")]
    Key {
        /// Where.
        place: Place,
        /// Why.
        error: KeyError,
    },
    /// An argument of `--set` without a value.
    #[error("--set {argument}: expected KEY=VALUE")]
    Setting {
        /// The argument.
        argument: String,
    },
    /// A credential on the command line, where others can see it.
    #[error(
        "--set {key}: credentials cannot be set on the command line, where others can see them"
    )]
    Secret {
        /// The dotted key.
        key: String,
    },
}

impl ProfileError {
    /// What to try.
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::Unreadable { .. } => {
                Some("give a file, or `reference` for the embedded reference implementation".into())
            }
            Self::Unknown {
                suggestion: Some(name),
                ..
            } => Some(format!("did you mean `{name}`?")),
            Self::Unknown { known, .. } if !known.is_empty() => {
                Some(format!("known here: {}", known.join(", ")))
            }
            Self::Unknown {
                kind: "claim" | "value",
                ..
            } => Some("`onem2m-conform list --json` names every claim and value".into()),
            Self::Waiver { .. } => Some(
                "a waiver names one purpose, who owns it, the reason, and the last day on which it \
                 holds: expires = 2027-03-31"
                    .into(),
            ),
            Self::Mandatory { name, .. } => Some(format!(
                "remove {name} from the profile, or judge other roles"
            )),
            Self::NoEndpoint { .. } => {
                Some("add one under [endpoints], or with --set endpoints.http=URL".into())
            }
            Self::NoTrust { .. } => Some(
                "name the authority of the IUT's certificate: [credentials.certificate.iut] trust_anchors = [\"ca.pem\"]; or a \
                 key of the administrator below [credentials.psk]"
                    .into(),
            ),
            Self::Setting { .. } => Some("for example --set limits.jobs=1".into()),
            Self::Secret { .. } => Some("use key_file or key_env in the profile file".into()),
            _ => None,
        }
    }
}
