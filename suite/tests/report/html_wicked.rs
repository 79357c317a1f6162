//! Text from the wire is text in the page, and nothing else.

use crate::catalogue::catalogue;
use crate::html_reader::{Page, read_with, text, written};
use crate::recorded::{Always, retrieval};
use crate::wicked_text::{WICKED, run_with};
use onem2m_conform::catalogue::behaviour::Role;
use onem2m_conform::report::html;
use onem2m_conform::tester::transcript::Entry;
use onem2m_conform::verdict::Verdict;
use proptest::prelude::*;
use std::collections::BTreeMap;

const WICKED_HTML: [&str; 8] = [
    "<script>hostile()</script>",
    "</script></style></title></textarea><img src=x onerror=hostile()>",
    "\" onmouseover=\"hostile()\" x=\"",
    "' autofocus onfocus='hostile()",
    "<!-- --!> <![CDATA[ ]]> <?php ?>",
    "&lt;script&gt; &#60;script&#62; &amp;",
    "\u{202e}drowssap\u{202c} \u{2066}x\u{2069}",
    "javascript:hostile()",
];

fn answering(text: &str) -> Always {
    let entry: Entry = retrieval(text, Role::Stimulus, (text, text), text.as_bytes());
    Always(vec![entry])
}

/// How often each element occurs, with the names of its attributes.
fn structure(page: &Page) -> BTreeMap<String, usize> {
    let mut structure = BTreeMap::new();
    for element in page.all("*") {
        let value = element.value();
        let mut attributes: Vec<_> = value.attrs().map(|(name, _)| name).collect();
        attributes.sort_unstable();
        let key = format!("{} {}", value.name(), attributes.join(" "));
        *structure.entry(key).or_default() += 1;
    }
    structure
}

const VERDICTS: [Verdict; 5] = [
    Verdict::Pass,
    Verdict::Fail,
    Verdict::Inconclusive,
    Verdict::Error,
    Verdict::NotApplicable,
];

/// The page has the elements that it has for harmless text of the same shape, and no other.
fn assert_holds(text: &str, verdict: Verdict) {
    let wicked = read_with(&run_with(text, verdict), &answering(text));
    let harmless = harmless(text);
    let harmless = read_with(&run_with(&harmless, verdict), &answering(&harmless));
    assert_eq!(structure(&wicked), structure(&harmless), "{text:?}");
    assert_eq!(wicked.errors(), [""; 0], "{text:?}");
    for reference in wicked.values("href") {
        let is_relative = reference
            .bytes()
            .all(|it| it.is_ascii_alphanumeric() || b"#-_./%".contains(&it));
        assert!(is_relative, "{reference}");
    }
}

/// A text that is harmless, and a path that stays inside if the text is one.
fn harmless(text: &str) -> String {
    let letter = |character: char| match character {
        '/' | '.' => character,
        _ => 'x',
    };
    text.chars().map(letter).collect()
}

#[test]
fn wicked_text_adds_no_element() {
    for text in WICKED.into_iter().chain(WICKED_HTML) {
        for verdict in VERDICTS {
            assert_holds(text, verdict);
        }
    }
}

#[test]
fn wicked_text_can_be_read() {
    let text_in = "<script>hostile()</script>\u{202e}\0]]>";
    let page = read_with(&run_with(text_in, Verdict::Fail), &answering(text_in));
    let shown = "<script>hostile()</script>\\u{202e}\\u{0}]]>";
    let finding = text(page.one("[data-finding]"));
    assert_eq!(page.text(".exchange .body"), shown);
    assert!(finding.contains(&format!("Observed {shown}")), "{finding}");
}

#[test]
fn octets_that_are_no_text_are_shown_in_hexadecimal() {
    let hex = Always(vec![retrieval(
        "stimulus",
        Role::Stimulus,
        ("a", "b"),
        b"<b>\xff\x00",
    )]);
    let mut results = run_with("x", Verdict::Fail);
    results.purposes[0].judgement.step = Some("stimulus".into());
    let page = read_with(&results, &hex);
    assert_eq!(page.text(".exchange .body"), "3c 62 3e ff 00");
}

#[test]
fn endless_lines_are_cut() {
    let endless = "x".repeat(1 << 20);
    let page = written(&run_with(&endless, Verdict::Fail), &answering(&endless));
    assert!(page.len() < 200_000, "{}", page.len());
    assert!(page.contains("(cut, 1047552 octets more)"));
}

#[test]
fn policy_allows_the_own_style_and_script_alone() {
    let page = read_with(&run_with("x", Verdict::Fail), &answering("x"));
    let policy = page.one("meta[http-equiv=Content-Security-Policy]");
    let policy = policy.attr("content").unwrap();
    let directives: Vec<_> = policy.split("; ").collect();
    let [first, style, script, rest @ ..] = directives.as_slice() else {
        panic!("{policy}");
    };
    assert_eq!(*first, "default-src 'none'");
    assert!(style.starts_with("style-src 'sha256-") && !style.contains("unsafe"));
    assert!(script.starts_with("script-src 'sha256-") && !script.contains("unsafe"));
    assert_eq!(rest, ["base-uri 'none'", "form-action 'none'"]);
    assert_eq!((page.all("script").len(), page.all("style").len()), (1, 1));
    assert!(
        page.all("[style], [src], [onclick], link, img, iframe, base, form")
            .is_empty()
    );
}

#[test]
fn empty_run_is_a_page_too() {
    let mut results = run_with("x", Verdict::Pass);
    results.purposes.clear();
    results.stale_waivers.clear();
    results.ledger.requirements.clear();
    let page = html::render(&results, &catalogue(), &answering("x")).unwrap();
    assert!(page.contains("No purpose failed in a way that counts."));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_adds_no_element(text in any::<String>()) {
        assert_holds(&text, Verdict::Fail);
    }
}
