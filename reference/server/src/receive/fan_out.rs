use onem2m_access::Decision;
use onem2m_identity::Entity;
use onem2m_primitive::{Request, Response, ResponseStatusCode};
use serde_json::{Map, Value, json};

use super::aggregation;
use super::carried::{Carried, Outcome};
use super::desk::Desk;
use super::group;
use super::procedure::{Journey, Mode, Pass, handle};
use super::syntax;
use crate::address::{self, FAN_OUT_POINT, Located};
use crate::authorize::Attempt;
use crate::forward;
use crate::refusal::Refusal;
use crate::resource::Resource;
use crate::scene::Scene;
use crate::tree::Tree;

/// How many groups a request may pass, one a member of the other. It only bounds what Group Request Identifiers end
/// before.
const DEEPEST: u32 = 8;

/// A request that goes to every member of a `<group>`.
#[derive(Clone, Debug)]
pub(crate) struct FanOut {
    group: String,
    members: Vec<String>,
    /// The names that lead from a member to what is below it; none for the member itself.
    below: Vec<String>,
    /// In whose name the members are asked.
    originator: Entity,
    request: Request,
    depth: u32,
    /// The aggregation URI that was assigned for the notifications of the members.
    aggregation: Option<String>,
}

/// The request to one member.
#[derive(Clone, Debug)]
pub(crate) struct Errand {
    /// The `<group>` that it comes from.
    pub(crate) group: String,
    /// The member as memberIDs names it.
    pub(crate) member: String,
    /// In whose name it is made.
    originator: Entity,
    pub(crate) request: Request,
    depth: u32,
}

/// What a member answered.
#[derive(Clone, Debug)]
pub(crate) struct MemberAnswer {
    /// The member as memberIDs names it.
    pub(crate) member: String,
    pub(crate) response: Response,
}

impl FanOut {
    /// How many members are asked.
    pub(crate) fn len(&self) -> usize {
        self.members.len()
    }

    /// The request to the member at a position. From is that of the request to the group, To the member or what is at
    /// the same place below it (TS-0004 V3.32.0, 7.4.14.2.4).
    pub(crate) fn errand(&self, scene: &Scene<'_>, position: usize) -> Option<Errand> {
        let member = self.members.get(position)?;
        let identifier = self.request.request_identifier.as_ref();
        Some(Errand {
            group: self.group.clone(),
            member: member.clone(),
            originator: self.originator.clone(),
            request: Request {
                to: target(scene, member, &self.below),
                request_identifier: identifier.map(|own| format!("{own}.{}", position + 1)),
                ..self.request.clone()
            },
            depth: self.depth,
        })
    }
}

/// Makes one response of what the members answered.
pub(crate) type Aggregate =
    fn(&[MemberAnswer]) -> Result<(ResponseStatusCode, Option<Value>), Refusal>;

/// Recv-6.5 of a request to a `<fanOutPoint>`: whom it goes to (TS-0004 V3.32.0, 7.4.14.2.4).
///
/// A Group Request Identifier is made for every request that brings none.
pub(super) fn compose(
    desk: &Desk<'_>,
    tree: &mut Tree,
    journey: &Journey<'_>,
    group: &str,
    below: &[String],
) -> Outcome {
    let depth = match journey.mode {
        Mode::FannedOut(errand) => errand.depth + 1,
        Mode::Blocking | Mode::NonBlocking => 0,
    };
    if depth > DEEPEST {
        return Err(Refusal::not_implemented(format!(
            "expected at most {DEEPEST} groups within each other, got more"
        )));
    }
    let wanted = aggregation::wanted(journey.request)?;
    if let Some(wanted) = &wanted {
        let notices = aggregation::verifications(&desk.scene(tree), journey, wanted)?;
        if !notices.is_empty() {
            return Ok(Carried::Verify(notices));
        }
    }
    let identifier = match &journey.request.group_request_identifier {
        Some(identifier) => identifier.clone(),
        None => assign(desk, tree, group),
    };
    let scene = desk.scene(tree);
    let Some(resource) = scene.tree.get(group) else {
        return Err(Refusal::not_found("there is no such group"));
    };
    let members = resource.texts("mid").unwrap_or_default();
    if members.is_empty() {
        return Err(Refusal::new(
            ResponseStatusCode::NO_MEMBERS,
            "the group has no members",
        ));
    }
    let members = members.into_iter().map(str::to_owned).collect();
    let originator = (desk.clauses.fan_out_originator)(&scene, journey.originator, resource);
    let mut request = Request {
        group_request_identifier: Some(identifier),
        ..journey.request.clone()
    };
    let aggregation = match wanted {
        None => None,
        Some(wanted) => Some(aggregation::assign(
            desk,
            tree,
            group,
            wanted,
            &mut request,
        )?),
    };
    Ok(Carried::FanOut(Box::new(FanOut {
        group: group.to_owned(),
        members,
        below: below.to_vec(),
        originator,
        request,
        depth,
        aggregation,
    })))
}

