//! What a profile states of where the IUT locates the tester (`PIXIT_LOCATION_…`).

use crate::catalogue::behaviour::{Place, Source};

/// The PIXIT that states where the IUT locates each source.
pub const STATEMENTS: [(Source, &str); 3] = [
    (Source::First, "PIXIT_LOCATION_FIRST"),
    (Source::Second, "PIXIT_LOCATION_SECOND"),
    (Source::Ipv6, "PIXIT_LOCATION_IPV6"),
];

/// What a profile states of a source.
#[derive(Debug, Clone, PartialEq)]
pub enum Stated {
    /// Nothing: `none`.
    Nothing,
    /// That the IUT does not know where it is: `unknown`.
    Unknown,
    /// What the IUT knows: `60.0,24.0`, `FI` or `60.0,24.0,FI`.
    Known {
        /// The coordinates.
        point: Option<Point>,
        /// The country.
        country: Option<String>,
    },
}

/// A point on the earth, in degrees.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// North of the equator.
    pub latitude: f64,
    /// East of the prime meridian.
    pub longitude: f64,
}

impl Stated {
    /// Reads a statement; none if it does not read.
    pub fn read(text: &str) -> Option<Self> {
        let parts: Vec<&str> = text.split(',').map(str::trim).collect();
        let country = |code: &str| is_country(code).then(|| code.to_owned());
        match parts.as_slice() {
            ["none"] => Some(Self::Nothing),
            ["unknown"] => Some(Self::Unknown),
            [code] => country(code).map(|country| Self::Known {
                point: None,
                country: Some(country),
            }),
            [latitude, longitude, rest @ ..] => {
                let point = Some(Point::read(latitude, longitude)?);
                let country = match rest {
                    [] => None,
                    [code] => Some(country(code)?),
                    _ => return None,
                };
                Some(Self::Known { point, country })
            }
            [] => None,
        }
    }

    /// The coordinates, if they are known.
    pub fn point(&self) -> Option<Point> {
        match self {
            Self::Known { point, .. } => *point,
            Self::Nothing | Self::Unknown => None,
        }
    }

    /// The country, if it is known.
    pub fn country(&self) -> Option<&str> {
        match self {
            Self::Known { country, .. } => country.as_deref(),
            Self::Nothing | Self::Unknown => None,
        }
    }

    /// Whether it has the property of a place.
    pub fn is(&self, place: Place) -> bool {
        let point = |holds: fn(Point) -> bool| self.point().is_some_and(holds);
        match place {
            Place::Located => self.point().is_some(),
            Place::Unlocated => *self == Self::Unknown,
            Place::HighLatitude => point(|point| (50.0..=80.0).contains(&point.latitude.abs())),
            Place::Antimeridian => point(|point| (179.999..180.0).contains(&point.longitude)),
            Place::InACountry => self.country().is_some(),
        }
    }
}

impl Point {
    fn read(latitude: &str, longitude: &str) -> Option<Self> {
        let (latitude, longitude): (f64, f64) = (latitude.parse().ok()?, longitude.parse().ok()?);
        let is_on_earth = latitude.abs() <= 90.0 && longitude.abs() <= 180.0;
        is_on_earth.then_some(Self {
            latitude,
            longitude,
        })
    }
}

fn is_country(code: &str) -> bool {
    code.len() == 2 && code.bytes().all(|letter| letter.is_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statements_read() {
        for text in [
            "none",
            "unknown",
            "FI",
            "60,24",
            "-16.8, 179.9995, FJ",
            "60.0,24.0",
        ] {
            assert!(Stated::read(text).is_some(), "{text}");
        }
        for text in [
            "",
            "fi",
            "FIN",
            "60",
            "91,0",
            "0,181",
            "60,24,FI,0",
            "60,24,fi",
            "NaN,0",
        ] {
            assert_eq!(Stated::read(text), None, "{text}");
        }
    }
}
