//! What the representation of an `<accessControlPolicy>` may hold (TS-0004 V3.32.0, 7.3.3.3, 7.3.3.7 and 7.4.2).

use onem2m_identity::Entity;
use serde_json::{Map, Value, json};

use super::Fault;
use crate::receive;
use crate::refusal::Refusal;
use crate::resource::{Kind, Presence, Write};

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "PrivilegesOptional",
        requirement: "TS-0004/7.4.2.1/1",
        summary: "a policy is created without privileges, with the meaning of everything",
        apply: |clauses| clauses.attributes = privileges_optional,
    },
    Fault {
        name: "SelfPrivilegesDefaulted",
        requirement: "TS-0004/7.4.2.2.1/1",
        summary: "missing selfPrivileges are filled in with all rights for the creator",
        apply: |clauses| {
            clauses.self_privileges =
                |value, write| value.is_none() || receive::self_privileges(value, write);
            clauses.attributes = self_privileges_defaulted;
        },
    },
    Fault {
        name: "SelfPrivilegesWithoutRules",
        requirement: "TS-0001/9.6.2.0/3",
        summary: "selfPrivileges need to be there and may be empty",
        apply: |clauses| {
            clauses.self_privileges = |value, write| {
                value.is_some_and(|value| !value.is_null())
                    || receive::self_privileges(value, write)
            };
        },
    },
    Fault {
        name: "SelfPrivilegesDeletable",
        requirement: "TS-0004/7.4.2.2.3/1",
        summary: "null takes selfPrivileges away",
        apply: |clauses| {
            clauses.self_privileges =
                |value, write| is_null(value, write) || receive::self_privileges(value, write);
            clauses.attributes = self_privileges_deletable;
        },
    },
    Fault {
        name: "SelfPrivilegesNullIsDefault",
        requirement: "TS-0004/7.4.2.2.1/1",
        summary: "null for selfPrivileges in a Create stands for all rights of the creator",
        apply: |clauses| {
            clauses.self_privileges = |value, write| {
                value.is_some_and(Value::is_null) || receive::self_privileges(value, write)
            };
            clauses.attributes = self_privileges_null;
        },
    },
    Fault {
        name: "PrivilegesDeletable",
        requirement: "TS-0004/7.3.3.7/1",
        summary: "null takes privileges away, which leaves no restriction",
        apply: |clauses| clauses.attributes = privileges_deletable,
    },
    Fault {
        name: "PrivilegesEmptyRefused",
        requirement: "TS-0001/9.6.2.0/4",
        summary: "privileges without rules are refused",
        apply: |clauses| {
            clauses.policy = |value| match receive::policy(value) {
                Ok(policy) if policy.rules.is_empty() => {
                    Err(Refusal::bad_request("expected at least one rule, got none"))
                }
                read => read,
            }
        },
    },
    Fault {
        name: "PrivilegesFirstRuleStored",
        requirement: "TS-0004/6.3.5.27/1",
        summary: "only the first rule of privileges is stored",
        apply: |clauses| clauses.attributes = first_rule_stored,
    },
    Fault {
        name: "PolicyUpdateNotInForce",
        requirement: "TS-0003/7.1.4/1",
        summary: "decisions go on with the privileges from before an update",
        apply: |clauses| clauses.policies_in_force = |before, _| before.clone(),
    },
    Fault {
        name: "PolicyTakesPolicyLinks",
        requirement: "TS-0004/7.4.2.1/1",
        summary: "accessControlPolicyIDs is stored in a policy",
        apply: |clauses| {
            clauses.attributes = |kind, write, content, originator| {
                tolerating(kind, write, content, originator, &["acpi"])
            }
        },
    },
    Fault {
        name: "UnknownAttributesIgnored",
        requirement: "TS-0004/7.3.3.3/1",
        summary: "attributes that the type does not have are dropped",
        apply: |clauses| clauses.attributes = unknown_ignored,
    },
    Fault {
        name: "ReadOnlyAttributesIgnored",
        requirement: "TS-0004/7.3.3.3/1",
        summary: "attributes that a Create may not hold are dropped",
        apply: |clauses| clauses.attributes = read_only_ignored,
    },
    Fault {
        name: "ShortNamesCaseIgnored",
        requirement: "TS-0004/8.2.1/1",
        summary: "short names are read without regard to case",
        apply: |clauses| {
            clauses.attributes = |kind, write, content, originator| {
                renamed(kind, write, content, originator, str::to_lowercase)
            };
        },
    },
    Fault {
        name: "LongNamesAccepted",
        requirement: "TS-0004/8.2.1/1",
        summary: "long names are read like their short ones",
        apply: |clauses| {
            clauses.self_privileges =
                |value, write| value.is_none() || receive::self_privileges(value, write);
            clauses.attributes =
                |kind, write, content, originator| renamed(kind, write, content, originator, short);
        },
    },
    Fault {
        name: "ChildTypesUnchecked",
        requirement: "TS-0001/9.6.2.0/6",
        summary: "every resource type is created below every other",
        apply: |clauses| clauses.child_type = |_, _| true,
    },
    Fault {
        name: "PolicyBelowBaseOnly",
        requirement: "TS-0004/7.3.3.3/1",
        summary: "a policy cannot be created below an AE",
        apply: |clauses| {
            clauses.child_type = |parent, child| {
                (parent, child) != (Kind::ApplicationEntity, Kind::AccessControlPolicy)
                    && receive::child_type(parent, child)
            };
        },
    },
];

