use onem2m_primitive::ResponseStatusCode;
use serde_json::{Map, Value, json};

use crate::address::{self, Located, Virtual};
use crate::refusal::Refusal;
use crate::resource::{Resource, TypeNumber};
use crate::scene::Scene;

/// Values of memberType beyond those of resource types (m2m:memberType, TS-0004 V3.32.0, 6.3.4.2.11).
const MIXED: u64 = 0;
const OLDEST: u64 = 20001;
const LATEST: u64 = 20002;

/// Values of consistencyStrategy (m2m:consistencyStrategy, TS-0004 V3.32.0, 6.3.4.2.12).
const ABANDON_MEMBER: u64 = 1;
const ABANDON_GROUP: u64 = 2;
const SET_MIXED: u64 = 3;

/// The most members that this CSE lets a group have, whatever maxNrOfMembers says.
const MOST: u64 = 1000;

/// Recv-6.4 of the Create of a `<group>`: its size, its members and their types (TS-0004 V3.32.0, 7.4.13.2.1).
pub(super) fn check(scene: &Scene<'_>, draft: &mut Resource) -> Result<(), Refusal> {
    let member_type = draft.number("mt").unwrap_or(MIXED);
    if !is_member_type(member_type) {
        return Err(Refusal::bad_request(
            "mt: expected a member type, got another number",
        ));
    }
    let strategy = draft.number("csy").unwrap_or(ABANDON_MEMBER);
    if !matches!(strategy, ABANDON_MEMBER | ABANDON_GROUP | SET_MIXED) {
        return Err(Refusal::bad_request(
            "csy: expected a consistency strategy, got another number",
        ));
    }
    draft.set("mt", member_type);
    draft.set("csy", strategy);
    check_size(draft, draft.texts("mid").unwrap_or_default().len())?;
    settle(scene, draft)
}

/// Recv-6.4 of the Update of a `<group>` (TS-0004 V3.32.0, 7.4.13.2.3).
pub(super) fn check_update(
    scene: &Scene<'_>,
    before: &Resource,
    updated: &mut Resource,
    content: &Map<String, Value>,
) -> Result<(), Refusal> {
    let former = before.number("cnm").unwrap_or_default();
    if content.contains_key("mnm") && updated.number("mnm").is_some_and(|most| most < former) {
        return Err(exceeded());
    }
    if content.contains_key("mid") {
        settle(scene, updated)?;
        check_size(updated, updated.texts("mid").unwrap_or_default().len())?;
    }
    Ok(())
}

/// Takes members out of a `<group>`.
pub(super) fn without(group: &mut Resource, gone: &[&str]) {
    let kept: Vec<String> = group
        .texts("mid")
        .unwrap_or_default()
        .into_iter()
        .filter(|member| !gone.contains(member))
        .map(str::to_owned)
        .collect();
    hold(group, kept);
}

fn check_size(group: &Resource, members: usize) -> Result<(), Refusal> {
    let most = group.number("mnm").unwrap_or_default().min(MOST);
    match u64::try_from(members) {
        Ok(members) if members <= most => Ok(()),
        _ => Err(exceeded()),
    }
}

fn exceeded() -> Refusal {
    Refusal::new(
        ResponseStatusCode::MAX_NUMBER_OF_MEMBER_EXCEEDED,
        "mid: expected no more members than the group may have",
    )
}

/// Drops repeated members, whatever form each is written in, and deals with those of another type than memberType as
/// consistencyStrategy says.
///
/// What a member on another CSE is cannot be told here, so that memberTypeValidated stays false.
fn settle(scene: &Scene<'_>, group: &mut Resource) -> Result<(), Refusal> {
    let mut seen = std::collections::HashSet::new();
    let members: Vec<String> = group
        .texts("mid")
        .unwrap_or_default()
        .into_iter()
        .filter(|member| seen.insert(address::identity(scene.tree, scene.home, member)))
        .map(str::to_owned)
        .collect();
    let wanted = group.number("mt").unwrap_or(MIXED);
    if wanted == MIXED {
        hold(group, members);
        return Ok(());
    }
    let is_elsewhere = |member: &String| !address::is_hosted(scene.home, member);
    let is_consistent =
        |member: &String| is_elsewhere(member) || member_type(scene, member) == Some(wanted);
    let is_validated = !members.iter().any(is_elsewhere);
    group.set("mtv", is_validated);
    if members.iter().all(is_consistent) {
        hold(group, members);
        return Ok(());
    }
    match group.number("csy") {
        Some(ABANDON_GROUP) => Err(Refusal::new(
            ResponseStatusCode::GROUP_MEMBER_TYPE_INCONSISTENT,
            "mid: expected members of the type that mt says, got another",
        )),
        Some(SET_MIXED) => {
            group.set("mt", MIXED);
            hold(group, members);
            Ok(())
        }
        _ => {
            hold(group, members.into_iter().filter(is_consistent).collect());
            Ok(())
        }
    }
}

fn hold(group: &mut Resource, members: Vec<String>) {
    group.set("cnm", members.len());
    group.set("mid", json!(members));
}

/// The type that counts for a member: that of a resource, of a virtual instance, or what a sub-group holds.
fn member_type(scene: &Scene<'_>, member: &str) -> Option<u64> {
    match address::locate(scene.tree, scene.home, member)? {
        Located::Resource(resource) => Some(resource.kind.number().into()),
        Located::Virtual(_, Virtual::Latest) => Some(LATEST),
        Located::Virtual(_, Virtual::Oldest) => Some(OLDEST),
        Located::FanOut(group, rest) if rest.is_empty() => group.number("mt"),
        Located::FanOut(..) | Located::Channel(_) | Located::Aggregation(_) => None,
    }
}

fn is_member_type(number: u64) -> bool {
    let is_resource_type =
        u32::try_from(number).is_ok_and(|number| TypeNumber::from(number) != TypeNumber::Unknown);
    is_resource_type || matches!(number, MIXED | OLDEST | LATEST)
}
