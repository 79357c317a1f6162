//! Addresses and networks around a source of the tester, for templates.
//!
//! A placeholder names a source (`SRC` the first, `SRC2` the second, `SRC6` the IPv6 one) and what is wanted of it:
//!
//! | written | stands for |
//! |---|---|
//! | `SRC` | the address |
//! | `SRC+1`, `SRC-1` | an address after it, or before |
//! | `SRC/24` | the network of 24 bits that holds it, host bits zero |
//! | `SRC!/24` | the network of that size beside it, which differs in the last bit of the prefix |
//! | `SRC:end` | the largest network, /24 at most, whose last address it is |
//! | `SRC:behind` | the largest network, /24 at most, behind whose last address it comes |
//! | `SRC:cut` | the IPv4 address whose text is that of it without the last digit |
//! | `SRC:zero` | the IPv4 address with a zero before its last number |
//! | `SRC:hex` | the IPv4 address with its first number in hexadecimal |
//! | `SRC6:spelled` | the IPv6 address with all digits of all groups, in upper case |

use super::sources::{Sources, missing};
use super::template::Unfilled;
use crate::catalogue::behaviour::Source;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// The least prefix of the networks that `end` and `behind` give.
const WIDEST: u32 = 24;

/// Fills a placeholder that begins with `SRC`; none for any other.
pub fn fill(placeholder: &str, sources: &Sources) -> Option<Result<String, Unfilled>> {
    let wanted = placeholder.strip_prefix("SRC")?;
    let (source, wanted) = match wanted.chars().next() {
        Some('2') => (Source::Second, wanted.get(1..)),
        Some('6') => (Source::Ipv6, wanted.get(1..)),
        _ => (Source::First, Some(wanted)),
    };
    let wanted = wanted.unwrap_or_default();
    let Some(address) = sources.address(source) else {
        return Some(Err(Unfilled::TestBed(missing(source))));
    };
    let unknown = || Unfilled::Wrong(format!("unknown placeholder {{{placeholder}}}"));
    Some(match wanted {
        "" => Ok(address.to_string()),
        ":end" => ipv4(address, source).map(|address| network_ending_at(address.to_bits())),
        ":behind" => ipv4(address, source)
            .map(|address| network_ending_at(address.to_bits().wrapping_sub(1))),
        ":cut" => ipv4(address, source).and_then(cut),
        ":zero" => ipv4(address, source).map(|address| {
            let [a, b, c, d] = address.octets();
            format!("{a}.{b}.{c}.0{d}")
        }),
        ":hex" => ipv4(address, source).map(|address| {
            let [a, b, c, d] = address.octets();
            format!("0x{a:X}.{b}.{c}.{d}")
        }),
        ":spelled" => match address {
            IpAddr::V6(address) => Ok(spelled(address)),
            IpAddr::V4(_) => Err(unknown()),
        },
        other => computed(address, other).ok_or_else(unknown),
    })
}

fn ipv4(address: IpAddr, source: Source) -> Result<Ipv4Addr, Unfilled> {
    match address {
        IpAddr::V4(address) => Ok(address),
        IpAddr::V6(_) => Err(Unfilled::TestBed(missing(source))),
    }
}

/// `+N`, `-N`, `/P` and `!/P`.
fn computed(address: IpAddr, wanted: &str) -> Option<String> {
    if let Some(prefix) = wanted.strip_prefix("!/") {
        return network(address, prefix.parse().ok()?, true);
    }
    if let Some(prefix) = wanted.strip_prefix('/') {
        return network(address, prefix.parse().ok()?, false);
    }
    let (forward, number) = match wanted.strip_prefix('+') {
        Some(number) => (true, number),
        None => (false, wanted.strip_prefix('-')?),
    };
    let number: u32 = number.parse().ok()?;
    Some(neighbour(address, number, forward).to_string())
}

fn neighbour(address: IpAddr, number: u32, forward: bool) -> IpAddr {
    match address {
        IpAddr::V4(address) => {
            let bits = address.to_bits();
            Ipv4Addr::from_bits(match forward {
                true => bits.wrapping_add(number),
                false => bits.wrapping_sub(number),
            })
            .into()
        }
        IpAddr::V6(address) => {
            let bits = address.to_bits();
            Ipv6Addr::from_bits(match forward {
                true => bits.wrapping_add(number.into()),
                false => bits.wrapping_sub(number.into()),
            })
            .into()
        }
    }
}

