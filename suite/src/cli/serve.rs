//! `serve`: starts the reference implementation, with faults if asked.

use super::CliError;
use super::args::ServeArgs;
use super::output::{self, talk};
use crate::suggest::nearest;
use onem2m_server::faults::{self, Fault};
use onem2m_server::{Clauses, Configuration, Cse, SystemClock, TcpConnector};
use serde_json::json;
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::task::JoinSet;

/// Serves until it is ended.
pub fn execute(args: &ServeArgs) -> Result<u8, CliError> {
    args.refuse_not_built()?;
    if args.list_faults {
        return list(args.json);
    }
    if args.http.is_empty() {
        return Err(CliError::usage("no address to listen at").hint("give --http 127.0.0.1:8080"));
    }
    let mut clauses = Clauses::SPECIFICATION;
    for fault in named(&args.faults)? {
        (fault.apply)(&mut clauses);
    }
    let runtime = tokio::runtime::Runtime::new()
        .map_err(|error| CliError::tester(format!("the runtime does not start: {error}")))?;
    runtime.block_on(listen(&args.http, clauses))
}

async fn listen(addresses: &[SocketAddr], clauses: Clauses) -> Result<u8, CliError> {
    let configuration = Configuration::default();
    let served = format!(
        "{}{} serves http://{{}}/{}, administrator {}",
        configuration.sp, configuration.cse_id, configuration.cse_name, configuration.admin
    );
    let clock = Arc::new(SystemClock);
    let cse = Cse::new(configuration, clock, clauses, Arc::new(TcpConnector));
    let mut servers = JoinSet::new();
    for address in addresses {
        let unusable = |error: std::io::Error| {
            CliError::usage(format!("cannot listen at {address}: {error}"))
                .hint("name a free port of this host")
        };
        let listener = TcpListener::bind(address).await.map_err(unusable)?;
        let bound = listener.local_addr().map_err(unusable)?;
        talk(&served.replace("{}", &bound.to_string()));
        servers.spawn(cse.clone().listen(listener));
    }
    tokio::select! {
        ended = servers.join_next() => match ended {
            Some(Ok(Err(error))) => Err(CliError::tester(format!("a socket stops to accept: {error}"))),
            _ => Ok(0),
        },
        // Ctrl-C is how a person ends it.
        _ = tokio::signal::ctrl_c() => Ok(0),
    }
}

/// The faults with these names.
pub(super) fn named(names: &[String]) -> Result<Vec<&'static Fault>, CliError> {
    names
        .iter()
        .map(|name| {
            faults::find(name).ok_or_else(|| {
                let hint = match nearest(name, faults::all().map(|fault| fault.name)) {
                    Some(near) => format!("did you mean {near}?"),
                    None => "`onem2m-conform serve --list-faults` names them".into(),
                };
                CliError::usage(format!("there is no fault {name:?}")).hint(hint)
            })
        })
        .collect()
}

fn list(as_json: bool) -> Result<u8, CliError> {
    if as_json {
        let faults: Vec<_> = faults::all()
            .map(|fault| {
                json!({
                    "name": fault.name, "requirement": fault.requirement, "summary": fault.summary,
                })
            })
            .collect();
        output::json(&json!({ "faults": faults }))?;
        return Ok(0);
    }
    let lines: String = faults::all()
        .map(|fault| format!("{}  {}  {}\n", fault.name, fault.requirement, fault.summary))
        .collect();
    output::data(&lines)?;
    Ok(0)
}
