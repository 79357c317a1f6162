//! The request of a step, and what it asks for.

use super::Run;
use crate::catalogue::behaviour::{Action, Step};
use crate::purposes::answer::Answer;
use crate::purposes::check::{Asked, Represents};
use crate::purposes::manner;
use crate::purposes::representation;
use crate::purposes::stop::Stop;
use crate::purposes::subject::{kind, members, points_of_access};
use crate::purposes::world::{Manner, World, discovery};
use onem2m_primitive::{Operation, Request};
use serde_json::{Value, json};

impl Run {
    /// Sends the request of a step; what it asked for, what came back, and whether that was inside an ESPrim Object.
    pub(super) async fn send(
        &self,
        world: &mut World<'_>,
        step: &Step,
        name: &str,
    ) -> Result<(Asked, Answer, bool), Stop> {
        let mut created = None;
        for entity in points_of_access(&step.action) {
            world.open_point_of_access(name, &entity)?;
        }
        let from = match &step.from {
            Some(from) => Some(world.fill_text(name, from.as_str()).await?),
            None => None,
        };
        let headers = manner::headers(world, step, name).await?;
        let mut asked = Asked {
            members: members(world, step).map_err(|unfilled| Stop::unfilled(name, &unfilled))?,
            canary: Some(world.canary()),
            ..Asked::of(Operation::Retrieve)
        };
        let request = match &step.action {
            Action::Create {
                name: resource,
                kind,
                parent,
                content,
            } => {
                asked.operation = Operation::Create;
                asked.canary = None;
                let parent = world.find(name, parent)?;
                let content = world.fill(name, content).await?;
                let chosen = representation::attributes(Some(&content))
                    .and_then(|attributes| attributes.get("rn"))
                    .and_then(Value::as_str);
                if let Some(chosen) = chosen {
                    asked.represents = Represents::AtMost(chosen.to_owned());
                }
                let path = match chosen {
                    Some(chosen) => format!("{parent}/{chosen}"),
                    None => format!("{parent}/{}", world.resource_name(resource)),
                };
                let request = Request::create(parent, kind.code(), content);
                if step.is_usual() {
                    let answer = world
                        .create(resource, &step.actor, name, step.role, request, path)
                        .await?;
                    return Ok((asked, answer, false));
                }
                created = Some((path, kind.code()));
                request
            }
            Action::Retrieve {
                target: resource,
                attributes,
                result_content,
            } => {
                let path = world.find(name, resource)?;
                asked.represents = match (resource.rsplit('/').next(), name_in(&path)) {
                    (Some("la" | "ol"), _) => Represents::SomeResource,
                    (_, name) if attributes.is_empty() => Represents::Resource(name),
                    (_, name) => Represents::AtMost(name),
                };
                let mut request = Request::retrieve(path);
                request.attribute_list = attributes.clone();
                request.result_content = *result_content;
                request
            }
            Action::Update {
                target: resource,
                with,
            } => {
                asked.operation = Operation::Update;
                let key = kind(&self.kinds, step, resource).key();
                let content = world.fill(name, &json!({ key: with })).await?;
                let path = world.find(name, resource)?;
                asked.represents = Represents::AtMost(name_in(&path));
                Request::update(path, content)
            }
            Action::Delete { target: resource } => {
                asked.operation = Operation::Delete;
                let path = world.find(name, resource)?;
                // Only the IUT knows which instance the latest and the oldest are.
                if !matches!(resource.rsplit('/').next(), Some("la" | "ol")) {
                    asked.represents = Represents::AtMost(name_in(&path));
                }
                Request::delete(path)
            }
            Action::Discover {
                target: resource,
                labels,
                finds,
            } => {
                asked.discovery = true;
                asked.sought = finds
                    .iter()
                    .map(|name| world.ids(name))
                    .collect::<Result<_, _>>()
                    .map_err(|unfilled| Stop::unfilled(name, &unfilled))?;
                let labels = match world.fill(name, &json!(labels)).await? {
                    Value::Array(labels) => labels
                        .iter()
                        .filter_map(Value::as_str)
                        .map(str::to_owned)
                        .collect(),
                    _ => Vec::new(),
                };
                discovery(world.find(name, resource)?, labels)
            }
            Action::Notify {
                target: resource,
                content,
            } => {
                asked.operation = Operation::Notify;
                let content = world.fill(name, content).await?;
                Request::notify(world.find(name, resource)?, content)
            }
            Action::Register { with } => {
                asked.operation = Operation::Create;
                asked.canary = None;
                let (request, path) = world.registration(&step.actor, name, with).await?;
                asked.represents = Represents::AtMost(name_in(&path));
                request
            }
            Action::WaitUntil { .. } | Action::Inbound { .. } | Action::Answers { .. } => {
                return Err(Stop::error(name, "the step sends no request"));
            }
        };
        let path = match &step.path {
            Some(path) => Some(world.fill_text(name, path.as_str()).await?),
            None => None,
        };
        let query = manner::fields(world, &step.query, name).await?;
        let manner = Manner {
            from: from.as_deref(),
            headers: &headers,
            path: path.as_deref(),
            query: &query,
            way: manner::way(world, step, name)?,
            patience: manner::patience(world, step),
        };
        let mut request = request;
        if !step.tokens.is_empty() {
            request.tokens = world
                .tokens(name, &step.actor, target(&step.action), &step.tokens)
                .await?;
        }
        let (actor, role) = (&step.actor, step.role);
        let (answer, is_inner) = match &step.protect {
            None => {
                let sent = world.send_in(manner, actor, name, role, request);
                (sent.await?, false)
            }
            Some(protection) => {
                let sent = world.send_protected(manner, actor, name, role, request, protection);
                let sealed = sent.await?;
                (sealed.answer, sealed.is_inner)
            }
        };
        if matches!(step.action, Action::Register { .. }) && answer.succeeded() {
            let path = world.find(name, &step.actor)?;
            world.enrol(&step.actor, name, path, &answer)?;
        }
        if let (Some((path, kind)), true) = (created, answer.succeeded()) {
            world.remember(&step.actor, path, Some(kind));
        }
        Ok((asked, answer, is_inner))
    }
}

/// The name of the resource at the end of a structured id.
fn name_in(path: &str) -> String {
    path.rsplit('/').next().unwrap_or_default().to_owned()
}

/// The resource that a step does something with: of a Create the parent.
fn target(action: &Action) -> &str {
    match action {
        Action::Create { parent, .. } => parent,
        Action::Retrieve { target, .. }
        | Action::Update { target, .. }
        | Action::Delete { target }
        | Action::Discover { target, .. }
        | Action::Notify { target, .. } => target,
        Action::Register { .. }
        | Action::WaitUntil { .. }
        | Action::Inbound { .. }
        | Action::Answers { .. } => "{CB}",
    }
}
