//! `send`: one primitive over the link of the profile, and what came back.

use super::args::SendArgs;
use super::output;
use super::{CliError, catalogue, profile};
use crate::catalogue::behaviour::Role;
use crate::engine::setup::network;
use crate::purposes::world::encode;
use crate::tester::link::{Call, Link, OutgoingRequest, Received};
use crate::tester::network::NetworkLink;
use onem2m_primitive::{FilterCriteria, Operation, Request, json as strict};
use serde_json::{Map, Value};
use std::io::Read;
use std::path::Path;

/// Sends the primitive; exit 3 if nothing came back.
pub fn execute(args: &SendArgs) -> Result<u8, CliError> {
    let catalogue = catalogue()?;
    let profile = profile(&args.profile, &catalogue)?;
    if profile.starts_reference() {
        return Err(CliError::usage("there is no IUT to send to")
            .hint("give a profile, or --set endpoints.http=http://HOST:PORT"));
    }
    let text = read(&args.file)?;
    let request = primitive(&text)?;
    let outgoing = encode(&request).map_err(CliError::usage)?;
    let runtime = tokio::runtime::Runtime::new()
        .map_err(|error| CliError::tester(format!("the runtime does not start: {error}")))?;
    let received = runtime.block_on(async {
        let network = network(&profile)
            .await
            .map_err(|error| CliError::usage(error.to_string()))?;
        let link = NetworkLink::new(network, "send".into());
        let call = Call {
            actor: "ADM".into(),
            step: "send".into(),
            role: Role::Stimulus,
            request: outgoing.clone(),
        };
        link.call(&call)
            .await
            .map_err(|error| CliError::usage(error.to_string()))
    })?;
    output::data(&shown_request(&outgoing))?;
    output::data(&shown_answer(&received))?;
    match received {
        Received::Http { .. } | Received::Overlong(_) => Ok(0),
        Received::Closed(_) | Received::Timeout | Received::Unreachable(_) => Ok(3),
    }
}

fn read(path: &Path) -> Result<Vec<u8>, CliError> {
    let read = match path.as_os_str() == "-" {
        true => {
            let mut text = Vec::new();
            std::io::stdin().read_to_end(&mut text).map(|_| text)
        }
        false => std::fs::read(path),
    };
    read.map_err(|error| {
        CliError::usage(format!("{}: {error}", path.display()))
            .hint("name a file with one request primitive in JSON, or - for standard input")
    })
}

/// Reads a request primitive by its short names (TS-0004 V3.32.0, 8.2.2).
fn primitive(text: &[u8]) -> Result<Request, CliError> {
    let wrong = |detail: String| {
        CliError::usage(format!("not a request primitive: {detail}")).hint(
            "an example: {\"op\":2,\"to\":\"cse-in\",\"fr\":\"CAdmin\",\"rqi\":\"1\",\"rvi\":\"3\"}",
        )
    };
    let value = strict::parse(text).map_err(|error| wrong(error.to_string()))?;
    let Value::Object(mut members) = value else {
        return Err(wrong("expected an object".into()));
    };
    let operation = members.remove("op").and_then(|op| op.as_u64());
    let operation = operation
        .ok_or_else(|| wrong("expected a number in `op`".into()))
        .and_then(|op| Operation::try_from(op).map_err(|error| wrong(error.to_string())))?;
    let to = text_of(&mut members, "to").ok_or_else(|| wrong("expected text in `to`".into()))?;
    let mut request = Request::retrieve(to);
    request.operation = operation;
    request.from = text_of(&mut members, "fr");
    request.request_identifier = text_of(&mut members, "rqi");
    request.release_version = text_of(&mut members, "rvi");
    request.resource_type = number_of(&mut members, "ty");
    request.result_content = number_of(&mut members, "rcn");
    request.discovery_result_type = number_of(&mut members, "drt");
    request.content = members.remove("pc");
    request.filter = filter(members.remove("fc"), &wrong)?;
    match members.keys().next() {
        None => Ok(request),
        Some(member) => Err(wrong(format!(
            "`{member}` is not one of op, to, fr, rqi, rvi, ty, rcn, drt, pc, fc"
        ))),
    }
}

fn filter(
    criteria: Option<Value>,
    wrong: &dyn Fn(String) -> CliError,
) -> Result<FilterCriteria, CliError> {
    let mut filter = FilterCriteria::default();
    let Some(criteria) = criteria else {
        return Ok(filter);
    };
    let Value::Object(mut members) = criteria else {
        return Err(wrong("expected an object in `fc`".into()));
    };
    filter.filter_usage = number_of(&mut members, "fu");
    filter.limit = number_of(&mut members, "lim");
    filter.level = number_of(&mut members, "lvl");
    if let Some(Value::Array(labels)) = members.remove("lbl") {
        let text = |label: &Value| label.as_str().map(str::to_owned);
        filter.labels = labels.iter().filter_map(text).collect();
    }
    match members.keys().next() {
        None => Ok(filter),
        Some(member) => Err(wrong(format!(
            "`fc.{member}` is not one of fu, lim, lvl, lbl"
        ))),
    }
}

fn text_of(members: &mut Map<String, Value>, name: &str) -> Option<String> {
    match members.remove(name)? {
        Value::String(text) => Some(text),
        other => Some(other.to_string()),
    }
}

fn number_of(members: &mut Map<String, Value>, name: &str) -> Option<u32> {
    let number = members.remove(name)?.as_u64()?;
    u32::try_from(number).ok()
}

fn shown_request(request: &OutgoingRequest) -> String {
    let head = format!("> {} {}\n", request.method, request.target);
    head + &shown_fields(">", &request.headers) + &shown_body(&request.body.0)
}

fn shown_answer(received: &Received) -> String {
    match received {
        Received::Http {
            status,
            headers,
            body,
        } => format!(
            "< HTTP {status}\n{}{}",
            shown_fields("<", headers),
            shown_body(&body.0)
        ),
        Received::Closed(detail) => format!("< the connection was closed: {detail}\n"),
        Received::Overlong(limit) => format!("< an answer of more than {limit} octets\n"),
        Received::Timeout => "< no answer in time\n".into(),
        Received::Unreachable(detail) => format!("< no connection: {detail}\n"),
    }
}

fn shown_fields(mark: &str, fields: &[(String, String)]) -> String {
    fields
        .iter()
        .map(|(name, value)| format!("{mark} {name}: {value}\n"))
        .collect()
}

fn shown_body(body: &[u8]) -> String {
    match body {
        [] => String::new(),
        body => format!("{}\n", String::from_utf8_lossy(body)),
    }
}
