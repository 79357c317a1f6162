//! A lamp leaves the factory with one key, and a reading of it arrives where nobody between could open it.
//!
//! ```text
//! cargo run -p onem2m-server --example factory_to_reading
//! ```
//!
//! Each step is a procedure of TS-0003 V3.18.0, over associations on loopback. An MEF, an MAF, which is Trust Enabling Function too, and a
//! CSE are the reference; the lamp, the display and the operator of the MAF are below. The page beside this file tells the story.

#![allow(clippy::print_stdout, reason = "a story is told as it happens")]

mod place;
mod session;

use std::error::Error;

use base64ct::{Base64, Encoding};
use onem2m_envelope::jwe::{Addressed, Jwe, seal_compact};
use onem2m_envelope::{ContentEncryption, DecryptionKey, DirectKey, EncryptionKey, SymmetricKey};
use onem2m_keys::{
    ConnectionKey, Enrolment, ExporterLabel, HexCase, SecureConnection, Suid, SuidEncoding,
    UsageConstrainedKey, enrolment_key_id, key_identifier,
};
use onem2m_primitive::Request;
use onem2m_server::{ServiceRole, WireNames};
use place::{
    AT_CSE, AT_MAF, DISPLAY, FACTORY, LAMP, MAF, MEF, OPERATOR, Place, STAKEHOLDER, in_an_hour,
};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;
use serde_json::{Map, Value, json};
use session::{Session, text};
use zeroize::Zeroizing;

/// Usages of keys (TS-0004 V3.32.0, Table 6.3.4.2.39-1): of a Master Credential, in associations, for the encryption of content.
const MASTER_CREDENTIAL: Suid = Suid(21);
const ASSOCIATIONS: u8 = 32;
const CONTENT: u8 = 34;

/// What is measured.
const READING: &str = r#"{"lux":412}"#;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let place = Place::open().await?;
    let (key_id, master) = enrol(&place).await?;
    give_to_maf(&place, &key_id).await?;
    let (kc_id, kc) = connection_key(&place, &key_id, &master).await?;
    let content = content_key(&place, &key_id, &master).await?;
    publish(&place, &kc_id, &kc, &content).await?;
    let reading = read(&place).await?;
    println!("the display reads {reading}");
    match reading == READING {
        true => Ok(()),
        false => Err("the reading is another one".into()),
    }
}

/// 8.3.2 and 10.3.1: the handshake with the MEF, by the key of the factory, leaves an Enrolment Key on both sides. From it follows
/// the Master Credential for the MAF (10.3.7).
async fn enrol(place: &Place) -> Result<(String, UsageConstrainedKey), Box<dyn Error>> {
    let session = Session::open(place.mef, FACTORY).await?;
    let enrolment = Enrolment::from_exported(&session.export(ExporterLabel::Bootstrap)?);
    let key_id = enrolment_key_id(&enrolment.relative_ke_id, MEF, HexCase::Lower);
    println!("the lamp has enrolled: KeID {key_id}");
    let encoding = SuidEncoding::DecimalText;
    let master = UsageConstrainedKey::derive(&enrolment.key, MASTER_CREDENTIAL, encoding, MAF);
    Ok((key_id, master))
}

/// 8.3.2.1: the MAF is the Enrolment Target. It fetches the key that is derived for it, which is Km under the name of Ke.
async fn give_to_maf(place: &Place, key_id: &str) -> Result<(), Box<dyn Error>> {
    let names = WireNames::of_project(ServiceRole::Mef);
    let mut session = Session::open(place.mef, OPERATOR).await?;
    let target = format!("{}/{key_id}/{}", names.fetch, MASTER_CREDENTIAL.0);
    let answer = session.ask(Request::retrieve(target).from(MAF)).await?;
    let key = Zeroizing::new(Base64::decode_vec(&text(&answer, &names.credential)?)?);
    place.tell_maf(key_id, &key)?;
    println!("the MAF has fetched Km, which never was on the line to the lamp");
    Ok(())
}

/// 8.8.2.7 and 10.3.5: a second handshake, by Km, leaves Kc on both sides; the lamp registers it for the CSE.
async fn connection_key(
    place: &Place,
    key_id: &str,
    master: &UsageConstrainedKey,
) -> Result<(String, ConnectionKey), Box<dyn Error>> {
    let mut session = Session::open(place.maf, (key_id, master.octets())).await?;
    let names = WireNames::of_project(ServiceRole::Maf);
    session.ask(client(&names).from(LAMP)).await?;
    session
        .ask(key(&names, ASSOCIATIONS, &place.cse_id()?, None))
        .await?;
    let exported = session.export(ExporterLabel::Connection)?;
    let connection = SecureConnection::from_exported(&exported);
    let kc_id = key_identifier(&connection.kc_id, MAF, HexCase::Lower);
    println!("the lamp has a key for the CSE: {kc_id}");
    Ok((kc_id, connection.key))
}

/// 8.6: the lamp draws a key for its content and registers it for the display at the TEF.
async fn content_key(
    place: &Place,
    key_id: &str,
    master: &UsageConstrainedKey,
) -> Result<(String, SymmetricKey), Box<dyn Error>> {
    let mut drawn = Zeroizing::new([0; 32]);
    getrandom::fill(drawn.as_mut()).map_err(|error| error.to_string())?;
    let names = WireNames::of_project(ServiceRole::Maf);
    let mut session = Session::open(place.maf, (key_id, master.octets())).await?;
    let target = place.absolute(DISPLAY)?;
    let value = Base64::encode_string(drawn.as_ref());
    let answer = session
        .ask(key(&names, CONTENT, &target, Some(value)))
        .await?;
    let id = format!("{}@{MAF}", text(&answer, &names.relative_key_id)?);
    println!("the display alone may fetch the key of the content: {id}");
    Ok((id, SymmetricKey::new(drawn.as_ref())))
}

