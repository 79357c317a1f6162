//! Octets as a range of addresses.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use serde_json::json;

use crate::decisions::{agreed, in_context, retrieve};

/// An octet chooses the protocol, those behind it are an address, and the rest are networks: each read or refused, and
/// around the address if they are for the oracle.
pub fn network(data: &[u8]) {
    let Some((choice, rest)) = data.split_first() else {
        return;
    };
    let address = match choice & 1 {
        0 => rest
            .split_first_chunk()
            .map(|(octets, rest)| (IpAddr::V4(Ipv4Addr::from(*octets)), rest)),
        _ => rest
            .split_first_chunk()
            .map(|(octets, rest)| (IpAddr::V6(Ipv6Addr::from(*octets)), rest)),
    };
    let Some((address, networks)) = address else {
        return;
    };
    let Ok(networks) = str::from_utf8(networks) else {
        return;
    };
    let networks: Vec<_> = networks.split(',').collect();
    let request = retrieve("CtpA2", "2025-11-20T13:27:30Z", &address.to_string());
    for kind in ["ipv4", "ipv6"] {
        agreed(&in_context(json!({ "acip": { kind: networks } })), &request);
    }
}
