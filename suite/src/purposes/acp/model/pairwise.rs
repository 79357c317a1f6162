//! Rows of levels such that every pair of levels comes up early.

use super::dimension::{DIMENSIONS, Dimensions, Row};
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use std::collections::BTreeSet;

/// Rows that are drawn for each that is taken.
const CANDIDATES: usize = 12;

type Pair = (usize, usize, usize, usize);

/// The pairs that have come up.
#[derive(Debug, Clone, Default)]
pub struct Covered(BTreeSet<Pair>);

impl Covered {
    /// The row that brings most pairs which have not come up yet, of some that are drawn.
    ///
    /// A row has none, one or two levels that keep the rule from permitting, so that a denial mostly has one reason.
    pub fn next(
        &mut self,
        dimensions: &Dimensions,
        runner: &mut TestRunner,
    ) -> Result<Row, proptest::test_runner::Reason> {
        let mut best: Option<(usize, Row)> = None;
        for _ in 0..CANDIDATES {
            let row = row(dimensions).new_tree(runner)?.current();
            let fresh = pairs(&row).filter(|pair| !self.0.contains(pair)).count();
            if best.as_ref().is_none_or(|(count, _)| fresh > *count) {
                best = Some((fresh, row));
            }
        }
        let (_, row) = best.unwrap_or_default();
        self.0.extend(pairs(&row));
        Ok(row)
    }
}

fn pairs(row: &Row) -> impl Iterator<Item = Pair> + '_ {
    row.iter().enumerate().flat_map(move |(one, level)| {
        let behind = row.iter().enumerate().skip(one + 1);
        behind.map(move |(other, with)| (one, *level, other, *with))
    })
}

/// One row; its randomness is drawn at once and spent as the levels are chosen.
fn row(dimensions: &Dimensions) -> impl Strategy<Value = Row> + use<> {
    let dimensions = dimensions.clone();
    let misses = prop_oneof![9 => Just(0), 9 => Just(1), 2 => Just(2)];
    let indices = proptest::collection::vec(any::<Index>(), DIMENSIONS * 2);
    (misses, indices).prop_map(move |(misses, indices)| choose(&dimensions, misses, &indices))
}

fn choose(dimensions: &Dimensions, misses: usize, indices: &[Index]) -> Row {
    let sizes = dimensions.sizes();
    let can_miss = |dimension: &usize| {
        let size = sizes.get(*dimension).copied().unwrap_or_default();
        (0..size).any(|level| dimensions.misses(*dimension, level))
    };
    let mut able: Vec<usize> = (0..DIMENSIONS).filter(can_miss).collect();
    let mut missing = BTreeSet::new();
    let (order, levels) = indices.split_at_checked(DIMENSIONS).unwrap_or_default();
    for index in order.iter().take(misses) {
        if !able.is_empty() {
            missing.insert(able.remove(index.index(able.len())));
        }
    }
    let mut row = Row::default();
    for (dimension, (level, index)) in row.iter_mut().zip(levels).enumerate() {
        let size = sizes.get(dimension).copied().unwrap_or_default();
        let fits =
            |level: &usize| dimensions.misses(dimension, *level) == missing.contains(&dimension);
        let fitting: Vec<usize> = (0..size).filter(fits).collect();
        if !fitting.is_empty() {
            *level = fitting
                .get(index.index(fitting.len()))
                .copied()
                .unwrap_or_default();
        }
    }
    row
}