/// 8.8.2.3: who uses the MAF registers with it first.
fn client(names: &WireNames) -> Request {
    let content = json!({ &names.client_registration: registration(names) });
    Request::create(&names.base, names.client_registration_type, content)
}

fn key(names: &WireNames, usage: u8, target: &str, value: Option<String>) -> Request {
    let mut members = registration(names);
    members.insert(names.suid.clone(), json!(usage));
    members.insert(names.target_ids.clone(), json!([target]));
    if let Some(value) = value {
        members.insert(names.key_value.clone(), json!(value));
    }
    let content = json!({ &names.key_registration: members });
    Request::create(&names.base, names.key_registration_type, content).from(LAMP)
}

/// What all registrations at the MAF have (Tables 8.8.2.3-1 and 8.8.2.7-1).
fn registration(names: &WireNames) -> Map<String, Value> {
    Map::from_iter([
        (names.fqdn.clone(), json!(MAF)),
        (names.admin_fqdn.clone(), json!(STAKEHOLDER)),
        (names.expiration_time.clone(), json!(in_an_hour())),
    ])
}

/// 8.2.2.3 and 8.5: the lamp associates with the CSE, which asks the MAF for Kc, registers, and leaves a reading that only who has the
/// key of the content can open.
async fn publish(
    place: &Place,
    kc_id: &str,
    kc: &ConnectionKey,
    (content_id, content_key): &(String, SymmetricKey),
) -> Result<(), Box<dyn Error>> {
    let mut session = Session::open(place.cse, (kc_id, kc.octets())).await?;
    let ae = json!({"m2m:ae": {"rn": "lamp", "api": "Nlamp", "rr": false, "srv": ["3"]}});
    session
        .ask(Request::create("cse-in", 2, ae).from(LAMP))
        .await?;
    let rights = json!({"m2m:acp": {"rn": "light-rights", "pv": {"acr": [
        {"acor": [LAMP], "acop": 63}, {"acor": [DISPLAY], "acop": 34},
    ]}, "pvs": {"acr": [{"acor": [LAMP], "acop": 63}]}}});
    session
        .ask(Request::create("cse-in/lamp", 1, rights).from(LAMP))
        .await?;
    let light = json!({"m2m:cnt": {"rn": "light", "acpi": ["cse-in/lamp/light-rights"]}});
    session
        .ask(Request::create("cse-in/lamp", 3, light).from(LAMP))
        .await?;
    let sealed = sealed(content_id, content_key)?;
    let instance = json!({"m2m:cin": {"con": sealed}});
    session
        .ask(Request::create("cse-in/lamp/light", 4, instance).from(LAMP))
        .await?;
    println!("the CSE, associated by Kc that it had from the MAF, keeps {sealed}");
    Ok(())
}

fn sealed(content_id: &str, key: &SymmetricKey) -> Result<String, Box<dyn Error>> {
    let encryption = ContentEncryption::A256Gcm;
    let key = EncryptionKey::Direct(DirectKey::new(encryption, key.clone())?);
    let header = Map::from_iter([("kid".to_owned(), json!(content_id))]);
    let recipient = Addressed {
        key: &key,
        header: &header,
    };
    let mut seed = Zeroizing::new([0; 32]);
    getrandom::fill(seed.as_mut()).map_err(|error| error.to_string())?;
    let mut random = ChaCha20Rng::from_seed(*seed);
    let sealed = seal_compact(recipient, encryption, READING.as_bytes(), &mut random)?;
    Ok(sealed)
}

/// 8.5.2 and 8.6.2: the display finds an envelope at the CSE, fetches the key that it names at the TEF, and opens it.
async fn read(place: &Place) -> Result<String, Box<dyn Error>> {
    let mut session = Session::open(place.cse, AT_CSE).await?;
    let ae = json!({"m2m:ae": {"rn": "display", "api": "Ndisplay", "rr": false, "srv": ["3"]}});
    session
        .ask(Request::create("cse-in", 2, ae).from(DISPLAY))
        .await?;
    let latest = Request::retrieve("cse-in/lamp/light/la").from(DISPLAY);
    let envelope = Jwe::read_compact(&text(&session.ask(latest).await?, "con")?)?;
    let mut named = envelope.headers().filter_map(|it| it.key_identifier());
    let named = named.next().ok_or("the envelope names no key")?;
    let (relative, _) = named.split_once('@').ok_or("the key has no function")?;

    let names = WireNames::of_project(ServiceRole::Maf);
    let mut session = Session::open(place.maf, AT_MAF).await?;
    session.ask(client(&names).from(DISPLAY)).await?;
    let wanted = Request::retrieve(format!("{}/{relative}", names.base)).from(DISPLAY);
    let answer = session.ask(wanted).await?;
    let octets = Zeroizing::new(Base64::decode_vec(&text(&answer, &names.key_value)?)?);
    let key = DirectKey::new(ContentEncryption::A256Gcm, SymmetricKey::new(&octets))?;
    let opened = envelope.open(|_| Some(DecryptionKey::Direct(key.clone())))?;
    Ok(String::from_utf8(opened.plaintext.to_vec())?)
}
