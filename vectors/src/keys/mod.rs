//! Key derivations and exporters.

mod derive;
mod inputs;

use serde_json::{Map, Value};

use crate::members::Members;
use crate::{Answer, Unreadable};

use inputs::Inputs;

pub(crate) fn answer(vector: &Map<String, Value>) -> Result<Answer, Unreadable> {
    let vector = Members::of(vector);
    let from = Inputs(Members::of(vector.object("from")?));
    let value = derive::derive(vector.text("derives")?, &from)?;
    Ok(Answer::from_iter([("value".into(), value)]))
}
