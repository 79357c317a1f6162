use serde_json::Value;

use super::member::{Object, Place, list, text};
use super::{PolicyError, Support, context, object};
use crate::{Operations, OriginatorEntry, Policy, Rule};

impl Policy {
    /// Reads a value of m2m:setOfAcrs, `{"acr":[…]}` (TS-0004 V3.32.0, 6.3.5.26 and 6.3.5.27).
    ///
    /// Members are optional or mandatory as in those tables and no others are taken, so that a misspelt restriction does
    /// not vanish. A policy without rules is valid and permits nothing. A value that is malformed is
    /// [`PolicyError::Invalid`], whatever else in it is not supported.
    pub fn from_json(value: &Value, support: &Support) -> Result<Self, PolicyError> {
        let policy = read_policy(&Place::Root, value)?;
        support.check(&policy)?;
        Ok(policy)
    }
}

fn read_policy(place: &Place<'_>, value: &Value) -> Result<Policy, PolicyError> {
    let members = Object::read(place, value, &["acr"])?;
    let rules = members.optional("acr", |place, value| list(place, value, read_rule))?;
    Ok(Policy {
        rules: rules.unwrap_or_default(),
    })
}

fn read_rule(place: &Place<'_>, value: &Value) -> Result<Rule, PolicyError> {
    let members = Object::read(place, value, &["acor", "acop", "acco", "acaf", "acod"])?;
    Ok(Rule {
        originators: members.mandatory("acor", "an array", |place, value| {
            list(place, value, read_originator)
        })?,
        operations: members.mandatory("acop", OPERATIONS, read_operations)?,
        contexts: members
            .optional("acco", |place, value| {
                list(place, value, context::read_context)
            })?
            .unwrap_or_default(),
        authentication_flag: members.optional("acaf", read_flag)?.unwrap_or_default(),
        object_details: members
            .optional("acod", |place, value| {
                list(place, value, object::read_detail)
            })?
            .unwrap_or_default(),
    })
}

/// Entries of no known form are data and stand for nobody. The list itself may be empty: its type is a plain list of
/// xs:anyURI and not m2m:listOfURIs, which demands a member.
fn read_originator(place: &Place<'_>, value: &Value) -> Result<OriginatorEntry, PolicyError> {
    text(
        place,
        value,
        "a string that is not empty and holds no blank",
        OriginatorEntry::new,
    )
}

const OPERATIONS: &str = "a sum of operations from 1 to 63";

fn read_operations(place: &Place<'_>, value: &Value) -> Result<Operations, PolicyError> {
    value
        .as_u64()
        .and_then(|number| u8::try_from(number).ok())
        .and_then(Operations::from_bits)
        .ok_or_else(|| place.invalid(OPERATIONS, value))
}

fn read_flag(place: &Place<'_>, value: &Value) -> Result<bool, PolicyError> {
    value
        .as_bool()
        .ok_or_else(|| place.invalid("a boolean", value))
}
