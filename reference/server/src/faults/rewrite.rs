use serde_json::{Map, Value};

/// A policy with each of its rules edited, for faults that read a policy otherwise than it is written.
pub(super) fn rules(policy: &Value, edit: impl Fn(&mut Map<String, Value>)) -> Value {
    let mut edited = policy.clone();
    let rules = edited.get_mut("acr").and_then(Value::as_array_mut);
    for rule in rules.into_iter().flatten() {
        if let Some(rule) = rule.as_object_mut() {
            edit(rule);
        }
    }
    edited
}

/// A policy with each of its contexts edited.
pub(super) fn contexts(policy: &Value, edit: impl Fn(&mut Map<String, Value>)) -> Value {
    rules(policy, |rule| {
        let contexts = rule.get_mut("acco").and_then(Value::as_array_mut);
        for context in contexts.into_iter().flatten() {
            if let Some(context) = context.as_object_mut() {
                edit(context);
            }
        }
    })
}

/// A policy with each of its schedule entries rewritten.
pub(super) fn windows(policy: &Value, rewrite: impl Fn(&str) -> String) -> Value {
    contexts(policy, |context| {
        let entries = context.get_mut("actw").and_then(Value::as_array_mut);
        for entry in entries.into_iter().flatten() {
            if let Some(text) = entry.as_str() {
                *entry = rewrite(text).into();
            }
        }
    })
}

/// Sets a member of an object; of anything else nothing.
pub(super) fn member(value: &mut Value, name: &str, member: Value) {
    if let Some(members) = value.as_object_mut() {
        members.insert(name.to_owned(), member);
    }
}
