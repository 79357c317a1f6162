//! What an attempt at an association came to, against what it had to come to.

use crate::catalogue::behaviour::{Ends, Role};
use crate::purposes::answer::Answer;
use crate::purposes::stop::{Finding, Stop};
use crate::tester::association_end::AssociationEnd;
use crate::verdict::{Cause, Judgement, Reason};

/// What there is to do with an attempt.
#[derive(Debug, Clone, PartialEq)]
pub enum Next {
    /// The association stands: the holder has to be served within it.
    Serve,
    /// It is as it has to be, and this is to be noted.
    Done(Option<String>),
}

/// Compares; the error is the verdict.
pub fn compare(step: &str, ends: &Ends, end: &AssociationEnd) -> Result<Next, Stop> {
    if let AssociationEnd::Unreachable(detail) = end {
        return Err(Stop::inconclusive(
            step,
            Reason::Unreachable,
            detail.clone(),
        ));
    }
    match (ends, end) {
        (
            Ends::Established
            | Ends::Either
            | Ends::Anything
            | Ends::RefusedOrInconclusive(_)
            | Ends::RefusedUnlessRequested(_)
            | Ends::Unbound(_)
            | Ends::AtMostOne(_),
            AssociationEnd::Established { .. },
        ) => Ok(Next::Serve),
        (Ends::EstablishedWith(expected), AssociationEnd::Established { suite, .. })
            if suite == expected =>
        {
            Ok(Next::Serve)
        }
        (Ends::Refused(_), AssociationEnd::Established { .. }) => {
            Err(wrong(step, Cause::WrongDecision, ends, end))
        }
        (
            ends,
            AssociationEnd::Alert {
                level: 2,
                description,
            },
        ) if alerts(ends).contains(description) => Ok(Next::Done(None)),
        (ends, end) if end.is_refusal() && may_be_refused(ends) => {
            Ok(Next::Done(Some(format!("{step}: {end}"))))
        }
        (Ends::Anything, end) if !matches!(end, AssociationEnd::Unexpected(_)) => {
            Ok(Next::Done(Some(format!("{step}: {end}"))))
        }
        (_, AssociationEnd::Silence) => {
            let judgement = judgement(Cause::Hang, ends, end).at(step);
            Err(Stop::Undecided(judgement))
        }
        (
            Ends::Established | Ends::EstablishedWith(_),
            AssociationEnd::Closed | AssociationEnd::Reset,
        ) => {
            let judgement = judgement(Cause::NoDecision, ends, end).at(step);
            Err(Stop::Undecided(judgement))
        }
        (_, AssociationEnd::Unexpected(_)) => Err(wrong(step, Cause::MalformedAnswer, ends, end)),
        _ => Err(wrong(step, Cause::WrongDecision, ends, end)),
    }
}

/// Compares what came of datagrams: who drops what is invalid refuses it too (RFC 6347, 4.1.2.7), and so does who asks for a
/// cookie once more, and keeps nothing until it comes (4.2.1).
pub fn compare_datagrams(step: &str, ends: &Ends, end: &AssociationEnd) -> Result<Next, Stop> {
    match end {
        AssociationEnd::Silence | AssociationEnd::CookieAsked if may_be_refused(ends) => {
            Ok(Next::Done(Some(format!("{step}: {end}"))))
        }
        _ => compare(step, ends, end),
    }
}

/// The alerts that are expected.
fn alerts(ends: &Ends) -> &[u8] {
    match ends {
        Ends::Refused(alerts) | Ends::RefusedOrInconclusive(alerts) => alerts,
        Ends::RefusedUnlessRequested(unrequested) => &unrequested.alerts,
        Ends::Unbound(refusals) | Ends::AtMostOne(refusals) => &refusals.alerts,
        Ends::Established | Ends::EstablishedWith(_) | Ends::Either | Ends::Anything => &[],
    }
}

fn may_be_refused(ends: &Ends) -> bool {
    !matches!(ends, Ends::Established | Ends::EstablishedWith(_))
}

/// An answer within an association that does not fit.
pub fn unserved(step: &str, role: Role, expected: &str, answer: &Answer) -> Stop {
    let cause = match answer {
        Answer::Primitive(_) => Cause::WrongDecision,
        Answer::Malformed(_) => Cause::MalformedAnswer,
        Answer::Timeout => Cause::Hang,
        Answer::Closed(_) | Answer::Unreachable(_) => Cause::NoDecision,
    };
    let finding = Finding::new(cause, expected, answer.to_string());
    Stop::mismatch(step, role, finding, answer)
}

