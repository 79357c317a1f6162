//! Operations on the tree of a reference CSE, chosen by octets, against a model of it.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a target fails by panicking, and indexes only values that it has built itself"
)]

mod driver;
mod model;

use arbitrary::{Result, Unstructured};
use onem2m_primitive::{Request, ResponseStatusCode};
use serde_json::{Value, json};

use driver::Driver;
use model::{ADMIN, CONTROL, Model, Thing};

/// Who sends requests: two AEs, and the administrator.
const ORIGINATORS: [&str; 3] = ["CtpA1", "CtpA2", ADMIN];
/// Whom a rule can name.
const ENTRIES: [&str; 7] = [
    "CtpA1",
    "CtpA2",
    "/id-in/CtpA1",
    "Ctp*",
    "*A2",
    "all",
    "/id-in",
];
/// When a rule can hold; sequences begin at half past one in the afternoon of a Thursday.
const WINDOWS: [&str; 4] = [
    "* * 13 * * * *",
    "* 0-29 * * * * *",
    "0-29 * * * * * *",
    "* * * 21-31 * * *",
];
const SECONDS: [u32; 5] = [1, 29, 31, 1801, 86_400];
/// How long a sequence gets.
const STEPS: usize = 24;

/// Every operation is permitted or denied as the model says, denials show and change nothing, and in the end the tree holds
/// what the model holds.
pub fn cse_tree(data: &[u8]) {
    let mut choices = Unstructured::new(data);
    driver::run(async |driver| {
        let mut model = Model::new();
        driver.set_up(&model).await;
        for _ in 0..STEPS {
            if choices.is_empty() || step(&mut choices, driver, &mut model).await.is_err() {
                break;
            }
        }
        compare(driver, &model).await;
    });
}

async fn step(
    choices: &mut Unstructured<'_>,
    driver: &mut Driver,
    model: &mut Model,
) -> Result<()> {
    let from = *choices.choose(&ORIGINATORS)?;
    match choices.int_in_range(0..=8)? {
        0 => {
            let policy = policy(choices)?;
            let path = model.next("acp");
            let request = create(model, "cse-in", 1, "m2m:acp", &path, &policy);
            expect(driver, request, ADMIN, ResponseStatusCode::CREATED).await;
            model.add(path, Thing::Policy(policy));
        }
        1 => {
            let Some(path) = chosen(choices, model, Thing::is_policy)? else {
                return Ok(());
            };
            let privileges = rules(choices)?;
            let permitted = model.permits(from, "update", &path, None);
            let content = json!({ "m2m:acp": { "pv": { "acr": privileges } } });
            let request = Request::update(&*path, content);
            decide(
                driver,
                request,
                from,
                permitted,
                ResponseStatusCode::UPDATED,
            )
            .await;
            if permitted {
                model.set_privileges(&path, privileges);
            }
        }
        2 | 3 => {
            let parent = chosen(choices, model, Thing::is_container)?;
            let (parent, from) = match parent {
                Some(parent) if choices.arbitrary()? => (parent, from),
                _ => ("cse-in".to_owned(), ADMIN),
            };
            let links = links(choices, model)?;
            let path = format!(
                "{parent}/{}",
                model.next("cnt").trim_start_matches("cse-in/")
            );
            let attributes = json!({ "acpi": links, "lbl": [canary(&path)] });
            let permitted = parent == "cse-in" || model.permits(from, "create", &parent, Some(3));
            let request = create(model, &parent, 3, "m2m:cnt", &path, &attributes);
            decide(
                driver,
                request,
                from,
                permitted,
                ResponseStatusCode::CREATED,
            )
            .await;
            if permitted {
                model.add(path, Thing::Container(links));
            }
        }
        4 => {
            let Some(parent) = chosen(choices, model, Thing::is_container)? else {
                return Ok(());
            };
            let path = format!(
                "{parent}/{}",
                model.next("cin").trim_start_matches("cse-in/")
            );
            let permitted = model.permits(from, "create", &parent, Some(4));
            let attributes = json!({ "con": canary(&path) });
            let request = create(model, &parent, 4, "m2m:cin", &path, &attributes);
            decide(
                driver,
                request,
                from,
                permitted,
                ResponseStatusCode::CREATED,
            )
            .await;
            if permitted {
                model.add(path, Thing::Instance);
            }
        }
        5 => {
            let Some(path) = chosen(choices, model, |_| true)? else {
                return Ok(());
            };
            let permitted = model.permits(from, "retrieve", &path, None);
            let request = Request::retrieve(&*path);
            let answer = decide(driver, request, from, permitted, ResponseStatusCode::OK).await;
            let shown = answer.to_string().contains(&canary(&path));
            let secret = model.thing(&path).is_some_and(|thing| !thing.is_policy());
            assert_eq!(shown, permitted && secret, "what is shown of {path}");
        }
        6 => {
            let Some(path) = chosen(choices, model, |_| true)? else {
                return Ok(());
            };
            let permitted = model.permits(from, "delete", &path, None);
            let request = Request::delete(&*path);
            decide(
                driver,
                request,
                from,
                permitted,
                ResponseStatusCode::DELETED,
            )
            .await;
            if permitted {
                model.remove(&path);
            }
        }
        7 => {
            let Some(path) = chosen(choices, model, Thing::is_container)? else {
                return Ok(());
            };
            let links = links(choices, model)?;
            let permitted = model.permits_links(from, &path);
            let content = json!({ "m2m:cnt": { "acpi": links } });
            let request = Request::update(&*path, content);
            decide(
                driver,
                request,
                from,
                permitted,
                ResponseStatusCode::UPDATED,
            )
            .await;
            if permitted {
                model.set_links(&path, links);
            }
        }
        _ => {
            let seconds = *choices.choose(&SECONDS)?;
            driver.advance(seconds);
            model.advance(seconds);
        }
    }
    Ok(())
}

