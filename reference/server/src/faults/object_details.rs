//! How accessControlObjectDetails restricts what is created (TS-0003 V3.18.0, 7.1.3 and 7.1.5; TS-0001 V3.36.0, 9.6.2.4).

use onem2m_access::{Clauses as Access, ObjectDetail, Operation, Policy, Rule, Situation};
use serde_json::{Map, Value, json};

use super::{Fault, rewrite};
use crate::receive;
use crate::refusal::Refusal;
use crate::resource::TypeNumber;

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "AcpIgnoresObjectDetails",
        requirement: "TS-0003/7.1.3/12",
        summary: "accessControlObjectDetails is stored and never evaluated",
        apply: |clauses| clauses.access.object_details = |_, _, _| true,
    },
    Fault {
        name: "ObjectDetailsForEveryOperation",
        requirement: "TS-0003/7.1.3/12",
        summary: "object details restrict every operation, and what creates nothing fits none of them",
        apply: |clauses| clauses.access.object_details = every_operation,
    },
    Fault {
        name: "ObjectDetailsTargetForEveryOperation",
        requirement: "TS-0003/7.1.5/6",
        summary: "operations other than Create need the resourceType of an element too",
        apply: |clauses| clauses.access.object_details = target_for_every_operation,
    },
    Fault {
        name: "ObjectDetailsAbsentPermitNothing",
        requirement: "TS-0003/7.1.3/12",
        summary: "a rule for Create alone permits no child type unless its object details list it",
        apply: |clauses| clauses.access.rule = absent_permit_nothing,
    },
    Fault {
        name: "ObjectDetailsByChildOnly",
        requirement: "TS-0003/7.1.3/13",
        summary: "resourceType is ignored, and only childResourceType compared",
        apply: |clauses| clauses.access.target_type = |_, _| true,
    },
    Fault {
        name: "ObjectDetailsTypeOfChild",
        requirement: "TS-0003/7.1.5/6",
        summary: "resourceType is compared with the type that is created",
        apply: |clauses| clauses.access.target_type = type_of_child,
    },
    Fault {
        name: "ObjectDetailsTypeNeverFits",
        requirement: "TS-0001/9.6.2.4/1",
        summary: "an element with resourceType fits nothing",
        apply: |clauses| clauses.access.target_type = |_, detail| detail.resource_type.is_none(),
    },
    Fault {
        name: "ObjectDetailsCombined",
        requirement: "TS-0003/7.1.5/6",
        summary: "the resourceType of one element and the childResourceType of another hold together",
        apply: |clauses| clauses.access.object_details = combined,
    },
    Fault {
        name: "ObjectDetailsAllRequired",
        requirement: "TS-0003/7.1.5/6",
        summary: "all elements have to hold at once",
        apply: |clauses| clauses.access.object_details = all_required,
    },
    Fault {
        name: "ObjectDetailsFirstChildType",
        requirement: "TS-0003/7.1.5/9",
        summary: "only the first type of childResourceType is compared",
        apply: |clauses| clauses.access.child_type = first_child_type,
    },
    Fault {
        name: "ObjectDetailsReplaceOperations",
        requirement: "TS-0003/7.1.5/2",
        summary: "a rule with object details permits Create whatever its operations are",
        apply: |clauses| clauses.access.rule = replace_operations,
    },
    Fault {
        name: "ObjectDetailsOfOtherPolicies",
        requirement: "TS-0003/7.1.5/1",
        summary: "object details that are not fulfilled in one policy end the decision",
        apply: |clauses| clauses.access.policies = of_other_policies,
    },
    Fault {
        name: "ObjectDetailsWithoutChildTypes",
        requirement: "TS-0003/7.1.5/9",
        summary: "an element without child types is taken and stands for every type",
        apply: |clauses| clauses.policy = without_child_types,
    },
    Fault {
        name: "ObjectDetailsUnknownTypeIsAny",
        requirement: "TS-0003/7.1.5/9",
        summary: "a type in childResourceType that is not known stands for every type",
        apply: |clauses| clauses.access.child_type = unknown_is_any,
    },
    Fault {
        name: "SpecializationIgnored",
        requirement: "TS-0003/7.1.5/8",
        summary: "specializationType is stored and never compared",
        apply: |clauses| clauses.access.specialization = |_, _| true,
    },
    Fault {
        name: "SpecializationMissingDropsType",
        requirement: "TS-0003/7.1.5/7",
        summary: "a resourceType that lacks the specializationType it needs is taken and not compared",
        apply: |clauses| clauses.policy = missing_drops_type,
    },
    Fault {
        name: "SpecializationBothTaken",
        requirement: "TS-0004/6.3.5.67/1",
        summary: "a specializationType with both choices is taken for its containerDefinition",
        apply: |clauses| clauses.policy = both_taken,
    },
];

const SPECIFICATION: Access = Access::SPECIFICATION;

