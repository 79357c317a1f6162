use crate::{CseId, SpId};

/// The CSE in whose context a relative identifier is read.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Home {
    /// The service provider of the CSE.
    pub sp: SpId,
    /// The CSE itself.
    pub cse: CseId,
}

impl Home {
    /// The context of the given CSE.
    pub fn new(sp: SpId, cse: CseId) -> Self {
        Self { sp, cse }
    }
}
