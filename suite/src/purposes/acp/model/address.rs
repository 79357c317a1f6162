//! Networks around a source address, with the prefix at every boundary.

use super::case::Context;
use proptest::prelude::*;
use proptest::sample::select;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// The plainest network that does not hold the source: of the documentation, in its own family.
pub fn elsewhere(source: IpAddr) -> Context {
    match source {
        IpAddr::V4(_) => only(vec!["192.0.2.1".into()], Vec::new()),
        IpAddr::V6(_) => only(Vec::new(), vec!["2001:db8::1".into()]),
    }
}

/// The network of the source alone.
pub fn here(source: IpAddr) -> Context {
    match source {
        IpAddr::V4(_) => only(vec![source.to_string()], Vec::new()),
        IpAddr::V6(_) => only(Vec::new(), vec![source.to_string()]),
    }
}

fn only(ipv4: Vec<String>, ipv6: Vec<String>) -> Context {
    Context {
        ipv4,
        ipv6,
        ..Context::default()
    }
}

/// Networks of which one holds the source, or none.
pub fn networks(source: IpAddr, holds: bool) -> BoxedStrategy<Context> {
    let (width, bits) = match source {
        IpAddr::V4(address) => (32, u128::from(u32::from(address))),
        IpAddr::V6(address) => (128, address.into()),
    };
    let is_v4 = source.is_ipv4();
    let prefix = match holds {
        true => prop_oneof![
            3 => select(vec![width, width - 1, width - 2, 8, 1, 0]),
            1 => 0..=width,
        ],
        // A network with no prefix bit holds everything.
        false => prop_oneof![
            3 => select(vec![width, width - 1, width - 2, 8, 1]),
            1 => 1..=width,
        ],
    };
    let decoy = prop_oneof![2 => Just(None), 1 => Just(Some(true)), 1 => Just(Some(false))];
    (prefix, 0..width, any::<bool>(), decoy)
        .prop_map(move |(prefix, host, has_host_bits, decoy)| {
            let at = |position: u32| 1_u128.checked_shl(width - 1 - position).unwrap_or_default();
            let flipped = match holds {
                // The last bit of the prefix: one more or less of it is noticed.
                false => bits ^ at(prefix.saturating_sub(1)),
                // The first bit behind the prefix.
                true if prefix < width && host % 2 == 0 => bits ^ at(prefix),
                true => bits,
            };
            let network = match has_host_bits {
                true => flipped,
                false => flipped & !mask(width - prefix),
            };
            let text = written(
                is_v4,
                network,
                (prefix != width || host % 3 == 0).then_some(prefix),
            );
            let other = written(is_v4, bits ^ at(width / 2), None);
            let mut list = vec![text];
            match decoy {
                Some(true) => list.insert(0, other),
                Some(false) => list.push(other),
                None => {}
            }
            match is_v4 {
                true => only(list, Vec::new()),
                false => only(Vec::new(), list),
            }
        })
        .boxed()
}

fn mask(host_bits: u32) -> u128 {
    1_u128
        .checked_shl(host_bits)
        .map_or(u128::MAX, |size| size - 1)
}

fn written(is_v4: bool, bits: u128, prefix: Option<u32>) -> String {
    let address = match is_v4 {
        true => IpAddr::V4(Ipv4Addr::from(
            u32::try_from(bits & mask(32)).unwrap_or_default(),
        )),
        false => IpAddr::V6(Ipv6Addr::from(bits)),
    };
    match prefix {
        Some(prefix) => format!("{address}/{prefix}"),
        None => address.to_string(),
    }
}
