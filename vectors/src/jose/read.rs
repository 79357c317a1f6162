use onem2m_envelope::EnvelopeError;
use onem2m_envelope::esdata::{ContentSecurity, Envelope, SecurityClass};
use onem2m_envelope::jwe::Jwe;
use onem2m_envelope::jws::Jws;
use onem2m_envelope::token::{Permitted, Token};
use serde_json::{Map, Value};

use super::{Ring, error_name};
use crate::members::Members;
use crate::{Answer, Unreadable};

pub(crate) fn answer(
    vector: &Map<String, Value>,
    head: &Map<String, Value>,
) -> Result<Answer, Unreadable> {
    let (vector, head) = (Members::of(vector), Members::of(head));
    let ring = ring(&vector, Members::of(head.object("keys")?))?;
    let object = vector.text("object")?;
    let read = match vector.text("reads")? {
        "jwe" => jwe(object, &ring),
        "jws" => jws(object, &ring),
        "esdata" => esdata(object, form(&vector)?, class(&vector)?, &ring),
        "token" => token(object, &ring),
        other => {
            let reason = format!("{other:?} is nothing that is read");
            return Err(Unreadable::value("reads", reason));
        }
    };
    // A list of signatures is compared where the vector states one.
    let signatures = Members::of(vector.object("expected")?).find("signatures");
    Ok(match read {
        Ok(read) => read.answer(signatures.is_some()),
        Err(error) => Answer::from_iter([("error".into(), error_name(&error).into())]),
    })
}

/// What comes out of an object.
#[derive(Default)]
struct Read {
    payload: Vec<u8>,
    additional_data: Option<Vec<u8>>,
    signatures: Vec<usize>,
}

impl Read {
    fn answer(&self, with_signatures: bool) -> Answer {
        let text = |octets: &[u8]| Value::from(String::from_utf8_lossy(octets));
        let mut answer = Answer::from_iter([("payload".into(), text(&self.payload))]);
        if let Some(data) = &self.additional_data {
            answer.insert("additional_data".into(), text(data));
        }
        if with_signatures {
            answer.insert("signatures".into(), self.signatures.clone().into());
        }
        answer
    }
}

fn ring(vector: &Members<'_>, keys: Members<'_>) -> Result<Ring, Unreadable> {
    let names = vector.texts("keys")?.into_iter();
    let keys: Vec<_> = names
        .map(|name| keys.read(name, "a key", Some))
        .collect::<Result<_, _>>()?;
    Ring::read(keys)
}

fn jwe(object: &str, ring: &Ring) -> Result<Read, EnvelopeError> {
    let jwe = match object.starts_with('{') {
        true => Jwe::read_json(object)?,
        false => Jwe::read_compact(object)?,
    };
    Ok(Read {
        payload: jwe
            .open(|header| ring.decryption(header))?
            .plaintext
            .to_vec(),
        additional_data: jwe.additional_data().map(<[u8]>::to_vec),
        ..Read::default()
    })
}

fn jws(object: &str, ring: &Ring) -> Result<Read, EnvelopeError> {
    let jws = match object.starts_with('{') {
        true => Jws::read_json(object)?,
        false => Jws::read_compact(object)?,
    };
    let verified = jws.verify(|header| ring.verification(header))?;
    Ok(Read {
        payload: verified.payload.to_vec(),
        signatures: verified.signatures,
        ..Read::default()
    })
}

fn esdata(
    object: &str,
    form: ContentSecurity,
    class: SecurityClass,
    ring: &Ring,
) -> Result<Read, EnvelopeError> {
    let unwrapped = Envelope::read(form, object)?.open(class, ring)?;
    Ok(Read {
        payload: unwrapped.payload.to_vec(),
        additional_data: unwrapped.additional_data,
        signatures: unwrapped.signatures,
    })
}

fn token(object: &str, ring: &Ring) -> Result<Read, EnvelopeError> {
    let claims = Token::read(object)?.open(&Permitted::everything(), ring)?;
    Ok(Read {
        payload: Value::from(claims).to_string().into_bytes(),
        ..Read::default()
    })
}

fn form(vector: &Members<'_>) -> Result<ContentSecurity, Unreadable> {
    vector.read("content_security", "the number of a form", |value| {
        ContentSecurity::from_number(u8::try_from(value.as_u64()?).ok()?)
    })
}

fn class(vector: &Members<'_>) -> Result<SecurityClass, Unreadable> {
    let classes = [
        SecurityClass::EncryptionOnly,
        SecurityClass::SignatureOnly,
        SecurityClass::NestedSignThenEncrypt,
    ];
    vector.choice("class", &classes.map(|class| (class.name(), class)))
}
