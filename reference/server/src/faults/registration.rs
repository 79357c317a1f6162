//! Who is registered, and as whom (TS-0001 V3.36.0, 10.2.2.2; TS-0004 V3.32.0, 7.4.5.2.1).

use onem2m_access::Decision;
use onem2m_identity::{AeStem, Entity};
use onem2m_primitive::{Request, ResponseStatusCode};
use serde_json::{Map, Value};

use super::Fault;
use crate::authorize::{self, Attempt};
use crate::receive::{self, Carried, Desk, Outcome, Pass, Requester, Wish};
use crate::refusal::Refusal;
use crate::resource::{Kind, Write};
use crate::scene::Scene;
use crate::tree::Tree;

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "RegistrationAsksPolicies",
        requirement: "TS-0004/7.4.5.2.1/1",
        summary: "an AE registers only if a policy of the CSEBase permits it to create there",
        apply: |clauses| clauses.register = by_policies,
    },
    Fault {
        name: "CreateBelowBaseExempt",
        requirement: "TS-0001/10.2.2.2/1",
        summary: "every Create below the CSEBase goes without authorization, as that of an AE does",
        apply: |clauses| {
            clauses.create_right = |scene, attempt| match attempt.target.kind {
                Kind::CseBase => Decision::Permit,
                _ => authorize::right(scene, attempt),
            };
        },
    },
    Fault {
        name: "DuplicateOverwrites",
        requirement: "TS-0001/10.2.2.2/4",
        summary: "who registers with the AE-ID of another takes its place",
        apply: |clauses| {
            clauses.stem = |scene, request, wish| match wish {
                Wish::Stem(stem) => Ok(stem.clone()),
                first => receive::stem(scene, request, first),
            }
        },
    },
    Fault {
        name: "DuplicateGetsAnother",
        requirement: "TS-0001/10.2.2.2/4",
        summary: "who registers with the AE-ID of another gets a stem of its own in place of an error",
        apply: |clauses| clauses.stem = another_if_taken,
    },
    Fault {
        name: "DuplicateIsConflict",
        requirement: "TS-0004/7.4.5.2.1/1",
        summary: "a second registration is answered with the code for a resourceName that is taken",
        apply: |clauses| clauses.stem = conflict,
    },
    Fault {
        name: "RegistrationRaces",
        requirement: "TS-0001/10.2.2.2/4",
        summary: "others are served between the check for a duplicate and the registration",
        apply: |clauses| clauses.register = in_two_passes,
    },
    Fault {
        name: "AeIdFromContent",
        requirement: "TS-0001/10.2.2.2/5",
        summary: "an AE-ID in the content is registered in place of the one in From",
        apply: |clauses| {
            clauses.attributes = with_ae_id;
            clauses.stem = from_content;
        },
    },
    Fault {
        name: "LetterIgnored",
        requirement: "TS-0001/10.2.2.2/5",
        summary: "who asks for a stem of the service provider with S gets one of the Registrar",
        apply: |clauses| {
            clauses.assigned_stem = |scene, request, _| receive::assigned_stem(scene, request, 'C');
        },
    },
    Fault {
        name: "LetterIsStem",
        requirement: "TS-0001/10.2.2.2/5",
        summary: "C and S are taken as a stem, so that one AE alone can register with each",
        apply: |clauses| clauses.stem = one_each,
    },
    Fault {
        name: "RegistrationNeedsFrom",
        requirement: "TS-0001/10.2.2.2/5",
        summary: "a registration without From is refused",
        apply: |clauses| clauses.requester = from_demanded,
    },
    Fault {
        name: "ReservedStemPrefixed",
        requirement: "TS-0001/7.2/1",
        summary: "a stem with a reserved first character is registered behind a C",
        apply: |clauses| clauses.requester = reserved_prefixed,
    },
    Fault {
        name: "RegistrationInAnyForm",
        requirement: "TS-0004/7.3.2.1/2",
        summary: "an AE may register under a prefixed AE-ID, of which the stem is taken",
        apply: |clauses| clauses.requester = stem_of_any_form,
    },
    Fault {
        name: "RegistrationOfCse",
        requirement: "TS-0004/7.3.2.1/6",
        summary: "a CSE registers as an AE in the clear and is assigned a stem",
        apply: |clauses| clauses.requester = cse_registers,
    },
    Fault {
        name: "AppIdUnchecked",
        requirement: "TS-0004/7.4.5.2.1/1",
        summary: "any text is taken as App-ID",
        apply: |clauses| clauses.app_id = |_| true,
    },
    Fault {
        name: "AppIdCaseIgnored",
        requirement: "TS-0004/7.4.5.2.1/1",
        summary: "an App-ID may begin with n too",
        apply: |clauses| clauses.app_id = |text| receive::app_id(text) || text.starts_with('n'),
    },
    Fault {
        name: "AppIdInCapitalsOnly",
        requirement: "TS-0004/7.4.5.2.1/1",
        summary: "an App-ID that begins with r is refused",
        apply: |clauses| clauses.app_id = |text| receive::app_id(text) && !text.starts_with('r'),
    },
    Fault {
        name: "StemFromAppName",
        requirement: "TR-0008/9.3/1",
        summary: "assigned stems hold the appName of the AE",
        apply: |clauses| clauses.assigned_stem = from_app_name,
    },
];