/// An end that may not be.
pub fn wrong(step: &str, cause: Cause, ends: &Ends, end: &AssociationEnd) -> Stop {
    Stop::Judged(judgement(cause, ends, end).at(step))
}

fn judgement(cause: Cause, ends: &Ends, end: &AssociationEnd) -> Judgement {
    Judgement::fail(cause, expected(ends), end.to_string())
}

fn expected(ends: &Ends) -> String {
    match ends {
        Ends::Established => "an association".into(),
        Ends::EstablishedWith(suite) => format!("an association with suite {suite:04X}"),
        Ends::Refused(_) | Ends::RefusedOrInconclusive(_) | Ends::RefusedUnlessRequested(_) => {
            refusal(ends)
        }
        Ends::Unbound(_) => format!("{}, or an association without the identity", refusal(ends)),
        Ends::AtMostOne(_) => format!("{}, or an association for one identity", refusal(ends)),
        Ends::Either | Ends::Anything => "an association, or a refusal".into(),
    }
}

fn refusal(ends: &Ends) -> String {
    let alerts: Vec<String> = alerts(ends)
        .iter()
        .map(|description| {
            AssociationEnd::Alert {
                level: 2,
                description: *description,
            }
            .to_string()
        })
        .collect();
    format!("a refusal: {}", alerts.join(" or "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::behaviour::Refusals;

    const STANDS: AssociationEnd = AssociationEnd::Established {
        version: 0x0303,
        suite: 0x00AE,
        resumed: false,
    };

    fn alert(description: u8) -> AssociationEnd {
        AssociationEnd::Alert {
            level: 2,
            description,
        }
    }

    #[test]
    fn named_alert_is_a_refusal_and_another_one_is_noted() {
        let refused = Ends::Refused(vec![51]);
        assert_eq!(compare("s", &refused, &alert(51)), Ok(Next::Done(None)));
        for other in [alert(20), AssociationEnd::Closed, AssociationEnd::Reset] {
            let noted = compare("s", &refused, &other);
            assert!(matches!(noted, Ok(Next::Done(Some(_)))), "{other}");
        }
    }

    #[test]
    fn association_where_a_refusal_is_due_fails() {
        let Err(Stop::Judged(judgement)) = compare("s", &Ends::Refused(vec![51]), &STANDS) else {
            panic!("expected a judgement");
        };
        assert_eq!(judgement.cause, Some(Cause::WrongDecision));
    }

    #[test]
    fn silence_decides_nothing() {
        for ends in [Ends::Refused(vec![51]), Ends::Established, Ends::Either] {
            let silent = compare("s", &ends, &AssociationEnd::Silence);
            assert!(matches!(silent, Err(Stop::Undecided(_))), "{ends:?}");
        }
    }

    #[test]
    fn silence_of_datagrams_refuses_what_may_be_refused() {
        for end in [AssociationEnd::Silence, AssociationEnd::CookieAsked] {
            for ends in [Ends::Refused(vec![51]), Ends::Either] {
                let noted = compare_datagrams("s", &ends, &end);
                assert!(matches!(noted, Ok(Next::Done(Some(_)))), "{end}");
            }
            assert!(compare_datagrams("s", &Ends::Established, &end).is_err());
        }
        let stands = compare_datagrams("s", &Ends::Refused(vec![51]), &STANDS);
        assert!(stands.is_err());
    }

    #[test]
    fn association_that_may_be_of_nobody_is_looked_into() {
        let refusals = || Refusals {
            alerts: vec![42],
            codes: vec![4106],
        };
        for ends in [
            Ends::RefusedOrInconclusive(vec![42]),
            Ends::Unbound(refusals()),
            Ends::AtMostOne(refusals()),
        ] {
            assert_eq!(compare("s", &ends, &STANDS), Ok(Next::Serve), "{ends:?}");
            assert_eq!(
                compare("s", &ends, &alert(42)),
                Ok(Next::Done(None)),
                "{ends:?}"
            );
            let noted = compare("s", &ends, &alert(48));
            assert!(matches!(noted, Ok(Next::Done(Some(_)))), "{ends:?}");
        }
    }

    #[test]
    fn warning_is_no_refusal() {
        let warning = AssociationEnd::Alert {
            level: 1,
            description: 51,
        };
        let compared = compare("s", &Ends::Refused(vec![51]), &warning);
        assert!(matches!(compared, Err(Stop::Judged(_))));
    }

    #[test]
    fn other_suite_than_that_which_is_due_fails() {
        assert_eq!(
            compare("s", &Ends::EstablishedWith(0x00AE), &STANDS),
            Ok(Next::Serve)
        );
        assert!(compare("s", &Ends::EstablishedWith(0xC0A8), &STANDS).is_err());
    }
}
