//! `fuzz.html`: one page that works offline.

use super::Account;
use crate::report::text::visible;
use askama::Template;

#[derive(Template)]
#[template(path = "fuzz.html")]
struct Page {
    iut: String,
    endpoint: String,
    seed: u64,
    seconds: u64,
    requests: u64,
    sequences: u64,
    shapes: usize,
    ended: Option<String>,
    findings: Vec<Entry>,
}

struct Entry {
    id: String,
    seen: String,
    clause: String,
    expected: String,
    observed: String,
    at: String,
    steps: Vec<String>,
    request: Option<String>,
    answer: Option<String>,
    curl: String,
    file: String,
}

/// The campaign as a page for people.
pub fn page(account: &Account<'_>) -> Result<String, askama::Error> {
    let Account { around, hunted, .. } = account;
    let shown = |text: &str| visible(text).into_owned();
    // Line ends are meant; all else that a text could do is not.
    let lines = |text: &str| text.lines().map(shown).collect::<Vec<_>>().join("\n");
    let entry = |(file, finding): (String, &crate::campaign::finding::Finding)| Entry {
        id: shown(&finding.id),
        seen: format!(
            "seen again {} of {} times, the like {} times",
            finding.reproduced, finding.attempts, finding.count
        ),
        clause: shown(&finding.trouble.clause),
        expected: shown(&finding.trouble.expected),
        observed: shown(&finding.trouble.observed),
        at: shown(&finding.at),
        steps: finding.told.iter().map(|step| shown(step)).collect(),
        request: finding.request.as_deref().map(lines),
        answer: finding.answer.as_deref().map(lines),
        curl: lines(&finding.curl),
        file,
    };
    Page {
        iut: shown(account.iut),
        endpoint: shown(&around.endpoint),
        seed: around.seed,
        seconds: account.elapsed.as_secs(),
        requests: hunted.standing.requests,
        sequences: hunted.standing.sequences,
        shapes: hunted.standing.shapes,
        ended: hunted.ended.as_deref().map(shown),
        findings: account.findings().map(entry).collect(),
    }
    .render()
}
