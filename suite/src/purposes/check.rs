//! Does an answer fit what its step expects?

use super::answer::Answer;
use super::representation;
use super::stop::Finding;
use crate::catalogue::behaviour::{Acceptance, Expectation};
use crate::verdict::Cause;
use onem2m_primitive::{Operation, Response, ResponseStatusCode};
use serde_json::Value;

/// What the check has to know of the request.
#[derive(Debug, Clone, PartialEq)]
pub struct Asked {
    /// The operation.
    pub operation: Operation,
    /// Resources that a discovery looked for: each by all its ids; empty for other requests.
    pub sought: Vec<Vec<String>>,
    /// Whether the request was a discovery.
    pub discovery: bool,
    /// The name of the resource that the answer has to represent; none where it may be empty.
    pub represents: Option<String>,
    /// Text that no refusal may show.
    pub canary: Option<String>,
}

/// What a fitting answer means for the steps that follow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fit {
    /// As expected.
    Expected,
    /// Accepted although it should have been refused; the purpose fails with this at its end.
    Unchecked(Finding),
}

/// Compares an answer with a resolved expectation.
pub fn check(asked: &Asked, expectation: &Expectation, answer: &Answer) -> Result<Fit, Finding> {
    match expectation {
        Expectation::Permit => permitted(asked, answer).map(|()| Fit::Expected),
        Expectation::Deny if asked.discovery => not_found(asked, answer).map(|()| Fit::Expected),
        Expectation::Deny => {
            let denied = ResponseStatusCode::ORIGINATOR_HAS_NO_PRIVILEGE.number();
            answered(asked, &[denied], answer).map(|()| Fit::Expected)
        }
        Expectation::Codes(codes) => answered(asked, codes, answer).map(|()| Fit::Expected),
        Expectation::Refuse { codes, accepted } if answer.succeeded() => {
            let finding = Finding::new(Cause::WrongDecision, spelled(codes), answer.to_string());
            match accepted {
                Acceptance::Fails => Err(finding),
                Acceptance::Harmless => Ok(Fit::Expected),
                Acceptance::Unchecked => Ok(Fit::Unchecked(Finding {
                    cause: Cause::WrongCode,
                    ..finding
                })),
            }
        }
        Expectation::Refuse { codes, .. } => answered(asked, codes, answer).map(|()| Fit::Expected),
        Expectation::Dispute(_) | Expectation::Reading { .. } => Err(Finding::new(
            Cause::NoDecision,
            "a resolved expectation",
            "an open one",
        )),
    }
}

/// A finding for an answer that decides nothing.
fn undecided(expected: String, answer: &Answer) -> Finding {
    let cause = match answer {
        Answer::Malformed(_) => Cause::MalformedAnswer,
        Answer::Timeout => Cause::Hang,
        _ => Cause::NoDecision,
    };
    Finding::new(cause, expected, answer.to_string())
}

fn permitted(asked: &Asked, answer: &Answer) -> Result<(), Finding> {
    let success = success(asked.operation);
    let expected = spelled(&[success]);
    if answer.is_undecided() {
        return Err(undecided(expected, answer));
    }
    let Some(response) = answer.primitive() else {
        return Err(undecided(expected, answer));
    };
    if response.status.number() != success {
        let cause = match answer.succeeded() {
            true => Cause::WrongCode,
            false => Cause::WrongDecision,
        };
        return Err(Finding::new(cause, expected, answer.to_string()));
    }
    if asked.discovery {
        return found(asked, response);
    }
    match &asked.represents {
        Some(name) if !representation::is_of(response.content.as_ref(), name) => Err(Finding::new(
            Cause::MalformedAnswer,
            format!("{expected} with a representation of {name}"),
            format!("{} without it", response.status),
        )),
        _ => Ok(()),
    }
}

fn answered(asked: &Asked, codes: &[u16], answer: &Answer) -> Result<(), Finding> {
    let expected = spelled(codes);
    let Some(code) = answer.code() else {
        return Err(undecided(expected, answer));
    };
    if !codes.contains(&code) {
        if answer.is_undecided() {
            return Err(undecided(expected, answer));
        }
        let expects_success = codes.iter().all(|code| (1000..4000).contains(code));
        let cause = match answer.succeeded() == expects_success {
            true => Cause::WrongCode,
            false => Cause::WrongDecision,
        };
        return Err(Finding::new(cause, expected, answer.to_string()));
    }
    if answer.succeeded() {
        return Ok(());
    }
    no_leak(asked, answer, expected)
}

fn no_leak(asked: &Asked, answer: &Answer, expected: String) -> Result<(), Finding> {
    let content = answer
        .primitive()
        .and_then(|response| response.content.as_ref());
    let Some(content) = content else {
        return Ok(());
    };
    let shown = asked
        .canary
        .as_ref()
        .is_some_and(|canary| content.to_string().contains(canary.as_str()));
    if shown || representation::shows_resource(content) {
        return Err(Finding::new(
            Cause::Leak,
            format!("{expected} without any attribute of the target"),
            format!("{answer} with {}", excerpt(content)),
        ));
    }
    Ok(())
}

fn found(asked: &Asked, response: &Response) -> Result<(), Finding> {
    let listed = listed(response)?;
    for ids in &asked.sought {
        if !representation::lists(&listed, ids) {
            let name = ids.first().map(String::as_str).unwrap_or_default();
            return Err(Finding::new(
                Cause::WrongDecision,
                format!("a list with {name}"),
                format!("{} entries without it", listed.len()),
            ));
        }
    }
    Ok(())
}

fn not_found(asked: &Asked, answer: &Answer) -> Result<(), Finding> {
    let success = success(Operation::Retrieve);
    let expected = format!("{} without the resource", spelled(&[success]));
    let Some(response) = answer.primitive().filter(|_| !answer.is_undecided()) else {
        return Err(undecided(expected, answer));
    };
    if response.status.number() != success {
        return Err(Finding::new(Cause::WrongCode, expected, answer.to_string()));
    }
    let listed = listed(response)?;
    for ids in &asked.sought {
        if representation::lists(&listed, ids) {
            let name = ids.first().map(String::as_str).unwrap_or_default();
            return Err(Finding::new(
                Cause::WrongDecision,
                expected,
                format!("a list with {name}"),
            ));
        }
    }
    Ok(())
}

fn listed(response: &Response) -> Result<Vec<String>, Finding> {
    representation::uri_list(response.content.as_ref()).ok_or_else(|| {
        Finding::new(
            Cause::MalformedAnswer,
            "2000 OK with m2m:uril",
            format!("{} without it", response.status),
        )
    })
}

/// The success code of an operation (TS-0004 V3.32.0, 6.6.3.3).
pub fn success(operation: Operation) -> u16 {
    match operation {
        Operation::Create => ResponseStatusCode::CREATED,
        Operation::Retrieve | Operation::Notify => ResponseStatusCode::OK,
        Operation::Update => ResponseStatusCode::UPDATED,
        Operation::Delete => ResponseStatusCode::DELETED,
    }
    .number()
}

/// Codes with their names, as users know them.
pub fn spelled(codes: &[u16]) -> String {
    let names: Vec<String> = codes
        .iter()
        .map(|code| ResponseStatusCode::from(*code).to_string())
        .collect();
    names.join(" or ")
}

fn excerpt(content: &Value) -> String {
    let text = content.to_string();
    match text.char_indices().nth(200) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text,
    }
}
