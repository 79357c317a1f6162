use super::clauses::Clauses;
use super::content_type::{ContentType, Direction};
use super::form::{Form, Members};
use super::ncname::is_ncname;
use super::rand_object::{KeyAlgorithms, OriginatorRand, RandError, RandObject, ReceiverRand};
use super::raw_member::raw_member;
use super::readings::ValueEncoding;
use super::refusal::Refusal;
use crate::{ContentEncryption, json};

/// The protected header of an ESPrim Object (TS-0003 V3.18.0, Table 8.4.3.2-2). `alg` is always `dir`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// How the inner primitive is encrypted.
    pub enc: ContentEncryption,
    /// pairwiseESPrimKeyID.
    pub kid: String,
    /// What the inner primitive is.
    pub cty: Option<ContentType>,
    /// The identifier of the Originator's rand object in use.
    pub ori: String,
    /// The identifier of the Receiver's rand object in use.
    pub rri: String,
    /// A rand object of the Originator, in requests: the one in use, or the next.
    pub oro: Option<OriginatorRand>,
    /// A rand object of the Receiver, in responses: the next.
    pub rro: Option<ReceiverRand>,
}

impl Header {
    /// Reads the header of an object, with the clauses of its members.
    pub fn read(
        clauses: &Clauses,
        form: &Form<'_>,
        direction: Direction,
        encoding: ValueEncoding,
    ) -> Result<Self, Refusal> {
        let members = &form.members;
        (clauses.algorithm)(members)?;
        let enc = (clauses.encryption)(members)?;
        (clauses.compression)(members)?;
        (clauses.critical)(members)?;
        (clauses.encrypted_key)(&form.encrypted_key)?;
        (clauses.initialization_vector)(&form.iv)?;
        (clauses.ciphertext)(&form.ciphertext)?;
        (clauses.tag)(&form.tag)?;
        let kid = (clauses.key_id)(members)?;
        let cty = (clauses.content_type)(members, direction)?;
        let ori = (clauses.originator_id)(members)?;
        let rri = (clauses.receiver_id)(members)?;
        (clauses.misplaced)(members, direction)?;
        let (oro, rro) = match direction {
            Direction::Request => ((clauses.oro)(clauses, form, encoding)?, None),
            Direction::Response => (None, (clauses.rro)(clauses, form, encoding)?),
        };
        Ok(Self {
            enc,
            kid,
            cty,
            ori,
            rri,
            oro,
            rro,
        })
    }

