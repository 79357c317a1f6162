//! What the messages of the IUT have to show.

mod certificate;
mod datagrams;

pub use certificate::of_function as certificate_of_function;

use crate::catalogue::behaviour::Sight;
use crate::purposes::facts::Facts;
use crate::purposes::stop::Finding;
use crate::tester::handshake::{Handshake, KeyExchangeSeen, Seen};
use crate::verdict::Cause;
use onem2m_association::messages::{
    CertificateType, ClientCertificateKind, ExtensionType, HandshakeType, NamedGroup,
    SelectedClientCertificateType, SelectedServerCertificateType, SignatureScheme,
};

/// The first octet of an uncompressed point (SEC 1, 2.3.3).
const UNCOMPRESSED: u8 = 4;

/// What there is to look at.
#[derive(Debug, Clone, Copy)]
pub struct Look<'a> {
    /// What was seen of the IUT.
    pub seen: &'a Seen,
    /// What the tester did.
    pub handshake: &'a Handshake,
    /// What is known of the IUT.
    pub facts: &'a Facts,
}

impl Look<'_> {
    /// Whether a sight is as it has to be, as far as the handshake got; what there is to note.
    pub fn at(&self, sight: Sight) -> Result<Option<String>, Finding> {
        match sight {
            Sight::CertificateRequest => self.certificate_request(),
            Sight::EndCertificate => match self.seen.certificates.first() {
                Some(certificate) => certificate::end(certificate, self.name()),
                None => Ok(self.raw_public_key()),
            },
            Sight::Authorities => match self.seen.certificates.split_first() {
                Some((_, authorities)) => certificate::authorities(authorities),
                None => Ok(self.raw_public_key()),
            },
            Sight::OfferedGroup => self.offered_group(),
            Sight::OfferedCertificateTypes => self.offered_certificate_types(),
            Sight::HelloVerifyRequest => datagrams::hello_verify_request(self.seen),
            Sight::RepeatedFlight => datagrams::repeated_flight(self.seen),
            Sight::ShortDatagrams => datagrams::short_datagrams(self.seen, self.most_octets()),
            // It is looked at once the association stands.
            Sight::NoClearAnswer => Ok(None),
        }
    }

    fn name(&self) -> Option<&str> {
        let name = self.facts.pixit.get("PIXIT_IUT_FQDN")?;
        Some(name.as_str()).filter(|name| !name.is_empty())
    }

    fn most_octets(&self) -> usize {
        let most = self.facts.pixit.get("PIXIT_PMTU");
        let most = most.and_then(|most| most.parse().ok());
        most.unwrap_or(usize::MAX)
    }

    fn raw_public_key(&self) -> Option<String> {
        let shown = self.seen.raw_public_key.as_ref();
        shown.map(|_| "the IUT shows a raw public key in place of certificates".to_owned())
    }

    fn certificate_request(&self) -> Result<Option<String>, Finding> {
        let expected = "a CertificateRequest for ecdsa_sign and ECDSA with SHA-256, of any authority or of one that the IUT trusts";
        let wrong = |observed: String| Err(Finding::new(Cause::WrongDecision, expected, observed));
        let Some(request) = &self.seen.certificate_request else {
            let is_over = self
                .seen
                .messages
                .contains(&HandshakeType::SERVER_HELLO_DONE);
            return match is_over {
                true => wrong("none".into()),
                false => Ok(None),
            };
        };
        let kinds = &request.certificate_types;
        let schemes = &request.supported_signature_algorithms;
        if !kinds.contains(&ClientCertificateKind::ECDSA_SIGN) {
            return wrong(format!("types {kinds:?}"));
        }
        if !schemes.contains(&SignatureScheme::ECDSA_SECP256R1_SHA256) {
            return wrong(format!("signature algorithms {schemes:?}"));
        }
        let names = &request.certificate_authorities;
        let anchors = self.facts.known_peers.anchors().unwrap_or_default();
        let is_named = anchors
            .iter()
            .filter_map(|anchor| certificate::subject(anchor))
            .any(|subject| names.contains(&subject));
        match names.is_empty() || is_named {
            true => Ok(None),
            false => wrong(format!("{} other authorities", names.len())),
        }
    }

    fn offered_group(&self) -> Result<Option<String>, Finding> {
        let Some(KeyExchangeSeen::Curve { group, point, .. }) = &self.seen.server_key_exchange
        else {
            return Ok(None);
        };
        let usual = [NamedGroup::SECP256R1.0];
        let offered = self.handshake.conduct.hello.groups.as_deref();
        let offered = offered.unwrap_or(&usual);
        let expected = "an uncompressed point on a curve that was offered";
        if !offered.contains(&group.0) {
            return Err(Finding::new(
                Cause::WrongDecision,
                expected,
                group.to_string(),
            ));
        }
        if point.first() != Some(&UNCOMPRESSED) {
            let observed = format!("a point that begins with {:02x?}", point.first());
            return Err(Finding::new(Cause::MalformedAnswer, expected, observed));
        }
        let usual = group.0 == NamedGroup::SECP256R1.0;
        Ok((!usual).then(|| format!("the IUT chooses {group}")))
    }

    fn offered_certificate_types(&self) -> Result<Option<String>, Finding> {
        let Some(hello) = &self.seen.server_hello else {
            return Ok(None);
        };
        let extensions = hello.extensions.clone().unwrap_or_default();
        let malformed = |error: &dyn std::fmt::Display| {
            let expected = "types of certificates that read";
            Finding::new(Cause::MalformedAnswer, expected, error.to_string())
        };
        let client = extensions
            .read::<SelectedClientCertificateType>()
            .map_err(|error| malformed(&error))?;
        let server = extensions
            .read::<SelectedServerCertificateType>()
            .map_err(|error| malformed(&error))?;
        let hello = &self.handshake.conduct.hello;
        let chosen = [
            (
                ExtensionType::CLIENT_CERTIFICATE_TYPE,
                client.map(|chosen| chosen.0),
                hello.client_certificate_types.as_deref().unwrap_or(&[2]),
            ),
            (
                ExtensionType::SERVER_CERTIFICATE_TYPE,
                server.map(|chosen| chosen.0),
                hello.server_certificate_types.as_deref().unwrap_or(&[2, 0]),
            ),
        ];
        let mut notes = Vec::new();
        for (extension, chosen, offered) in chosen {
            match chosen {
                Some(CertificateType(number)) if offered.contains(&number) => {
                    notes.push(format!("{extension}: {number}"));
                }
                Some(chosen) => {
                    let expected = format!("{extension} to be one of {offered:?}");
                    let observed = chosen.to_string();
                    return Err(Finding::new(Cause::WrongDecision, expected, observed));
                }
                None => notes.push(format!("{extension}: none, which means X.509")),
            }
        }
        Ok(Some(notes.join(", ")))
    }
}
