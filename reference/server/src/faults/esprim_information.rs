//! What e2eSecInfo says, who writes it and whether it is looked at (TS-0003 V3.18.0, 8.4.2, steps A and B.1, and 8.4.3.1.3).

use onem2m_envelope::esprim::{IssuedObject, Offered, ReceiverRand};
use onem2m_primitive::Operation;
use serde_json::{Map, Value, json};

use super::{Fault, rewrite};
use crate::authorize;
use crate::clauses::Clauses;
use crate::end_to_end::information::{self, ATTRIBUTE};
use crate::end_to_end::{EndToEnd, publication};
use crate::receive::{self, Desk};
use crate::refusal::Refusal;
use crate::resource::{Kind, Resource};
use crate::tree::Tree;

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "InformationNotValidated",
        requirement: "TS-0004/6.3.5.52/1",
        summary: "e2eSecInfo is stored as any JSON object",
        apply: |clauses| clauses.end_to_end.written = |_, _| Ok(()),
    },
    Fault {
        name: "InformationWithoutFeatures",
        requirement: "TS-0003/8.4.3.1.3/1",
        summary: "supportedE2ESecFeatures is optional in e2eSecInfo",
        apply: |clauses| clauses.end_to_end.information = without_features,
    },
    Fault {
        name: "InformationFeaturesAsText",
        requirement: "TS-0004/6.3.5.52/1",
        summary: "supportedE2ESecFeatures may be a text of numbers",
        apply: |clauses| {
            clauses.end_to_end.features = |value| value.is_string() || information::features(value);
        },
    },
    Fault {
        name: "InformationCertificatesUnread",
        requirement: "TS-0004/6.3.5.52/1",
        summary: "the certificates of e2eSecInfo are not looked at",
        apply: |clauses| clauses.end_to_end.certificates = |_| true,
    },
    Fault {
        name: "InformationSharedObjectUnread",
        requirement: "TS-0004/6.3.5.52/1",
        summary: "the shared rand object of e2eSecInfo is not looked at",
        apply: |clauses| clauses.end_to_end.shared_object = |_| true,
    },
    Fault {
        name: "InformationMerged",
        requirement: "TS-0001/9.6.4/1",
        summary: "an update of e2eSecInfo leaves the members that it does not name",
        apply: |clauses| clauses.apply = merged,
    },
    Fault {
        name: "InformationNotDeleted",
        requirement: "TS-0001/9.6.4/1",
        summary: "e2eSecInfo stays when it is updated with null",
        apply: |clauses| clauses.apply = not_deleted,
    },
    Fault {
        name: "InformationFeaturesJoined",
        requirement: "TS-0004/8.2.5/1",
        summary: "the list of features comes back as one text",
        apply: |clauses| clauses.apply = joined,
    },
    Fault {
        name: "InformationOfCseBaseWritable",
        requirement: "TS-0001/9.6.3/1",
        summary: "an originator may write e2eSecInfo of the CSEBase",
        apply: |clauses| {
            clauses.attributes = |kind, write, content, originator| {
                let mut rest = content.clone();
                if kind == Kind::CseBase {
                    rest.shift_remove(ATTRIBUTE);
                }
                receive::attributes(kind, write, &mut rest, originator)
            };
        },
    },
    Fault {
        name: "InformationAbsentIsEmpty",
        requirement: "TS-0003/8.4.2/18",
        summary: "who asks for an absent e2eSecInfo gets a success without it",
        apply: |clauses| clauses.end_to_end.absent = |_| Ok(()),
    },
    Fault {
        name: "InformationWithoutPolicy",
        requirement: "TS-0001/9.6.5/e1",
        summary: "anybody may update e2eSecInfo",
        apply: |clauses| {
            clauses.decide = |scene, attempt| {
                let root = attempt.target.kind.root();
                let content = attempt.request.content.as_ref();
                let written = content.and_then(|content| content.get(&root));
                let names_it = written.is_some_and(|written| written.get(ATTRIBUTE).is_some());
                match attempt.request.operation {
                    Operation::Update if names_it => onem2m_access::Decision::Permit,
                    _ => authorize::decide(scene, attempt),
                }
            };
        },
    },
    Fault {
        name: "SupportNotAnnounced",
        requirement: "TS-0003/8.4.2/6",
        summary: "the CSE has keys for ESPrim and says nothing of it",
        apply: |clauses| clauses.end_to_end.announced = |_, _| None,
    },
    Fault {
        name: "SupportOfOtherTable",
        requirement: "TS-0003/8.4.2/6",
        summary: "the CSE announces a type of credential in the place of a usage",
        apply: |clauses| {
            clauses.end_to_end.announced = |usages, shared| {
                let mut information = publication::announced(usages, shared)?;
                rewrite::member(&mut information, "esf", json!([51]));
                Some(information)
            };
        },
    },
    Fault {
        name: "SharedObjectProlonged",
        requirement: "TS-0003/8.4.2/9",
        summary: "the next shared rand object is the last one with a later expiry",
        apply: |clauses| clauses.end_to_end.rotate = prolonged,
    },
    Fault {
        name: "RegistrarNotTold",
        requirement: "TS-0003/8.4.2/5",
        summary: "the <remoteCSE> that the CSE makes at its registrar has no e2eSecInfo",
        apply: |clauses| clauses.end_to_end.told_to_registrar = |_| None,
    },
];

