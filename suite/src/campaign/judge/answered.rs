//! Whether there is an answer, whether it is one of the binding, and whether it is the decision that had to come.

use crate::campaign::forecast::Forecast;
use crate::campaign::step::{Oddity, Step};
use crate::campaign::trouble::Trouble;
use crate::purposes::answer::Answer;
use crate::verdict::Cause;
use onem2m_primitive::ResponseStatusCode;

const BINDING: &str = "TS-0009 V3.9.1, 6.3";
const RESPONSE: &str = "TS-0004 V3.32.0, 7.2.1.2";
const CODES: &str = "TS-0004 V3.32.0, 6.6.3";

/// What is wrong with the answer as such.
pub fn answered(step: &Step, forecast: &Forecast, answer: &Answer) -> Option<Trouble> {
    let has_no_sense = step.oddities.iter().any(Oddity::is_damage);
    let may_be_none = step.oddities.iter().any(Oddity::concerns_binding);
    let observed = answer.to_string();
    match answer {
        Answer::Primitive(response) => {
            if response.status == ResponseStatusCode::INTERNAL_SERVER_ERROR {
                let expected = "no internal error, whatever is asked";
                return Some(Trouble::new(Cause::NoDecision, CODES, expected, observed));
            }
            decided(step, forecast, answer)
        }
        Answer::Malformed(detail) if detail.starts_with("HTTP 5") => Some(Trouble::new(
            Cause::NoDecision,
            CODES,
            "no internal error, whatever is asked",
            observed,
        )),
        _ if has_no_sense => None,
        Answer::Malformed(_) if may_be_none => None,
        Answer::Malformed(_) => Some(Trouble::new(
            Cause::MalformedAnswer,
            BINDING,
            "a response primitive for the request",
            observed,
        )),
        Answer::Timeout => Some(Trouble::new(
            Cause::Hang,
            RESPONSE,
            "an answer in time",
            observed,
        )),
        Answer::Closed(_) => Some(Trouble::new(
            Cause::NoDecision,
            RESPONSE,
            "an answer",
            "a closed connection",
        )),
        Answer::Unreachable(_) => Some(Trouble::new(
            Cause::Crash,
            RESPONSE,
            "an IUT that can be reached",
            observed,
        )),
    }
}

fn decided(step: &Step, forecast: &Forecast, answer: &Answer) -> Option<Trouble> {
    let observed = answer.to_string();
    let wrong = |cause, clause: &str, expected: String| {
        Some(Trouble::new(cause, clause, expected, observed.clone()))
    };
    match forecast {
        Forecast::Open => None,
        Forecast::Refusal { clause, reason } if answer.succeeded() => {
            wrong(Cause::WrongDecision, clause, format!("a refusal: {reason}"))
        }
        Forecast::Refusal { .. } => None,
        Forecast::Success { clause } if !answer.succeeded() => {
            let expected = format!("{} (success)", step.operation.success());
            wrong(Cause::WrongDecision, clause, expected)
        }
        Forecast::Success { .. } => {
            let expected = step.operation.success();
            match answer.code() == Some(expected) {
                true => None,
                false => wrong(Cause::WrongCode, RESPONSE, expected.to_string()),
            }
        }
    }
}
