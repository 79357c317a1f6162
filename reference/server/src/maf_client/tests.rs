use onem2m_identity::{Home, PskIdentity};
use serde_json::{Value, json};
use time::macros::datetime;

use super::answer::{self, Source};
use super::{KcReading, fetch};

fn identity(text: &str) -> PskIdentity {
    PskIdentity::parse(text.as_bytes()).unwrap()
}

fn home() -> Home {
    let configuration = crate::Configuration::default();
    Home::new(configuration.sp, configuration.cse_id)
}

#[test]
fn relative_part_is_taken_as_it_stands_and_leads_nowhere_else() {
    let relative = |text| fetch::relative_key_id(&identity(text));
    assert_eq!(relative("5B9f@maf.example.com").as_deref(), Some("5B9f"));
    for text in [
        "..@maf.example.com",
        ".@maf.example.com",
        "a/b@maf.example.com",
        "a%2fb@maf.example.com",
        "a?x=1@maf.example.com",
        "@maf.example.com",
        "x@y@maf.example.com",
        "maf.example.com",
    ] {
        assert_eq!(relative(text), None, "{text}");
    }
}

#[test]
fn expiry_has_to_be_readable_and_to_come() {
    let now = datetime!(2025-11-20 13:27:30 UTC);
    let until = |text: &str| answer::until(Some(&json!(text)), now);
    assert!(until("20251120T132731").is_some());
    for text in ["20251120T132730", "20251120T132729", "2099-99-99", ""] {
        assert_eq!(until(text), None, "{text}");
    }
    assert_eq!(answer::until(None, now), None);
}

#[test]
fn usage_is_that_of_associations_alone() {
    assert!(answer::is_usage(Some(&json!(32))));
    for other in [json!(33), json!(22), json!("32"), Value::Null] {
        assert!(!answer::is_usage(Some(&other)), "{other}");
    }
    assert!(!answer::is_usage(None));
}

#[test]
fn key_without_octets_is_none_and_half_of_one_octet_too() {
    let key = |reading, text: &str| {
        let key = answer::key(reading, Some(&json!(text)));
        key.map(|key| key.octets().len())
    };
    assert_eq!(key(KcReading::Whole, "AQIDBA=="), Some(4));
    assert_eq!(key(KcReading::FirstHalf, "AQIDBA=="), Some(2));
    assert_eq!(key(KcReading::Whole, ""), None);
    assert_eq!(key(KcReading::FirstHalf, "AQ=="), None);
    assert_eq!(key(KcReading::Whole, "AQIDBA"), None);
}

#[test]
fn source_is_an_entity_or_a_key_at_the_maf() {
    let source = |text: &str| answer::source(Some(&json!(text)), &home());
    assert!(matches!(
        source("//onem2m.example/SAE1"),
        Some(Source::Entity(_))
    ));
    assert!(matches!(
        source("ae1@maf.example.com"),
        Some(Source::Credential(_))
    ));
    assert_eq!(source(""), None);
    assert_eq!(answer::source(None, &home()), None);
}
