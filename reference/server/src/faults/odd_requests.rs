//! Requests that are written otherwise than usual, and mean the same (TS-0009 V3.9.1, 6.2 and 6.4; RFC 9112), and From that is
//! nearly that of somebody (TS-0004 V3.32.0, 7.3.2.1).

use ::http::request::Parts;
use onem2m_access::{Decision, Operation as Right};
use onem2m_primitive::http::{Refusal as Unread, decode_request};
use onem2m_primitive::{Operation, Request};
use std::time::Duration;

use super::Fault;
use crate::authorize;
use crate::receive;
use crate::scene::Scene;

/// Longer than anybody waits for an answer.
const STUCK: Duration = Duration::from_secs(4);

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "HangOnRepeatedParameter",
        requirement: "TS-0009/6.2.2.2/1",
        summary: "a parameter that is there more than twice keeps the CSE busy for seconds",
        apply: |clauses| {
            clauses.decode = |parts, body| {
                if repetitions(parts.uri.query().unwrap_or_default()) > 2 {
                    std::thread::sleep(STUCK);
                }
                decode_request(parts, body)
            };
        },
    },
    Fault {
        name: "ChunkedBodyLosesItsEnd",
        requirement: "TS-0004/7.3.3.3/1",
        summary: "of a body in chunks the last octet is lost",
        apply: |clauses| {
            clauses.decode = |parts, body| {
                let is_chunked = parts.headers.contains_key("transfer-encoding");
                match body.split_last() {
                    Some((_, before)) if is_chunked => decode_request(parts, before),
                    _ => decode_request(parts, body),
                }
            };
        },
    },
    Fault {
        name: "AbsoluteFormLeadsNowhere",
        requirement: "TS-0004/7.3.3.1/1",
        summary: "a request target in absolute form names nothing",
        apply: |clauses| clauses.decode = absolute_form,
    },
    Fault {
        name: "MethodOverridden",
        requirement: "TS-0004/7.2.2.2/1",
        summary: "a header field that nobody specified says what is done",
        apply: |clauses| clauses.decode = overridden,
    },
    Fault {
        name: "ForwardedOriginator",
        requirement: "TS-0009/6.4.7/1",
        summary: "a header field of a proxy says who the originator is",
        apply: |clauses| clauses.decode = forwarded_originator,
    },
    Fault {
        name: "FromCutAtNull",
        requirement: "TS-0004/7.3.2.1/5",
        summary: "From ends at an encoded null character",
        apply: |clauses| {
            clauses.in_the_clear = |scene, request| {
                read_as(scene, request, |from| {
                    from.split("%00").next().unwrap_or_default().to_owned()
                })
            };
        },
    },
    Fault {
        name: "FromSlashesTrimmed",
        requirement: "TS-0004/7.3.2.1/5",
        summary: "slashes around From are dropped",
        apply: |clauses| {
            clauses.in_the_clear =
                |scene, request| read_as(scene, request, |from| from.trim_matches('/').to_owned());
        },
    },
    Fault {
        name: "FromAsPattern",
        requirement: "TS-0004/7.3.2.1/5",
        summary: "an asterisk at the end of From is dropped",
        apply: |clauses| {
            clauses.in_the_clear = |scene, request| {
                read_as(scene, request, |from| from.trim_end_matches('*').to_owned())
            };
        },
    },
    Fault {
        name: "CrashAtDepth",
        requirement: "TS-0004/7.3.3.1/1",
        summary: "a target with more than eight names above it ends the connection",
        apply: |clauses| {
            clauses.target = |scene, request| {
                let depth = request.to.matches('/').count();
                assert!(depth <= 8, "the stack of the walk is full");
                receive::target(scene, request)
            };
        },
    },
    Fault {
        name: "ChildrenUnjudgedAtDepth",
        requirement: "TS-0001/10.1.3/1",
        summary: "what is three levels below the target is shown without a decision",
        apply: |clauses| clauses.nested = unjudged_at_depth,
    },
    Fault {
        name: "LimitedDiscoveryShowsOneMore",
        requirement: "TS-0004/7.3.3.14/1",
        summary: "the last entry within an odd limit above one is not judged",
        apply: |clauses| clauses.page = one_more,
    },
    Fault {
        name: "FanOutTrustsThirdMember",
        requirement: "TS-0001/10.1.3/1",
        summary: "in a group of more than two members each may be retrieved",
        apply: |clauses| {
            clauses.fanned_out = |scene, attempt, errand, decision| {
                let members = scene
                    .tree
                    .get(&errand.group)
                    .and_then(|group| group.texts("mid"))
                    .unwrap_or_default();
                match members.len() > 2 && attempt.operation == Right::Retrieve {
                    true => Decision::Permit,
                    false => decision,
                }
            };
        },
    },
];

