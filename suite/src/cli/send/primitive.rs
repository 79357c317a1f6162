//! One request primitive, as a person writes it in a file.

use crate::cli::CliError;
use onem2m_primitive::{FilterCriteria, Operation, Request, json as strict};
use serde_json::{Map, Value};

/// Reads a request primitive by its short names (TS-0004 V3.32.0, 8.2.2).
pub fn read(text: &[u8]) -> Result<Request, CliError> {
    let wrong = |detail: String| {
        CliError::usage(format!("not a request primitive: {detail}")).hint(
            "an example: {\"op\":2,\"to\":\"cse-in\",\"fr\":\"CAdmin\",\"rqi\":\"1\",\"rvi\":\"3\"}",
        )
    };
    let value = strict::parse(text).map_err(|error| wrong(error.to_string()))?;
    let Value::Object(mut members) = value else {
        return Err(wrong("expected an object".into()));
    };
    let operation = members.remove("op").and_then(|op| op.as_u64());
    let operation = operation
        .ok_or_else(|| wrong("expected a number in `op`".into()))
        .and_then(|op| Operation::try_from(op).map_err(|error| wrong(error.to_string())))?;
    let to = text_of(&mut members, "to").ok_or_else(|| wrong("expected text in `to`".into()))?;
    let mut request = Request::retrieve(to);
    request.operation = operation;
    request.from = text_of(&mut members, "fr");
    request.request_identifier = text_of(&mut members, "rqi");
    request.release_version = text_of(&mut members, "rvi");
    request.resource_type = number_of(&mut members, "ty");
    request.result_content = number_of(&mut members, "rcn");
    request.discovery_result_type = number_of(&mut members, "drt");
    request.content = members.remove("pc");
    request.filter = filter(members.remove("fc"), &wrong)?;
    match members.keys().next() {
        None => Ok(request),
        Some(member) => Err(wrong(format!(
            "`{member}` is not one of op, to, fr, rqi, rvi, ty, rcn, drt, pc, fc"
        ))),
    }
}

fn filter(
    criteria: Option<Value>,
    wrong: &dyn Fn(String) -> CliError,
) -> Result<FilterCriteria, CliError> {
    let mut filter = FilterCriteria::default();
    let Some(criteria) = criteria else {
        return Ok(filter);
    };
    let Value::Object(mut members) = criteria else {
        return Err(wrong("expected an object in `fc`".into()));
    };
    filter.filter_usage = number_of(&mut members, "fu");
    filter.limit = number_of(&mut members, "lim");
    filter.level = number_of(&mut members, "lvl");
    if let Some(Value::Array(labels)) = members.remove("lbl") {
        let text = |label: &Value| label.as_str().map(str::to_owned);
        filter.labels = labels.iter().filter_map(text).collect();
    }
    match members.keys().next() {
        None => Ok(filter),
        Some(member) => Err(wrong(format!(
            "`fc.{member}` is not one of fu, lim, lvl, lbl"
        ))),
    }
}

fn text_of(members: &mut Map<String, Value>, name: &str) -> Option<String> {
    match members.remove(name)? {
        Value::String(text) => Some(text),
        other => Some(other.to_string()),
    }
}

fn number_of(members: &mut Map<String, Value>, name: &str) -> Option<u32> {
    let number = members.remove(name)?.as_u64()?;
    u32::try_from(number).ok()
}
