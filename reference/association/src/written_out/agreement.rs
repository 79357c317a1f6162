use super::Suite;

/// What both ends of an established association agreed on.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Agreement {
    /// The suite.
    pub suite: Suite,
    /// The authority that the client asked for, by its position; `None` for the default one.
    pub host: Option<usize>,
    /// Whether an earlier session is resumed.
    pub is_resumed: bool,
}
