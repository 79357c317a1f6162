//! The objects that an Originator sends (TS-0003 V3.18.0, 8.4.2, steps B.2g to C.5, and 8.4.3).

use super::answers::{Reply, right};
use super::exchange::{Exchange, Play, exchange, served, unexpected};
use super::peer::{Peer, Who};
use super::seen::Seen;
use crate::catalogue::behaviour::Role;
use crate::purposes::stop::Stop;
use crate::purposes::world::World;
use crate::tester::derivation::ways;
use crate::tester::link::Inbound;
use crate::tester::template::{basic, read_basic};
use crate::verdict::Reason;
use onem2m_envelope::esprim::is_ncname;
use onem2m_keys::EndToEndUse;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

const ROLE: Role = Role::Stimulus;
const STEP: &str = "request";
/// Sessions whose rand objects are compared.
const SESSIONS: usize = 32;

/// AE/E2EKEY/DER/001: a key that the IUT derives protects its requests, whatever it is derived from.
pub async fn under_derived_keys_open(world: &mut World<'_>, who: Who) -> Result<(), Stop> {
    let peer = Peer::new(world, who).await?;
    let salt = world.draw("salt");
    for (name, derivation) in ways(EndToEndUse::MessageAuthenticity, salt)
        .into_iter()
        .chain(ways(EndToEndUse::MessageConfidentiality, salt))
    {
        let step = format!("{name} {}", derivation.key.name());
        let mut peer = peer.derived_key(world, &step, &derivation)?;
        served(world, &mut peer, &step, ROLE).await?;
    }
    Ok(())
}

/// ORG/008: the first object of a session brings a rand object as it has to be.
pub async fn bring_a_rand_object(world: &mut World<'_>, who: Who) -> Result<(), Stop> {
    let mut peer = Peer::new(world, who).await?;
    let offered = [json!(10), json!(12)];
    let object = peer.object(world, 120, &[("espa", json!(offered))])?;
    let play = Play {
        information: Some(json!({"esf": [13]})),
        rand: vec![Reply::rand(&object)],
        answer: &mut |peer, seen| right(peer, seen),
    };
    let exchange = exchange(world, &mut peer, STEP, ROLE, &Map::new(), play).await?;
    let end = object
        .get("esrx")
        .and_then(Value::as_str)
        .and_then(read_basic);
    let encoding = peer.readings.value_encoding;
    let is_right = |seen: &Seen| {
        let oro = seen.members.get("oro")?.as_object()?;
        let names: BTreeSet<&str> = oro.keys().map(String::as_str).collect();
        let text = |name: &str| oro.get(name)?.as_str();
        let listed = oro.get("espa")?.as_array()?;
        let right = names == BTreeSet::from(["esri", "esrv", "esrx", "esk", "espa"])
            && text("esri")? == seen.member("ori")
            && is_ncname(text("esri")?)
            && is_ncname(text("esrv")?)
            && encoding.read(text("esrv")?).is_ok()
            && read_basic(text("esrx")?)? <= end?
            && oro.get("esk")?.as_u64()? == 1
            && !listed.is_empty()
            && listed.iter().all(|listed| offered.contains(listed));
        Some(right)
    };
    match exchange.objects().next() {
        Some(seen) if is_right(seen) == Some(true) => Ok(()),
        _ => {
            let expected = "an object with a rand object of five members, each of its type, which ends with that of the Receiver";
            Err(unexpected(STEP, ROLE, expected, &exchange))
        }
    }
}

/// ORG/009: neither rand objects nor initialization vectors come twice.
pub async fn are_fresh(world: &mut World<'_>, who: Who) -> Result<(), Stop> {
    let mut peer = Peer::new(world, who).await?;
    let (mut ids, mut values, mut vectors) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for number in 1..=SESSIONS {
        let step = format!("request {number}");
        let objects = [peer.object(world, 600, &[])?, peer.object(world, 600, &[])?];
        let play = Play {
            information: Some(json!({"esf": [13]})),
            rand: objects.iter().map(Reply::rand).collect(),
            // The Receiver has forgotten it: the next session begins with another one.
            answer: &mut |_, _| Reply::code(4114),
        };
        let exchange = exchange(world, &mut peer, &step, ROLE, &Map::new(), play).await?;
        for seen in exchange.objects() {
            let fresh_vector = vectors.insert((seen.member("ori").to_owned(), seen.part(2)));
            let fresh_object = seen.oro.as_ref().is_none_or(|oro| {
                ids.insert(oro.id().to_owned()) && values.insert(oro.value().to_owned())
            });
            if !fresh_vector || !fresh_object {
                let expected =
                    "identifiers, random values and initialization vectors that never came before";
                return Err(unexpected(&step, ROLE, expected, &exchange));
            }
        }
        if ids.len() >= SESSIONS {
            break;
        }
    }
    if ids.len() < SESSIONS {
        let detail = format!("{} sessions began, and {SESSIONS} were wanted", ids.len());
        return Err(Stop::inconclusive(STEP, Reason::Precondition, detail));
    }
    let vector = |exchange: &Exchange| exchange.objects().map(|seen| seen.part(2)).collect();
    let first: Vec<Vec<u8>> = vector(&served(world, &mut peer, "later 1", ROLE).await?);
    let second = served(world, &mut peer, "later 2", ROLE).await?;
    let again: Vec<Vec<u8>> = vector(&second);
    match again.iter().all(|vector| !first.contains(vector)) {
        true => Ok(()),
        false => {
            let expected = "objects, each with an initialization vector of its own";
            Err(unexpected("later 2", ROLE, expected, &second))
        }
    }
}

