//! What the tester answers as an MAF, and what came of a connection of the IUT.

use crate::tester::association_end::AssociationEnd;
use crate::tester::handshake::Seen;
use crate::tester::link::Inbound;
use onem2m_primitive::ResponseStatusCode;
use percent_encoding::percent_decode_str;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;

/// What is done with connections.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Manner {
    /// They are served.
    #[default]
    Serving,
    /// They are accepted, and nothing is said.
    Silent,
    /// They are accepted and ended.
    Closing,
}

/// How a retrieval is answered.
#[derive(Debug, Clone)]
pub enum Reply {
    /// With this status and this body.
    Answer(ResponseStatusCode, String),
    /// The same, once it is released.
    Late(Release, ResponseStatusCode, String),
    /// At once, and releases what waits for it.
    Telling(Release, ResponseStatusCode, String),
    /// The connection breaks off in the middle of the body.
    Cut(ResponseStatusCode, String),
    /// Not at all.
    Nothing,
}

/// Holds answers back until something has happened.
#[derive(Debug, Clone)]
pub struct Release {
    tell: Arc<watch::Sender<bool>>,
    longest: Option<Duration>,
}

impl Release {
    /// Nothing has happened yet. An answer is held for the longest time, if there is one.
    pub fn new(longest: Option<Duration>) -> Self {
        Self {
            tell: Arc::new(watch::channel(false).0),
            longest,
        }
    }

    /// It has happened.
    pub fn release(&self) {
        self.tell.send_replace(true);
    }

    pub(super) async fn wait(&self, over: &mut watch::Receiver<bool>) {
        let mut released = self.tell.subscribe();
        let longest = async {
            match self.longest {
                Some(longest) => tokio::time::sleep(longest).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            biased;
            _ = released.wait_for(|released| *released) => {}
            _ = over.wait_for(|over| *over) => {}
            () = longest => {}
        }
    }
}

/// A connection of the IUT.
#[derive(Debug)]
pub struct Visit {
    /// What its handshake came to; none if it got no answer.
    pub end: Option<AssociationEnd>,
    /// What was seen in it.
    pub seen: Seen,
    /// The requests within it.
    pub requests: Vec<Inbound>,
}

impl Visit {
    /// The RelativeKeyID that a Retrieve asks for; none if its path is not that of one resource below the base.
    pub fn retrieved(request: &Inbound, base: &str) -> Option<String> {
        let path = request.target.strip_prefix('/')?;
        let segment = path.strip_prefix(base)?.strip_prefix('/')?;
        let is_one = !segment.is_empty() && !segment.contains(['/', '?', '#']);
        let relative = decoded(segment).filter(|_| is_one)?;
        (!matches!(relative.as_str(), "." | "..")).then_some(relative)
    }
}

/// A segment of a path without its percent-encoding (RFC 3986, 2.1).
fn decoded(segment: &str) -> Option<String> {
    let mut escapes = segment.split('%').skip(1);
    let is_escape = |text: &str| {
        let digits = text.as_bytes().get(..2);
        digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    };
    let decoded = percent_decode_str(segment).decode_utf8().ok()?;
    escapes.all(is_escape).then(|| decoded.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tester::link::Octets;

    fn retrieved(target: &str) -> Option<String> {
        let request = Inbound {
            method: "GET".into(),
            target: target.into(),
            headers: Vec::new(),
            body: Octets::default(),
        };
        Visit::retrieved(&request, "maf")
    }

    #[test]
    fn one_segment_below_the_base_is_a_key() {
        assert_eq!(retrieved("/maf/5B9f").as_deref(), Some("5B9f"));
        assert_eq!(retrieved("/maf/a%2fb").as_deref(), Some("a/b"));
        for target in [
            "/maf",
            "/maf/",
            "/maf/a/b",
            "/maf/../symm",
            "/maf/..",
            "/maf/%2e%2e",
            "/maf/a?x=1",
            "/mef/a",
            "/maf/%zz",
            "/maf/%2",
        ] {
            assert_eq!(retrieved(target), None, "{target}");
        }
    }
}
