use serde_json::Value;

use crate::decision::{Known, members};

/// Whether a region holds the place of the originator. A place that is not known is in no region.
pub fn covers(region: &Value, place: &Value) -> Known {
    let region = members(region, &["accc", "accr"])?;
    match (region.get("accc"), region.get("accr")) {
        (Some(countries), None) => {
            let countries = countries
                .as_array()
                .filter(|countries| !countries.is_empty())?;
            Some(
                place
                    .get("country")
                    .is_some_and(|country| countries.contains(country)),
            )
        }
        (None, Some(circle)) => {
            let [latitude, longitude, radius] = numbers(circle)?;
            let Some(point) = place.get("point") else {
                return Some(false);
            };
            let [at_latitude, at_longitude] = numbers(point)?;
            Some(distance((latitude, longitude), (at_latitude, at_longitude)) <= radius)
        }
        _ => None,
    }
}

fn numbers<const COUNT: usize>(list: &Value) -> Option<[f64; COUNT]> {
    let numbers: Vec<f64> = list
        .as_array()?
        .iter()
        .map(Value::as_f64)
        .collect::<Option<_>>()?;
    numbers.try_into().ok()
}

/// The distance in metres along a sphere of the mean radius of the earth, from the angle between two vectors.
fn distance(from: (f64, f64), to: (f64, f64)) -> f64 {
    let ([ax, ay, az], [bx, by, bz]) = (vector(from), vector(to));
    let (x, y, z) = (ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx);
    let sine = (x * x + y * y + z * z).sqrt();
    let cosine = ax * bx + ay * by + az * bz;
    sine.atan2(cosine) * 6_371_008.8
}

fn vector((latitude, longitude): (f64, f64)) -> [f64; 3] {
    let (height, ring) = latitude.to_radians().sin_cos();
    let (east, ahead) = longitude.to_radians().sin_cos();
    [ring * ahead, ring * east, height]
}
