//! For whom From is taken outside a security association (TS-0004 V3.32.0, 7.3.2.1).

use onem2m_access::Decision;
use onem2m_identity::{AeStem, Entity, StemScope};
use onem2m_primitive::{Request, ResponseStatusCode};

use super::Fault;
use crate::authorize;
use crate::receive::{self, Requester};
use crate::refusal::Refusal;
use crate::scene::Scene;

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "UnregisteredTaken",
        requirement: "TS-0004/7.3.2.1/5",
        summary: "an AE-ID that nobody is registered with goes on to the policies",
        apply: |clauses| clauses.registered = |_, _| true,
    },
    Fault {
        name: "UnregisteredStemTaken",
        requirement: "TS-0004/7.3.2.1/5",
        summary: "only prefixed AE-IDs are looked up, a bare stem is taken as it is",
        apply: |clauses| clauses.requester = bare_stem,
    },
    Fault {
        name: "PrefixedIdentifierTaken",
        requirement: "TS-0004/7.3.2.1/5",
        summary: "only bare stems are looked up, an SP-relative or absolute AE-ID is taken as it is",
        apply: |clauses| clauses.requester = prefixed,
    },
    Fault {
        name: "ProviderStemTaken",
        requirement: "TS-0004/7.3.2.1/5",
        summary: "a stem of the service provider counts as registered everywhere",
        apply: |clauses| clauses.registered = provider_stem,
    },
    Fault {
        name: "DeregisteredTaken",
        requirement: "TS-0004/7.3.2.1/5",
        summary: "an AE that was deregistered stays registered with those who send requests",
        apply: |clauses| {
            clauses.deregister = |tree, removed, now| {
                if receive::expired(removed, now) {
                    receive::deregister(tree, removed, now);
                }
            };
        },
    },
    Fault {
        name: "ExpiredRegistrationTaken",
        requirement: "TS-0004/7.3.2.1/5",
        summary: "an AE whose registration has expired is still known among those who send requests",
        apply: |clauses| {
            clauses.deregister = |tree, removed, now| {
                if !receive::expired(removed, now) {
                    receive::deregister(tree, removed, now);
                }
            };
        },
    },
    Fault {
        name: "RegistrarIgnored",
        requirement: "TS-0004/7.3.2.1/5",
        summary: "an AE-ID of another CSE is taken for the AE with the same stem here",
        apply: |clauses| clauses.requester = last_segment,
    },
    Fault {
        name: "ProviderIgnored",
        requirement: "TS-0004/7.3.2.1/5",
        summary: "the service provider of an absolute AE-ID is cut off and not looked at",
        apply: |clauses| clauses.requester = any_provider,
    },
    Fault {
        name: "RegistreeInAnyForm",
        requirement: "TS-0004/7.3.2.1/2",
        summary: "a registree may name itself in SP-relative and absolute form too",
        apply: |clauses| clauses.requester = any_form,
    },
    Fault {
        name: "FormNotAuthenticated",
        requirement: "TS-0004/7.3.2.1/2",
        summary: "a registree in another form than its stem is answered as one that is not authenticated",
        apply: |clauses| clauses.requester = other_form_unknown,
    },
    Fault {
        name: "OwnCseTrusted",
        requirement: "TS-0004/7.3.2.1/6",
        summary: "a request in the name of the CSE itself is let through from anywhere",
        apply: |clauses| {
            clauses.requester = own_cse;
            clauses.decide = |scene, attempt| match attempt.originator {
                originator if *originator == Entity::hosting(scene.home) => Decision::Permit,
                _ => authorize::decide(scene, attempt),
            };
        },
    },
    Fault {
        name: "CseDeniedWithoutCause",
        requirement: "TS-0004/7.3.2.1/6",
        summary: "a CSE-ID in the clear is answered as an originator without privilege",
        apply: |clauses| clauses.requester = cse_without_privilege,
    },
    Fault {
        name: "FromLetterTaken",
        requirement: "TS-0004/7.3.2.1/2",
        summary: "C and S, which ask for a stem at registration, are let on as an anonymous AE in any request",
        apply: |clauses| clauses.requester = letter,
    },
    Fault {
        name: "FromMalformedTaken",
        requirement: "TS-0004/7.3.2.1/2",
        summary: "a From that is no identifier goes on to the policies as an anonymous AE",
        apply: |clauses| clauses.requester = malformed,
    },
    Fault {
        name: "FromTrimmed",
        requirement: "TS-0004/7.3.2.1/2",
        summary: "slashes and punctuation around a stem are trimmed away",
        apply: |clauses| clauses.requester = |scene, request| same(scene, request, trimmed),
    },
    Fault {
        name: "FromCaseFolded",
        requirement: "TS-0004/7.3.2.1/5",
        summary: "From is looked up among the registered AEs without regard to case",
        apply: |clauses| {
            clauses.requester =
                |scene, request| same(scene, request, |from, id| from.eq_ignore_ascii_case(id));
        },
    },
    Fault {
        name: "FromCutToRegistered",
        requirement: "TS-0004/7.3.2.1/5",
        summary: "From is compared with a registered AE in the length of the latter",
        apply: |clauses| {
            clauses.requester =
                |scene, request| same(scene, request, |from, id| from.starts_with(id));
        },
    },
    Fault {
        name: "FromPercentDecoded",
        requirement: "TS-0004/7.3.2.1/2",
        summary: "escapes in From are decoded before it is looked up",
        apply: |clauses| clauses.requester = |scene, request| same(scene, request, decoded),
    },
    Fault {
        name: "ShippedAdministratorTaken",
        requirement: "TS-0004/7.3.2.1/5",
        summary: "the administrator names that the product is shipped with need no registration",
        apply: |clauses| clauses.requester = shipped_administrator,
    },
];

