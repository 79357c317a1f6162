use std::fmt;
use std::sync::Arc;

use openssl::ssl::{Ssl, SslContext, SslSession};

use crate::channel::Channel;
use crate::connection::Connection;
use crate::error::library;
use crate::resumption::Ticket;
use crate::{
    ClientConfiguration, ClientSession, ConfigurationError, PeerCredential, Suite, client_context,
    ffi,
};

/// Makes the client ends of associations: Entity A (TS-0003 V3.18.0, 8.2.1).
pub struct Client(Arc<Shared>);

/// What a client has in common with its sessions.
pub(crate) struct Shared {
    context: SslContext,
    pub(crate) suites: Vec<Suite>,
    pub(crate) configuration: ClientConfiguration,
}

impl Client {
    /// Sets a client up.
    pub fn new(configuration: ClientConfiguration) -> Result<Self, ConfigurationError> {
        let clauses = configuration.clauses;
        configuration.trust.check()?;
        let suites = configuration.suites.clone().unwrap_or_else(|| {
            (clauses.client_suites)(
                configuration.transport,
                configuration.credential.framework(),
            )
        });
        Ok(Self(Arc::new(Shared {
            context: client_context::build(&configuration, &suites)?,
            suites,
            configuration,
        })))
    }

    /// What it was set up with.
    pub fn configuration(&self) -> &ClientConfiguration {
        &self.0.configuration
    }

    /// The client end of an association; its first octets wait to be transmitted.
    pub fn connect(&self) -> Result<ClientSession, ConfigurationError> {
        self.begin(None)
    }

    /// The client end of an association that resumes another. What another client made is not resumed.
    pub fn resume(&self, resumption: &Resumption) -> Result<ClientSession, ConfigurationError> {
        let own = Arc::ptr_eq(&self.0, &resumption.client);
        self.begin(own.then_some(resumption))
    }

    fn begin(&self, resumption: Option<&Resumption>) -> Result<ClientSession, ConfigurationError> {
        let configuration = &self.0.configuration;
        let mut ssl = Ssl::new(&self.0.context).map_err(library("SSL_new"))?;
        ssl.set_connect_state();
        ssl.param_mut()
            .set_time(configuration.clock.now().unix_timestamp());
        if let Some(name) = &configuration.server_name {
            ssl.set_hostname(name.as_str())
                .map_err(library("SSL_set_tlsext_host_name"))?;
        }
        let connection = Arc::new(Connection::new(
            configuration.transport,
            None,
            configuration.datagrams.first_timeout,
            None,
        ));
        if let Some(resumption) = resumption {
            if !ffi::set_session(&mut ssl, &resumption.session) {
                return Err(library("SSL_set_session")("session refused"));
            }
            connection.resume(Ticket {
                credential: resumption.credential.clone(),
                serial: None,
                host: None,
            });
        }
        let mut channel = Channel::new(
            ssl,
            configuration.transport,
            false,
            configuration.datagrams.mtu,
            connection,
        )?;
        channel.advance();
        Ok(ClientSession::new(channel, Arc::clone(&self.0)))
    }
}

/// What a client needs to resume an association.
#[derive(Clone)]
pub struct Resumption {
    pub(crate) session: SslSession,
    pub(crate) credential: PeerCredential,
    pub(crate) client: Arc<Shared>,
}

impl fmt::Debug for Resumption {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Resumption(..)")
    }
}
