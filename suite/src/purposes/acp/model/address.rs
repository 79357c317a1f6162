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

/// Networks of which one holds the source, or none; of `others` now and then one is there alone.
pub fn networks(source: IpAddr, others: &[IpAddr], holds: bool) -> BoxedStrategy<Context> {
    let around = around(source, holds);
    if holds || others.is_empty() {
        return around;
    }
    let other = select(others.to_vec()).prop_map(here);
    prop_oneof![7 => around, 1 => other].boxed()
}

fn around(source: IpAddr, holds: bool) -> BoxedStrategy<Context> {
    let decoy = prop_oneof![2 => Just(None), 1 => Just(Some(true)), 1 => Just(Some(false))];
    (
        own(source, holds),
        spelling(),
        decoy,
        beside(source.is_ipv4(), holds),
    )
        .prop_map(move |((network, prefix), spelling, decoy, beside)| {
            let (width, bits) = number(source);
            let other = written(
                source.is_ipv4(),
                bits ^ bit(width, width / 2),
                None,
                spelling,
            );
            let mut list = vec![written(source.is_ipv4(), network, prefix, spelling)];
            match decoy {
                Some(true) => list.insert(0, other),
                Some(false) => list.push(other),
                None => {}
            }
            let (own, family) = match beside {
                Beside::Nothing => (list, Vec::new()),
                Beside::Others(family) => (list, vec![family]),
                Beside::OthersOnly(family) => (Vec::new(), vec![family]),
            };
            match source.is_ipv4() {
                true => only(own, family),
                false => only(family, own),
            }
        })
        .boxed()
}

/// A network in the family of the source, with the length of its prefix if it is written.
fn own(source: IpAddr, holds: bool) -> BoxedStrategy<(u128, Option<u32>)> {
    let (width, bits) = number(source);
    // The largest network whose first or last address is the source.
    let ends = width.saturating_sub(bits.trailing_zeros().max(bits.trailing_ones()));
    let prefix = match holds {
        true => prop_oneof![
            3 => select(vec![width, width - 1, width - 2, ends, 8, 1, 0]),
            1 => 0..=width,
        ],
        // A network with no prefix bit holds everything.
        false => prop_oneof![
            3 => select(vec![width, width - 1, width - 2, width / 2, 8, 1]),
            1 => 1..=width,
        ],
    };
    let around =
        (prefix, 0..width, any::<bool>()).prop_map(move |(prefix, host, has_host_bits)| {
            let flipped = match holds {
                // The last bit of the prefix: one more or less of it is noticed.
                false => bits ^ bit(width, prefix.saturating_sub(1)),
                // The first bit behind the prefix.
                true if prefix < width && host % 2 == 0 => bits ^ bit(width, prefix),
                true => bits,
            };
            let network = match has_host_bits {
                true => flipped,
                false => flipped & !mask(width - prefix),
            };
            let is_written = prefix != width || host % 3 == 0;
            (network, is_written.then_some(prefix))
        });
    match shortened(source).filter(|_| !holds) {
        Some(shortened) => prop_oneof![5 => around, 1 => Just((number(shortened).1, None))].boxed(),
        None => around.boxed(),
    }
}

/// The address whose text is that of the source without its last character.
fn shortened(source: IpAddr) -> Option<IpAddr> {
    let text = source.to_string();
    let shorter = text.get(..text.len().saturating_sub(1))?;
    shorter.parse().ok()
}

/// What the list of the other family holds.
#[derive(Debug, Clone)]
enum Beside {
    /// It is absent.
    Nothing,
    /// This.
    Others(String),
    /// This, and the list of the family of the source is absent.
    OthersOnly(String),
}

fn beside(is_v4: bool, holds: bool) -> BoxedStrategy<Beside> {
    let networks: &[&str] = match is_v4 {
        true => &["2001:db8::/32", "2001:db8::1"],
        false => &["192.0.2.0/24", "192.0.2.1", "0.0.0.0/0"],
    };
    let network = select(networks).prop_map(str::to_owned);
    let others = network.clone().prop_map(Beside::Others);
    match holds {
        true => prop_oneof![3 => Just(Beside::Nothing), 1 => others].boxed(),
        false => {
            let only = network.prop_map(Beside::OthersOnly);
            prop_oneof![5 => Just(Beside::Nothing), 1 => others, 1 => only].boxed()
        }
    }
}

/// The width of the family of an address, and its bits.
fn number(address: IpAddr) -> (u32, u128) {
    match address {
        IpAddr::V4(address) => (32, u128::from(u32::from(address))),
        IpAddr::V6(address) => (128, address.into()),
    }
}

/// The bit at a position, counted from the front.
fn bit(width: u32, position: u32) -> u128 {
    1_u128.checked_shl(width - 1 - position).unwrap_or_default()
}

fn mask(host_bits: u32) -> u128 {
    1_u128
        .checked_shl(host_bits)
        .map_or(u128::MAX, |size| size - 1)
}

/// How an IPv6 address is written; an IPv4 address has one spelling.
#[derive(Debug, Clone, Copy)]
enum Spelling {
    Short,
    Whole,
    Capitals,
}

fn spelling() -> impl Strategy<Value = Spelling> {
    prop_oneof![
        2 => Just(Spelling::Short),
        1 => Just(Spelling::Whole),
        1 => Just(Spelling::Capitals),
    ]
}

fn written(is_v4: bool, bits: u128, prefix: Option<u32>, spelling: Spelling) -> String {
    let ipv6 = Ipv6Addr::from(bits);
    let segments = || ipv6.segments().map(|segment| format!("{segment:x}"));
    let address = match spelling {
        _ if is_v4 => {
            Ipv4Addr::from(u32::try_from(bits & mask(32)).unwrap_or_default()).to_string()
        }
        Spelling::Short => ipv6.to_string(),
        Spelling::Whole => segments().join(":"),
        Spelling::Capitals => segments().join(":").to_uppercase(),
    };
    match prefix {
        Some(prefix) => format!("{address}/{prefix}"),
        None => address,
    }
}
