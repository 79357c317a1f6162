//! The request primitive.

use serde_json::Value;

use crate::filter::FilterCriteria;
use crate::operation::Operation;

/// A request primitive (TS-0004 V3.32.0, Table 7.2.1.1-1).
///
/// Texts are carried as they arrived. Parameters that TS-0004 makes mandatory may be absent here, so that a receiver can
/// decide (From, Release Version Indicator) and a tester can leave them out. Group Request Target Members is missing:
/// TS-0009 V3.9.1 binds it to nothing, and who does not know it must not take part in a group request by multicast.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    /// Operation (`op`).
    pub operation: Operation,
    /// To (`to`): the target as a resource identifier in one of its three forms, without a `#attribute` part once decoded.
    pub to: String,
    /// From (`fr`).
    pub from: Option<String>,
    /// Request Identifier (`rqi`).
    pub request_identifier: Option<String>,
    /// Release Version Indicator (`rvi`).
    pub release_version: Option<String>,
    /// Resource Type (`ty`); only a Create has one.
    pub resource_type: Option<u32>,
    /// Content (`pc`), except the attribute list of a partial Retrieve.
    pub content: Option<Value>,
    /// Attribute list of a partial Retrieve (`atrl` in Content), as short names.
    pub attribute_list: Vec<String>,
    /// Role IDs (`rids`).
    pub role_ids: Vec<String>,
    /// Originating Timestamp (`ot`).
    pub originating_timestamp: Option<String>,
    /// Request Expiration Timestamp (`rqet`).
    pub request_expiration: Option<String>,
    /// Result Expiration Timestamp (`rset`).
    pub result_expiration: Option<String>,
    /// Operation Execution Time (`oet`).
    pub operation_execution_time: Option<String>,
    /// Response Type (`rt`).
    pub response_type: Option<ResponseType>,
    /// Result Persistence (`rp`).
    pub result_persistence: Option<String>,
    /// Result Content (`rcn`).
    pub result_content: Option<u32>,
    /// Event Category (`ec`).
    pub event_category: Option<String>,
    /// Delivery Aggregation (`da`).
    pub delivery_aggregation: Option<bool>,
    /// Group Request Identifier (`gid`).
    pub group_request_identifier: Option<String>,
    /// Filter Criteria (`fc`); the default is its absence.
    pub filter: FilterCriteria,
    /// Desired Identifier Result Type, also called Discovery Result Type (`drt`).
    pub discovery_result_type: Option<u32>,
    /// Tokens (`tkns`), each in compact serialization.
    pub tokens: Vec<String>,
    /// Token IDs (`tids`).
    pub token_ids: Vec<String>,
    /// Local Token IDs (`ltids`).
    pub local_token_ids: Vec<String>,
    /// Token Request Indicator (`tqi`).
    pub token_request_indicator: Option<bool>,
    /// Authorization Signature Indicator (`asi`).
    pub authorization_signature_indicator: Option<bool>,
    /// Authorization Signatures (`aus`), each in base64url.
    pub authorization_signatures: Vec<String>,
    /// Authorization Relationship Indicator (`auri`).
    pub authorization_relationship_indicator: Option<bool>,
    /// Semantic Query Indicator (`sqi`).
    pub semantic_query_indicator: Option<bool>,
    /// Vendor Information (`vsi`).
    pub vendor_information: Option<String>,
}

/// Response Type (`m2m:responseTypeInfo`, TS-0004 V3.32.0, 6.3.5.30).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResponseType {
    /// `m2m:responseType`: 1 nonBlockingRequestSynch, 2 nonBlockingRequestAsynch, 3 blockingRequest, 4 flexBlocking, 5 noResponse.
    pub value: u32,
    /// Where to notify the result; absent means the originator, present and empty means nobody (7.5.1.2.5).
    pub notification_uris: Option<Vec<String>>,
}

impl Request {
    /// A Create of a resource of type `resource_type` below `to`.
    pub fn create(to: impl Into<String>, resource_type: u32, content: Value) -> Self {
        Self {
            resource_type: Some(resource_type),
            content: Some(content),
            ..Self::bare(Operation::Create, to.into())
        }
    }

    /// A Retrieve of `to`; with a filter usage in `filter` it is a discovery.
    pub fn retrieve(to: impl Into<String>) -> Self {
        Self::bare(Operation::Retrieve, to.into())
    }

    /// An Update of `to`.
    pub fn update(to: impl Into<String>, content: Value) -> Self {
        Self {
            content: Some(content),
            ..Self::bare(Operation::Update, to.into())
        }
    }

    /// A Delete of `to`.
    pub fn delete(to: impl Into<String>) -> Self {
        Self::bare(Operation::Delete, to.into())
    }

    /// A Notify to `to`.
    pub fn notify(to: impl Into<String>, content: Value) -> Self {
        Self {
            content: Some(content),
            ..Self::bare(Operation::Notify, to.into())
        }
    }

    /// The same with this From.
    #[must_use]
    pub fn from(self, from: impl Into<String>) -> Self {
        Self {
            from: Some(from.into()),
            ..self
        }
    }

    /// The same with this Request Identifier.
    #[must_use]
    pub fn identified(self, request_identifier: impl Into<String>) -> Self {
        Self {
            request_identifier: Some(request_identifier.into()),
            ..self
        }
    }

    /// The same with this Release Version Indicator.
    #[must_use]
    pub fn release(self, release_version: impl Into<String>) -> Self {
        Self {
            release_version: Some(release_version.into()),
            ..self
        }
    }

    /// The same with these Filter Criteria.
    #[must_use]
    pub fn filtered(self, filter: FilterCriteria) -> Self {
        Self { filter, ..self }
    }

    /// An operation and its target, every other parameter absent.
    pub(crate) fn bare(operation: Operation, to: String) -> Self {
        Self {
            operation,
            to,
            from: None,
            request_identifier: None,
            release_version: None,
            resource_type: None,
            content: None,
            attribute_list: Vec::new(),
            role_ids: Vec::new(),
            originating_timestamp: None,
            request_expiration: None,
            result_expiration: None,
            operation_execution_time: None,
            response_type: None,
            result_persistence: None,
            result_content: None,
            event_category: None,
            delivery_aggregation: None,
            group_request_identifier: None,
            filter: FilterCriteria::default(),
            discovery_result_type: None,
            tokens: Vec::new(),
            token_ids: Vec::new(),
            local_token_ids: Vec::new(),
            token_request_indicator: None,
            authorization_signature_indicator: None,
            authorization_signatures: Vec::new(),
            authorization_relationship_indicator: None,
            semantic_query_indicator: None,
            vendor_information: None,
        }
    }
}
