//! A finding as a purpose of the catalogue: steps that the suite runs, as data.

use super::finding::Finding;
use super::judge::NOTIFICATION;
use super::kind::Kind;
use super::model::BASE;
use super::step::{Oddity, Operation, Step, Virtual, Worth};
use crate::catalogue::behaviour::identity_pattern;
use crate::verdict::Cause;
use serde_json::{Map, Value, json};

/// Codes of a refusal, whatever it is for.
const REFUSALS: [u16; 8] = [4000, 4001, 4004, 4005, 4102, 4103, 4105, 5001];

/// What a finding becomes.
pub struct Promoted {
    /// The entry.
    pub entry: toml::Table,
}

/// The purpose that stands for a finding, under an id; why there is none.
pub fn promote(finding: &Finding, id: &str) -> Result<Promoted, String> {
    if finding.trouble.class.starts_with(NOTIFICATION) {
        return Err("what shows it is a notification, and no answer".to_owned());
    }
    let (last, before) = finding.steps.split_last().ok_or("it has no steps")?;
    let registrations = |step: &&Step| !is_usual_registration(step);
    let mut given = Vec::new();
    for (position, step) in before.iter().filter(registrations).enumerate() {
        let mut written = action(step)?;
        written.insert("name".into(), json!(format!("step-{position}")));
        written.insert("as".into(), json!(actor(&step.by)));
        given.push(Value::Object(written));
    }
    let mut stimulus = action(last)?;
    stimulus.insert("name".into(), json!("request"));
    stimulus.insert("as".into(), json!(actor(&last.by)));
    let (expected, kind) = expectation(finding, last)?;
    stimulus.insert("expect".into(), expected);
    if finding.trouble.cause == Cause::Leak && !last.is_discovery() {
        let shown: Vec<String> = canaries(before).collect();
        stimulus.insert("conceals".into(), json!(shown));
    }
    let mut steps = vec![Value::Object(stimulus)];
    if finding.trouble.cause == Cause::SideEffect {
        steps.push(read_back(last)?);
    }
    let entry = json!({
        "id": id,
        "title": title(finding),
        "requirements": [requirement(&finding.trouble.clause)],
        "pics": pics(&finding.steps),
        "kind": kind,
        "note": format!(
            "found by a campaign with seed {}; {}",
            finding.seed, finding.trouble.clause
        ),
        "scenario": { "given": given, "steps": steps },
    });
    let text = |error: toml::ser::Error| error.to_string();
    match toml::Value::try_from(entry).map_err(text)? {
        toml::Value::Table(entry) => Ok(Promoted { entry }),
        _ => Err("it is no table".to_owned()),
    }
}

/// The suite registers AEs itself.
fn is_usual_registration(step: &Step) -> bool {
    step.is_registration() && step.oddities.is_empty() && step.is_set_up
}

fn title(finding: &Finding) -> String {
    let trouble = &finding.trouble;
    let text = format!(
        "{}: {} rather than {}",
        finding.told.last().map_or("", String::as_str),
        trouble.expected,
        trouble.observed
    );
    let plain = |it: &char| !it.is_control();
    text.chars().filter(plain).take(160).collect()
}

/// The AE whose identity begins with that of another is AE4 in the catalogue.
fn actor(entity: &str) -> &str {
    match entity {
        "AE22" => "AE4",
        other => other,
    }
}

fn expectation(finding: &Finding, last: &Step) -> Result<(Value, &'static str), String> {
    let trouble = &finding.trouble;
    let refused = |reason: &str| match reason {
        "the originator has no privilege" => json!("deny"),
        "the target is not there" => json!([4004]),
        "the name is taken" => json!([4105]),
        "the type cannot be below the target" => json!([4108, 5203]),
        _ => json!([4000, 4005, 4008, 4103, 5001]),
    };
    match trouble.cause {
        Cause::WrongDecision | Cause::WrongCode => {
            match trouble.expected.strip_prefix("a refusal: ") {
                Some(reason) => Ok((refused(reason), "robustness")),
                None => Ok((json!("permit"), "valid")),
            }
        }
        Cause::Leak if last.is_discovery() => Ok((json!("deny"), "robustness")),
        Cause::Leak | Cause::SideEffect => Ok((json!("permit"), "robustness")),
        Cause::NoDecision | Cause::Crash | Cause::Hang => match last.worth {
            Worth::Sound if last.oddities.is_empty() => Ok((json!("permit"), "robustness")),
            _ => Ok((
                json!({ "refuse": REFUSALS, "accepted": "harmless" }),
                "robustness",
            )),
        },
        Cause::MalformedAnswer | Cause::Poison => Err(format!(
            "what shows {} is the answer itself, of which the catalogue says nothing",
            trouble.cause
        )),
    }
}

