use crate::catalogue::behaviour::TokenOrder;
use serde_json::json;

/// The tokens that a step brings.
pub(super) fn tokens(orders: &[TokenOrder]) -> String {
    let told: Vec<String> = orders.iter().map(token).collect();
    format!(", with {}", told.join(" and "))
}

fn token(order: &TokenOrder) -> String {
    let members = json!(order);
    let members = members.as_object().filter(|members| !members.is_empty());
    match members {
        None => "a token".to_owned(),
        Some(members) => {
            let told: Vec<String> = members
                .iter()
                .map(|(member, value)| format!("{}: {value}", member.replace('_', " ")))
                .collect();
            format!("a token ({})", told.join(", "))
        }
    }
}
