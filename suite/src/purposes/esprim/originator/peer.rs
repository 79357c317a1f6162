//! The tester as the Receiver of an IUT.

use crate::catalogue::behaviour::Fixture;
use crate::purposes::sae;
use crate::purposes::stop::Stop;
use crate::purposes::world::World;
use crate::tester::derivation;
use crate::tester::esprim::readings;
use crate::tester::template::basic;
use onem2m_envelope::base64url;
use onem2m_envelope::esprim::{
    OriginatorRand, PairwiseKey, Readings, ReceiverRand, ValueEncoding, is_ncname,
};
use onem2m_keys::{EndToEndDerivation, PairwiseEsPrimKey};
use serde_json::{Map, Value, json};
use std::collections::{BTreeSet, HashMap};
use time::Duration;

/// As which CSE the tester is there.
const HOST: &str = "CSE2";
/// The name by which its answers are told apart from those of others.
const BASE: &str = "base";

/// What the IUT is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// A CSE, with which the CSE of the tester is registered.
    Cse,
    /// An AE, which is told where the CSE of the tester is.
    Ae,
}

/// The Receiver, with what it shares with the IUT.
pub struct Peer {
    pub who: Who,
    /// How the link knows it.
    pub entity: String,
    pub url: String,
    /// Its absolute CSE-ID.
    pub identity: String,
    pub key: PairwiseKey,
    /// How the IUT is told the key, where it has to derive it.
    pub told: Option<Value>,
    pub readings: Readings,
    /// The objects that it gave, by identifier.
    pub given: HashMap<String, ReceiverRand>,
    /// The objects of the IUT, by identifier.
    pub known: HashMap<String, OriginatorRand>,
    numbers: u32,
}

impl Peer {
    /// A Receiver that the IUT reaches.
    pub async fn new(world: &mut World<'_>, who: Who) -> Result<Self, Stop> {
        let step = "receiver";
        match who {
            Who::Cse => {
                sae::provide(world, &BTreeSet::from([HOST.to_owned()]))?;
                world.register(HOST, &Map::new()).await?;
            }
            Who::Ae => world.go_by_application(step)?,
        }
        Self::at(world, who, step)
    }

    /// A Receiver with a certificate that the profile names.
    pub async fn certified(
        world: &mut World<'_>,
        who: Who,
        fixture: Fixture,
    ) -> Result<Self, Stop> {
        let step = "receiver";
        let holder = sae::holder(world, fixture)?;
        world.associate(HOST, holder.identity(step)?, holder.credential.clone());
        match who {
            Who::Cse => {
                world.register(HOST, &Map::new()).await?;
            }
            Who::Ae => world.go_by_application(step)?,
        }
        Self::at(world, who, step)
    }

    /// The Receiver where the IUT finds it.
    fn at(world: &World<'_>, who: Who, step: &str) -> Result<Self, Stop> {
        let entity = world.point_of_access_name(HOST);
        let url = world.recorder().point_of_access(&entity);
        let url = url.map_err(|error| Stop::link(step, &error))?;
        let identity = match entity.starts_with("//") {
            true => entity.clone(),
            false => format!("{}{entity}", sp(&world.facts().sp_domain)),
        };
        let key = PairwiseKey {
            id: world.fresh_identity("originator"),
            key: PairwiseEsPrimKey::new(&world.draw("originator's key")),
            entity: String::new(),
            expires: None,
            for_esprim: true,
        };
        Ok(Self {
            who,
            entity,
            url,
            identity,
            key,
            told: None,
            readings: readings(&world.facts().pixit),
            given: HashMap::new(),
            known: HashMap::new(),
            numbers: 0,
        })
    }

    /// The same Receiver by a key of which the IUT knows nothing yet.
    pub fn new_key(&self, world: &World<'_>, name: &str) -> Self {
        let name = name.replace(|letter: char| !letter.is_ascii_alphanumeric(), "-");
        let key = PairwiseKey {
            id: world.fresh_identity(&name),
            key: PairwiseEsPrimKey::new(&world.draw(&format!("originator's key {name}"))),
            ..self.key.clone()
        };
        Self {
            who: self.who,
            entity: self.entity.clone(),
            url: self.url.clone(),
            identity: self.identity.clone(),
            key,
            told: None,
            readings: self.readings,
            given: HashMap::new(),
            known: HashMap::new(),
            numbers: 0,
        }
    }

    /// The same Receiver by a key that the IUT derives.
    pub fn derived_key(
        &self,
        world: &World<'_>,
        name: &str,
        derivation: &EndToEndDerivation,
    ) -> Result<Self, Stop> {
        let mut peer = self.new_key(world, name);
        let secret = world.draw(&format!("originator's secret {name}"));
        let derived = derivation.derive(&secret);
        let derived = derived.map_err(|error| Stop::error(name, error.to_string()))?;
        peer.key.key = PairwiseEsPrimKey::new(derived.octets());
        peer.told = Some(json!({
            "id": peer.key.id, "octets": base64url::encode(&secret),
            "derived": derivation::statement(derivation),
        }));
        Ok(peer)
    }

    /// What is notified, and whose e2eSecInfo speaks of it.
    pub fn target(&self) -> String {
        format!("{}/{BASE}", self.entity)
    }

    /// Where the IUT shows what came of a request.
    pub fn observe(&self) -> String {
        format!("{}/seen", self.target())
    }

    /// A fresh rand object that is valid for so many seconds, with members that differ; it is remembered.
    pub fn object(
        &mut self,
        world: &mut World<'_>,
        seconds: i64,
        changes: &[(&str, Value)],
    ) -> Result<Value, Stop> {
        self.numbers += 1;
        let id = format!("rr-{}", self.numbers);
        let expires = world.now("receiver object")? + Duration::seconds(seconds);
        let mut object = json!({
            "esri": id, "esrv": self.value(world), "esrx": basic(expires), "esks": [1], "espa": [10, 11, 12],
        });
        for (member, value) in changes {
            if let Some(members) = object.as_object_mut() {
                members.insert((*member).to_owned(), value.clone());
            }
        }
        if let Ok(read) = ReceiverRand::from_json(&object.to_string()) {
            self.given.insert(id, read);
        }
        Ok(object)
    }

    /// 128 bits that stand as an xs:NCName.
    fn value(&self, world: &World<'_>) -> String {
        for number in 0.. {
            let octets = world.draw(&format!(
                "receiver {} {}.{number}",
                self.key.id, self.numbers
            ));
            let mut value = [0; 16];
            value
                .iter_mut()
                .zip(octets)
                .for_each(|(to, from)| *to = from);
            let text = self.readings.value_encoding.write(&value);
            if is_ncname(&text) {
                return text;
            }
        }
        ValueEncoding::Hexadecimal.write(&[0xab; 16])
    }
}

fn sp(domain: &str) -> String {
    format!("//{}", domain.trim_start_matches('/'))
}