type Content = Map<String, Value>;

fn everything(originator: &str) -> Value {
    json!({ "acr": [{ "acor": [originator], "acop": 63 }] })
}

fn is_policy(kind: Kind, write: Write, expected: Write) -> bool {
    kind == Kind::AccessControlPolicy && write == expected
}

fn is_null(value: Option<&Value>, write: Write) -> bool {
    write == Write::Update && value.is_some_and(Value::is_null)
}

fn privileges_optional(
    kind: Kind,
    write: Write,
    content: &mut Content,
    originator: &Entity,
) -> Result<(), Refusal> {
    if is_policy(kind, write, Write::Create) {
        content.entry("pv").or_insert_with(|| everything("all"));
    }
    receive::attributes(kind, write, content, originator)
}

fn self_privileges_defaulted(
    kind: Kind,
    write: Write,
    content: &mut Content,
    originator: &Entity,
) -> Result<(), Refusal> {
    if is_policy(kind, write, Write::Create) {
        content
            .entry("pvs")
            .or_insert_with(|| everything(&originator.absolute()));
    }
    receive::attributes(kind, write, content, originator)
}

fn self_privileges_null(
    kind: Kind,
    write: Write,
    content: &mut Content,
    originator: &Entity,
) -> Result<(), Refusal> {
    if is_policy(kind, write, Write::Create) && content.get("pvs").is_some_and(Value::is_null) {
        content.insert("pvs".to_owned(), everything(&originator.absolute()));
    }
    receive::attributes(kind, write, content, originator)
}

fn self_privileges_deletable(
    kind: Kind,
    write: Write,
    content: &mut Content,
    originator: &Entity,
) -> Result<(), Refusal> {
    replacing_null(
        kind,
        write,
        content,
        originator,
        "pvs",
        json!({ "acr": [] }),
    )
}

fn privileges_deletable(
    kind: Kind,
    write: Write,
    content: &mut Content,
    originator: &Entity,
) -> Result<(), Refusal> {
    replacing_null(kind, write, content, originator, "pv", everything("all"))
}

fn replacing_null(
    kind: Kind,
    write: Write,
    content: &mut Content,
    originator: &Entity,
    name: &str,
    value: Value,
) -> Result<(), Refusal> {
    let is_null = content.get(name).is_some_and(Value::is_null);
    if is_policy(kind, write, Write::Update) && is_null {
        content.insert(name.to_owned(), value);
    }
    receive::attributes(kind, write, content, originator)
}

fn first_rule_stored(
    kind: Kind,
    write: Write,
    content: &mut Content,
    originator: &Entity,
) -> Result<(), Refusal> {
    let rules = content
        .get_mut("pv")
        .and_then(|privileges| privileges.get_mut("acr"));
    if let Some(rules) = rules.and_then(Value::as_array_mut) {
        rules.truncate(1);
    }
    receive::attributes(kind, write, content, originator)
}

/// Stores attributes that the type does not have.
fn tolerating(
    kind: Kind,
    write: Write,
    content: &mut Content,
    originator: &Entity,
    names: &[&str],
) -> Result<(), Refusal> {
    let foreign: Vec<(String, Value)> = names
        .iter()
        .filter(|name| kind.attribute(name).is_none())
        .filter_map(|name| Some(((*name).to_owned(), content.shift_remove(*name)?)))
        .collect();
    receive::attributes(kind, write, content, originator)?;
    content.extend(foreign);
    Ok(())
}

fn unknown_ignored(
    kind: Kind,
    write: Write,
    content: &mut Content,
    originator: &Entity,
) -> Result<(), Refusal> {
    content.retain(|name, _| kind.attribute(name).is_some());
    receive::attributes(kind, write, content, originator)
}

fn read_only_ignored(
    kind: Kind,
    write: Write,
    content: &mut Content,
    originator: &Entity,
) -> Result<(), Refusal> {
    content.retain(|name, _| {
        let attribute = kind.attribute(name);
        attribute.is_none_or(|attribute| attribute.presence(write) != Presence::NotPresent)
    });
    receive::attributes(kind, write, content, originator)
}

/// Renames the members of the representation and of what is in it.
fn renamed(
    kind: Kind,
    write: Write,
    content: &mut Content,
    originator: &Entity,
    rename: fn(&str) -> String,
) -> Result<(), Refusal> {
    *content = rename_members(content, rename);
    receive::attributes(kind, write, content, originator)
}

fn rename_members(members: &Content, rename: fn(&str) -> String) -> Content {
    let rename_all = |value: &Value| match value {
        Value::Object(inner) => Value::Object(rename_members(inner, rename)),
        other => other.clone(),
    };
    members
        .iter()
        .map(|(name, value)| (rename(name), rename_all(value)))
        .collect()
}

fn short(name: &str) -> String {
    let short = match name {
        "privileges" => "pv",
        "selfPrivileges" => "pvs",
        "accessControlRules" => "acr",
        "labels" => "lbl",
        other => other,
    };
    short.to_owned()
}
