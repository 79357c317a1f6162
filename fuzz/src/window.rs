//! Octets as an access window.

use serde_json::json;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::decisions::{agreed, in_context, retrieve};

/// The last second that RFC 3339 can write.
const LAST: u64 = 253_402_300_799;

/// Five octets are a moment and the rest is an `accessTimeWindow`: read or refused, and open when it is for the oracle.
pub fn window(data: &[u8]) {
    let Some((moment, window)) = data.split_first_chunk::<5>() else {
        return;
    };
    let moment = moment
        .iter()
        .fold(0, |sum, octet| sum << 8 | u64::from(*octet));
    let moment = i64::try_from(moment.min(LAST)).unwrap_or_default();
    let time = OffsetDateTime::from_unix_timestamp(moment).map(|moment| moment.format(&Rfc3339));
    let (Ok(Ok(time)), Ok(window)) = (time, str::from_utf8(window)) else {
        return;
    };
    let request = retrieve("CtpA2", &time, "192.0.2.10");
    agreed(&in_context(json!({ "actw": [window] })), &request);
}
