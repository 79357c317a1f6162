use serde_json::{Map, Value};

/// What stands for a member that is left out.
const ABSENT: &str = "<absent>";

/// Members with changes: those that are `<absent>` are left out.
pub fn changed(
    mut members: Map<String, Value>,
    changes: &Map<String, Value>,
) -> Map<String, Value> {
    for (member, value) in changes {
        match value.as_str() == Some(ABSENT) {
            true => {
                members.shift_remove(member);
            }
            false => {
                members.insert(member.clone(), value.clone());
            }
        }
    }
    members
}
