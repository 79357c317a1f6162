use std::collections::BTreeMap;

use onem2m_access::{
    Clauses, CountryCode, Decision, Directory, Location, Operation, Point, Policy, Request,
    Specialization, Support, decide,
};
use onem2m_identity::{CseId, Entity, Home, ResourceAddress, RoleId, SpId};
use serde_json::Value;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// The reference in the same surroundings as the evaluator.
pub struct Reference {
    home: Home,
    groups: BTreeMap<String, Vec<Entity>>,
}

/// What the reference answers.
#[derive(Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The decision is Permit.
    Permit,
    /// The decision is Deny.
    Deny,
    /// A policy is not taken.
    Refused(String),
}

impl Reference {
    /// Reads the members `home` and `groups` of a file of vectors.
    pub fn read(file: &Value) -> Self {
        let home = Home::new(
            SpId::parse(file["home"]["sp"].as_str().unwrap()).unwrap(),
            CseId::parse(file["home"]["cse"].as_str().unwrap()).unwrap(),
        );
        let members = |value: &Value| {
            texts(value)
                .map(|text| Entity::parse(text, &home).unwrap())
                .collect()
        };
        let groups = file["groups"]
            .as_object()
            .unwrap()
            .iter()
            .map(|(name, value)| (name.clone(), members(value)))
            .collect();
        Self { home, groups }
    }

    /// Reads the policies and decides.
    pub fn outcome(&self, policies: &Value, request: &Value) -> Outcome {
        let read = |value: &Value| {
            (!value.is_null())
                .then(|| Policy::from_json(value, &Support::ALL))
                .transpose()
        };
        let policies: Vec<_> = match policies.as_array().unwrap().iter().map(read).collect() {
            Ok(policies) => policies,
            Err(error) => return Outcome::Refused(error.to_string()),
        };
        let policies: Vec<_> = policies.iter().map(Option::as_ref).collect();
        match decide(
            &Clauses::SPECIFICATION,
            &self.request(request),
            &policies,
            self,
            &self.home,
        ) {
            Decision::Permit => Outcome::Permit,
            Decision::Deny => Outcome::Deny,
        }
    }

    fn request(&self, request: &Value) -> Request {
        let text = |name: &str| request[name].as_str().unwrap();
        let place = &request["location"];
        Request {
            from: text("from").to_owned(),
            originator: Entity::parse(text("from"), &self.home).unwrap(),
            roles: request
                .get("roles")
                .map(|roles| {
                    texts(roles)
                        .map(|role| RoleId::parse(role).unwrap())
                        .collect()
                })
                .unwrap_or_default(),
            operation: operation(text("operation")),
            time: OffsetDateTime::parse(text("time"), &Rfc3339).unwrap(),
            address: request["address"]
                .as_str()
                .map(|address| address.parse().unwrap()),
            location: Location {
                country: place["country"]
                    .as_str()
                    .map(|code| CountryCode::new(code).unwrap()),
                point: place["point"].as_array().map(|point| {
                    Point::new(point[0].as_f64().unwrap(), point[1].as_f64().unwrap()).unwrap()
                }),
            },
            authenticated: request["authenticated"].as_bool().unwrap(),
            target_type: number(&request["target_type"]),
            target_specialization: None,
            created_type: request.get("created_type").map(number),
            created_specialization: request.get("created_specialization").map(specialization),
        }
    }
}

impl Directory for Reference {
    fn members(&self, group: &ResourceAddress) -> Option<Vec<Entity>> {
        self.groups.get(&group.to_string()).cloned()
    }
}

fn operation(name: &str) -> Operation {
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

fn specialization(value: &Value) -> Specialization {
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
