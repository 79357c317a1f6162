//! The request of families that are about how it travels: the Create of a contentInstance.

use serde_json::{Value, json};

/// A step that creates one, with a member of its own.
pub(super) fn instance(
    name: &str,
    role: &str,
    actor: &str,
    container: &str,
    expect: Value,
    (member, value): (&str, Value),
) -> Value {
    let mut step = json!({
        "name": name, "role": role, "as": actor, "create": name, "type": "cin", "in": container,
        "content": {"m2m:cin": {"con": "tpE"}}, "expect": expect,
    });
    super::insert(&mut step, member, value);
    step
}
