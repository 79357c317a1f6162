use serde_json::Value;
use thiserror::Error;
use time::{Date, Duration, Month, OffsetDateTime, PrimitiveDateTime, Time, UtcOffset};

use crate::json;

/// When a rand object expires: an m2m:absRelTimestamp (TS-0004 V3.32.0, Table 6.3.3-1). It is written as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expiry {
    written: Value,
    when: When,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum When {
    At(OffsetDateTime),
    After(Duration),
}

/// Why a text is no m2m:absRelTimestamp.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum ExpiryError {
    /// Neither `YYYYMMDDThhmmss` with a fraction or without, nor a number of milliseconds.
    #[error("expected YYYYMMDDThhmmss or milliseconds")]
    Form,
    /// The fraction has none or more than six digits.
    #[error("expected 1 to 6 digits behind the comma, got {got}")]
    Fraction {
        /// The digits there are.
        got: usize,
    },
    /// A month, day, hour, minute or second that no calendar or clock has.
    #[error("no such day or time")]
    Calendar,
    /// More milliseconds than an xs:long holds.
    #[error("milliseconds out of range")]
    Range,
}

impl Expiry {
    /// An absolute moment, in UTC and to the second; what is below is cut off, so that nothing is valid for longer.
    pub fn at(moment: OffsetDateTime) -> Self {
        let moment = moment.to_offset(UtcOffset::UTC);
        let (date, time) = (moment.date(), moment.time());
        let moment = PrimitiveDateTime::new(date, Time::MIDNIGHT).assume_utc()
            + Duration::hours(time.hour().into())
            + Duration::minutes(time.minute().into())
            + Duration::seconds(time.second().into());
        let text = format!(
            "{:04}{:02}{:02}T{:02}{:02}{:02}",
            date.year(),
            u8::from(date.month()),
            date.day(),
            time.hour(),
            time.minute(),
            time.second()
        );
        Self {
            written: text.into(),
            when: When::At(moment),
        }
    }

    /// Reads the text of an m2m:absRelTimestamp.
    pub fn read(text: &str) -> Result<Self, ExpiryError> {
        let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
        let when = if !digits.is_empty() && digits.bytes().all(|octet| octet.is_ascii_digit()) {
            let milliseconds = text.parse().map_err(|_| ExpiryError::Range)?;
            When::After(Duration::milliseconds(milliseconds))
        } else {
            When::At(timestamp(text)?)
        };
        Ok(Self {
            written: text.into(),
            when,
        })
    }

    /// Reads it from JSON: a text, or a number of milliseconds; `None` is another kind of value.
    pub fn from_json(value: &Value) -> Option<Result<Self, ExpiryError>> {
        match value {
            Value::String(text) => Some(Self::read(text)),
            Value::Number(number) => Some(match number.as_i64() {
                Some(milliseconds) => Ok(Self {
                    written: value.clone(),
                    when: When::After(Duration::milliseconds(milliseconds)),
                }),
                None => Err(ExpiryError::Range),
            }),
            _ => None,
        }
    }

    /// The value as it is written in JSON.
    pub fn to_json(&self) -> &Value {
        &self.written
    }

    /// Appends it to JSON text.
    pub(crate) fn write(&self, text: &mut String) {
        match &self.written {
            Value::String(written) => json::write_text(text, written),
            other => text.push_str(&other.to_string()),
        }
    }

    /// The moment of expiry. TS-0004 does not say when a relative one starts; it is taken from `since`, the moment at which
    /// the object was issued or received.
    pub fn moment(&self, since: OffsetDateTime) -> OffsetDateTime {
        match self.when {
            When::At(moment) => moment,
            When::After(duration) => since.saturating_add(duration),
        }
    }
}

/// An m2m:timestamp, which is UTC (TS-0004 V3.32.0, 6.3.3).
fn timestamp(text: &str) -> Result<OffsetDateTime, ExpiryError> {
    let (whole, fraction) = match text.split_once(',') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (text, None),
    };
    let (date, time) = whole.split_once('T').ok_or(ExpiryError::Form)?;
    if date.len() != 8 || time.len() != 6 {
        return Err(ExpiryError::Form);
    }
    let microsecond = fraction.map(microsecond).transpose()?.unwrap_or(0);
    let year = number(date, 0..4)?;
    let month = two(date, 4)?;
    let month = Month::try_from(month).map_err(|_| ExpiryError::Calendar)?;
    let date = Date::from_calendar_date(year, month, two(date, 6)?);
    let time = Time::from_hms_micro(two(time, 0)?, two(time, 2)?, two(time, 4)?, microsecond);
    match (date, time) {
        (Ok(date), Ok(time)) => Ok(PrimitiveDateTime::new(date, time).assume_utc()),
        _ => Err(ExpiryError::Calendar),
    }
}