/// The network of a size that holds the address, or the one beside it.
fn network(address: IpAddr, prefix: u32, beside: bool) -> Option<String> {
    let width = match address {
        IpAddr::V4(_) => 32,
        IpAddr::V6(_) => 128,
    };
    if prefix > width || (beside && prefix == 0) {
        return None;
    }
    let bits = match address {
        IpAddr::V4(address) => address.to_bits().into(),
        IpAddr::V6(address) => address.to_bits(),
    };
    let host = width - prefix;
    let network = u128::MAX.checked_shl(host).unwrap_or(0) & bits;
    let network = match beside {
        true => network ^ 1u128.checked_shl(host)?,
        false => network,
    };
    let base: IpAddr = match address {
        IpAddr::V4(_) => Ipv4Addr::from_bits(u32::try_from(network).ok()?).into(),
        IpAddr::V6(_) => Ipv6Addr::from_bits(network).into(),
    };
    Some(format!("{base}/{prefix}"))
}

fn network_ending_at(last: u32) -> String {
    let host = last.trailing_ones().min(32 - WIDEST);
    let base = Ipv4Addr::from_bits(last & u32::MAX.checked_shl(host).unwrap_or(0));
    format!("{base}/{}", 32 - host)
}

fn cut(address: Ipv4Addr) -> Result<String, Unfilled> {
    let text = address.to_string();
    let cut = text.get(..text.len() - 1).unwrap_or_default();
    match cut.parse::<Ipv4Addr>() {
        Ok(_) => Ok(cut.to_owned()),
        Err(_) => Err(Unfilled::TestBed(format!(
            "{text} without its last digit is no address; hint: give an address in tester.sources that ends with two digits"
        ))),
    }
}

fn spelled(address: Ipv6Addr) -> String {
    let groups = address.segments().map(|group| format!("{group:04X}"));
    groups.join(":")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sources(first: &str) -> Sources {
        Sources::read(&[
            first.to_owned(),
            "192.0.2.23".into(),
            "2001:db8:1::10".into(),
        ])
    }

    #[test]
    fn placeholders_stand_for_what_is_around_a_source() {
        for (first, placeholder, expected) in [
            ("192.0.2.10", "SRC", "192.0.2.10"),
            ("192.0.2.10", "SRC2", "192.0.2.23"),
            ("192.0.2.10", "SRC6", "2001:db8:1::10"),
            ("192.0.2.10", "SRC+1", "192.0.2.11"),
            ("192.0.2.0", "SRC-1", "192.0.1.255"),
            ("192.0.2.10", "SRC/32", "192.0.2.10/32"),
            ("192.0.2.10", "SRC/28", "192.0.2.0/28"),
            ("192.0.2.10", "SRC/0", "0.0.0.0/0"),
            ("192.0.2.10", "SRC!/28", "192.0.2.16/28"),
            ("192.0.2.10", "SRC!/24", "192.0.3.0/24"),
            ("192.0.2.10", "SRC!/1", "0.0.0.0/1"),
            ("192.0.2.10", "SRC2:end", "192.0.2.16/29"),
            ("192.0.2.10", "SRC:end", "192.0.2.10/32"),
            ("192.0.2.255", "SRC:end", "192.0.2.0/24"),
            ("192.0.2.16", "SRC:behind", "192.0.2.0/28"),
            ("192.0.2.1", "SRC:behind", "192.0.2.0/32"),
            ("192.0.3.0", "SRC:behind", "192.0.2.0/24"),
            ("192.0.2.10", "SRC:cut", "192.0.2.1"),
            ("192.0.2.10", "SRC:zero", "192.0.2.010"),
            ("192.0.2.10", "SRC:hex", "0xC0.0.2.10"),
            ("192.0.2.10", "SRC6/48", "2001:db8:1::/48"),
            ("192.0.2.10", "SRC6!/48", "2001:db8::/48"),
            ("192.0.2.10", "SRC6+1", "2001:db8:1::11"),
            ("192.0.2.10", "SRC6/0", "::/0"),
            (
                "192.0.2.10",
                "SRC6:spelled",
                "2001:0DB8:0001:0000:0000:0000:0000:0010",
            ),
        ] {
            let filled = fill(placeholder, &sources(first));
            let expected = expected.to_owned();
            assert_eq!(filled, Some(Ok(expected)), "{first} {placeholder}");
        }
    }

    #[test]
    fn what_a_source_cannot_give_is_the_test_bed() {
        let only = Sources::read(&["192.0.2.1".to_owned()]);
        for placeholder in ["SRC2", "SRC6/64", "SRC:cut"] {
            let filled = fill(placeholder, &only);
            assert!(
                matches!(filled, Some(Err(Unfilled::TestBed(_)))),
                "{placeholder}"
            );
        }
    }

    #[test]
    fn other_words_are_errors_or_of_others() {
        for placeholder in [
            "SRC/33",
            "SRC!/0",
            "SRC+",
            "SRCx",
            "SRC:spelled",
            "SRC6/129",
        ] {
            let filled = fill(placeholder, &sources("192.0.2.10"));
            assert!(
                matches!(filled, Some(Err(Unfilled::Wrong(_)))),
                "{placeholder}"
            );
        }
        assert_eq!(fill("POA1", &sources("192.0.2.10")), None);
    }
}
