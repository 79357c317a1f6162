use onem2m_envelope::esprim::{
    Expiry, IssuedObject, OriginatorRand, PairwiseKey, RandOctets, Readings, ReceiverRand,
    RecordedObject, Sighting, Tables,
};
use onem2m_keys::{ContentKeyOctets, PairwiseEsPrimKey};
use serde_json::{Map, Value};
use time::OffsetDateTime;

use crate::Unreadable;
use crate::members::Members;

/// What a vector states; otherwise what its file does for all.
pub(super) struct Given<'v> {
    stated: Members<'v>,
    fixture: Members<'v>,
}

impl<'v> Given<'v> {
    pub(super) fn read(
        vector: Members<'v>,
        head: &'v Map<String, Value>,
    ) -> Result<Self, Unreadable> {
        let fixture = Members::of(head).object("fixture")?;
        Ok(Self {
            stated: Members::of(vector.object("from")?).or(fixture),
            fixture: Members::of(fixture),
        })
    }

    pub(super) fn object(&self) -> Result<&'v str, Unreadable> {
        self.stated.text("object")
    }

    /// The octets of the pairwise key, where a vector states no more of it.
    pub(super) fn octets_of_key(&self) -> Result<Vec<u8>, Unreadable> {
        self.stated.octets("key")
    }

    pub(super) fn key(&self, name: &str) -> Result<PairwiseKey, Unreadable> {
        let key = Members::of(self.fixture.object(name)?);
        Ok(PairwiseKey {
            id: key.text("id")?.into(),
            key: PairwiseEsPrimKey::new(&key.octets("octets")?),
            entity: key.text("entity")?.into(),
            expires: None,
            for_esprim: true,
        })
    }

    pub(super) fn readings(&self) -> Result<Readings, Unreadable> {
        let names = RandOctets::ALL.map(|reading| (reading.name(), reading));
        let content_keys = [
            ("leftmost", ContentKeyOctets::Leftmost),
            ("rightmost", ContentKeyOctets::Rightmost),
        ];
        Ok(Readings {
            rand_octets: self.stated.choice("reading", &names)?,
            content_key: self.stated.choice("content_key", &content_keys)?,
            ..Readings::default()
        })
    }

    pub(super) fn receiver(&self) -> Result<ReceiverRand, Unreadable> {
        ReceiverRand::from_json(self.stated.text("receiver")?)
            .map_err(|error| Unreadable::value("receiver", error))
    }

    pub(super) fn originator(&self) -> Result<OriginatorRand, Unreadable> {
        OriginatorRand::from_json(self.stated.text("originator")?)
            .map_err(|error| Unreadable::value("originator", error))
    }

    pub(super) fn now(&self) -> Result<OffsetDateTime, Unreadable> {
        moment("now", self.stated.text("now")?)
    }

    /// When a session of the Originator began.
    pub(super) fn begun(&self) -> Result<OffsetDateTime, Unreadable> {
        moment("now", self.fixture.text("now")?)
    }

    /// What the Receiver keeps.
    pub(super) fn tables(&self) -> Result<Tables, Unreadable> {
        let stated = |name: &'static str| self.stated.find(name).map(|_| name);
        let now = self.now()?;
        let mut key = self.key("key")?;
        if let Some(name) = stated("key_expires") {
            key.expires = Some(moment(name, self.stated.text(name)?)?);
        }
        if let Some(name) = stated("key_for_esprim") {
            key.for_esprim = self.stated.truth(name)?;
        }
        let recorded_for = match stated("recorded_for") {
            Some(name) => self.stated.text(name)?,
            None => &key.id,
        };
        let record = |text| {
            let object = OriginatorRand::from_json(text)
                .map_err(|error| Unreadable::value("recorded", error))?;
            Ok(RecordedObject {
                expires: object.expiry().moment(now),
                object,
                key_id: recorded_for.to_owned(),
            })
        };
        let recorded = match stated("recorded") {
            Some(name) => self.stated.texts(name)?,
            None => Vec::new(),
        };
        let recorded = recorded.into_iter().map(record).collect::<Result<_, _>>()?;
        let seen = stated("seen").map(|name| self.sighting(name, &key.id));
        let issued_to = stated("issued_to").map(|name| self.stated.text(name));
        let receiver = self.receiver()?;
        Ok(Tables {
            recorded,
            issued: vec![IssuedObject {
                expires: receiver.expiry().moment(now),
                object: receiver,
                issued_to: issued_to.transpose()?.map(str::to_owned),
            }],
            seen: seen.transpose()?.into_iter().collect(),
            keys: vec![key, self.key("other_key")?],
        })
    }

    /// An object of this session that was opened before.
    fn sighting(&self, name: &str, key_id: &str) -> Result<Sighting, Unreadable> {
        Ok(Sighting {
            key_id: key_id.to_owned(),
            originator_id: self.originator()?.id().to_owned(),
            receiver_id: self.receiver()?.id().to_owned(),
            iv: self.stated.octets(name)?,
        })
    }
}

fn moment(name: &str, text: &str) -> Result<OffsetDateTime, Unreadable> {
    match Expiry::read(text) {
        Ok(expiry) => Ok(expiry.moment(OffsetDateTime::UNIX_EPOCH)),
        Err(error) => Err(Unreadable::value(name, error)),
    }
}
