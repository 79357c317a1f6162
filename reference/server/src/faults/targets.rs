//! The decision is about the resource that the request applies to, however To is spelled
//! (TS-0004 V3.32.0, 7.3.2.8; TS-0009 V3.9.1, 6.2.2.1).

use onem2m_access::Decision;
use onem2m_primitive::Request;

use super::Fault;
use crate::address;
use crate::authorize::{self, Attempt};
use crate::receive::{self, Target, Way};
use crate::refusal::Refusal;
use crate::resource::Resource;
use crate::scene::Scene;

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "TargetsOfLongFormsUnchecked",
        requirement: "TS-0001/9.6.1.3.2/8",
        summary: "a request whose To names the CSE goes through without a decision",
        apply: |clauses| {
            clauses.decide = |scene, attempt| match attempt.request.to.starts_with('/') {
                true => Decision::Permit,
                false => authorize::decide(scene, attempt),
            };
        },
    },
    Fault {
        name: "UnstructuredTargetsUnchecked",
        requirement: "TS-0001/9.6.1.3.2/8",
        summary: "a request whose To is a resourceID goes through without a decision",
        apply: |clauses| {
            clauses.decide = |scene, attempt| match attempt.request.to.contains('/') {
                false if attempt.request.to != scene.configuration.cse_name => Decision::Permit,
                _ => authorize::decide(scene, attempt),
            };
        },
    },
    Fault {
        name: "DotSegmentsBehindDecision",
        requirement: "TS-0001/9.6.1.3.2/8",
        summary: "dot segments of To are resolved behind the decision, which is about what stands before them",
        apply: |clauses| {
            clauses.target = resolved;
            clauses.decide = before_dots;
        },
    },
    Fault {
        name: "NamesCaseIgnoredBehindDecision",
        requirement: "TS-0001/9.6.1.3.2/8",
        summary: "a name in other case finds the resource, and no policy",
        apply: |clauses| {
            clauses.target = in_any_case;
            clauses.decide = as_spelled;
        },
    },
];

const UP: &str = "/../";

fn at<'a>(scene: &Scene<'a>, to: &str) -> Option<&'a Resource> {
    address::resource(scene.tree, scene.home, to)
}

fn resolved(scene: &Scene<'_>, request: &Request) -> Result<Target, Refusal> {
    let mut names: Vec<&str> = Vec::new();
    for name in request.to.split('/') {
        match name {
            ".." => drop(names.pop()),
            name => names.push(name),
        }
    }
    let direct = Request {
        to: names.join("/"),
        ..request.clone()
    };
    receive::target(scene, &direct)
}

fn before_dots(scene: &Scene<'_>, attempt: &Attempt<'_>) -> Decision {
    let before = attempt.request.to.split_once(UP);
    let target = before.and_then(|(before, _)| at(scene, before));
    let attempt = Attempt {
        target: target.unwrap_or(attempt.target),
        ..*attempt
    };
    authorize::decide(scene, &attempt)
}

fn in_any_case(scene: &Scene<'_>, request: &Request) -> Result<Target, Refusal> {
    let found = receive::target(scene, request);
    let Some((parent, name)) = request.to.rsplit_once('/').filter(|_| found.is_err()) else {
        return found;
    };
    let sibling = at(scene, parent).and_then(|parent| {
        let mut children = scene.tree.children(parent);
        children.find(|child| child.name.eq_ignore_ascii_case(name))
    });
    sibling.map_or(found, |sibling| {
        Ok(Target {
            id: sibling.id.clone(),
            way: Way::Itself,
        })
    })
}

fn as_spelled(scene: &Scene<'_>, attempt: &Attempt<'_>) -> Decision {
    let is_other_case = address::locate(scene.tree, scene.home, &attempt.request.to).is_none();
    match is_other_case {
        true => Decision::Permit,
        false => authorize::decide(scene, attempt),
    }
}
