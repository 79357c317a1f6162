//! How a source address is compared with accessControlIpAddresses (TS-0003 V3.18.0, 7.1.2 and 7.1.3; TS-0004 V3.32.0,
//! 6.3.5.27).

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use onem2m_access::{Addresses, Clauses as Access, Network};

use super::Fault;

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "AddressComparedAsText",
        requirement: "TS-0003/7.1.3/10",
        summary: "entries are compared with the source as texts, so that one with a suffix matches nobody",
        apply: |clauses| clauses.access.addresses = as_text,
    },
    Fault {
        name: "AddressByTextualPrefix",
        requirement: "TS-0003/7.1.3/10",
        summary: "an entry without suffix matches every address whose text begins with it",
        apply: |clauses| clauses.access.ipv4 = textual_prefix,
    },
    Fault {
        name: "AddressNeedsSuffix",
        requirement: "TS-0004/6.3.5.27/2",
        summary: "an entry without suffix matches nobody",
        apply: |clauses| clauses.access.ipv4 = needs_suffix,
    },
    Fault {
        name: "AddressSuffixIgnored",
        requirement: "TS-0003/7.1.3/10",
        summary: "the suffix is cut off and the address alone compared",
        apply: |clauses| {
            clauses.access.ipv4 = |network, source| network.address() == source;
            clauses.access.ipv6 = |network, source| network.address() == source;
        },
    },
    Fault {
        name: "AddressPrefixByOctets",
        requirement: "TS-0003/7.1.3/10",
        summary: "the length of a prefix is rounded down to whole octets",
        apply: |clauses| clauses.access.ipv4 = by_octets,
    },
    Fault {
        name: "AddressMaskFromLowBits",
        requirement: "TS-0003/7.1.3/10",
        summary: "the mask of a prefix is built from the low bits of the address",
        apply: |clauses| clauses.access.ipv4 = low_bits,
    },
    Fault {
        name: "AddressBaseUnmasked",
        requirement: "TS-0004/6.3.5.27/2",
        summary: "the source is masked and the entry is not, so that one with host bits matches nobody",
        apply: |clauses| clauses.access.ipv4 = base_unmasked,
    },
    Fault {
        name: "AddressPrefixZeroIsHost",
        requirement: "TS-0003/7.1.3/10",
        summary: "the mask of a prefix of no bits has all of them",
        apply: |clauses| clauses.access.ipv4 = zero_is_host,
    },
    Fault {
        name: "AddressRangeWithoutEnds",
        requirement: "TS-0003/7.1.3/10",
        summary: "the first and the last address of a network do not belong to it",
        apply: |clauses| clauses.access.ipv4 = without_ends,
    },
    Fault {
        name: "AddressRangeTooLong",
        requirement: "TS-0003/7.1.3/10",
        summary: "the first address behind a network belongs to it",
        apply: |clauses| clauses.access.ipv4 = too_long,
    },
    Fault {
        name: "AddressesFirstOnly",
        requirement: "TS-0003/7.1.3/10",
        summary: "only the first entry of a list is looked at",
        apply: |clauses| clauses.access.addresses = first_only,
    },
    Fault {
        name: "AddressesIpv6BehindIpv4",
        requirement: "TS-0004/6.3.5.27/2",
        summary: "ipv6Addresses is looked at only where ipv4Addresses is absent",
        apply: |clauses| clauses.access.addresses = ipv6_behind_ipv4,
    },
    Fault {
        name: "AddressesOfBothFamiliesRequired",
        requirement: "TS-0004/6.3.5.27/2",
        summary: "where both lists are present both have to hold the source",
        apply: |clauses| clauses.access.addresses = both_required,
    },
    Fault {
        name: "AddressFamilyWithoutListUnrestricted",
        requirement: "TS-0003/7.1.3/10",
        summary: "a source of a family that has no list is not restricted",
        apply: |clauses| clauses.access.addresses = without_list,
    },
    Fault {
        name: "AddressIpv6ComparedAsText",
        requirement: "TS-0004/6.3.5.27/2",
        summary: "IPv6 addresses without suffix are compared as texts",
        apply: |clauses| clauses.access.ipv6 = ipv6_as_text,
    },
    Fault {
        name: "AddressIpv6Unchecked",
        requirement: "TS-0003/7.1.3/10",
        summary: "every IPv6 source is in every IPv6 network",
        apply: |clauses| clauses.access.ipv6 = |_, _| true,
    },
    Fault {
        name: "AddressIpv6HalfCompared",
        requirement: "TS-0003/7.1.3/10",
        summary: "of an IPv6 address only the upper 64 bits are compared",
        apply: |clauses| clauses.access.ipv6 = ipv6_half,
    },
    Fault {
        name: "AddressMappedStaysIpv6",
        requirement: "TS-0003/7.1.2/2",
        summary: "an IPv4 source, which a dual-stack socket shows as a mapped address, is judged by ipv6Addresses",
        apply: |clauses| clauses.access.addresses = mapped_stays,
    },
    Fault {
        name: "SourceFromHeader",
        requirement: "TS-0003/7.1.2/2",
        summary: "the source address is taken from a header field that names one, as proxies add them",
        apply: |clauses| clauses.source = from_header,
    },
];

/// Header fields in which proxies and servers tell an address.
const TELLING: [&str; 5] = [
    "x-forwarded-for",
    "forwarded",
    "x-real-ip",
    "remoteaddress",
    "x-m2m-remote",
];

const SPECIFICATION: Access = Access::SPECIFICATION;

