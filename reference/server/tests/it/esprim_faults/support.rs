//! Sides and objects for a round, and what an answer says.

use onem2m_envelope::SymmetricKey;
use onem2m_envelope::esprim::bare::Draft;
use onem2m_envelope::esprim::{Clauses as EsPrim, ReceiverRand};
use onem2m_keys::{SESSION_KEY_LABEL, SessionEsPrimKey};
use onem2m_primitive::{Request, Response};
use onem2m_server::EndToEnd;
use serde_json::{Value, json};

use crate::bench::Bench;
use crate::esprim_side::{START, Side, create, own_object, pairs};

pub(super) fn settings() -> EndToEnd {
    EndToEnd {
        pairs: pairs(),
        ..EndToEnd::default()
    }
}

pub(super) fn with(mut value: Value, name: &str, member: Value) -> Value {
    value[name] = member;
    value
}

/// The identifier of a rand object without what is random in it.
pub(super) fn kind_of_id(object: &Value) -> Option<String> {
    let id = object["esri"].as_str()?;
    id.split('-').next().map(str::to_owned)
}

pub(super) async fn ask(bench: &Bench, stem: &str) -> Value {
    let content = json!({ "m2m:seci": { "sit": 3 } });
    let response = bench
        .send(Request::notify("cse-in", content).from(stem))
        .await;
    response.content.unwrap_or_default()["m2m:seci"].clone()
}

pub(super) async fn side(bench: &Bench, stem: &'static str, kid: &str) -> Side {
    side_of(&ask(bench, stem).await, stem, kid, "or-0001")
}

/// A side with the object of an answer, or with some object if that is none.
pub(super) fn side_of(answer: &Value, stem: &'static str, kid: &str, own: &str) -> Side {
    let some = r#"{"esri":"x","esrv":"a1","esrx":"20251120T133730","esks":[1],"espa":[10,11,12]}"#;
    let receiver = ReceiverRand::from_json(&answer["ero"].to_string())
        .unwrap_or_else(|_| ReceiverRand::from_json(some).unwrap());
    Side::with(stem, kid, &receiver, &own_object(own, "20251120T133730"))
}

/// An object with a change in the text of its header, encrypted for the header as it is then.
pub(super) fn drafted(side: &Side, change: impl Fn(String) -> String, iv: &[u8]) -> String {
    let text = change(side.header().to_json());
    let key = SymmetricKey::new(side.session.key.octets());
    let plaintext = create(side.stem).to_string();
    let draft = Draft::with_header(&text, key, iv, plaintext.as_bytes());
    draft.compose().unwrap().to_string()
}

/// The same under the session key of these texts.
pub(super) fn keyed(
    side: &Side,
    receiver: &str,
    originator: &str,
    change: impl Fn(String) -> String,
) -> String {
    let label = SESSION_KEY_LABEL.as_bytes();
    let parts = [receiver.as_bytes(), originator.as_bytes(), label];
    let mut side = side.clone();
    side.session.key = SessionEsPrimKey::over(&side.key.key, &parts);
    drafted(&side, change, &[2; 12])
}

/// What a response says, as far as nothing in it is random.
pub(super) fn outcome(side: &Side, response: &Response) -> Value {
    let content = response.content.clone().unwrap_or_default();
    let names = |value: &Value| {
        let members = value.as_object();
        members.map(|members| members.keys().cloned().collect::<Vec<_>>())
    };
    let Some(object) = content["m2m:seci"]["epo"].as_str() else {
        return json!([response.status.number(), names(&content)]);
    };
    let lengths: Vec<usize> = object.split('.').map(str::len).collect();
    let accepted = onem2m_envelope::esprim::accept_response(
        &EsPrim::SPECIFICATION,
        object,
        &side.readings,
        &side.session,
        START,
    );
    let inner = match &accepted {
        Err(discard) => json!(format!("{discard}").split('"').next()),
        Ok(accepted) => {
            let inner: Value = serde_json::from_slice(&accepted.plaintext).unwrap_or_default();
            let rro = accepted.header.rro.as_ref();
            let is_new = rro.map(|rro| rro.id() != side.session.receiver.id());
            json!([
                inner["rsc"],
                inner["rqi"],
                accepted.header.enc.name(),
                is_new
            ])
        }
    };
    json!([
        response.status.number(),
        names(&content),
        content["m2m:seci"]["sit"],
        lengths.first(),
        lengths.get(1),
        lengths.get(4),
        inner
    ])
}

pub(super) trait PopLast {
    /// The last character, and what is before it.
    fn pop_last(&self) -> (char, &str);
}

impl PopLast for String {
    fn pop_last(&self) -> (char, &str) {
        let last = self.chars().next_back().unwrap();
        (last, &self[..self.len() - last.len_utf8()])
    }
}
