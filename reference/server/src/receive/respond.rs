use onem2m_primitive::{Request, Response, ResponseStatusCode};
use serde_json::{Map, Value};

use crate::clauses::Clauses;
use crate::refusal::Refusal;

/// Recv-6.7, the response to a request (TS-0004 V3.32.0, 7.3.3.12 and 7.3.3.13).
pub(crate) fn respond(
    clauses: &Clauses,
    request: &Request,
    result: Result<(ResponseStatusCode, Option<Value>, Option<bool>), Refusal>,
) -> Response {
    let response = match result {
        Ok((status, content, is_partial)) => Response {
            content,
            content_status: is_partial.map(|is_partial| if is_partial { 1 } else { 2 }),
            ..Response::new(status)
        },
        Err(refusal) => Response {
            content: refusal.content,
            ..Response::new(refusal.status)
        },
    };
    (clauses.answer)(request, response)
}

/// The Request Identifier, and the Release Version Indicator unless the originator is a release 1 entity.
pub(crate) fn answer(request: &Request, response: Response) -> Response {
    Response {
        request_identifier: request.request_identifier.clone(),
        release_version: request.release_version.clone(),
        ..response
    }
}

/// The response as the operationResult of a `<request>` (m2m:operationResult, TS-0004 V3.32.0, 6.3.5.30).
pub(super) fn operation_result(
    request: &Request,
    status: ResponseStatusCode,
    content: Option<Value>,
) -> Value {
    let mut result = Map::new();
    result.insert("rsc".to_owned(), status.number().into());
    result.insert("rqi".to_owned(), request.request_identifier.clone().into());
    if let Some(release) = &request.release_version {
        result.insert("rvi".to_owned(), release.clone().into());
    }
    if let Some(content) = content {
        result.insert("pc".to_owned(), content);
    }
    Value::Object(result)
}
