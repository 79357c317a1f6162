//! The response primitive.

use serde_json::Value;

use crate::request::Request;
use crate::status::ResponseStatusCode;

/// A response primitive (TS-0004 V3.32.0, Table 7.2.1.2-1).
///
/// To is missing, since TS-0009 V3.9.1 and TS-0008 V3.9.0 bind it to nothing in a response. Token Request Information travels as Content (6.5).
#[derive(Debug, Clone, PartialEq)]
pub struct Response {
    /// Response Status Code (`rsc`).
    pub status: ResponseStatusCode,
    /// Request Identifier (`rqi`), as the other side wrote it.
    pub request_identifier: Option<String>,
    /// Release Version Indicator (`rvi`).
    pub release_version: Option<String>,
    /// Content (`pc`).
    pub content: Option<Value>,
    /// From (`fr`).
    pub from: Option<String>,
    /// Originating Timestamp (`ot`).
    pub originating_timestamp: Option<String>,
    /// Result Expiration Timestamp (`rset`).
    pub result_expiration: Option<String>,
    /// Event Category (`ec`).
    pub event_category: Option<String>,
    /// Content Status (`cnst`): 1 partial content, 2 full content.
    pub content_status: Option<u32>,
    /// Content Offset (`cnot`).
    pub content_offset: Option<u64>,
    /// Assigned Token Identifiers (`ati`).
    pub assigned_token_identifiers: Vec<AssignedTokenIdentifier>,
    /// Authorization Signature Request Information (`asri`).
    pub authorization_signature_request: Option<bool>,
    /// Vendor Information (`vsi`).
    pub vendor_information: Option<String>,
}

/// One entry of `m2m:dynAuthLocalTokenIdAssignments` (TS-0004 V3.32.0, 6.3.5.43).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct AssignedTokenIdentifier {
    /// localTokenID (`lti`); holds no colon.
    pub local_token_id: String,
    /// tokenID (`tkid`).
    pub token_id: String,
}

impl Response {
    /// A response with this status code, every other parameter absent.
    pub fn new(status: ResponseStatusCode) -> Self {
        Self {
            status,
            request_identifier: None,
            release_version: None,
            content: None,
            from: None,
            originating_timestamp: None,
            result_expiration: None,
            event_category: None,
            content_status: None,
            content_offset: None,
            assigned_token_identifiers: Vec::new(),
            authorization_signature_request: None,
            vendor_information: None,
        }
    }

    /// A response to `request`: its Request Identifier and Release Version Indicator are echoed.
    pub fn answering(request: &Request, status: ResponseStatusCode) -> Self {
        Self {
            request_identifier: request.request_identifier.clone(),
            release_version: request.release_version.clone(),
            ..Self::new(status)
        }
    }

    /// The URI of a new resource in Content, alone (`m2m:uri`) or beside the attributes (`m2m:rce`): TS-0004 V3.32.0, 7.5.2.
    pub fn uri(&self) -> Option<&str> {
        let content = self.content.as_ref()?;
        content
            .get("m2m:uri")
            .or_else(|| content.get("m2m:rce")?.get("uri"))
            .and_then(Value::as_str)
    }

    /// The same with this Content.
    #[must_use]
    pub fn with_content(self, content: Value) -> Self {
        Self {
            content: Some(content),
            ..self
        }
    }
}