fn as_text(_: &Access, allowed: &Addresses, source: Option<IpAddr>) -> bool {
    let text = source.map(|source| source.to_canonical().to_string());
    let is_it = |written: &str| text.as_deref() == Some(written);
    allowed.ipv4.iter().any(|network| is_it(network.written()))
        || allowed.ipv6.iter().any(|network| is_it(network.written()))
}

fn has_suffix<A: Copy>(network: &Network<A>) -> bool {
    network.written().contains('/')
}

fn textual_prefix(network: &Network<Ipv4Addr>, source: Ipv4Addr) -> bool {
    match has_suffix(network) {
        true => (SPECIFICATION.ipv4)(network, source),
        false => source.to_string().starts_with(network.written()),
    }
}

fn needs_suffix(network: &Network<Ipv4Addr>, source: Ipv4Addr) -> bool {
    has_suffix(network) && (SPECIFICATION.ipv4)(network, source)
}

fn difference(network: &Network<Ipv4Addr>, source: Ipv4Addr) -> u32 {
    network.address().to_bits() ^ source.to_bits()
}

fn by_octets(network: &Network<Ipv4Addr>, source: Ipv4Addr) -> bool {
    difference(network, source).leading_zeros() >= u32::from(network.prefix() / 8 * 8)
}

fn low_bits(network: &Network<Ipv4Addr>, source: Ipv4Addr) -> bool {
    difference(network, source).trailing_zeros() >= u32::from(network.prefix())
}

fn mask(network: &Network<Ipv4Addr>) -> u32 {
    let host_bits = 32 - u32::from(network.prefix().min(32));
    u32::MAX.checked_shl(host_bits).unwrap_or(0)
}

fn base_unmasked(network: &Network<Ipv4Addr>, source: Ipv4Addr) -> bool {
    source.to_bits() & mask(network) == network.address().to_bits()
}

fn zero_is_host(network: &Network<Ipv4Addr>, source: Ipv4Addr) -> bool {
    match network.prefix() {
        0 => network.address() == source,
        _ => (SPECIFICATION.ipv4)(network, source),
    }
}

fn without_ends(network: &Network<Ipv4Addr>, source: Ipv4Addr) -> bool {
    let host = source.to_bits() & !mask(network);
    let is_end = network.prefix() < 31 && (host == 0 || host == !mask(network));
    !is_end && (SPECIFICATION.ipv4)(network, source)
}

fn too_long(network: &Network<Ipv4Addr>, source: Ipv4Addr) -> bool {
    let before = Ipv4Addr::from_bits(source.to_bits().wrapping_sub(1));
    let is_behind = has_suffix(network) && (SPECIFICATION.ipv4)(network, before);
    is_behind || (SPECIFICATION.ipv4)(network, source)
}

fn first_only(clauses: &Access, allowed: &Addresses, source: Option<IpAddr>) -> bool {
    let first = Addresses {
        ipv4: allowed.ipv4.iter().take(1).cloned().collect(),
        ipv6: allowed.ipv6.iter().take(1).cloned().collect(),
    };
    (SPECIFICATION.addresses)(clauses, &first, source)
}

fn ipv6_behind_ipv4(clauses: &Access, allowed: &Addresses, source: Option<IpAddr>) -> bool {
    let mut read = allowed.clone();
    if !read.ipv4.is_empty() {
        read.ipv6.clear();
    }
    (SPECIFICATION.addresses)(clauses, &read, source)
}

fn both_required(clauses: &Access, allowed: &Addresses, source: Option<IpAddr>) -> bool {
    let is_either = allowed.ipv4.is_empty() || allowed.ipv6.is_empty();
    is_either && (SPECIFICATION.addresses)(clauses, allowed, source)
}

fn without_list(clauses: &Access, allowed: &Addresses, source: Option<IpAddr>) -> bool {
    let list_is_empty = match source.map(|source| source.to_canonical()) {
        Some(IpAddr::V4(_)) => allowed.ipv4.is_empty(),
        Some(IpAddr::V6(_)) => allowed.ipv6.is_empty(),
        None => false,
    };
    list_is_empty || (SPECIFICATION.addresses)(clauses, allowed, source)
}

fn ipv6_as_text(network: &Network<Ipv6Addr>, source: Ipv6Addr) -> bool {
    match has_suffix(network) {
        true => (SPECIFICATION.ipv6)(network, source),
        false => network.written() == source.to_string(),
    }
}

fn ipv6_half(network: &Network<Ipv6Addr>, source: Ipv6Addr) -> bool {
    let difference = network.address().to_bits() ^ source.to_bits();
    difference.leading_zeros() >= u32::from(network.prefix().min(64))
}

fn mapped_stays(clauses: &Access, allowed: &Addresses, source: Option<IpAddr>) -> bool {
    let source = source.map(|source| match source {
        IpAddr::V4(source) => source.to_ipv6_mapped(),
        IpAddr::V6(source) => source,
    });
    source.is_some_and(|source| {
        allowed
            .ipv6
            .iter()
            .any(|network| (clauses.ipv6)(network, source))
    })
}

fn from_header(peer: &crate::Peer, headers: &::http::HeaderMap) -> IpAddr {
    let named = TELLING.iter().find_map(|name| {
        let value = headers.get(*name)?.to_str().ok()?;
        let first = value.split([',', ';']).next().unwrap_or(value);
        let text = first.trim().trim_start_matches("for=").trim_matches('"');
        text.parse().ok()
    });
    named.unwrap_or_else(|| peer.address.ip())
}
