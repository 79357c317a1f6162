use std::net::{Ipv4Addr, Ipv6Addr};

use serde_json::Value;

use crate::decision::{Known, members};

/// The addresses that IPv6 sets aside for IPv4 sources on dual-stack sockets, `::ffff:0:0/96`.
const MAPPED: std::ops::RangeInclusive<u128> = 0xffff_0000_0000..=0xffff_ffff_ffff;

/// Whether a network of the family of the source holds it.
pub fn covers(networks: &Value, source: Option<&str>) -> Known {
    let networks = members(networks, &["ipv4", "ipv6"]).filter(|networks| !networks.is_empty())?;
    let ipv4 = networks
        .get("ipv4")
        .map_or(Some(Vec::new()), |list| spans(list, 32, ipv4_address))?;
    let ipv6 = networks
        .get("ipv6")
        .map_or(Some(Vec::new()), |list| spans(list, 128, ipv6_address))?;
    let Some(source) = source else {
        return Some(false);
    };
    let (spans, number) = match (ipv4_number(source), ipv6_address(source)) {
        (Some(number), _) => (ipv4, number),
        (None, number) => (ipv6, number?),
    };
    Some(
        spans
            .iter()
            .any(|(lowest, highest)| *lowest <= number && number <= *highest),
    )
}

/// First and last address of every network, as numbers.
fn spans(list: &Value, width: u32, address: fn(&str) -> Option<u128>) -> Option<Vec<(u128, u128)>> {
    let list = list.as_array().filter(|list| !list.is_empty())?;
    list.iter()
        .map(|text| span(text.as_str()?, width, address))
        .collect()
}

fn span(text: &str, width: u32, address: fn(&str) -> Option<u128>) -> Option<(u128, u128)> {
    let mut parts = text.split('/');
    let number = address(parts.next()?)?;
    let prefix = match parts.next() {
        None => width,
        Some(digits) if digits.chars().all(|digit| digit.is_ascii_digit()) => {
            digits.parse().ok()?
        }
        Some(_) => return None,
    };
    if parts.next().is_some() {
        return None;
    }
    let host_bits = width.checked_sub(prefix)?;
    let hosts = 1_u128
        .checked_shl(host_bits)
        .map_or(u128::MAX, |size| size - 1);
    Some((number & !hosts, number | hosts))
}

fn ipv4_address(text: &str) -> Option<u128> {
    Some(u32::from(text.parse::<Ipv4Addr>().ok()?).into())
}

fn ipv6_address(text: &str) -> Option<u128> {
    Some(text.parse::<Ipv6Addr>().ok()?.into())
}

/// The number of an IPv4 source, also of one in its mapped form.
fn ipv4_number(source: &str) -> Option<u128> {
    ipv4_address(source).or_else(|| {
        ipv6_address(source)
            .filter(|number| MAPPED.contains(number))
            .map(|number| number - MAPPED.start())
    })
}
