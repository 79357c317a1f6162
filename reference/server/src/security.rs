use std::sync::Arc;

use onem2m_association::{
    Clauses, Clock, DatagramSettings, Domain, Host, OwnCertificate, PskTable, ServerConfiguration,
    Transport, Trust,
};

/// What a CSE was provisioned with for its security associations (TS-0003 V3.18.0, 8.1.2, 8.2.1 and 10.2.1).
#[derive(Clone, Debug)]
pub struct Security {
    /// Where its node is.
    pub domain: Domain,
    /// The symmetric keys of the default authority. They may change while the CSE runs.
    pub identities: Option<Arc<PskTable>>,
    /// Further authorities.
    pub hosts: Vec<Host>,
    /// Its certificate or raw public key.
    pub certificate: Option<OwnCertificate>,
    /// Whom it trusts.
    pub trust: Trust,
    /// Whether clients get tickets; otherwise it keeps their sessions itself.
    pub tickets: bool,
    /// How it sends datagrams.
    pub datagrams: DatagramSettings,
}

impl Security {
    /// Nothing: neither keys nor certificates.
    pub fn new(domain: Domain) -> Self {
        Self {
            domain,
            identities: None,
            hosts: Vec::new(),
            certificate: None,
            trust: Trust::default(),
            tickets: true,
            datagrams: DatagramSettings::default(),
        }
    }

    pub(crate) fn server(
        &self,
        transport: Transport,
        clock: Clock,
        clauses: Clauses,
    ) -> ServerConfiguration {
        ServerConfiguration {
            transport,
            domain: self.domain,
            suites: None,
            identities: self.identities.clone(),
            hosts: self.hosts.clone(),
            certificate: self.certificate.clone(),
            trust: self.trust.clone(),
            tickets: self.tickets,
            clock,
            datagrams: self.datagrams,
            clauses,
        }
    }
}
