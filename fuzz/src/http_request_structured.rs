//! Request primitives built from octets.

use arbitrary::{Arbitrary, Unstructured};
use onem2m_primitive::http::{decode_request, encode_request};
use onem2m_primitive::{AttributeFilter, FilterCriteria, Request, ResponseType};
use serde_json::{Map, Value};

/// How deep content nests at most; receivers refuse 128 levels.
const LEVELS: u32 = 100;

/// A primitive that can be written is read as the same primitive.
pub fn http_request_structured(data: &[u8]) {
    let Ok(draft) = Draft::arbitrary_take_rest(Unstructured::new(data)) else {
        return;
    };
    let request = draft.into_request();
    if let Ok(message) = encode_request(&request) {
        let (parts, body) = message.into_parts();
        assert_eq!(decode_request(&parts, &body), Ok(as_received(request)));
    }
}

/// The attribute behind `#` arrives in the attribute list.
fn as_received(mut request: Request) -> Request {
    if let Some((identifier, attribute)) = request.to.split_once('#') {
        request.attribute_list.insert(0, attribute.to_owned());
        request.to = identifier.to_owned();
    }
    request
}

#[derive(Debug, Arbitrary)]
struct Draft {
    operation: DraftOperation,
    to: String,
    request_identifier: String,
    texts: [Option<String>; 8],
    response_type: Option<(u32, Option<Vec<String>>)>,
    lists: [Vec<String>; 6],
    numbers: [Option<u32>; 2],
    flags: [Option<bool>; 5],
    filter: DraftFilter,
}

#[derive(Debug, Arbitrary)]
enum DraftOperation {
    Create(u32, Json),
    Retrieve,
    Update(Json),
    Delete,
    Notify(Json),
}

#[derive(Debug, Arbitrary)]
struct DraftFilter {
    texts: [Option<String>; 7],
    tags: [Option<u64>; 4],
    numbers: [Option<u32>; 6],
    lists: [Vec<String>; 3],
    resource_types: Vec<u32>,
    attributes: [Vec<(String, String)>; 3],
}

#[derive(Debug)]
struct Json(Value);

impl Draft {
    fn into_request(self) -> Request {
        let request = match self.operation {
            DraftOperation::Create(resource_type, content) => {
                Request::create(self.to, resource_type, content.0)
            }
            DraftOperation::Retrieve => Request::retrieve(self.to),
            DraftOperation::Update(content) => Request::update(self.to, content.0),
            DraftOperation::Delete => Request::delete(self.to),
            DraftOperation::Notify(content) => Request::notify(self.to, content.0),
        };
        let [
            from,
            release_version,
            originating_timestamp,
            request_expiration,
            result_expiration,
            texts @ ..,
        ] = self.texts;
        let [
            operation_execution_time,
            group_request_identifier,
            vendor_information,
        ] = texts;
        let [
            attribute_list,
            role_ids,
            tokens,
            token_ids,
            local_token_ids,
            authorization_signatures,
        ] = self.lists;
        let [result_content, discovery_result_type] = self.numbers;
        let [delivery_aggregation, token_request_indicator, flags @ ..] = self.flags;
        let [
            authorization_signature_indicator,
            authorization_relationship_indicator,
            semantic_query_indicator,
        ] = flags;
        Request {
            from,
            request_identifier: Some(format!("r{}", self.request_identifier)),
            release_version,
            attribute_list,
            role_ids,
            originating_timestamp,
            request_expiration,
            result_expiration,
            operation_execution_time,
            response_type: self
                .response_type
                .map(|(value, notification_uris)| ResponseType {
                    value,
                    notification_uris,
                }),
            result_content,
            delivery_aggregation,
            group_request_identifier,
            filter: self.filter.into_filter(),
            discovery_result_type,
            tokens,
            token_ids,
            local_token_ids,
            token_request_indicator,
            authorization_signature_indicator,
            authorization_signatures,
            authorization_relationship_indicator,
            semantic_query_indicator,
            vendor_information,
            ..request
        }
    }
}

impl DraftFilter {
    fn into_filter(self) -> FilterCriteria {
        let [
            created_before,
            created_after,
            modified_since,
            unmodified_since,
            expire_before,
            expire_after,
            content_filter_query,
        ] = self.texts;
        let [state_tag_smaller, state_tag_bigger, size_above, size_below] = self.tags;
        let [
            limit,
            filter_usage,
            filter_operation,
            content_filter_syntax,
            level,
            offset,
        ] = self.numbers;
        let [labels, content_types, semantics_filters] = self.lists;
        let [attributes, child_attributes, parent_attributes] = self.attributes.map(|pairs| {
            pairs
                .into_iter()
                .map(|(name, value)| AttributeFilter { name, value })
                .collect()
        });
        FilterCriteria {
            created_before,
            created_after,
            modified_since,
            unmodified_since,
            state_tag_smaller,
            state_tag_bigger,
            expire_before,
            expire_after,
            labels,
            resource_types: self.resource_types,
            size_above,
            size_below,
            content_types,
            limit,
            attributes,
            child_attributes,
            parent_attributes,
            filter_usage,
            semantics_filters,
            filter_operation,
            content_filter_syntax,
            content_filter_query,
            level,
            offset,
        }
    }
}

impl<'a> Arbitrary<'a> for Json {
    fn arbitrary(octets: &mut Unstructured<'a>) -> arbitrary::Result<Self> {
        value(octets, LEVELS).map(Self)
    }
}

/// A value, with null for what lies below `levels`: the octets may ask for more of them than a stack has room for.
fn value(octets: &mut Unstructured<'_>, levels: u32) -> arbitrary::Result<Value> {
    let Some(below) = levels.checked_sub(1) else {
        return Ok(Value::Null);
    };
    Ok(match octets.int_in_range(0..=7)? {
        0 => Value::Null,
        1 => Value::from(bool::arbitrary(octets)?),
        2 => Value::from(i64::arbitrary(octets)?),
        3 => Value::from(u64::arbitrary(octets)?),
        4 => Value::from(f64::arbitrary(octets)?),
        5 => Value::from(String::arbitrary(octets)?),
        6 => {
            let mut elements = Vec::new();
            while bool::arbitrary(octets)? {
                elements.push(value(octets, below)?);
            }
            Value::from(elements)
        }
        _ => {
            let mut members = Map::new();
            while bool::arbitrary(octets)? {
                members.insert(String::arbitrary(octets)?, value(octets, below)?);
            }
            Value::from(members)
        }
    })
}
