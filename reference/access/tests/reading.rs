//! Which JSON is a policy (TS-0004 V3.32.0, 6.3.5.26 to 6.3.5.28).

#![allow(clippy::unwrap_used, clippy::panic)]

use onem2m_access::{Policy, PolicyError, Support, Window};
use proptest::prelude::*;
use serde_json::{Value, json};

fn read(value: &Value) -> Result<Policy, PolicyError> {
    Policy::from_json(value, &Support::ALL)
}

/// A policy of one rule that is valid but for the given members.
fn with(changes: &Value) -> Value {
    let mut rule = json!({"acor": ["CtpA2"], "acop": 63});
    rule.as_object_mut()
        .unwrap()
        .extend(changes.as_object().unwrap().clone());
    json!({"acr": [rule]})
}

fn in_context(context: &Value) -> Value {
    with(&json!({"acco": [context]}))
}

#[track_caller]
fn assert_refused_at(value: &Value, expected: &str) {
    match read(value) {
        Err(PolicyError::Invalid { path, .. }) => assert_eq!(path, expected, "{value}"),
        other => panic!("{value} gave {other:?}"),
    }
}

#[test]
fn policy_without_rules_is_valid() {
    for value in [json!({}), json!({"acr": []})] {
        assert_eq!(read(&value), Ok(Policy::default()));
    }
}

#[test]
fn rule_with_every_member_is_valid() {
    let value = json!({"acr": [{
        "acor": ["CtpA2", "//x.example", "all", "tpA2", "C*a*b", "r1@roles.example", "cse-in/grpT"],
        "acop": 35,
        "acco": [
            {"actw": ["* * 8-17 * * 1-5 *"], "acip": {"ipv4": ["192.0.2.0/24"], "ipv6": ["2001:db8::/32"]}, "aclr": {"accc": ["KR"]}},
            {"aclr": {"accr": [37.5, 127, 500.0]}},
            {},
        ],
        "acaf": true,
        "acod": [{"ty": 3, "chty": [4]}, {"ty": 28, "spty": {"cnd": "org.onem2m.x"}, "chty": [3]}, {"spty": {"mgd": 1001}, "chty": [13]}],
    }]});
    let policy = read(&value).unwrap();
    let rule = &policy.rules[0];
    assert_eq!(
        (
            rule.originators.len(),
            rule.operations.bits(),
            rule.contexts.len(),
            rule.object_details.len()
        ),
        (7, 35, 3, 3)
    );
    assert!(rule.authentication_flag);
}

#[test]
fn empty_lists_that_restrict_nothing_or_permit_nobody_are_valid() {
    for changes in [
        json!({"acor": []}),
        json!({"acco": []}),
        json!({"acod": []}),
    ] {
        assert!(read(&with(&changes)).is_ok(), "{changes}");
    }
}

#[test]
fn values_of_another_shape_are_refused() {
    for value in [
        json!(null),
        json!([]),
        json!("acr"),
        json!(1),
        json!({"acr": null}),
        json!({"acr": {}}),
        json!({"acr": [null]}),
    ] {
        assert!(
            matches!(read(&value), Err(PolicyError::Invalid { .. })),
            "{value}"
        );
    }
}

#[test]
fn missing_members_are_refused_where_they_should_be() {
    assert_refused_at(&json!({"acr": [{"acor": ["CtpA2"]}]}), "acr[0].acop");
    assert_refused_at(
        &json!({"acr": [{"acor": [], "acop": 1}, {"acop": 63}]}),
        "acr[1].acor",
    );
    assert_refused_at(&with(&json!({"acod": [{"ty": 3}]})), "acr[0].acod[0].chty");
}

