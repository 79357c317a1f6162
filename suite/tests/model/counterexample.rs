//! The size of a counterexample, read from the line that reports it.

use serde_json::Value;

/// How many policies and rules a line shows, without the rule that the administrator has in selfPrivileges.
pub fn size(line: &str) -> (usize, usize) {
    let starts = line.match_indices("{\"acr\"").map(|(at, _)| &line[at..]);
    let policies: Vec<Value> = starts
        .map(|text| {
            let mut values = serde_json::Deserializer::from_str(text).into_iter::<Value>();
            values.next().unwrap().unwrap()
        })
        .collect();
    let rules: usize = policies
        .iter()
        .map(|policy| policy["acr"].as_array().unwrap().len())
        .sum();
    match line.contains("a policy with pvs ") {
        true => (1, rules - 1),
        false => (policies.len() + line.matches("(gone)").count(), rules),
    }
}