/// From as it came; nothing if there is none.
pub(super) fn from(request: &Request) -> &str {
    request.from.as_deref().unwrap_or_default()
}

/// Whom From names, in whatever form.
fn named(scene: &Scene<'_>, request: &Request) -> Option<Entity> {
    Entity::parse(from(request), scene.home)
        .ok()
        .filter(|_| !receive::is_registration(request))
}

/// Lets somebody on, or goes on as specified.
pub(super) fn or_specified(
    found: Option<Entity>,
    scene: &Scene<'_>,
    request: &Request,
) -> Result<Requester, Refusal> {
    match found {
        Some(entity) => Ok(Requester::Known(entity)),
        None => receive::requester(scene, request),
    }
}

/// An AE that no policy names.
pub(super) fn anonymous(scene: &Scene<'_>) -> Option<Entity> {
    let stem = AeStem::parse("Canonymous").ok()?;
    Some(Entity::registered(stem, scene.home))
}

pub(super) fn administrator(scene: &Scene<'_>) -> Entity {
    Entity::registered(scene.configuration.admin.clone(), scene.home)
}

/// The first registered AE whose stem From fits in place of being it.
fn same(
    scene: &Scene<'_>,
    request: &Request,
    fits: fn(&str, &str) -> bool,
) -> Result<Requester, Refusal> {
    let from = from(request);
    let is_exact = receive::is_registration(request)
        || AeStem::parse(from).is_ok_and(|stem| scene.tree.registered(&stem).is_some());
    let found = scene
        .tree
        .applications()
        .filter(|(application, _)| !is_exact && fits(from, &application.id))
        .min_by_key(|(application, _)| application.id.clone())
        .map(|(_, entity)| entity.clone());
    or_specified(found, scene, request)
}

fn trimmed(from: &str, id: &str) -> bool {
    from.trim_matches(|character: char| !character.is_ascii_alphanumeric()) == id
}

fn decoded(from: &str, id: &str) -> bool {
    let mut octets = from.bytes();
    let mut text = Vec::new();
    while let Some(octet) = octets.next() {
        let digits = |octets: &mut std::str::Bytes<'_>| {
            let digit = |octet| char::from(octet).to_digit(16);
            let value = 16 * digit(octets.next()?)? + digit(octets.next()?)?;
            u8::try_from(value).ok()
        };
        match octet {
            b'%' => text.extend(digits(&mut octets)),
            other => text.push(other),
        }
    }
    text == id.as_bytes()
}

