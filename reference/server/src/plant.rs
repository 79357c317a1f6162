use onem2m_identity::{Entity, Home};
use serde_json::{Map, Value, json};
use time::OffsetDateTime;

use crate::clauses::Clauses;
use crate::configuration::{Configuration, Registrar};
use crate::resource::{Kind, Policies, Resource, Timestamp};
use crate::tree::Tree;

// Operations of privileges (TS-0003 V3.18.0, 7.1.3).
const RETRIEVE: u32 = 2;
const NOTIFY: u32 = 16;

/// The resources that are there from the start.
pub(crate) fn planted(
    configuration: &Configuration,
    home: &Home,
    clauses: &Clauses,
    now: OffsetDateTime,
) -> Tree {
    let admin = configuration.admin.as_str();
    let mut tree = Tree::new(cse_base(configuration, home, now));
    let root = tree.root().to_owned();

    // Whoever sends an ESPrim Object to the CSE needs NOTIFY on its <CSEBase>; who that may be, the object shows.
    let open = match configuration.end_to_end {
        Some(_) => RETRIEVE | NOTIFY,
        None => RETRIEVE,
    };
    let privileges =
        json!({ "acr": [{ "acor": [admin], "acop": 63 }, { "acor": ["all"], "acop": open }] });
    let self_privileges = json!({ "acr": [{ "acor": [admin], "acop": 63 }] });
    let read = |value: &Value| (clauses.policy)(value).unwrap_or_default();
    let mut policy = Resource {
        policies: Some(Policies {
            privileges: read(&privileges),
            self_privileges: read(&self_privileges),
        }),
        ..blank(
            Kind::AccessControlPolicy,
            "acpCSEBase",
            Some(&root),
            Entity::hosting(home),
            now,
        )
    };
    policy.set("pv", privileges);
    policy.set("pvs", self_privileges);
    let link = format!("{}/{}", configuration.cse_name, policy.name);
    tree.insert(policy);
    if let Some(base) = tree.get_mut(&root) {
        base.set("acpi", json!([link]));
    }

    let creator = Entity::registered(configuration.admin.clone(), home);
    tree.enrol(configuration.admin.clone(), creator.clone());
    let mut application = blank(Kind::ApplicationEntity, admin, Some(&root), creator, now);
    for (name, value) in [
        ("api", json!("Nadmin")),
        ("aei", json!(admin)),
        ("rr", json!(false)),
        ("srv", json!(configuration.releases)),
    ] {
        application.set(name, value);
    }
    tree.insert(application);
    if let Some(registrar) = &configuration.registrar {
        tree.insert(registrar_cse(configuration, registrar, &root, home, now));
    }
    tree
}

/// The `<remoteCSE>` that stands for the registrar (TS-0001 V3.36.0, 9.6.4).
fn registrar_cse(
    configuration: &Configuration,
    registrar: &Registrar,
    root: &str,
    home: &Home,
    now: OffsetDateTime,
) -> Resource {
    let owner = Entity::hosting(home);
    let mut resource = blank(Kind::RemoteCse, "registrar", Some(root), owner, now);
    for (name, value) in [
        ("csi", json!(registrar.cse_id.to_string())),
        ("cb", json!(registrar.base)),
        ("poa", json!(registrar.points_of_access)),
        ("rr", json!(true)),
        ("srv", json!(configuration.releases)),
    ] {
        resource.set(name, value);
    }
    resource
}

fn cse_base(configuration: &Configuration, home: &Home, now: OffsetDateTime) -> Resource {
    let mut base = blank(
        Kind::CseBase,
        &configuration.cse_name,
        None,
        Entity::hosting(home),
        now,
    );
    base.id = "cb0000001".to_owned();
    // m2m:cseTypeID: IN-CSE or MN-CSE (TS-0004 V3.32.0, Table 6.3.4.2.2-1).
    let cse_type = if configuration.registrar.is_some() {
        2
    } else {
        1
    };
    let supported: Vec<u32> = Kind::ALL
        .into_iter()
        .filter(|kind| configuration.registrar.is_none() || !kind.is_for_infrastructure())
        .map(Kind::number)
        .collect();
    for (name, value) in [
        ("ri", json!(base.id)),
        ("cst", json!(cse_type)),
        ("csi", json!(home.cse.to_string())),
        ("srt", json!(supported)),
        ("csz", json!(["application/json"])),
        ("srv", json!(configuration.releases)),
    ] {
        base.set(name, value);
    }
    base
}

/// A resource without an expiry whose identifier is its name.
fn blank(
    kind: Kind,
    name: &str,
    parent: Option<&str>,
    creator: Entity,
    now: OffsetDateTime,
) -> Resource {
    let now = Timestamp::of(now).into_text();
    let mut resource = Resource {
        kind,
        id: name.to_owned(),
        name: name.to_owned(),
        parent: parent.map(str::to_owned),
        creator,
        attributes: Map::new(),
        children: Vec::new(),
        expires: None,
        policies: None,
    };
    for (attribute, value) in [
        ("rn", json!(name)),
        ("ty", json!(kind.number())),
        ("ri", json!(name)),
        ("pi", json!(parent.unwrap_or_default())),
        ("ct", json!(now)),
        ("lt", json!(now)),
    ] {
        resource.set(attribute, value);
    }
    resource
}
