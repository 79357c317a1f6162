//! The only way a purpose touches the IUT.

use super::coap;
use super::instruction::Instruction;
use super::provisioning::{KeyAnswer, KeyOrder};
use super::sources::Sources;
use super::stand::Stand;
use super::trigger::Trigger;
use super::wire::{Connected, Dial, Wire};
use crate::catalogue::behaviour::{Endpoint, Role, ScriptedAnswer, Source};
use bytes::Bytes;
use onem2m_primitive::coap::OptionNumber;
use serde::{Deserialize, Serialize};
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;
use thiserror::Error;
use time::OffsetDateTime;

/// A boxed future, for traits that are used as objects.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// A way to the IUT: sockets, in-process, or a recording.
pub trait Link: Send + Sync {
    /// Sends one request and waits for what comes back.
    fn call<'a>(&'a self, call: &'a Call) -> BoxFuture<'a, Result<Received, LinkError>>;

    /// Opens a connection of octets to an endpoint of the IUT. What it is for, its wire is told (`Wire::begin`).
    fn connect<'a>(&'a self, dial: &'a Dial) -> BoxFuture<'a, Result<Connected, LinkError>>;

    /// Time since the link was opened, on the clock that also drives the IUT's waits.
    fn elapsed(&self) -> Result<Duration, LinkError>;

    /// What time it was when the link began, on the clock of an AE under test: it has no resources that tell.
    fn beginning(&self) -> Result<OffsetDateTime, LinkError> {
        Err(LinkError::NoTarget("no AE that tells the time".into()))
    }

    /// Lets time pass for the IUT.
    fn wait(&self, duration: Duration) -> BoxFuture<'_, ()>;

    /// The next request that arrived at an entity's point of access, or none within the patience.
    fn inbound<'a>(
        &'a self,
        entity: &'a str,
        patience: Duration,
    ) -> BoxFuture<'a, Result<Option<Inbound>, LinkError>>;

    /// From here on requests that arrive for a CSE of the tester are answered so.
    fn script(&self, entity: &str, answers: Vec<ScriptedAnswer>) -> Result<(), LinkError>;

    /// Replies to a request of the IUT that is held, by its Request Identifier.
    fn reply(&self, entity: &str, _: &str, _: ScriptedAnswer) -> Result<(), LinkError> {
        Err(LinkError::NoTarget(format!(
            "nothing that {entity} replies to"
        )))
    }

    /// The URL at which an entity receives requests. A CSE is known by its CSE-ID.
    fn point_of_access(&self, entity: &str) -> Result<String, LinkError>;

    /// Opens a stand, and tells the URL by which the IUT finds it.
    fn stand<'a>(&'a self, stand: &'a Stand) -> BoxFuture<'a, Result<String, LinkError>> {
        Box::pin(async move { Err(LinkError::NoTarget(format!("no {stand}"))) })
    }

    /// The next connection of the IUT at a stand, or none within the patience.
    fn accept<'a>(
        &'a self,
        stand: &'a Stand,
        _: Duration,
    ) -> BoxFuture<'a, Result<Option<Box<dyn Wire>>, LinkError>> {
        Box::pin(async move { Err(LinkError::NoTarget(format!("no {stand}"))) })
    }

    /// Makes the IUT act. What came to stands before that is forgotten.
    fn trigger(&self, trigger: Trigger) -> BoxFuture<'_, Result<(), LinkError>> {
        Box::pin(async move { Err(LinkError::NoTrigger(format!("no way to {trigger}"))) })
    }

    /// Gives the IUT a key, or withdraws one, and waits until that is done.
    fn change_keys<'a>(
        &'a self,
        change: &'a KeyOrder,
    ) -> BoxFuture<'a, Result<KeyAnswer, LinkError>> {
        Box::pin(async move { Err(LinkError::NoTrigger(format!("no way to {change}"))) })
    }

    /// Makes an IUT open or protect something. What it does then is seen at a CSE of the tester.
    fn secure<'a>(&'a self, order: &'a Instruction) -> BoxFuture<'a, Result<(), LinkError>> {
        Box::pin(async move { Err(LinkError::NoTrigger(format!("no way to {order}"))) })
    }

    /// The addresses from which the IUT sees the tester.
    fn sources(&self) -> Sources;

    /// Whether what was made has to be removed again.
    fn outlives_purpose(&self) -> bool;
}

/// By which way a request reaches the IUT.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Way {
    /// Which of the tester's addresses the connection comes from.
    #[serde(default)]
    pub source: Source,
    /// The entity inside whose security association the request travels, as an SP-relative or absolute
    /// id; outside any association without one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub association: Option<String>,
    /// The AEs that the association is allowed to speak for, where it is that of a node.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub allows: Vec<String>,
    /// The Credential-ID of what the association is established with, where that matters. Alone it is all that is known of
    /// the association.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credential: Option<String>,
    /// The endpoint outside associations, if it is another than that of most requests.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub endpoint: Option<Endpoint>,
    /// The App-ID in the certificate of the association.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub app_id: Option<String>,
}

impl Way {
    /// Whether it is the way of most requests: the first address, no association.
    pub fn is_ordinary(&self) -> bool {
        *self == Self::default()
    }

