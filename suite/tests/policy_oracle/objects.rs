use serde_json::{Map, Value};

use crate::decision::{Known, all, members};

/// Whether the object details of a rule allow the request: for a Create, one element has to fit as a whole.
pub fn allowed(rule: &Map<String, Value>, request: &Value) -> Known {
    let Some(details) = rule.get("acod") else {
        return Some(true);
    };
    let results: Vec<bool> = details
        .as_array()?
        .iter()
        .map(|detail| fits(detail, request))
        .collect::<Option<_>>()?;
    Some(request["operation"] != "create" || results.is_empty() || results.contains(&true))
}

fn fits(detail: &Value, request: &Value) -> Known {
    let detail = members(detail, &["ty", "spty", "chty"])?;
    let (kind, specialization) = (detail.get("ty"), detail.get("spty"));
    let is_specialized = kind.is_some_and(|kind| *kind == 13 || *kind == 28);
    if is_specialized && specialization.is_none() {
        return None;
    }
    let children = detail.get("chty")?.as_array()?;
    all([
        Some(kind.is_none_or(|kind| *kind == request["target_type"])),
        Some(specialization.is_none_or(|expected| *expected == request["created_specialization"])),
        Some(children.contains(&request["created_type"])),
    ])
}
