//! A point in time as reports carry it.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;
use std::fmt;
use std::time::Duration;
use time::format_description::well_known::Rfc3339;
use time::{Date, OffsetDateTime, UtcOffset};

/// A point in time in UTC, to the millisecond; RFC 3339 when written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Timestamp(OffsetDateTime);

impl Timestamp {
    /// The present.
    pub fn now() -> Self {
        OffsetDateTime::now_utc().into()
    }

    /// The day in UTC.
    pub fn date(self) -> Date {
        self.0.date()
    }

    /// How long ago it was; zero for the future.
    pub fn elapsed(self) -> Duration {
        (OffsetDateTime::now_utc() - self.0)
            .try_into()
            .unwrap_or_default()
    }
}

impl From<OffsetDateTime> for Timestamp {
    fn from(time: OffsetDateTime) -> Self {
        let utc = time.to_offset(UtcOffset::UTC);
        Self(utc.replace_millisecond(utc.millisecond()).unwrap_or(utc))
    }
}

impl From<Timestamp> for OffsetDateTime {
    fn from(timestamp: Timestamp) -> Self {
        timestamp.0
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.0.format(&Rfc3339).map_err(|_| fmt::Error)?;
        formatter.write_str(&text)
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        time::serde::rfc3339::serialize(&self.0, serializer)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        time::serde::rfc3339::deserialize(deserializer).map(Self::from)
    }
}

impl JsonSchema for Timestamp {
    fn schema_name() -> Cow<'static, str> {
        "Timestamp".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "format": "date-time" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    #[test]
    fn another_offset_is_written_in_utc() {
        let noon_in_berlin = Timestamp::from(datetime!(2026-07-01 12:00:00.1234567 +2));
        assert_eq!(noon_in_berlin.to_string(), "2026-07-01T10:00:00.123Z");
    }

    #[test]
    fn what_was_written_reads_back() {
        let written = Timestamp::now();
        let text = serde_json::to_string(&written).unwrap();
        assert_eq!(serde_json::from_str::<Timestamp>(&text).unwrap(), written);
    }
}
