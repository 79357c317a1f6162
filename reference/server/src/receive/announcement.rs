//! AEs with a stem of the service provider: their Registrar CSE announces them at the IN-CSE, which gives the stem
//! (TS-0001 V3.36.0, 10.2.2.2, cases a and b; TS-0004 V3.32.0, 7.4.5.2.1).

use onem2m_identity::{AeStem, Entity, StemScope};
use onem2m_primitive::{Operation, Request, Response, ResponseStatusCode};
use serde_json::{Map, Value, json};

use super::admission::{self, Applicant};
use super::carried::Outcome;
use super::create;
use super::desk::Desk;
use super::procedure::{Journey, Mode, Pass};
use super::representation;
use super::requester::{Requester, Wish, not_authenticated};
use crate::address;
use crate::hop::Hop;
use crate::notify::Notice;
use crate::outbound::Addressing;
use crate::refusal::Refusal;
use crate::resource::{Kind, Resource};
use crate::scene::Scene;
use crate::tree::Tree;

/// What the label with the Credential-ID begins with.
const CREDENTIAL_LABEL: &str = "Credential-ID:";

/// Whether the IN-CSE has a say in the stem: in every S-type stem, unless this is the IN-CSE.
pub(crate) fn concerns_provider(scene: &Scene<'_>, wish: &Wish) -> bool {
    scene.configuration.registrar.is_some()
        && match wish {
            Wish::First(first) => *first == 'S',
            Wish::Stem(stem) => stem.scope() == StemScope::ServiceProvider,
        }
}

/// The request that tells the IN-CSE of an AE, on its way there.
pub(super) fn notice(scene: &Scene<'_>, wish: &Wish, draft: &Resource) -> Option<Notice> {
    let registrar = scene.configuration.registrar.as_ref()?;
    let addresses = registrar.points_of_access.iter().cloned();
    Some(Notice {
        hops: addresses.map(Hop::in_the_clear).collect(),
        channel: None,
        is_for_itself: false,
        addressing: Addressing::Target,
        request: (scene.clauses.announcement)(scene, wish, draft),
    })
}

/// The Create of an `<AEAnnc>`, or the Update of the one that is there from an earlier registration.
pub(crate) fn announcement(scene: &Scene<'_>, wish: &Wish, draft: &Resource) -> Request {
    let registrar = scene.configuration.registrar.as_ref();
    let stem = match wish {
        Wish::First(first) => first.to_string(),
        Wish::Stem(stem) => stem.to_string(),
    };
    let identifier = (scene.clauses.announced_link)(scene, &stem);
    let mut attributes = Map::new();
    attributes.insert("lnk".to_owned(), json!(identifier));
    attributes.insert(
        "lbl".to_owned(),
        json!((scene.clauses.credential_labels)(scene)),
    );
    let is_known = matches!(wish, Wish::Stem(stem) if scene.tree.is_announced(stem));
    let request = match registrar {
        Some(registrar) if is_known => {
            let to = format!("{}/{stem}", registrar.cse_id);
            Request::update(to, json!({ Kind::AnnouncedApplication.root(): attributes }))
        }
        _ => {
            attributes.insert("et".to_owned(), json!(draft.text("et")));
            attributes.insert("api".to_owned(), json!(draft.text("api")));
            let to = registrar.map_or_else(String::new, |registrar| registrar.base.clone());
            let number = Kind::AnnouncedApplication.number();
            let content = json!({ Kind::AnnouncedApplication.root(): attributes });
            Request::create(to, number, content)
        }
    };
    let from = (scene.clauses.announced_from)(scene, &stem);
    request.from(from).release("3")
}

/// From of an announcement: the CSE, and the stem or the letter S behind it.
pub(crate) fn announced_from(scene: &Scene<'_>, stem: &str) -> String {
    format!("{}/{stem}", scene.home.cse)
}

/// link of an announcement: the `<AE>` that is going to be, by its stem or the letter S.
pub(crate) fn announced_link(scene: &Scene<'_>, stem: &str) -> String {
    format!("{}/{stem}", scene.home.cse)
}

/// The label with the Credential-ID of the association that the AE uses, and with nothing for one that uses none
/// (TS-0004 V3.32.0, 7.4.5.2.1).
pub(crate) fn credential_labels(scene: &Scene<'_>) -> Vec<String> {
    let credential = (scene.clauses.credential)(scene).unwrap_or_default();
    vec![format!("{CREDENTIAL_LABEL}{credential}")]
}

