//! Primitives under ESPrim: whose key, which session, and what is wrong with the object.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// How the request of a step travels inside an ESPrim Object (TS-0003 V3.18.0, 8.4).
///
/// In the catalogue: `protect = {}` for an object in which everything is right; each further member changes one thing.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Protection {
    /// The actor whose pair it is, if not that of the step.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pair: Option<String>,
    /// The session, by a name of the scenario. One that no step named before begins with rand objects of its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session: Option<String>,
    /// Where a refusal has to come.
    #[serde(skip_serializing_if = "Refused::is_usual")]
    pub refused: Refused,
    /// The content encryption of a session that begins; A256GCM otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enc: Option<String>,
    /// Members of the originator object of a session that begins; `<absent>` leaves one out.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub oro: Map<String, Value>,
    /// What stands in the place of the originator object.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub oro_instead: Option<Value>,
    /// The originator object stands as JSON inside a text.
    #[serde(skip_serializing_if = "is_false")]
    pub oro_as_text: bool,
    /// A further session on the same receiver object, whose originator object travels in this one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refresh: Option<String>,
    /// The originator object travels although the Receiver has it, or not although it has not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub oro_sent: Option<bool>,
    /// The receiver object on which a session that begins is built, in place of one of the IUT.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub rro: Map<String, Value>,
    /// Whether a session that begins is built on the receiver object that the IUT publishes.
    #[serde(skip_serializing_if = "is_false")]
    pub shared: bool,
    /// The session whose receiver object a session that begins uses too.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rro_of: Option<String>,
    /// Members of the protected header; `<absent>` leaves one out.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub header: Map<String, Value>,
    /// Text behind the last member of the protected header.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub header_more: Option<String>,
    /// Text in the place of the protected header.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub header_text: Option<String>,
    /// Members of the protected header that change once the object is sealed.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub rewritten: Map<String, Value>,
    /// The protected header is written with white space once the object is sealed.
    #[serde(skip_serializing_if = "is_false")]
    pub respaced: bool,
    /// Octets of the initialization vector, to which the tag fits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub iv: Option<usize>,
    /// The octets of the initialization vector.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vector: Option<Vec<u8>>,
    /// Octets of the tag: its first, or zeros behind it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tag: Option<usize>,
    /// Whether the inner primitive stands in the place of the ciphertext as it is.
    #[serde(skip_serializing_if = "is_false")]
    pub unencrypted: bool,
    /// Octets in the place of the encrypted key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encrypted_key: Option<usize>,
    /// The part of which one bit changes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub flipped: Option<Part>,
    /// The part that lacks its last octet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cut: Option<Part>,
    /// How a part is written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub spelled: Option<Spelled>,
    /// How many parts there are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parts: Option<usize>,
    /// With what the object is sealed.
    #[serde(skip_serializing_if = "Key::is_usual")]
    pub key: Key,
    /// Members of the inner primitive; `<absent>` leaves one out.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub inner: Map<String, Value>,
    /// Text before the first member of the inner primitive.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inner_before: Option<String>,
    /// The member inside which the inner primitive stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inner_in: Option<String>,
    /// Text in the place of the inner primitive.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plaintext: Option<String>,
    /// How deep an array is nested in the place of the inner primitive.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plaintext_depth: Option<usize>,
    /// The plaintext is compressed before it is encrypted.
    #[serde(skip_serializing_if = "is_false")]
    pub deflated: bool,
    /// So many MiB of zero octets stand, compressed, in the place of the inner primitive.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inflates_to: Option<usize>,
    /// Octets of a further member of the protected header.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub header_padding: Option<usize>,
    /// What stands in the outer primitive beside the object, inside `m2m:seci`; `<absent>` leaves a member out, and `<object>`
    /// is the object.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub outer: Map<String, Value>,
    /// The target of the outer primitive, if not the `<CSEBase>` of the IUT.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// The earlier step whose object travels again as it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub again: Option<String>,
}

/// Where a refusal has to come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Refused {
    /// In the clear, or inside an object if the profile reads the specification so: the object itself is refused (TS-0004
    /// V3.32.0, 7.6.2; TS-0001 V3.36.0, 11.4.2).
    #[default]
    Outside,
    /// Inside an object: the inner request is refused (TS-0004 V3.32.0, 7.6.2).
    Inside,
    /// In the clear, whatever the profile says: the Originator has no valid session.
    Clear,
    /// Where the profile says it, and nowhere else: the Originator has a valid session.
    Stated,
    /// In the clear or inside an object.
    Anywhere,
}

/// Which pair of the profile an actor holds, by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PairFixture {
    /// The first pair of an AE.
    First,
    /// The second pair of an AE.
    Second,
}

impl PairFixture {
    /// Its place among the pairs of AEs.
    pub fn index(self) -> usize {
        match self {
            Self::First => 0,
            Self::Second => 1,
        }
    }
}

/// A part of an ESPrim Object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// The protected header.
    Header,
    /// The initialization vector.
    Iv,
    /// The ciphertext.
    Ciphertext,
    /// The tag.
    Tag,
}

/// A spelling of a part that is not that of RFC 7515, 2.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Spelled {
    /// The part.
    pub part: Part,
    /// How it is written.
    pub how: Spelling,
}

/// How octets are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Spelling {
    /// With `=` behind them.
    Padded,
    /// In the alphabet with `+` and `/`.
    StandardAlphabet,
    /// With a space inside.
    Spaced,
    /// With a line feed at the end.
    LineFeed,
    /// With bits in the last character that stand for nothing.
    StrayBits,
}

/// With what an object is sealed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Key {
    /// The session key.
    #[default]
    Session,
    /// A session key over the pair of another actor.
    PairOf(String),
    /// The session key of another session.
    SessionOf(String),
    /// A session key over the rand objects in the other order.
    Swapped,
    /// A session key over the rand objects alone.
    Unlabelled,
    /// A session key over another label.
    OtherLabel,
    /// A session key over the receiver object alone.
    ReceiverOnly,
    /// A session key over the originator object alone.
    OriginatorOnly,
    /// The pairwise key itself.
    Pairwise,
    /// Zeros.
    Zeros,
}

impl Refused {
    fn is_usual(&self) -> bool {
        *self == Self::Outside
    }
}

impl Key {
    fn is_usual(&self) -> bool {
        *self == Self::Session
    }
}

fn is_false(value: &bool) -> bool {
    !value
}
