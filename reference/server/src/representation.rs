use std::collections::HashMap;

use onem2m_access::{Decision, Operation};
use onem2m_identity::Entity;
use onem2m_primitive::Request;
use serde_json::{Map, Value, json};

use crate::authorize::Attempt;
use crate::filter;
use crate::refusal::Refusal;
use crate::resource::{Kind, Resource};
use crate::scene::Scene;

/// The most levels that a nested representation has.
const DEEPEST: u32 = 32;

/// Who looks at a representation.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Viewer<'a> {
    /// The originator of the request.
    Originator(&'a Entity),
    /// The creator of the subscription that a notification is for.
    Subscriber(&'a Entity),
}

impl<'a> Viewer<'a> {
    fn entity(self) -> &'a Entity {
        match self {
            Self::Originator(entity) | Self::Subscriber(entity) => entity,
        }
    }
}

/// The Content of a response.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Shown {
    pub(crate) content: Option<Value>,
    /// Whether it was cut, where it could have been.
    pub(crate) is_partial: Option<bool>,
}

impl Shown {
    pub(crate) fn nothing() -> Self {
        Self::default()
    }

    pub(crate) fn of(content: Value) -> Self {
        Self {
            content: Some(content),
            is_partial: None,
        }
    }
}

/// pointOfAccess of an `<AE>` is for that AE only, whoever may retrieve the rest (TS-0001 V3.36.0, 9.6.5).
pub(crate) fn visible(
    _scene: &Scene<'_>,
    viewer: Viewer<'_>,
    resource: &Resource,
    attribute: &str,
) -> bool {
    let is_guarded = resource.kind == Kind::ApplicationEntity && attribute == "poa";
    !is_guarded || resource.creator == *viewer.entity()
}

/// The Content of the response to a Create (m2m:resultContent, TS-0004 V3.32.0, 6.3.4.2.7).
pub(crate) fn result_of_create(
    scene: &Scene<'_>,
    viewer: Viewer<'_>,
    resource: &Resource,
    request: &Request,
) -> Shown {
    let address = || scene.tree.path(resource);
    match request.result_content {
        Some(0) => Shown::nothing(),
        Some(2) => Shown::of(json!({ "m2m:uri": address() })),
        Some(3) => {
            let root = resource.kind.root();
            let attributes = attributes(scene, viewer, resource);
            Shown::of(json!({ "m2m:rce": { root: attributes, "uri": address() } }))
        }
        Some(9) => modified(scene, viewer, resource, request),
        _ => Shown::of(whole(scene, viewer, resource)),
    }
}

/// The Content of the response to an Update.
pub(crate) fn result_of_update(
    scene: &Scene<'_>,
    viewer: Viewer<'_>,
    resource: &Resource,
    request: &Request,
) -> Shown {
    match request.result_content {
        Some(0) => Shown::nothing(),
        Some(9) => modified(scene, viewer, resource, request),
        _ => Shown::of(whole(scene, viewer, resource)),
    }
}

/// The Content of the response to a Delete, read before the resource goes.
pub(crate) fn result_of_delete(
    scene: &Scene<'_>,
    viewer: Viewer<'_>,
    resource: &Resource,
    request: &Request,
) -> Shown {
    match request.result_content {
        None | Some(0) => Shown::nothing(),
        Some(1) => Shown::of(whole(scene, viewer, resource)),
        Some(result_content) => family(scene, viewer, resource, request, result_content),
    }
}

/// The Content of the response to a Retrieve that is no discovery.
pub(crate) fn result_of_retrieve(
    scene: &Scene<'_>,
    viewer: Viewer<'_>,
    resource: &Resource,
    request: &Request,
) -> Result<Shown, Refusal> {
    match request.result_content {
        None | Some(1) if !request.attribute_list.is_empty() => {
            partial(scene, viewer, resource, &request.attribute_list).map(Shown::of)
        }
        None | Some(1) => Ok(Shown::of(whole(scene, viewer, resource))),
        Some(result_content) => Ok(family(scene, viewer, resource, request, result_content)),
    }
}

/// The address of a resource in the form that Desired Identifier Result Type asks for (TS-0004 V3.32.0, 6.3.4.2.8).
pub(crate) fn address(scene: &Scene<'_>, resource: &Resource, request: &Request) -> String {
    match request.discovery_result_type {
        Some(2) => resource.id.clone(),
        _ => scene.tree.path(resource),
    }
}

/// m2m:childResourceRef (TS-0004 V3.32.0, 6.3.5.29).
pub(crate) fn child_reference(scene: &Scene<'_>, resource: &Resource, request: &Request) -> Value {
    json!({
        "nm": resource.name,
        "typ": resource.kind.number(),
        "val": address(scene, resource, request),
    })
}

fn whole(scene: &Scene<'_>, viewer: Viewer<'_>, resource: &Resource) -> Value {
    json!({ resource.kind.root(): attributes(scene, viewer, resource) })
}

fn attributes(scene: &Scene<'_>, viewer: Viewer<'_>, resource: &Resource) -> Map<String, Value> {
    resource
        .attributes
        .iter()
        .filter(|(name, _)| (scene.clauses.visible)(scene, viewer, resource, name))
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect()
}