/// The step as the catalogue writes it, without name, actor and expectation.
fn action(step: &Step) -> Result<Map<String, Value>, String> {
    let mut written = Map::new();
    let target = target(step);
    match (step.operation, &step.makes) {
        (Operation::Create, Some(makes)) => {
            written.insert("create".into(), json!(makes.slot));
            written.insert("type".into(), json!(makes.kind.short()));
            written.insert("in".into(), json!(target));
            with(&mut written, step, makes.kind);
        }
        (Operation::Update, _) => {
            written.insert("update".into(), json!(target));
            let content = step.content.clone().unwrap_or_default();
            written.insert("with".into(), value(&Value::Object(content)));
        }
        (Operation::Delete, _) => {
            written.insert("delete".into(), json!(target));
        }
        (Operation::Retrieve, _) if step.is_discovery() => {
            written.insert("discover".into(), json!(target));
        }
        (Operation::Retrieve, _) => {
            written.insert("retrieve".into(), json!(target));
        }
        (Operation::Notify | Operation::Create, _) => {
            return Err("a Notify has no step of its own in the catalogue".to_owned());
        }
    }
    let query = query(step)?;
    if !query.is_empty() {
        written.insert("query".into(), Value::Object(query));
    }
    for oddity in &step.oddities {
        odd(&mut written, oddity)?;
    }
    Ok(written)
}

fn with(written: &mut Map<String, Value>, step: &Step, kind: Kind) {
    let mut attributes = Map::new();
    for (name, given) in step.content.iter().flatten() {
        let rules = || value(given.get("acr").unwrap_or(&Value::Null));
        match (kind, name.as_str()) {
            (_, "rn") => {}
            (Kind::Acp, "pv" | "pvs") => {
                written.insert(name.clone(), rules());
            }
            _ => {
                attributes.insert(name.clone(), value(given));
            }
        }
    }
    written.insert("with".into(), Value::Object(attributes));
}

fn query(step: &Step) -> Result<Map<String, Value>, String> {
    let mut query = Map::new();
    for (name, given) in &step.parameters {
        if name == "fu" {
            continue;
        }
        let before = query.insert(name.clone(), json!(text(given)));
        if before.is_some() {
            return Err("a parameter that is there twice has no place in a step".to_owned());
        }
    }
    Ok(query)
}

fn odd(written: &mut Map<String, Value>, oddity: &Oddity) -> Result<(), String> {
    match oddity {
        Oddity::From(from) => {
            written.insert("from".into(), json!(text(from)));
        }
        Oddity::Lacks(name) if name == "X-M2M-Origin" => {
            written.insert("from".into(), json!("<absent>"));
        }
        Oddity::Also(name, given) => {
            let mut headers = Map::new();
            headers.insert(name.clone(), json!(text(given)));
            written.insert("headers".into(), Value::Object(headers));
        }
        other => {
            return Err(format!(
                "what is odd about a request ({}) has no place in a step of the catalogue",
                other.word()
            ));
        }
    }
    Ok(())
}

fn target(step: &Step) -> String {
    let slot = name(&step.on.slot);
    match step.on.below {
        None => slot,
        Some(Virtual::FanOut) => format!("{slot}/fopt"),
        Some(below) => format!("{slot}/{}", below.segment()),
    }
}

/// The name of a slot in a scenario.
fn name(slot: &str) -> String {
    match slot {
        BASE => "{CB}".to_owned(),
        "ae1" => "AE1".to_owned(),
        "ae2" => "AE2".to_owned(),
        "ae22" => "AE4".to_owned(),
        other => other.to_owned(),
    }
}

