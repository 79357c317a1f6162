use openssl::ssl::SslVersion;

/// What carries an association (TS-0003 V3.18.0, 10.2.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Transport {
    /// TLS, over TCP.
    Tls,
    /// DTLS, over UDP.
    Dtls,
}

impl Transport {
    /// The name of the protocol with its version.
    pub fn name(self) -> &'static str {
        match self {
            Self::Tls => "TLS 1.2",
            Self::Dtls => "DTLS 1.2",
        }
    }

    /// The name of the protocol with the versions up to the latest that is offered.
    pub(crate) fn names(self, latest: Version) -> &'static str {
        match (self, latest) {
            (Self::Tls, Version::Tls13) => "TLS 1.2 and 1.3",
            _ => self.name(),
        }
    }
}

/// Where a node is (TS-0001 V3.36.0, 6.1): it decides which suites its servers have to support.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Domain {
    /// The Infrastructure Node.
    Infrastructure,
    /// Any other node.
    Field,
}

/// A version of TLS, or of the DTLS that belongs to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Version {
    /// TLS 1.0.
    Tls10,
    /// TLS 1.1, and DTLS 1.0.
    Tls11,
    /// TLS 1.2, and DTLS 1.2.
    Tls12,
    /// TLS 1.3; for DTLS the latest that OpenSSL has, which is 1.2.
    Tls13,
}

impl Version {
    /// TLS 1.2 or DTLS 1.2, and nothing before it (TS-0003 V3.18.0, 10.2.1).
    pub(crate) fn lowest(_: Transport) -> Self {
        Self::Tls12
    }

    /// TLS 1.2 or DTLS 1.2, and nothing after it (TS-0003 V3.18.0, 10.2.1).
    pub(crate) fn highest(_: Transport) -> Self {
        Self::Tls12
    }

    pub(crate) fn for_transport(self, transport: Transport) -> SslVersion {
        match (transport, self) {
            (Transport::Tls, Self::Tls10) => SslVersion::TLS1,
            (Transport::Tls, Self::Tls11) => SslVersion::TLS1_1,
            (Transport::Tls, Self::Tls12) => SslVersion::TLS1_2,
            (Transport::Tls, Self::Tls13) => SslVersion::TLS1_3,
            (Transport::Dtls, Self::Tls10 | Self::Tls11) => SslVersion::DTLS1,
            (Transport::Dtls, Self::Tls12 | Self::Tls13) => SslVersion::DTLS1_2,
        }
    }
}
