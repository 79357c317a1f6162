//! The request, or the requests, of a cell.

use super::super::{Expectation, insert};
use super::{Links, LinksOperation};
use serde_json::{Value, json};

/// The forms of a resource identifier, by the placeholders that give them.
const FORMS: [&str; 3] = ["ri", "sp", "abs"];

/// The requests that are judged.
pub(super) fn requests(links: &Links) -> Vec<Value> {
    match links.operation {
        LinksOperation::Other => vec![update(links, json!({"lbl": ["tpX"]}))],
        LinksOperation::Mixed => vec![update(links, json!({"acpi": ["acpN"], "lbl": ["tpX"]}))],
        LinksOperation::Retrieve => vec![request(links, json!({"retrieve": "cntT"}))],
        LinksOperation::DeletePolicy => vec![request(links, json!({"delete": "acpT"}))],
        LinksOperation::ReplaceByForms => FORMS.into_iter().flat_map(by_form).collect(),
        LinksOperation::Create
        | LinksOperation::CreateSeveral
        | LinksOperation::CreateEmpty
        | LinksOperation::CreateNull
        | LinksOperation::CreateByNothing
        | LinksOperation::CreateByOtherType
        | LinksOperation::CreateByForms => vec![request(
            links,
            json!({
                "create": "cntT", "type": "cnt", "in": "AE1",
                "with": {"acpi": value(links), "lbl": ["tpT"]},
            }),
        )],
        _ => vec![update(links, json!({"acpi": value(links)}))],
    }
}

/// Makes the request of the twin one that can succeed.
pub(super) fn make_valid(links: &Links, request: &mut Value) {
    let valid = match links.operation {
        LinksOperation::Empty
        | LinksOperation::Mixed
        | LinksOperation::ReplaceByNothing
        | LinksOperation::ReplaceByOtherType => json!({"acpi": ["acpN"]}),
        LinksOperation::CreateEmpty
        | LinksOperation::CreateNull
        | LinksOperation::CreateByNothing
        | LinksOperation::CreateByOtherType => json!({"acpi": ["acpT"], "lbl": ["tpT"]}),
        _ => return,
    };
    insert(request, "with", valid);
}

/// What `acpi` is to become.
fn value(links: &Links) -> Value {
    match links.operation {
        LinksOperation::Create => json!(["acpT"]),
        LinksOperation::CreateByForms => json!(["{sp:acpT}"]),
        LinksOperation::CreateSeveral => json!(["acpT", "acpT2"]),
        LinksOperation::CreateEmpty | LinksOperation::Empty => json!([]),
        LinksOperation::CreateNull | LinksOperation::Remove => json!("<null>"),
        LinksOperation::CreateByNothing | LinksOperation::ReplaceByNothing => json!(["acpNone"]),
        LinksOperation::CreateByOtherType | LinksOperation::ReplaceByOtherType => json!(["AE1"]),
        LinksOperation::RemoveOne => json!(["acpT"]),
        LinksOperation::Add => {
            let all: Vec<&str> = links.linked().iter().copied().chain(["acpN"]).collect();
            json!(all)
        }
        _ => json!(["acpN"]),
    }
}

fn update(links: &Links, with: Value) -> Value {
    request(links, json!({"update": "cntT", "with": with}))
}

fn request(links: &Links, mut step: Value) -> Value {
    insert(&mut step, "name", json!("request"));
    insert(&mut step, "as", json!(links.actor()));
    insert(&mut step, "role", json!("stimulus"));
    insert(&mut step, "expect", links.expect.to_value());
    if links.operation == LinksOperation::Retrieve && links.expect == Expectation::Permit {
        insert(&mut step, "sees", json!({"lbl": ["tpT"]}));
    }
    step
}

/// Links `acpN` by one form; then it governs, and lets AE2 go on to the next.
fn by_form(form: &str) -> [Value; 2] {
    let id = format!("{{{form}:acpN}}");
    [
        json!({
            "name": format!("request-{form}"), "as": "AE2", "role": "stimulus", "update": "cntT",
            "with": {"acpi": [id]},
        }),
        json!({
            "name": format!("governs-{form}"), "as": "AE4", "role": "stimulus", "retrieve": "cntT",
        }),
    ]
}
