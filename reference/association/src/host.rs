use std::fmt;
use std::sync::Arc;

use onem2m_identity::DomainName;

use crate::{PskEntry, PskTable, ServerConfiguration};

/// An authority beside the default one, with symmetric keys of its own (TS-0003 V3.18.0, 10.2.1).
#[derive(Clone)]
pub struct Host {
    /// The name by which clients ask for it in SNI.
    pub name: DomainName,
    /// Its keys.
    pub identities: Arc<PskTable>,
}

impl fmt::Debug for Host {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Host")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

/// The host that a HostName of SNI means, without regard to case (RFC 6066, 3); `None` is the default authority.
pub(crate) fn by_name(hosts: &[Host], name: Option<&[u8]>) -> Option<usize> {
    let name = name?;
    hosts
        .iter()
        .position(|host| host.name.as_str().as_bytes().eq_ignore_ascii_case(name))
}

/// What stands behind an identity at a host, if it has not expired.
pub(crate) fn entry(
    configuration: &ServerConfiguration,
    host: Option<usize>,
    identity: &[u8],
) -> Option<PskEntry> {
    let table = table(configuration, host)?;
    let entry = (configuration.clauses.key_of_identity)(table, identity)?;
    is_in_force(configuration, &entry).then_some(entry)
}

/// Whether the entry with a serial stands behind an identity: another key may have come there meanwhile, for somebody else.
pub(crate) fn is_current(
    configuration: &ServerConfiguration,
    host: Option<usize>,
    identity: &[u8],
    serial: u64,
) -> bool {
    entry(configuration, host, identity).is_some_and(|entry| entry.serial == serial)
}

/// Whether a key has not expired.
pub(crate) fn is_in_force(configuration: &ServerConfiguration, entry: &PskEntry) -> bool {
    (configuration.clauses.is_key_in_force)(entry.until, configuration.clock.now())
}

/// The symmetric keys of a host.
pub(crate) fn table(configuration: &ServerConfiguration, host: Option<usize>) -> Option<&PskTable> {
    match host {
        Some(position) => configuration
            .hosts
            .get(position)
            .map(|host| host.identities.as_ref()),
        None => configuration.identities.as_deref(),
    }
}
