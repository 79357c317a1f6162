//! Two faults at once, in different dimensions of a decision.

use crate::reference::Model;
use onem2m_conform::verdict::{Cause, Verdict};
use onem2m_server::faults;

/// Two faults, and what the smallest case of each has that the other's has not.
const PAIRS: [[(&str, &str); 2]; 3] = [
    [
        ("AcpIgnoresWindow", r#""actw":["* * * * * * 2024"]"#),
        ("KeywordAllUnknown", r#""acor":["all"]"#),
    ],
    [
        ("AcpIgnoresWindow", r#""actw":["* * * * * * 2024"]"#),
        ("AcpIgnoresAddress", r#""acip":{"ipv4":["192.0.2.1"]}"#),
    ],
    [
        ("RulesFirstOnly", r#"},{"acor""#),
        ("AcpIgnoresAddress", "res_ctxts FALSE"),
    ],
];

/// As many cases as bring up every kind of rule in the purpose that varies everything.
const CASES: usize = 400;

#[tokio::test(flavor = "multi_thread")]
async fn two_faults_are_two_classes_each_shown_once() {
    let model = Model::load(1, CASES);
    let everything = model.items.last().unwrap();
    assert_eq!(everything.purpose.id, "CSE/ACP/MODEL/013");
    for pair in PAIRS {
        let faults = pair.map(|(name, _)| faults::find(name).unwrap());
        let judgement = model.judge(everything, faults.to_vec()).await.judgement;
        assert_eq!(judgement.verdict, Verdict::Fail, "{pair:?}");
        assert_eq!(judgement.cause, Some(Cause::WrongDecision), "{pair:?}");
        let lines: Vec<&String> = judgement
            .observed
            .iter()
            .chain(&judgement.details)
            .collect();
        assert_eq!(lines.len(), 2, "{pair:?}: {lines:#?}");
        for (name, mark) in pair {
            let shown = lines.iter().filter(|line| line.contains(mark)).count();
            assert_eq!(shown, 1, "{name}: {lines:#?}");
        }
    }
}
