//! One request of a sequence, as data: what it names it names by slots, so that it means the same on a fresh instance.

use super::kind::Kind;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::fmt;

/// An operation (TS-0004 V3.32.0, 6.3.4.2.5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Operation {
    /// Create.
    Create,
    /// Retrieve, which a filterUsage makes a discovery.
    Retrieve,
    /// Update.
    Update,
    /// Delete.
    Delete,
    /// Notify.
    Notify,
}

impl Operation {
    /// The method of the HTTP binding (TS-0009 V3.9.1, 6.2.1).
    pub fn method(self) -> &'static str {
        match self {
            Self::Create | Self::Notify => "POST",
            Self::Retrieve => "GET",
            Self::Update => "PUT",
            Self::Delete => "DELETE",
        }
    }

    /// The Response Status Code of success (TS-0004 V3.32.0, 7.3.3.12).
    pub fn success(self) -> u16 {
        match self {
            Self::Create => 2001,
            Self::Retrieve | Self::Notify => 2000,
            Self::Update => 2004,
            Self::Delete => 2002,
        }
    }

    /// As a verb of a sentence.
    pub fn verb(self) -> &'static str {
        match self {
            Self::Create => "creates",
            Self::Retrieve => "retrieves",
            Self::Update => "updates",
            Self::Delete => "deletes",
            Self::Notify => "notifies",
        }
    }
}

/// The form in which a target or an identity is written (TS-0001 V3.36.0, 7.2).
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// Structured, relative to the CSE.
    #[default]
    Structured,
    /// Unstructured, as the IUT assigned it.
    Unstructured,
    /// Structured, relative to the service provider.
    SpRelative,
    /// Structured and absolute.
    Absolute,
}

/// What is addressed below a resource without being one (TS-0001 V3.36.0, 9.6.27, 9.6.28 and 9.6.14).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Virtual {
    /// The latest instance.
    Latest,
    /// The oldest instance.
    Oldest,
    /// The members of a group.
    FanOut,
}

impl Virtual {
    /// Its name in a path.
    pub fn segment(self) -> &'static str {
        match self {
            Self::Latest => "la",
            Self::Oldest => "ol",
            Self::FanOut => "fopt",
        }
    }
}

/// Where a request goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// The slot of a resource.
    pub slot: String,
    /// How it is written.
    #[serde(default, skip_serializing_if = "is_default")]
    pub form: Form,
    /// What of it is meant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub below: Option<Virtual>,
}

impl Target {
    /// The resource itself, by its structured id.
    pub fn of(slot: impl Into<String>) -> Self {
        Self {
            slot: slot.into(),
            form: Form::default(),
            below: None,
        }
    }
}

/// What a Create makes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Makes {
    /// The slot by which later steps name it.
    pub slot: String,
    /// Its type.
    pub kind: Kind,
}

/// What a request is worth, apart from who may send it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Worth {
    /// Valid: it has to be carried out for whoever may.
    #[default]
    Sound,
    /// Invalid by this clause: nobody gets it carried out.
    Wrong(String),
    /// The texts leave open whether it is valid.
    Open,
}

/// What is otherwise than usual around the content of a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Oddity {
    /// From says this.
    From(String),
    /// A header field is missing.
    Lacks(String),
    /// A header field is there once more, or one that is not usual.
    Also(String, String),
    /// The body is this text.
    Body(String),
    /// The same octets in as many segments.
    Segments(usize),
    /// The body in chunks of so many octets.
    Chunks(usize),
    /// The request target in absolute form (RFC 9112, 3.2.2).
    AbsoluteForm,
    /// Names of header fields in another case (RFC 9110, 5.1).
    FieldCase,
    /// The octets of the request from there on are replaced.
    Octets {
        /// Where.
        at: usize,
        /// How many are taken away.
        take: usize,
        /// What is put there, in hexadecimal.
        put: String,
    },
    /// It is sent twice at once, on two connections.
    Twice,
    /// No request at all, but these octets, in hexadecimal, where a handshake is expected.
    Flight(String),
}

impl Oddity {
    /// Whether octets are changed, whatever they stand for.
    pub fn is_damage(&self) -> bool {
        matches!(self, Self::Octets { .. })
    }

