use onem2m_primitive::{Operation, Request, ResponseStatusCode};

use crate::authorize::is_discovery;
use crate::refusal::Refusal;
use crate::resource::{TypeNumber, parse_timestamp};
use crate::scene::Scene;

/// Recv-1.0, the validity of the primitive apart from From (TS-0004 V3.32.0, 7.3.2.1).
pub(crate) fn check(scene: &Scene<'_>, request: &Request) -> Result<(), Refusal> {
    if request
        .request_identifier
        .as_deref()
        .unwrap_or_default()
        .is_empty()
    {
        return Err(Refusal::bad_request(
            "expected a request identifier, got none",
        ));
    }
    check_timestamps(scene, request)?;
    check_release(scene, request)?;
    check_resource_type(request)?;
    check_filter(request)?;
    check_result_content(request)?;
    check_supported(scene, request)
}

fn check_timestamps(scene: &Scene<'_>, request: &Request) -> Result<(), Refusal> {
    if request.result_expiration.is_some() {
        return Err(Refusal::not_implemented(
            "result expiration timestamps are not supported",
        ));
    }
    let is_blocking = request
        .response_type
        .as_ref()
        .is_none_or(|kind| kind.value != 1);
    match request
        .operation_execution_time
        .as_deref()
        .map(parse_timestamp)
    {
        Some(_) if is_blocking => {
            return Err(Refusal::not_implemented(
                "operation execution times are supported in non-blocking mode only",
            ));
        }
        Some(None) => {
            return Err(Refusal::bad_request(
                "expected an operation execution time, got another text",
            ));
        }
        _ => {}
    }
    match request.request_expiration.as_deref().map(parse_timestamp) {
        None => Ok(()),
        Some(None) => Err(Refusal::bad_request(
            "expected a request expiration timestamp, got another text",
        )),
        Some(Some(expires)) if expires <= scene.arrival.at => Err(Refusal::new(
            ResponseStatusCode::REQUEST_TIMEOUT,
            "the request has expired",
        )),
        Some(Some(_)) => Ok(()),
    }
}

/// An absent Release Version Indicator stands for release 1.
fn check_release(scene: &Scene<'_>, request: &Request) -> Result<(), Refusal> {
    let release = request.release_version.as_deref().unwrap_or("1");
    if scene
        .configuration
        .releases
        .iter()
        .any(|supported| supported == release)
    {
        return Ok(());
    }
    let supported = scene.configuration.releases.join(", ");
    Err(Refusal::new(
        ResponseStatusCode::RELEASE_VERSION_NOT_SUPPORTED,
        format!("expected one of the releases {supported}, got {release:?}"),
    ))
}

fn check_resource_type(request: &Request) -> Result<(), Refusal> {
    match (
        request.operation,
        request.resource_type.map(TypeNumber::from),
    ) {
        (Operation::Create, None) => Err(Refusal::bad_request(
            "expected a resource type in a create, got none",
        )),
        (Operation::Create, Some(TypeNumber::Unknown)) => Err(Refusal::bad_request(
            "expected a resource type, got another number",
        )),
        (Operation::Create, Some(_)) | (_, None) => Ok(()),
        (_, Some(_)) => Err(Refusal::bad_request(
            "expected a resource type in a create only",
        )),
    }
}

fn check_filter(request: &Request) -> Result<(), Refusal> {
    let filter = &request.filter;
    if !filter.is_empty() && matches!(request.operation, Operation::Create | Operation::Notify) {
        return Err(Refusal::bad_request(
            "expected no filter criteria in this operation",
        ));
    }
    if !filter.semantics_filters.is_empty()
        || filter.content_filter_syntax.is_some()
        || filter.content_filter_query.is_some()
        || filter.filter_usage == Some(3)
    {
        return Err(Refusal::not_implemented(
            "semantic and content-based filters are not supported",
        ));
    }
    let has_known_usage = matches!(filter.filter_usage, None | Some(1 | 2));
    let has_known_operation = matches!(filter.filter_operation, None | Some(1 | 2));
    let has_known_result_type = matches!(request.discovery_result_type, None | Some(1 | 2));
    if has_known_usage && has_known_operation && has_known_result_type {
        Ok(())
    } else {
        Err(Refusal::bad_request(
            "expected known values in the filter criteria, got others",
        ))
    }
}

/// Result Content that is valid for the operation (TS-0001 V3.36.0, Table 8.1.2-1).
fn check_result_content(request: &Request) -> Result<(), Refusal> {
    let Some(result_content) = request.result_content else {
        return Ok(());
    };
    let is_valid = match request.operation {
        Operation::Create => matches!(result_content, 0..=3 | 9),
        Operation::Retrieve if is_discovery(request) => result_content == 6,
        Operation::Retrieve => matches!(result_content, 1 | 4..=8 | 10),
        Operation::Update => matches!(result_content, 0 | 1 | 9),
        Operation::Delete => matches!(result_content, 0 | 1 | 4 | 5 | 6 | 8),
        Operation::Notify => false,
    };
    match (is_valid, result_content) {
        (false, _) => Err(Refusal::bad_request(format!(
            "expected a result content that is valid for {}, got {result_content}",
            request.operation
        ))),
        (true, 7 | 10) => Err(Refusal::not_implemented(
            "announced resources and semantics are not supported",
        )),
        (true, _) => Ok(()),
    }
}

/// Parameters of features that this CSE does not have. Authorization Signature Indicator is ignored, as TS-0001 V3.36.0,
/// 8.1.2 recommends.
fn check_supported(scene: &Scene<'_>, request: &Request) -> Result<(), Refusal> {
    let unsupported = [
        (!request.role_ids.is_empty(), "role IDs"),
        (
            !request.tokens.is_empty() && scene.configuration.tokens.is_none(),
            "tokens",
        ),
        (!request.token_ids.is_empty(), "token IDs"),
        (request.token_request_indicator.is_some(), "token requests"),
        (!request.local_token_ids.is_empty(), "local token IDs"),
        (
            !request.authorization_signatures.is_empty(),
            "authorization signatures",
        ),
        (
            request.authorization_relationship_indicator.is_some(),
            "authorization relationships",
        ),
        (
            request.semantic_query_indicator.is_some(),
            "semantic queries",
        ),
        (
            request.delivery_aggregation.is_some(),
            "delivery aggregation",
        ),
    ];
    if let Some((_, feature)) = unsupported.into_iter().find(|(is_used, _)| *is_used) {
        return Err(Refusal::not_implemented(format!(
            "{feature} are not supported"
        )));
    }
    match request
        .response_type
        .as_ref()
        .map(|response_type| response_type.value)
    {
        None | Some(1 | 3 | 4) => Ok(()),
        Some(2 | 5) => Err(Refusal::not_implemented(
            "asynchronous and absent responses are not supported",
        )),
        Some(_) => Err(Refusal::bad_request(
            "expected a response type from 1 to 5, got another number",
        )),
    }
}
