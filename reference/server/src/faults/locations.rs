//! How the location of an originator is learnt and compared (TS-0003 V3.18.0, 7.1.2, 7.1.3 and annex F; TS-0004
//! V3.32.0, 6.3.5.28).

use onem2m_access::{Circle, Clauses as Access, Location, Point, Policy, Region};
use serde_json::{Map, Value, json};

use super::{Fault, rewrite};
use crate::authorize::Attempt;
use crate::location;
use crate::receive;
use crate::refusal::Refusal;
use crate::resource::Kind;
use crate::scene::Scene;

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "AcpIgnoresLocation",
        requirement: "TS-0003/7.1.3/9",
        summary: "accessControlLocationRegion is stored and never evaluated",
        apply: |clauses| clauses.access.region = |_, _, _| true,
    },
    Fault {
        name: "LocationUnknownPermits",
        requirement: "TS-0003/F.0/1",
        summary: "a region holds whoever's location is not known",
        apply: |clauses| clauses.access.region = unknown_permits,
    },
    Fault {
        name: "LocationFromOriginator",
        requirement: "TS-0003/7.1.2/3",
        summary: "coordinates that the originator wrote into a contentInstance go before what the network tells",
        apply: |clauses| clauses.location = from_originator,
    },
    Fault {
        name: "CircleCoordinatesSwapped",
        requirement: "TS-0004/6.3.5.28/1",
        summary: "the first number of a circle is read as its longitude",
        apply: |clauses| clauses.policy = |policy| with_circles(policy, swapped),
    },
    Fault {
        name: "CircleRadiusInKilometres",
        requirement: "TS-0004/6.3.5.28/1",
        summary: "the radius of a circle is read in kilometres",
        apply: |clauses| clauses.policy = |policy| with_circles(policy, kilometres),
    },
    Fault {
        name: "CircleRadiusIsDiameter",
        requirement: "TS-0004/6.3.5.28/1",
        summary: "the radius of a circle is read as its diameter",
        apply: |clauses| clauses.access.circle = diameter,
    },
    Fault {
        name: "CircleIsSquare",
        requirement: "TS-0003/7.1.3/9",
        summary: "a circle holds the square around it",
        apply: |clauses| clauses.access.circle = square,
    },
    Fault {
        name: "CircleOnFlatEarth",
        requirement: "TS-0003/7.1.3/9",
        summary: "degrees of longitude are as long as degrees of latitude everywhere",
        apply: |clauses| clauses.access.distance = flat,
    },
    Fault {
        name: "CircleLongitudeShrunkTwice",
        requirement: "TS-0003/7.1.3/9",
        summary: "the difference of longitudes is scaled with the square of the cosine of the latitude",
        apply: |clauses| clauses.access.distance = shrunk_twice,
    },
    Fault {
        name: "CircleEndsAtAntimeridian",
        requirement: "TS-0003/7.1.3/9",
        summary: "longitudes of 180 degrees east and west are a whole turn apart",
        apply: |clauses| clauses.access.distance = unwrapped,
    },
    Fault {
        name: "CountriesFirstOnly",
        requirement: "TS-0003/7.1.3/9",
        summary: "only the first country code of a list is compared",
        apply: |clauses| {
            clauses.access.countries = |allowed, country| allowed.first() == Some(&country)
        },
    },
    Fault {
        name: "CountriesUnchecked",
        requirement: "TS-0003/7.1.3/9",
        summary: "every originator whose country is known is in every list of countries",
        apply: |clauses| clauses.access.countries = |_, _| true,
    },
    Fault {
        name: "RegionMalformedDropped",
        requirement: "TS-0004/6.3.5.28/1",
        summary: "a region that does not read is dropped and restricts nobody",
        apply: |clauses| clauses.policy = malformed_dropped,
    },
];

/// The length of a degree of latitude in metres.
const DEGREE: f64 = 111_195.080;

fn unknown_permits(clauses: &Access, region: &Region, location: &Location) -> bool {
    let is_unknown = match region {
        Region::Countries(_) => location.country.is_none(),
        Region::Circle(_) => location.point.is_none(),
    };
    is_unknown || (Access::SPECIFICATION.region)(clauses, region, location)
}

