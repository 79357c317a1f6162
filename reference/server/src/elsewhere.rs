//! Policies and groups that other CSEs host: what a decision still needs of them, and what has been read of them.
//!
//! The decision is taken on what is known. Where it denies and something of another CSE could change that, the CSE reads
//! it with a Retrieve of its own and decides again. What cannot be read grants nothing (TS-0003 V3.18.0, 7.1.5).

use std::collections::BTreeMap;

use onem2m_access::{Decision, Directory, OriginatorEntry, Policy};
use onem2m_identity::{AeStem, Entity, Home, ResourceAddress};
use onem2m_primitive::{Request, Response};
use serde_json::Value;

use crate::address;
use crate::authorize::{Attempt, is_discovery, judge_at};
use crate::clauses::Clauses;
use crate::filter;
use crate::forward;
use crate::hop::Hop;
use crate::representation::Viewer;
use crate::resource::{Kind, Policies, Resource};
use crate::scene::Scene;

/// The most resources of others that are read for one request.
const MOST: usize = 16;

/// The entry that stands for everybody (TS-0003 V3.18.0, 7.1.3).
const KEYWORD: &str = "all";

/// What has been read for one request, by absolute identifier; `None` is what could not be read.
#[derive(Clone, Debug, Default)]
pub(crate) struct Elsewhere {
    policies: BTreeMap<String, Option<Policies>>,
    groups: BTreeMap<String, Option<Vec<String>>>,
}

/// A resource of another CSE that a decision waits for.
#[derive(Clone, Debug)]
pub(crate) struct Question {
    matter: Matter,
    place: Place,
    /// How the CSE that leads to it is reached.
    pub(crate) hops: Vec<Hop>,
    /// The Retrieve.
    pub(crate) request: Request,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Matter {
    Policy,
    Group,
}

/// Where a resource is that another CSE hosts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    /// The CSE that hosts it, in whose context it is written.
    pub(crate) home: Home,
    path: String,
}

impl Elsewhere {
    /// Takes what came back for a question. Only a success with the resource that was asked for says anything.
    pub(crate) fn learn(
        &mut self,
        clauses: &Clauses,
        question: &Question,
        answer: Option<Response>,
    ) {
        let content = answer
            .filter(|answer| (clauses.is_told)(answer))
            .and_then(|answer| answer.content);
        let id = question.place.absolute();
        match question.matter {
            Matter::Policy => {
                let policies = content.and_then(|content| policies(clauses, &content));
                self.policies.insert(id, policies);
            }
            Matter::Group => {
                let members = content.and_then(|content| members(&content));
                self.groups.insert(id, members);
            }
        }
    }

    /// Whether nothing has been read yet.
    pub(crate) fn is_empty(&self) -> bool {
        self.policies.is_empty() && self.groups.is_empty()
    }

    fn is_full(&self) -> bool {
        self.policies.len() + self.groups.len() >= MOST
    }
}

impl Place {
    /// Where an identifier leads that is written in the context of a CSE; nowhere if this CSE hosts it or it names no
    /// resource.
    fn of(text: &str, context: &Home, own: &Home) -> Option<Self> {
        let address = ResourceAddress::parse(text).ok()?;
        let home = Home::new(
            address.sp().unwrap_or(&context.sp).clone(),
            address.cse().unwrap_or(&context.cse).clone(),
        );
        let path = address.path()?.to_string();
        (home != *own).then_some(Self { home, path })
    }

    fn absolute(&self) -> String {
        format!("{}{}", self.home.sp, self.sp_relative())
    }

    fn sp_relative(&self) -> String {
        format!("{}/{}", self.home.cse, self.path)
    }
}

/// A response that tells what was asked for.
pub(crate) fn is_told(answer: &Response) -> bool {
    answer.status.is_success()
}

