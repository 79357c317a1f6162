use time::OffsetDateTime;

use super::der::{self, constructed, element, sequence, unsigned};
use super::extension::{authority_key_identifier, extension};
use super::issue::key_identifier;
use super::{CertificateError, Issuer, SignatureAlgorithm, validity};

/// What an authority says of the certificates that it takes back: a CRL (RFC 5280, 5).
///
/// A forged one is signed in the name of the authority with another key; an [`Issuer`] can have both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RevocationList {
    /// cRLNumber: a later list has a higher one.
    pub number: u8,
    /// When it was made.
    pub this_update: OffsetDateTime,
    /// When the next one has to be there.
    pub next_update: OffsetDateTime,
    /// The serial numbers that it takes back, from their most significant octets.
    pub revoked: Vec<Vec<u8>>,
    /// With what it is signed.
    pub signature: SignatureAlgorithm,
}

impl RevocationList {
    /// Issues the list.
    pub fn issue(&self, issuer: Issuer) -> Result<Vec<u8>, CertificateError> {
        let signed = self.to_be_signed(issuer)?;
        let signature = issuer.key.sign(self.signature, &signed)?;
        Ok(sequence([
            signed,
            self.signature.to_der()?,
            der::bit_string(&signature),
        ]))
    }

    /// TBSCertList (RFC 5280, 5.1). A list of nothing is left out.
    fn to_be_signed(&self, issuer: Issuer) -> Result<Vec<u8>, CertificateError> {
        let since = validity::to_der(self.this_update)?;
        let revoked = self
            .revoked
            .iter()
            .map(|serial| sequence([unsigned(serial), since.clone()]));
        let revoked = match self.revoked.as_slice() {
            [] => Vec::new(),
            _ => sequence(revoked),
        };
        let extensions = sequence([
            authority_key_identifier(&key_identifier(issuer.name)?)?,
            extension("2.5.29.20", false, &unsigned(&[self.number]))?,
        ]);
        Ok(sequence([
            unsigned(&[1]),
            self.signature.to_der()?,
            issuer.name.to_der()?,
            since,
            validity::to_der(self.next_update)?,
            revoked,
            element(constructed(0), &extensions),
        ]))
    }
}