fn by_policies(
    desk: &Desk<'_>,
    tree: &mut Tree,
    request: &Request,
    wish: &Wish,
    pass: Pass,
) -> Outcome {
    let scene = desk.scene(tree);
    let originator = match wish {
        Wish::Stem(stem) => stem.clone(),
        first => (desk.clauses.stem)(&scene, request, first)?,
    };
    let target = scene.tree.get(scene.tree.root());
    let permitted = target.is_some_and(|target| {
        let attempt = Attempt {
            originator: &Entity::registered(originator, scene.home),
            operation: onem2m_access::Operation::Create,
            target,
            created: Some(Kind::ApplicationEntity),
            request,
        };
        authorize::decide(&scene, &attempt) == Decision::Permit
    });
    match permitted {
        true => receive::register(desk, tree, request, wish, pass),
        false => Err(Refusal::new(
            ResponseStatusCode::ORIGINATOR_HAS_NO_PRIVILEGE,
            "the CSEBase does not permit it",
        )),
    }
}

fn another_if_taken(scene: &Scene<'_>, request: &Request, wish: &Wish) -> Result<AeStem, Refusal> {
    match wish {
        Wish::Stem(stem) if scene.tree.registered(stem).is_some() => {
            receive::stem(scene, request, &Wish::First('C'))
        }
        wish => receive::stem(scene, request, wish),
    }
}

fn conflict(scene: &Scene<'_>, request: &Request, wish: &Wish) -> Result<AeStem, Refusal> {
    receive::stem(scene, request, wish).map_err(|refusal| Refusal {
        status: ResponseStatusCode::CONFLICT,
        ..refusal
    })
}

fn in_two_passes(
    desk: &Desk<'_>,
    tree: &mut Tree,
    request: &Request,
    wish: &Wish,
    pass: Pass,
) -> Outcome {
    match (pass, wish) {
        (Pass::First, Wish::Stem(_)) => {
            (desk.clauses.stem)(&desk.scene(tree), request, wish)?;
            Ok(Carried::Verify(Vec::new()))
        }
        (_, Wish::First(_)) => receive::register(desk, tree, request, wish, pass),
        (Pass::Verified, Wish::Stem(_)) => {
            let mut clauses = *desk.clauses;
            clauses.stem = |scene, request, wish| match wish {
                Wish::Stem(stem) => Ok(stem.clone()),
                first => receive::stem(scene, request, first),
            };
            let desk = Desk {
                clauses: &clauses,
                ..*desk
            };
            receive::register(&desk, tree, request, wish, pass)
        }
    }
}

/// The AE-ID in the content of a registration.
fn ae_id(request: &Request) -> Option<AeStem> {
    let content = request.content.as_ref()?.get("m2m:ae")?;
    AeStem::parse(content.get("aei")?.as_str()?).ok()
}

fn with_ae_id(
    kind: Kind,
    write: Write,
    content: &mut Map<String, Value>,
    originator: &Entity,
) -> Result<(), Refusal> {
    if kind == Kind::ApplicationEntity && write == Write::Create {
        content.shift_remove("aei");
    }
    receive::attributes(kind, write, content, originator)
}

fn from_content(scene: &Scene<'_>, request: &Request, wish: &Wish) -> Result<AeStem, Refusal> {
    match ae_id(request) {
        Some(stem) => receive::stem(scene, request, &Wish::Stem(stem)),
        None => receive::stem(scene, request, wish),
    }
}

fn one_each(scene: &Scene<'_>, request: &Request, wish: &Wish) -> Result<AeStem, Refusal> {
    let taken = match wish {
        Wish::First(first) => AeStem::parse(&format!("{first}ae")).ok(),
        Wish::Stem(_) => None,
    };
    match taken {
        Some(stem) => receive::stem(scene, request, &Wish::Stem(stem)),
        None => receive::stem(scene, request, wish),
    }
}

fn from_demanded(scene: &Scene<'_>, request: &Request) -> Result<Requester, Refusal> {
    match request.from {
        None => Err(Refusal::bad_request("expected a From parameter, got none")),
        Some(_) => receive::requester(scene, request),
    }
}

fn registrant(
    found: Option<Wish>,
    scene: &Scene<'_>,
    request: &Request,
) -> Result<Requester, Refusal> {
    match found.filter(|_| receive::is_registration(request)) {
        Some(wish) => Ok(Requester::Registrant(wish)),
        None => receive::requester(scene, request),
    }
}

fn reserved_prefixed(scene: &Scene<'_>, request: &Request) -> Result<Requester, Refusal> {
    let from = request.from.as_deref().unwrap_or_default();
    let is_reserved = !from.is_empty() && !from.starts_with(['C', 'S', '/']);
    let stem = AeStem::parse(&format!("C{from}")).ok();
    registrant(stem.filter(|_| is_reserved).map(Wish::Stem), scene, request)
}

fn stem_of_any_form(scene: &Scene<'_>, request: &Request) -> Result<Requester, Refusal> {
    let from = request.from.as_deref().unwrap_or_default();
    let found = match Entity::parse(from, scene.home) {
        Ok(Entity::Ae { stem, .. }) => Some(Wish::Stem(stem)),
        _ => None,
    };
    registrant(found, scene, request)
}

fn cse_registers(scene: &Scene<'_>, request: &Request) -> Result<Requester, Refusal> {
    let from = request.from.as_deref().unwrap_or_default();
    let is_cse = matches!(Entity::parse(from, scene.home), Ok(Entity::Cse { .. }));
    registrant(is_cse.then_some(Wish::First('C')), scene, request)
}

fn from_app_name(scene: &Scene<'_>, request: &Request, first: char) -> String {
    let unpredictable = receive::assigned_stem(scene, request, first);
    let name = request
        .content
        .as_ref()
        .and_then(|content| content.get("m2m:ae"))
        .and_then(|content| content.get("apn"))
        .and_then(Value::as_str);
    match name {
        Some(name) => format!("{unpredictable}-{name}"),
        None => unpredictable,
    }
}
