//! An object of the IUT, as the tester reads it.

use super::peer::Peer;
use crate::tester::link::Inbound;
use onem2m_envelope::base64url;
use onem2m_envelope::esprim::{Clauses, Direction, Form, Header, OriginatorRand, Session, open};
use serde_json::{Map, Value};
use time::OffsetDateTime;

/// What is read of an object, whatever is wrong with it.
pub struct Seen {
    /// Its text.
    pub text: String,
    /// The request that brought it.
    pub outer: Inbound,
    /// The members of its header.
    pub members: Map<String, Value>,
    /// The rand object that it brought.
    pub oro: Option<OriginatorRand>,
    /// The session that it names.
    pub session: Option<Session>,
    /// The inner primitive, if it opens.
    pub inner: Option<Value>,
}

impl Seen {
    /// Reads an object; the rand object that it brings is remembered.
    pub fn read(peer: &mut Peer, outer: &Inbound, text: &str, now: OffsetDateTime) -> Self {
        let header = text.split('.').next().unwrap_or_default();
        let header = base64url::decode(header).unwrap_or_default();
        let members: Map<String, Value> = serde_json::from_slice(&header).unwrap_or_default();
        let lenient = Clauses {
            misplaced: |_, _| Ok(()),
            rand_id: |_| Ok(()),
            ..Clauses::SPECIFICATION
        };
        let encoding = peer.readings.value_encoding;
        let read = Form::read(&lenient, text)
            .and_then(|form| Header::read(&lenient, &form, Direction::Request, encoding));
        let oro = read.ok().and_then(|header| header.oro);
        if let Some(oro) = &oro {
            peer.known.insert(oro.id().to_owned(), oro.clone());
        }
        let named = |member: &str| members.get(member).and_then(Value::as_str);
        let objects = (
            named("ori").and_then(|ori| peer.known.get(ori)),
            named("rri").and_then(|rri| peer.given.get(rri)),
        );
        let session = match objects {
            (Some(own), Some(receiver)) => {
                let clauses = Clauses::SPECIFICATION;
                Session::begin(&clauses, &peer.readings, &peer.key, own, receiver, now).ok()
            }
            _ => None,
        };
        let opened = session
            .as_ref()
            .and_then(|session| open(text, Direction::Request, &session.key, &peer.readings).ok());
        let inner = opened.and_then(|opened| serde_json::from_slice(&opened.plaintext).ok());
        Self {
            text: text.to_owned(),
            outer: outer.clone(),
            members,
            oro,
            session,
            inner,
        }
    }

    /// A text of the header.
    pub fn member(&self, name: &str) -> &str {
        let member = self.members.get(name).and_then(Value::as_str);
        member.unwrap_or_default()
    }

    /// A part of the object as octets.
    pub fn part(&self, place: usize) -> Vec<u8> {
        let part = self.text.split('.').nth(place).unwrap_or_default();
        base64url::decode(part).unwrap_or_default()
    }

    /// The identifier of the inner request.
    pub fn identifier(&self) -> Value {
        let identifier = self.inner.as_ref().and_then(|inner| inner.get("rqi"));
        identifier.cloned().unwrap_or_default()
    }
}
