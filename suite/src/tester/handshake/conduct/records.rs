use serde::Deserialize;
use std::num::NonZeroU16;

/// How messages are laid into records.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct RecordsConduct {
    /// The most octets of a handshake message in a record.
    pub octets: Option<NonZeroU16>,
    /// Whether neighbouring handshake messages share a record.
    pub coalesced: bool,
}