fn without_features(clauses: &Clauses, value: &Value) -> Result<(), Refusal> {
    let mut value = value.clone();
    if let Some(members) = value.as_object_mut() {
        members.entry("esf").or_insert_with(|| json!([]));
    }
    information::information(clauses, &value)
}

fn merged(resource: &mut Resource, content: &Map<String, Value>) {
    let before = resource.attribute(ATTRIBUTE).cloned();
    receive::apply(resource, content);
    let written = content.get(ATTRIBUTE).and_then(Value::as_object);
    let (Some(Value::Object(mut members)), Some(written)) = (before, written) else {
        return;
    };
    members.extend(written.clone());
    resource.set(ATTRIBUTE, members);
}

fn not_deleted(resource: &mut Resource, content: &Map<String, Value>) {
    let mut content = content.clone();
    if content.get(ATTRIBUTE).is_some_and(Value::is_null) {
        content.shift_remove(ATTRIBUTE);
    }
    receive::apply(resource, &content);
}

fn joined(resource: &mut Resource, content: &Map<String, Value>) {
    receive::apply(resource, content);
    let Some(mut information) = resource.attribute(ATTRIBUTE).cloned() else {
        return;
    };
    let features = information.get("esf").and_then(Value::as_array);
    let features: Vec<String> = features
        .into_iter()
        .flatten()
        .map(Value::to_string)
        .collect();
    if let Some(members) = information.as_object_mut() {
        members.insert("esf".to_owned(), features.join(" ").into());
    }
    resource.set(ATTRIBUTE, information);
}

fn prolonged(desk: &Desk<'_>, tree: &mut Tree, settings: &EndToEnd) {
    let before = tree.end_to_end.shared().cloned();
    publication::rotate(desk, tree, settings);
    let after = tree.end_to_end.shared().cloned();
    let (Some(before), Some(after)) = (before, after) else {
        return;
    };
    if before == after {
        return;
    }
    let Offered(algorithms) = before.object.key_algorithms().clone();
    let object = ReceiverRand::new(
        before.object.id(),
        before.object.value(),
        after.object.expiry().clone(),
        Offered(algorithms),
        before.object.protocols(),
    );
    if let Ok(object) = object {
        tree.end_to_end.withdraw(before.object.id());
        tree.end_to_end.withdraw(after.object.id());
        tree.end_to_end.issue(IssuedObject { object, ..after });
    }
}
