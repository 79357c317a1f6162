//! Finds out who a CSE is, from nothing but its URL.

use crate::catalogue::behaviour::Role;
use crate::engine::purpose::Links;
use crate::engine::setup::Live;
use crate::purposes::answer::Answer;
use crate::purposes::world::World;
use crate::purposes::{Facts, representation};
use crate::tester::link::Received;
use crate::tester::network::Network;
use crate::tester::recorder::Recorder;
use crate::tester::transcript::Entry;
use onem2m_primitive::Request;
use serde_json::{Map, Value, json};
use std::sync::Arc;
use thiserror::Error;

/// Resource names that a `<CSEBase>` is often given. The first stands for whatever name it has
/// (TS-0001 V3.36.0, Table 7.2-1).
const NAMES: [&str; 8] = [
    "-", "cse-in", "cse-mn", "in-cse", "mn-cse", "in-name", "mn-name", "cse-name",
];

/// What a CSE says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// The CSE-ID in its SP-relative form.
    pub cse_id: String,
    /// The resource name of the `<CSEBase>`.
    pub base: String,
    /// The releases that it supports, as it writes them.
    pub releases: Vec<String>,
    /// Whether an AE got the stem that it asked for.
    pub keeps_stems: bool,
    /// What its HTTP server calls itself.
    pub server: Option<String>,
}

/// Why it did not say.
#[derive(Debug, Error)]
pub enum IdentifyError {
    /// Nobody answers.
    #[error("not reached: {0}")]
    Unreachable(String),
    /// No AE could register under any of the names.
    #[error("no AE could register: {}", tried.join("; "))]
    NoRegistration {
        /// Names of the `<CSEBase>` and what was answered.
        tried: Vec<String>,
    },
    /// The `<CSEBase>` stays closed.
    #[error("an AE registered, but <CSEBase> {base:?} does not show its {lacks} to it: {answer}")]
    Closed {
        /// Its resource name.
        base: String,
        /// What is missing.
        lacks: &'static str,
        /// What was answered.
        answer: String,
    },
}

/// Registers an AE under the first name of the `<CSEBase>` that takes one, has it retrieve the
/// `<CSEBase>`, and removes it again. `facts` need to know neither CSE-ID nor base.
pub async fn identify(
    network: &Arc<Network>,
    facts: &Facts,
    base: Option<&str>,
) -> Result<Identity, IdentifyError> {
    let mut tried = Vec::new();
    for name in base.map_or_else(|| NAMES.to_vec(), |base| vec![base]) {
        let facts = Facts {
            cse_base: name.to_owned(),
            ..facts.clone()
        };
        let links = Live::new(network.clone(), &facts);
        let Some(link) = links.open("probe", 1) else {
            continue;
        };
        let recorder = Recorder::new(link.as_ref(), "probe", 1, facts.seed);
        let visitor = Visitor {
            world: World::new(&recorder, &facts, "probe", 1, false),
            base: name,
        };
        match visitor.visit().await? {
            Visit::Identified(identity) => return Ok(identity),
            Visit::Refused(answer) => tried.push(format!("below {name:?}: {answer}")),
        }
    }
    Err(IdentifyError::NoRegistration { tried })
}

enum Visit {
    Identified(Identity),
    Refused(String),
}

struct Visitor<'a> {
    world: World<'a>,
    base: &'a str,
}

impl Visitor<'_> {
    async fn visit(&self) -> Result<Visit, IdentifyError> {
        let stem = self.world.identity("AE1").unwrap_or_default();
        let mut refusal = String::new();
        // An IUT may assign all stems itself (TS-0001 V3.36.0, 10.2.2.2).
        for from in [stem.as_str(), "C"] {
            let answer = self.register(from).await?;
            if let Some(assigned) = text(&attributes(&answer), "aei")
                && answer.succeeded()
            {
                let identified = self.look(&assigned, assigned == stem).await;
                let path = format!("{}/{}", self.base, self.world.resource_name("AE1"));
                let _ = self.send(&assigned, Request::delete(path)).await;
                return identified.map(Visit::Identified);
            }
            refusal = answer.to_string();
        }
        Ok(Visit::Refused(refusal))
    }

    async fn register(&self, from: &str) -> Result<Answer, IdentifyError> {
        let mut attributes = Map::new();
        attributes.insert("rn".into(), json!(self.world.resource_name("AE1")));
        attributes.insert("api".into(), json!("Nconform"));
        attributes.insert("rr".into(), json!(false));
        attributes.insert("srv".into(), json!(["3"]));
        let content = json!({ "m2m:ae": attributes });
        self.send(from, Request::create(self.base, 2, content))
            .await
    }

    async fn look(&self, from: &str, keeps_stems: bool) -> Result<Identity, IdentifyError> {
        let answer = self.send(from, Request::retrieve(self.base)).await?;
        let shown = attributes(&answer);
        let lacking = |lacks| IdentifyError::Closed {
            base: self.base.to_owned(),
            lacks,
            answer: answer.to_string(),
        };
        let releases = shown.get("srv").and_then(Value::as_array);
        Ok(Identity {
            cse_id: text(&shown, "csi").ok_or_else(|| lacking("CSE-ID"))?,
            base: text(&shown, "rn").ok_or_else(|| lacking("resource name"))?,
            releases: releases
                .into_iter()
                .flatten()
                .filter_map(Value::as_str)
                .map(str::to_owned)
                .collect(),
            keeps_stems,
            server: self.server(),
        })
    }

    /// What the HTTP server called itself in an answer.
    fn server(&self) -> Option<String> {
        let transcript = self.world.recorder().transcript();
        transcript.into_iter().find_map(|entry| match entry {
            Entry::Exchange(exchange) => match exchange.answer {
                Received::Http { headers, .. } => headers
                    .into_iter()
                    .find(|(name, _)| name.eq_ignore_ascii_case("server"))
                    .map(|(_, value)| value),
                _ => None,
            },
            _ => None,
        })
    }

    async fn send(&self, from: &str, request: Request) -> Result<Answer, IdentifyError> {
        let sent = self
            .world
            .send("AE1", "probe", Role::SetUp, request, Some(from), &[])
            .await;
        match sent {
            Ok(Answer::Unreachable(why)) => Err(IdentifyError::Unreachable(why)),
            Ok(answer) => Ok(answer),
            Err(stop) => Err(IdentifyError::Unreachable(format!("{stop:?}"))),
        }
    }
}

fn attributes(answer: &Answer) -> Map<String, Value> {
    representation::attributes(answer.content())
        .cloned()
        .unwrap_or_default()
}

fn text(attributes: &Map<String, Value>, member: &str) -> Option<String> {
    let text = attributes.get(member)?.as_str()?;
    Some(text.to_owned())
}