/// The attributes that a partial Retrieve names; one that the type does not have makes the request invalid, one that the
/// resource does not have or the viewer may not see is left out (TS-0004 V3.32.0, 7.3.3.6).
fn partial(
    scene: &Scene<'_>,
    viewer: Viewer<'_>,
    resource: &Resource,
    names: &[String],
) -> Result<Value, Refusal> {
    if let Some(unknown) = names
        .iter()
        .find(|name| resource.kind.attribute(name).is_none())
    {
        let shortened: String = unknown.chars().take(40).collect();
        return Err(Refusal::bad_request(format!(
            "atrl: expected attributes of the type, got {shortened:?}"
        )));
    }
    let mut shown = attributes(scene, viewer, resource);
    shown.retain(|name, _| names.contains(name));
    if shown.is_empty() {
        (scene.clauses.end_to_end.absent)(names)?;
    }
    Ok(json!({ resource.kind.root(): shown }))
}

/// What the CSE set otherwise than the request said (TS-0004 V3.32.0, 7.3.3.12).
fn modified(
    scene: &Scene<'_>,
    viewer: Viewer<'_>,
    resource: &Resource,
    request: &Request,
) -> Shown {
    let root = resource.kind.root();
    let written = request
        .content
        .as_ref()
        .and_then(|content| content.get(&root));
    let mut shown = attributes(scene, viewer, resource);
    let is_update = request.operation == onem2m_primitive::Operation::Update;
    shown.retain(|name, value| {
        let asked = written.and_then(|written| written.get(name));
        let is_moved = !is_update || matches!(name.as_str(), "lt" | "st");
        asked.map_or(is_moved, |asked| asked != value)
    });
    if shown.is_empty() {
        return Shown::nothing();
    }
    Shown::of(json!({ root: shown }))
}

/// A resource with what is below it: 4 attributes and child resources, 5 attributes and references, 6 references alone,
/// 8 child resources alone. Only what the viewer may retrieve appears (TS-0001 V3.36.0, 10.1.3).
fn family(
    scene: &Scene<'_>,
    viewer: Viewer<'_>,
    resource: &Resource,
    request: &Request,
    result_content: u32,
) -> Shown {
    let chosen = descendants(scene, viewer, resource, request);
    let is_partial = Some(chosen.is_partial);
    let references = || -> Vec<Value> {
        chosen
            .resources
            .iter()
            .map(|descendant| child_reference(scene, descendant, request))
            .collect()
    };
    let own = |is_shown: bool| {
        if is_shown {
            attributes(scene, viewer, resource)
        } else {
            Map::new()
        }
    };
    let content = match result_content {
        6 => json!({ "m2m:rrl": { "rrf": references() } }),
        5 => {
            let mut shown = own(true);
            shown.insert("ch".to_owned(), references().into());
            json!({ resource.kind.root(): shown })
        }
        _ => {
            let mut shown = own(result_content == 4);
            nest(
                scene,
                viewer,
                resource,
                &by_parent(&chosen.resources),
                &mut shown,
            );
            json!({ resource.kind.root(): shown })
        }
    };
    Shown {
        content: Some(content),
        is_partial,
    }
}

struct Chosen<'a> {
    resources: Vec<&'a Resource>,
    is_partial: bool,
}

fn descendants<'a>(
    scene: &Scene<'a>,
    viewer: Viewer<'_>,
    resource: &'a Resource,
    request: &Request,
) -> Chosen<'a> {
    let may_retrieve = |target: &Resource| {
        let attempt = Attempt {
            originator: viewer.entity(),
            operation: Operation::Retrieve,
            target,
            created: None,
            request,
        };
        (scene.clauses.nested)(scene, &attempt) == Decision::Permit
    };
    let deepest = request
        .filter
        .level
        .map_or(DEEPEST, |level| level.min(DEEPEST));
    let matching = scene
        .tree
        .descendants(resource)
        .into_iter()
        .filter(|(descendant, depth)| {
            *depth <= deepest && filter::matches(scene, viewer, &request.filter, descendant)
        })
        .map(|(descendant, _)| descendant)
        .collect();
    let (resources, is_partial) = (scene.clauses.page)(&request.filter, matching, &may_retrieve);
    Chosen {
        resources,
        is_partial,
    }
}

/// Puts each chosen descendant below its parent, if that was chosen too.
fn nest<'a>(
    scene: &Scene<'_>,
    viewer: Viewer<'_>,
    resource: &Resource,
    chosen: &HashMap<&'a str, Vec<&'a Resource>>,
    shown: &mut Map<String, Value>,
) {
    for child in chosen.get(resource.id.as_str()).into_iter().flatten() {
        let mut nested = attributes(scene, viewer, child);
        nest(scene, viewer, child, chosen, &mut nested);
        let siblings = shown
            .entry(child.kind.root())
            .or_insert_with(|| Value::Array(Vec::new()));
        if let Some(siblings) = siblings.as_array_mut() {
            siblings.push(Value::Object(nested));
        }
    }
}

fn by_parent<'a>(resources: &[&'a Resource]) -> HashMap<&'a str, Vec<&'a Resource>> {
    let mut families: HashMap<&str, Vec<&Resource>> = HashMap::new();
    for resource in resources {
        if let Some(parent) = &resource.parent {
            families.entry(parent.as_str()).or_default().push(resource);
        }
    }
    families
}
