//! Circles around, or beside, an originator, for templates of circRegion.
//!
//! `1000 m around located` is centred where the originator is, `1000 m around 1100 m west of high-latitude` so far away
//! from it on a great circle. The last word is a [`Place`].

use super::location::Locations;
use super::template::Unfilled;
use crate::catalogue::behaviour::Place;
use crate::profile::Point;

/// The mean radius of the earth in metres.
const EARTH_RADIUS: f64 = 6_371_008.8;

/// Latitude, longitude and radius of the circle that a text describes.
pub fn circle(text: &str, locations: &Locations) -> Result<[f64; 3], Unfilled> {
    let wrong = || Unfilled::Wrong(format!("expected \"R m around …\", got {text:?}"));
    let (radius, centre) = text.split_once(" m around ").ok_or_else(wrong)?;
    let radius: f64 = radius.parse().map_err(|_| wrong())?;
    let Point {
        latitude,
        longitude,
    } = point(centre, locations)?;
    Ok([latitude, longitude, radius])
}

/// The point that a text describes: a place, or `N m DIRECTION of PLACE`.
pub fn point(text: &str, locations: &Locations) -> Result<Point, Unfilled> {
    let wrong = || Unfilled::Wrong(format!("expected \"N m DIRECTION of PLACE\", got {text:?}"));
    let place = |word: &str| Place::ALL.into_iter().find(|place| place.word() == word);
    let Some((way, word)) = text.split_once(" of ") else {
        return locations.point(place(text).ok_or_else(wrong)?);
    };
    let (metres, direction) = way.split_once(" m ").ok_or_else(wrong)?;
    let metres: f64 = metres.parse().map_err(|_| wrong())?;
    let bearing = bearing(direction).ok_or_else(wrong)?;
    let start = locations.point(place(word).ok_or_else(wrong)?)?;
    Ok(away(start, metres, bearing))
}

/// Degrees clockwise from the north.
fn bearing(direction: &str) -> Option<f64> {
    match direction {
        "north" => Some(0.0),
        "north-east" => Some(45.0),
        "east" => Some(90.0),
        "south" => Some(180.0),
        "west" => Some(270.0),
        _ => None,
    }
}

/// So many metres along the great circle that leaves a point with a bearing; to a decimetre.
fn away(start: Point, metres: f64, bearing: f64) -> Point {
    let (angle, bearing) = (metres / EARTH_RADIUS, bearing.to_radians());
    let latitude = start.latitude.to_radians();
    let sine = latitude.sin() * angle.cos() + latitude.cos() * angle.sin() * bearing.cos();
    let east = bearing.sin() * angle.sin() * latitude.cos();
    let turn = east.atan2(angle.cos() - latitude.sin() * sine);
    let longitude = start.longitude + turn.to_degrees();
    Point {
        latitude: rounded(sine.asin().to_degrees()),
        longitude: rounded((longitude + 540.0).rem_euclid(360.0) - 180.0),
    }
}

fn rounded(degrees: f64) -> f64 {
    (degrees * 1e6).round() / 1e6
}

#[cfg(test)]
mod tests {
    use super::*;

    fn locations(text: &str) -> Locations {
        Locations::stated(&[("PIXIT_LOCATION_FIRST".to_owned(), text.to_owned())].into())
    }

    #[test]
    fn circles_lie_where_the_text_says() {
        for (stated, text, expected) in [
            (
                "37.5665,126.978",
                "1000 m around located",
                [37.5665, 126.978, 1000.0],
            ),
            (
                "60.0,25.0",
                "1000 m around 1101 m east of high-latitude",
                [60.0, 25.0198, 1000.0],
            ),
            (
                "60.0,25.0",
                "1000 m around 901 m west of located",
                [60.0, 24.9838, 1000.0],
            ),
            (
                "37.5665,126.978",
                "5 m around 989.6 m north of located",
                [37.5754, 126.978, 5.0],
            ),
            (
                "0.0,0.0",
                "5 m around 1572.5 m north-east of located",
                [0.01, 0.01, 5.0],
            ),
            (
                "0.0,179.999",
                "1000 m around 222.4 m east of antimeridian",
                [0.0, -179.999, 1000.0],
            ),
        ] {
            let got = circle(text, &locations(stated)).unwrap();
            let close = got
                .iter()
                .zip(expected)
                .all(|(got, expected)| (got - expected).abs() < 2e-5);
            assert!(close, "{text}: {got:?}");
        }
    }

    #[test]
    fn other_words_are_errors_of_the_catalogue() {
        for text in [
            "",
            "1000 m around",
            "x m around located",
            "1 m around nowhere",
            "1 m around 5 m up of located",
        ] {
            let filled = circle(text, &locations("60.0,25.0"));
            assert!(
                matches!(filled, Err(Unfilled::Wrong(_))),
                "{text}: {filled:?}"
            );
        }
    }

    #[test]
    fn unstated_place_is_the_test_bed() {
        let filled = circle("1 m around located", &locations("unknown"));
        assert!(matches!(filled, Err(Unfilled::TestBed(_))));
    }
}
