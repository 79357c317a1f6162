//! Generated primitives.

use onem2m_primitive::{
    AssignedTokenIdentifier, AttributeFilter, FilterCriteria, Request, Response,
    ResponseStatusCode, ResponseType,
};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use serde_json::{Value, json};

fn header_text() -> impl Strategy<Value = String> {
    "([!-~é]([ -~é]{0,12}[!-~é])?)?"
}

fn identifier() -> impl Strategy<Value = String> {
    ("(//|/|)", vec("[ -~é\u{0}]{1,8}", 1..4)).prop_filter_map(
        "a target that can be written",
        |(mark, segments)| {
            let segments: Vec<String> = segments
                .into_iter()
                .map(|segment| segment.replace(['/', '#'], "x"))
                .collect();
            let reserved =
                mark.is_empty() && matches!(segments.first().map(String::as_str), Some("~" | "_"));
            (!reserved).then(|| format!("{mark}{}", segments.join("/")))
        },
    )
}

fn texts() -> impl Strategy<Value = Vec<String>> {
    vec("[ -~é]{1,6}", 0..3)
}

fn visible_without_separators() -> impl Strategy<Value = Vec<String>> {
    vec("[a-zA-Z0-9._=/@-]{1,12}", 0..3)
}

fn content() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_filter_map("finite", |number| number.is_finite().then(|| json!(number))),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::from),
            vec((any::<String>(), inner), 0..4)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

fn attribute_filters() -> impl Strategy<Value = Vec<AttributeFilter>> {
    vec(
        ("x[a-z.-]{0,3}", "[ -~é]{0,6}").prop_map(|(name, value)| AttributeFilter { name, value }),
        0..3,
    )
}

fn filter() -> impl Strategy<Value = FilterCriteria> {
    let times = (
        option::of("[ -~]{0,9}"),
        option::of("[0-9T]{0,9}"),
        option::of(any::<u64>()),
    );
    let lists = (texts(), vec(any::<u32>(), 0..3), texts(), texts());
    let attributes = (
        attribute_filters(),
        attribute_filters(),
        attribute_filters(),
    );
    let numbers = (
        option::of(any::<u32>()),
        option::of(any::<u32>()),
        option::of("[ -~]{0,9}"),
    );
    (times, lists, attributes, numbers).prop_map(|(times, lists, attributes, numbers)| {
        FilterCriteria {
            created_before: times.0.clone(),
            created_after: times.1.clone(),
            modified_since: times.1.clone(),
            unmodified_since: times.0.clone(),
            state_tag_smaller: times.2,
            state_tag_bigger: times.2,
            expire_before: times.1,
            expire_after: times.0,
            labels: lists.0,
            resource_types: lists.1,
            size_above: times.2,
            size_below: times.2,
            content_types: lists.2,
            semantics_filters: lists.3,
            attributes: attributes.0,
            child_attributes: attributes.1,
            parent_attributes: attributes.2,
            filter_usage: numbers.0,
            filter_operation: numbers.1,
            content_filter_syntax: numbers.0,
            content_filter_query: numbers.2,
            limit: numbers.1,
            level: numbers.0,
            offset: numbers.1,
        }
    })
}

fn operation() -> impl Strategy<Value = Request> {
    prop_oneof![
        (identifier(), any::<u32>(), content())
            .prop_map(|(to, resource_type, content)| Request::create(to, resource_type, content)),
        identifier().prop_map(Request::retrieve),
        (identifier(), content()).prop_map(|(to, content)| Request::update(to, content)),
        identifier().prop_map(Request::delete),
        (identifier(), content()).prop_map(|(to, content)| Request::notify(to, content)),
    ]
}

/// A request that both bindings can carry as far as their texts go.
pub fn request() -> impl Strategy<Value = Request> {
    let headers = (
        option::of(header_text()),
        option::of(header_text()),
        option::of(header_text()),
        "[!-~]{1,8}",
    );
    let response_type = option::of(
        (any::<u32>(), option::of(visible_without_separators())).prop_map(
            |(value, notification_uris)| ResponseType {
                value,
                notification_uris,
            },
        ),
    );
    let flags = (
        option::of(any::<bool>()),
        option::of(any::<bool>()),
        option::of(any::<u32>()),
    );
    let lists = (
        texts(),
        texts(),
        visible_without_separators(),
        visible_without_separators(),
    );
    (operation(), headers, response_type, flags, lists, filter()).prop_map(
        |(operation, headers, response_type, flags, lists, filter)| Request {
            from: headers.0.clone(),
            request_identifier: Some(headers.3),
            release_version: headers.1.clone(),
            attribute_list: lists.0.clone(),
            role_ids: lists.1.clone(),
            originating_timestamp: headers.2.clone(),
            request_expiration: headers.0.clone(),
            result_expiration: headers.1.clone(),
            operation_execution_time: headers.2.clone(),
            response_type,
            result_persistence: headers.0.clone(),
            result_content: flags.2,
            event_category: headers.1,
            delivery_aggregation: flags.0,
            group_request_identifier: headers.2,
            filter,
            discovery_result_type: flags.2,
            tokens: lists.2,
            token_ids: lists.0,
            local_token_ids: lists.1,
            token_request_indicator: flags.1,
            authorization_signature_indicator: flags.0,
            authorization_signatures: lists.3,
            authorization_relationship_indicator: flags.1,
            semantic_query_indicator: flags.0,
            vendor_information: headers.0,
            ..operation
        },
    )
}

/// A response that both bindings can carry as far as their texts go.
pub fn response() -> impl Strategy<Value = Response> {
    let headers = (
        option::of(header_text()),
        option::of(header_text()),
        option::of(header_text()),
    );
    let numbers = (
        any::<u16>(),
        option::of(any::<u32>()),
        option::of(any::<u64>()),
        option::of(any::<bool>()),
    );
    let assignments = vec(
        ("[a-z.-]{1,6}", "[a-z@.:]{1,9}").prop_map(|(local_token_id, token_id)| {
            AssignedTokenIdentifier {
                local_token_id,
                token_id,
            }
        }),
        0..3,
    );
    (headers, numbers, assignments, option::of(content())).prop_map(
        |(headers, numbers, assigned_token_identifiers, content)| Response {
            status: ResponseStatusCode::from(numbers.0),
            request_identifier: headers.0.clone(),
            release_version: headers.1.clone(),
            content,
            from: headers.2.clone(),
            originating_timestamp: headers.0.clone(),
            result_expiration: headers.1.clone(),
            event_category: headers.2,
            content_status: numbers.1,
            content_offset: numbers.2,
            assigned_token_identifiers,
            authorization_signature_request: numbers.3,
            vendor_information: headers.0,
        },
    )
}
