//! In which order a request is checked, and what a denial gives away (TS-0004 V3.32.0, 7.2.2.2 and 7.3.3.15).

use onem2m_access::Decision;
use onem2m_primitive::{Request, ResponseStatusCode};
use serde_json::{Map, Value, json};

use super::Fault;
use crate::authorize::Attempt;
use crate::receive::{self, Requester, Target};
use crate::refusal::Refusal;
use crate::resource::{Kind, Write};
use crate::scene::Scene;

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "RightsBeforeValidity",
        requirement: "TS-0004/7.2.2.2/1",
        summary: "a request that is invalid in itself is denied if the originator has no privilege",
        apply: |clauses| clauses.validity = behind_rights,
    },
    Fault {
        name: "RepresentationBeforeRights",
        requirement: "TS-0004/7.2.2.2/1",
        summary: "who has no privilege is told what is wrong with the representation",
        apply: |clauses| clauses.denial = about_representation,
    },
    Fault {
        name: "NameBeforeRights",
        requirement: "TS-0004/7.2.2.2/1",
        summary: "who has no privilege to create is told that the name is in use",
        apply: |clauses| clauses.denial = about_name,
    },
    Fault {
        name: "MissingTargetDenied",
        requirement: "TS-0004/7.3.3.1/1",
        summary: "a request to a resource that does not exist is answered like one without privilege",
        apply: |clauses| clauses.target = missing_denied,
    },
    Fault {
        name: "MissingTargetIsParent",
        requirement: "TS-0004/7.3.3.1/1",
        summary: "an identifier that leads nowhere stands for its nearest ancestor that exists",
        apply: |clauses| clauses.target = nearest,
    },
    Fault {
        name: "DenialHidesTarget",
        requirement: "TS-0004/7.3.3.15/2",
        summary: "a denial is answered as if the target did not exist",
        apply: |clauses| {
            clauses.denial = |_, _| Refusal::not_found("there is no such resource");
        },
    },
    Fault {
        name: "DenialExplained",
        requirement: "TS-0004/7.3.3.15/2",
        summary: "a denial tells which rules were looked at",
        apply: |clauses| clauses.denial = with_rules,
    },
];

/// The decision about a request that has not been found valid, if it gets as far as one.
fn is_denied(scene: &Scene<'_>, request: &Request) -> bool {
    let Ok(Requester::Known(originator)) = (scene.clauses.requester)(scene, request) else {
        return false;
    };
    let Ok(target) = (scene.clauses.target)(scene, request) else {
        return false;
    };
    scene.tree.get(&target.id).is_some_and(|resource| {
        let attempt = Attempt {
            originator: &originator,
            operation: (scene.clauses.operation)(request),
            target: resource,
            created: None,
            request,
        };
        (scene.clauses.decide)(scene, &attempt) == Decision::Deny
    })
}

fn behind_rights(scene: &Scene<'_>, request: &Request) -> Result<(), Refusal> {
    receive::validity(scene, request).map_err(|refusal| match is_denied(scene, request) {
        true => Refusal::new(
            ResponseStatusCode::ORIGINATOR_HAS_NO_PRIVILEGE,
            "the originator has no privilege for this operation",
        ),
        false => refusal,
    })
}

fn about_representation(scene: &Scene<'_>, attempt: &Attempt<'_>) -> Refusal {
    let (kind, write) = match attempt.created {
        Some(kind) => (kind, Write::Create),
        None => (attempt.target.kind, Write::Update),
    };
    let checked = content(attempt, kind).map(|mut content| {
        (scene.clauses.attributes)(kind, write, &mut content, attempt.originator)
    });
    match checked {
        Some(Err(refusal)) => refusal,
        _ => receive::denial(scene, attempt),
    }
}

fn about_name(scene: &Scene<'_>, attempt: &Attempt<'_>) -> Refusal {
    let content = attempt.created.and_then(|kind| content(attempt, kind));
    let name = content
        .as_ref()
        .and_then(|content| content.get("rn")?.as_str());
    match name.and_then(|name| scene.tree.child(&attempt.target.id, name)) {
        Some(_) => Refusal::new(ResponseStatusCode::CONFLICT, "rn: the name is in use"),
        None => receive::denial(scene, attempt),
    }
}

fn content(attempt: &Attempt<'_>, kind: Kind) -> Option<Map<String, Value>> {
    let content = attempt.request.content.as_ref()?;
    content.get(kind.root())?.as_object().cloned()
}

fn missing_denied(scene: &Scene<'_>, request: &Request) -> Result<Target, Refusal> {
    receive::target(scene, request).map_err(|refusal| match refusal.status {
        ResponseStatusCode::NOT_FOUND => Refusal::new(
            ResponseStatusCode::ORIGINATOR_HAS_NO_PRIVILEGE,
            "the originator has no privilege for this operation",
        ),
        _ => refusal,
    })
}

fn nearest(scene: &Scene<'_>, request: &Request) -> Result<Target, Refusal> {
    let mut found = receive::target(scene, request);
    let mut rest = request.to.as_str();
    while found.is_err() {
        let Some((ancestor, _)) = rest.rsplit_once('/') else {
            break;
        };
        rest = ancestor;
        let ancestor = Request {
            to: ancestor.to_owned(),
            ..request.clone()
        };
        found = receive::target(scene, &ancestor);
    }
    found
}

fn with_rules(scene: &Scene<'_>, attempt: &Attempt<'_>) -> Refusal {
    let governor = (scene.clauses.governor)(scene, attempt.target);
    let links = governor.texts("acpi").unwrap_or_default();
    let policies = links
        .iter()
        .filter_map(|link| crate::address::policy(scene.tree, scene.home, link));
    let rules: Vec<String> = policies
        .filter_map(|policy| policy.attribute("pv"))
        .map(Value::to_string)
        .collect();
    Refusal {
        content: Some(json!({ "m2m:dbg": format!("no rule of {} permits", rules.join(", ")) })),
        ..receive::denial(scene, attempt)
    }
}
