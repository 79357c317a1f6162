//! The aggregated answer of a fan-out point (TS-0004 V3.32.0, 7.4.14.2.5).

use super::check::{Asked, spelled, success};
use super::representation;
use super::stop::Finding;
use crate::catalogue::behaviour::Expectation;
use crate::verdict::Cause;
use onem2m_primitive::{Operation, Response, ResponseStatusCode};
use serde_json::Value;

/// The code of the whole, whatever the operation and whatever the members answer.
pub const SUCCESS: u16 = ResponseStatusCode::OK.number();

/// A member of the group, and what it has to answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Member {
    /// Its resourceName.
    pub name: String,
    /// Whether it is what was asked for, and not something below it.
    pub is_target: bool,
    /// All its ids.
    pub ids: Vec<String>,
    /// Permit, deny, or codes.
    pub expect: Expectation,
}

/// Compares the answer of each member with what is expected of it.
pub fn check(asked: &Asked, response: &Response) -> Result<(), Finding> {
    let answers = answers(response.content.as_ref()).ok_or_else(|| {
        Finding::new(
            Cause::MalformedAnswer,
            format!("{} with m2m:agr", spelled(&[SUCCESS])),
            format!("{} without it", response.status),
        )
    })?;
    let mut nameless: Vec<&Value> = answers
        .iter()
        .copied()
        .filter(|answer| answer.get("fr").is_none())
        .collect();
    let mut unnamed = Vec::new();
    for member in &asked.members {
        let named = answers.iter().find(|answer| is_from(answer, member));
        let shown = || nameless.iter().position(|answer| is_of(answer, member));
        match named {
            Some(answer) => fits(asked, member, answer)?,
            None => match shown() {
                Some(position) => fits(asked, member, nameless.remove(position))?,
                None => unnamed.push(member),
            },
        }
    }
    unnamed
        .into_iter()
        .try_for_each(|member| some_fits(asked, member, &mut nameless, answers.len()))
}

/// Answers that name nobody, such as denials without From, belong to the members that are left: it is in favour of the
/// IUT that each of these finds one that fits.
fn some_fits(
    asked: &Asked,
    member: &Member,
    nameless: &mut Vec<&Value>,
    answers: usize,
) -> Result<(), Finding> {
    let fitting = nameless
        .iter()
        .position(|answer| fits(asked, member, answer).is_ok());
    match (fitting, nameless.first()) {
        (Some(position), _) => {
            nameless.remove(position);
            Ok(())
        }
        (None, Some(answer)) => fits(asked, member, answer),
        (None, None) => Err(Finding::new(
            Cause::MalformedAnswer,
            format!("an answer of {} in m2m:agr", member.name),
            format!("{answers} answers without it"),
        )),
    }
}

fn fits(asked: &Asked, member: &Member, answer: &Value) -> Result<(), Finding> {
    let codes = match &member.expect {
        Expectation::Permit => vec![success(asked.operation)],
        Expectation::Codes(codes) => codes.clone(),
        _ => vec![ResponseStatusCode::ORIGINATOR_HAS_NO_PRIVILEGE.number()],
    };
    let expected = format!("{} of {}", spelled(&codes), member.name);
    let code = answer
        .get("rsc")
        .and_then(Value::as_u64)
        .and_then(|code| u16::try_from(code).ok());
    let Some(code) = code else {
        let observed = "an answer without a code";
        return Err(Finding::new(Cause::MalformedAnswer, expected, observed));
    };
    let content = answer.get("pc");
    let is_success = (2000..3000).contains(&code);
    if !codes.contains(&code) {
        let expects_success = member.expect == Expectation::Permit;
        let cause = match is_success == expects_success {
            true => Cause::WrongCode,
            false => Cause::WrongDecision,
        };
        return Err(Finding::new(cause, expected, spelled(&[code])));
    }
    let shows = |content: &Value| {
        let canary = asked.canary.as_ref();
        canary.is_some_and(|canary| content.to_string().contains(canary.as_str()))
            || representation::shows_resource(content)
    };
    if !is_success && content.is_some_and(shows) {
        return Err(Finding::new(
            Cause::Leak,
            format!("{expected} without any attribute of it"),
            format!("{} with some", spelled(&[code])),
        ));
    }
    let is_read = is_success && asked.operation == Operation::Retrieve && !asked.discovery;
    let is_another = member.is_target && representation::is_of_another(content, &member.name);
    let lacks_it = content.is_none() || is_another;
    if is_read && lacks_it {
        return Err(Finding::new(
            Cause::MalformedAnswer,
            format!("{expected} with a representation of it"),
            format!("{} without", spelled(&[code])),
        ));
    }
    Ok(())
}

/// The answers of the members; the schema of m2m:aggregatedResponse writes their name with its prefix, others without.
fn answers(content: Option<&Value>) -> Option<Vec<&Value>> {
    let aggregate = content?.get("m2m:agr")?;
    let answers = aggregate.get("m2m:rsp").or_else(|| aggregate.get("rsp"))?;
    Some(match answers {
        Value::Array(answers) => answers.iter().collect(),
        one => vec![one],
    })
}

