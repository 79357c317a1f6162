use std::net::IpAddr;

use onem2m_access::Location;
use onem2m_identity::Entity;

use crate::authorize::Attempt;
use crate::scene::Scene;

/// Where originators are, as far as the CSE was told: a table that stands for what the underlying network would tell
/// over Mcn (TS-0003 V3.18.0, 7.1.2 and annex F).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Locations {
    rows: Vec<(Whereabouts, Location)>,
}

/// Of whom a location is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whereabouts {
    /// An entity, wherever its requests come from.
    Entity(Entity),
    /// Whoever sends from this address.
    Address(IpAddr),
}

impl Locations {
    /// The same table with one row more.
    pub fn with(mut self, whereabouts: Whereabouts, location: Location) -> Self {
        self.rows.push((whereabouts, location));
        self
    }

    /// Where an entity is that sends from an address; a row for the entity comes before one for the address. Without
    /// either, the location is not known.
    pub(crate) fn of(&self, entity: &Entity, address: IpAddr) -> Location {
        let row = |sought: &Whereabouts| self.rows.iter().find(|(row, _)| row == sought);
        row(&Whereabouts::Entity(entity.clone()))
            .or_else(|| row(&Whereabouts::Address(address.to_canonical())))
            .map(|(_, location)| *location)
            .unwrap_or_default()
    }
}

/// rq_loc: what the CSE knows by itself, and nothing that the originator says (TS-0003 V3.18.0, 7.1.2 and F.2.1).
pub(crate) fn location(scene: &Scene<'_>, attempt: &Attempt<'_>) -> Location {
    let address = scene.arrival.peer.address.ip();
    scene
        .configuration
        .locations
        .of(attempt.originator, address)
}

#[cfg(test)]
mod tests {
    use onem2m_access::{CountryCode, Location};
    use onem2m_identity::{CseId, Entity, Home, SpId};

    use super::{Locations, Whereabouts};

    fn entity(text: &str) -> Entity {
        let sp = SpId::parse("//sp.example").unwrap();
        let home = Home::new(sp, CseId::parse("/iut").unwrap());
        Entity::parse(text, &home).unwrap()
    }

    fn country(code: &str) -> Location {
        Location {
            country: CountryCode::new(code),
            point: None,
        }
    }

    #[test]
    fn entity_goes_before_its_address_and_strangers_are_nowhere() {
        let address = Whereabouts::Address("192.0.2.1".parse().unwrap());
        let locations = Locations::default()
            .with(address, country("FI"))
            .with(Whereabouts::Entity(entity("CtpA1")), country("KR"));
        let of = |name: &str, address: &str| locations.of(&entity(name), address.parse().unwrap());
        assert_eq!(of("CtpA1", "192.0.2.1"), country("KR"));
        assert_eq!(of("CtpA2", "192.0.2.1"), country("FI"));
        assert_eq!(of("CtpA2", "::ffff:192.0.2.1"), country("FI"));
        assert_eq!(of("CtpA2", "192.0.2.2"), Location::default());
    }
}
