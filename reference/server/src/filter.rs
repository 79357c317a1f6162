use onem2m_primitive::{AttributeFilter, FilterCriteria};
use serde_json::Value;

use crate::representation::Viewer;
use crate::resource::{Kind, Resource};
use crate::scene::Scene;

/// Whether a resource meets the matching conditions: those of different tags together, or any of them if filterOperation
/// says so (TS-0004 V3.32.0, 7.3.3.17). Without conditions everything matches.
pub(crate) fn matches(
    scene: &Scene<'_>,
    viewer: Viewer<'_>,
    filter: &FilterCriteria,
    resource: &Resource,
) -> bool {
    let mut results = times(filter, resource);
    results.extend(numbers(filter, resource));
    results.extend(lists(scene, filter, resource));
    results.extend(attributes(scene, viewer, filter, resource));
    let mut results = results.into_iter().peekable();
    match filter.filter_operation {
        Some(2) => results.peek().is_none() || results.any(|holds| holds),
        _ => results.all(|holds| holds),
    }
}

/// Of matching resources those that a result holds, and whether any was cut off.
pub(crate) type Page = for<'a> fn(
    &FilterCriteria,
    Vec<&'a Resource>,
    &dyn Fn(&Resource) -> bool,
) -> (Vec<&'a Resource>, bool);

/// The resources that the originator may see, behind the offset and within the limit. What it may not see neither counts
/// nor shows in any other way (TS-0001 V3.36.0, 10.2.6.1).
pub(crate) fn page<'a>(
    filter: &FilterCriteria,
    matching: Vec<&'a Resource>,
    may_see: &dyn Fn(&Resource) -> bool,
) -> (Vec<&'a Resource>, bool) {
    let skipped =
        usize::try_from(filter.offset.unwrap_or(1).saturating_sub(1)).unwrap_or(usize::MAX);
    let limit = filter
        .limit
        .and_then(|limit| usize::try_from(limit).ok())
        .unwrap_or(usize::MAX);
    let seen = matching.into_iter().filter(|resource| may_see(resource));
    let mut rest = seen.skip(skipped);
    let page: Vec<&Resource> = rest.by_ref().take(limit).collect();
    (page, rest.next().is_some())
}

/// Intervals of creationTime, lastModifiedTime and expirationTime; the notation of timestamps orders as text.
fn times(filter: &FilterCriteria, resource: &Resource) -> Vec<bool> {
    let intervals = [
        ("ct", &filter.created_after, &filter.created_before),
        ("lt", &filter.modified_since, &filter.unmodified_since),
        ("et", &filter.expire_after, &filter.expire_before),
    ];
    intervals
        .into_iter()
        .filter(|(_, from, to)| from.is_some() || to.is_some())
        .map(|(name, from, to)| {
            resource.text(name).is_some_and(|moment| {
                from.as_deref().is_none_or(|from| from <= moment)
                    && to.as_deref().is_none_or(|to| moment < to)
            })
        })
        .collect()
}

/// Intervals of stateTag and contentSize.
fn numbers(filter: &FilterCriteria, resource: &Resource) -> Vec<bool> {
    let intervals = [
        ("st", filter.state_tag_bigger, filter.state_tag_smaller),
        ("cs", filter.size_above, filter.size_below),
    ];
    intervals
        .into_iter()
        .filter(|(_, from, to)| from.is_some() || to.is_some())
        .map(|(name, from, to)| {
            resource.number(name).is_some_and(|number| {
                from.is_none_or(|from| from <= number) && to.is_none_or(|to| number < to)
            })
        })
        .collect()
}

/// Labels, resource types and content types, of each of which one suffices.
fn lists(scene: &Scene<'_>, filter: &FilterCriteria, resource: &Resource) -> Vec<bool> {
    let mut results = Vec::new();
    if !filter.labels.is_empty() {
        let labels = resource.texts("lbl").unwrap_or_default();
        results.push(
            filter
                .labels
                .iter()
                .any(|label| labels.contains(&label.as_str())),
        );
    }
    if !filter.resource_types.is_empty() {
        results.push(filter.resource_types.contains(&resource.kind.number()));
    }
    if !filter.content_types.is_empty() {
        let information = resource
            .text("cnf")
            .filter(|_| resource.kind == Kind::ContentInstance);
        let content_type = information.and_then(scene.clauses.content.media_type);
        results.push(
            content_type
                .is_some_and(|got| filter.content_types.iter().any(|expected| expected == got)),
        );
    }
    results
}

fn attributes(
    scene: &Scene<'_>,
    viewer: Viewer<'_>,
    filter: &FilterCriteria,
    resource: &Resource,
) -> Vec<bool> {
    let holds = |conditions: &[AttributeFilter], resource: &Resource| {
        conditions
            .iter()
            .any(|condition| attribute(scene, viewer, condition, resource))
    };
    let mut results = Vec::new();
    if !filter.attributes.is_empty() {
        results.push(holds(&filter.attributes, resource));
    }
    if !filter.child_attributes.is_empty() {
        let mut children = scene.tree.children(resource);
        results.push(children.any(|child| holds(&filter.child_attributes, child)));
    }
    if !filter.parent_attributes.is_empty() {
        let parent = scene.tree.parent(resource);
        results.push(parent.is_some_and(|parent| holds(&filter.parent_attributes, parent)));
    }
    results
}

/// One condition on an attribute, which may hold the wildcard. What the viewer may not see it cannot guess either
/// (TS-0004 V3.32.0, 7.3.3.17.9).
fn attribute(
    scene: &Scene<'_>,
    viewer: Viewer<'_>,
    condition: &AttributeFilter,
    resource: &Resource,
) -> bool {
    let Some(value) = resource.attribute(&condition.name) else {
        return false;
    };
    if !(scene.clauses.filterable)(scene, viewer, resource, &condition.name) {
        return false;
    }
    let equals = |value: &Value| match value {
        Value::String(text) => wildcard(&condition.value, text),
        other => wildcard(&condition.value, &other.to_string()),
    };
    match value {
        Value::Array(items) => items.iter().any(equals),
        single => equals(single),
    }
}

/// A filter looks at what the viewer may see.
pub(crate) fn filterable(
    scene: &Scene<'_>,
    viewer: Viewer<'_>,
    resource: &Resource,
    attribute: &str,
) -> bool {
    (scene.clauses.visible)(scene, viewer, resource, attribute)
}

/// `*` stands for any characters or none, as in a segment of an identifier.
fn wildcard(pattern: &str, text: &str) -> bool {
    (onem2m_access::Clauses::SPECIFICATION.segment)(pattern, text)
}
