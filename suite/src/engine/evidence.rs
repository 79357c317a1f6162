//! What a transcript has to hold before a pass may be said.

use crate::catalogue::Kind;
use crate::catalogue::behaviour::Role;
use crate::tester::link::Received;
use crate::tester::playback::attempts;
use crate::tester::transcript::{Entry, Exchange};

/// What the last attempt of a transcript lacks for a pass; nothing if it may pass.
///
/// Every pass needs an answered stimulus. The pass of an invalid stimulus needs a twin that
/// succeeded before it and a read-back after it.
pub fn lacking(kind: Kind, transcript: &[Entry]) -> Option<&'static str> {
    let entries = attempts(transcript).pop().unwrap_or_default();
    let last_stimulus = entries
        .iter()
        .rposition(|entry| role(entry) == Some(Role::Stimulus));
    let Some(last_stimulus) = last_stimulus else {
        return Some("a stimulus");
    };
    if kind != Kind::Invalid {
        return None;
    }
    let twin_succeeded = entries.iter().take(last_stimulus).any(succeeded_twin);
    let read_back = entries
        .iter()
        .skip(last_stimulus)
        .any(|entry| role(entry) == Some(Role::ReadBack));
    match (twin_succeeded, read_back) {
        (false, _) => Some("a twin that succeeded"),
        (true, false) => Some("a read-back after the stimulus"),
        (true, true) => None,
    }
}

fn role(entry: &Entry) -> Option<Role> {
    match entry {
        Entry::Exchange(exchange) => Some(exchange.role),
        Entry::Connection(happened) => Some(happened.role),
        Entry::Inbound { role, .. } => Some(*role),
        _ => None,
    }
}

/// A request of the tester that was carried out, or one of the IUT that came.
fn succeeded_twin(entry: &Entry) -> bool {
    match entry {
        Entry::Exchange(exchange) => exchange.role == Role::Twin && succeeded(exchange),
        Entry::Inbound { role, request, .. } => *role == Role::Twin && request.is_some(),
        _ => false,
    }
}

/// A primitive says so by its status code. What is no primitive, such as a certificate signing request, has the status of HTTP.
fn succeeded(exchange: &Exchange) -> bool {
    let is_primitive = |(name, _): &(String, String)| name.eq_ignore_ascii_case("X-M2M-RI");
    match (exchange.answer.status_code(), &exchange.answer) {
        (Some(code), _) => code.starts_with(['1', '2']),
        (None, Received::Http { status, .. }) => {
            !exchange.request.headers.iter().any(is_primitive) && (200..300).contains(status)
        }
        (None, _) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tester::link::{Call, Inbound, Octets, OutgoingRequest, Way};

    fn exchange(role: Role, code: &str) -> Entry {
        let request = OutgoingRequest {
            method: "GET".into(),
            target: "/cse-in".into(),
            headers: Vec::new(),
            body: Octets::default(),
        };
        let answer = Received::Http {
            status: 200,
            headers: vec![("X-M2M-RSC".into(), code.into())],
            body: Octets::default(),
        };
        let call = Call {
            actor: "AE2".into(),
            step: "step".into(),
            role,
            way: Way::default(),
            patience: None,
            request,
        };
        Entry::Exchange(Box::new(Exchange::new(&call, answer)))
    }

    fn transcript(exchanges: &[(Role, &str)]) -> Vec<Entry> {
        let attempt = Entry::Attempt {
            purpose: "P".into(),
            number: 1,
            seed: 0,
            others: Vec::new(),
            source: String::new(),
        };
        let exchanges = exchanges.iter().map(|(role, code)| exchange(*role, code));
        [attempt].into_iter().chain(exchanges).collect()
    }

    #[test]
    fn a_denial_passes_with_twin_and_read_back() {
        let complete = transcript(&[
            (Role::Twin, "2000"),
            (Role::Stimulus, "4103"),
            (Role::ReadBack, "2000"),
        ]);
        assert_eq!(lacking(Kind::Invalid, &complete), None);
    }

    #[test]
    fn request_of_the_iut_is_a_twin_that_succeeded() {
        let inbound = |request| Entry::Inbound {
            entity: "association".into(),
            step: "twin".into(),
            role: Role::Twin,
            request,
        };
        let came = Inbound {
            method: "POST".into(),
            target: "/cse-in".into(),
            headers: Vec::new(),
            body: Octets::default(),
        };
        let rest = transcript(&[(Role::Stimulus, "4103"), (Role::ReadBack, "2000")]);
        let behind = |twin| {
            let mut entries = rest.clone();
            entries.insert(1, twin);
            entries
        };
        assert_eq!(lacking(Kind::Invalid, &behind(inbound(Some(came)))), None);
        let lacks = Some("a twin that succeeded");
        assert_eq!(lacking(Kind::Invalid, &behind(inbound(None))), lacks);
    }

    #[test]
    fn a_denial_without_twin_is_refused() {
        let without = transcript(&[(Role::Stimulus, "4103"), (Role::ReadBack, "2000")]);
        assert_eq!(
            lacking(Kind::Invalid, &without),
            Some("a twin that succeeded")
        );
        let failed = transcript(&[
            (Role::Twin, "4103"),
            (Role::Stimulus, "4103"),
            (Role::ReadBack, "2000"),
        ]);
        assert_eq!(
            lacking(Kind::Invalid, &failed),
            Some("a twin that succeeded")
        );
    }

    #[test]
    fn a_denial_without_read_back_is_refused() {
        let without = transcript(&[
            (Role::Twin, "2000"),
            (Role::ReadBack, "2000"),
            (Role::Stimulus, "4103"),
        ]);
        let lacks = Some("a read-back after the stimulus");
        assert_eq!(lacking(Kind::Invalid, &without), lacks);
    }

    #[test]
    fn nothing_passes_without_a_stimulus() {
        for kind in [Kind::Valid, Kind::Invalid, Kind::Robustness] {
            assert_eq!(lacking(kind, &transcript(&[])), Some("a stimulus"));
        }
    }

    #[test]
    fn only_the_last_attempt_counts() {
        let mut two = transcript(&[(Role::Twin, "2000"), (Role::ReadBack, "2000")]);
        two.extend(transcript(&[(Role::Stimulus, "4103")]));
        assert_eq!(lacking(Kind::Invalid, &two), Some("a twin that succeeded"));
    }
}
