//! An AE under test that secures content, and puts it into a container of the tester.

use super::known::{self, MEDIA_TYPE, PAYLOAD, kid};
use super::place::{Place, created, name};
use super::target::nothing;
use crate::catalogue::behaviour::{Role, ScriptedAnswer};
use crate::purposes::stop::{Finding, Stop};
use crate::purposes::world::World;
use crate::tester::instruction::Act;
use crate::verdict::Cause;
use base64ct::{Base64, Encoding};
use onem2m_envelope::base64url;
use onem2m_envelope::esdata::{ContentSecurity, Envelope, SecurityClass, Unwrapped};
use serde_json::{Value, json};
use std::time::Duration;

/// What an AE is told to secure, and how.
#[derive(Clone, Copy)]
pub struct Wish<'w> {
    /// The class of the envelopes.
    pub class: SecurityClass,
    /// What is required of the content: the AE finds class and keys by itself then.
    pub require: &'w [&'w str],
    /// Their form: compact, json or json-base64.
    pub form: &'w str,
    /// The Targets, by the keys of the vectors.
    pub targets: &'w [&'w str],
    /// With what it signs, by the keys of the vectors.
    pub signers: &'w [&'w str],
    /// What is covered beside the payload.
    pub additional: Option<&'w [u8]>,
    /// A Target whose certificate has to be found.
    pub recipient: Option<&'w Value>,
    /// How many contentInstances it makes.
    pub count: usize,
}

impl Wish<'_> {
    /// One envelope in compact form, encrypted for one Target.
    pub const ONE: Wish<'static> = Wish {
        class: SecurityClass::EncryptionOnly,
        require: &[],
        form: "compact",
        targets: &["wrap-256"],
        signers: &[],
        additional: None,
        recipient: None,
        count: 1,
    };

    fn statement(&self, step: &str, container: &str) -> Result<Value, Stop> {
        let read = |names: &[&str], read: fn(&str, &str) -> Result<Value, Stop>| {
            let keys = names.iter().map(|name| read(step, name));
            keys.collect::<Result<Vec<Value>, Stop>>()
        };
        let targets = read(self.targets, known::ours)?;
        let signers = read(self.signers, known::own)?;
        let names = |keys: &[Value]| keys.iter().map(|key| json!(kid(key))).collect::<Value>();
        let keys = [targets.as_slice(), &signers].concat();
        let mut statement = json!({
            "container": container,
            "count": self.count,
            "payload": base64url::encode(PAYLOAD.as_bytes()),
            "media-type": MEDIA_TYPE,
            "aad": self.additional.map(base64url::encode),
            "class": match self.class {
                SecurityClass::EncryptionOnly => "encryption",
                SecurityClass::SignatureOnly => "signature",
                SecurityClass::NestedSignThenEncrypt => "nested",
            },
            "form": self.form,
            "enc": "A256GCM",
            "recipient": self.recipient,
            "targets": names(&targets),
            "signers": names(&signers),
            "keys": keys,
        });
        if let (false, Some(members)) = (self.require.is_empty(), statement.as_object_mut()) {
            members.retain(|name, _| !["class", "targets", "signers"].contains(&name.as_str()));
            members.insert("require".into(), json!(self.require));
        }
        Ok(statement)
    }
}

/// A contentInstance of the AE.
pub struct Secured {
    /// contentInfo.
    pub content_info: String,
    /// The content.
    pub content: String,
}

/// Has the AE secure content, and gives what it made.
pub async fn secured(world: &World<'_>, step: &str, wish: &Wish<'_>) -> Result<Vec<Secured>, Stop> {
    let place = begun(world, step, wish, Vec::new()).await?;
    let patience = world.facts().arrival();
    let mut all = Vec::with_capacity(wish.count);
    for _ in 0..wish.count {
        match next(world, step, Role::Stimulus, &place, patience).await? {
            Some(secured) => all.push(secured),
            None => return Err(nothing(step, Role::Stimulus, "a contentInstance of the AE")),
        }
    }
    Ok(all)
}

/// Has the AE begin to secure content, with further answers ready for it.
pub async fn begun(
    world: &World<'_>,
    step: &str,
    wish: &Wish<'_>,
    mut answers: Vec<ScriptedAnswer>,
) -> Result<Place, Stop> {
    let place = Place::open(world, step)?;
    let container = place.container(&made(step));
    let statement = wish.statement(step, &container)?;
    answers.push(created(&container));
    let order = place.order(world, step, Act::Source, statement, answers);
    order.await?;
    Ok(place)
}

/// The next content that the AE made, if it made one.
pub async fn next(
    world: &World<'_>,
    step: &str,
    role: Role,
    place: &Place,
    patience: Duration,
) -> Result<Option<Secured>, Stop> {
    let container = place.container(&made(step));
    let instance = place.created(world, step, role, &container, patience);
    let Some(instance) = instance.await? else {
        return Ok(None);
    };
    let text = |name| {
        instance
            .get(name)
            .and_then(Value::as_str)
            .map(str::to_owned)
    };
    match (text("cnf"), text("con")) {
        (Some(content_info), Some(content)) => Ok(Some(Secured {
            content_info,
            content,
        })),
        _ => {
            let expected = "a contentInstance with a contentInfo and a text";
            Err(wrong(step, expected, &instance.to_string()))
        }
    }
}

fn made(step: &str) -> String {
    format!("made-{}", name(step))
}

impl Secured {
    /// The envelope, in the form that contentInfo says.
    pub fn envelope(&self, step: &str) -> Result<Envelope, Stop> {
        let third = self.content_info.split(':').nth(2);
        let form = third.and_then(|text| text.parse().ok());
        let form = form.and_then(ContentSecurity::from_number);
        let form = form.filter(|form| *form != ContentSecurity::None);
        let Some(form) = form else {
            let expected = "a contentInfo whose third part says in which form content is secured";
            return Err(wrong(step, expected, &self.content_info));
        };
        Envelope::read(form, &self.content).map_err(|error| {
            let expected = format!("an envelope of contentSecurity {}", form.number());
            wrong(step, &expected, &format!("{error}: {}", self.content))
        })
    }

    /// What is in it for whoever has these keys of the vectors.
    pub fn opened(
        &self,
        step: &str,
        class: SecurityClass,
        names: &[&str],
    ) -> Result<Unwrapped, Stop> {
        let envelope = self.envelope(step)?;
        let expected = format!("an envelope of the class {} that opens", class.name());
        match known::opened(step, &envelope, class, names) {
            Ok(unwrapped) if self.decoded(&unwrapped.payload) == PAYLOAD.as_bytes() => {
                Ok(unwrapped)
            }
            Ok(_) => Err(wrong(step, &expected, "another payload")),
            Err(why) => Err(wrong(step, &expected, &format!("{why}: {}", self.content))),
        }
    }

    /// A payload without the transfer encoding that contentInfo tells, which is applied before the payload is secured
    /// (TS-0004 V3.32.0, Table 6.3.3-1).
    fn decoded(&self, payload: &[u8]) -> Vec<u8> {
        let is_plain = self.content_info.split(':').nth(1) == Some("0");
        match (is_plain, str::from_utf8(payload)) {
            (false, Ok(text)) => Base64::decode_vec(text).unwrap_or_default(),
            _ => payload.to_vec(),
        }
    }
}

/// What the AE made is not as it has to be.
pub fn wrong(step: &str, expected: &str, observed: &str) -> Stop {
    let finding = Finding::new(Cause::SideEffect, expected, observed);
    Stop::arrived(step, Role::Stimulus, finding)
}