/// The member's resource ID is in From of its answer; it may be in any form, and with the fan-out point of a sub-group.
fn is_from(answer: &Value, member: &Member) -> bool {
    let from = answer.get("fr").and_then(Value::as_str).unwrap_or_default();
    let from = from.strip_suffix("/fopt").unwrap_or(from).to_owned();
    representation::lists(&[from], &member.ids)
}

/// Whether the representation in an answer without From is that of the member.
fn is_of(answer: &Value, member: &Member) -> bool {
    let shown = representation::attributes(answer.get("pc"));
    let text = |name: &str| {
        shown
            .and_then(|shown| shown.get(name))
            .and_then(Value::as_str)
    };
    let id = text("ri").map(str::to_owned);
    text("rn") == Some(member.name.as_str())
        || representation::lists(&Vec::from_iter(id), &member.ids)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn asked(expect: Expectation) -> Asked {
        let member = |name: &str, expect| Member {
            name: name.into(),
            is_target: true,
            ids: vec![format!("cse-in/{name}"), format!("id-{name}")],
            expect,
        };
        Asked {
            members: vec![member("m1", Expectation::Permit), member("m2", expect)],
            canary: Some("secret".into()),
            ..Asked::of(Operation::Retrieve)
        }
    }

    fn response(second: Value) -> Response {
        let first =
            json!({ "rsc": 2000, "fr": "/in/cse-in/m1", "pc": { "m2m:cnt": { "rn": "m1" } } });
        let content = json!({ "m2m:agr": { "m2m:rsp": [second, first] } });
        Response::new(ResponseStatusCode::OK).with_content(content)
    }

    fn cause(expect: Expectation, second: Value) -> Option<Cause> {
        check(&asked(expect), &response(second))
            .err()
            .map(|finding| finding.cause)
    }

    #[test]
    fn each_member_is_judged_by_its_own_answer() {
        let denied = json!({ "rsc": 4103, "fr": "id-m2", "pc": { "m2m:dbg": "no" } });
        assert_eq!(cause(Expectation::Deny, denied.clone()), None);
        assert_eq!(
            cause(Expectation::Permit, denied),
            Some(Cause::WrongDecision)
        );
        let permitted = json!({ "rsc": 2000, "fr": "id-m2", "pc": { "m2m:cnt": { "rn": "m2" } } });
        assert_eq!(cause(Expectation::Permit, permitted.clone()), None);
        assert_eq!(
            cause(Expectation::Deny, permitted),
            Some(Cause::WrongDecision)
        );
        let other = json!({ "rsc": 4000, "fr": "cse-in/m2" });
        assert_eq!(cause(Expectation::Deny, other), Some(Cause::WrongCode));
    }

    #[test]
    fn answers_without_from_belong_to_the_members_that_are_left() {
        let nameless = |second: Value| {
            let shown = json!({ "rsc": 2000, "pc": { "m2m:cnt": { "rn": "m1", "ri": "id-m1" } } });
            let content = json!({ "m2m:agr": { "m2m:rsp": [second, shown] } });
            Response::new(ResponseStatusCode::OK).with_content(content)
        };
        let judged = |expect, second| check(&asked(expect), &nameless(second)).err();
        let cause = |finding: Option<Finding>| finding.map(|finding| finding.cause);
        let denied = json!({ "rsc": 4103 });
        assert_eq!(judged(Expectation::Deny, denied.clone()), None);
        let found = cause(judged(Expectation::Permit, denied));
        assert_eq!(found, Some(Cause::WrongDecision));
        let permitted = json!({ "rsc": 2000, "pc": { "m2m:cnt": { "rn": "m2" } } });
        let found = cause(judged(Expectation::Deny, permitted));
        assert_eq!(found, Some(Cause::WrongDecision));
    }

    #[test]
    fn denial_that_shows_the_member_is_a_leak() {
        for content in [json!({ "m2m:cnt": { "lbl": [] } }), json!("the secret")] {
            let leaking = json!({ "rsc": 4103, "fr": "cse-in/m2", "pc": content });
            assert_eq!(cause(Expectation::Deny, leaking), Some(Cause::Leak));
        }
    }

    #[test]
    fn answer_without_the_member_or_its_resource_is_malformed() {
        for second in [
            json!({ "rsc": 2000, "fr": "cse-in/m3" }),
            json!({ "rsc": 2000, "fr": "cse-in/m2" }),
            json!({ "rsc": 2000, "fr": "cse-in/m2", "pc": { "m2m:cnt": { "rn": "m1" } } }),
            json!({ "fr": "cse-in/m2" }),
        ] {
            let found = cause(Expectation::Permit, second);
            assert_eq!(found, Some(Cause::MalformedAnswer));
        }
    }
}
