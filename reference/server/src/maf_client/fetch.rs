//! Fetching a key (TS-0003 V3.18.0, 8.2.2.3, 8.8.2.3 and 8.8.2.8).

use std::time::Duration;

use onem2m_association::{ClientConfiguration, Clock, FetchedKey, Transport};
use onem2m_identity::{Entity, PskIdentity};
use onem2m_primitive::{Request, Response};
use serde_json::{Map, json};
use time::OffsetDateTime;

use super::clauses::key_identifier;
use super::{KnownMaf, answer};
use crate::cse::Cse;
use crate::hop::{Hop, Way};
use crate::outbound::{Addressing, send_to_first};
use crate::resource::Timestamp;

/// How long a client registration is to last.
const REGISTRATION: Duration = Duration::from_secs(24 * 60 * 60);

/// Sees that the table has the key for a psk_identity if it is one of an MAF, and has none that the MAF does not give.
pub(crate) async fn fetch(cse: &Cse, identity: &[u8]) {
    let clauses = &cse.clauses().maf_client;
    let Some(table) = cse.keys() else { return };
    // OpenSSL refuses an identity that is none.
    let Ok(named) = PskIdentity::parse(identity) else {
        return;
    };
    let is_provisioned = table
        .get(identity)
        .is_some_and(|entry| entry.until.is_none());
    let maf = (clauses.maf)(&cse.configuration().mafs, &named);
    let Some(maf) = maf.filter(|_| !is_provisioned && (clauses.asks)(table, &named)) else {
        return;
    };
    let fetching = fetched(cse, maf, &named);
    let fetched = tokio::time::timeout((clauses.patience)(maf), fetching).await;
    match fetched.ok().flatten() {
        // An identity that cannot stand in the table is refused, as one that is not there.
        Some(key) => drop(table.keep(named, key, cse.clock().now())),
        None => drop(table.forget(identity)),
    }
}

async fn fetched(cse: &Cse, maf: &KnownMaf, identity: &PskIdentity) -> Option<FetchedKey> {
    let clauses = &cse.clauses().maf_client;
    let relative = (clauses.relative_key_id)(identity)?;
    let address = (clauses.address)(maf, identity);
    if (clauses.registers)(maf) {
        register(cse, maf, &address).await;
    }
    let base = &maf.names.base;
    let request = Request::retrieve(format!("{base}/{relative}"));
    let response = ask(cse, maf, &address, request).await?;
    if !(clauses.is_given)(&response) {
        // It may have forgotten its clients.
        cse.registrations().forget(&maf.fqdn).await;
        return None;
    }
    let content = response.content.as_ref();
    answer::read(clauses, maf, cse.home(), content, cse.clock().now())
}

/// Registers as a client, unless a registration is in force. Whether the MAF gives a key without one, it says itself.
async fn register(cse: &Cse, maf: &KnownMaf, address: &str) {
    let registrations = cse.registrations();
    let mut registered = registrations.of(&maf.fqdn).await;
    let now = cse.clock().now();
    if registered.is_some_and(|until| until > now) {
        return;
    }
    let names = &maf.names;
    let until = now + REGISTRATION;
    let parameters = Map::from_iter([
        (names.fqdn.clone(), json!(maf.fqdn.as_str())),
        (names.expiration_time.clone(), moment(until)),
        (names.admin_fqdn.clone(), json!(maf.stakeholder)),
    ]);
    let content = json!({ &names.client_registration: parameters });
    let request = Request::create(&names.base, names.client_registration_type, content);
    let response = ask(cse, maf, address, request).await;
    let granted = response.filter(|response| response.status.is_success());
    // The MAF may have granted less than was asked for.
    *registered = granted.map(|response| {
        let content = response.content.as_ref();
        let stated = content.and_then(|content| {
            let members = content.get(&names.client_registration)?;
            answer::until(members.get(&names.expiration_time), now)
        });
        stated.map_or(until, |stated| stated.min(until))
    });
}

/// Sends a request within an association with the MAF, and waits for the answer.
async fn ask(cse: &Cse, maf: &KnownMaf, address: &str, request: Request) -> Option<Response> {
    let clock = cse.shared_clock();
    let configuration = ClientConfiguration {
        trust: maf.trust.clone(),
        server_name: Some(maf.fqdn.clone()),
        clock: Clock::new(move || clock.now()),
        clauses: cse.clauses().maf_client.association,
        ..ClientConfiguration::new(Transport::Tls, maf.credential.clone())
    };
    let hop = Hop {
        address: address.to_owned(),
        ways: vec![Way::Within(Box::new(configuration))],
    };
    let number = cse.registrations().next_number();
    let request = request
        .from(Entity::hosting(cse.home()).absolute())
        .identified(format!("maf-{number:07}"));
    let request = match cse.configuration().releases.last() {
        Some(release) => request.release(release),
        None => request,
    };
    let patience = (cse.clauses().maf_client.patience)(maf);
    send_to_first(
        cse.connector(),
        &[hop],
        Addressing::Target,
        &request,
        patience,
    )
    .await
    .ok()
}

fn moment(moment: OffsetDateTime) -> serde_json::Value {
    Timestamp::of(moment).into_text().into()
}

/// Domain names are compared without regard to case (RFC 4343, 3).
pub(crate) fn by_fqdn<'m>(mafs: &'m [KnownMaf], identity: &PskIdentity) -> Option<&'m KnownMaf> {
    let named = key_identifier(identity)?;
    let named = named.maf().as_str();
    mafs.iter()
        .find(|maf| maf.fqdn.as_str().eq_ignore_ascii_case(named))
}

/// As it stands there. Its grammar has full stops, but as segments of a path one and two of them mean something else (RFC 3986,
/// 5.2.4).
pub(crate) fn relative_key_id(identity: &PskIdentity) -> Option<String> {
    let relative = key_identifier(identity)?.relative().as_str().to_owned();
    (!matches!(relative.as_str(), "." | "..")).then_some(relative)
}