fn value(given: &Value) -> Value {
    match given {
        Value::Null => json!("<null>"),
        Value::String(given) => json!(text(given)),
        Value::Array(items) => items.iter().map(value).collect(),
        Value::Object(members) => {
            let written = members.iter().map(|(name, it)| (name.clone(), value(it)));
            Value::Object(written.collect())
        }
        other => other.clone(),
    }
}

/// A text with the patterns of the catalogue in place of braces.
fn text(given: &str) -> String {
    let mut written = given.to_owned();
    for entity in ["AE22", "AE1", "AE2"] {
        let pattern = match entity {
            "AE22" => "CtpA22".to_owned(),
            other => identity_pattern(other),
        };
        for (word, form) in [
            (format!("{{{entity}}}"), pattern.clone()),
            (format!("{{{entity}:sp}}"), format!("/{{IUT}}/{pattern}")),
            (
                format!("{{{entity}:abs}}"),
                format!("//{{SP}}/{{IUT}}/{pattern}"),
            ),
        ] {
            written = written.replace(&word, &form);
        }
    }
    let slot = written
        .strip_prefix('{')
        .and_then(|rest| rest.strip_suffix('}'));
    match slot {
        Some("ADM") | None => canary(&written),
        Some(slot) if slot.ends_with(":canary") => canary(&written),
        Some(slot) => name(slot),
    }
}

/// The text that only those may see who may retrieve a resource.
fn canary(given: &str) -> String {
    match given.split_once('{') {
        Some((before, rest)) if let Some((slot, behind)) = rest.split_once(":canary}") => {
            format!("{before}tp-canary-{slot}{behind}")
        }
        _ => given.to_owned(),
    }
}

fn canaries(steps: &[Step]) -> impl Iterator<Item = String> {
    steps.iter().filter_map(|step| {
        let content = Value::Object(step.content.clone()?).to_string();
        let slot = &step.makes.as_ref()?.slot;
        let word = format!("{{{slot}:canary}}");
        content.contains(&word).then(|| canary(&word))
    })
}

/// What was written is there as it was written.
fn read_back(last: &Step) -> Result<Value, String> {
    let slot = match &last.makes {
        Some(makes) => makes.slot.clone(),
        None => name(&last.on.slot),
    };
    let mut sees = Map::new();
    for (member, given) in last.content.iter().flatten() {
        if matches!(member.as_str(), "lbl" | "con") && !given.is_null() {
            sees.insert(member.clone(), value(given));
        }
    }
    match sees.is_empty() {
        true => Err("no attribute shows what was wrong afterwards".to_owned()),
        false => Ok(json!({
            "name": "read-back", "role": "read-back", "as": actor(&last.by),
            "retrieve": slot, "sees": sees,
        })),
    }
}

fn pics(steps: &[Step]) -> Vec<&'static str> {
    let kinds: Vec<Kind> = steps
        .iter()
        .filter_map(|step| Some(step.makes.as_ref()?.kind))
        .collect();
    let mut pics = vec!["PICS_ACP"];
    if kinds.contains(&Kind::Grp) {
        pics.push("PICS_GROUP");
    }
    if kinds.contains(&Kind::Cin) {
        pics.push("PICS_CSE_CIN");
    }
    pics
}

/// The requirement that a clause is judged by.
fn requirement(clause: &str) -> &'static str {
    let known = [
        ("9.6.1.3.2", "TS-0001/9.6.1.3.2/8"),
        ("7.3.2.1", "TS-0004/7.3.2.1/5"),
        ("7.3.3.1", "TS-0004/7.3.3.1/1"),
        ("7.3.3.14", "TS-0004/7.3.3.14/1"),
        ("10.1.3", "TS-0001/10.1.3/1"),
        ("7.3.3.3", "TS-0004/7.3.3.3/1"),
        ("7.3.3.6", "TS-0001/10.1.3/1"),
        ("7.3.3.8", "TS-0001/10.1.5/1"),
        ("6.2.2", "TS-0003/6.2.2/1"),
    ];
    let last = clause.rsplit(' ').next().unwrap_or_default();
    let found = known.iter().find(|(number, _)| *number == last);
    found.map_or("TS-0003/7.1.4/1", |(_, requirement)| requirement)
}