fn from_originator(scene: &Scene<'_>, attempt: &Attempt<'_>) -> Location {
    let known = location::location(scene, attempt);
    let Some(root) = scene.tree.get(scene.tree.root()) else {
        return known;
    };
    let told = scene
        .tree
        .descendants(root)
        .into_iter()
        .map(|(resource, _)| resource)
        .filter(|resource| resource.kind == Kind::ContentInstance)
        .filter(|resource| resource.creator == *attempt.originator)
        .filter_map(|resource| coordinates(resource.attribute("con")?.as_str()?))
        .next_back();
    Location {
        point: told.or(known.point),
        ..known
    }
}

fn coordinates(text: &str) -> Option<Point> {
    let (latitude, longitude) = text.split_once(',')?;
    Point::new(
        latitude.trim().parse().ok()?,
        longitude.trim().parse().ok()?,
    )
}

/// Reads a policy after the three numbers of each circle were replaced.
fn with_circles(policy: &Value, replace: fn([f64; 3]) -> [f64; 3]) -> Result<Policy, Refusal> {
    let rewritten = rewrite::contexts(policy, |context| {
        let circle = context
            .get_mut("aclr")
            .and_then(|region| region.get_mut("accr"));
        if let Some(circle) = circle
            && let Some(numbers) = numbers(circle)
        {
            *circle = json!(replace(numbers));
        }
    });
    receive::policy(&rewritten)
}

fn numbers(circle: &Value) -> Option<[f64; 3]> {
    let numbers: Option<Vec<f64>> = circle.as_array()?.iter().map(Value::as_f64).collect();
    numbers?.try_into().ok()
}

/// A longitude that is no latitude turns over the pole.
fn swapped([latitude, longitude, radius]: [f64; 3]) -> [f64; 3] {
    let over = longitude.abs() > 90.0 && longitude.abs() <= 180.0;
    let folded = if over {
        longitude.signum() * 180.0 - longitude
    } else {
        longitude
    };
    [folded, latitude, radius]
}

fn kilometres([latitude, longitude, radius]: [f64; 3]) -> [f64; 3] {
    [latitude, longitude, radius * 1000.0]
}

fn diameter(clauses: &Access, circle: &Circle, point: Point) -> bool {
    (clauses.distance)(circle.centre, point) <= circle.radius / 2.0
}

fn square(clauses: &Access, circle: &Circle, point: Point) -> bool {
    let at = |latitude, longitude| Point::new(latitude, longitude).unwrap_or(point);
    let north = at(point.latitude(), circle.centre.longitude());
    let east = at(circle.centre.latitude(), point.longitude());
    [north, east]
        .into_iter()
        .all(|corner| (clauses.distance)(circle.centre, corner) <= circle.radius)
}

fn flat(from: Point, to: Point) -> f64 {
    DEGREE * (to.latitude() - from.latitude()).hypot(turned(from, to))
}

fn shrunk_twice(from: Point, to: Point) -> f64 {
    let shrunk = turned(from, to) * from.latitude().to_radians().cos().powi(2);
    DEGREE * (to.latitude() - from.latitude()).hypot(shrunk)
}

fn unwrapped(from: Point, to: Point) -> f64 {
    let shrunk = (to.longitude() - from.longitude()) * from.latitude().to_radians().cos();
    DEGREE * (to.latitude() - from.latitude()).hypot(shrunk)
}

/// The difference of longitudes the shorter way round.
fn turned(from: Point, to: Point) -> f64 {
    let difference = (to.longitude() - from.longitude()).abs();
    difference.min(360.0 - difference)
}

fn malformed_dropped(policy: &Value) -> Result<Policy, Refusal> {
    let readable = rewrite::contexts(policy, |context| {
        if context.get("aclr").is_some_and(|region| !reads(region)) {
            context.shift_remove("aclr");
        }
    });
    receive::policy(&readable)
}

/// Whether a region reads, as the only member of the only rule of a policy.
fn reads(region: &Value) -> bool {
    let mut context = Map::new();
    context.insert("aclr".to_owned(), region.clone());
    let rule = json!({ "acor": [], "acop": 63, "acco": [context] });
    receive::policy(&json!({ "acr": [rule] })).is_ok()
}
