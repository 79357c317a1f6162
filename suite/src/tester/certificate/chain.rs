use time::OffsetDateTime;

use super::{
    Certificate, CertificateError, CertificateOrder, GeneralName, MadeElsewhere, NameConstraints,
    Seed,
};

/// The trust anchor that an IUT is given.
const TRUSTED: &str = "TA1";
/// An authority under it whose names are constrained.
const CONSTRAINED: &str = "CA1";
/// An authority under it that may give any name.
const UNCONSTRAINED: &str = "CA2";
/// An anchor of no chain.
const UNRELATED: &str = "unrelated";

/// Which certificates of a chain are sent, and in which order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Presentation {
    /// The end certificate, then the authorities from below, without the trust anchor.
    #[default]
    Ordinary,
    /// The trust anchor too, at the end.
    WithAnchor,
    /// The end certificate alone.
    EndAlone,
    /// The end certificate, then the authorities from above, and one that belongs to another chain.
    Disordered,
    /// The end certificate of another entity under the same authority, then this one.
    BehindAnother,
    /// The public key of the end certificate in place of every certificate (RFC 7250).
    RawKey,
}

/// Everything that is said of a chain. It is valid unless somebody changes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChainOrder {
    /// The moment for which the chain is made.
    pub now: OffsetDateTime,
    /// From the trust anchor down to the issuer of the end certificate.
    pub authorities: Vec<CertificateOrder>,
    /// The end certificate.
    pub end: CertificateOrder,
    /// What is sent of it.
    pub presentation: Presentation,
}

/// A chain that was issued.
#[derive(Clone, Debug)]
pub struct Chain {
    /// The certificates of a Certificate message (RFC 5246, 7.4.2), in their order, or the raw public key alone.
    pub sent: Vec<Vec<u8>>,
    /// The trust anchor of the chain, whether sent or not.
    pub anchor: Vec<u8>,
    /// What signs the end certificate, unless that signs itself, and revocation lists about it.
    pub issuer: Certificate,
    /// The end certificate, with the key for CertificateVerify.
    pub end: Certificate,
}

impl ChainOrder {
    /// Under an authority that may only give names in these subtrees.
    pub fn constrained(
        end: CertificateOrder,
        permitted: Vec<GeneralName>,
        now: OffsetDateTime,
    ) -> Self {
        let constraints = NameConstraints::permitting(permitted);
        Self::under(
            CertificateOrder::authority(CONSTRAINED, Some(constraints)),
            end,
            now,
        )
    }

    /// Under an authority that may give any name.
    pub fn unconstrained(end: CertificateOrder, now: OffsetDateTime) -> Self {
        Self::under(CertificateOrder::authority(UNCONSTRAINED, None), end, now)
    }

    /// The same chain below a trust anchor that somebody else made.
    pub fn below(mut self, anchor: MadeElsewhere) -> Result<Self, CertificateError> {
        let anchor = CertificateOrder::anchor_made_elsewhere(TRUSTED, anchor)?;
        if let Some(first) = self.authorities.first_mut() {
            *first = anchor;
        }
        Ok(self)
    }

    /// The trust anchor of every chain that is to be trusted, for the IUT's configuration.
    pub fn trusted_anchor(seed: &Seed) -> Result<Certificate, CertificateError> {
        CertificateOrder::anchor(TRUSTED).issue(seed, None)
    }

    /// Issues every certificate of the chain.
    pub fn issue(&self, seed: &Seed) -> Result<Chain, CertificateError> {
        let mut authorities: Vec<Certificate> = Vec::with_capacity(self.authorities.len());
        for order in &self.authorities {
            let above = authorities.last().map(Certificate::as_issuer);
            authorities.push(order.issue(seed, above)?);
        }
        let (Some(anchor), Some(issuer)) = (authorities.first(), authorities.last()) else {
            return Err(CertificateError::NoAuthority);
        };
        let end = self.end.issue(seed, Some(issuer.as_issuer()))?;
        let octets = |certificate: &Certificate| certificate.der.clone();
        let mut sent = vec![octets(&end)];
        let below_anchor = authorities.iter().skip(1);
        match self.presentation {
            Presentation::Ordinary => sent.extend(below_anchor.rev().map(octets)),
            Presentation::WithAnchor => sent.extend(authorities.iter().rev().map(octets)),
            Presentation::EndAlone => {}
            Presentation::Disordered => {
                sent.extend(authorities.iter().map(octets));
                sent.push(CertificateOrder::anchor(UNRELATED).issue(seed, None)?.der);
            }
            Presentation::BehindAnother => {
                let other = self.other_end().issue(seed, Some(issuer.as_issuer()))?;
                sent.insert(0, other.der);
                sent.extend(below_anchor.rev().map(octets));
            }
            Presentation::RawKey => sent = vec![end.key.subject_public_key_info(self.end.point)?],
        }
        Ok(Chain {
            sent,
            anchor: octets(anchor),
            issuer: issuer.clone(),
            end,
        })
    }

    /// The end certificate of an entity beside this one: right in everything, for a name below that of this one.
    pub(super) fn other_end(&self) -> CertificateOrder {
        let label = format!("{}-other", self.end.label);
        let names = self
            .end
            .extensions
            .alternative_names
            .iter()
            .map(|name| match name {
                GeneralName::Dns(name) => GeneralName::Dns(format!("other.{name}")),
                GeneralName::Uri(uri) => GeneralName::Uri(format!("{uri}-other")),
                name => name.clone(),
            })
            .collect();
        CertificateOrder {
            validity: self.end.validity,
            signature: self.end.signature,
            ..CertificateOrder::end(&label, names, self.now)
        }
    }

    fn under(authority: CertificateOrder, end: CertificateOrder, now: OffsetDateTime) -> Self {
        Self {
            now,
            authorities: vec![CertificateOrder::anchor(TRUSTED), authority],
            end,
            presentation: Presentation::default(),
        }
    }
}
