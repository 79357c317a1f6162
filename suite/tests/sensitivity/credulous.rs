//! A CSE without access control that also takes every write: what should have been refused for its
//! form is stored as if it granted everything.

use onem2m_conform::catalogue::behaviour::{Role, ScriptedAnswer};
use onem2m_conform::engine::in_process;
use onem2m_conform::engine::purpose::Links;
use onem2m_conform::tester::embedded::EmbeddedLink;
use onem2m_conform::tester::link::{
    BoxFuture, Call, Inbound, Link, LinkError, Octets, OutgoingRequest, Received,
};
use onem2m_conform::tester::sources::Sources;
use onem2m_conform::tester::wire::{Connected, Dial};
use onem2m_server::{Clauses, Configuration};
use serde_json::{Value, json};
use std::sync::LazyLock;
use std::time::Duration;

/// Made once, since it has keys and certificates.
static CONFIGURATION: LazyLock<Configuration> = LazyLock::new(in_process::configuration);

/// Links to a fresh one for every attempt.
pub struct Credulous(pub Clauses);

impl Links for Credulous {
    fn open(&self, purpose: &str, _attempt: u32) -> Option<Box<dyn Link>> {
        let cse = in_process::link(&CONFIGURATION, self.0, purpose);
        Some(Box::new(CredulousLink(cse)))
    }
}

struct CredulousLink(EmbeddedLink);

impl Link for CredulousLink {
    fn call<'a>(&'a self, call: &'a Call) -> BoxFuture<'a, Result<Received, LinkError>> {
        Box::pin(async move {
            let received = self.0.call(call).await?;
            if call.role != Role::Stimulus || !is_refused(&received) {
                return Ok(received);
            }
            if call.request.method == "PUT" {
                return Ok(updated(&call.request));
            }
            match open_to_all(&call.request) {
                None => Ok(received),
                Some(request) => {
                    let call = Call {
                        request,
                        ..call.clone()
                    };
                    self.0.call(&call).await
                }
            }
        })
    }

    fn connect<'a>(&'a self, dial: &'a Dial) -> BoxFuture<'a, Result<Connected, LinkError>> {
        self.0.connect(dial)
    }

    fn elapsed(&self) -> Result<Duration, LinkError> {
        self.0.elapsed()
    }

    fn wait(&self, duration: Duration) -> BoxFuture<'_, ()> {
        self.0.wait(duration)
    }

    fn inbound<'a>(
        &'a self,
        entity: &'a str,
        patience: Duration,
    ) -> BoxFuture<'a, Result<Option<Inbound>, LinkError>> {
        self.0.inbound(entity, patience)
    }

    fn script(&self, entity: &str, answers: Vec<ScriptedAnswer>) -> Result<(), LinkError> {
        self.0.script(entity, answers)
    }

    fn point_of_access(&self, entity: &str) -> Result<String, LinkError> {
        self.0.point_of_access(entity)
    }

    fn sources(&self) -> Sources {
        self.0.sources()
    }

    fn outlives_purpose(&self) -> bool {
        self.0.outlives_purpose()
    }
}

fn is_refused(received: &Received) -> bool {
    match received {
        Received::Http { headers, .. } => headers
            .iter()
            .any(|(name, value)| name.eq_ignore_ascii_case("x-m2m-rsc") && value.starts_with('4')),
        _ => false,
    }
}

/// The Create with a policy that grants everything, or without links to policies.
fn open_to_all(request: &OutgoingRequest) -> Option<OutgoingRequest> {
    let mut content: Value = serde_json::from_slice(&request.body.0).ok()?;
    let (kind, members) = content.as_object_mut()?.iter_mut().next()?;
    match kind.as_str() {
        "m2m:acp" => {
            let everything = json!({"acr": [{"acor": ["all"], "acop": 63}]});
            let name = members.get("rn").cloned();
            *members = json!({"rn": name, "pv": everything, "pvs": everything});
        }
        _ => {
            members.as_object_mut()?.remove("acpi");
        }
    }
    Some(OutgoingRequest {
        body: Octets(content.to_string().into()),
        ..request.clone()
    })
}

/// The success of an Update that was not carried out.
fn updated(request: &OutgoingRequest) -> Received {
    let mut headers = vec![("x-m2m-rsc".to_owned(), "2004".to_owned())];
    let echoed = |name: &str| ["x-m2m-ri", "x-m2m-rvi"].contains(&name.to_lowercase().as_str());
    let of_request = request.headers.iter().filter(|(name, _)| echoed(name));
    headers.extend(of_request.cloned());
    Received::Http {
        status: 200,
        headers,
        body: Octets::default(),
    }
}