/// The tree as the administrator sees it.
async fn compare(driver: &mut Driver, model: &Model) {
    for path in model.ever() {
        let answer = driver.send(Request::retrieve(path), ADMIN).await;
        match model.thing(path) {
            None => assert_eq!(answer.status, ResponseStatusCode::NOT_FOUND, "{path}"),
            Some(thing) => {
                assert_eq!(answer.status, ResponseStatusCode::OK, "{path}");
                if let Thing::Container(links) = thing {
                    let content = answer.content.unwrap_or_default();
                    assert_eq!(content["m2m:cnt"]["acpi"], json!(links), "{path}");
                }
            }
        }
    }
}

async fn expect(driver: &mut Driver, request: Request, from: &str, status: ResponseStatusCode) {
    let answer = driver.send(request, from).await;
    assert_eq!(answer.status, status, "{answer:?}");
}

/// Sends what is permitted or not; the content of the answer. A denial shows no canary.
async fn decide(
    driver: &mut Driver,
    request: Request,
    from: &str,
    permitted: bool,
    done: ResponseStatusCode,
) -> Value {
    let said = format!("{from} {} {}", request.operation, request.to);
    let answer = driver.send(request, from).await;
    let expected = match permitted {
        true => done,
        false => ResponseStatusCode::ORIGINATOR_HAS_NO_PRIVILEGE,
    };
    assert_eq!(answer.status, expected, "{said}: {answer:?}");
    let content = answer.content.unwrap_or_default();
    assert!(
        permitted || !content.to_string().contains("canary"),
        "{said} shows {content}"
    );
    content
}

fn create(
    model: &Model,
    parent: &str,
    kind: u32,
    name: &str,
    path: &str,
    attributes: &Value,
) -> Request {
    let mut attributes = attributes.clone();
    attributes["rn"] = json!(path.rsplit('/').next());
    if kind == 1 {
        attributes["pvs"] = json!({ "acr": model.self_privileges() });
    }
    Request::create(parent, kind, json!({ name: attributes }))
}

fn policy(choices: &mut Unstructured<'_>) -> Result<Value> {
    Ok(json!({ "pv": { "acr": rules(choices)? } }))
}

fn rules(choices: &mut Unstructured<'_>) -> Result<Vec<Value>> {
    let mut rules = Vec::new();
    for _ in 0..choices.int_in_range(1..=2)? {
        let mut rule = json!({
            "acor": [choices.choose(&ENTRIES)?],
            "acop": choices.int_in_range(1..=63_u8)?,
        });
        if choices.ratio(1, 3)? {
            rule["acco"] = json!([{ "actw": [choices.choose(&WINDOWS)?] }]);
        }
        rules.push(rule);
    }
    Ok(rules)
}

/// The policy of the administrator and some others.
fn links(choices: &mut Unstructured<'_>, model: &Model) -> Result<Vec<String>> {
    let mut links = vec![CONTROL.to_owned()];
    for _ in 0..choices.int_in_range(0..=2)? {
        if let Some(path) = chosen(choices, model, Thing::is_policy)?
            && !links.contains(&path)
        {
            links.push(path);
        }
    }
    Ok(links)
}

fn chosen(
    choices: &mut Unstructured<'_>,
    model: &Model,
    wanted: impl Fn(&Thing) -> bool,
) -> Result<Option<String>> {
    let paths = model.paths(wanted);
    match paths.is_empty() {
        true => Ok(None),
        false => choices.choose(&paths).cloned().map(Some),
    }
}

fn canary(path: &str) -> String {
    format!("canary of {path}")
}
