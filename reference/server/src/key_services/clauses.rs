use onem2m_association::{Binding, PskTable, Session as Association};
use onem2m_identity::{DomainName, Entity, PskIdentity};
use onem2m_keys::Suid;
use onem2m_primitive::Request;
use serde_json::Value;
use time::OffsetDateTime;

use super::parameters::Members;
use super::procedures::{
    self, Changes, client_registration as client, commands, enrolment, key_registration as key,
    retrieval,
};
use super::records::{ClientRegistration, Enrolment, Issued, KeyRegistration, Records};
use super::records::{NamedKey, Octets};
use super::serving::{self, Accept};
use super::session::{self, Exported, Session};
use super::{EnrolmentTarget, ServiceRole, ServiceSettings, est, parameters, service};
use crate::refusal::Refusal;
use procedures::Scene;

/// The decisions of a key service, each a function that can be replaced alone.
#[derive(Clone, Copy)]
pub(crate) struct Clauses {
    /// How its associations come about (TS-0003 V3.18.0, 8.8.2.2 and 8.3.5.2.2).
    pub(crate) association: onem2m_association::Clauses,
    /// Deals with a connection: nothing is served outside an association (TS-0003 V3.18.0, 8.8.2.3 and 8.3.5.2.3).
    pub(crate) accept: Accept,
    /// Under which identifier the key is kept that a client means (TS-0003 V3.18.0, 10.6).
    pub(crate) known_identity: fn(&PskTable, &[u8]) -> Option<PskIdentity>,
    /// The client that the handshake authenticated (TS-0003 V3.18.0, 8.8.2.2 and 8.3.5.2.2).
    pub(crate) client: fn(Option<&Binding>) -> Option<Entity>,
    /// For whom a request is taken: the authenticated client (TS-0003 V3.18.0, 8.8.2.3, 8.8.2.7, 8.8.2.8).
    pub(crate) requester: fn(&Session, &Request) -> String,
    /// Identifier and key out of a session (TS-0003 V3.18.0, 10.3.1).
    pub(crate) exported: fn(ServiceRole, &dyn Association) -> Option<Exported>,

