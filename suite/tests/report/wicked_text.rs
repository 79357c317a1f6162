//! Text from the wire neither breaks a report nor says something that is not so.

use crate::fixture::{conclude, header, judgement, result, valid_waiver};
use crate::junit_reader::{case, cases, read, system_out, words, written};
use onem2m_conform::report::{PurposeResult, Results};
use onem2m_conform::verdict::Verdict;
use proptest::prelude::*;

pub const WICKED: [&str; 9] = [
    "\0",
    "\u{1b}[2J\u{1b}[31mpass",
    "]]>",
    "]]]]>>",
    "]]]]><![CDATA[>",
    "</system-out></testcase><testcase name=\"forged\"/>",
    "\u{fffe}\u{ffff}",
    "\"' & <!-- -- > <?xml?> &#0;",
    "x\nseed: 7\r\nseed: 8\u{85}seed: 9\u{2028}seed: 10",
];

pub fn run_with(text: &str, verdict: Verdict) -> Results {
    let mut judgement = judgement(verdict);
    judgement.observed = Some(text.into());
    judgement.expected = Some(text.into());
    judgement.step = Some(text.into());
    let mut waiver = valid_waiver("CSE/ACP/OPS/001");
    waiver.owner = text.into();
    waiver.reason = text.into();
    let mut header = header(false, vec![waiver]);
    header.iut.name = text.into();
    header.iut.vendor = text.into();
    let purpose = PurposeResult {
        title: text.into(),
        requirements: vec![text.into()],
        reproduce: Some(text.into()),
        transcript: Some(text.into()),
        ..result("CSE/ACP/OPS/001", judgement)
    };
    conclude(header, vec![purpose])
}

/// What XML 1.0 allows (section 2.2).
fn is_xml(character: char) -> bool {
    matches!(
        character,
        '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..
    )
}

fn assert_holds(text: &str) {
    for verdict in [
        Verdict::Pass,
        Verdict::Fail,
        Verdict::Inconclusive,
        Verdict::NotApplicable,
    ] {
        let results = run_with(text, verdict);
        assert!(written(&results).chars().all(is_xml));
        let report = read(&results);
        let findings = results.stale_waivers.len();
        assert_eq!(cases(&report).len(), 1 + findings);
        let case = case(&report, "CSE/ACP/OPS/001");
        let seeds = system_out(case)
            .lines()
            .filter(|line| line.starts_with("seed:"));
        assert_eq!(seeds.collect::<Vec<_>>(), ["seed: 42"]);
    }
}

#[test]
fn wicked_text_stays_text() {
    for text in WICKED {
        assert_holds(text);
    }
}

#[test]
fn the_end_of_a_section_reads_back() {
    let report = read(&run_with("a ]]> b", Verdict::Inconclusive));
    let case = case(&report, "CSE/ACP/OPS/001");
    assert!(system_out(case).starts_with("title: a ]]> b\n"));
    let (_, message, body) = words(case);
    assert_eq!(message, "expected a ]]> b; observed a ]]> b");
    assert!(body.starts_with("expected: a ]]> b\n"));
}

proptest! {
    #[test]
    fn any_text_stays_text(text in any::<String>()) {
        assert_holds(&text);
    }
}
