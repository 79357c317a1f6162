//! Every vector of `vectors/authorization.json` is decided as it says.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use std::collections::BTreeMap;

use onem2m_access::{
    Clauses, CountryCode, Decision, Directory, Location, Operation, Point, Policy, PolicyError,
    Request, Specialization, Support, decide,
};
use onem2m_identity::{CseId, Entity, Home, ResourceAddress, RoleId, SpId};
use serde_json::{Map, Value};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

const VECTORS: &str = include_str!("../../../vectors/authorization.json");

#[test]
fn every_vector_is_decided_as_it_says() {
    let file: Value = serde_json::from_str(VECTORS).unwrap();
    let home = Home::new(
        SpId::parse(file["home"]["sp"].as_str().unwrap()).unwrap(),
        CseId::parse(file["home"]["cse"].as_str().unwrap()).unwrap(),
    );
    let groups = Groups::read(&file["groups"], &home);
    let vectors = file["vectors"].as_array().unwrap();
    assert!(vectors.len() > 100, "{} vectors", vectors.len());
    for vector in vectors {
        let request = read_request(&file["request"], vector.get("request"), &home);
        let got = outcome(&vector["policies"], &request, &groups, &home);
        assert_eq!(
            got, vector["expected"],
            "{}: {}",
            vector["id"], vector["reason"]
        );
    }
}

#[test]
fn identifiers_are_unique() {
    let file: Value = serde_json::from_str(VECTORS).unwrap();
    let mut identifiers: Vec<_> = file["vectors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|vector| vector["id"].as_str().unwrap())
        .collect();
    let count = identifiers.len();
    identifiers.sort_unstable();
    identifiers.dedup();
    assert_eq!(identifiers.len(), count);
}

struct Groups(BTreeMap<String, Vec<Entity>>);

impl Groups {
    fn read(groups: &Value, home: &Home) -> Self {
        let members = |value: &Value| {
            texts(value)
                .map(|text| Entity::parse(text, home).unwrap())
                .collect()
        };
        Self(
            groups
                .as_object()
                .unwrap()
                .iter()
                .map(|(name, value)| (name.clone(), members(value)))
                .collect(),
        )
    }
}

impl Directory for Groups {
    fn members(&self, group: &ResourceAddress) -> Option<Vec<Entity>> {
        self.0.get(&group.to_string()).cloned()
    }
}

fn outcome(policies: &Value, request: &Request, groups: &Groups, home: &Home) -> &'static str {
    let read = |value: &Value| {
        (!value.is_null())
            .then(|| Policy::from_json(value, &Support::ALL))
            .transpose()
    };
    let policies: Result<Vec<_>, _> = policies.as_array().unwrap().iter().map(read).collect();
    match policies {
        Err(PolicyError::Invalid { .. }) => "refused",
        Err(error @ PolicyError::NotImplemented { .. }) => panic!("{error}"),
        Ok(policies) => {
            let policies: Vec<_> = policies.iter().map(Option::as_ref).collect();
            match decide(&Clauses::SPECIFICATION, request, &policies, groups, home) {
                Decision::Permit => "permit",
                Decision::Deny => "deny",
            }
        }
    }
}

fn read_request(defaults: &Value, changes: Option<&Value>, home: &Home) -> Request {
    let mut members = defaults.as_object().unwrap().clone();
    members.extend(
        changes
            .and_then(Value::as_object)
            .cloned()
            .unwrap_or_default(),
    );
    let text = |name: &str| members[name].as_str().unwrap();
    Request {
        from: text("from").to_owned(),
        originator: Entity::parse(text("from"), home).unwrap(),
        roles: members
            .get("roles")
            .map(|roles| {
                texts(roles)
                    .map(|role| RoleId::parse(role).unwrap())
                    .collect()
            })
            .unwrap_or_default(),
        operation: read_operation(text("operation")),
        time: OffsetDateTime::parse(text("time"), &Rfc3339).unwrap(),
        address: members["address"]
            .as_str()
            .map(|address| address.parse().unwrap()),
        location: read_location(&members),
        authenticated: members["authenticated"].as_bool().unwrap(),
        target_type: number(&members["target_type"]),
        target_specialization: None,
        created_type: members.get("created_type").map(number),
        created_specialization: members
            .get("created_specialization")
            .map(read_specialization),
    }
}

fn read_operation(name: &str) -> Operation {
    match name {
        "create" => Operation::Create,
        "retrieve" => Operation::Retrieve,
        "update" => Operation::Update,
        "delete" => Operation::Delete,
        "notify" => Operation::Notify,
        "discover" => Operation::Discover,
        other => panic!("no operation: {other}"),
    }
}

fn read_location(members: &Map<String, Value>) -> Location {
    let place = members.get("location").cloned().unwrap_or_default();
    Location {
        country: place["country"]
            .as_str()
            .map(|code| CountryCode::new(code).unwrap()),
        point: place["point"].as_array().map(|point| {
            Point::new(point[0].as_f64().unwrap(), point[1].as_f64().unwrap()).unwrap()
        }),
    }
}

fn read_specialization(value: &Value) -> Specialization {
    match value["cnd"].as_str() {
        Some(definition) => Specialization::Container(definition.to_owned()),
        None => Specialization::Management(number(&value["mgd"])),
    }
}

fn number(value: &Value) -> u32 {
    u32::try_from(value.as_u64().unwrap()).unwrap()
}

fn texts(value: &Value) -> impl Iterator<Item = &str> {
    value
        .as_array()
        .unwrap()
        .iter()
        .map(|text| text.as_str().unwrap())
}
