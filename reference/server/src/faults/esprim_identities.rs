//! The From of an inner request, and whom it is carried out for (TS-0003 V3.18.0, 7.1.2 and 7.2.2).

use onem2m_envelope::esprim::{Received, raw_member};
use onem2m_identity::{Entity, Home};
use onem2m_primitive::Request;
use onem2m_primitive::json::parse;
use serde_json::Value;

use super::Fault;
use crate::authorize;
use crate::clauses::Clauses;
use crate::end_to_end::object::{self, Opened, Unopened};
use crate::receive::Desk;

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "InnerFromUnchecked",
        requirement: "TS-0003/7.2.2/e1",
        summary: "the inner From is not compared with the identity of the key, and gives the rights",
        apply: |clauses| trusting(clauses, |_, _| true),
    },
    Fault {
        name: "InnerFromByPrefix",
        requirement: "TS-0003/7.2.2/e1",
        summary: "an inner From that the identity of the key begins with, or that begins with it, is it",
        apply: |clauses| {
            clauses.end_to_end.esprim.from = |entity, from| {
                from.is_some_and(|from| entity.starts_with(from) || from.starts_with(entity))
            };
        },
    },
    Fault {
        name: "InnerStemIsOfThisCse",
        requirement: "TS-0003/7.2.2/e1",
        summary: "an inner From that is the stem of the entity of the key is taken, and stands for the AE of this CSE with that stem",
        apply: |clauses| {
            clauses.end_to_end.esprim.from = |entity, from| {
                let stem = |text: &str| text.rsplit('/').next().map(str::to_owned);
                from.is_some_and(|from| entity == from || stem(entity) == stem(from))
            };
            clauses.end_to_end.acting = |home, received, from, outer| match from {
                Some(from) if !from.contains('/') => Entity::parse(from, home).ok(),
                _ => object::acting(home, received, from, outer),
            };
        },
    },
    Fault {
        name: "InnerFromCaseFolded",
        requirement: "TS-0003/7.2.2/e1",
        summary: "the inner From is compared without regard to case",
        apply: |clauses| {
            clauses.end_to_end.esprim.from = |entity, from| {
                // A stem that begins with a small letter is none, and so is left as it is.
                let stem = entity.rsplit('/').next().unwrap_or(entity);
                let same = |from: &str| {
                    [entity, stem]
                        .iter()
                        .any(|id| id.eq_ignore_ascii_case(from))
                };
                from.is_some_and(same)
            };
        },
    },
    Fault {
        name: "InnerFromOptional",
        requirement: "TS-0003/7.2.2/e1",
        summary: "an inner request without From comes from the entity of the key",
        apply: |clauses| {
            clauses.end_to_end.esprim.from =
                |entity, from| from.is_none_or(|from| from.is_empty() || from == entity);
        },
    },
    Fault {
        name: "InnerFromOfCseTrusted",
        requirement: "TS-0003/7.2.2/e1",
        summary: "the From of an inner request may be any CSE",
        apply: |clauses| {
            // An absolute CSE-ID has one slash less than an absolute AE-ID.
            trusting(clauses, |entity, from| {
                from.is_some_and(|from| from == entity || from.matches('/').count() == 3)
            });
        },
    },
    Fault {
        name: "InnerFromOfAnyRegistrar",
        requirement: "TS-0003/7.2.2/e1",
        summary: "of the inner From the stem is compared alone",
        apply: |clauses| {
            trusting(clauses, |entity, from| {
                let stem = |id: &str| id.rsplit('/').next().map(str::to_owned);
                from.is_some_and(|from| stem(from) == stem(entity))
            });
        },
    },
    Fault {
        name: "InnerFromTwice",
        requirement: "TS-0004/8.4.2/e1",
        summary: "of two inner From parameters the first is compared and the last gives the rights",
        apply: |clauses| clauses.end_to_end.inner = first_of_two,
    },
    Fault {
        name: "InnerFromComparedWithOuter",
        requirement: "TS-0003/7.2.2/e2",
        summary: "the inner From is compared with the outer one",
        apply: |clauses| {
            clauses.end_to_end.inner = |desk, originator, outer, received| {
                let received = Received {
                    entity: originator.absolute(),
                    ..received.clone()
                };
                object::inner(desk, originator, outer, &received)
            };
        },
    },
    Fault {
        name: "OuterFromActs",
        requirement: "TS-0003/7.2.2/e3",
        summary: "an inner request is carried out for the originator of the outer one",
        apply: |clauses| {
            clauses.end_to_end.acting = |_, _, _, originator| Some(originator.clone());
        },
    },
    Fault {
        name: "InnerRequestNotAuthenticated",
        requirement: "TS-0003/7.1.2/e1",
        summary: "a request that came under ESPrim does not count as authenticated",
        apply: |clauses| {
            clauses.authenticated = |scene, attempt| {
                scene.arrival.protected.is_none() && authorize::authenticated(scene, attempt)
            };
        },
    },
];

/// An inner From that passes gives the rights.
fn trusting(clauses: &mut Clauses, is_trusted: fn(&str, Option<&str>) -> bool) {
    clauses.end_to_end.esprim.from = is_trusted;
    clauses.end_to_end.acting = by_from;
}

fn by_from(home: &Home, received: &Received, from: Option<&str>, outer: &Entity) -> Option<Entity> {
    from.and_then(|from| Entity::parse(from, home).ok())
        .or_else(|| object::acting(home, received, from, outer))
}

fn first_of_two(
    desk: &Desk<'_>,
    originator: &Entity,
    outer: &Request,
    received: &Received,
) -> Result<Opened, Unopened> {
    let text = std::str::from_utf8(&received.plaintext).unwrap_or_default();
    let first = raw_member(text, "fr").and_then(|first| serde_json::from_str::<String>(first).ok());
    let last = serde_json::from_str::<Value>(text).ok();
    let is_doubled = parse(text.as_bytes()).is_err();
    let (Some(first), Some(last), true) = (first, last, is_doubled) else {
        return object::inner(desk, originator, outer, received);
    };
    let mut clauses = *desk.clauses;
    clauses.end_to_end.plaintext = |octets| serde_json::from_slice(octets).ok();
    clauses.end_to_end.acting = by_from;
    if object::identity(desk.home, &first) == received.entity {
        clauses.end_to_end.esprim.from = |_, _| true;
    }
    let desk = Desk {
        clauses: &clauses,
        ..*desk
    };
    let received = Received {
        plaintext: last.to_string().into_bytes().into(),
        ..received.clone()
    };
    object::inner(&desk, originator, outer, &received)
}