    /// Whether the binding itself may refuse the request, without a primitive.
    pub fn concerns_binding(&self) -> bool {
        match self {
            Self::Lacks(_)
            | Self::Also(..)
            | Self::Body(_)
            | Self::Octets { .. }
            | Self::Flight(_) => true,
            Self::From(from) => from.is_empty() || !from.is_ascii(),
            Self::Segments(_)
            | Self::Chunks(_)
            | Self::AbsoluteForm
            | Self::FieldCase
            | Self::Twice => false,
        }
    }

    /// A word for classes of findings.
    pub fn word(&self) -> &'static str {
        match self {
            Self::From(_) => "from",
            Self::Lacks(_) => "lacks",
            Self::Also(..) => "also",
            Self::Body(_) => "body",
            Self::Segments(_) => "segments",
            Self::Chunks(_) => "chunks",
            Self::AbsoluteForm => "absolute_form",
            Self::FieldCase => "field_case",
            Self::Octets { .. } => "octets",
            Self::Twice => "twice",
            Self::Flight(_) => "flight",
        }
    }
}

/// One request.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// Who sends it: `ADM`, or an AE of the tester.
    pub by: String,
    /// The operation.
    pub operation: Operation,
    /// The target.
    pub on: Target,
    /// What a Create makes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub makes: Option<Makes>,
    /// The attributes in the content; texts in them name slots in braces.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content: Option<Map<String, Value>>,
    /// Parameters in the query.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parameters: Vec<(String, String)>,
    /// Whether it is valid.
    #[serde(default, skip_serializing_if = "is_default")]
    pub worth: Worth,
    /// What is otherwise than usual.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub oddities: Vec<Oddity>,
    /// Whether it only prepares what follows.
    #[serde(default, skip_serializing_if = "is_default")]
    pub is_set_up: bool,
}

impl Step {
    /// A request without content.
    pub fn new(by: &str, operation: Operation, on: Target) -> Self {
        Self {
            by: by.to_owned(),
            operation,
            on,
            makes: None,
            content: None,
            parameters: Vec::new(),
            worth: Worth::Sound,
            oddities: Vec::new(),
            is_set_up: false,
        }
    }

    /// A Create.
    pub fn create(
        by: &str,
        below: &str,
        slot: &str,
        kind: Kind,
        content: Map<String, Value>,
    ) -> Self {
        Self {
            makes: Some(Makes {
                slot: slot.to_owned(),
                kind,
            }),
            content: Some(content),
            ..Self::new(by, Operation::Create, Target::of(below))
        }
    }

    /// An Update.
    pub fn update(by: &str, slot: &str, content: Map<String, Value>) -> Self {
        Self {
            content: Some(content),
            ..Self::new(by, Operation::Update, Target::of(slot))
        }
    }

    /// A parameter of the query.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        let (_, value) = self.parameters.iter().find(|(given, _)| given == name)?;
        Some(value)
    }

    /// Whether it is a discovery (TS-0003 V3.18.0, 7.1.3).
    pub fn is_discovery(&self) -> bool {
        self.operation == Operation::Retrieve && self.parameter("fu") == Some("1")
    }

    /// Whether it registers an AE.
    pub fn is_registration(&self) -> bool {
        self.makes
            .as_ref()
            .is_some_and(|makes| makes.kind == Kind::Ae)
    }

    /// What From says instead of the sender's own identity.
    pub fn from(&self) -> Option<&str> {
        self.oddities.iter().find_map(|oddity| match oddity {
            Oddity::From(from) => Some(from.as_str()),
            _ => None,
        })
    }
}

impl fmt::Display for Step {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { by, operation, .. } = self;
        let verb = match self.is_discovery() {
            true => "discovers below",
            false => operation.verb(),
        };
        write!(formatter, "{by} {verb} ")?;
        if let Some(makes) = &self.makes {
            write!(formatter, "{} {} in ", makes.kind, makes.slot)?;
        }
        formatter.write_str(&self.on.slot)?;
        if let Some(below) = self.on.below {
            write!(formatter, "/{}", below.segment())?;
        }
        if self.on.form != Form::Structured {
            write!(formatter, " ({:?})", self.on.form)?;
        }
        for (name, value) in &self.parameters {
            write!(formatter, " {name}={value}")?;
        }
        if let Some(content) = &self.content {
            let text = Value::Object(content.clone()).to_string();
            let shown: String = text.chars().take(400).collect();
            write!(formatter, " with {shown}")?;
        }
        for oddity in &self.oddities {
            let text = format!("{oddity:?}");
            let shown: String = text.chars().take(200).collect();
            write!(formatter, ", {shown}")?;
        }
        Ok(())
    }
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}
