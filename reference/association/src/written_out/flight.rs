use std::time::Duration;

use crate::messages::ContentType;

/// What was sent last, to be repeated if the peer does not go on (RFC 6347, 4.2.4).
#[derive(Debug, Default)]
pub(crate) struct Flight {
    /// Each part with its epoch, and not protected.
    pub(crate) parts: Vec<(u16, ContentType, Vec<u8>)>,
    /// How often the timer ran out since the flight was sent.
    pub(crate) repeated: u32,
    /// It was sent in answer to the datagram that is being taken.
    pub(crate) is_new: bool,
}

/// How long one waits before a flight is repeated, when that was done as often as `repeated`: a second at first, twice as
/// long each time, and a minute at most (RFC 6347, 4.2.4.1).
pub(crate) fn timeout(repeated: u32) -> Option<Duration> {
    const LONGEST: u64 = 60;
    let seconds = 1_u64.checked_shl(repeated).unwrap_or(LONGEST).min(LONGEST);
    Some(Duration::from_secs(seconds))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn timeout_doubles_up_to_a_minute() {
        let seconds = [0, 1, 5, 6, 63, 64].map(|repeated| timeout(repeated).unwrap().as_secs());
        assert_eq!(seconds, [1, 2, 32, 60, 60, 60]);
    }
}
