use serde::Deserialize;

/// Where the tester stops, and what it does then.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Stop {
    /// After what.
    pub after: StopAt,
    /// What it does then.
    #[serde(default)]
    pub then: StopEnding,
}

/// After what the tester stops.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StopAt {
    /// So many octets of its first flight; of datagrams, so many of those.
    Hello(u32),
    /// The HelloVerifyRequest of the IUT.
    HelloVerifyRequest,
    /// The first flight of the IUT.
    ServerFlight,
    /// So many octets of its second flight; of datagrams, so many of those.
    Flight(u32),
}

/// What the tester does where it stops.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StopEnding {
    /// It ends the connection in order.
    #[default]
    Close,
    /// It ends the connection abruptly.
    Reset,
    /// It waits for what comes.
    Wait,
    /// It leaves the connection as it is.
    Leave,
}
