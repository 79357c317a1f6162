//! Values of a profile that TOML writes in a form of its own.

use serde::Deserialize;
use serde::de::{Deserializer, Error};
use std::collections::BTreeMap;
use toml::value::{Datetime, Value};

/// A date without a time, such as `2027-03-31`.
pub(super) fn date<'de, D: Deserializer<'de>>(deserializer: D) -> Result<time::Date, D::Error> {
    let written = Datetime::deserialize(deserializer)
        .map_err(|_| D::Error::custom("expected a date without quotes, such as 2027-03-31"))?;
    let (Some(date), None) = (written.date, written.time) else {
        return Err(D::Error::custom(format!("expected a date, got {written}")));
    };
    let month = time::Month::try_from(date.month).map_err(D::Error::custom)?;
    time::Date::from_calendar_date(i32::from(date.year), month, date.day).map_err(D::Error::custom)
}

/// A table of text, numbers and truth values, all held as text.
pub(super) fn texts<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<BTreeMap<String, String>, D::Error> {
    BTreeMap::<String, Value>::deserialize(deserializer)?
        .into_iter()
        .map(|(name, value)| {
            let text = match value {
                Value::String(text) => text,
                Value::Integer(number) => number.to_string(),
                Value::Float(number) => number.to_string(),
                Value::Boolean(truth) => truth.to_string(),
                other => {
                    let got = other.type_str();
                    return Err(D::Error::custom(format!(
                        "expected one value for `{name}`, got {got}"
                    )));
                }
            };
            Ok((name, text))
        })
        .collect()
}
