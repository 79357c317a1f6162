//! Who the originator is (TS-0004 V3.32.0, 7.3.2.1). From is text of the originator and means nothing but itself.

use onem2m_access::Clauses as Access;
use onem2m_identity::{AeStem, Entity};
use onem2m_primitive::Request;

use super::Fault;
use super::identities::{from, or_specified};
use crate::receive::Requester;
use crate::refusal::Refusal;
use crate::scene::Scene;

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "FromIsPattern",
        requirement: "TS-0004/7.3.2.1/5",
        summary: "From is matched as a pattern against the registered AEs",
        apply: |clauses| clauses.requester = by_pattern,
    },
    Fault {
        name: "FromIsList",
        requirement: "TS-0004/7.3.2.1/5",
        summary: "From is split at separators, and its first part is taken",
        apply: |clauses| clauses.requester = by_first_part,
    },
    Fault {
        name: "FromIsQuery",
        requirement: "TS-0004/7.3.2.1/5",
        summary: "From is put into a query unescaped, and a quotation mark makes it true for every AE",
        apply: |clauses| clauses.requester = by_query,
    },
    Fault {
        name: "FromCutAtNul",
        requirement: "TS-0004/7.3.2.1/5",
        summary: "From is percent-decoded and ends at the first NUL",
        apply: |clauses| clauses.requester = cut_at_nul,
    },
    Fault {
        name: "FromIsKeyword",
        requirement: "TS-0004/7.3.2.1/5",
        summary: "From all is taken and matches every entry",
        apply: |clauses| {
            clauses.requester = keyword;
            clauses.access.originator = |clauses, situation, entry| {
                situation.request.from == "all"
                    || (Access::SPECIFICATION.originator)(clauses, situation, entry)
            };
        },
    },
];

/// The first registered AE, in the order of their identifiers, that fits.
fn first_registered(scene: &Scene<'_>, fits: impl Fn(&str) -> bool) -> Option<Entity> {
    let (_, entity) = scene
        .tree
        .applications()
        .filter(|(application, _)| {
            application.id != scene.configuration.admin.as_str() && fits(&application.id)
        })
        .min_by_key(|(application, _)| application.id.clone())?;
    Some(entity.clone())
}

fn by_pattern(scene: &Scene<'_>, request: &Request) -> Result<Requester, Refusal> {
    let pattern = from(request).replace(".*", "*");
    let found = match pattern.contains('*') {
        true => first_registered(scene, |id| (Access::SPECIFICATION.segment)(&pattern, id)),
        false => in_class(scene, &pattern),
    };
    or_specified(found, scene, request)
}

/// A character class at the end, such as `CtpA[12]`.
fn in_class(scene: &Scene<'_>, pattern: &str) -> Option<Entity> {
    let (prefix, class) = pattern.strip_suffix(']')?.split_once('[')?;
    first_registered(scene, |id| {
        id.strip_prefix(prefix)
            .is_some_and(|rest| rest.len() == 1 && class.contains(rest))
    })
}

fn by_first_part(scene: &Scene<'_>, request: &Request) -> Result<Requester, Refusal> {
    let mut parts = from(request).split(['|', ',', '"', ' ']);
    let first = parts.next().filter(|_| parts.next().is_some());
    let found = first.and_then(|first| first_registered(scene, |id| id == first));
    or_specified(found, scene, request)
}

fn by_query(scene: &Scene<'_>, request: &Request) -> Result<Requester, Refusal> {
    let found = match from(request).contains('\'') {
        true => first_registered(scene, |_| true),
        false => None,
    };
    or_specified(found, scene, request)
}

fn cut_at_nul(scene: &Scene<'_>, request: &Request) -> Result<Requester, Refusal> {
    let cut = from(request).split_once("%00").map(|(before, _)| before);
    let found = cut.and_then(|cut| first_registered(scene, |id| id == cut));
    or_specified(found, scene, request)
}

fn keyword(scene: &Scene<'_>, request: &Request) -> Result<Requester, Refusal> {
    let nobody = AeStem::parse("Call")
        .ok()
        .filter(|_| from(request) == "all");
    let found = nobody.map(|stem| Entity::registered(stem, scene.home));
    or_specified(found, scene, request)
}
