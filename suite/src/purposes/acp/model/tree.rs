//! A case that can be made simpler, in the protocol of proptest.

use super::case::Case;
use super::dimension::Dimensions;
use super::ground::Ground;
use super::pairwise::Covered;
use super::reduce;
use super::strategy;
use proptest::strategy::{NewTree, Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use std::cell::RefCell;

/// Cases of a group: rows that cover pairs, values at boundaries, and trees that shrink by what a policy means.
#[derive(Debug, Clone)]
pub struct Cases {
    /// What they are built on.
    pub ground: Ground,
    /// Their dimensions.
    pub dimensions: Dimensions,
    covered: RefCell<Covered>,
}

impl Cases {
    /// Cases of which none has come up yet.
    pub fn new(ground: Ground, dimensions: Dimensions) -> Self {
        Self {
            ground,
            dimensions,
            covered: RefCell::default(),
        }
    }
}

impl Strategy for Cases {
    type Tree = CaseTree;
    type Value = Case;

    fn new_tree(&self, runner: &mut TestRunner) -> NewTree<Self> {
        let row = self.covered.borrow_mut().next(&self.dimensions, runner)?;
        let case = strategy::case(&self.ground, &self.dimensions, &row);
        let case = case.new_tree(runner)?.current();
        Ok(CaseTree::new(self.ground.clone(), case))
    }
}

/// A case with the simpler ones that have not been tried.
#[derive(Debug, Clone)]
pub struct CaseTree {
    ground: Ground,
    /// The simplest that is known to do.
    kept: Case,
    /// Simpler ones than what is kept.
    simpler: Vec<Case>,
    /// Which of them is tried; none at the beginning.
    tried: Option<usize>,
    /// What was kept before: nothing is simplified back to it.
    passed: Vec<Case>,
    /// Whether one did since the list was last begun at its front.
    has_moved: bool,
}

impl CaseTree {
    /// A case that nothing simpler has been tried of.
    pub fn new(ground: Ground, case: Case) -> Self {
        Self {
            ground,
            kept: case,
            simpler: Vec::new(),
            tried: None,
            passed: Vec::new(),
            has_moved: false,
        }
    }

    /// Tries the one at this place; behind the last it begins again if something has moved, since what did not do before
    /// may do now.
    fn try_at(&mut self, place: usize) -> bool {
        let place = match place < self.simpler.len() {
            true => place,
            false if self.has_moved => {
                self.has_moved = false;
                0
            }
            false => {
                self.tried = None;
                return false;
            }
        };
        self.tried = Some(place);
        place < self.simpler.len()
    }
}

impl ValueTree for CaseTree {
    type Value = Case;

    fn current(&self) -> Case {
        let tried = self.tried.and_then(|place| self.simpler.get(place));
        tried.unwrap_or(&self.kept).clone()
    }

    /// What was tried does: goes on from there, with the next kind of simplification.
    fn simplify(&mut self) -> bool {
        let current = self.current();
        self.passed.push(std::mem::replace(&mut self.kept, current));
        self.has_moved |= self.tried.is_some();
        self.simpler = reduce::reductions(&self.ground, &self.kept);
        self.simpler.retain(|case| !self.passed.contains(case));
        self.try_at(self.tried.unwrap_or_default())
    }

    /// What was tried does not do: goes back, and on with the next.
    fn complicate(&mut self) -> bool {
        self.try_at(self.tried.map_or(0, |place| place + 1))
    }
}
