//! Does an answer fit what its step expects?

use super::aggregate::{self, Member};
use super::answer::Answer;
use super::representation;
use super::stop::Finding;
use crate::catalogue::behaviour::{Acceptance, Expectation};
use crate::verdict::Cause;
use onem2m_primitive::{Operation, Response, ResponseStatusClass, ResponseStatusCode};
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
    /// What the content of a success has to represent.
    pub represents: Represents,
    /// Members of a group, if the success is the aggregated answer of a fan-out point.
    pub members: Vec<Member>,
    /// Text that no refusal may show.
    pub canary: Option<String>,
}

impl Asked {
    /// A request of which only the operation is known.
    pub fn of(operation: Operation) -> Self {
        Self {
            operation,
            sought: Vec::new(),
            discovery: false,
            represents: Represents::Anything,
            members: Vec::new(),
            canary: None,
        }
    }

    /// A request for the resource of this name.
    pub fn about(operation: Operation, name: String) -> Self {
        Self {
            represents: match operation {
                Operation::Retrieve => Represents::Resource(name),
                _ => Represents::AtMost(name),
            },
            ..Self::of(operation)
        }
    }
}

/// What the content of a success has to represent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Represents {
    /// Nothing that the request tells.
    Anything,
    /// Some resource, whose name only the IUT knows.
    SomeResource,
    /// The resource of this name, or the content is absent.
    AtMost(String),
    /// The resource of this name.
    Resource(String),
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
        Expectation::TurnedAway(_) if answer.is_turned_away() => Ok(Fit::Expected),
        Expectation::TurnedAway(codes) => answered(asked, codes, answer).map(|()| Fit::Expected),
        Expectation::Refuse { codes, accepted } if answer.succeeded() => {
            let finding = Finding::new(Cause::WrongDecision, spelled(codes), answer.to_string());
            match accepted {
                Acceptance::Fails => Err(finding),
                // Whether it does no harm can only be seen of what was really made.
                Acceptance::Harmless => permitted(asked, answer).map(|()| Fit::Expected),
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
    let success = match asked.members.is_empty() {
        true => success(asked.operation),
        false => aggregate::SUCCESS,
    };
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
    if !asked.members.is_empty() {
        return aggregate::check(asked, response);
    }
    if asked.discovery {
        return found(asked, response);
    }
    represented(asked, response, expected)
}

/// A success carries what it promises, and nothing of another resource.
fn represented(asked: &Asked, response: &Response, expected: String) -> Result<(), Finding> {
    let content = response.content.as_ref();
    let (fits, what) = match &asked.represents {
        Represents::Anything => return Ok(()),
        Represents::SomeResource => (
            representation::attributes(content).is_some_and(|attributes| !attributes.is_empty()),
            "with a representation".to_owned(),
        ),
        Represents::AtMost(name) => (
            !representation::is_of_another(content, name),
            format!("with a representation of {name} at most"),
        ),
        Represents::Resource(name) => (
            representation::is_of(content, name),
            format!("with a representation of {name}"),
        ),
    };
    match fits {
        true => Ok(()),
        false => Err(Finding::new(
            Cause::MalformedAnswer,
            format!("{expected} {what}"),
            match content {
                Some(content) => format!("{} with {}", response.status, excerpt(content)),
                None => format!("{} without content", response.status),
            },
        )),
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
    match answer.primitive() {
        // An acknowledgement refers to a `<request>`: what was asked for comes later.
        Some(response) if response.status.class() == Some(ResponseStatusClass::Informational) => {
            Ok(())
        }
        Some(response) if answer.succeeded() => represented(asked, response, expected),
        _ => no_leak(asked, answer, expected),
    }
}

fn no_leak(asked: &Asked, answer: &Answer, expected: String) -> Result<(), Finding> {
    let Some(content) = answer.content() else {
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

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn asked(operation: Operation, represents: Represents) -> Asked {
        Asked {
            represents,
            ..Asked::of(operation)
        }
    }

    fn answer(status: ResponseStatusCode, content: Option<Value>) -> Answer {
        let mut response = Response::new(status);
        response.content = content;
        Answer::Primitive(Box::new(response))
    }

    #[track_caller]
    fn assert_cause(asked: &Asked, expectation: &Expectation, answer: &Answer, cause: Cause) {
        let finding = check(asked, expectation, answer).unwrap_err();
        assert_eq!(finding.cause, cause, "{finding:?}");
    }

    #[test]
    fn success_about_another_resource_is_malformed() {
        let other = Some(json!({"m2m:cnt": {"rn": "y"}}));
        let asked = asked(Operation::Create, Represents::AtMost("x".into()));
        let other = answer(ResponseStatusCode::CREATED, other);
        for expectation in [Expectation::Permit, Expectation::Codes(vec![2001])] {
            assert_cause(&asked, &expectation, &other, Cause::MalformedAnswer);
            let silent = answer(ResponseStatusCode::CREATED, None);
            assert_eq!(check(&asked, &expectation, &silent), Ok(Fit::Expected));
        }
    }

    #[test]
    fn acknowledgement_represents_nothing_that_was_asked_for() {
        let asked = asked(Operation::Retrieve, Represents::Resource("x".into()));
        let reference = Some(json!({"m2m:uri": "cse-in/req1"}));
        let acknowledged = answer(ResponseStatusCode::from(1001), reference.clone());
        let codes = Expectation::Codes(vec![1001, 2000]);
        assert_eq!(check(&asked, &codes, &acknowledged), Ok(Fit::Expected));
        let ok = answer(ResponseStatusCode::OK, reference);
        assert_cause(&asked, &codes, &ok, Cause::MalformedAnswer);
    }

    #[test]
    fn instance_without_content_is_malformed() {
        let asked = asked(Operation::Retrieve, Represents::SomeResource);
        let empty = answer(ResponseStatusCode::OK, None);
        assert_cause(&asked, &Expectation::Permit, &empty, Cause::MalformedAnswer);
    }

    #[test]
    fn harmless_acceptance_is_still_an_acceptance_of_this_operation() {
        let asked = asked(Operation::Create, Represents::Anything);
        let expectation = Expectation::Refuse {
            codes: vec![4000],
            accepted: Acceptance::Harmless,
        };
        let created = answer(ResponseStatusCode::CREATED, None);
        assert_eq!(check(&asked, &expectation, &created), Ok(Fit::Expected));
        let odd = answer(ResponseStatusCode::OK, None);
        assert_cause(&asked, &expectation, &odd, Cause::WrongCode);
    }
}
