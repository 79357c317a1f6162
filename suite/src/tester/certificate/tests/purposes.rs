//! Flavours and defects as purposes name them.

use serde::Deserialize;

use super::super::*;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    flavour: Flavour,
    defect: Defect,
}

#[test]
fn purposes_name_a_flavour_and_a_defect() {
    let text = r#"
        flavour = { cse_id = "tstcse1.in.example.com" }
        defect = { issuer_permits = [{ dns = "other.org" }, { uri = "m2m.example.com" }] }
    "#;
    let entry: Entry = toml::from_str(text).unwrap();
    assert_eq!(
        entry.flavour,
        Flavour::CseId("tstcse1.in.example.com".to_owned())
    );
    let subtrees = vec![
        GeneralName::Dns("other.org".to_owned()),
        GeneralName::Uri("m2m.example.com".to_owned()),
    ];
    assert_eq!(entry.defect, Defect::IssuerPermits(subtrees));
}

#[test]
fn device_identifiers_are_named_by_their_arcs() {
    let text = r#"
        flavour = { device = [{ other = { type_id = "0.2.481.1", value = { relative = "100.3030.10011" } } }] }
        defect = "self_signed"
    "#;
    let entry: Entry = toml::from_str(text).unwrap();
    let name = GeneralName::device("0.2.481.1", "100.3030.10011").unwrap();
    assert_eq!(entry.flavour, Flavour::Device(vec![name]));
    assert_eq!(entry.defect, Defect::SelfSigned);
}

#[test]
fn every_kind_of_value_can_be_named() {
    for text in [
        "ended_seconds_ago = 1",
        "key = 'rsa2048'",
        "point = 'off_curve'",
        "key_usage = ['key_agreement']",
        "extended_key_usage = ['client_auth']",
        "signature = 'ecdsa_sha1'",
        "damage = 'letters_in_time'",
        "names = [{ dns = \"a\\u0000b\" }, { address = '192.0.2.1' }, { registered = '1.2.3' }]",
        "names = [{ directory = { common_name = 'x' } }, { email = 'a@b' }]",
        "common_name_only = 'S98821'",
    ] {
        let defect: Result<Defect, _> = toml::from_str(text);
        assert!(defect.is_ok(), "{text}: {defect:?}");
    }
}

#[test]
fn text_that_is_no_object_identifier_is_no_name() {
    let defect: Result<Defect, _> = toml::from_str("names = [{ registered = '3.1' }]");
    let message = defect.unwrap_err().to_string();
    assert!(
        message.contains("expected an object identifier as 1.3.6.1, got \"3.1\""),
        "{message}"
    );
}