fn microsecond(fraction: &str) -> Result<u32, ExpiryError> {
    if !fraction.bytes().all(|octet| octet.is_ascii_digit()) {
        return Err(ExpiryError::Form);
    }
    if fraction.is_empty() || fraction.len() > 6 {
        return Err(ExpiryError::Fraction {
            got: fraction.len(),
        });
    }
    format!("{fraction:0<6}")
        .parse()
        .map_err(|_| ExpiryError::Form)
}

fn two(text: &str, at: usize) -> Result<u8, ExpiryError> {
    u8::try_from(number(text, at..at + 2)?).map_err(|_| ExpiryError::Form)
}

fn number(text: &str, range: std::ops::Range<usize>) -> Result<i32, ExpiryError> {
    let digits = text.get(range).ok_or(ExpiryError::Form)?;
    if digits.bytes().all(|octet| octet.is_ascii_digit()) {
        digits.parse().map_err(|_| ExpiryError::Form)
    } else {
        Err(ExpiryError::Form)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use time::macros::datetime;

    use super::{Expiry, ExpiryError};

    #[test]
    fn timestamps_are_utc() {
        let since = datetime!(2026-01-01 00:00 UTC);
        let moment = |text| Expiry::read(text).unwrap().moment(since);
        assert_eq!(
            moment("20991231T235959"),
            datetime!(2099-12-31 23:59:59 UTC)
        );
        assert_eq!(
            moment("20240229T000000,5"),
            datetime!(2024-02-29 00:00:00.5 UTC)
        );
        assert_eq!(
            moment("20240229T000000,000001"),
            datetime!(2024-02-29 00:00:00.000001 UTC)
        );
    }

    #[test]
    fn milliseconds_count_from_receipt() {
        let since = datetime!(2026-01-01 00:00 UTC);
        let later = datetime!(2026-01-01 00:10 UTC);
        assert_eq!(Expiry::read("600000").unwrap().moment(since), later);
        let number = Expiry::from_json(&json!(600_000)).unwrap().unwrap();
        assert_eq!(number.moment(since), later);
        assert_eq!(number.to_json(), &json!(600_000));
        assert!(Expiry::read("-1").unwrap().moment(since) < since);
        let longest = Expiry::read("9223372036854775807").unwrap();
        assert!(longest.moment(since) > since);
    }

    #[test]
    fn other_forms_are_refused() {
        for text in [
            "",
            "20991231T",
            "20991231T235959Z",
            "2099-12-31T23:59:59",
            "20991231t235959",
            "20991231T235959.5",
            "20991231T2359",
            "+0991231T235959",
            "20991231T23+959",
            " 600000",
            "6e5",
            "-",
            "20991231T235959,-1",
            "2099123１T35959",
        ] {
            assert_eq!(Expiry::read(text), Err(ExpiryError::Form), "{text}");
        }
        for (text, got) in [("20991231T235959,", 0), ("20991231T235959,1234567", 7)] {
            assert_eq!(Expiry::read(text), Err(ExpiryError::Fraction { got }));
        }
        for text in [
            "20230229T000000",
            "20991331T000000",
            "20991231T240000",
            "20991231T235960",
        ] {
            assert_eq!(Expiry::read(text), Err(ExpiryError::Calendar), "{text}");
        }
        assert_eq!(Expiry::read("9223372036854775808"), Err(ExpiryError::Range));
        assert_eq!(
            Expiry::from_json(&json!(1.5)),
            Some(Err(ExpiryError::Range))
        );
        assert_eq!(Expiry::from_json(&json!(null)), None);
    }

    #[test]
    fn a_moment_is_written_to_the_second() {
        let expiry = Expiry::at(datetime!(2099-12-31 23:59:59.9 +01:00));
        assert_eq!(expiry.to_json(), &json!("20991231T225959"));
        assert_eq!(Expiry::read("20991231T225959"), Ok(expiry));
    }
}
