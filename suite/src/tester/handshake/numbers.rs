use onem2m_association::messages::{CipherSuite, ProtocolVersion};

/// The lowest version that a ClientHello of TLS can name.
const LOWEST: ProtocolVersion = ProtocolVersion::SSL_3_0;

/// What a ClientHello offers in numbers.
#[derive(Debug, Clone, Default)]
pub struct Numbers {
    /// client_version.
    pub version: u16,
    /// supported_versions.
    pub versions: Vec<u16>,
    /// The cipher suites.
    pub suites: Vec<CipherSuite>,
    /// The compression methods.
    pub compression: Vec<u8>,
    /// The types of the extensions.
    pub extensions: Vec<u16>,
    /// The curves.
    pub groups: Vec<u16>,
    /// The signatures that can be verified.
    pub signature_algorithms: Vec<u16>,
}

impl Numbers {
    /// Whether a version is offered: it is in the list, or without one not above client_version (RFC 5246, E.1). Those of
    /// DTLS count downwards.
    pub fn has_version(&self, version: u16) -> bool {
        if !self.versions.is_empty() {
            return self.versions.contains(&version);
        }
        let is_datagram = |number: u16| number >> 8 == 0xfe;
        match (is_datagram(self.version), is_datagram(version)) {
            (false, false) => (LOWEST.0..=self.version).contains(&version),
            (true, true) => version >= self.version,
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_up_to_that_of_the_client_are_offered() {
        let numbers = |version, versions: &[u16]| Numbers {
            version,
            versions: versions.to_vec(),
            ..Numbers::default()
        };
        assert!(numbers(0x0303, &[]).has_version(0x0302));
        assert!(!numbers(0x0303, &[]).has_version(0x0304));
        assert!(!numbers(0x0303, &[0x0304]).has_version(0x0303));
        assert!(numbers(0xfefd, &[]).has_version(0xfeff));
        assert!(!numbers(0xfeff, &[]).has_version(0xfefd));
        assert!(!numbers(0xfefd, &[]).has_version(0x0303));
    }
}
