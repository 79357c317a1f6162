//! The credentials of peers of the profile: chains and raw public keys, right ones and ones with a defect.

use super::defect::{DefectWords, DefectWordsError};
use crate::profile::{KnownAuthority, KnownPeers, Peer, PeerFlavour, PeerName};
use crate::tester::certificate::{
    CertificateError, CertificateOrder, Chain, ChainOrder, Defect, KeyPair, PointForm,
    Presentation, RawKeyDefect, Seed, Validity,
};
use crate::tester::handshake::Credential;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::sync::Arc;
use thiserror::Error;
use time::OffsetDateTime;

/// A peer of the profile, and what is known with it.
#[derive(Debug, Clone, Copy)]
pub struct Certified<'a> {
    /// Its name in the profile.
    pub name: &'a str,
    /// What the IUT was told of it.
    pub peer: &'a Peer,
    /// All peers, with the authorities above them.
    pub known: &'a KnownPeers,
}

/// What is wrong with a credential, and what it depends on.
#[derive(Debug, Clone, Copy)]
pub struct Spoilt<'a> {
    /// The defect as the catalogue has it.
    pub defect: &'a Value,
    /// The peer that `{another}` means.
    pub another: Option<&'a Peer>,
    /// What time it is on the clock of the IUT, if that is known.
    pub now: Option<OffsetDateTime>,
    /// Seconds by which the IUT may see validity otherwise.
    pub clock_skew: u32,
}

/// Why there is no such credential.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CertifiedError {
    /// The profile has nothing to make it from.
    #[error("expected an authority or a key of the peer, got none")]
    NoKey,
    /// The defect is about time, and the IUT told none.
    #[error("expected to know the time of the IUT, which no resource told")]
    NoClock,
    /// The placeholders of the defect cannot be filled.
    #[error(transparent)]
    Words(#[from] DefectWordsError),
    /// The defect does not read.
    #[error("expected a defect of {of}: {reason}")]
    Defect {
        /// What it would be a defect of.
        of: &'static str,
        /// What the reader says.
        reason: String,
    },
    /// It cannot be issued.
    #[error(transparent)]
    Certificate(#[from] CertificateError),
}

impl Certified<'_> {
    /// The right credential.
    pub fn right(&self) -> Result<Credential, CertifiedError> {
        match self.peer.flavour {
            PeerFlavour::RawKey => {
                let key = self.raw_key()?;
                let information = key.subject_public_key_info(PointForm::Uncompressed)?;
                Ok(raw(information, key))
            }
            _ => {
                let authority = self.authority()?;
                let order = self.order(authority, OffsetDateTime::UNIX_EPOCH)?;
                Ok(shown(&order, order.issue(&authority.seed)?))
            }
        }
    }

    /// The credential with a defect.
    pub fn spoilt(&self, spoilt: Spoilt<'_>) -> Result<Credential, CertifiedError> {
        match self.peer.flavour {
            PeerFlavour::RawKey => self.spoilt_key(read("a raw public key", spoilt.defect)?),
            _ => self.spoilt_chain(spoilt),
        }
    }

    fn spoilt_chain(&self, spoilt: Spoilt<'_>) -> Result<Credential, CertifiedError> {
        let authority = self.authority()?;
        let defect: Defect = read("a certificate", &self.filled(spoilt)?)?;
        let now = match (defect.is_of_time(), spoilt.now) {
            (true, None) => return Err(CertifiedError::NoClock),
            (_, now) => now.unwrap_or(OffsetDateTime::UNIX_EPOCH),
        };
        let mut order = self.order(authority, now)?;
        if defect.renames() {
            // So that the names decide, and not the constraints of the issuer.
            Defect::IssuerUnconstrained.apply(&mut order)?;
        }
        defect.apply(&mut order)?;
        Ok(shown(&order, order.issue(&authority.seed)?))
    }

    fn filled(&self, spoilt: Spoilt<'_>) -> Result<Value, CertifiedError> {
        let Some(name) = self.peer.names.first() else {
            return Ok(spoilt.defect.clone());
        };
        let entity = self.peer.entities.first();
        let another = spoilt.another.and_then(|another| another.names.first());
        let words = DefectWords {
            name,
            entity: entity.map(String::as_str).unwrap_or_default(),
            another,
            clock_skew: spoilt.clock_skew,
        };
        Ok(words.fill(spoilt.defect)?)
    }

    fn spoilt_key(&self, defect: RawKeyDefect) -> Result<Credential, CertifiedError> {
        // A key from a file has no seed of its own.
        let drawn;
        let seed = match self.known.authority(self.peer) {
            Some(authority) => &authority.seed,
            None => {
                drawn = Seed::new(self.name);
                &drawn
            }
        };
        if defect == RawKeyDefect::AsCertificate {
            let mut end = CertificateOrder::end(self.name, Vec::new(), OffsetDateTime::UNIX_EPOCH);
            end.validity = Validity::of_authority();
            let order = ChainOrder::unconstrained(end, OffsetDateTime::UNIX_EPOCH);
            return Ok(shown(&order, order.issue(seed)?));
        }
        let right = self.raw_key()?;
        let key = defect.other(seed, self.name, &right)?.unwrap_or(right);
        Ok(raw(defect.information(&key)?, key))
    }

    fn raw_key(&self) -> Result<KeyPair, CertifiedError> {
        self.known.raw_key(self.name)?.ok_or(CertifiedError::NoKey)
    }

    fn authority(&self) -> Result<&KnownAuthority, CertifiedError> {
        let authority = self.known.authority(self.peer);
        authority.ok_or(CertifiedError::NoKey)
    }

    /// The right chain. Its end certificate is valid as long as its authorities are, since nobody knows what time it is on
    /// the clock of the IUT until its holder has registered.
    fn order(
        &self,
        authority: &KnownAuthority,
        now: OffsetDateTime,
    ) -> Result<ChainOrder, CertifiedError> {
        let general = |names: &[PeerName]| {
            let names = names.iter().map(PeerName::general_name);
            names.cloned().collect::<Vec<_>>()
        };
        let mut end = CertificateOrder::end(self.name, general(&self.peer.names), now);
        end.validity = Validity::of_authority();
        let order = match self.peer.permitted.as_slice() {
            [] => ChainOrder::unconstrained(end, now),
            permitted => ChainOrder::constrained(end, general(permitted), now),
        };
        match &authority.made {
            Some(made) => Ok(order.below(made.clone())?),
            None => Ok(order),
        }
    }
}

fn read<Of: DeserializeOwned>(of: &'static str, defect: &Value) -> Result<Of, CertifiedError> {
    serde_json::from_value(defect.clone()).map_err(|error| CertifiedError::Defect {
        of,
        reason: error.to_string(),
    })
}

fn shown(order: &ChainOrder, chain: Chain) -> Credential {
    let key = Arc::new(chain.end.key);
    match (order.presentation, chain.sent.first()) {
        (Presentation::RawKey, Some(information)) => Credential::RawPublicKey {
            subject_public_key_info: information.clone(),
            key,
        },
        _ => Credential::Certificates {
            chain: chain.sent,
            key,
        },
    }
}

fn raw(subject_public_key_info: Vec<u8>, key: KeyPair) -> Credential {
    Credential::RawPublicKey {
        subject_public_key_info,
        key: Arc::new(key),
    }
}
