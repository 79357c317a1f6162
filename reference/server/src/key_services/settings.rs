use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use onem2m_identity::{DomainName, Entity};
use onem2m_keys::{Suid, SuidEncoding};
use serde_json::Value;

use super::est::Authority;
use super::{ServiceRole, WireNames};
use crate::security::Security;

/// Who a key service is and how it is set up.
#[derive(Clone, Debug)]
pub struct ServiceSettings {
    /// Which function it is.
    pub role: ServiceRole,
    /// Its MAF-FQDN or MEF-FQDN.
    pub fqdn: DomainName,
    /// The keys and certificates with which clients and service authenticate each other: Km and KmID of a MAF, Kpm and KpmID of
    /// an MEF (TS-0003 V3.18.0, 8.8.2.2 and 8.3.5.2.2).
    pub security: Arc<Security>,
    /// Its clients, by whom their credentials stand for.
    pub clients: Vec<Client>,
    /// The longest time for which it registers anything. Who asks for more gets this: the response says so.
    pub longest: Duration,
    /// Who fetches keys that are derived from Enrolment Keys, of an MEF.
    pub enrolment_targets: Vec<EnrolmentTarget>,
    /// The Enrolment Expiry: how long an Enrolment Key is good (TS-0003 V3.18.0, 10.7).
    pub enrolment_lifetime: Duration,
    /// How a SUID goes into the derivation, which TS-0003 V3.18.0, 10.3.7 leaves open.
    pub suid_encoding: SuidEncoding,
    /// The longest request body in octets.
    pub body_limit: usize,
    /// Where it keeps what it registered; without, it forgets with its end.
    pub state: Option<PathBuf>,
    /// The CA for which it provisions certificates; without, it provisions none.
    pub authority: Option<Arc<Authority>>,
    /// Names on the wire.
    pub names: WireNames,
}

/// What a key service was told of a client by one administrating stakeholder.
#[derive(Clone, Debug, PartialEq)]
pub struct Client {
    /// The client.
    pub entity: Entity,
    /// The FQDN of the stakeholder that authorized it.
    pub admin_fqdn: String,
    /// The client configuration that waits for it.
    pub configuration: Option<Value>,
    /// The descriptions of the commands that wait for it (sec:cmdDescription, TS-0003 V3.18.0, 12.4.4).
    pub commands: Vec<Value>,
}

/// An Enrolment Target (TS-0003 V3.18.0, 8.3.2.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnrolmentTarget {
    /// Whom the credential stands for with which it authenticates itself.
    pub entity: Entity,
    /// The FQDN by which keys are derived for it.
    pub fqdn: String,
    /// Whose keys it may fetch.
    pub enrolee: Entity,
    /// For which usages.
    pub usages: Vec<Suid>,
}

impl ServiceSettings {
    /// A service without clients.
    pub fn new(role: ServiceRole, fqdn: DomainName, security: Arc<Security>) -> Self {
        Self {
            role,
            fqdn,
            security,
            clients: Vec::new(),
            longest: Duration::from_secs(366 * 24 * 60 * 60),
            enrolment_targets: Vec::new(),
            enrolment_lifetime: Duration::from_secs(60 * 60),
            suid_encoding: SuidEncoding::DecimalText,
            body_limit: 64 * 1024,
            state: None,
            authority: None,
            names: WireNames::of_project(role),
        }
    }

    /// What a stakeholder told of a client.
    pub(crate) fn client(&self, id: &str, admin_fqdn: &str) -> Option<&Client> {
        self.clients
            .iter()
            .find(|client| client.entity.absolute() == id && client.admin_fqdn == admin_fqdn)
    }
}
