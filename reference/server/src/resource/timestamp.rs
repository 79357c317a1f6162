use time::OffsetDateTime;
use time::format_description::BorrowedFormatItem;
use time::macros::format_description;
use time::{PrimitiveDateTime, UtcOffset};

/// m2m:timestamp without a fraction (TS-0004 V3.32.0, Table 6.3.3-1).
const FORMAT: &[BorrowedFormatItem<'_>] =
    format_description!("[year][month][day]T[hour][minute][second]");

/// A moment in the notation of oneM2M.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Timestamp(String);

impl Timestamp {
    pub(crate) fn of(moment: OffsetDateTime) -> Self {
        let moment = moment.to_offset(UtcOffset::UTC);
        Self(
            moment
                .format(FORMAT)
                .unwrap_or_else(|_| String::from("99991231T235959")),
        )
    }

    pub(crate) fn into_text(self) -> String {
        self.0
    }
}

/// Reads `YYYYMMDDTHHMMSS`, with or without a fraction behind a comma or a full stop.
pub(crate) fn parse_timestamp(text: &str) -> Option<OffsetDateTime> {
    let (whole, fraction) = match text.split_once([',', '.']) {
        None => (text, "0"),
        Some(parts) => parts,
    };
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|octet| octet.is_ascii_digit());
    let (date, clock) = whole.split_once('T')?;
    if !(date.len() == 8 && clock.len() == 6 && digits(date) && digits(clock) && digits(fraction)) {
        return None;
    }
    PrimitiveDateTime::parse(whole, FORMAT)
        .ok()
        .map(PrimitiveDateTime::assume_utc)
}

#[cfg(test)]
mod tests {
    use super::{Timestamp, parse_timestamp};

    #[test]
    fn timestamp_is_written_as_it_was_read() {
        let moment = parse_timestamp("20251120T132730").unwrap();
        assert_eq!(Timestamp::of(moment).into_text(), "20251120T132730");
        assert_eq!(parse_timestamp("20251120T132730,123456"), Some(moment));
    }

    #[test]
    fn other_notations_are_refused() {
        for text in [
            "",
            "T",
            "2025-11-20T13:27:30",
            "20251320T132730",
            "20251120T132730Z",
            "20251120T132730,",
        ] {
            assert_eq!(parse_timestamp(text), None, "{text:?}");
        }
    }
}