#[test]
fn unknown_and_misspelt_members_are_refused() {
    assert_refused_at(&json!({"ACR": []}), "ACR");
    assert_refused_at(
        &json!({"acr": [], "accessControlRules": []}),
        "accessControlRules",
    );
    for name in [
        "actW",
        "ACCO",
        "acwi",
        "accp",
        "aca",
        "acec",
        "accessControlContexts",
    ] {
        assert_refused_at(&with(&json!({name: []})), &format!("acr[0].{name}"));
        assert_refused_at(
            &in_context(&json!({name: []})),
            &format!("acr[0].acco[0].{name}"),
        );
    }
}

#[test]
fn originators_are_strings_without_blanks() {
    for entry in [
        json!(""),
        json!(" "),
        json!("CtpA1 CtpA2"),
        json!("CtpA2\t"),
        json!("\u{a0}"),
        json!(1),
        json!(null),
        json!(["CtpA2"]),
    ] {
        assert_refused_at(&with(&json!({"acor": ["CtpA2", entry]})), "acr[0].acor[1]");
    }
    assert_refused_at(&with(&json!({"acor": "CtpA2"})), "acr[0].acor");
}

#[test]
fn operations_are_a_number_from_1_to_63() {
    for sum in [
        json!(0),
        json!(64),
        json!(127),
        json!(-1),
        json!(256),
        json!(2.0),
        json!("63"),
        json!([63]),
        json!(null),
        json!(true),
        json!(u64::MAX),
    ] {
        assert_refused_at(&with(&json!({"acop": sum})), "acr[0].acop");
    }
}

#[test]
fn flag_is_a_boolean() {
    for flag in [json!("true"), json!(1), json!(null), json!([])] {
        assert_refused_at(&with(&json!({"acaf": flag})), "acr[0].acaf");
    }
}

#[test]
fn windows_are_schedule_entries_of_which_there_is_one() {
    assert_refused_at(&in_context(&json!({"actw": []})), "acr[0].acco[0].actw");
    assert_refused_at(
        &in_context(&json!({"actw": "* * * * * * *"})),
        "acr[0].acco[0].actw",
    );
    assert_refused_at(
        &in_context(&json!({"actw": ["* * * * * * *", "* * 24 * * * *"]})),
        "acr[0].acco[0].actw[1]",
    );
}

#[test]
fn addresses_are_networks_of_which_there_is_one() {
    for addresses in [
        json!({}),
        json!([]),
        json!(null),
        json!({"ipv4": []}),
        json!({"ipv4": ["192.0.2.0/33"]}),
        json!({"ipv6": ["192.0.2.1"]}),
        json!({"ip4": ["192.0.2.1"]}),
    ] {
        assert!(
            matches!(
                read(&in_context(&json!({"acip": addresses}))),
                Err(PolicyError::Invalid { .. })
            ),
            "{addresses}"
        );
    }
}

#[test]
fn region_is_one_of_two_choices_within_its_bounds() {
    for region in [
        json!({}),
        json!({"accc": ["KR"], "accr": [37.5, 126.9, 1000.0]}),
        json!({"accc": []}),
        json!({"accc": ["KOR"]}),
        json!({"accc": ["kr"]}),
        json!({"accc": "KR"}),
        json!({"accr": [91.0, 0.0, 10.0]}),
        json!({"accr": [0.0, 181.0, 10.0]}),
        json!({"accr": [0.0, 0.0]}),
        json!({"accr": [0.0, 0.0, -1.0]}),
        json!({"accr": [0.0, 0.0, 1.0, 1.0]}),
        json!({"accr": ["0", "0", "1"]}),
    ] {
        assert!(
            matches!(
                read(&in_context(&json!({"aclr": region}))),
                Err(PolicyError::Invalid { .. })
            ),
            "{region}"
        );
    }
}

