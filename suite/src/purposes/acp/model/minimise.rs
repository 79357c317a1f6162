//! Finds the smallest case that an IUT decides wrongly in the same way.

use super::case::Case;
use super::iut::{Difference, Iut, Seen};
use super::tree::CaseTree;
use crate::purposes::Stop;
use proptest::strategy::ValueTree;

/// How many simpler cases are asked at most for one difference.
pub const TRIALS: u32 = 200;

/// A case that could not be made smaller.
#[derive(Debug, Clone, PartialEq)]
pub struct Smallest {
    /// The case.
    pub case: Case,
    /// What is wrong with its decision.
    pub difference: Difference,
    /// Whether resources that nobody had touched showed the same.
    pub confirmed: bool,
}

/// Makes a case smaller as long as the IUT decides it wrongly in the same way, and asks once more on fresh resources.
/// What it asks is taken from a budget.
pub async fn minimise(
    iut: &mut dyn Iut,
    case: Case,
    difference: Difference,
    budget: &mut u32,
) -> Result<Smallest, Stop> {
    let mut tree = CaseTree::new(iut.ground().clone(), case.clone());
    let mut smallest = Smallest {
        case,
        difference,
        confirmed: false,
    };
    let mut left = TRIALS.min(*budget);
    *budget -= left;
    let mut moved = tree.simplify();
    while moved && left > 0 {
        left -= 1;
        let candidate = tree.current();
        let Some(difference) = wrong(iut, &candidate, &smallest.difference).await? else {
            moved = tree.complicate();
            continue;
        };
        smallest.case = candidate;
        smallest.difference = difference;
        moved = tree.simplify();
    }
    *budget += left;
    iut.renew();
    if let Some(difference) = wrong(iut, &smallest.case, &smallest.difference).await? {
        smallest.confirmed = true;
        smallest.difference = difference;
    }
    Ok(smallest)
}

/// The difference that a case shows, if it is of the same kind.
async fn wrong(
    iut: &mut dyn Iut,
    case: &Case,
    like: &Difference,
) -> Result<Option<Difference>, Stop> {
    Ok(match iut.decide(case).await? {
        Seen::Differs(difference)
            if difference.says == like.says && difference.finding.cause == like.finding.cause =>
        {
            Some(difference)
        }
        _ => None,
    })
}
