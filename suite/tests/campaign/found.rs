use crate::hunting::{field, hunted};
use onem2m_conform::campaign::confirm::Confirmation;
use onem2m_conform::campaign::finding::Circumstances;
use onem2m_conform::campaign::finding::{Finding, LARGEST};
use onem2m_conform::campaign::promote::promote;
use onem2m_conform::campaign::report::{Account, json, junit, page, sarif};
use onem2m_conform::catalogue::PurposeFile;
use onem2m_conform::purposes::Behaviour;
use std::time::Duration;
use time::OffsetDateTime;

/// More sequences than it takes.
const ENOUGH: u64 = 400;

async fn finding(fault: &str) -> Finding {
    let mut hunted = hunted(&field(Some(fault), 1), ENOUGH).await;
    hunted.findings.pop().expect("a finding")
}

#[tokio::test]
async fn a_finding_is_small_certain_and_seen_again_from_its_file_alone() {
    let found = finding("TextCutAtNull").await;
    assert!(found.is_certain());
    assert!(found.requests() <= 3, "{:?}", found.told);
    let text = found.text().unwrap();
    assert!(text.len() <= LARGEST);
    let read: Finding = serde_json::from_str(&text).unwrap();

    let faulty = field(Some("TextCutAtNull"), 99);
    let mut again = Confirmation::new(&faulty, 1);
    let shown = again.count(&read.steps, &read.trouble, 3).await.unwrap();
    assert_eq!(shown, 3);

    let conforming = field(None, 99);
    let mut again = Confirmation::new(&conforming, 1);
    let shown = again.count(&read.steps, &read.trouble, 1).await.unwrap();
    assert_eq!(shown, 0);
}

#[tokio::test]
async fn a_promoted_finding_is_a_purpose_with_a_behaviour() {
    let found = finding("RevocationOfThirdForgotten").await;
    let promoted = promote(&found, "CSE/ACP/FUZZ/001").unwrap();
    let mut file = toml::Table::new();
    let entries = vec![toml::Value::Table(promoted.entry)];
    file.insert("purpose".into(), toml::Value::Array(entries));
    let text = toml::to_string(&file).unwrap();
    let read: PurposeFile = toml::from_str(&text).unwrap();
    assert!(Behaviour::of(&read.purpose[0]).is_ok());
}

#[tokio::test]
async fn no_report_of_a_finding_is_green() {
    let seed = 1;
    let faulty = field(Some("TextCutAtNull"), seed);
    let hunted = hunted(&faulty, ENOUGH).await;
    let around = Circumstances {
        seed,
        surface: "http".to_owned(),
        endpoint: "http://127.0.0.1:8080".to_owned(),
        response_timeout_ms: 3000,
        site: faulty.site.clone(),
    };
    let account = Account {
        around: &around,
        hunted: &hunted,
        started: OffsetDateTime::UNIX_EPOCH,
        elapsed: Duration::from_secs(1),
        iut: "<script>alert(1)</script>",
    };
    let junit = String::from_utf8(junit(&account).unwrap()).unwrap();
    let read = quick_junit::Report::deserialize_from_str(&junit).unwrap();
    let failures: usize = read.test_suites.iter().map(|suite| suite.failures).sum();
    assert_eq!(failures, 1);
    let page = page(&account).unwrap();
    assert!(page.contains("1 found") && !page.contains("<script>alert"));
    assert_eq!(
        sarif(&account)["runs"][0]["results"][0]["level"],
        serde_json::json!("error")
    );
    assert_eq!(json(&account)["findings"].as_array().unwrap().len(), 1);
}
