use std::net::SocketAddr;
use std::sync::Arc;

use openssl::ssl::{Ssl, SslContext};

use crate::channel::Channel;
use crate::connection::Connection;
use crate::error::library;
use crate::resumption::Resumer;
use crate::server_end::ServerEnd;
#[cfg(feature = "written-out")]
use crate::without_openssl;
#[cfg(feature = "written-out")]
use crate::written_out;
use crate::{
    ConfigurationError, ServerConfiguration, ServerSession, Suite, Transport, server_context,
};

/// Makes the server ends of associations: Entity B (TS-0003 V3.18.0, 8.2.1).
pub struct Server {
    engine: Engine,
    suites: Vec<Suite>,
    resumer: Arc<Resumer>,
}

/// What speaks TLS and DTLS.
enum Engine {
    OpenSsl(SslContext),
    #[cfg(feature = "written-out")]
    WrittenOut(written_out::Server),
}

impl Server {
    /// Sets a server up.
    pub fn new(configuration: ServerConfiguration) -> Result<Self, ConfigurationError> {
        let clauses = configuration.clauses;
        let frameworks = configuration.frameworks();
        if frameworks.is_empty() {
            return Err(ConfigurationError::NoCredential);
        }
        configuration.trust.check()?;
        let suites = configuration.suites.clone().unwrap_or_else(|| {
            (clauses.server_suites)(configuration.transport, configuration.domain, &frameworks)
        });
        let resumer = Arc::new(Resumer::new(configuration));
        Ok(Self {
            engine: Engine::new(&resumer, &suites)?,
            suites,
            resumer,
        })
    }

    /// What it was set up with.
    pub fn configuration(&self) -> &ServerConfiguration {
        self.resumer.configuration()
    }

    /// The server end of an association with a client at an address.
    pub fn accept(&self, client: SocketAddr) -> Result<ServerSession, ConfigurationError> {
        let end = match &self.engine {
            Engine::OpenSsl(context) => self.accept_with(context, client)?,
            #[cfg(feature = "written-out")]
            Engine::WrittenOut(server) => {
                without_openssl::accept(server, self.configuration().transport, client)
            }
        };
        Ok(ServerSession::new(
            end,
            Arc::clone(&self.resumer),
            self.suites.clone(),
        ))
    }

    fn accept_with(
        &self,
        context: &SslContext,
        client: SocketAddr,
    ) -> Result<Box<dyn ServerEnd>, ConfigurationError> {
        let configuration = self.configuration();
        let mut ssl = Ssl::new(context).map_err(library("SSL_new"))?;
        ssl.set_accept_state();
        ssl.param_mut()
            .set_time(configuration.clock.now().unix_timestamp());
        let connection = Arc::new(Connection::new(
            configuration.transport,
            Some(client),
            configuration.datagrams.first_timeout,
            Some(Arc::clone(&self.resumer)),
        ));
        let listening = configuration.transport == Transport::Dtls
            && (configuration.clauses.verifies_address)();
        let channel = Channel::new(
            ssl,
            configuration.transport,
            listening,
            configuration.datagrams.mtu,
            connection,
        )?;
        Ok(Box::new(channel))
    }
}

impl Engine {
    fn new(resumer: &Arc<Resumer>, suites: &[Suite]) -> Result<Self, ConfigurationError> {
        #[cfg(feature = "written-out")]
        if let Some(clauses) = resumer.configuration().clauses.written_out {
            return without_openssl::server(clauses, resumer, suites).map(Self::WrittenOut);
        }
        server_context::build(resumer, suites).map(Self::OpenSsl)
    }
}
