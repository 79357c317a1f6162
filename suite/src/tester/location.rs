//! Where the IUT locates the tester.

use super::template::Unfilled;
use crate::catalogue::behaviour::{Place, Source};
use crate::profile::{Point, STATEMENTS, Stated};
use std::collections::BTreeMap;

/// What the profile states of each source.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Locations(Vec<(Source, Stated)>);

impl Locations {
    /// What the values of a profile state; what does not read states nothing.
    pub fn stated(pixit: &BTreeMap<String, String>) -> Self {
        let stated = STATEMENTS.map(|(source, name)| {
            let stated = pixit.get(name).and_then(|text| Stated::read(text));
            (source, stated.unwrap_or(Stated::Nothing))
        });
        Self(stated.into())
    }

    /// The source at a place.
    pub fn source(&self, place: Place) -> Result<Source, Unfilled> {
        self.at(place).map(|(source, _)| *source)
    }

    /// The coordinates of the source at a place.
    pub fn point(&self, place: Place) -> Result<Point, Unfilled> {
        let (_, stated) = self.at(place)?;
        stated.point().ok_or_else(|| nobody(place))
    }

    /// The country of the source that is in a known one.
    pub fn country(&self) -> Result<String, Unfilled> {
        let (_, stated) = self.at(Place::InACountry)?;
        let country = stated.country().map(str::to_owned);
        country.ok_or_else(|| nobody(Place::InACountry))
    }

    /// What is stated of a source.
    pub fn of(&self, source: Source) -> Option<&Stated> {
        let mut stated = self.0.iter().filter(|(of, _)| *of == source);
        stated.next().map(|(_, stated)| stated)
    }

    fn at(&self, place: Place) -> Result<&(Source, Stated), Unfilled> {
        let found = self.0.iter().find(|(_, stated)| stated.is(place));
        found.ok_or_else(|| nobody(place))
    }
}

fn nobody(place: Place) -> Unfilled {
    let names: Vec<&str> = STATEMENTS.iter().map(|(_, name)| *name).collect();
    Unfilled::TestBed(format!(
        "no source of the tester is {}; hint: state one in {}",
        place.text(),
        names.join(" or ")
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stated(first: &str, second: &str) -> Locations {
        let pixit = [
            ("PIXIT_LOCATION_FIRST", first),
            ("PIXIT_LOCATION_SECOND", second),
        ];
        Locations::stated(&pixit.map(|(name, text)| (name.into(), text.into())).into())
    }

    #[test]
    fn place_is_found_at_the_source_that_has_it() {
        let locations = stated("unknown", "60.0,179.9995,FI");
        assert_eq!(locations.source(Place::Unlocated), Ok(Source::First));
        for place in [
            Place::Located,
            Place::HighLatitude,
            Place::Antimeridian,
            Place::InACountry,
        ] {
            assert_eq!(locations.source(place), Ok(Source::Second), "{place:?}");
        }
        assert_eq!(locations.country(), Ok("FI".into()));
    }

    #[test]
    fn place_that_no_source_has_is_the_test_bed() {
        let locations = stated("45.0,9.0", "none");
        for place in [
            Place::Unlocated,
            Place::HighLatitude,
            Place::Antimeridian,
            Place::InACountry,
        ] {
            assert!(
                matches!(locations.source(place), Err(Unfilled::TestBed(_))),
                "{place:?}"
            );
        }
    }
}