    /// Whether a request has no members but those of its procedure (TS-0003 V3.18.0, 8.8.2 and 8.3.5.2).
    pub(crate) known_members: fn(&[&str], &Members) -> Result<(), Refusal>,
    /// A parameter that has to be there (TS-0003 V3.18.0, 8.8.2.3 and 8.3.5.2.3).
    pub(crate) mandatory: for<'m> fn(&'m Members, &str) -> Result<&'m str, Refusal>,
    /// Whether MAF-FQDN or MEF-FQDN is the own (TS-0003 V3.18.0, 8.8.2.3 and 8.3.5.2.3).
    pub(crate) is_own_fqdn: fn(&DomainName, &str) -> bool,
    /// The expiry for an expirationTime (TS-0003 V3.18.0, 8.8.2.3 and 8.3.5.2.3).
    pub(crate) expiry: fn(&Scene<'_>, &str) -> Result<OffsetDateTime, Refusal>,
    /// Whether a stakeholder authorized a client (TS-0003 V3.18.0, 8.8.2.3 and 8.3.5.2.3).
    pub(crate) is_authorized: fn(&ServiceSettings, &str, &str) -> bool,
    /// Whether what was registered has not expired (TS-0003 V3.18.0, 8.8.2.5, 8.8.2.8, 10.7).
    pub(crate) is_in_force: fn(OffsetDateTime, OffsetDateTime) -> bool,
    /// What of a full representation answers an update: what the request held (TS-0003 V3.18.0, 8.8.2.5 and 8.8.2.9).
    pub(crate) echoed: fn(Members, &Members) -> Members,
    /// Whether an update holds something that may change, and nothing else (TS-0003 V3.18.0, 8.8.2.5 and 8.8.2.9).
    pub(crate) changes_something: fn(&[&str], &Members) -> Result<(), Refusal>,

    /// The registration that a client has with a stakeholder already (TS-0003 V3.18.0, 8.8.1 and 8.3.5.1).
    pub(crate) registered_already: fn(&Scene<'_>, &Records, &str) -> bool,
    /// A new identifier of a client registration (TS-0003 V3.18.0, 8.8.2.3 and 8.3.5.2.3).
    pub(crate) registration_id: fn(&Records) -> Result<String, Refusal>,
    /// Keeps a client registration (TS-0003 V3.18.0, 8.8.2.3 and 8.3.5.2.3).
    pub(crate) keep_registration: fn(&mut Records, ClientRegistration),
    /// What a response says of a client registration (TS-0003 V3.18.0, 8.8.2.3 and 8.3.5.2.3).
    pub(crate) registration: fn(&Scene<'_>, &ClientRegistration) -> Members,
    /// Whether a client may update and end a registration (TS-0003 V3.18.0, 8.8.2.5 and 8.8.2.6).
    pub(crate) owns_registration: fn(&Scene<'_>, &ClientRegistration) -> bool,
    /// Carries an update out (TS-0003 V3.18.0, 8.8.2.5 and 8.3.5.2.5).
    pub(crate) change_registration: fn(&mut ClientRegistration, &Changes),
    /// The configuration for a registration (TS-0003 V3.18.0, 8.8.2.4 and 8.3.5.2.4).
    pub(crate) configuration: fn(&Scene<'_>, &ClientRegistration) -> Option<Value>,
    /// Ends a registration (TS-0003 V3.18.0, 8.8.2.6 and 8.3.5.2.6).
    pub(crate) end_registration: fn(&mut Records, &str),

    /// Whether the key services are open to a client for a stakeholder (TS-0003 V3.18.0, 8.8.1 and 8.3.5.1).
    pub(crate) is_served: fn(&Scene<'_>, &Records, &str) -> bool,
    /// The usage of a key (TS-0003 V3.18.0, 8.8.2.7 and 8.3.5.2.7; TS-0004 V3.32.0, Table 6.3.4.2.39-1).
    pub(crate) suid: fn(ServiceRole, &Value) -> Option<u8>,
    /// Whether a key of a usage may have so many targets (TS-0003 V3.18.0, 8.8.2.7 and 8.3.5.2.7).
    pub(crate) is_number_of_targets: fn(u8, usize) -> bool,
    /// The identifier of a target (TS-0003 V3.18.0, 8.8.2.7 and 8.3.5.2.7).
    pub(crate) target: fn(u8, &str) -> Option<String>,
    /// The octets of a Key Value (TS-0003 V3.18.0, 8.8.2.7 and 8.3.5.2.7).
    pub(crate) key_value: fn(&Value) -> Option<Octets>,
    /// RelativeKeyID and key: that of the request, or what the session exports (TS-0003 V3.18.0, 8.8.2.7, 8.3.5.2.7 and 10.3.5).
    pub(crate) key: fn(&Scene<'_>, &Records, Option<Octets>) -> Result<NamedKey, Refusal>,
    /// Under which RelativeKeyID a key is kept: the one that it was assigned (TS-0003 V3.18.0, 8.8.2.7 and 8.3.5.2.7).
    pub(crate) relative_key_id: fn(&Members, String) -> String,
    /// Keeps a key registration (TS-0003 V3.18.0, 8.8.2.7 and 8.3.5.2.7).
    pub(crate) keep_key: fn(&mut Records, KeyRegistration),
    /// What the response to a key registration says (TS-0003 V3.18.0, 8.8.2.7 and 8.3.5.2.7).
    pub(crate) key_registration: fn(&Scene<'_>, &KeyRegistration) -> Members,
    /// The key of a RelativeKeyID (TS-0003 V3.18.0, 8.8.2.8 and 8.3.5.2.8).
    pub(crate) find_key: for<'a> fn(&'a Records, &str) -> Option<&'a KeyRegistration>,
    /// Whether the requester is in the list of authorized targets (TS-0003 V3.18.0, 8.8.2.8 and 8.3.5.2.8).
    pub(crate) is_target: fn(&KeyRegistration, &str) -> bool,
    /// Whether a key has not expired (TS-0003 V3.18.0, 8.8.2.8, 8.3.5.2.8 and 10.7).
    pub(crate) is_key_in_force: fn(OffsetDateTime, OffsetDateTime) -> bool,
    /// Whether a key may still be changed (TS-0003 V3.18.0, 8.8.2.9 and 8.3.5.2.9).
    pub(crate) is_key_changeable: fn(OffsetDateTime, OffsetDateTime) -> bool,
    /// What the response to a key retrieval says (TS-0003 V3.18.0, 8.8.2.8 and 8.3.5.2.8).
    pub(crate) retrieved: fn(&Scene<'_>, &KeyRegistration) -> Members,
    /// The refusal to whom a key is not for (TS-0003 V3.18.0, 8.8.2.8 and 8.3.5.2.8).
    pub(crate) no_key: fn(Option<&KeyRegistration>) -> Refusal,
    /// Whether a client may update and end a key registration (TS-0003 V3.18.0, 8.8.2.9 and 8.8.2.10).
    pub(crate) owns_key: fn(&Scene<'_>, &KeyRegistration) -> bool,
    /// Carries an update of a key registration out (TS-0003 V3.18.0, 8.8.2.9 and 8.3.5.2.9).
    pub(crate) change_key: fn(&mut KeyRegistration, &Changes, &Members),
    /// Ends a key registration (TS-0003 V3.18.0, 8.8.2.10 and 8.3.5.2.10).
    pub(crate) end_key: fn(&mut Records, &str),

    /// Keeps the Enrolment Key of a session (TS-0003 V3.18.0, 8.3.2.1 and 8.3.2.2).
    pub(crate) keep_enrolment: fn(&mut Records, &Session, OffsetDateTime),
    /// The Enrolment Key of a KeID (TS-0003 V3.18.0, 8.3.2.1 and 10.3.4).
    pub(crate) enrolment: for<'r> fn(&Scene<'_>, &'r Records, &str) -> Option<&'r Enrolment>,
    /// Whether an Enrolment Key has not expired (TS-0003 V3.18.0, 10.7).
    pub(crate) is_enrolment_in_force: fn(OffsetDateTime, OffsetDateTime) -> bool,
    /// The target, if it may fetch a key for a usage (TS-0003 V3.18.0, 8.3.2.1).
    pub(crate) enrolment_target:
        for<'s> fn(&Scene<'s>, &Enrolment, Suid) -> Option<&'s EnrolmentTarget>,
    /// The key for a target (TS-0003 V3.18.0, 10.3.7).
    pub(crate) derived: fn(&Scene<'_>, &Enrolment, Suid, &EnrolmentTarget) -> Option<Octets>,
    /// What the response to a target says (TS-0003 V3.18.0, Table 8.3.2.1-5).
    pub(crate) fetched: fn(&Scene<'_>, &Enrolment, &[u8]) -> Members,
    /// What the failure response says (TS-0003 V3.18.0, Table 8.3.2.1-6).
    pub(crate) failed: fn(&Scene<'_>, &str) -> Members,

    /// Decisions about certificates (TS-0003 V3.18.0, 8.3.6.2).
    pub(crate) est: est::Clauses,

    /// Whether a client may ask for the commands of a registration (TS-0003 V3.18.0, 8.3.9.2).
    pub(crate) owns_commands: fn(&Scene<'_>, &ClientRegistration) -> bool,
    /// The description of the next command (TS-0003 V3.18.0, 8.3.9.2 and 8.3.9.6).
    pub(crate) next_command: fn(&Scene<'_>, &ClientRegistration) -> Value,
    /// A new cmdID (TS-0003 V3.18.0, 8.3.9.1).
    pub(crate) command_id: fn(&ClientRegistration) -> Result<String, Refusal>,
    /// The status of a command that is issued, or issued again (TS-0003 V3.18.0, 8.3.9.5.2 and 8.3.9.5.3).
    pub(crate) command_status: fn(bool) -> u32,
    /// cmdStatusCode of a report (TS-0003 V3.18.0, 8.3.9.3 and 12.3.2.4).
    pub(crate) reported_status: fn(&Value) -> Option<u32>,
    /// Whether a report is about the latest command (TS-0003 V3.18.0, 8.3.9.3).
    pub(crate) is_latest: fn(&Issued, &str) -> bool,
}

impl Clauses {
    /// An MAF as specified.
    pub(crate) const MAF: Self = Self {
        association: onem2m_association::Clauses {
            key_of_identity: |table, identity| {
                table.get(service::without_case(table, identity)?.octets())
            },
            ..onem2m_association::Clauses::SPECIFICATION
        },
        known_identity: service::without_case,
        ..Self::MEF
    };

    /// An MEF as specified.
    pub(crate) const MEF: Self = Self {
        association: onem2m_association::Clauses::SPECIFICATION,
        accept: serving::accept,
        known_identity: service::exactly,
        client: session::client,
        requester: |session, _| session.client.clone(),
        exported: session::exported,
        known_members: parameters::known_members,
        mandatory: parameters::text,
        is_own_fqdn: parameters::is_own_fqdn,
        expiry: parameters::expiry,
        is_authorized: |settings, client, admin| settings.client(client, admin).is_some(),
        is_in_force: procedures::is_in_force,
        echoed: procedures::echoed,
        changes_something: parameters::changes_something,
        registered_already: client::registered_already,
        registration_id: client::registration_id,
        keep_registration: client::keep,
        registration: client::representation,
        owns_registration: client::owns,
        change_registration: client::change,
        configuration: client::configuration,
        end_registration: client::end,
        is_served: key::is_served,
        suid: key::suid,
        is_number_of_targets: key::is_number_of_targets,
        target: key::target,
        key_value: key::key_value,
        key: key::key,
        relative_key_id: |_, assigned| assigned,
        keep_key: key::keep,
        key_registration: key::representation,
        find_key: retrieval::find,
        is_target: retrieval::is_target,
        is_key_in_force: procedures::is_in_force,
        is_key_changeable: procedures::is_in_force,
        retrieved: retrieval::representation,
        no_key: |_| procedures::absent(),
        owns_key: key::owns,
        change_key: key::change,
        end_key: key::end,
        keep_enrolment: enrolment::keep,
        enrolment: enrolment::find,
        is_enrolment_in_force: procedures::is_in_force,
        enrolment_target: enrolment::target,
        derived: enrolment::derived,
        fetched: enrolment::fetched,
        failed: enrolment::failed,
        est: est::Clauses::SPECIFICATION,
        owns_commands: client::owns,
        next_command: commands::next,
        command_id: commands::id,
        command_status: commands::status,
        reported_status: commands::reported_status,
        is_latest: |issued, id| issued.id == id,
    };
}
