//! What governs a resource without accessControlPolicyIDs, and who its creator is (TS-0001 V3.36.0, 9.6.1.3.2).

use onem2m_identity::Entity;
use serde_json::{Map, Value};

use super::Fault;
use crate::authorize::{self, Attempt, Governance};
use crate::receive;
use crate::refusal::Refusal;
use crate::resource::{Kind, Write};
use crate::scene::Scene;

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "DefaultOpensToAll",
        requirement: "TS-0001/9.6.1.3.2/6",
        summary: "a resource without policies is open to everybody",
        apply: |clauses| clauses.default_policy = |_, _| true,
    },
    Fault {
        name: "DefaultClosesToAll",
        requirement: "TS-0001/9.6.1.3.2/6",
        summary: "a resource without policies is closed to its creator too",
        apply: |clauses| clauses.default_policy = application_only,
    },
    Fault {
        name: "DefaultIsPolicyOfParent",
        requirement: "TS-0001/9.6.1.3.2/6",
        summary: "a resource without policies is governed by those of its parent",
        apply: |clauses| clauses.governance = inherited,
    },
    Fault {
        name: "DefaultForOwnerOfParent",
        requirement: "TS-0001/9.6.1.3.2/6",
        summary: "the AE below which a resource without policies lies counts as its creator",
        apply: |clauses| clauses.default_policy = owner_of_parent,
    },
    Fault {
        name: "DefaultByCreatorAttribute",
        requirement: "TS-0001/9.6.1.3.2/6",
        summary: "only the attribute creator tells who created a resource",
        apply: |clauses| clauses.default_policy = creator_attribute,
    },
    Fault {
        name: "CreatorSupplied",
        requirement: "TS-0001/10.1.2/2",
        summary: "the attribute creator is taken from the content of a Create",
        apply: |clauses| {
            clauses.creator = |value, originator, home| match value.is_null() {
                true => receive::creator(value, originator, home),
                false => Ok(value.clone()),
            }
        },
    },
    Fault {
        name: "CreatorOmitted",
        requirement: "TS-0001/9.6.1.3.2/9",
        summary: "a creator attribute that is asked for stays empty",
        apply: |clauses| clauses.attributes = without_creator,
    },
];

/// An AE keeps its own resource, so that it can do anything at all.
fn application_only(_scene: &Scene<'_>, attempt: &Attempt<'_>) -> bool {
    attempt.target.kind == Kind::ApplicationEntity && attempt.target.creator == *attempt.originator
}

fn inherited<'a>(scene: &Scene<'a>, attempt: &Attempt<'a>) -> Governance<'a> {
    let mut current = attempt.target;
    loop {
        let here = Attempt {
            target: current,
            ..*attempt
        };
        match (
            authorize::governance(scene, &here),
            scene.tree.parent(current),
        ) {
            (Governance::Default, Some(parent)) if parent.kind != Kind::CseBase => current = parent,
            (governance, _) => return governance,
        }
    }
}

fn owner_of_parent(scene: &Scene<'_>, attempt: &Attempt<'_>) -> bool {
    let mut current = Some(attempt.target);
    while let Some(resource) = current {
        if resource.kind == Kind::ApplicationEntity {
            return resource.creator == *attempt.originator;
        }
        current = scene.tree.parent(resource);
    }
    authorize::default_policy(scene, attempt)
}

fn creator_attribute(scene: &Scene<'_>, attempt: &Attempt<'_>) -> bool {
    let governor = (scene.clauses.governor)(scene, attempt.target);
    match governor.kind {
        Kind::Container | Kind::TimeSeries => {
            governor.text("cr") == attempt.request.from.as_deref()
        }
        _ => authorize::default_policy(scene, attempt),
    }
}

fn without_creator(
    kind: Kind,
    write: Write,
    content: &mut Map<String, Value>,
    originator: &Entity,
) -> Result<(), Refusal> {
    receive::attributes(kind, write, content, originator)?;
    content.shift_remove("cr");
    Ok(())
}