    /// JSON, the members in the order of the table, without white space but where a rand object has some.
    pub fn to_json(&self) -> String {
        let mut text = format!(r#"{{"alg":"dir","enc":"{}""#, self.enc.name());
        let cty = self.cty.map(ContentType::media_type);
        let texts = [
            ("kid", Some(self.kid.as_str())),
            ("cty", cty),
            ("ori", Some(&self.ori)),
            ("rri", Some(&self.rri)),
        ];
        for (name, value) in texts {
            if let Some(value) = value {
                begin_member(&mut text, name);
                json::write_text(&mut text, value);
            }
        }
        let oro = self.oro.as_ref().map(RandObject::as_sent);
        let rro = self.rro.as_ref().map(RandObject::as_sent);
        for (name, object) in [("oro", oro), ("rro", rro)] {
            if let Some(object) = object {
                begin_member(&mut text, name);
                text.push_str(&object);
            }
        }
        text.push('}');
        text
    }
}

fn begin_member(text: &mut String, name: &str) {
    text.push_str(",\"");
    text.push_str(name);
    text.push_str("\":");
}

/// `alg` is `dir` (TS-0003 V3.18.0, 8.4.3.2).
pub(crate) fn algorithm(members: &Members) -> Result<(), Refusal> {
    match string(members, "alg")? {
        "dir" => Ok(()),
        other => Err(Refusal::Algorithm { got: other.into() }),
    }
}

/// `enc` is one of TS-0003 V3.18.0, Table 8.5.3.2-4.
pub(crate) fn encryption(members: &Members) -> Result<ContentEncryption, Refusal> {
    let name = string(members, "enc")?;
    ContentEncryption::from_name(name).ok_or_else(|| Refusal::Encryption { got: name.into() })
}

/// No `zip`: TS-0003 V3.18.0, Table 8.4.3.2-2 does not know it.
pub(crate) fn compression(members: &Members) -> Result<(), Refusal> {
    match members.get("zip") {
        None => Ok(()),
        Some(zip) => Err(Refusal::Compression {
            got: zip.to_string(),
        }),
    }
}

/// No `crit`: there is no extension that could be understood, and an empty list is not allowed (RFC 7515, 4.1.11).
pub(crate) fn critical(members: &Members) -> Result<(), Refusal> {
    match members.get("crit") {
        None => Ok(()),
        Some(crit) => Err(Refusal::Critical {
            got: crit.to_string(),
        }),
    }
}

/// `kid` is text.
pub(crate) fn key_id(members: &Members) -> Result<String, Refusal> {
    string(members, "kid").map(str::to_owned)
}

/// `ori` is the identifier of a rand object.
pub(crate) fn originator_id(members: &Members) -> Result<String, Refusal> {
    name(members, "ori")
}

/// `rri` is the identifier of a rand object.
pub(crate) fn receiver_id(members: &Members) -> Result<String, Refusal> {
    name(members, "rri")
}

/// `cty` may be absent; otherwise it is a media type of a primitive of this direction.
pub(crate) fn content_type(
    members: &Members,
    direction: Direction,
) -> Result<Option<ContentType>, Refusal> {
    if !members.contains_key("cty") {
        return Ok(None);
    }
    let got = string(members, "cty")?;
    match ContentType::read(got) {
        Some(known) if known.direction == direction => Ok(Some(known)),
        _ => Err(Refusal::ContentType { got: got.into() }),
    }
}

/// `oro` comes from the Originator alone, `rro` from the Receiver alone (TS-0003 V3.18.0, Table 8.4.3.2-2).
pub(crate) fn misplaced(members: &Members, direction: Direction) -> Result<(), Refusal> {
    let member = match direction {
        Direction::Request => "rro",
        Direction::Response => "oro",
    };
    if members.contains_key(member) {
        Err(Refusal::Misplaced { member })
    } else {
        Ok(())
    }
}

/// `oro` is a rand object of an Originator.
pub(crate) fn oro(
    clauses: &Clauses,
    form: &Form<'_>,
    encoding: ValueEncoding,
) -> Result<Option<OriginatorRand>, Refusal> {
    rand_object(clauses, form, "oro", encoding)
}

/// `rro` is a rand object of a Receiver.
pub(crate) fn rro(
    clauses: &Clauses,
    form: &Form<'_>,
    encoding: ValueEncoding,
) -> Result<Option<ReceiverRand>, Refusal> {
    rand_object(clauses, form, "rro", encoding)
}

/// An esprimRandID is an xs:NCName (TS-0004 V3.32.0, Table 6.3.5.50-1).
pub(crate) fn rand_id(id: &str) -> Result<(), RandError> {
    named("esri", id)
}

/// An esprimRandValue is an xs:NCName (TS-0004 V3.32.0, Table 6.3.5.50-1) and encodes 128 bits (TS-0003 V3.18.0, 8.4.3.1.1).
pub(crate) fn rand_value(value: &str, encoding: ValueEncoding) -> Result<(), RandError> {
    named("esrv", value)?;
    encoding.read(value).map(|_| ())
}

fn named(member: &'static str, text: &str) -> Result<(), RandError> {
    if is_ncname(text) {
        Ok(())
    } else {
        Err(RandError::NotAName {
            member,
            got: text.to_owned(),
        })
    }
}

fn rand_object<Algorithms: KeyAlgorithms>(
    clauses: &Clauses,
    form: &Form<'_>,
    member: &'static str,
    encoding: ValueEncoding,
) -> Result<Option<RandObject<Algorithms>>, Refusal> {
    let refused = |error| Refusal::RandObject { member, error };
    let Some(value) = form.members.get(member) else {
        return Ok(None);
    };
    let members = value
        .as_object()
        .ok_or_else(|| refused(RandError::NotAnObject))?;
    let wire = raw_member(&form.header, member);
    let object = RandObject::<Algorithms>::from_members(members, wire).map_err(refused)?;
    (clauses.rand_id)(object.id()).map_err(refused)?;
    (clauses.rand_value)(object.value(), encoding).map_err(refused)?;
    Ok(Some(object))
}

fn string<'a>(members: &'a Members, member: &'static str) -> Result<&'a str, Refusal> {
    let value = members.get(member).ok_or(Refusal::Missing { member })?;
    value.as_str().ok_or(Refusal::Type { member })
}

fn name(members: &Members, member: &'static str) -> Result<String, Refusal> {
    let got = string(members, member)?;
    if is_ncname(got) {
        Ok(got.to_owned())
    } else {
        Err(Refusal::NotAName {
            member,
            got: got.to_owned(),
        })
    }
}
