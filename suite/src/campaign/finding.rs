//! A finding, in one file that needs nothing else to be replayed.

use super::curl;
use super::minimise::Smallest;
use super::site::Site;
use super::step::{Operation, Step};
use super::trial::{Seen, Trial};
use super::trouble::Trouble;
use crate::tester::link::{OutgoingRequest, Received};
use serde::{Deserialize, Serialize};

/// The form of the file.
pub const SCHEMA: &str = "onem2m-conform/finding-1";

/// A finding's file has at most so many octets.
pub const LARGEST: usize = 64 * 1024;

/// Octets of a message that are kept.
const SHOWN: usize = 2048;

/// What a campaign found.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Finding {
    /// The form of the file.
    pub schema: String,
    /// The name of the finding: what and where.
    pub id: String,
    /// What is wrong.
    pub trouble: Trouble,
    /// In how many of how many repetitions it was seen again.
    pub reproduced: u32,
    /// Of so many.
    pub attempts: u32,
    /// How often the campaign saw the like.
    pub count: u64,
    /// The seed of the campaign.
    pub seed: u64,
    /// The sequence in which it was seen first.
    pub sequence: u64,
    /// By which surface.
    pub surface: String,
    /// The endpoint.
    pub endpoint: String,
    /// How long an answer may take.
    pub response_timeout_ms: u64,
    /// What is known of the IUT.
    pub site: Site,
    /// The steps; texts in braces stand for what is another on each instance.
    pub steps: Vec<Step>,
    /// The same in words.
    pub told: Vec<String>,
    /// The step at which it showed.
    pub at: String,
    /// The last exchange.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request: Option<String>,
    /// What came back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<String>,
    /// A script that does the same.
    pub curl: String,
}

/// What a finding is seen with.
pub struct Circumstances {
    /// The seed.
    pub seed: u64,
    /// The surface.
    pub surface: String,
    /// The endpoint.
    pub endpoint: String,
    /// How long an answer may take.
    pub response_timeout_ms: u64,
    /// The IUT.
    pub site: Site,
}

impl Finding {
    /// From the smallest sequence that shows it.
    pub fn new(
        around: &Circumstances,
        sequence: u64,
        smallest: Smallest,
        reproduced: (u32, u32),
    ) -> Option<Self> {
        let Smallest { steps, trial } = smallest;
        let Trial { seen, sent, .. } = trial;
        let seen: Seen = seen?;
        let cause = serde_json::to_value(seen.trouble.cause).ok()?;
        let cause = cause.as_str().unwrap_or("finding").to_owned();
        let id = format!("{cause}-{}", slug(&seen.trouble.class));
        let exchange = seen.exchange;
        let finding = Self {
            schema: SCHEMA.to_owned(),
            id,
            trouble: seen.trouble,
            reproduced: reproduced.0,
            attempts: reproduced.1,
            count: 1,
            seed: around.seed,
            sequence,
            surface: around.surface.clone(),
            endpoint: around.endpoint.clone(),
            response_timeout_ms: around.response_timeout_ms,
            site: around.site.clone(),
            told: steps.iter().map(ToString::to_string).collect(),
            at: seen.step,
            request: exchange.as_ref().map(|it| request_text(&it.request)),
            answer: exchange.as_ref().map(|it| answer_text(&it.received)),
            curl: curl::script(&around.endpoint, &sent),
            steps,
        };
        Some(finding.bounded())
    }

    /// Whether it was seen again every time.
    pub fn is_certain(&self) -> bool {
        self.attempts > 0 && self.reproduced == self.attempts
    }

    /// Steps beyond the set-up, which is what the sequence makes before it does anything else.
    pub fn requests(&self) -> usize {
        let before = self.steps.len().saturating_sub(1);
        let makes = |step: &&Step| step.operation == Operation::Create && step.oddities.is_empty();
        let set_up = self.steps.iter().take(before).take_while(makes).count();
        self.steps.len() - set_up
    }

    /// Its file.
    pub fn text(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string_pretty(self).map(|text| text + "\n")
    }

    /// What can be made again from the steps goes first, if there is too much.
    fn bounded(mut self) -> Self {
        let is_too_long = |it: &Self| it.text().map_or(0, |text| text.len()) > LARGEST;
        if is_too_long(&self) {
            self.curl.clear();
        }
        if is_too_long(&self) {
            self.told.clear();
        }
        if is_too_long(&self) {
            self.request = None;
            self.answer = None;
        }
        self
    }
}

fn request_text(request: &OutgoingRequest) -> String {
    let mut text = format!("{} {}\n", request.method, request.target);
    for (name, value) in &request.headers {
        text.push_str(&format!("{name}: {value}\n"));
    }
    text.push('\n');
    text.push_str(&String::from_utf8_lossy(&request.body.0));
    shortened(&text)
}

fn answer_text(received: &Received) -> String {
    match received {
        Received::Http {
            status,
            headers,
            body,
        } => {
            let mut text = format!("HTTP {status}\n");
            for (name, value) in headers {
                text.push_str(&format!("{name}: {value}\n"));
            }
            text.push('\n');
            text.push_str(&String::from_utf8_lossy(&body.0));
            shortened(&text)
        }
        other => shortened(&format!("{other:?}")),
    }
}

fn shortened(text: &str) -> String {
    text.chars().take(SHOWN).collect()
}

fn slug(class: &str) -> String {
    let mut slug = String::new();
    for character in class.chars() {
        match character.is_ascii_alphanumeric() {
            true => slug.push(character.to_ascii_lowercase()),
            false if slug.ends_with('-') || slug.is_empty() => {}
            false => slug.push('-'),
        }
    }
    slug.trim_end_matches('-').to_owned()
}
