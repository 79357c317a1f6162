use std::sync::{Arc, OnceLock};

use onem2m_association::{Clock, ConfigurationError, Server, Transport};

use crate::cse::Cse;

/// The server of each transport: one for all associations, so that it can resume them.
#[derive(Default)]
pub(crate) struct Servers {
    tls: OnceLock<Made>,
    dtls: OnceLock<Made>,
}

type Made = Result<Arc<Server>, ConfigurationError>;

impl Servers {
    /// The server of a transport, which is set up when it is first asked for.
    pub(crate) fn of(&self, cse: &Cse, transport: Transport) -> Made {
        let place = match transport {
            Transport::Tls => &self.tls,
            Transport::Dtls => &self.dtls,
        };
        place.get_or_init(|| make(cse, transport)).clone()
    }
}

fn make(cse: &Cse, transport: Transport) -> Made {
    let security = cse
        .configuration()
        .security
        .as_ref()
        .ok_or(ConfigurationError::NoCredential)?;
    let clock = cse.shared_clock();
    let clock = Clock::new(move || clock.now());
    let configuration = security.server(transport, clock, cse.clauses().association);
    Server::new(configuration).map(Arc::new)
}
