use sha2::{Digest, Sha256};

use super::der::{self, INTEGER, SEQUENCE, UTC_TIME, claiming, constructed, element, sequence};
use super::extension::Surroundings;
use super::{
    CertificateError, CertificateOrder, Damage, DistinguishedName, KeyPair, Seed, Signer, validity,
};

/// Octets of a key identifier, as many as in RFC 5280, 4.2.1.2.
const KEY_IDENTIFIER_LENGTH: usize = 20;
/// Octets of a serial number; RFC 5280, 4.1.2.2 allows 20.
const SERIAL_LENGTH: usize = 16;

/// In whose name and with whose key a certificate is signed.
#[derive(Clone, Copy, Debug)]
pub struct Issuer<'chain> {
    /// The name.
    pub name: &'chain DistinguishedName,
    /// The key.
    pub key: &'chain KeyPair,
}

/// A certificate that was issued, and its key.
#[derive(Clone, Debug)]
pub struct Certificate {
    /// The certificate.
    pub der: Vec<u8>,
    /// Its subject.
    pub subject: DistinguishedName,
    /// Its serial number, a positive one, from its most significant octet; that which it was ordered with, before any damage.
    pub serial: Vec<u8>,
    /// The key that it is about.
    pub key: KeyPair,
}

impl Certificate {
    /// As one that signs others.
    pub fn as_issuer(&self) -> Issuer<'_> {
        Issuer {
            name: &self.subject,
            key: &self.key,
        }
    }
}

impl CertificateOrder {
    /// Issues the certificate. `above` signs it, unless it signs itself.
    pub fn issue(
        &self,
        seed: &Seed,
        above: Option<Issuer>,
    ) -> Result<Certificate, CertificateError> {
        if let Some(made) = &self.made {
            return Ok(Certificate {
                der: made.der.clone(),
                subject: self.subject.clone(),
                serial: serial(seed, &self.label).to_vec(),
                key: made.key.clone(),
            });
        }
        let key = KeyPair::draw(self.key, seed, &self.key_label)?;
        let itself = Issuer {
            name: &self.subject,
            key: &key,
        };
        let issuer = match self.signer {
            Signer::Itself => itself,
            Signer::Above => above.ok_or(CertificateError::NoAuthority)?,
        };
        let serial = serial(seed, &self.label);
        let signed = self.to_be_signed(&key, issuer, &serial)?;
        let mut signature = issuer.key.sign(self.signature, &signed)?;
        let mut sent = signed;
        match self.damage {
            Some(Damage::SignatureBit) => invert_last_bit(&mut signature),
            Some(Damage::SerialBit) => {
                let mut other = serial;
                invert_last_bit(&mut other);
                sent = self.to_be_signed(&key, issuer, &other)?;
            }
            _ => {}
        }
        let content =
            der::concatenate([sent, self.signature.to_der()?, der::bit_string(&signature)]);
        Ok(Certificate {
            der: self.enclose(&content),
            subject: self.subject.clone(),
            serial: serial.to_vec(),
            key,
        })
    }

    /// TBSCertificate (RFC 5280, 4.1).
    fn to_be_signed(
        &self,
        key: &KeyPair,
        issuer: Issuer,
        serial: &[u8],
    ) -> Result<Vec<u8>, CertificateError> {
        let extensions = self.extensions.to_der(&Surroundings {
            subject_key_identifier: &key_identifier(&self.subject)?,
            authority_key_identifier: &key_identifier(issuer.name)?,
            subject_is_empty: self.subject.is_empty(),
        })?;
        Ok(sequence([
            element(constructed(0), &der::unsigned(&[2])),
            self.serial(serial),
            self.signature.to_der()?,
            issuer.name.to_der()?,
            sequence([
                validity::to_der(self.validity.not_before)?,
                self.not_after()?,
            ]),
            self.subject()?,
            key.subject_public_key_info(self.point)?,
            element(constructed(3), &extensions),
        ]))
    }

    fn serial(&self, serial: &[u8]) -> Vec<u8> {
        match self.damage {
            Some(Damage::NegativeSerial) => element(INTEGER, &[&[0x80], serial].concat()),
            _ => der::unsigned(serial),
        }
    }

    fn not_after(&self) -> Result<Vec<u8>, CertificateError> {
        match self.damage {
            Some(Damage::LettersInTime) => Ok(element(UTC_TIME, b"49DEC1235959Z")),
            _ => validity::to_der(self.validity.not_after),
        }
    }

    fn subject(&self) -> Result<Vec<u8>, CertificateError> {
        let subject = self.subject.to_der()?;
        Ok(match self.damage {
            Some(Damage::SubjectLengthBeyondEnd) => {
                // The tag and the length of a short name have an octet each.
                let content: Vec<u8> = subject.into_iter().skip(2).collect();
                claiming(SEQUENCE, 0xffff, &content)
            }
            _ => subject,
        })
    }

    fn enclose(&self, content: &[u8]) -> Vec<u8> {
        match self.damage {
            Some(Damage::LengthBeyondEnd) => claiming(SEQUENCE, content.len() + 16, content),
            Some(Damage::IndefiniteLength) => [&[SEQUENCE, 0x80], content, &[0x00, 0x00]].concat(),
            _ => element(SEQUENCE, content),
        }
    }
}

/// A positive number that the seed and the label give.
fn serial(seed: &Seed, label: &str) -> [u8; SERIAL_LENGTH] {
    let mut serial = seed.draw(label, "serial number").octets();
    if let Some(first) = serial.first_mut() {
        // All sixteen octets count, and none is added for the sign.
        *first = 0x40 | (*first & 0x3f);
    }
    serial
}

/// An identifier that follows from the name and not from the key, so that who copies a name copies it too.
pub(super) fn key_identifier(name: &DistinguishedName) -> Result<Vec<u8>, CertificateError> {
    let written = name.written.as_ref();
    if let Some(identifier) = written.and_then(|written| written.key_identifier.as_ref()) {
        return Ok(identifier.clone());
    }
    let digest = Sha256::digest(name.to_der()?);
    Ok(digest.iter().copied().take(KEY_IDENTIFIER_LENGTH).collect())
}

fn invert_last_bit(octets: &mut [u8]) {
    if let Some(last) = octets.last_mut() {
        *last ^= 1;
    }
}
