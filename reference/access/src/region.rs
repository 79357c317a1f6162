use crate::Clauses;

/// The mean radius of the earth in metres, on which distances are measured.
const EARTH_RADIUS: f64 = 6_371_008.8;

/// A value of accessControlLocationRegion: one of the two choices of m2m:locationRegion (TS-0004 V3.32.0, 6.3.5.28).
#[derive(Clone, Debug, PartialEq)]
pub enum Region {
    /// countryCode: any of these countries.
    Countries(Vec<CountryCode>),
    /// circRegion: on or within this circle.
    Circle(Circle),
}

/// Two upper-case letters of ISO 3166-1 (m2m:countryCode, TS-0004 V3.32.0, Table 6.3.3-1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CountryCode([u8; 2]);

impl CountryCode {
    /// The code with this text; `None` if it is not two upper-case letters.
    pub fn new(text: &str) -> Option<Self> {
        let letters: [u8; 2] = text.as_bytes().try_into().ok()?;
        letters
            .iter()
            .all(u8::is_ascii_uppercase)
            .then_some(Self(letters))
    }
}

/// A point on the earth.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    latitude: f64,
    longitude: f64,
}

impl Point {
    /// The point at these degrees; `None` beyond 90 degrees of latitude or 180 of longitude.
    pub fn new(latitude: f64, longitude: f64) -> Option<Self> {
        let is_on_earth = latitude.abs() <= 90.0 && longitude.abs() <= 180.0;
        is_on_earth.then_some(Self {
            latitude,
            longitude,
        })
    }

    /// Degrees north of the equator.
    pub fn latitude(self) -> f64 {
        self.latitude
    }

    /// Degrees east of the prime meridian.
    pub fn longitude(self) -> f64 {
        self.longitude
    }
}

/// A circle on the earth.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Circle {
    /// Its centre.
    pub centre: Point,
    /// Its radius in metres, neither negative nor infinite.
    pub radius: f64,
}

/// Where an originator is (rq_loc), as far as it is known.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Location {
    /// The country.
    pub country: Option<CountryCode>,
    /// The coordinates.
    pub point: Option<Point>,
}

/// res_loc of TS-0003 V3.18.0, 7.1.5. What is not known about the originator does not hold.
pub(crate) fn region(clauses: &Clauses, region: &Region, location: &Location) -> bool {
    match region {
        Region::Countries(countries) => location
            .country
            .is_some_and(|country| (clauses.countries)(countries, country)),
        Region::Circle(circle) => location
            .point
            .is_some_and(|point| (clauses.circle)(clauses, circle, point)),
    }
}

/// One of the countries is that of the originator.
pub(crate) fn countries(allowed: &[CountryCode], country: CountryCode) -> bool {
    allowed.contains(&country)
}

/// The originator is no further from the centre than the radius.
pub(crate) fn circle(clauses: &Clauses, circle: &Circle, point: Point) -> bool {
    (clauses.distance)(circle.centre, point) <= circle.radius
}

/// The length of the great circle between two points in metres, by the haversine formula, which is exact enough for
/// near points and needs no care at the antimeridian.
pub(crate) fn distance(from: Point, to: Point) -> f64 {
    let half_chord = |degrees: f64| (degrees.to_radians() / 2.0).sin().powi(2);
    let haversine = half_chord(to.latitude - from.latitude)
        + from.latitude.to_radians().cos()
            * to.latitude.to_radians().cos()
            * half_chord(to.longitude - from.longitude);
    2.0 * EARTH_RADIUS * haversine.sqrt().min(1.0).asin()
}

#[cfg(test)]
mod tests {
    use super::{Circle, CountryCode, Location, Point, Region, distance, region};
    use crate::Clauses;

    fn point(latitude: f64, longitude: f64) -> Point {
        Point::new(latitude, longitude).unwrap()
    }

    #[test]
    fn distances_are_those_computed_elsewhere() {
        for (from, to, metres) in [
            (point(37.5665, 126.978), point(37.5754, 126.978), 989.6),
            (point(37.5665, 126.978), point(37.5764, 126.978), 1100.8),
            (point(60.0, 25.0), point(60.0, 25.0198), 1100.8),
            (point(60.0, 25.0), point(60.0, 25.0162), 900.7),
            (point(0.0, 179.999), point(0.0, -179.999), 222.4),
            (point(90.0, 0.0), point(-90.0, 0.0), 20_015_114.4),
        ] {
            assert!(
                (distance(from, to) - metres).abs() < 0.1,
                "{from:?} {to:?}: {}",
                distance(from, to)
            );
        }
    }

    #[test]
    fn unknown_location_is_in_no_region() {
        let circle = Region::Circle(Circle {
            centre: point(0.0, 0.0),
            radius: 40_000_000.0,
        });
        let country = Region::Countries(vec![CountryCode::new("KR").unwrap()]);
        for somewhere in [circle, country] {
            assert!(!region(
                &Clauses::SPECIFICATION,
                &somewhere,
                &Location::default()
            ));
        }
    }

    #[test]
    fn country_code_is_two_upper_case_letters() {
        assert!(CountryCode::new("KR").is_some());
        for text in ["", "K", "KOR", "kr", "K1", "Ä"] {
            assert_eq!(CountryCode::new(text), None, "{text}");
        }
    }

    #[test]
    fn points_beyond_the_earth_are_none() {
        for (latitude, longitude) in [
            (90.1, 0.0),
            (-90.1, 0.0),
            (0.0, 180.1),
            (0.0, -180.1),
            (f64::NAN, 0.0),
            (0.0, f64::NAN),
        ] {
            assert_eq!(Point::new(latitude, longitude), None);
        }
    }
}
