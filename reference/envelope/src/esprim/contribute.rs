use thiserror::Error;
use time::OffsetDateTime;

use super::clauses::Clauses;
use super::expiry::Expiry;
use super::protocol::ProtocolId;
use super::rand_object::{Chosen, OriginatorRand, RandError, ReceiverRand};
use crate::ContentEncryption;

/// What an Originator wants of its rand object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted<'a> {
    /// An identifier that none of its valid objects has.
    pub id: &'a str,
    /// A fresh random value.
    pub value: &'a str,
    /// How it can encrypt.
    pub supported: &'a [ContentEncryption],
    /// When it should expire at the latest.
    pub expires: OffsetDateTime,
}

/// Why an Originator cannot use the rand object of a Receiver.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Unusable {
    /// It is expired already.
    #[error("the object of the receiver is expired")]
    Expired,
    /// It offers no algorithm that derives session keys and is known.
    #[error("the receiver offers no known key generation algorithm")]
    KeyAlgorithm,
    /// It offers no AEAD algorithm that is supported.
    #[error("the receiver offers no supported aead algorithm")]
    Protocol,
    /// What is wanted makes no rand object.
    #[error("{0}")]
    Object(RandError),
}

/// The rand object of an Originator for a session with a Receiver (TS-0003 V3.18.0, 8.4.2, steps B.2c to B.2g). A relative
/// expiry of the Receiver counts from `now`.
pub fn contribute(
    clauses: &Clauses,
    receiver: &ReceiverRand,
    wanted: &Wanted<'_>,
    now: OffsetDateTime,
) -> Result<OriginatorRand, Unusable> {
    let ends = receiver.expiry().moment(now);
    if !(clauses.offer_current)(ends, now) {
        return Err(Unusable::Expired);
    }
    let algorithm =
        (clauses.chosen_algorithm)(&receiver.key_algorithms().0).ok_or(Unusable::KeyAlgorithm)?;
    let protocols = (clauses.chosen_protocols)(receiver.protocols(), wanted.supported);
    if protocols.is_empty() {
        return Err(Unusable::Protocol);
    }
    let expires = (clauses.chosen_expiry)(wanted.expires, ends);
    OriginatorRand::new(
        wanted.id,
        wanted.value,
        Expiry::at(expires),
        Chosen(algorithm),
        &protocols,
    )
    .map_err(Unusable::Object)
}

/// An object that is expired is not used: another is asked for (TS-0003 V3.18.0, 8.4.2, step B.2c.2).
pub(crate) fn offer_current(expires: OffsetDateTime, now: OffsetDateTime) -> bool {
    now < expires
}

/// The first algorithm on offer that is known (step B.2g).
pub(crate) fn chosen_algorithm(offered: &[u64]) -> Option<u64> {
    let known = |id: &&u64| super::derive::key_algorithm(**id).is_some();
    offered.iter().find(known).copied()
}

/// The algorithms on offer that are supported, in the order of the offer (step B.2g).
pub(crate) fn chosen_protocols(
    offered: &[ProtocolId],
    supported: &[ContentEncryption],
) -> Vec<ProtocolId> {
    let is_supported = |id: &&ProtocolId| {
        id.content_encryption()
            .is_some_and(|algorithm| supported.contains(&algorithm))
    };
    offered.iter().filter(is_supported).copied().collect()
}

/// Not later than the Receiver's (step B.2g).
pub(crate) fn chosen_expiry(wanted: OffsetDateTime, receiver: OffsetDateTime) -> OffsetDateTime {
    wanted.min(receiver)
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::{Unusable, Wanted, contribute};
    use crate::ContentEncryption;
    use crate::esprim::{Clauses, OriginatorRand, ReceiverRand};

    const RECEIVER: &str = r#"{"esri":"rr-0001","esrv":"c3d2e1f0a9b8978685746352413f2e1d","esrx":"20991231T235959,5","esks":[7,1],"espa":[20,12,10]}"#;
    const WANTED: Wanted<'_> = Wanted {
        id: "or-0001",
        value: "a1b2c3d4e5f60718293a4b5c6d7e8f90",
        supported: &ContentEncryption::ALL,
        expires: datetime!(2026-04-02 12:00 UTC),
    };

    fn contributed(receiver: &str, wanted: Wanted<'_>) -> Result<OriginatorRand, Unusable> {
        let receiver = ReceiverRand::from_json(receiver).unwrap();
        let now = datetime!(2026-04-01 12:00 UTC);
        contribute(&Clauses::SPECIFICATION, &receiver, &wanted, now)
    }

    #[test]
    fn what_both_sides_know_is_chosen() {
        assert_eq!(
            contributed(RECEIVER, WANTED).unwrap().to_json(),
            r#"{"esri":"or-0001","esrv":"a1b2c3d4e5f60718293a4b5c6d7e8f90","esrx":"20260402T120000","esk":1,"espa":[12,10]}"#
        );
    }

    #[test]
    fn the_receiver_is_not_outlived() {
        let later = Wanted {
            expires: datetime!(2199-12-31 00:00 UTC),
            ..WANTED
        };
        let object = contributed(RECEIVER, later).unwrap();
        assert_eq!(object.expiry().to_json(), "20991231T235959");
    }

    #[test]
    fn an_expired_object_is_not_used() {
        for expiry in ["20260401T120000", "-1", "0"] {
            let receiver = RECEIVER.replace("20991231T235959,5", expiry);
            assert_eq!(contributed(&receiver, WANTED), Err(Unusable::Expired));
        }
    }

    #[test]
    fn an_offer_without_anything_known_is_not_used() {
        let receiver = RECEIVER.replace("[7,1]", "[7]");
        assert_eq!(contributed(&receiver, WANTED), Err(Unusable::KeyAlgorithm));
        let receiver = RECEIVER.replace("[20,12,10]", "[20]");
        assert_eq!(contributed(&receiver, WANTED), Err(Unusable::Protocol));
        let other = Wanted {
            supported: &[ContentEncryption::A192Gcm],
            ..WANTED
        };
        assert_eq!(contributed(RECEIVER, other), Err(Unusable::Protocol));
    }

    #[test]
    fn what_is_wanted_has_to_be_a_rand_object() {
        let other = Wanted {
            id: "0001",
            ..WANTED
        };
        assert!(matches!(
            contributed(RECEIVER, other),
            Err(Unusable::Object(_))
        ));
    }
}
