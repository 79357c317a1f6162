//! With what the tester makes ordinary associations.

use super::offer;
use crate::tester::link::LinkError;
use onem2m_association::{Client, ClientConfiguration, ClientCredential, Transport, Trust};
use onem2m_identity::DomainName;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// The credentials and trust anchors of the tester, and the clients that were made with them.
#[derive(Default)]
pub struct Associations {
    credentials: HashMap<String, ClientCredential>,
    anchors: Vec<Vec<u8>>,
    server_name: Option<DomainName>,
    clients: Mutex<Clients>,
}

/// By transport and entity.
type Clients = HashMap<(Transport, Option<String>), Arc<Client>>;

impl Associations {
    /// Credentials by the AE-ID or CSE-ID of their entity, anchors in DER, and the name for SNI.
    pub fn new(
        credentials: HashMap<String, ClientCredential>,
        anchors: Vec<Vec<u8>>,
        server_name: Option<DomainName>,
    ) -> Self {
        Self {
            credentials,
            anchors,
            server_name,
            clients: Mutex::default(),
        }
    }

    /// Whether an entity has a credential.
    pub fn holds(&self, entity: &str) -> bool {
        self.credentials.contains_key(entity)
    }

    /// The client for an entity; without credential it shows none.
    pub fn client(
        &self,
        transport: Transport,
        entity: Option<&str>,
    ) -> Result<Arc<Client>, LinkError> {
        let entity = entity.filter(|entity| self.holds(entity));
        let mut clients = self.clients.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (transport, entity.map(str::to_owned));
        if let Some(client) = clients.get(&key) {
            return Ok(client.clone());
        }
        let client = Arc::new(self.make(transport, entity)?);
        clients.insert(key, client.clone());
        Ok(client)
    }

    fn make(&self, transport: Transport, entity: Option<&str>) -> Result<Client, LinkError> {
        let credential = entity
            .and_then(|entity| self.credentials.get(entity))
            .cloned()
            .unwrap_or(ClientCredential::Nothing);
        if !matches!(credential, ClientCredential::Psk { .. }) && self.anchors.is_empty() {
            return Err(LinkError::NoWay(
                "the sender has no symmetric key, and the profile no trust anchor for the certificate of the IUT".into(),
            ));
        }
        let configuration = ClientConfiguration {
            suites: Some(offer::suites(&credential)),
            clauses: offer::clauses(&credential),
            trust: Trust {
                anchors: self.anchors.clone(),
                peers: Vec::new(),
            },
            server_name: self.server_name.clone(),
            ..ClientConfiguration::new(transport, credential)
        };
        Client::new(configuration)
            .map_err(|error| LinkError::NoWay(format!("no association can be made: {error}")))
    }
}
