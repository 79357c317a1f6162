//! What a key service answered. Response status codes stand in TS-0032, whose text was not at hand: any error will do.

use crate::catalogue::behaviour::Role;
use crate::purposes::answer::Answer;
use crate::purposes::stop::{Finding, Stop};
use crate::verdict::Cause;
use serde_json::{Map, Value};

/// INTERNAL_SERVER_ERROR and NOT_IMPLEMENTED are no decision about a request.
const NO_DECISION: std::ops::RangeInclusive<u16> = 5000..=5001;

/// Whether it is an error response.
pub fn is_refused(answer: &Answer) -> bool {
    let code = answer.code();
    code.is_some_and(|code| (4000..6000).contains(&code) && !NO_DECISION.contains(&code))
}

/// It has to be a success.
pub fn granted(step: &str, role: Role, answer: &Answer) -> Result<(), Stop> {
    match answer.succeeded() {
        true => Ok(()),
        false => Err(unlike(step, role, "success", answer)),
    }
}

/// It has to be an error response.
pub fn refused(step: &str, role: Role, answer: &Answer) -> Result<(), Stop> {
    match is_refused(answer) {
        true => Ok(()),
        false => Err(unlike(step, role, "an error response", answer)),
    }
}

/// Nobody is served: an error response, or the end of the connection.
pub fn unserved(step: &str, role: Role, answer: &Answer) -> Result<(), Stop> {
    match answer {
        Answer::Closed(_) => Ok(()),
        answer => refused(step, role, answer),
    }
}

fn unlike(step: &str, role: Role, expected: &str, answer: &Answer) -> Stop {
    let cause = match answer {
        Answer::Primitive(_) if answer.is_undecided() && !is_refused(answer) => Cause::NoDecision,
        Answer::Primitive(_) => Cause::WrongDecision,
        Answer::Malformed(_) => Cause::MalformedAnswer,
        Answer::Timeout => Cause::Hang,
        Answer::Closed(_) | Answer::Unreachable(_) => Cause::NoDecision,
    };
    let finding = Finding::new(cause, expected, answer.to_string());
    Stop::mismatch(step, role, finding, answer)
}

/// The members of the object that a content of this name has.
pub fn members(
    step: &str,
    role: Role,
    answer: &Answer,
    name: &str,
) -> Result<Map<String, Value>, Stop> {
    let content = answer.content().and_then(|content| content.get(name));
    match content.and_then(Value::as_object) {
        Some(members) => Ok(members.clone()),
        None => Err(wrong(
            step,
            role,
            Cause::MalformedAnswer,
            &format!("an object {name}"),
            "none",
            answer,
        )),
    }
}

/// What a response says that it must not, or does not say that it must.
pub fn wrong(
    step: &str,
    role: Role,
    cause: Cause,
    expected: &str,
    observed: &str,
    answer: &Answer,
) -> Stop {
    Stop::mismatch(step, role, Finding::new(cause, expected, observed), answer)
}

/// A text that has to be there.
pub fn text(
    step: &str,
    role: Role,
    answer: &Answer,
    members: &Map<String, Value>,
    name: &str,
) -> Result<String, Stop> {
    match members.get(name).and_then(Value::as_str) {
        Some(text) if !text.is_empty() => Ok(text.to_owned()),
        _ => {
            let (expected, cause) = (format!("a text {name}"), Cause::WrongDecision);
            Err(wrong(step, role, cause, &expected, "none", answer))
        }
    }
}

/// A member that has to have this value.
pub fn equal(
    step: &str,
    role: Role,
    answer: &Answer,
    members: &Map<String, Value>,
    (name, expected): (&str, &Value),
) -> Result<(), Stop> {
    let observed = members.get(name).unwrap_or(&Value::Null);
    match observed == expected {
        true => Ok(()),
        false => Err(wrong(
            step,
            role,
            Cause::WrongDecision,
            &format!("{name} {expected}"),
            &observed.to_string(),
            answer,
        )),
    }
}
