use onem2m_identity::Home;

use crate::clauses::Clauses;
use crate::configuration::Configuration;
use crate::scene::{Arrival, Scene};
use crate::tree::Tree;

/// What stays the same from request to request.
#[derive(Clone, Copy)]
pub(crate) struct Desk<'a> {
    pub(crate) clauses: &'a Clauses,
    pub(crate) configuration: &'a Configuration,
    pub(crate) home: &'a Home,
    pub(crate) arrival: &'a Arrival,
}

impl<'a> Desk<'a> {
    pub(crate) fn scene<'b>(&self, tree: &'b Tree) -> Scene<'b>
    where
        'a: 'b,
    {
        Scene {
            clauses: self.clauses,
            configuration: self.configuration,
            home: self.home,
            tree,
            arrival: self.arrival,
        }
    }
}
