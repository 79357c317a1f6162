use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

use super::object;

/// Ends of minutes, days, months, years and of the value space, a leap day, and two ordinary moments.
const TIMES: [&str; 9] = [
    "2025-11-20T13:27:30Z",
    "2025-11-20T13:28:30Z",
    "2024-02-29T00:00:00Z",
    "2025-12-31T23:59:59Z",
    "2026-01-01T00:00:00Z",
    "2000-01-01T00:00:00Z",
    "9999-12-31T23:59:59Z",
    "2025-11-23T12:00:01Z",
    "1999-12-31T23:59:59Z",
];

/// For each field of a schedule entry its bounds and the values that the times above make interesting.
const FIELDS: [(u16, u16, &[u16]); 7] = [
    (0, 59, &[0, 1, 29, 30, 31, 58, 59]),
    (0, 59, &[0, 1, 26, 27, 28, 59]),
    (0, 23, &[0, 1, 12, 13, 14, 22, 23]),
    (1, 31, &[1, 2, 19, 20, 21, 23, 29, 30, 31]),
    (1, 12, &[1, 2, 10, 11, 12]),
    (0, 6, &[0, 1, 3, 4, 5, 6]),
    (2000, 9999, &[2000, 2001, 2024, 2025, 2026, 9998, 9999]),
];

const SOURCES: [&str; 8] = [
    "192.0.2.10",
    "192.0.2.15",
    "192.0.2.16",
    "255.255.255.255",
    "::ffff:192.0.2.10",
    "2001:db8:1::10",
    "2001:db8:2::",
    "::",
];
const IPV4: [&str; 7] = [
    "192.0.2.1",
    "192.0.2.10",
    "192.0.2.8",
    "192.0.2.77",
    "0.0.0.0",
    "255.255.255.254",
    "198.51.100.0",
];
const IPV6: [&str; 6] = [
    "2001:db8:1::10",
    "2001:0DB8:0001:0:0:0:0:0011",
    "2001:db8::",
    "::",
    "::ffff:192.0.2.10",
    "ffff::",
];

/// Points, no two of which are as far apart as one of the radii.
const POINTS: [(f64, f64); 7] = [
    (37.5665, 126.978),
    (37.5754, 126.978),
    (60.0, 25.0),
    (60.0, 25.0162),
    (0.0, 179.999),
    (0.0, -179.999),
    (-90.0, 0.0),
];
const RADII: [f64; 5] = [0.0, 500.0, 1000.0, 9_000_000.0, 21_000_000.0];
const COUNTRIES: [&str; 3] = ["KR", "DE", "FR"];

/// When a request was received.
pub fn time() -> impl Strategy<Value = &'static str> {
    select(TIMES.to_vec())
}

/// Where its packets came from.
pub fn source() -> impl Strategy<Value = &'static str> {
    select(SOURCES.to_vec())
}

/// Where its originator is, as far as it is known.
pub fn place() -> impl Strategy<Value = Value> {
    let country = prop::option::of(select(COUNTRIES.to_vec()).prop_map(Value::from));
    let point = prop::option::of(
        select(POINTS.to_vec()).prop_map(|(latitude, longitude)| json!([latitude, longitude])),
    );
    (country, point).prop_map(|(country, point)| object([("country", country), ("point", point)]))
}

/// One element of accessControlContexts.
pub fn context() -> impl Strategy<Value = Value> {
    let windows = prop::collection::vec(window(), 1..3).prop_map(|windows| json!(windows));
    (
        prop::option::of(windows),
        prop::option::of(networks()),
        prop::option::of(region()),
    )
        .prop_map(|(windows, networks, region)| {
            object([("actw", windows), ("acip", networks), ("aclr", region)])
        })
}

fn window() -> impl Strategy<Value = String> {
    FIELDS
        .map(|(first, last, values)| field(first, last, values))
        .prop_map(|fields| fields.join(" "))
}

fn field(first: u16, last: u16, values: &'static [u16]) -> BoxedStrategy<String> {
    let interval = || prop_oneof![1..5_u16, Just(7), Just(59), Just(9999)];
    let pair = || {
        (select(values), select(values)).prop_map(|(one, other)| (one.min(other), one.max(other)))
    };
    let element = prop_oneof![
        2 => select(values).prop_map(|value| value.to_string()),
        2 => pair().prop_map(|(from, to)| format!("{from}-{to}")),
        2 => (pair(), interval()).prop_map(|((from, to), interval)| format!("{from}-{to}/{interval}")),
        1 => interval().prop_map(move |interval| format!("{first}-{last}/{interval}")),
    ];
    let list = prop::collection::vec(element, 1..4).prop_map(|elements| elements.join(","));
    prop_oneof![
        12 => Just("*".to_owned()),
        1 => interval().prop_map(|interval| format!("*/{interval}")),
        3 => list,
    ]
    .boxed()
}

fn networks() -> impl Strategy<Value = Value> {
    let ipv4 = prop::collection::vec(network(&IPV4, 32), 1..3).prop_map(|list| json!(list));
    let ipv6 = prop::collection::vec(network(&IPV6, 128), 1..3).prop_map(|list| json!(list));
    prop_oneof![
        ipv4.clone().prop_map(|ipv4| json!({"ipv4": ipv4})),
        ipv6.clone().prop_map(|ipv6| json!({"ipv6": ipv6})),
        (ipv4, ipv6).prop_map(|(ipv4, ipv6)| json!({"ipv4": ipv4, "ipv6": ipv6})),
    ]
}

fn network(addresses: &'static [&'static str], width: u8) -> impl Strategy<Value = String> + Clone {
    let suffix = prop_oneof![Just(0), Just(width), 0..=width, (width - 8)..=width];
    (select(addresses), prop::option::of(suffix)).prop_map(|(address, suffix)| match suffix {
        None => address.to_owned(),
        Some(suffix) => format!("{address}/{suffix}"),
    })
}

fn region() -> impl Strategy<Value = Value> {
    prop_oneof![
        prop::collection::vec(select(COUNTRIES.to_vec()), 1..3)
            .prop_map(|countries| json!({"accc": countries})),
        (select(POINTS.to_vec()), select(RADII.to_vec())).prop_map(
            |((latitude, longitude), radius)| json!({"accr": [latitude, longitude, radius]})
        ),
    ]
}
