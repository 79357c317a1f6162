use serde_json::{Value, json};

use super::error::SerializationError;
use super::members::{Members, Written};
use crate::filter::{AttributeFilter, FilterCriteria};

/// m2m:filterCriteria (TS-0004 V3.32.0, 6.3.5.8).
pub(super) fn read(value: &Value) -> Result<FilterCriteria, SerializationError> {
    let mut members = Members::of(value, "fc")?;
    let filter = FilterCriteria {
        created_before: members.text("crb")?,
        created_after: members.text("cra")?,
        modified_since: members.text("ms")?,
        unmodified_since: members.text("us")?,
        state_tag_smaller: members.number("sts")?,
        state_tag_bigger: members.number("stb")?,
        expire_before: members.text("exb")?,
        expire_after: members.text("exa")?,
        labels: members.texts("lbl")?,
        resource_types: members.numbers("ty")?,
        size_above: members.number("sza")?,
        size_below: members.number("szb")?,
        content_types: members.texts("cty")?,
        limit: members.number("lim")?,
        attributes: attributes(&mut members, "atr")?,
        child_attributes: attributes(&mut members, "catr")?,
        parent_attributes: attributes(&mut members, "patr")?,
        filter_usage: members.number("fu")?,
        semantics_filters: members.texts("smf")?,
        filter_operation: members.number("fo")?,
        content_filter_syntax: members.number("cfs")?,
        content_filter_query: members.text("cfq")?,
        level: members.number("lvl")?,
        offset: members.number("ofst")?,
    };
    members.end()?;
    Ok(filter)
}

pub(super) fn write(filter: &FilterCriteria) -> Value {
    let mut written = Written::default();
    written.put("crb", filter.created_before.clone());
    written.put("cra", filter.created_after.clone());
    written.put("ms", filter.modified_since.clone());
    written.put("us", filter.unmodified_since.clone());
    written.put("sts", filter.state_tag_smaller);
    written.put("stb", filter.state_tag_bigger);
    written.put("exb", filter.expire_before.clone());
    written.put("exa", filter.expire_after.clone());
    written.put_list("lbl", &filter.labels);
    written.put_list("ty", &filter.resource_types);
    written.put("sza", filter.size_above);
    written.put("szb", filter.size_below);
    written.put_list("cty", &filter.content_types);
    written.put("lim", filter.limit);
    written.put_list("atr", &values(&filter.attributes));
    written.put_list("catr", &values(&filter.child_attributes));
    written.put_list("patr", &values(&filter.parent_attributes));
    written.put("fu", filter.filter_usage);
    written.put_list("smf", &filter.semantics_filters);
    written.put("fo", filter.filter_operation);
    written.put("cfs", filter.content_filter_syntax);
    written.put("cfq", filter.content_filter_query.clone());
    written.put("lvl", filter.level);
    written.put("ofst", filter.offset);
    written.into_value()
}

/// A list of m2m:attribute (6.3.5.9), whose values of any type are compared as texts.
fn attributes(
    members: &mut Members<'_>,
    name: &'static str,
) -> Result<Vec<AttributeFilter>, SerializationError> {
    let Some(value) = members.value(name) else {
        return Ok(Vec::new());
    };
    let wrong = SerializationError::Type {
        member: name,
        expected: "a list of attributes with nm and val",
    };
    let attribute = |element: &Value| {
        Some(AttributeFilter {
            name: element.get("nm")?.as_str()?.to_owned(),
            value: match element.get("val")? {
                Value::String(text) => text.clone(),
                other => other.to_string(),
            },
        })
    };
    let list = value.as_array().ok_or(wrong.clone())?;
    list.iter()
        .map(|element| attribute(element).ok_or(wrong.clone()))
        .collect()
}

fn values(attributes: &[AttributeFilter]) -> Vec<Value> {
    attributes
        .iter()
        .map(|attribute| json!({ "nm": attribute.name, "val": attribute.value }))
        .collect()
}