/// ORG/010: an object opens under the key of its session, and holds the whole request.
pub async fn open_as_specified(world: &mut World<'_>, who: Who) -> Result<(), Stop> {
    let mut peer = Peer::new(world, who).await?;
    let exchange = served(world, &mut peer, STEP, ROLE).await?;
    let kid = peer.key.id.clone();
    let is_right = |seen: &Seen| {
        let inner = seen.inner.as_ref()?;
        let listed = seen.oro.as_ref()?.protocols();
        let enc = listed
            .iter()
            .filter_map(|id| id.content_encryption())
            .any(|enc| enc.name() == seen.member("enc"));
        let parts: Vec<&str> = seen.text.split('.').collect();
        let from = |text: &str| text.rsplit('/').next().map(str::to_owned);
        let right = seen.member("alg") == "dir"
            && enc
            && seen.member("kid") == kid
            && parts.len() == 5
            && parts.get(1)?.is_empty()
            && inner.get("op")?.as_u64()? == 1
            && inner.get("to")?.as_str()?.ends_with("/data")
            && inner.get("rqi")?.is_string()
            && from(inner.get("fr")?.as_str()?) == from(seen.outer.from()?);
        Some(right)
    };
    match exchange.objects().next() {
        Some(seen) if is_right(seen) == Some(true) => Ok(()),
        _ => {
            let expected = "an object of five parts under the key and the session, with op, to, fr and rqi inside";
            Err(unexpected(STEP, ROLE, expected, &exchange))
        }
    }
}

/// ORG/011: the outer request tells nothing of the inner one.
pub async fn tell_nothing_outside(world: &mut World<'_>, who: Who) -> Result<(), Stop> {
    let mut peer = Peer::new(world, who).await?;
    let expires = basic(world.now(STEP)? + time::Duration::seconds(300));
    let members = json!({
        "op": 2, "ty": null, "pc": null, "fc": {"lbl": ["tpL"]}, "gid": "group-1", "rcn": 4, "rqet": expires,
    });
    let Value::Object(mut members) = members else {
        return Err(Stop::error(STEP, "expected members"));
    };
    members.retain(|_, value| !value.is_null());
    let object = peer.object(world, 600, &[])?;
    let play = Play {
        information: Some(json!({"esf": [13]})),
        rand: vec![Reply::rand(&object)],
        answer: &mut |peer, seen| right(peer, seen),
    };
    let exchange = exchange(world, &mut peer, STEP, ROLE, &members, play).await?;
    let tells = |seen: &Seen| {
        let others = ["gid", "oet", "rp", "rcn", "drt"];
        let tells = others
            .iter()
            .any(|name| parameter(&seen.outer, name).is_some())
            || seen.outer.target.contains("lbl=");
        let differs = parameter(&seen.outer, "rqet").is_some_and(|stated| stated != expires);
        tells || differs
    };
    for seen in exchange.objects() {
        if tells(seen) {
            let expected = "an outer request without gid, fc, rcn, drt, rp and oet, that expires as the application asked for";
            return Err(unexpected(STEP, ROLE, expected, &exchange));
        }
        let inner = seen.inner.as_ref();
        let left = ["rt", "ec", "da"];
        let stays = |name: &&&str| inner.is_some_and(|inner| inner.get(**name).is_some());
        for name in left.iter().filter(stays) {
            world.note(format!("{name} should not stand in the inner request"));
        }
    }
    // What is not inside either was never to be told.
    let holds = |seen: &Seen| {
        let inner = seen.inner.as_ref();
        ["fc", "gid", "rcn"]
            .iter()
            .all(|name| inner.is_some_and(|inner| inner.get(*name).is_some()))
    };
    match exchange.objects().next() {
        Some(seen) if holds(seen) => Ok(()),
        Some(_) => {
            let detail = "the inner request lacks what the application asked for";
            Err(Stop::inconclusive(STEP, Reason::Precondition, detail))
        }
        None => Err(unexpected(STEP, ROLE, "an object", &exchange)),
    }
}

/// A parameter of a request over HTTP: a header field or a query (TS-0009 V3.9.1, 6.2.2.2 and 6.4).
fn parameter(request: &Inbound, name: &str) -> Option<String> {
    let field = match name {
        "gid" => "x-m2m-gid",
        "oet" => "x-m2m-oet",
        "rqet" => "x-m2m-ret",
        _ => "",
    };
    let header = request
        .headers
        .iter()
        .find(|(header, _)| header.eq_ignore_ascii_case(field));
    let query = request.target.split_once('?').map(|(_, query)| query);
    let query = query.into_iter().flat_map(|query| query.split('&'));
    let stated = query
        .filter_map(|pair| pair.split_once('='))
        .find(|(key, _)| *key == name);
    header
        .map(|(_, value)| value.clone())
        .or_else(|| stated.map(|(_, value)| value.to_owned()))
}
