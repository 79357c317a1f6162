//! `serve`: starts the reference implementation, with faults if asked.

use super::args::ServeArgs;
use super::output::{self, talk};
use super::{CliError, catalogue};
use crate::engine::provisioning::{Told, provision};
use crate::profile::Profile;
use crate::suggest::nearest;
use onem2m_server::faults::{self, Fault, FoundBy};
use onem2m_server::{
    Clauses, Configuration, Cse, KeyService, ServiceRole, ServiceSettings, SystemClock,
    TcpConnector,
};
use serde_json::json;
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::net::{TcpListener, UdpSocket};
use tokio::task::JoinSet;

/// Serves until it is ended.
pub fn execute(args: &ServeArgs) -> Result<u8, CliError> {
    if args.list_faults {
        return list(args.json);
    }
    let given = [
        &args.http,
        &args.https,
        &args.coap,
        &args.coaps,
        &args.maf,
        &args.mef,
    ];
    if given.into_iter().all(Vec::is_empty) {
        return Err(CliError::usage("no address to listen at").hint("give --http 127.0.0.1:8080"));
    }
    let mut clauses = Clauses::SPECIFICATION;
    for fault in named(&args.faults)? {
        (fault.apply)(&mut clauses);
    }
    let runtime = tokio::runtime::Runtime::new()
        .map_err(|error| CliError::tester(format!("the runtime does not start: {error}")))?;
    runtime.block_on(listen(args, clauses))
}

async fn listen(args: &ServeArgs, clauses: Clauses) -> Result<u8, CliError> {
    let told = told(args)?;
    let configuration = provision(Configuration::default(), &told);
    let served = format!(
        "{}{} serves {{}}/{}, administrator {}",
        configuration.sp, configuration.cse_id, configuration.cse_name, configuration.admin
    );
    let announce = |scheme: &str, bound: SocketAddr| {
        talk(&served.replace("{}", &format!("{scheme}://{bound}")));
    };
    let clock = Arc::new(SystemClock);
    let services = configuration.services.clone();
    let cse = Cse::new(
        configuration,
        clock.clone(),
        clauses,
        Arc::new(TcpConnector),
    );
    let mut servers = JoinSet::new();
    for (role, addresses) in [(ServiceRole::Maf, &args.maf), (ServiceRole::Mef, &args.mef)] {
        if addresses.is_empty() {
            continue;
        }
        let service = key_service(args, role, &services, clock.clone(), &clauses)?;
        for address in addresses {
            let unusable = |error| unusable(*address, &error);
            let listener = TcpListener::bind(address).await.map_err(unusable)?;
            let bound = listener.local_addr().map_err(unusable)?;
            talk(&format!(
                "the {} listens at https://{bound}",
                role.name().to_uppercase()
            ));
            servers.spawn(service.clone().listen_tls(listener));
        }
    }
    for address in &args.http {
        let unusable = |error| unusable(*address, &error);
        let listener = TcpListener::bind(address).await.map_err(unusable)?;
        announce("http", listener.local_addr().map_err(unusable)?);
        servers.spawn(cse.clone().listen(listener));
    }
    for address in &args.https {
        let unusable = |error| unusable(*address, &error);
        let listener = TcpListener::bind(address).await.map_err(unusable)?;
        announce("https", listener.local_addr().map_err(unusable)?);
        servers.spawn(cse.clone().listen_tls(listener));
    }
    for address in &args.coap {
        let unusable = |error| unusable(*address, &error);
        let socket = UdpSocket::bind(address).await.map_err(unusable)?;
        announce("coap", socket.local_addr().map_err(unusable)?);
        servers.spawn(cse.clone().listen_coap(socket));
    }
    for address in &args.coaps {
        let unusable = |error| unusable(*address, &error);
        let socket = UdpSocket::bind(address).await.map_err(unusable)?;
        announce("coaps", socket.local_addr().map_err(unusable)?);
        servers.spawn(cse.clone().listen_dtls(socket));
    }
    tokio::select! {
        ended = servers.join_next() => match ended {
            Some(Ok(Err(error))) => Err(CliError::tester(format!("a socket stops to listen: {error}"))),
            _ => Ok(0),
        },
        // Ctrl-C is how a person ends it.
        _ = tokio::signal::ctrl_c() => Ok(0),
    }
}

/// A key service as the profile states it, with what it kept.
fn key_service(
    args: &ServeArgs,
    role: ServiceRole,
    services: &[ServiceSettings],
    clock: Arc<SystemClock>,
    clauses: &Clauses,
) -> Result<KeyService, CliError> {
    let name = role.name();
    let settings = services.iter().find(|settings| settings.role == role);
    let settings = settings.ok_or_else(|| {
        CliError::usage(format!("the profile states no {}", name.to_uppercase())).hint(format!(
            "add [{name}] and [credentials.{name}], or leave --profile out"
        ))
    })?;
    let settings = ServiceSettings {
        state: args.state.clone(),
        ..settings.clone()
    };
    KeyService::new(settings, clock, clauses).map_err(|error| {
        CliError::usage(format!(
            "the state of the {} is not usable: {error}",
            name.to_uppercase()
        ))
        .hint("name another directory with --state, or restore this one")
    })
}

/// What a profile states of the credentials of its IUT.
fn told(args: &ServeArgs) -> Result<Told, CliError> {
    let Some(file) = &args.profile else {
        return Ok(Told::of_reference());
    };
    let profile = Profile::load(file, &[], &catalogue()?)?;
    Ok(Told {
        keys: profile.provisioned,
        hosts: profile.hosts,
        peers: profile.known_peers,
        token_issuers: profile.token_issuers,
        services: profile.known_services,
        sp_domain: profile.cse.sp_domain.unwrap_or_default(),
        ..Told::default()
    })
}

fn unusable(address: SocketAddr, error: &std::io::Error) -> CliError {
    CliError::usage(format!("cannot listen at {address}: {error}"))
        .hint("name a free port of this host")
}

/// Every fault: those for purposes, and those for the fuzzer.
fn every() -> impl Iterator<Item = &'static Fault> {
    faults::all().chain(faults::for_campaign())
}

/// The faults with these names.
pub(super) fn named(names: &[String]) -> Result<Vec<&'static Fault>, CliError> {
    names
        .iter()
        .map(|name| {
            faults::find(name).ok_or_else(|| {
                let hint = match nearest(name, every().map(|fault| fault.name)) {
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
        let faults: Vec<_> = every()
            .map(|fault| {
                json!({
                    "name": fault.name, "requirement": fault.requirement, "summary": fault.summary,
                    "found_by": fault.found_by().word(),
                })
            })
            .collect();
        output::json(&json!({ "faults": faults }))?;
        return Ok(0);
    }
    let lines: String = every()
        .map(|fault| {
            let mark = match fault.found_by() {
                FoundBy::Purpose => "",
                FoundBy::Campaign => " (for the fuzzer)",
            };
            format!(
                "{}  {}  {}{mark}\n",
                fault.name, fault.requirement, fault.summary
            )
        })
        .collect();
    output::data(&lines)?;
    Ok(0)
}
