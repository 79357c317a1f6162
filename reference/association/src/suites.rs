use crate::messages::CipherSuite;
use crate::{Domain, Transport};

/// What a suite authenticates with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Framework {
    /// Symmetric keys (TS-0003 V3.18.0, 10.2.2).
    Psk,
    /// Certificates and raw public keys (TS-0003 V3.18.0, 10.2.3).
    Certificate,
}

/// A cipher suite.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Suite {
    /// The number in the registry of TLS cipher suites.
    pub code: CipherSuite,
    /// The name that OpenSSL gives it.
    pub openssl: &'static str,
    /// What it authenticates with.
    pub framework: Framework,
}

impl Suite {
    /// The mandatory suite of TLS with symmetric keys (TS-0003 V3.18.0, 10.2.2; RFC 5487, 3.1).
    pub const PSK_AES_128_CBC_SHA256: Self = Self {
        code: CipherSuite::TLS_PSK_WITH_AES_128_CBC_SHA256,
        openssl: "PSK-AES128-CBC-SHA256",
        framework: Framework::Psk,
    };
    /// The mandatory suite of DTLS with symmetric keys (TS-0003 V3.18.0, 10.2.2; RFC 6655, 4).
    pub const PSK_AES_128_CCM_8: Self = Self {
        code: CipherSuite::TLS_PSK_WITH_AES_128_CCM_8,
        openssl: "PSK-AES128-CCM8",
        framework: Framework::Psk,
    };
    /// The mandatory suite of TLS with certificates (TS-0003 V3.18.0, 10.2.3; RFC 5289, 3.1).
    pub const ECDHE_ECDSA_AES_128_CBC_SHA256: Self = Self {
        code: CipherSuite::TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256,
        openssl: "ECDHE-ECDSA-AES128-SHA256",
        framework: Framework::Certificate,
    };
    /// The mandatory suite of DTLS with certificates (TS-0003 V3.18.0, 10.2.3; RFC 7251, 2).
    pub const ECDHE_ECDSA_AES_128_CCM_8: Self = Self {
        code: CipherSuite::TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8,
        openssl: "ECDHE-ECDSA-AES128-CCM8",
        framework: Framework::Certificate,
    };
    /// All that 10.2.2 and 10.2.3 name.
    pub const MANDATORY: [Self; 4] = [
        Self::PSK_AES_128_CBC_SHA256,
        Self::PSK_AES_128_CCM_8,
        Self::ECDHE_ECDSA_AES_128_CBC_SHA256,
        Self::ECDHE_ECDSA_AES_128_CCM_8,
    ];

    /// The name in the registry of TLS cipher suites; that of OpenSSL if it is not known here.
    pub fn name(&self) -> &'static str {
        self.code.name().unwrap_or(self.openssl)
    }

    fn of(framework: Framework, transport: Transport) -> Self {
        match (framework, transport) {
            (Framework::Psk, Transport::Tls) => Self::PSK_AES_128_CBC_SHA256,
            (Framework::Psk, Transport::Dtls) => Self::PSK_AES_128_CCM_8,
            (Framework::Certificate, Transport::Tls) => Self::ECDHE_ECDSA_AES_128_CBC_SHA256,
            (Framework::Certificate, Transport::Dtls) => Self::ECDHE_ECDSA_AES_128_CCM_8,
        }
    }
}

/// What a server accepts: on an Infrastructure Node all four suites over either transport, elsewhere those of its
/// transport; of them those for which it has credentials (TS-0003 V3.18.0, 10.2.1 to 10.2.3).
pub(crate) fn of_server(
    transport: Transport,
    domain: Domain,
    frameworks: &[Framework],
) -> Vec<Suite> {
    let own = frameworks
        .iter()
        .map(|framework| Suite::of(*framework, transport));
    let others = Suite::MANDATORY
        .into_iter()
        .filter(|suite| domain == Domain::Infrastructure && frameworks.contains(&suite.framework));
    own.chain(others).fold(Vec::new(), |mut list, suite| {
        if !list.contains(&suite) {
            list.push(suite);
        }
        list
    })
}

/// What a client offers: the suite of its credential and transport (TS-0003 V3.18.0, 10.2.1 to 10.2.3).
pub(crate) fn of_client(transport: Transport, framework: Framework) -> Vec<Suite> {
    vec![Suite::of(framework, transport)]
}

/// The list in the form that OpenSSL takes.
pub(crate) fn cipher_list(suites: &[Suite]) -> String {
    let names: Vec<_> = suites.iter().map(|suite| suite.openssl).collect();
    names.join(":")
}

#[cfg(test)]
mod tests {
    use super::{Framework, Suite, of_client, of_server};
    use crate::{Domain, Transport};

    const BOTH: [Framework; 2] = [Framework::Psk, Framework::Certificate];

    #[test]
    fn server_on_an_infrastructure_node_accepts_all_four_over_either_transport() {
        for transport in [Transport::Tls, Transport::Dtls] {
            let suites = of_server(transport, Domain::Infrastructure, &BOTH);
            assert_eq!(suites.len(), 4, "{transport:?}");
            for suite in Suite::MANDATORY {
                assert!(suites.contains(&suite), "{}", suite.name());
            }
        }
    }

    #[test]
    fn server_in_the_field_accepts_those_of_its_transport() {
        assert_eq!(
            of_server(Transport::Dtls, Domain::Field, &BOTH),
            [Suite::PSK_AES_128_CCM_8, Suite::ECDHE_ECDSA_AES_128_CCM_8]
        );
    }

    #[test]
    fn server_without_a_certificate_accepts_no_certificate_suite() {
        assert_eq!(
            of_server(Transport::Tls, Domain::Infrastructure, &[Framework::Psk]),
            [Suite::PSK_AES_128_CBC_SHA256, Suite::PSK_AES_128_CCM_8]
        );
    }

    #[test]
    fn client_offers_the_suite_of_its_credential() {
        assert_eq!(
            of_client(Transport::Tls, Framework::Certificate),
            [Suite::ECDHE_ECDSA_AES_128_CBC_SHA256]
        );
    }
}
