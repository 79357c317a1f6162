//! Access decisions.

use std::collections::BTreeMap;

use onem2m_access::{
    Clauses, CountryCode, Decision, Directory, Location, Operation, Point, Policy, PolicyError,
    Request, Specialization, Support, decide,
};
use onem2m_identity::{CseId, Entity, Home, ResourceAddress, RoleId, SpId};
use serde_json::{Map, Value};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::members::Members;
use crate::{Answer, Unreadable};

/// What the reference decides: `decision`, or `error` where it does not take a policy.
///
/// `vector` has the `policies` and what of the `request` differs from that of `head`, which has `home` and `groups` too.
///
/// # Errors
///
/// Something is no such member.
pub fn answer(
    vector: &Map<String, Value>,
    head: &Map<String, Value>,
) -> Result<Answer, Unreadable> {
    let (vector, head) = (Members::of(vector), Members::of(head));
    let home = home(Members::of(head.object("home")?))?;
    let groups = Groups::read(head.object("groups")?, &home)?;
    let none = Map::new();
    let changes = match vector.find("request") {
        Some(_) => vector.object("request")?,
        None => &none,
    };
    let request = Members::of(changes).or(head.object("request")?);
    let request = read_request(&request, &home)?;
    let policy = |value: &Value| {
        let read = || Policy::from_json(value, &Support::ALL);
        (!value.is_null()).then(read).transpose()
    };
    let policies: Result<Vec<_>, _> = vector.list("policies")?.iter().map(policy).collect();
    let (name, word) = match policies {
        Err(PolicyError::Invalid { .. }) => ("error", "Invalid"),
        Err(PolicyError::NotImplemented { .. }) => ("error", "NotImplemented"),
        Ok(policies) => {
            let policies: Vec<_> = policies.iter().map(Option::as_ref).collect();
            let decision = decide(&Clauses::SPECIFICATION, &request, &policies, &groups, &home);
            match decision {
                Decision::Permit => ("decision", "permit"),
                Decision::Deny => ("decision", "deny"),
            }
        }
    };
    Ok(Answer::from_iter([(name.into(), word.into())]))
}

struct Groups(BTreeMap<String, Vec<Entity>>);

impl Groups {
    fn read(groups: &Map<String, Value>, home: &Home) -> Result<Self, Unreadable> {
        let members = |name: &String| {
            let members = Members::of(groups).texts(name)?.into_iter();
            let members: Result<_, _> = members.map(|text| entity(name, text, home)).collect();
            Ok((name.clone(), members?))
        };
        groups
            .keys()
            .map(members)
            .collect::<Result<_, _>>()
            .map(Self)
    }
}

impl Directory for Groups {
    fn members(&self, group: &ResourceAddress) -> Option<Vec<Entity>> {
        self.0.get(&group.to_string()).cloned()
    }
}

fn home(home: Members<'_>) -> Result<Home, Unreadable> {
    let sp = SpId::parse(home.text("sp")?).map_err(|error| Unreadable::value("sp", error))?;
    let cse = CseId::parse(home.text("cse")?).map_err(|error| Unreadable::value("cse", error))?;
    Ok(Home::new(sp, cse))
}

fn entity(name: &str, text: &str, home: &Home) -> Result<Entity, Unreadable> {
    Entity::parse(text, home).map_err(|error| Unreadable::value(name, error))
}

fn read_request(request: &Members<'_>, home: &Home) -> Result<Request, Unreadable> {
    let from = request.text("from")?;
    let role = |text| RoleId::parse(text).map_err(|error| Unreadable::value("roles", error));
    let roles = match request.find("roles") {
        Some(_) => request.texts("roles")?,
        None => Vec::new(),
    };
    let address = match request.find("address") {
        Some(Value::Null) => None,
        _ => {
            let text = request.text("address")?;
            Some(
                text.parse()
                    .map_err(|error| Unreadable::value("address", error))?,
            )
        }
    };
    let operations = [
        ("create", Operation::Create),
        ("retrieve", Operation::Retrieve),
        ("update", Operation::Update),
        ("delete", Operation::Delete),
        ("notify", Operation::Notify),
        ("discover", Operation::Discover),
    ];
    let stated = |name: &str| request.find(name).is_some();
    Ok(Request {
        from: from.to_owned(),
        originator: entity("from", from, home)?,
        roles: roles.into_iter().map(role).collect::<Result<_, _>>()?,
        operation: request.choice("operation", &operations)?,
        time: OffsetDateTime::parse(request.text("time")?, &Rfc3339)
            .map_err(|error| Unreadable::value("time", error))?,
        address,
        location: match stated("location") {
            true => location(Members::of(request.object("location")?))?,
            false => Location::default(),
        },
        authenticated: request.truth("authenticated")?,
        target_type: request.number("target_type")?,
        target_specialization: None,
        created_type: match stated("created_type") {
            true => Some(request.number("created_type")?),
            false => None,
        },
        created_specialization: match stated("created_specialization") {
            true => Some(specialization(Members::of(
                request.object("created_specialization")?,
            ))?),
            false => None,
        },
    })
}

fn location(place: Members<'_>) -> Result<Location, Unreadable> {
    let country = |name| {
        let code = CountryCode::new(place.text(name)?);
        code.ok_or_else(|| Unreadable::member(name, "two letters", place.find(name)))
    };
    let point = |name| {
        let degrees = |value: &Value| match value.as_array()?.as_slice() {
            [latitude, longitude] => Point::new(latitude.as_f64()?, longitude.as_f64()?),
            _ => None,
        };
        place.read(name, "latitude and longitude in degrees", degrees)
    };
    let stated = |name: &'static str| place.find(name).map(|_| name);
    Ok(Location {
        country: stated("country").map(country).transpose()?,
        point: stated("point").map(point).transpose()?,
    })
}

fn specialization(created: Members<'_>) -> Result<Specialization, Unreadable> {
    match created.find("cnd") {
        Some(_) => Ok(Specialization::Container(created.text("cnd")?.to_owned())),
        None => Ok(Specialization::Management(created.number("mgd")?)),
    }
}
