use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

use crate::Clauses;

/// A value of accessControlIpAddresses: networks of both families, which are alternatives (TS-0004 V3.32.0, 6.3.5.27).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Addresses {
    /// ipv4Addresses.
    pub ipv4: Vec<Network<Ipv4Addr>>,
    /// ipv6Addresses.
    pub ipv6: Vec<Network<Ipv6Addr>>,
}

/// An address with the length of its network prefix. Without a CIDR suffix the prefix is the whole address.
///
/// Bits behind the prefix may be set and say nothing.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Network<A> {
    written: String,
    address: A,
    prefix: u8,
}

impl<A: Copy> Network<A> {
    /// The network as it was written.
    pub fn written(&self) -> &str {
        &self.written
    }

    /// The address.
    pub fn address(&self) -> A {
        self.address
    }

    /// The number of bits that count.
    pub fn prefix(&self) -> u8 {
        self.prefix
    }
}

impl Network<Ipv4Addr> {
    /// Reads dotted-decimal notation with an optional suffix (m2m:ipv4, TS-0004 V3.32.0, Table 6.3.3-1).
    pub fn parse(text: &str) -> Option<Self> {
        parse_network(text, 32)
    }
}

impl Network<Ipv6Addr> {
    /// Reads groups of hexadecimal digits, in any spelling, with an optional suffix (m2m:ipv6, TS-0004 V3.32.0,
    /// Table 6.3.3-1).
    pub fn parse(text: &str) -> Option<Self> {
        parse_network(text, 128)
    }
}

/// res_ip of TS-0003 V3.18.0, 7.1.5: a network of the family of the source holds it.
///
/// An IPv4 source that a dual-stack socket shows as an IPv4-mapped address is an IPv4 source. A request that came
/// without IP packets has no source and does not hold.
pub(crate) fn addresses(clauses: &Clauses, allowed: &Addresses, source: Option<IpAddr>) -> bool {
    match source.map(|source| source.to_canonical()) {
        None => false,
        Some(IpAddr::V4(source)) => allowed
            .ipv4
            .iter()
            .any(|network| (clauses.ipv4)(network, source)),
        Some(IpAddr::V6(source)) => allowed
            .ipv6
            .iter()
            .any(|network| (clauses.ipv6)(network, source)),
    }
}

/// The bits of the prefix are equal (RFC 4632, 3.1).
pub(crate) fn ipv4(network: &Network<Ipv4Addr>, source: Ipv4Addr) -> bool {
    let difference = network.address.to_bits() ^ source.to_bits();
    difference.leading_zeros() >= u32::from(network.prefix)
}

/// The bits of the prefix are equal (RFC 4291, 2.3).
pub(crate) fn ipv6(network: &Network<Ipv6Addr>, source: Ipv6Addr) -> bool {
    let difference = network.address.to_bits() ^ source.to_bits();
    difference.leading_zeros() >= u32::from(network.prefix)
}

fn parse_network<A: FromStr>(text: &str, width: u8) -> Option<Network<A>> {
    let (address, prefix) = match text.split_once('/') {
        None => (text, width),
        Some((address, suffix)) => (address, parse_suffix(suffix)?),
    };
    let address = address.parse().ok()?;
    (prefix <= width).then(|| Network {
        written: text.to_owned(),
        address,
        prefix,
    })
}

/// Digits without a sign and without a leading zero, which some readers would take for octal.
fn parse_suffix(text: &str) -> Option<u8> {
    let is_plain =
        text.bytes().all(|octet| octet.is_ascii_digit()) && (text == "0" || !text.starts_with('0'));
    if is_plain { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use std::net::{Ipv4Addr, Ipv6Addr};

    use super::{Addresses, Network, addresses};
    use crate::Clauses;

    fn holds(ipv4: &[&str], ipv6: &[&str], source: &str) -> bool {
        let allowed = Addresses {
            ipv4: ipv4
                .iter()
                .map(|text| Network::<Ipv4Addr>::parse(text).unwrap())
                .collect(),
            ipv6: ipv6
                .iter()
                .map(|text| Network::<Ipv6Addr>::parse(text).unwrap())
                .collect(),
        };
        addresses(
            &Clauses::SPECIFICATION,
            &allowed,
            Some(source.parse().unwrap()),
        )
    }

    #[test]
    fn network_holds_its_first_and_last_address_and_not_their_neighbours() {
        let network = ["192.0.2.8/29"];
        assert!(holds(&network, &[], "192.0.2.8"));
        assert!(holds(&network, &[], "192.0.2.15"));
        assert!(!holds(&network, &[], "192.0.2.7"));
        assert!(!holds(&network, &[], "192.0.2.16"));
    }

    #[test]
    fn prefix_of_no_bits_holds_its_whole_family_only() {
        assert!(holds(&["192.0.2.1/0"], &[], "255.255.255.255"));
        assert!(holds(&[], &["::/0"], "2001:db8::1"));
        assert!(!holds(&[], &["::/0"], "192.0.2.10"));
        assert!(!holds(&["0.0.0.0/0"], &[], "2001:db8::1"));
    }

    #[test]
    fn mapped_source_is_an_ipv4_source() {
        assert!(holds(&["192.0.2.0/24"], &[], "::ffff:192.0.2.10"));
        assert!(!holds(&[], &["::/0"], "::ffff:192.0.2.10"));
    }

    #[test]
    fn source_without_an_address_is_in_no_network() {
        let everywhere = Addresses {
            ipv4: vec![Network::<Ipv4Addr>::parse("0.0.0.0/0").unwrap()],
            ipv6: vec![Network::<Ipv6Addr>::parse("::/0").unwrap()],
        };
        assert!(!addresses(&Clauses::SPECIFICATION, &everywhere, None));
    }

    #[test]
    fn malformed_ipv4_networks_are_none() {
        for text in [
            "",
            "/",
            "192.0.2.0/33",
            "192.0.2.0/-1",
            "192.0.2.0/+8",
            "192.0.2.0/",
            "192.0.2.0/08",
            "192.0.2.0/24/8",
            "192.0.2.0/256",
            "192.0.2.256",
            "192.0.2",
            "192.0.2.010",
            "0xC0.0.2.10",
            "localhost",
            " 192.0.2.1",
            "192.0.2.0 /24",
            "2001:db8::1",
        ] {
            assert_eq!(Network::<Ipv4Addr>::parse(text), None, "{text}");
        }
    }

    #[test]
    fn malformed_ipv6_networks_are_none() {
        for text in [
            "",
            "::/129",
            "::/-1",
            ":::",
            "2001:db8::1::2",
            "2001:db8::g",
            "fe80::1%eth0",
            "[::1]",
            "192.0.2.1",
            "::/0/0",
        ] {
            assert_eq!(Network::<Ipv6Addr>::parse(text), None, "{text}");
        }
    }
}