/// Carries out the request to one member like any other of this originator: its own resource, its own decision, on the
/// CSE that hosts it.
pub(crate) fn carry_out(desk: &Desk<'_>, tree: &mut Tree, errand: &Errand, pass: Pass) -> Outcome {
    syntax::check(&desk.scene(tree), &errand.request)?;
    if let Some(host) = forward::elsewhere(&desk.scene(tree), &errand.request.to) {
        return forward::forward(
            &desk.scene(tree),
            &errand.request,
            &errand.originator,
            &host,
        );
    }
    let journey = Journey {
        originator: &errand.originator,
        request: &errand.request,
        pass,
        mode: Mode::FannedOut(errand),
    };
    handle(desk, tree, &journey)
}

/// What the members answered as one response (TS-0004 V3.32.0, 7.4.14.2.5), after members that are deleted were taken
/// out of the group (7.4.14.3.5).
pub(crate) fn conclude(
    desk: &Desk<'_>,
    tree: &mut Tree,
    fan_out: &FanOut,
    answers: &[MemberAnswer],
) -> Result<(ResponseStatusCode, Option<Value>), Refusal> {
    if fan_out.below.is_empty() {
        let gone: Vec<&str> = answers
            .iter()
            .filter(|answer| answer.response.status == ResponseStatusCode::DELETED)
            .map(|answer| answer.member.as_str())
            .filter(|member| !is_virtual(&desk.scene(tree), member))
            .collect();
        if let (false, Some(resource)) = (gone.is_empty(), tree.get_mut(&fan_out.group)) {
            group::without(resource, &gone);
            resource.touch(desk.arrival.at);
        }
    }
    let is_subscribed = answers
        .iter()
        .any(|answer| answer.response.status.is_success());
    if let (Some(aggregation), false) = (&fan_out.aggregation, is_subscribed) {
        tree.aggregations.remove(aggregation);
    }
    (desk.clauses.aggregate)(answers)
}

/// The originator of the request is the originator of what the members receive (TS-0001 V3.36.0, 10.2.7.6 to 10.2.7.9).
pub(crate) fn originator(_scene: &Scene<'_>, originator: &Entity, _group: &Resource) -> Entity {
    originator.clone()
}

/// Each member is decided for itself; that the originator came through the group adds nothing
/// (TS-0001 V3.36.0, 10.2.7.6 to 10.2.7.9).
pub(crate) fn fanned_out(
    _scene: &Scene<'_>,
    _attempt: &Attempt<'_>,
    _errand: &Errand,
    decision: Decision,
) -> Decision {
    decision
}

/// A request with a Group Request Identifier that came for the same target before is not carried out again
/// (TS-0004 V3.32.0, 7.3.3.2).
pub(crate) fn repeated(is_first: bool) -> Result<(), Refusal> {
    match is_first {
        true => Ok(()),
        false => Err(Refusal::new(
            ResponseStatusCode::GROUP_REQUEST_IDENTIFIER_EXISTS,
            "a request with this group request identifier came before",
        )),
    }
}

/// OK, whatever the members answered, and every answer with the member that it is from.
pub(crate) fn aggregate(
    answers: &[MemberAnswer],
) -> Result<(ResponseStatusCode, Option<Value>), Refusal> {
    let responses: Vec<Value> = answers.iter().map(member_response).collect();
    let content = json!({ "m2m:agr": { "m2m:rsp": responses } });
    Ok((ResponseStatusCode::OK, Some(content)))
}

/// A response primitive as data (m2m:responsePrimitive, TS-0004 V3.32.0, Table 6.4.2-1); From is the member.
fn member_response(answer: &MemberAnswer) -> Value {
    let response = &answer.response;
    let mut value = Map::new();
    value.insert("rsc".to_owned(), response.status.number().into());
    for (name, text) in [
        ("rqi", response.request_identifier.as_ref()),
        ("rvi", response.release_version.as_ref()),
        ("fr", Some(&answer.member)),
    ] {
        if let Some(text) = text {
            value.insert(name.to_owned(), text.clone().into());
        }
    }
    if let Some(content) = &response.content {
        value.insert("pc".to_owned(), content.clone());
    }
    Value::Object(value)
}

fn assign(desk: &Desk<'_>, tree: &mut Tree, group: &str) -> String {
    let number = tree.group_requests.assign();
    let identifier = format!("{}-{number:07}", desk.home.cse);
    let target = format!("{group}/{FAN_OUT_POINT}");
    tree.group_requests
        .note(&identifier, &target, desk.arrival.at);
    identifier
}

/// The identifier of a member, or of what is at the same place below each member (TS-0004 V3.32.0, 7.4.14.1).
fn target(scene: &Scene<'_>, member: &str, below: &[String]) -> String {
    if below.is_empty() {
        return member.to_owned();
    }
    let base = match address::locate(scene.tree, scene.home, member) {
        Some(Located::Resource(resource)) => scene.tree.path(resource),
        _ => member.to_owned(),
    };
    format!("{base}/{}", below.join("/"))
}

fn is_virtual(scene: &Scene<'_>, member: &str) -> bool {
    matches!(
        address::locate(scene.tree, scene.home, member),
        Some(
            Located::Virtual(..)
                | Located::FanOut(..)
                | Located::Channel(_)
                | Located::Aggregation(_)
        )
    )
}
