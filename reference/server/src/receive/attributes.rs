use onem2m_identity::{Entity, Home};
use serde_json::{Map, Value};

use crate::refusal::Refusal;
use crate::resource::{Form, Kind, Presence, Write};

/// Checks the attributes of a representation that an originator writes, and may rewrite them.
pub(crate) type CheckAttributes =
    fn(Kind, Write, &mut Map<String, Value>, &Entity) -> Result<(), Refusal>;

/// Recv-6.4, the attributes of a request against the table of their type (TS-0004 V3.32.0, 7.3.3.3 and 7.3.3.4): none
/// that is not listed or not to be present, all that are mandatory, each of its form.
///
/// In an Update, null deletes an attribute unless its multiplicity is 1 (7.3.3.7).
pub(crate) fn attributes(
    kind: Kind,
    write: Write,
    content: &mut Map<String, Value>,
    _originator: &Entity,
) -> Result<(), Refusal> {
    for (name, value) in content.iter() {
        check(kind, write, name, value)?;
    }
    let missing = kind.attributes().iter().find(|attribute| {
        attribute.presence(write) == Presence::Mandatory && !content.contains_key(attribute.name)
    });
    match missing {
        None => Ok(()),
        Some(attribute) => Err(Refusal::bad_request(format!(
            "{}: expected this mandatory attribute, got none",
            attribute.name
        ))),
    }
}

fn check(kind: Kind, write: Write, name: &str, value: &Value) -> Result<(), Refusal> {
    let Some(attribute) = kind.attribute(name) else {
        return Err(Refusal::bad_request(format!(
            "expected an attribute of {}, got {:?}",
            kind.name(),
            shorten(name)
        )));
    };
    if attribute.presence(write) == Presence::NotPresent {
        return Err(Refusal::bad_request(format!(
            "{name}: expected not to be present"
        )));
    }
    if attribute.form == Form::Unsupported {
        return Err(Refusal::not_implemented(format!("{name} is not supported")));
    }
    let deletes = write == Write::Update && value.is_null();
    match (deletes, attribute.required) {
        (true, true) => Err(Refusal::bad_request(format!(
            "{name}: expected a value, since it cannot be deleted"
        ))),
        (true, false) => Ok(()),
        (false, _) if attribute.form == Form::Creator || attribute.form.fits(value) => Ok(()),
        (false, _) => Err(Refusal::bad_request(format!(
            "{name}: expected a value of its type, got another"
        ))),
    }
}

/// creator comes as null, and the CSE fills in the originator (TS-0001 V3.36.0, 10.1.2).
pub(crate) fn creator(value: &Value, originator: &Entity, home: &Home) -> Result<Value, Refusal> {
    if !value.is_null() {
        return Err(Refusal::bad_request(
            "cr: expected null, since the CSE fills it in",
        ));
    }
    Ok(Value::from(identifier(originator, home)))
}

/// An AE-ID or CSE-ID in the shortest form that this CSE reads (TS-0001 V3.36.0, 7.2).
pub(super) fn identifier(entity: &Entity, home: &Home) -> String {
    match entity {
        Entity::Ae { stem, .. } if *entity == Entity::registered(stem.clone(), home) => {
            stem.to_string()
        }
        other if *other.sp() == home.sp => other.sp_relative(),
        other => other.absolute(),
    }
}

fn shorten(name: &str) -> String {
    name.chars().take(40).collect()
}