    /// Whether it is inside a security association.
    pub fn is_associated(&self) -> bool {
        self.association.is_some() || !self.allows.is_empty() || self.credential.is_some()
    }

    /// Whether all that is said of the association is whom it stands for, so that a credential of that entity is what it needs.
    pub fn is_of_credential(&self) -> bool {
        self.association.is_some()
            && self.allows.is_empty()
            && self.credential.is_none()
            && self.app_id.is_none()
    }

    /// Whom the association stands for, in words.
    pub fn peer(&self) -> String {
        let credential = self.credential.as_ref();
        let named = self.association.iter().chain(&self.allows).cloned();
        let named: Vec<String> = named.collect();
        match (named.is_empty(), credential) {
            (false, _) => named.join(" or "),
            (true, Some(credential)) => format!("whoever has {credential}"),
            (true, None) => "nobody".to_owned(),
        }
    }
}

/// One request of the tester.
#[derive(Debug, Clone)]
pub struct Call {
    /// Who sends it.
    pub actor: String,
    /// The step that it belongs to.
    pub step: String,
    /// What the step is for.
    pub role: Role,
    /// How it gets there.
    pub way: Way,
    /// How long the answer may take, if longer than usual.
    pub patience: Option<Duration>,
    /// The octets of the request, before the host of the endpoint is known.
    pub request: OutgoingRequest,
}

/// A request of the HTTP binding. Over CoAP the primitive in it is what is sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutgoingRequest {
    /// The method.
    pub method: String,
    /// Path and query.
    pub target: String,
    /// Header fields without `Host` and `Content-Length`.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Octets,
}

/// What came back, before anybody reads it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Received {
    /// A complete answer of the binding.
    Http {
        /// The HTTP status.
        status: u16,
        /// The header fields.
        headers: Vec<(String, String)>,
        /// The body.
        body: Octets,
    },
    /// A complete answer of the CoAP binding, put together from its blocks.
    Coap {
        /// The response code, its class in the three upper bits (RFC 7252, 3).
        code: u8,
        /// The options by their numbers.
        options: Vec<(u16, Octets)>,
        /// The payload.
        body: Octets,
    },
    /// The connection ended, or what came was no answer of the binding.
    Closed(String),
    /// The answer grew beyond what the tester takes, in octets.
    Overlong(usize),
    /// No complete answer in time.
    Timeout,
    /// No connection.
    Unreachable(String),
}

impl Received {
    /// The response status code that the answer names, as it stands there (TS-0009 V3.9.1, 6.4.4; TS-0008 V3.9.0, 6.2.2.4).
    pub fn status_code(&self) -> Option<String> {
        match self {
            Self::Http { headers, .. } => {
                let is_code =
                    |(name, _): &&(String, String)| name.eq_ignore_ascii_case("X-M2M-RSC");
                let (_, code) = headers.iter().find(is_code)?;
                Some(code.trim().to_owned())
            }
            Self::Coap { options, .. } => {
                let number = OptionNumber::RSC.number();
                let (_, code) = options.iter().find(|(option, _)| *option == number)?;
                coap::number_of(code).map(|code| code.to_string())
            }
            Self::Closed(_) | Self::Overlong(_) | Self::Timeout | Self::Unreachable(_) => None,
        }
    }
}

/// A request of the IUT to the tester.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inbound {
    /// The method.
    pub method: String,
    /// Path and query.
    pub target: String,
    /// The header fields.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Octets,
}

/// Octets: recorded as text where they are text.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(from = "RecordedOctets", into = "RecordedOctets")]
pub struct Octets(pub Bytes);

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum RecordedOctets {
    Text(String),
    Hex { hex: String },
}

impl From<Octets> for RecordedOctets {
    fn from(octets: Octets) -> Self {
        match String::from_utf8(octets.0.to_vec()) {
            Ok(text) => Self::Text(text),
            Err(_) => Self::Hex {
                hex: octets
                    .0
                    .iter()
                    .map(|octet| format!("{octet:02x}"))
                    .collect(),
            },
        }
    }
}

impl From<RecordedOctets> for Octets {
    fn from(recorded: RecordedOctets) -> Self {
        let octets = match recorded {
            RecordedOctets::Text(text) => text.into_bytes(),
            RecordedOctets::Hex { hex } => hex
                .as_bytes()
                .chunks(2)
                .filter_map(|pair| std::str::from_utf8(pair).ok())
                .filter_map(|pair| u8::from_str_radix(pair, 16).ok())
                .collect(),
        };
        Self(octets.into())
    }
}

/// The tester's own trouble with a link; never a verdict on the IUT.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum LinkError {
    /// A playback was asked for something else than was recorded.
    #[error("diverged from the recording at step {step:?}: {detail}")]
    Diverged {
        /// The step.
        step: String,
        /// Expected and got.
        detail: String,
    },
    /// The request cannot be put on the wire.
    #[error("request cannot be sent: {0}")]
    Unsendable(String),
    /// The tester has no such way to the IUT.
    #[error("no way to the IUT: {0}")]
    NoWay(String),
    /// The tester cannot receive notifications.
    #[error("no notification target: {0}")]
    NoTarget(String),
    /// Nobody says how the IUT is made to act.
    #[error("the IUT is not made to act: {0}")]
    NoTrigger(String),
}
