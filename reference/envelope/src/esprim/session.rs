use onem2m_keys::SessionEsPrimKey;
use time::OffsetDateTime;

use super::clauses::Clauses;
use super::content_type::{ContentType, Direction, Serialization};
use super::derive::Contributions;
use super::directory::PairwiseKey;
use super::header::Header;
use super::rand_object::{OriginatorRand, ReceiverRand};
use super::readings::Readings;
use super::refusal::Refusal;
use crate::ContentEncryption;

/// What Originator and Receiver share while both rand objects are valid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// pairwiseESPrimKeyID.
    pub key_id: String,
    /// The rand object of the Originator.
    pub originator: OriginatorRand,
    /// The rand object of the Receiver.
    pub receiver: ReceiverRand,
    /// When the first of key and rand objects expires.
    pub expires: OffsetDateTime,
    /// sessionESPrimKey, which serves both directions.
    pub key: SessionEsPrimKey,
}

impl Session {
    /// Derives the session of an Originator (TS-0003 V3.18.0, 8.4.2, step B.2h). Relative expiries count from `now`.
    pub fn begin(
        clauses: &Clauses,
        readings: &Readings,
        key: &PairwiseKey,
        originator: &OriginatorRand,
        receiver: &ReceiverRand,
        now: OffsetDateTime,
    ) -> Result<Self, Refusal> {
        let id = originator.key_algorithms().0;
        let algorithm = (clauses.key_algorithm)(id).ok_or(Refusal::KeyAlgorithm { id })?;
        let contributions = Contributions {
            receiver,
            originator,
        };
        let session_key =
            (clauses.session_key)(clauses, readings, &key.key, algorithm, contributions)?;
        let ends = originator
            .expiry()
            .moment(now)
            .min(receiver.expiry().moment(now));
        Ok(Self {
            key_id: key.id.clone(),
            originator: originator.clone(),
            receiver: receiver.clone(),
            expires: key.expires.map_or(ends, |expires| expires.min(ends)),
            key: session_key,
        })
    }

    /// The header of a request. `oro` is the object in use where the Receiver may not have it yet, or the next one.
    pub fn request_header(
        &self,
        enc: ContentEncryption,
        serialization: Serialization,
        oro: Option<OriginatorRand>,
    ) -> Header {
        Header {
            oro,
            ..self.header(enc, ContentType::new(Direction::Request, serialization))
        }
    }

    /// The header of a response. `rro` is the next object of the Receiver.
    pub fn response_header(
        &self,
        enc: ContentEncryption,
        serialization: Serialization,
        rro: Option<ReceiverRand>,
    ) -> Header {
        Header {
            rro,
            ..self.header(enc, ContentType::new(Direction::Response, serialization))
        }
    }

    fn header(&self, enc: ContentEncryption, cty: ContentType) -> Header {
        Header {
            enc,
            kid: self.key_id.clone(),
            cty: Some(cty),
            ori: self.originator.id().to_owned(),
            rri: self.receiver.id().to_owned(),
            oro: None,
            rro: None,
        }
    }
}
