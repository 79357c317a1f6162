//! How entries of accessControlIpAddresses are read that are no addresses (TS-0004 V3.32.0, 6.3.5.27 and 7.3.3.3).

use onem2m_access::Policy;
use serde_json::{Map, Value};

use super::{Fault, rewrite};
use crate::receive;
use crate::refusal::Refusal;

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "AddressSuffixOverflows",
        requirement: "TS-0004/6.3.5.27/2",
        summary: "a prefix longer than the address, or of negative length, is taken and has an empty mask",
        apply: |clauses| clauses.policy = |policy| each(policy, |entry| Some(overflowing(entry))),
    },
    Fault {
        name: "AddressMalformedDropped",
        requirement: "TS-0004/6.3.5.27/2",
        summary: "entries that do not read are dropped, and a list without entries is no restriction",
        apply: |clauses| {
            clauses.policy = |policy| each(policy, |entry| reads(entry).then(|| entry.to_owned()))
        },
    },
    Fault {
        name: "AddressReadLoosely",
        requirement: "TS-0004/6.3.5.27/2",
        summary: "octets may be octal or hexadecimal and missing ones are zero, as some resolvers read them",
        apply: |clauses| clauses.policy = |policy| each(policy, |entry| Some(loosely(entry))),
    },
];

/// Reads a policy after each IPv4 entry was replaced, or dropped; a list that has become empty goes, and so does a
/// member that holds no list any more.
fn each(policy: &Value, replace: impl Fn(&str) -> Option<String>) -> Result<Policy, Refusal> {
    let rewritten = rewrite::contexts(policy, |context| {
        if let Some(addresses) = context.get_mut("acip").and_then(Value::as_object_mut) {
            in_list(addresses, &replace);
        }
        let is_empty = |value: &Value| value.as_object().is_some_and(Map::is_empty);
        if context.get("acip").is_some_and(is_empty) {
            context.shift_remove("acip");
        }
    });
    receive::policy(&rewritten)
}

fn in_list(addresses: &mut Map<String, Value>, replace: impl Fn(&str) -> Option<String>) {
    let Some(Value::Array(entries)) = addresses.get("ipv4") else {
        return;
    };
    let replaced: Vec<Value> = entries
        .iter()
        .filter_map(|entry| match entry.as_str() {
            Some(text) => replace(text).map(Value::String),
            None => Some(entry.clone()),
        })
        .collect();
    match replaced.is_empty() {
        true => addresses.shift_remove("ipv4"),
        false => addresses.insert("ipv4".to_owned(), replaced.into()),
    };
}

fn reads(entry: &str) -> bool {
    onem2m_access::Network::<std::net::Ipv4Addr>::parse(entry).is_some()
}

fn overflowing(entry: &str) -> String {
    match entry.split_once('/') {
        Some((address, suffix)) if suffix.parse().is_ok_and(|n: i32| !(0..=32).contains(&n)) => {
            format!("{address}/0")
        }
        _ => entry.to_owned(),
    }
}

fn loosely(entry: &str) -> String {
    let (address, suffix) = match entry.split_once('/') {
        Some((address, suffix)) => (address, format!("/{suffix}")),
        None => (entry, String::new()),
    };
    let octets: Option<Vec<u8>> = address.split('.').map(octet).collect();
    match octets.as_deref() {
        Some([a, b, c, d]) => format!("{a}.{b}.{c}.{d}{suffix}"),
        Some([a, b, c]) => format!("{a}.{b}.0.{c}{suffix}"),
        _ => entry.to_owned(),
    }
}

fn octet(text: &str) -> Option<u8> {
    let (digits, radix) = match text {
        "0" => ("0", 10),
        _ => match (text.strip_prefix("0x"), text.strip_prefix('0')) {
            (Some(hexadecimal), _) => (hexadecimal, 16),
            (None, Some(octal)) => (octal, 8),
            (None, None) => (text, 10),
        },
    };
    u8::from_str_radix(digits, radix).ok()
}