/// The stem by which the IN-CSE took the announcement; what it refuses is refused to the AE.
pub(crate) fn provided(
    scene: &Scene<'_>,
    wish: &Wish,
    answer: Option<&Response>,
) -> Result<AeStem, Refusal> {
    let unavailable =
        |reason: &str| Refusal::new(ResponseStatusCode::TARGET_NOT_REACHABLE, reason.to_owned());
    let answer = answer.ok_or_else(|| unavailable("the IN-CSE does not answer"))?;
    if !answer.status.is_success() {
        return Err(Refusal::new(
            answer.status,
            "the IN-CSE does not take the AE",
        ));
    }
    let stem = match wish {
        Wish::Stem(stem) => stem.clone(),
        Wish::First(_) => answer
            .content
            .as_ref()
            .and_then(|content| (scene.clauses.provided_stem)(content))
            .ok_or_else(|| unavailable("the IN-CSE gives no AE-ID-Stem"))?,
    };
    match scene.tree.get(stem.as_str()) {
        None => Ok(stem),
        Some(_) => Err(Refusal::new(
            ResponseStatusCode::ORIGINATOR_HAS_ALREADY_REGISTERED,
            "an AE is registered with this AE-ID",
        )),
    }
}

/// The identifier that the IN-CSE gave the `<AEAnnc>`.
pub(crate) fn provided_stem(content: &Value) -> Option<AeStem> {
    let announced = content.get(Kind::AnnouncedApplication.root())?;
    let id = announced.get("ri")?.as_str()?;
    let stem = AeStem::parse(id.rsplit('/').next()?).ok()?;
    (stem.scope() == StemScope::ServiceProvider).then_some(stem)
}

/// Who speaks in an announcement that comes from a registree CSE; nothing for other requests.
///
/// From is the CSE and a stem or the letter S behind it, which is no identifier otherwise.
pub(super) fn speaker(
    scene: &Scene<'_>,
    request: &Request,
    peer: &Entity,
) -> Option<Result<Requester, Refusal>> {
    let (cse, stem) = request.from.as_deref()?.rsplit_once('/')?;
    let is_create = request.operation == Operation::Create
        && request.resource_type == Some(Kind::AnnouncedApplication.number());
    let is_update = request.operation == Operation::Update
        && address::resource(scene.tree, scene.home, &request.to)
            .is_some_and(|target| target.kind == Kind::AnnouncedApplication);
    let wish = match AeStem::parse(stem) {
        _ if stem == "S" => Wish::First('S'),
        Ok(stem) if stem.scope() == StemScope::ServiceProvider => Wish::Stem(stem),
        _ => return None,
    };
    if !is_create && !is_update {
        return None;
    }
    let is_its_own = Entity::parse(cse, scene.home).is_ok_and(|cse| cse == *peer);
    Some(match (is_its_own, is_create) {
        (false, _) => Err(not_authenticated(
            "From belongs to another CSE than that of the security association",
        )),
        (true, true) => Ok(Requester::Announcer(peer.clone(), wish)),
        (true, false) => Ok(Requester::Known(peer.clone())),
    })
}

/// Takes the announcement of an AE below the `<remoteCSE>` of its Registrar CSE, under the stem that the AE gets.
pub(super) fn take(
    desk: &Desk<'_>,
    tree: &mut Tree,
    request: &Request,
    announcer: &Entity,
    wish: &Wish,
) -> Outcome {
    let scene = desk.scene(tree);
    let registree = scene
        .tree
        .registree(announcer, scene.home)
        .map(|registree| registree.id.clone())
        .ok_or_else(|| Refusal::not_found("the CSE is not registered"))?;
    let attributes = representation::of(request, Kind::AnnouncedApplication)?;
    let applicant = Applicant {
        registrar: announcer.clone(),
        credential: (desk.clauses.announced_credential)(attributes),
        certificate: None,
        app_id: admission::app_id(request, Kind::AnnouncedApplication),
        wish: wish.clone(),
    };
    let pattern = (desk.clauses.admission)(&scene, &applicant)?;
    let wish = admission::within_rule(wish, pattern.as_deref());
    let stem = (desk.clauses.stem)(&scene, request, &wish)?;
    let journey = Journey {
        originator: announcer,
        request,
        pass: Pass::First,
        mode: Mode::Blocking,
    };
    let mut draft = create::draft(desk, tree, &journey, &registree)?;
    draft.id = stem.to_string();
    let link = draft.text("lnk").and_then(|link| link.rsplit_once('/'));
    if let Some((registrar, "S")) = link {
        let link = format!("{registrar}/{stem}");
        draft.set("lnk", link);
    }
    create::insert(desk, tree, request, announcer, draft)
}

/// The Credential-ID in the labels of an announcement: none for an AE outside any security association.
pub(crate) fn announced_credential(attributes: &Map<String, Value>) -> Option<String> {
    let labels = attributes.get("lbl")?.as_array()?;
    labels
        .iter()
        .filter_map(Value::as_str)
        .find_map(|label| label.strip_prefix(CREDENTIAL_LABEL))
        .filter(|credential| !credential.is_empty())
        .map(str::to_owned)
}
