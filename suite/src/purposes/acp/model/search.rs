//! The search: cases one after the other, differences made small, classes counted.

use super::case::Case;
use super::class::Classes;
use super::counterexample;
use super::dimension::Dimensions;
use super::ground::Says;
use super::iut::{Iut, Seen};
use super::minimise;
use super::tree::Cases;
use crate::purposes::Stop;
use crate::verdict::{Cause, Judgement, Reason, Verdict};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use sha2::{Digest, Sha256};

/// Classes after which the search ends.
const CLASSES: usize = 16;

/// Simpler cases that all differences together may ask for, beside two for each case.
const TRIALS: u32 = 2 * minimise::TRIALS;

/// Cases between two looks at what was left behind.
const BATCH: u32 = 32;

/// How often a case is drawn that time overtakes.
const DRAWS: u32 = 5;

/// Of a number of cases, each decision has to make up at least one of so many.
const SHARE: u32 = 20;

/// What a search is to do.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The seed of the run.
    pub seed: u64,
    /// The purpose.
    pub purpose: String,
    /// Cases to decide.
    pub cases: u32,
}

/// What was counted.
#[derive(Debug, Default)]
struct Tally {
    permitted: u32,
    denied: u32,
    differing: u32,
    refused: Vec<String>,
    meaningless: u32,
    unsettled: u32,
}

impl Tally {
    fn decided(&self) -> u32 {
        self.permitted + self.denied + self.differing
    }

    /// What was drawn and is not judged.
    fn undecided(&self) -> String {
        format!(
            "not judged: {} unsettled, {} with a policy that was refused",
            self.unsettled,
            self.refused.len()
        )
    }
}

/// Searches for wrong decisions; what there is to say of a search that found none.
pub async fn search(
    iut: &mut dyn Iut,
    plan: &Plan,
    dimensions: Dimensions,
) -> Result<String, Stop> {
    let mut classes = Classes::default();
    let mut tally = Tally::default();
    let ended = run(iut, plan, dimensions, &mut classes, &mut tally).await;
    let is_ours =
        matches!(&ended, Err(Stop::Judged(judgement)) if judgement.verdict == Verdict::Error);
    if !classes.all().is_empty() && !is_ours {
        return Err(found(iut, plan, &classes, &tally));
    }
    ended?;
    let Tally {
        permitted, denied, ..
    } = tally;
    let counted = format!(
        "{} decided as the model does: {permitted} permitted, {denied} denied; {} policies without a defined meaning refused; {}",
        number(tally.decided()),
        tally.meaningless,
        tally.undecided(),
    );
    if let [first, ..] = tally.refused.as_slice()
        && tally.refused.len() > usize::try_from(plan.cases / 4).unwrap_or(usize::MAX)
    {
        let observed = format!("{} policies refused, such as {first}", tally.refused.len());
        return Err(Stop::inconclusive("cases", Reason::Precondition, observed));
    }
    let least = tally.decided() / SHARE;
    if tally.decided() == 0 || permitted < least || denied < least {
        let observed = format!("too few cases of each decision: {counted}");
        return Err(Stop::inconclusive("cases", Reason::Precondition, observed));
    }
    Ok(counted)
}

async fn run(
    iut: &mut dyn Iut,
    plan: &Plan,
    dimensions: Dimensions,
    classes: &mut Classes,
    tally: &mut Tally,
) -> Result<(), Stop> {
    let mut runner = runner(plan);
    let mut cases = Cases::new(iut.ground().clone(), dimensions);
    let mut budget = plan.cases.saturating_mul(2).saturating_add(TRIALS);
    let drawn = plan.cases.saturating_add(plan.cases / 2).saturating_add(16);
    for index in 0..drawn {
        if tally.decided() >= plan.cases || classes.all().len() >= CLASSES || budget == 0 {
            break;
        }
        if index % BATCH == BATCH - 1 {
            iut.read_back(false).await?;
        }
        let (case, seen) = drawn_case(iut, &mut cases, &mut runner).await?;
        one(iut, case, seen, classes, tally, &mut budget).await?;
    }
    iut.read_back(true).await
}

