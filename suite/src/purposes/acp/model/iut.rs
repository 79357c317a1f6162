//! What the model check needs of an IUT.

use super::case::Case;
use super::ground::{Ground, Says};
use crate::purposes::Stop;
use crate::purposes::stop::Finding;
use crate::tester::link::BoxFuture;

/// An IUT that decides cases.
pub trait Iut: Send {
    /// What cases are built on.
    fn ground(&self) -> &Ground;

    /// Learns what time it is.
    fn settle(&mut self) -> BoxFuture<'_, Result<(), Stop>>;

    /// Lets the turn of a minute pass, if one is so close that a window around the present may open or close.
    fn outwait(&mut self) -> BoxFuture<'_, Result<(), Stop>>;

    /// Has a case decided.
    fn decide<'s>(&'s mut self, case: &'s Case) -> BoxFuture<'s, Result<Seen, Stop>>;

    /// From now on decides on resources that nobody has touched.
    fn renew(&mut self);

    /// Looks whether what was denied left something behind; at all targets, or at those that were touched.
    fn read_back(&mut self, all: bool) -> BoxFuture<'_, Result<(), Stop>>;
}

/// What was seen of a case.
#[derive(Debug, Clone, PartialEq)]
pub enum Seen {
    /// The IUT decided as the model.
    Agrees(Says),
    /// It did not.
    Differs(Difference),
    /// It did not take a policy, with this answer.
    Refused(String),
    /// The decision depends on when it falls: nothing can be said.
    Unsettled,
}

/// A decision of the IUT that is not that of the model.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// What the model says.
    pub says: Says,
    /// What came instead.
    pub finding: Finding,
    /// The step of the transcript.
    pub step: String,
}
