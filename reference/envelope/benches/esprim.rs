//! What it costs to open an ESPrim Object of 1 KiB, against what nobody can do without: reading the header and AES-GCM.
//!
//! `cargo bench -p onem2m-envelope --bench esprim` prints both and their ratio.

#![allow(clippy::unwrap_used, reason = "a benchmark fails by panicking")]

use std::hint::black_box;
use std::time::{Duration, Instant};

use onem2m_envelope::bare::Compact;
use onem2m_envelope::esprim::{
    Chosen, Clauses, Expiry, IssuedObject, Offered, OriginatorRand, PairwiseKey, ProtocolId,
    Readings, ReceiverRand, Serialization, Session, Tables, receive, seal,
};
use onem2m_envelope::{ContentEncryption, SymmetricKey, json};
use onem2m_keys::{ContentKeyOctets, PairwiseEsPrimKey};
use time::OffsetDateTime;

const CLAUSES: &Clauses = &Clauses::SPECIFICATION;
const NOW: OffsetDateTime = OffsetDateTime::UNIX_EPOCH;
const ROUNDS: usize = 5001;
/// Few enough that they seldom wait for another process.
const A_ROUND: u32 = 20;

fn main() {
    let (tables, session) = kept();
    let readings = Readings::default();
    let enc = ContentEncryption::A256Gcm;
    let oro = Some(session.originator.clone());
    let header = session.request_header(enc, Serialization::Json, oro);
    let plaintext = format!("{{\"con\":\"{}\"}}", "x".repeat(1014));
    assert_eq!(plaintext.len(), 1024);
    let octets = ContentKeyOctets::Leftmost;
    let object = seal(
        &header,
        &session.key,
        octets,
        &[9; 12],
        plaintext.as_bytes(),
    )
    .unwrap();

    let parts = Compact::read(&object);
    let [header, _, iv, ciphertext, tag] = std::array::from_fn(|part| parts.octets(part));
    let first = parts.parts.first().unwrap().as_bytes();
    let key = SymmetricKey::new(session.key.octets());

    let mut least = Vec::with_capacity(ROUNDS);
    let mut whole = Vec::with_capacity(ROUNDS);
    for _ in 0..ROUNDS {
        least.push(time(|| {
            black_box(json::read_object(black_box(&header)).unwrap());
            black_box(enc.open(&key, &iv, first, &ciphertext, &tag).unwrap());
        }));
        whole.push(time(|| {
            black_box(receive(CLAUSES, black_box(&object), &readings, &tables, NOW).unwrap());
        }));
    }
    let (least, whole) = (median(least), median(whole));
    println!("header and AES-GCM alone: {least:?}");
    println!("the decision of a receiver: {whole:?}");
    println!("ratio: {:.2}", whole.as_secs_f64() / least.as_secs_f64());
}

fn time(work: impl Fn()) -> Duration {
    let begun = Instant::now();
    for _ in 0..A_ROUND {
        work();
    }
    begun.elapsed() / A_ROUND
}

fn median(mut durations: Vec<Duration>) -> Duration {
    durations.sort_unstable();
    durations.into_iter().nth(ROUNDS / 2).unwrap_or_default()
}

fn kept() -> (Tables, Session) {
    let value = "a1b2c3d4e5f60718293a4b5c6d7e8f90";
    let expiry = Expiry::read("20991231T000000").unwrap();
    let protocols = [10, 11, 12].map(ProtocolId);
    let originator =
        OriginatorRand::new("or-0001", value, expiry.clone(), Chosen(1), &protocols).unwrap();
    let receiver =
        ReceiverRand::new("rr-0001", value, expiry, Offered(vec![1]), &protocols).unwrap();
    let key = PairwiseKey {
        id: "5f1c9a02d37b4e6880c1a2b3c4d5e6f7@mef.provider.example.com".into(),
        key: PairwiseEsPrimKey::new(&[7; 32]),
        entity: "/mn-cse-1/Cae1".into(),
        expires: None,
        for_esprim: true,
    };
    let readings = Readings::default();
    let session = Session::begin(CLAUSES, &readings, &key, &originator, &receiver, NOW).unwrap();
    let tables = Tables {
        keys: vec![key],
        issued: vec![IssuedObject {
            expires: receiver.expiry().moment(NOW),
            object: receiver,
            issued_to: None,
        }],
        ..Tables::default()
    };
    (tables, session)
}