/// Draws a case and has it decided. One that time has overtaken is drawn again, with the same randomness on the clock as
/// it stands now: which cases are decided does not depend on how fast they are.
async fn drawn_case(
    iut: &mut dyn Iut,
    cases: &mut Cases,
    runner: &mut TestRunner,
) -> Result<(Case, Seen), Stop> {
    let (before, random) = (cases.clone(), runner.clone());
    let mut draws = 0;
    loop {
        draws += 1;
        if cases.dimensions.have_windows() {
            iut.settle().await?;
        }
        cases.ground = iut.ground().clone();
        let case = cases
            .new_tree(runner)
            .map_err(|reason| Stop::error("cases", format!("no case: {reason}")))?
            .current();
        let seen = iut.decide(&case).await?;
        if seen != Seen::Unsettled || draws == DRAWS {
            return Ok((case, seen));
        }
        iut.outwait().await?;
        (*cases, *runner) = (before.clone(), random.clone());
    }
}

async fn one(
    iut: &mut dyn Iut,
    case: Case,
    seen: Seen,
    classes: &mut Classes,
    tally: &mut Tally,
    budget: &mut u32,
) -> Result<(), Stop> {
    match seen {
        Seen::Agrees(Says::Permit) => tally.permitted += 1,
        Seen::Agrees(Says::Deny | Says::Refuse) => tally.denied += 1,
        Seen::Unsettled => tally.unsettled += 1,
        Seen::Refused(_) if !iut.ground().has_meaning(&case) => {
            tally.meaningless += 1;
            // What is refused permits nobody.
            tally.denied += 1;
        }
        Seen::Refused(answer) => {
            let policies = case.policies(iut.ground());
            let texts: Vec<String> = policies.iter().map(ToString::to_string).collect();
            tally
                .refused
                .push(format!("{} ({answer})", texts.join(", ")));
        }
        Seen::Differs(difference) => {
            tally.differing += 1;
            if !classes.count(iut.ground(), &case, &difference) {
                let smallest = minimise::minimise(iut, case, difference, budget).await?;
                classes.add(iut.ground(), smallest);
            }
        }
    }
    Ok(())
}

/// The verdict over all classes.
fn found(iut: &dyn Iut, plan: &Plan, classes: &Classes, tally: &Tally) -> Stop {
    let mut lines = classes
        .all()
        .iter()
        .map(|class| counterexample::line(iut.ground(), class));
    let causes = classes
        .all()
        .iter()
        .map(|class| class.smallest.difference.finding.cause);
    let cause = causes.min_by_key(|cause| *cause != Cause::WrongDecision);
    let first = classes
        .all()
        .first()
        .map(|class| &class.smallest.difference);
    let expected = first.map_or_else(String::new, |first| first.finding.expected.clone());
    let step = first.map_or_else(String::new, |first| first.step.clone());
    let observed = format!(
        "{} of {} decided wrongly, in {}; {} (seed {}): {}",
        tally.differing,
        number(tally.decided()),
        match classes.all().len() {
            1 => "1 class".to_owned(),
            many => format!("{many} classes"),
        },
        tally.undecided(),
        plan.seed,
        lines.next().unwrap_or_default(),
    );
    let judgement = Judgement::fail(cause.unwrap_or(Cause::WrongDecision), expected, observed);
    Stop::Judged(judgement.at(step).with_details(lines.collect()))
}

fn number(cases: u32) -> String {
    match cases {
        1 => "1 case".to_owned(),
        many => format!("{many} cases"),
    }
}

/// Randomness that depends on nothing but seed and purpose.
fn runner(plan: &Plan) -> TestRunner {
    let digest = Sha256::digest(format!("{}/{}", plan.seed, plan.purpose));
    let random = TestRng::from_seed(RngAlgorithm::ChaCha, &digest);
    let config = Config {
        failure_persistence: None,
        ..Config::default()
    };
    TestRunner::new_with_rng(config, random)
}
