//! The addresses from which the IUT sees the tester.

use crate::catalogue::behaviour::Source;
use std::fmt;
use std::net::IpAddr;

/// The addresses of `tester.sources`, in their order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sources(Vec<IpAddr>);

impl Sources {
    /// Takes what reads as an address.
    pub fn read<'a>(texts: impl IntoIterator<Item = &'a String>) -> Self {
        let addresses = texts.into_iter().filter_map(|text| text.parse().ok());
        Self(addresses.collect())
    }

    /// The address that a source stands for, if the tester has it. Where there is no IPv4 address, the first is that of
    /// the other family.
    pub fn address(&self, source: Source) -> Option<IpAddr> {
        let mut ipv4 = self.0.iter().filter(|address| address.is_ipv4());
        let mut ipv6 = self.0.iter().filter(|address| address.is_ipv6());
        let found = match source {
            Source::First => ipv4.next().or_else(|| self.0.first()),
            Source::Second => ipv4.nth(1),
            Source::Ipv6 => ipv6.next(),
        };
        found.copied()
    }

    /// The addresses as text.
    pub fn texts(&self) -> Vec<String> {
        self.0.iter().map(IpAddr::to_string).collect()
    }
}

impl From<Vec<IpAddr>> for Sources {
    fn from(addresses: Vec<IpAddr>) -> Self {
        Self(addresses)
    }
}

/// What a person has to write into the profile for a source that is missing.
pub fn missing(source: Source) -> String {
    let what = match source {
        Source::First => "an address",
        Source::Second => "a second IPv4 address",
        Source::Ipv6 => "an IPv6 address",
    };
    format!("the tester has no such source; hint: give {what} of this host in tester.sources")
}

impl fmt::Display for Sources {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.texts().join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_source_is_the_first_of_its_kind() {
        let texts = ["::1", "192.0.2.1", "2001:db8::1", "192.0.2.2"].map(str::to_owned);
        let sources = Sources::read(&texts);
        let address = |source| sources.address(source).map(|address| address.to_string());
        assert_eq!(address(Source::First).as_deref(), Some("192.0.2.1"));
        assert_eq!(address(Source::Second).as_deref(), Some("192.0.2.2"));
        assert_eq!(address(Source::Ipv6).as_deref(), Some("::1"));
    }

    #[test]
    fn missing_source_is_none() {
        let sources = Sources::read(&["2001:db8::1".to_owned()]);
        assert_eq!(sources.address(Source::Second), None);
        assert!(sources.address(Source::First).is_some());
    }
}
