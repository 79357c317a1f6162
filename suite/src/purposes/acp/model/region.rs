//! Regions with the place of a source just inside or just outside.

use super::case::Region;
use super::ground::Ground;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::Value;

/// A region that holds a place or does not. Of what is not known nothing holds.
pub fn region(ground: &Ground, location: &Value, holds: bool) -> BoxedStrategy<Region> {
    let mut regions = Vec::new();
    if ground.claims("PICS_ACCO_CC") {
        let country = location.get("country").and_then(Value::as_str);
        let listed: Vec<String> = match (country, holds) {
            (Some(country), true) => vec!["FR".into(), country.into()],
            (Some("FR"), false) => vec!["DE".into()],
            _ => vec!["FR".into()],
        };
        regions.push(Region::Countries(listed));
    }
    if ground.claims("PICS_ACCO_CIRC") {
        let point = location.get("point").and_then(Value::as_array);
        let number = |index: usize| point?.get(index)?.as_f64();
        let (latitude, longitude) = (number(0).unwrap_or(60.0), number(1).unwrap_or(25.0));
        regions.extend(circles(latitude, longitude, holds));
    }
    match regions.is_empty() {
        true => Just(Region::Countries(vec!["FR".into()])).boxed(),
        false => select(regions).boxed(),
    }
}

/// Circles around points that are a hundredth of a degree away, to the south or north and to the east, over the 180th
/// meridian if it is near. What the figure of the earth makes of this is within their margins.
fn circles(latitude: f64, longitude: f64, holds: bool) -> Vec<Region> {
    const STEP: f64 = 0.01;
    /// Metres in such a step along a meridian.
    const METRES: f64 = 1_111.95;
    const MARGIN: f64 = 0.015;
    let nearby = match latitude > 0.0 {
        true => latitude - STEP,
        false => latitude + STEP,
    };
    let eastward = match longitude + STEP > 180.0 {
        true => longitude + STEP - 360.0,
        false => longitude + STEP,
    };
    let along_the_ring = METRES * latitude.to_radians().cos();
    let across = METRES * nearby.to_radians().cos();
    let centres = [
        (nearby, longitude, METRES),
        (latitude, eastward, along_the_ring),
        // Farther than it is in each direction alone.
        (nearby, eastward, METRES.hypot(across)),
    ];
    let far = if holds { 21_000_000.0 } else { 0.0 };
    let factor = if holds { 1.0 + MARGIN } else { 1.0 - MARGIN };
    let near = centres.map(|(latitude, longitude, distance)| {
        Region::Circle([latitude, longitude, (distance * factor).round()])
    });
    let all = std::iter::once(Region::Circle([nearby, longitude, far]));
    all.chain(near).collect()
}