fn bare_stem(scene: &Scene<'_>, request: &Request) -> Result<Requester, Refusal> {
    let is_bare = AeStem::parse(from(request)).is_ok();
    or_specified(named(scene, request).filter(|_| is_bare), scene, request)
}

fn prefixed(scene: &Scene<'_>, request: &Request) -> Result<Requester, Refusal> {
    let is_prefixed = from(request).starts_with('/');
    let found =
        named(scene, request).filter(|entity| is_prefixed && matches!(entity, Entity::Ae { .. }));
    or_specified(found, scene, request)
}

fn provider_stem(scene: &Scene<'_>, entity: &Entity) -> bool {
    let is_provided =
        matches!(entity, Entity::Ae { stem, .. } if stem.scope() == StemScope::ServiceProvider);
    is_provided || receive::registered(scene, entity)
}

fn last_segment(scene: &Scene<'_>, request: &Request) -> Result<Requester, Refusal> {
    let stem = match named(scene, request) {
        Some(Entity::Ae {
            sp,
            cse: Some(cse),
            stem,
        }) if sp == scene.home.sp && cse != scene.home.cse => Some(stem),
        _ => None,
    };
    let found = stem.and_then(|stem| scene.tree.registered(&stem).cloned());
    or_specified(found, scene, request)
}

fn any_provider(scene: &Scene<'_>, request: &Request) -> Result<Requester, Refusal> {
    let found = match named(scene, request) {
        Some(Entity::Ae { sp, stem, .. }) if sp != scene.home.sp => {
            scene.tree.registered(&stem).cloned()
        }
        _ => None,
    };
    or_specified(found, scene, request)
}

fn any_form(scene: &Scene<'_>, request: &Request) -> Result<Requester, Refusal> {
    let found = named(scene, request).filter(|entity| receive::registered(scene, entity));
    or_specified(found, scene, request)
}

fn other_form_unknown(scene: &Scene<'_>, request: &Request) -> Result<Requester, Refusal> {
    let is_other_form = from(request).contains('/')
        && named(scene, request).is_some_and(|entity| receive::registered(scene, &entity));
    match is_other_form {
        true => Err(Refusal::new(
            ResponseStatusCode::ORIGINATOR_NOT_AUTHENTICATED,
            "no AE is known by this AE-ID",
        )),
        false => receive::requester(scene, request),
    }
}

fn own_cse(scene: &Scene<'_>, request: &Request) -> Result<Requester, Refusal> {
    let found = named(scene, request).filter(|entity| *entity == Entity::hosting(scene.home));
    or_specified(found, scene, request)
}

fn cse_without_privilege(scene: &Scene<'_>, request: &Request) -> Result<Requester, Refusal> {
    match named(scene, request) {
        Some(Entity::Cse { .. }) => Err(Refusal::new(
            ResponseStatusCode::ORIGINATOR_HAS_NO_PRIVILEGE,
            "CSEs have no privilege",
        )),
        _ => receive::requester(scene, request),
    }
}

fn letter(scene: &Scene<'_>, request: &Request) -> Result<Requester, Refusal> {
    let is_letter = matches!(from(request), "C" | "S") && !receive::is_registration(request);
    or_specified(anonymous(scene).filter(|_| is_letter), scene, request)
}

fn malformed(scene: &Scene<'_>, request: &Request) -> Result<Requester, Refusal> {
    let text = from(request);
    let is_malformed = !matches!(text, "" | "C" | "S")
        && !receive::is_registration(request)
        && Entity::parse(text, scene.home).is_err();
    or_specified(anonymous(scene).filter(|_| is_malformed), scene, request)
}

fn shipped_administrator(scene: &Scene<'_>, request: &Request) -> Result<Requester, Refusal> {
    let is_shipped = matches!(from(request), "admin" | "admin:admin" | "Cadmin" | "Sadmin");
    let found = (is_shipped && !receive::is_registration(request)).then(|| administrator(scene));
    or_specified(found, scene, request)
}
