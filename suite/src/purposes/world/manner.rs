//! What is special about a request.

use crate::tester::link::{OutgoingRequest, Way};
use std::time::Duration;

/// The From that is left out.
pub const ABSENT: &str = "<absent>";

/// What is special about a request.
#[derive(Debug, Default)]
pub struct Manner<'m> {
    /// From, in place of the identity of the actor; `<absent>` leaves it out.
    pub from: Option<&'m str>,
    /// Header fields that are added as they are.
    pub headers: &'m [(String, String)],
    /// Path, in place of that of the target.
    pub path: Option<&'m str>,
    /// Query fields that are added as they are.
    pub query: &'m [(String, String)],
    /// The way, in place of that of the actor.
    pub way: Option<Way>,
    /// How long the answer may take, in place of the usual time.
    pub patience: Option<Duration>,
}

impl Manner<'_> {
    /// Makes of a usual request this one.
    pub(super) fn shape(&self, outgoing: &mut OutgoingRequest) {
        if self.from == Some(ABSENT) {
            let is_from = |name: &str| name.eq_ignore_ascii_case("x-m2m-origin");
            outgoing.headers.retain(|(name, _)| !is_from(name));
        }
        outgoing.headers.extend(self.headers.iter().cloned());
        if let Some(path) = self.path {
            let query = outgoing.target.split_once('?').map(|(_, query)| query);
            outgoing.target = match query {
                Some(query) => format!("{path}?{query}"),
                None => path.to_owned(),
            };
        }
        for (name, value) in self.query {
            let joint = if outgoing.target.contains('?') {
                '&'
            } else {
                '?'
            };
            outgoing.target += &format!("{joint}{name}={value}");
        }
    }
}
