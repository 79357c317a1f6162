//! Keys end, by their time and by their source (TS-0003 V3.18.0, 8.6.3 and 10.7).

use super::super::{expiry, keys};
use super::{Desk, Usage};
use crate::purposes::stop::Stop;

/// TEF/005: an expired key is handed to nobody.
pub async fn end_with_their_time(desk: &mut Desk<'_, '_>) -> Result<(), Stop> {
    desk.suid = desk.suid_for(Usage::Encryption);
    expiry::retrieved_key(desk).await
}

/// TEF/006: a key whose registration was ended is handed to nobody.
pub async fn end_with_their_registration(desk: &mut Desk<'_, '_>) -> Result<(), Stop> {
    desk.suid = desk.suid_for(Usage::Encryption);
    keys::is_ended(desk).await
}
