//! How to make an IUT act, start and stop.

use schemars::JsonSchema;
use serde::Deserialize;

/// How the runner may start, reset and stop the IUT.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Control {
    /// A command that is kept in the foreground.
    pub start: Option<String>,
    /// When it has started.
    pub ready: Option<Ready>,
    /// A command that brings it back to its first state.
    pub reset: Option<String>,
}

/// When an IUT has started.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Ready {
    /// A line of its output holds this text.
    Log(String),
    /// Its endpoint accepts a connection.
    Tcp(bool),
    /// Its endpoint answers with this HTTP status.
    Http(u16),
    /// So many milliseconds have passed.
    DelayMs(u64),
}

/// How to make the IUT act: by a command, or by an HTTP POST.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Trigger {
    /// A command to run.
    Command(String),
    /// A URL to post to.
    Http(String),
}
