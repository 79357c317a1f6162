//! What the tester answers within an association that the IUT opened.

use crate::catalogue::behaviour::{InboundOperation, Role};
use crate::purposes::stop::Stop;
use crate::purposes::world::World;
use crate::tester::handshake::{Association, Delivered};
use crate::tester::http_request::{RequestReader, answer};
use crate::tester::link::Inbound;
use onem2m_primitive::ResponseStatusCode;
use serde_json::{Value, json};
use std::time::Duration;

/// The least time that a request which has to come is given.
const ARRIVAL: Duration = Duration::from_secs(5);
/// Requests that are answered before the one that is waited for.
const MOST: usize = 16;

/// Answers requests up to the first of an operation, and gives that; none if it does not come.
pub async fn answered(
    world: &World<'_>,
    step: &str,
    role: Role,
    association: &mut Association<'_>,
    operation: InboundOperation,
) -> Result<Option<Inbound>, Stop> {
    let link = |error| Stop::link(step, &error);
    let patience = world.facts().patience.max(ARRIVAL);
    let mut reader = RequestReader::default();
    for _ in 0..MOST {
        let request = match reader.take() {
            Some(Ok(request)) => request,
            Some(Err(_)) => return Ok(None),
            None => match association.receive(patience).await.map_err(link)? {
                Delivered::Data(octets) => {
                    reader.push(&octets);
                    continue;
                }
                Delivered::Handshake(_) | Delivered::Other(..) => continue,
                Delivered::Alert(_)
                | Delivered::Unexpected(_)
                | Delivered::Closed
                | Delivered::Reset
                | Delivered::Silence => return Ok(None),
            },
        };
        association.send(&response(&request)).await.map_err(link)?;
        let is_awaited = request.operation() == Some(operation);
        if is_awaited {
            world
                .recorder()
                .arrived("association", step, role, request.clone());
            return Ok(Some(request));
        }
    }
    Ok(None)
}

/// The answer of a registrar to a request.
pub fn response(request: &Inbound) -> Vec<u8> {
    let (status, content) = match request.operation() {
        Some(InboundOperation::Create) => (ResponseStatusCode::CREATED, created(request)),
        Some(InboundOperation::Retrieve) => (ResponseStatusCode::OK, base(request)),
        Some(InboundOperation::Update) => (ResponseStatusCode::UPDATED, String::new()),
        Some(InboundOperation::Delete) => (ResponseStatusCode::DELETED, String::new()),
        Some(InboundOperation::Notify) => (ResponseStatusCode::OK, String::new()),
        None => (ResponseStatusCode::BAD_REQUEST, String::new()),
    };
    answering(request, status, &content)
}

/// An answer to a request.
pub fn answering(request: &Inbound, status: ResponseStatusCode, content: &str) -> Vec<u8> {
    let mut headers = vec![("X-M2M-RSC", status.number().to_string())];
    for (echoed, name) in [("x-m2m-ri", "X-M2M-RI"), ("x-m2m-rvi", "X-M2M-RVI")] {
        let mut fields = request.headers.iter();
        if let Some((_, value)) = fields.find(|(field, _)| field == echoed) {
            headers.push((name, value.clone()));
        }
    }
    answer(status.http_status().as_u16(), &headers, content).to_vec()
}

/// The resource that was asked for, with what a CSE adds (TS-0004 V3.32.0, 7.3.3.5).
fn created(request: &Inbound) -> String {
    let mut content: Value = serde_json::from_slice(&request.body.0).unwrap_or_default();
    let root = content
        .as_object_mut()
        .and_then(|root| root.values_mut().next());
    if let Some(attributes) = root.and_then(Value::as_object_mut) {
        let stem = request.from().unwrap_or_default().to_owned();
        let added = json!({
            "ri": stem, "aei": stem, "pi": "base", "ct": "20250101T000000",
            "lt": "20250101T000000", "et": "20490101T000000",
        });
        if let Value::Object(added) = added {
            for (name, value) in added {
                attributes.entry(name).or_insert(value);
            }
        }
        attributes.entry("rn").or_insert_with(|| json!("registree"));
    }
    content.to_string()
}

/// The `<CSEBase>`, at which an AE may look before it registers.
fn base(request: &Inbound) -> String {
    let name = request.target.split('?').next().unwrap_or_default();
    let name = name
        .trim_matches(['/', '~'])
        .rsplit('/')
        .next()
        .unwrap_or_default();
    json!({"m2m:cb": {
        "rn": name, "ri": "base", "ty": 5, "csi": "/tester", "cst": 1, "srv": ["2a", "3"],
        "srt": [1, 2, 3, 4, 5, 16, 23], "poa": [], "ct": "20250101T000000", "lt": "20250101T000000",
    }})
    .to_string()
}