fn every_operation(clauses: &Access, situation: &Situation<'_>, details: &[ObjectDetail]) -> bool {
    let holds = |detail| (clauses.object_detail)(clauses, situation, detail);
    details.is_empty() || details.iter().any(holds)
}

fn target_for_every_operation(
    clauses: &Access,
    situation: &Situation<'_>,
    details: &[ObjectDetail],
) -> bool {
    if situation.request.operation == Operation::Create {
        return (SPECIFICATION.object_details)(clauses, situation, details);
    }
    let fits = |detail| (clauses.target_type)(situation, detail);
    details.is_empty() || details.iter().any(fits)
}

fn absent_permit_nothing(clauses: &Access, situation: &Situation<'_>, rule: &Rule) -> bool {
    let lists_none =
        rule.operations.bits() == Operation::Create.bit() && rule.object_details.is_empty();
    !lists_none && (SPECIFICATION.rule)(clauses, situation, rule)
}

fn type_of_child(situation: &Situation<'_>, detail: &ObjectDetail) -> bool {
    detail.resource_type.is_none() || detail.resource_type == situation.request.created_type
}

fn combined(clauses: &Access, situation: &Situation<'_>, details: &[ObjectDetail]) -> bool {
    let is_restricted = situation.request.operation == Operation::Create && !details.is_empty();
    let target = |detail: &ObjectDetail| {
        (clauses.target_type)(situation, detail) && (clauses.specialization)(situation, detail)
    };
    let child = |detail: &ObjectDetail| (clauses.child_type)(situation, detail);
    !is_restricted || (details.iter().any(target) && details.iter().any(child))
}

fn all_required(clauses: &Access, situation: &Situation<'_>, details: &[ObjectDetail]) -> bool {
    situation.request.operation != Operation::Create
        || details
            .iter()
            .all(|detail| (clauses.object_detail)(clauses, situation, detail))
}

fn first_child_type(situation: &Situation<'_>, detail: &ObjectDetail) -> bool {
    let created = situation.request.created_type;
    created.is_some() && detail.child_types.first().copied() == created
}

fn replace_operations(clauses: &Access, situation: &Situation<'_>, rule: &Rule) -> bool {
    let mut read = rule.clone();
    if situation.request.operation == Operation::Create && !rule.object_details.is_empty() {
        read.operations = onem2m_access::Operations::ALL;
    }
    (SPECIFICATION.rule)(clauses, situation, &read)
}

fn of_other_policies(
    clauses: &Access,
    situation: &Situation<'_>,
    policies: &[Option<&Policy>],
) -> Option<onem2m_access::Grant> {
    let rules = policies.iter().flatten().flat_map(|policy| &policy.rules);
    let mut named =
        rules.filter(|rule| (clauses.originators)(clauses, situation, &rule.originators));
    let is_barred =
        named.any(|rule| !(clauses.object_details)(clauses, situation, &rule.object_details));
    match is_barred {
        true => None,
        false => (SPECIFICATION.policies)(clauses, situation, policies),
    }
}

/// A policy with each of its object details edited.
fn details(policy: &Value, edit: impl Fn(&mut Map<String, Value>)) -> Value {
    rewrite::rules(policy, |rule| {
        let details = rule.get_mut("acod").and_then(Value::as_array_mut);
        for detail in details.into_iter().flatten() {
            if let Some(detail) = detail.as_object_mut() {
                edit(detail);
            }
        }
    })
}

fn without_child_types(policy: &Value) -> Result<Policy, Refusal> {
    let completed = details(policy, |detail| {
        let listed = detail.get("chty").and_then(Value::as_array);
        if listed.is_none_or(Vec::is_empty) {
            let every: Vec<u32> = (1..=65).collect();
            detail.insert("chty".to_owned(), json!(every));
        }
    });
    receive::policy(&completed)
}

fn unknown_is_any(situation: &Situation<'_>, detail: &ObjectDetail) -> bool {
    let is_unknown = |number: &u32| TypeNumber::from(*number) == TypeNumber::Unknown;
    detail.child_types.iter().any(is_unknown) || (SPECIFICATION.child_type)(situation, detail)
}

fn missing_drops_type(policy: &Value) -> Result<Policy, Refusal> {
    let relieved = details(policy, |detail| {
        let is_specialized = matches!(detail.get("ty").and_then(Value::as_u64), Some(13 | 28));
        if is_specialized && !detail.contains_key("spty") {
            detail.shift_remove("ty");
        }
    });
    receive::policy(&relieved)
}

fn both_taken(policy: &Value) -> Result<Policy, Refusal> {
    let chosen = details(policy, |detail| {
        if let Some(Value::Object(specialization)) = detail.get_mut("spty")
            && specialization.contains_key("cnd")
        {
            specialization.shift_remove("mgd");
        }
    });
    receive::policy(&chosen)
}
