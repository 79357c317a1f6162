use onem2m_primitive::{Operation, Request, ResponseStatusCode};
use serde_json::{Map, Value};
use time::OffsetDateTime;

use super::{client_registration, commands, enrolment, key_registration, retrieval};
use crate::key_services::records::Records;
use crate::key_services::service::Shared;
use crate::key_services::session::Session;
use crate::key_services::{Clauses, ServiceRole, ServiceSettings, WireNames, parameters};
use crate::refusal::Refusal;
use crate::resource::Timestamp;

/// A request with those who are concerned.
pub(crate) struct Scene<'a> {
    pub(crate) settings: &'a ServiceSettings,
    pub(crate) clauses: &'a Clauses,
    pub(crate) session: &'a Session,
    /// The absolute identifier of the client for whom it is taken.
    pub(crate) requester: String,
    pub(crate) now: OffsetDateTime,
}

/// What an update changes.
#[derive(Debug, Default)]
pub(crate) struct Changes {
    pub(crate) expires: Option<OffsetDateTime>,
    pub(crate) labels: Option<Vec<String>>,
    pub(crate) targets: Option<Vec<String>>,
}

/// What a request comes to in the end: status and content.
pub(crate) type Outcome = Result<(ResponseStatusCode, Option<Value>), Refusal>;

impl<'a> Scene<'a> {
    pub(crate) fn names(&self) -> &'a WireNames {
        &self.settings.names
    }

    /// What an update of labels and expirationTime changes.
    pub(crate) fn changes(&self, members: &Map<String, Value>) -> Result<Changes, Refusal> {
        let names = self.names();
        let expires = match members.contains_key(&names.expiration_time) {
            true => Some(self.expiry(members)?),
            false => None,
        };
        Ok(Changes {
            expires,
            labels: parameters::labels(members.get(&names.labels))?,
            targets: None,
        })
    }

    /// The expiry that a request asks for.
    pub(crate) fn expiry(&self, members: &Map<String, Value>) -> Result<OffsetDateTime, Refusal> {
        let text = (self.clauses.mandatory)(members, &self.names().expiration_time)?;
        (self.clauses.expiry)(self, text)
    }

    /// The stakeholder of a request, and that the request is for this service.
    pub(crate) fn admin<'m>(&self, members: &'m Map<String, Value>) -> Result<&'m str, Refusal> {
        let names = self.names();
        let fqdn = (self.clauses.mandatory)(members, &names.fqdn)?;
        if !(self.clauses.is_own_fqdn)(&self.settings.fqdn, fqdn) {
            let own = self.settings.fqdn.as_str();
            return Err(Refusal::bad_request(format!(
                "expected {own}, got {fqdn:?}"
            )));
        }
        (self.clauses.mandatory)(members, &names.admin_fqdn)
    }
}

/// Carries a request out. What changes what is registered is kept before it is answered.
pub(crate) fn handle(shared: &Shared, session: &Session, request: &Request) -> Outcome {
    let scene = Scene {
        settings: &shared.settings,
        clauses: &shared.clauses,
        session,
        requester: (shared.clauses.requester)(session, request),
        now: shared.clock.now(),
    };
    let names = scene.names();
    let content = request.content.as_ref();
    let segments: Vec<&str> = request.to.split('/').collect();
    let (base, below) = segments.split_first().unwrap_or((&"", &[]));
    if scene.settings.role == ServiceRole::Mef && *base == names.fetch {
        return match (request.operation, below) {
            (Operation::Retrieve, [id, suid]) => {
                shared.look(|records| enrolment::fetch(&scene, records, id, suid))
            }
            _ => Err(enrolment::failure(&scene, "no such path")),
        };
    }
    if *base != names.base {
        return Err(absent());
    }
    match (request.operation, below) {
        (Operation::Create, [])
            if request.resource_type == Some(names.client_registration_type) =>
        {
            shared.change(&scene, |records| {
                client_registration::create(&scene, records, content)
            })
        }
        (Operation::Create, []) if request.resource_type == Some(names.key_registration_type) => {
            let registered = shared.change(&scene, |records| {
                key_registration::create(&scene, records, content)
            });
            if registered.is_err() {
                session.restore();
            }
            registered
        }
        (Operation::Create, _) => Err(Refusal::bad_request("no such resource type here")),
        (Operation::Retrieve, [id]) => {
            shared.look(|records| match records.registrations.contains_key(*id) {
                true => client_registration::retrieve(&scene, records, id),
                false => retrieval::retrieve(&scene, records, id),
            })
        }
        (Operation::Retrieve, [id, last]) if *last == names.configuration => {
            shared.look(|records| client_registration::retrieve_configuration(&scene, records, id))
        }
        (Operation::Retrieve, [id, last]) if is_command(&scene, last) => {
            shared.change(&scene, |records| commands::retrieve(&scene, records, id))
        }
        (Operation::Update, [id, last]) if is_command(&scene, last) => shared
            .change(&scene, |records| {
                commands::update(&scene, records, id, content)
            }),
        (Operation::Update, [id]) => {
            shared.change(&scene, |records| match is_client(records, id) {
                true => client_registration::update(&scene, records, id, content),
                false => key_registration::update(&scene, records, id, content),
            })
        }
        (Operation::Delete, [id]) => {
            shared.change(&scene, |records| match is_client(records, id) {
                true => client_registration::delete(&scene, records, id),
                false => key_registration::delete(&scene, records, id),
            })
        }
        _ => Err(absent()),
    }
}

fn is_client(records: &Records, id: &str) -> bool {
    records.registrations.contains_key(id)
}

/// An MAF has no commands.
fn is_command(scene: &Scene<'_>, segment: &str) -> bool {
    scene.settings.role == ServiceRole::Mef && segment == scene.names().command
}

/// What is not there and what is nobody's business look alike: who asks learns of neither.
pub(crate) fn absent() -> Refusal {
    Refusal::not_found("nothing of this client is there")
}

/// It is in force until it expires (TS-0003 V3.18.0, 10.7).
pub(crate) fn is_in_force(expires: OffsetDateTime, now: OffsetDateTime) -> bool {
    now < expires
}

/// The members that the request held, as they are now.
pub(crate) fn echoed(
    mut full: Map<String, Value>,
    requested: &Map<String, Value>,
) -> Map<String, Value> {
    full.retain(|name, _| requested.contains_key(name));
    full
}

/// An object of one member.
pub(super) fn content(name: &str, members: Map<String, Value>) -> Option<Value> {
    Some(Value::Object(Map::from_iter([(
        name.to_owned(),
        Value::Object(members),
    )])))
}

/// A moment as it stands in a response.
pub(super) fn moment(moment: OffsetDateTime) -> Value {
    Timestamp::of(moment).into_text().into()
}

/// Octets that nobody can foresee, in hexadecimal digits.
pub(super) fn unforeseen() -> Result<String, Refusal> {
    let mut octets = [0; 16];
    getrandom::fill(&mut octets).map_err(|_| {
        let status = ResponseStatusCode::INTERNAL_SERVER_ERROR;
        Refusal::new(status, "expected random octets, got none")
    })?;
    Ok(octets.iter().map(|octet| format!("{octet:02x}")).collect())
}