/// What a request still needs of other CSEs to be decided about a target, and about what is shown with it: of a discovery
/// what matches, so that nobody waits for the policies of what nobody looks for.
pub(crate) fn questions(
    scene: &Scene<'_>,
    originator: &Entity,
    request: &Request,
    target: &Resource,
) -> Vec<Question> {
    let viewer = Viewer::Originator(originator);
    let is_shown = |resource: &Resource| {
        !is_discovery(request) || filter::matches(scene, viewer, &request.filter, resource)
    };
    let mut open = Vec::new();
    look_into(scene, target, &mut open);
    if shows_descendants(request) {
        let descendants = scene.tree.descendants(target).into_iter();
        for (descendant, _) in descendants.filter(|(it, _)| is_shown(it)) {
            look_into(scene, descendant, &mut open);
        }
    }
    let mut questions: Vec<Question> = Vec::new();
    for (matter, place) in open {
        let is_new = |question: &Question| question.matter != matter || question.place != place;
        if questions.len() < MOST && questions.iter().all(is_new) {
            questions.push(question(scene, request, matter, place));
        }
    }
    questions
}

/// Whether other resources than the target are judged.
pub(crate) fn shows_descendants(request: &Request) -> bool {
    is_discovery(request) || matches!(request.result_content, Some(4 | 5 | 6 | 8))
}

/// The decision by the policies of other CSEs, each in the context of the CSE that hosts it.
pub(crate) fn decide(scene: &Scene<'_>, attempt: &Attempt<'_>) -> Decision {
    let governor = (scene.clauses.governor)(scene, attempt.target);
    let links = match &governor.policies {
        Some(_) => Vec::new(),
        None => governor.texts("acpi").unwrap_or_default(),
    };
    by_links(scene, attempt, &links, |policies| &policies.privileges)
}

/// The decision by one part of each of the linked policies that other CSEs host.
pub(crate) fn by_links(
    scene: &Scene<'_>,
    attempt: &Attempt<'_>,
    links: &[&str],
    part: impl Fn(&Policies) -> &Policy,
) -> Decision {
    let permits = |link: &&str| {
        let Some(place) = Place::of(link, scene.home, scene.home) else {
            return false;
        };
        let home = (scene.clauses.context_of)(scene, &place);
        match scene.arrival.elsewhere.policies.get(&place.absolute()) {
            None => false,
            Some(None) => (scene.clauses.unread_policy)(),
            Some(Some(policies)) => {
                judge_at(scene, attempt, &[Some(part(policies))], &home) == Decision::Permit
            }
        }
    };
    match links.iter().any(permits) {
        true => Decision::Permit,
        false => Decision::Deny,
    }
}

/// A policy is read in the context of the CSE that hosts it (TS-0001 V3.36.0, 7.2).
pub(crate) fn context_of(_scene: &Scene<'_>, place: &Place) -> Home {
    place.home.clone()
}

/// A policy that cannot be read has no rule that permits (TS-0003 V3.18.0, 7.1.5).
pub(crate) fn unread_policy() -> bool {
    false
}

/// A group that cannot be read has no members (TS-0003 V3.18.0, 7.1.5).
pub(crate) fn unread_group(_scene: &Scene<'_>, _originator: &Entity) -> Vec<Entity> {
    Vec::new()
}

/// From of a request that the CSE makes for itself is its own CSE-ID (TS-0001 V3.36.0, 7.2).
pub(crate) fn asking_from(home: &Home, _request: &Request) -> String {
    home.cse.to_string()
}

/// The groups that rules name: those here, and those of other CSEs that have been read.
pub(crate) struct Groups<'a> {
    pub(crate) scene: &'a Scene<'a>,
    pub(crate) originator: &'a Entity,
    /// The CSE in whose context the rules are written.
    pub(crate) home: &'a Home,
    /// The groups of this CSE.
    pub(crate) here: &'a dyn Directory,
}

impl Directory for Groups<'_> {
    fn members(&self, group: &ResourceAddress) -> Option<Vec<Entity>> {
        let scene = self.scene;
        let Some(place) = Place::of(&group.to_string(), self.home, scene.home) else {
            return self.here.members(group);
        };
        let members = match scene.arrival.elsewhere.groups.get(&place.absolute())? {
            None => return Some((scene.clauses.unread_group)(scene, self.originator)),
            Some(members) => members,
        };
        let context = (scene.clauses.context_of)(scene, &place);
        Some(
            members
                .iter()
                .filter_map(|member| member_entity(scene, &context, member))
                .collect(),
        )
    }
}