#[test]
fn object_details_have_their_types_and_specializations() {
    for detail in [
        json!({"chty": []}),
        json!({"chty": 4}),
        json!({"chty": ["4"]}),
        json!({"chty": [-4]}),
        json!({"ty": "3", "chty": [4]}),
        json!({"ty": 28, "chty": [3]}),
        json!({"ty": 13, "chty": [3]}),
        json!({"spty": {}, "chty": [28]}),
        json!({"spty": {"cnd": "x", "mgd": 1001}, "chty": [28]}),
        json!({"spty": "x", "chty": [28]}),
        json!({"spty": {"cnd": ""}, "chty": [28]}),
        json!({"spty": {"mgd": "1001"}, "chty": [13]}),
    ] {
        assert!(
            matches!(
                read(&with(&json!({"acod": [detail]}))),
                Err(PolicyError::Invalid { .. })
            ),
            "{detail}"
        );
    }
}

#[test]
fn unsupported_members_are_not_implemented_and_never_dropped() {
    let nothing = Support {
        windows: false,
        addresses: false,
        countries: false,
        circles: false,
        authentication_flag: false,
        object_details: false,
    };
    for (value, expected) in [
        (
            in_context(&json!({"actw": ["* * * * * * *"]})),
            "acr[0].acco[0].actw",
        ),
        (
            in_context(&json!({"acip": {"ipv4": ["192.0.2.1"]}})),
            "acr[0].acco[0].acip",
        ),
        (
            in_context(&json!({"aclr": {"accc": ["KR"]}})),
            "acr[0].acco[0].aclr.accc",
        ),
        (
            in_context(&json!({"aclr": {"accr": [0.0, 0.0, 1.0]}})),
            "acr[0].acco[0].aclr.accr",
        ),
        (with(&json!({"acaf": true})), "acr[0].acaf"),
        (with(&json!({"acod": [{"chty": [4]}]})), "acr[0].acod"),
    ] {
        assert!(read(&value).is_ok(), "{value}");
        let error = Policy::from_json(&value, &nothing).unwrap_err();
        assert!(
            matches!(&error, PolicyError::NotImplemented { path, .. } if path == expected),
            "{error}"
        );
    }
    assert!(Policy::from_json(&with(&json!({"acaf": false, "acco": [{}]})), &nothing).is_ok());
}

#[test]
fn malformed_value_is_invalid_before_it_is_unsupported() {
    let value = json!({"acr": [{"acor": ["CtpA2"], "acop": 1, "acaf": true}, {"acor": ["CtpA2"], "acop": 0}]});
    let support = Support {
        authentication_flag: false,
        ..Support::ALL
    };
    assert!(matches!(
        Policy::from_json(&value, &support),
        Err(PolicyError::Invalid { .. })
    ));
}

#[test]
fn errors_name_place_expected_and_got() {
    let error = read(&with(&json!({"acop": "63"}))).unwrap_err();
    assert_eq!(
        error.to_string(),
        "acr[0].acop: expected a sum of operations from 1 to 63, got \"63\""
    );
    let long = "x ".repeat(1000);
    let error = read(&with(&json!({"acor": [long]}))).unwrap_err();
    assert!(error.to_string().len() < 200, "{error}");
}

/// Values that resemble policies in their member names and nothing else.
fn resembling() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        "[*0-9,/ -]{0,20}".prop_map(Value::from),
        "[0-9a-f:./]{0,20}".prop_map(Value::from),
    ];
    leaf.prop_recursive(6, 64, 6, |inner| {
        let name = prop::sample::select(vec![
            "acr", "acor", "acop", "acco", "acaf", "acod", "actw", "acip", "aclr", "ipv4", "ipv6",
            "accc", "accr", "ty", "spty", "chty",
        ]);
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::vec((name, inner), 0..6).prop_map(|members| Value::Object(
                members
                    .into_iter()
                    .map(|(name, value)| (name.to_owned(), value))
                    .collect()
            )),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn reading_never_panics(value in resembling()) {
        let _ = read(&value);
        let _ = read(&json!({"acr": [value]}));
    }

    #[test]
    fn reading_a_window_never_panics(text in any::<String>(), fields in prop::collection::vec("[*0-9,/-]{0,8}", 7)) {
        let _ = Window::parse(&text);
        let _ = Window::parse(&fields.join(" "));
    }
}
