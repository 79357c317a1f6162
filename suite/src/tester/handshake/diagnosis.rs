use super::conduct::Conduct;
use super::credential::Credential;
use super::establish::Handshake;
use crate::tester::association_end::AssociationEnd;
use onem2m_association::messages::{Alert, AlertDescription, AlertLevel};
use onem2m_association::{Diagnosis, Offer, Outcome, Role, Suite, Transport, Version};

/// Why a handshake in which the tester did everything right came to nothing; of others their conduct says it.
pub fn diagnose(
    handshake: &Handshake,
    is_datagram: bool,
    end: &AssociationEnd,
) -> Option<Diagnosis> {
    if handshake.conduct != Conduct::default() {
        return None;
    }
    let (transport, suite) = match (is_datagram, handshake.credential.key().is_some()) {
        (false, true) => (Transport::Tls, Suite::PSK_AES_128_CBC_SHA256),
        (false, false) => (Transport::Tls, Suite::ECDHE_ECDSA_AES_128_CBC_SHA256),
        (true, true) => (Transport::Dtls, Suite::PSK_AES_128_CCM_8),
        (true, false) => (Transport::Dtls, Suite::ECDHE_ECDSA_AES_128_CCM_8),
    };
    let offer = Offer {
        role: Role::Client,
        transport,
        latest: Version::Tls12,
        suites: vec![suite],
        server_name: Some(handshake.server_name.clone()).filter(|name| !name.is_empty()),
        credential: Some(shown(&handshake.credential)),
    };
    Some(Diagnosis::new(offer, outcome(end)?, None))
}

fn shown(credential: &Credential) -> String {
    match credential {
        Credential::Psk { identity, .. } => {
            format!("psk_identity {}", identity.escape_ascii())
        }
        Credential::Certificates { .. } => "a certificate".into(),
        Credential::RawPublicKey { .. } => "a raw public key".into(),
        Credential::None => "no certificate".into(),
    }
}

fn outcome(end: &AssociationEnd) -> Option<Outcome> {
    Some(match end {
        AssociationEnd::Alert { level, description } => Outcome::Refused(Alert {
            level: AlertLevel(*level),
            description: AlertDescription(*description),
        }),
        AssociationEnd::Closed => Outcome::ConnectionClosed,
        AssociationEnd::Reset => Outcome::Connection {
            reason: "reset".into(),
        },
        AssociationEnd::Silence => Outcome::Silence,
        AssociationEnd::Unexpected(what) => Outcome::Broken {
            reason: what.clone(),
        },
        AssociationEnd::Established { .. }
        | AssociationEnd::Selected { .. }
        | AssociationEnd::CookieAsked
        | AssociationEnd::Left
        | AssociationEnd::Unreachable(_) => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    fn told(end: &AssociationEnd) -> Option<String> {
        let patience = Duration::from_secs(1);
        let handshake = Handshake::new(Credential::None, "cse.example", patience, [0; 32]);
        Some(diagnose(&handshake, false, end)?.to_string())
    }

    #[test]
    fn refusal_is_told_with_its_likely_cause() {
        let told = told(&AssociationEnd::Alert {
            level: 2,
            description: 40,
        })
        .unwrap();
        for said in [
            "offered TLS 1.2 with TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256",
            "no certificate",
            "SNI cse.example",
            "no cipher suite in common",
        ] {
            assert!(told.contains(said), "{told}");
        }
    }

    #[test]
    fn what_the_tester_left_needs_no_cause() {
        assert_eq!(told(&AssociationEnd::Left), None);
    }
}