/// What the governing policies of a resource leave open.
fn look_into(scene: &Scene<'_>, resource: &Resource, open: &mut Vec<(Matter, Place)>) {
    let governor = (scene.clauses.governor)(scene, resource);
    if let Some(policies) = &governor.policies {
        look_into_rules(scene, policies, scene.home, open);
        return;
    }
    for link in governor.texts("acpi").unwrap_or_default() {
        let known = &scene.arrival.elsewhere;
        match Place::of(link, scene.home, scene.home) {
            None => {
                let policy = address::policy(scene.tree, scene.home, link);
                if let Some(policies) = policy.and_then(|policy| policy.policies.as_ref()) {
                    look_into_rules(scene, policies, scene.home, open);
                }
            }
            Some(place) => match known.policies.get(&place.absolute()) {
                None if !known.is_full() => open.push((Matter::Policy, place)),
                Some(Some(policies)) => look_into_rules(scene, policies, &place.home, open),
                None | Some(None) => {}
            },
        }
    }
}

fn look_into_rules(
    scene: &Scene<'_>,
    policies: &Policies,
    context: &Home,
    open: &mut Vec<(Matter, Place)>,
) {
    let known = &scene.arrival.elsewhere;
    let entries = [&policies.privileges, &policies.self_privileges]
        .into_iter()
        .flat_map(|policy| &policy.rules)
        .flat_map(|rule| &rule.originators);
    for place in entries.filter_map(|entry| group(entry, context, scene.home)) {
        if !known.groups.contains_key(&place.absolute()) && !known.is_full() {
            open.push((Matter::Group, place));
        }
    }
}

/// The group of another CSE that an entry names. One segment that is an AE-ID-Stem is the AE and no group.
fn group(entry: &OriginatorEntry, context: &Home, own: &Home) -> Option<Place> {
    let is_group = |place: &Place| AeStem::parse(&place.path).is_err() && place.path != KEYWORD;
    Place::of(entry.as_str(), context, own).filter(is_group)
}

fn question(scene: &Scene<'_>, request: &Request, matter: Matter, place: Place) -> Question {
    let host = Entity::Cse {
        sp: place.home.sp.clone(),
        cse: place.home.cse.clone(),
    };
    let hops = (scene.clauses.next_hop)(scene, &host)
        .map(|next| forward::hops_to(scene, next))
        .unwrap_or_default();
    let to = match place.home.sp == scene.home.sp {
        true => place.sp_relative(),
        false => place.absolute(),
    };
    Question {
        matter,
        place,
        hops,
        request: Request::retrieve(to)
            .from((scene.clauses.asking_from)(scene.home, request))
            .release("3"),
    }
}

fn policies(clauses: &Clauses, content: &Value) -> Option<Policies> {
    let policy = (clauses.policy_told)(content)?;
    let read = |name: &str| (clauses.policy)(policy.get(name)?).ok();
    Some(Policies {
        privileges: read("pv")?,
        self_privileges: read("pvs")?,
    })
}

/// The representation of an `<accessControlPolicy>`; none for that of anything else (TS-0004 V3.32.0, 7.4.2.1).
pub(crate) fn policy_told(content: &Value) -> Option<&Value> {
    content.get(Kind::AccessControlPolicy.root())
}

fn members(content: &Value) -> Option<Vec<String>> {
    let members = content.get("m2m:grp")?.get("mid")?.as_array()?;
    let members = members.iter().filter_map(Value::as_str);
    Some(members.map(str::to_owned).collect())
}

/// The AE or CSE behind the resource of a member: of this CSE by its resource, of another by the resource identifier,
/// which for an `<AE>` is its stem (TS-0001 V3.36.0, 9.6.5).
fn member_entity(scene: &Scene<'_>, context: &Home, member: &str) -> Option<Entity> {
    match Place::of(member, context, scene.home) {
        Some(place) => {
            let stem = AeStem::parse(&place.path).ok()?;
            Some(Entity::registered(stem, &place.home))
        }
        None => {
            let resource = address::resource(scene.tree, scene.home, member)?;
            match resource.kind {
                Kind::ApplicationEntity => Some(resource.creator.clone()),
                Kind::RemoteCse => forward::cse(resource.text("csi")?, scene.home),
                _ => None,
            }
        }
    }
}
