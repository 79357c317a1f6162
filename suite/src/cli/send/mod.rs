//! `send`: one primitive, or octets as they are, to the IUT of the profile, and what came back.

mod primitive;
mod raw;

use super::args::SendArgs;
use super::output;
use super::{CliError, catalogue, profile};
use crate::catalogue::behaviour::Role;
use crate::engine::setup::network;
use crate::tester::coap::shown_option;
use crate::tester::link::{Call, Link, OutgoingRequest, Received, Way};
use crate::tester::network::NetworkLink;
use crate::tester::primitive::encode;
use onem2m_primitive::coap::Code;
use std::io::Read;
use std::path::Path;

/// Sends what the file holds: an object is a primitive, anything else is octets. Exit 3 if nothing
/// came back.
pub fn execute(args: &SendArgs) -> Result<u8, CliError> {
    let catalogue = catalogue()?;
    let profile = profile(&args.profile, &catalogue)?;
    if profile.starts_reference() {
        return Err(CliError::usage("there is no IUT to send to")
            .hint("give a profile, or --set endpoints.http=http://HOST:PORT"));
    }
    let octets = read(&args.file)?;
    if octets.trim_ascii_start().first() != Some(&b'{') {
        return raw::send(&profile, &octets);
    }
    let request = primitive::read(&octets)?;
    let outgoing = encode(&request).map_err(CliError::usage)?;
    let runtime = tokio::runtime::Runtime::new()
        .map_err(|error| CliError::tester(format!("the runtime does not start: {error}")))?;
    let received = runtime.block_on(async {
        let network = network(&profile)
            .await
            .map_err(|error| CliError::usage(error.to_string()))?;
        // Who has a credential sends with it, where there are associations.
        let from = request.from.clone();
        let association = from
            .filter(|from| network.ordinary.is_associated() && network.associations.holds(from));
        let link = NetworkLink::new(network, "send".into());
        let call = Call {
            actor: "sender".into(),
            step: "send".into(),
            role: Role::Stimulus,
            way: Way {
                association,
                ..Way::default()
            },
            patience: None,
            request: outgoing.clone(),
        };
        link.call(&call)
            .await
            .map_err(|error| CliError::usage(error.to_string()))
    })?;
    output::data(&shown_request(&outgoing))?;
    output::data(&shown_answer(&received))?;
    match received {
        Received::Http { .. } | Received::Coap { .. } | Received::Overlong(_) => Ok(0),
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
            .hint("name a file with one request primitive in JSON, or octets; - is standard input")
    })
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
        Received::Coap {
            code,
            options,
            body,
        } => {
            let fields: Vec<_> = options.iter().map(shown_option).collect();
            format!(
                "< CoAP {}\n{}{}",
                Code::from(*code),
                shown_fields("<", &fields),
                shown_body(&body.0)
            )
        }
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
