use serde_json::{Map, Value};

use crate::decision::{Known, members};
use crate::readings::Readings;

/// Whether the object details of a rule allow the request: for a Create, one element has to fit as a whole.
pub fn allowed(rule: &Map<String, Value>, request: &Value, readings: &Readings) -> Known {
    let Some(details) = rule.get("acod") else {
        return Some(true);
    };
    let results: Vec<Fit> = details
        .as_array()?
        .iter()
        .map(|detail| fit(detail, request))
        .collect::<Option<_>>()?;
    let creates = request.get("operation")? == "create";
    Some(match (creates, readings.details_for_every_operation) {
        _ if results.is_empty() => true,
        (true, _) => results.iter().any(|fit| fit.target && fit.child),
        (false, true) => results.iter().any(|fit| fit.target),
        (false, false) => true,
    })
}

/// What of one element fits.
struct Fit {
    target: bool,
    child: bool,
}

fn fit(detail: &Value, request: &Value) -> Option<Fit> {
    let detail = members(detail, &["ty", "spty", "chty"])?;
    let (kind, specialization) = (detail.get("ty"), detail.get("spty"));
    let is_specialized = kind.is_some_and(|kind| *kind == 13 || *kind == 28);
    if is_specialized && specialization.is_none() {
        return None;
    }
    let children = detail.get("chty")?.as_array()?;
    let created = request.get("created_type");
    Some(Fit {
        target: kind.is_none_or(|kind| Some(kind) == request.get("target_type")),
        child: specialization
            .is_none_or(|expected| Some(expected) == request.get("created_specialization"))
            && created.is_some_and(|created| children.contains(created)),
    })
}
