//! The page as a whole.

use super::declared::{self, Claim, Disputed, Value};
use super::exchange::{Evidence, Exchanges};
use super::finding::{self, Failure, Stale, Unjudged};
use super::groups::{self, Group};
use super::ledger::Ledger;
use super::policy::{SCRIPT, STYLE, content_security_policy};
use super::purposes;
use super::run::{self, Term};
use super::standing::{ById, Number};
use super::text::Text;
use super::threats;
use super::untold::{Together, Untold, causes};
use crate::catalogue::Catalogue;
use crate::report::meaning::meaning;
use crate::report::untested::Untested;
use crate::report::{Results, Standing, Transcripts};
use askama::Template;
use std::io;

#[derive(Template)]
#[template(path = "report.html")]
struct Page {
    policy: String,
    style: &'static str,
    script: &'static str,
    name: Text,
    version: Text,
    outcome: String,
    scope: String,
    meaning: Text,
    cautions: Vec<Text>,
    identity: Vec<Term>,
    total: usize,
    numbers: Vec<Number>,
    untold: Untold,
    groups: Vec<Group>,
    stale: Vec<Stale>,
    causes: Vec<Together>,
    failures: Vec<Failure>,
    excused: Vec<Failure>,
    unjudged: Vec<Unjudged>,
    rows: Vec<purposes::Row>,
    ledger: Ledger,
    threats: Vec<threats::Row>,
    claimed: Vec<Claim>,
    unclaimed: Vec<Claim>,
    findings: Vec<Claim>,
    values: Vec<Value>,
    disputes: Vec<Disputed>,
    release: u8,
    particulars: Vec<Term>,
}

/// The results of a run as a page: a whole file of HTML.
///
/// The catalogue gives the texts of requirements, threats, claims and disputes; the transcripts, by
/// the names that the results have for them, the exchanges at which verdicts fell. What is missing
/// there is said in the page and is no error.
pub fn render(
    results: &Results,
    catalogue: &Catalogue,
    transcripts: &dyn Transcripts,
) -> io::Result<String> {
    let by_id = ById::new(results);
    let mut exchanges = Exchanges::new(transcripts);
    let mut failed = |standing| finding::failures(results, standing, catalogue, &mut exchanges);
    let failures = failed(Standing::Fail);
    let mut excused = failed(Standing::AdvisoryFail);
    excused.extend(failed(Standing::WaivedFail));
    let page = Page {
        policy: content_security_policy(),
        style: STYLE,
        script: SCRIPT,
        name: Text::new(&results.header.iut.name),
        version: Text::new(&results.header.iut.version),
        outcome: results.outcome.to_string(),
        scope: results.header.scope.to_string(),
        meaning: Text::new(&meaning(results)),
        cautions: run::cautions(results, catalogue),
        identity: run::identity(results),
        total: results.counts.total(),
        numbers: Number::all(|standing| results.counts.of_standing(standing)),
        untold: Untold::of(&Untested::of(results, catalogue)),
        groups: groups::groups(results),
        stale: finding::stale(results),
        causes: causes(results),
        failures,
        excused,
        unjudged: finding::unjudged(results),
        rows: purposes::rows(results),
        ledger: Ledger::of(results, catalogue, &by_id),
        threats: threats::rows(results, catalogue, &by_id),
        claimed: declared::claims(results, catalogue, true),
        unclaimed: declared::claims(results, catalogue, false),
        findings: declared::findings(results),
        values: declared::values(results, catalogue),
        disputes: declared::disputes(results, catalogue),
        release: results.header.resolved.release,
        particulars: run::particulars(results),
    };
    page.render().map_err(io::Error::other)
}
