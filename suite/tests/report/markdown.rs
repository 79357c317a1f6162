//! The summary for CI jobs, read by a parser of GitHub Flavored Markdown.

use crate::cases::{self, Case};
use crate::catalogue::catalogue;
use crate::fixture::{conclude, header, judgement, result};
use crate::wicked_text::{WICKED, run_with};
use comrak::nodes::NodeValue;
use comrak::{Arena, Options, parse_document};
use onem2m_conform::report::{Results, write_markdown};
use onem2m_conform::verdict::{Scope, Verdict};
use proptest::prelude::*;

const WICKED_MARKDOWN: [&str; 10] = [
    "<script>hostile()</script>",
    "</summary></details><h1>forged</h1>",
    "| forged | row |",
    "a\\|b|c\\\\|d",
    "``` ` `` `",
    "[x](https://host.example) ![x](https://host.example/x.png) <https://host.example>",
    "https://host.example www.host.example somebody@host.example",
    "**outcome** _conformant_ ~~fail~~ $x$ :smile: #1 !1",
    "    indented\n# heading\n- list\n> quote\n---",
    "&lt;b&gt; &#60; &amp;",
];

pub fn written(results: &Results) -> String {
    let mut text = Vec::new();
    write_markdown(results, &catalogue(), &mut text).unwrap();
    String::from_utf8(text).unwrap()
}

/// The kinds of its nodes in their order; HTML with its text, unless it is a line of ours.
fn structure(markdown: &str) -> Vec<String> {
    let arena = Arena::new();
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.autolink = true;
    options.extension.strikethrough = true;
    options.extension.tagfilter = true;
    let root = parse_document(&arena, markdown, &options);
    let kind = |value: &NodeValue| match value {
        // Texts are split where something was escaped.
        NodeValue::Text(_) => None,
        NodeValue::HtmlInline(html) if html == "<!-- -->" => None,
        NodeValue::HtmlInline(html) => Some(html.clone()),
        NodeValue::HtmlBlock(block) => Some(tags(&block.literal)),
        NodeValue::Heading(heading) => Some(format!("heading {}", heading.level)),
        NodeValue::Link(link) => Some(format!("link {}", link.url)),
        other => Some(format!("{other:?}").split([' ', '(']).next()?.to_owned()),
    };
    root.descendants()
        .filter_map(|node| kind(&node.data.borrow().value))
        .collect()
}

/// The tags in a block of HTML.
fn tags(html: &str) -> String {
    let html = html.replace("<!-- -->", "");
    let tags = html.split('<').skip(1);
    tags.map(|it| it.split('>').next().unwrap())
        .collect::<Vec<_>>()
        .join(" ")
}

const VERDICTS: [Verdict; 5] = [
    Verdict::Pass,
    Verdict::Fail,
    Verdict::Inconclusive,
    Verdict::Error,
    Verdict::NotApplicable,
];

fn assert_holds(text: &str, verdict: Verdict) {
    let wicked = written(&run_with(text, verdict));
    let harmless = written(&run_with(&"x".repeat(text.len()), verdict));
    assert_eq!(
        structure(&wicked),
        structure(&harmless),
        "{text:?}\n{wicked}"
    );
}

#[test]
fn wicked_text_stays_text() {
    for text in WICKED.into_iter().chain(WICKED_MARKDOWN) {
        for verdict in VERDICTS {
            assert_holds(text, verdict);
        }
    }
}

#[test]
fn counts_are_those_of_the_results() {
    let all: Vec<Case> = cases::all().collect();
    for strict in [false, true] {
        let results = cases::run(&all, strict);
        let text = written(&results);
        let counts = &results.counts;
        for (name, number) in [
            ("pass", counts.pass),
            ("fail", counts.fail),
            ("fail \\(advisory\\)", counts.advisory),
            ("fail \\(waived\\)", counts.waived),
            ("inconclusive", counts.inconclusive),
            ("error", counts.error),
            ("not applicable", counts.not_applicable),
            ("stale waiver", results.stale_waivers.len()),
        ] {
            assert!(
                text.contains(&format!("\n| {name} | {number} |\n")),
                "{name}: {text}"
            );
        }
        assert!(text.contains("| **all** | **30** |"));
    }
}

#[test]
fn outcome_is_the_heading() {
    for case in cases::all() {
        let results = cases::run(&[case], false);
        let heading = format!("## Example CSE: {}\n", results.outcome);
        assert!(written(&results).starts_with(&heading));
    }
}

#[test]
fn failures_beyond_fifty_are_counted() {
    let failed = (1..=60).map(|number| {
        let failed = judgement(Verdict::Fail);
        result(&format!("CSE/ACP/OPS/{number:03}"), failed)
    });
    let text = written(&conclude(header(false, vec![]), failed.collect()));
    assert_eq!(text.matches("<details>").count(), 50);
    assert!(text.contains("10 more not shown here."));
}

#[test]
fn what_was_not_selected_is_told() {
    let mut header = header(false, vec![]);
    header.scope = Scope::Selection;
    let passed = result("CSE/ACP/OPS/001", judgement(Verdict::Pass));
    let text = written(&conclude(header, vec![passed]));
    assert!(text.contains("conformant (over a selection of the purposes)"));
    assert!(text.contains("| not selected: CSE/ACP/OPS | 11 | CSE/ACP/OPS/002–012 |"));
}

#[test]
fn endless_lines_are_cut() {
    let text = written(&run_with(&"x".repeat(1 << 20), Verdict::Fail));
    assert!(text.len() < 100_000, "{}", text.len());
}

proptest! {
    #[test]
    fn any_text_stays_text(text in any::<String>()) {
        // Blanks at the ends of a cell are not kept, and no text leaves no node.
        prop_assume!(!text.is_empty());
        assert_holds(&text, Verdict::Fail);
    }
}
