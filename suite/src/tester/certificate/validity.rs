use time::{Duration, OffsetDateTime, UtcOffset};

use super::CertificateError;
use super::der::{GENERALIZED_TIME, UTC_TIME, element};

/// From when to when a certificate is valid, both moments included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Validity {
    /// The first second in which it is valid.
    pub not_before: OffsetDateTime,
    /// The last second in which it is valid.
    pub not_after: OffsetDateTime,
}

impl Validity {
    /// A year, begun a day ago.
    pub fn around(now: OffsetDateTime) -> Self {
        Self {
            not_before: now.saturating_sub(Duration::DAY),
            not_after: now.saturating_add(Duration::days(365)),
        }
    }

    /// Of an authority: the same in every run, since an IUT keeps the trust anchors that it was given.
    pub fn of_authority() -> Self {
        Self {
            not_before: time::macros::datetime!(2020-01-01 00:00:00 UTC),
            not_after: time::macros::datetime!(2049-12-31 23:59:59 UTC),
        }
    }
}

/// UTCTime until 2049 and GeneralizedTime from 2050 on (RFC 5280, 4.1.2.5).
pub(super) fn to_der(moment: OffsetDateTime) -> Result<Vec<u8>, CertificateError> {
    let moment = moment.to_offset(UtcOffset::UTC);
    let year = u16::try_from(moment.year())
        .ok()
        .filter(|year| *year <= 9999)
        .ok_or(CertificateError::Year { got: moment.year() })?;
    let rest = format!(
        "{:02}{:02}{:02}{:02}{:02}Z",
        u8::from(moment.month()),
        moment.day(),
        moment.hour(),
        moment.minute(),
        moment.second()
    );
    Ok(match year {
        1950..=2049 => element(UTC_TIME, format!("{:02}{rest}", year % 100).as_bytes()),
        _ => element(GENERALIZED_TIME, format!("{year:04}{rest}").as_bytes()),
    })
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    #[test]
    fn year_2050_is_the_first_in_generalized_time() {
        let before = to_der(datetime!(2049-12-31 23:59:59 UTC)).unwrap();
        assert_eq!(before, element(UTC_TIME, b"491231235959Z"));
        let from = to_der(datetime!(2050-01-01 00:00:00 UTC)).unwrap();
        assert_eq!(from, element(GENERALIZED_TIME, b"20500101000000Z"));
    }

    #[test]
    fn other_zones_are_written_in_utc() {
        let moment = to_der(datetime!(2026-03-01 00:30:00 +02:00)).unwrap();
        assert_eq!(moment, element(UTC_TIME, b"260228223000Z"));
    }
}