fn repetitions(query: &str) -> usize {
    let names: Vec<&str> = query
        .split('&')
        .map(|field| field.split('=').next().unwrap_or_default())
        .collect();
    let times = |name: &&str| names.iter().filter(|other| *other == name).count();
    names.iter().map(times).max().unwrap_or_default()
}

fn absolute_form(parts: &Parts, body: &[u8]) -> Result<Request, Unread> {
    let mut request = decode_request(parts, body)?;
    if parts.uri.authority().is_some() {
        request.to = format!("http:/{}", request.to);
    }
    Ok(request)
}

fn overridden(parts: &Parts, body: &[u8]) -> Result<Request, Unread> {
    let mut request = decode_request(parts, body)?;
    let asked = parts.headers.get("X-HTTP-Method-Override");
    if request.operation == Operation::Retrieve && asked.is_some_and(|method| method == "DELETE") {
        request.operation = Operation::Delete;
        request.result_content = None;
    }
    Ok(request)
}

fn forwarded_originator(parts: &Parts, body: &[u8]) -> Result<Request, Unread> {
    let mut request = decode_request(parts, body)?;
    let original = parts.headers.get("X-M2M-Origin-Original");
    if let Some(original) = original.and_then(|value| value.to_str().ok()) {
        request.from = Some(original.to_owned());
    }
    Ok(request)
}

fn read_as(
    scene: &Scene<'_>,
    request: &Request,
    read: fn(&str) -> String,
) -> Result<receive::Requester, crate::refusal::Refusal> {
    let mut request = request.clone();
    request.from = request.from.as_deref().map(read);
    receive::in_the_clear(scene, &request)
}

fn unjudged_at_depth(scene: &Scene<'_>, attempt: &authorize::Attempt<'_>) -> Decision {
    let target = receive::target(scene, attempt.request).map(|target| target.id);
    let mut depth = 0;
    let mut current = Some(attempt.target);
    while let Some(resource) = current {
        if target.as_ref() == Ok(&resource.id) {
            break;
        }
        depth += 1;
        current = scene.tree.parent(resource);
    }
    match depth > 2 {
        true => Decision::Permit,
        false => authorize::right(scene, attempt),
    }
}

fn one_more<'a>(
    filter: &onem2m_primitive::FilterCriteria,
    matching: Vec<&'a crate::resource::Resource>,
    may_see: &dyn Fn(&crate::resource::Resource) -> bool,
) -> (Vec<&'a crate::resource::Resource>, bool) {
    let is_odd = filter
        .limit
        .is_some_and(|limit| limit > 1 && limit % 2 == 1);
    if !is_odd {
        return crate::filter::page(filter, matching, may_see);
    }
    let hidden = matching.iter().find(|resource| !may_see(resource)).copied();
    let (mut page, is_partial) = crate::filter::page(filter, matching, may_see);
    let limit = filter.limit.and_then(|limit| usize::try_from(limit).ok());
    if limit.is_some_and(|limit| page.len() < limit) {
        page.extend(hidden);
    }
    (page, is_partial)
}
