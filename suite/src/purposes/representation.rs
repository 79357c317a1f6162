//! Looks into representations: attributes, lists, equality.

use serde_json::{Map, Value};

/// The attributes of the one resource that a content represents.
pub fn attributes(content: Option<&Value>) -> Option<&Map<String, Value>> {
    let Value::Object(members) = content? else {
        return None;
    };
    let mut resources = members
        .iter()
        .filter(|(key, _)| key.as_str() != "m2m:dbg")
        .filter_map(|(_, value)| value.as_object());
    match (resources.next(), resources.next()) {
        (Some(attributes), None) => Some(attributes),
        _ => None,
    }
}

/// Whether a content represents the resource of this name. A partial representation, without the
/// name, is one too.
pub fn is_of(content: Option<&Value>, name: &str) -> bool {
    attributes(content).is_some_and(|attributes| match attributes.get("rn") {
        Some(Value::String(shown)) => shown == name,
        Some(_) => false,
        None => !attributes.is_empty(),
    })
}

/// Whether a content represents a resource of another name.
pub fn is_of_another(content: Option<&Value>, name: &str) -> bool {
    attributes(content)
        .and_then(|attributes| attributes.get("rn"))
        .is_some_and(|shown| shown != name)
}

/// Whether a content shows attributes of some resource.
pub fn shows_resource(content: &Value) -> bool {
    const TELLING: [&str; 10] = [
        "ri", "pi", "ct", "lt", "acpi", "lbl", "pv", "pvs", "con", "poa",
    ];
    match content {
        Value::Object(members) => {
            members.keys().any(|key| TELLING.contains(&key.as_str()))
                || members.values().any(shows_resource)
        }
        Value::Array(values) => values.iter().any(shows_resource),
        _ => false,
    }
}

/// The entries of an `m2m:uril`, which is a list of text, in JSON or separated by blanks.
pub fn uri_list(content: Option<&Value>) -> Option<Vec<String>> {
    match content?.get("m2m:uril")? {
        Value::Array(entries) => entries
            .iter()
            .map(|entry| entry.as_str().map(str::to_owned))
            .collect(),
        Value::String(entries) => Some(entries.split_whitespace().map(str::to_owned).collect()),
        _ => None,
    }
}

/// Whether a list names a resource by one of its ids, in whatever scope.
pub fn lists(listed: &[String], ids: &[String]) -> bool {
    listed.iter().any(|entry| {
        ids.iter()
            .any(|id| entry == id || entry.ends_with(&format!("/{id}")))
    })
}

/// Whether an attribute shows a value: lists are compared without order, ids of resources in every
/// form.
pub fn same(
    member: &str,
    expected: &Value,
    shown: &Value,
    forms: &dyn Fn(&str) -> Vec<String>,
) -> bool {
    match (expected, shown) {
        (Value::Array(expected), Value::Array(shown)) => {
            let mut left: Vec<&Value> = shown.iter().collect();
            expected.len() == shown.len()
                && expected.iter().all(|expected| {
                    let position = left
                        .iter()
                        .position(|shown| same(member, expected, shown, forms));
                    position
                        .map(|position| left.swap_remove(position))
                        .is_some()
                })
        }
        (Value::Object(expected), Value::Object(shown)) => {
            expected.len() == shown.len()
                && expected.iter().all(|(member, expected)| {
                    shown
                        .get(member)
                        .is_some_and(|shown| same(member, expected, shown, forms))
                })
        }
        (Value::String(expected), Value::String(shown))
            if matches!(member, "acpi" | "macp" | "mid") =>
        {
            let forms = forms(expected);
            expected == shown || lists(std::slice::from_ref(shown), &forms)
        }
        (Value::Number(expected), Value::Number(shown)) => expected.as_f64() == shown.as_f64(),
        (expected, shown) => expected == shown,
    }
}

/// The first attribute, looked for at any depth.
pub fn anywhere<'a>(content: &'a Value, member: &str) -> Option<&'a Value> {
    match content {
        Value::Object(members) => members
            .get(member)
            .or_else(|| members.values().find_map(|value| anywhere(value, member))),
        Value::Array(values) => values.iter().find_map(|value| anywhere(value, member)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_representation_is_known_by_its_name() {
        assert!(is_of(
            Some(&json!({"m2m:cnt": {"rn": "x", "ri": "1"}})),
            "x"
        ));
        assert!(!is_of(Some(&json!({"m2m:cnt": {"rn": "y"}})), "x"));
        assert!(!is_of(Some(&json!({"m2m:dbg": "no"})), "x"));
        assert!(!is_of(None, "x"));
        assert!(is_of_another(Some(&json!({"m2m:cnt": {"rn": "y"}})), "x"));
        assert!(!is_of_another(Some(&json!({"m2m:cnt": {"lbl": []}})), "x"));
        assert!(!is_of_another(None, "x"));
    }

    #[test]
    fn uris_match_in_every_scope() {
        let ids = vec!["cse-in/x".to_owned(), "cnt1".to_owned()];
        for entry in ["cse-in/x", "/id-in/cse-in/x", "/id-in/cnt1", "cnt1"] {
            assert!(lists(&[entry.to_owned()], &ids), "{entry}");
        }
        assert!(!lists(&["cse-in/x2".to_owned()], &ids));
    }

    #[test]
    fn lists_are_compared_without_order() {
        let none = |_: &str| Vec::new();
        assert!(same("a", &json!([1, 2]), &json!([2, 1]), &none));
        assert!(!same("a", &json!([1, 1]), &json!([1, 2]), &none));
        assert!(same("a", &json!(63), &json!(63.0), &none));
    }

    #[test]
    fn a_debug_text_is_no_resource() {
        assert!(!shows_resource(&json!({"m2m:dbg": "no privilege"})));
        assert!(shows_resource(&json!({"m2m:cnt": {"ri": "1"}})));
    }
}
