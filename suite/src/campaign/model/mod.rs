//! What the tester has made of an IUT: resources, who made them, which policies stand on them.

mod decision;
pub mod link;
mod resource;
mod words;

pub use decision::Decision;
pub use resource::Resource;

use super::kind::Kind;
use super::site::Site;
use super::step::{Form, Step, Target, Virtual};
use crate::catalogue::behaviour::identity_pattern;
use crate::tester::naming::Naming;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};
use time::OffsetDateTime;

/// The slot of the `<CSEBase>`.
pub const BASE: &str = "CB";

/// The administrator among those who send.
pub const ADMINISTRATOR: &str = "ADM";

/// The AEs of the tester. The identity of the last one begins with that of the one before.
pub const ENTITIES: [&str; 3] = ["AE1", "AE2", "AE22"];

/// The state of one world of the tester.
#[derive(Debug, Clone)]
pub struct Model {
    /// The IUT.
    pub site: Site,
    naming: Naming,
    resources: Vec<Resource>,
    registered: BTreeSet<String>,
    /// The URLs at which AEs of the tester are notified.
    points: BTreeMap<String, String>,
    /// Who might retrieve a resource when it was made, by entity and slot, of those who are told of it.
    entitled: BTreeSet<(String, String)>,
    /// What time it is on the IUT's clock.
    pub now: Option<OffsetDateTime>,
}

impl Model {
    /// A world in which nothing has been made.
    pub fn new(site: Site, naming: Naming) -> Self {
        let base = Resource::base(&site.cse_base);
        Self {
            site,
            naming,
            resources: vec![base],
            registered: BTreeSet::new(),
            points: BTreeMap::new(),
            entitled: BTreeSet::new(),
            now: None,
        }
    }

    /// The tag of its names.
    pub fn tag(&self) -> &str {
        self.naming.tag()
    }

    /// All resources, those that are gone too, in the order in which they were made.
    pub fn resources(&self) -> &[Resource] {
        &self.resources
    }

    /// The resources that are there and that the tester made.
    pub fn alive(&self) -> impl Iterator<Item = &Resource> {
        self.resources
            .iter()
            .filter(|it| it.is_alive && it.kind != Kind::Cb)
    }

    /// The resource of a slot, there or gone.
    pub fn slot(&self, slot: &str) -> Option<&Resource> {
        self.resources.iter().find(|it| it.slot == slot)
    }

    fn slot_mut(&mut self, slot: &str) -> Option<&mut Resource> {
        self.resources.iter_mut().find(|it| it.slot == slot)
    }

    /// Whether an AE is registered.
    pub fn is_registered(&self, entity: &str) -> bool {
        entity == ADMINISTRATOR || self.registered.contains(entity)
    }

    /// The AE-ID-Stem of an entity, or the administrator's identity.
    pub fn identity(&self, entity: &str) -> String {
        match entity {
            ADMINISTRATOR => self.site.administrator.clone(),
            entity => match self.site.holder(entity) {
                Some(stem) => stem.to_owned(),
                None => self.naming.rewrite(&identity_pattern(entity)),
            },
        }
    }

    /// An AE of the tester is notified at a URL.
    pub fn is_notified_at(&mut self, entity: &str, url: String) {
        self.points.insert(entity.to_owned(), url);
    }

    /// The URL at which an AE of the tester is notified.
    pub fn point_of_access(&self, entity: &str) -> Option<&str> {
        self.points.get(entity).map(String::as_str)
    }

    /// Whether an AE might retrieve a resource when it was made, so far as it is told of it.
    pub fn was_entitled(&self, entity: &str, slot: &str) -> bool {
        self.entitled
            .contains(&(entity.to_owned(), slot.to_owned()))
    }

    /// Takes note of who may retrieve a resource that was made just now, and is told of it.
    pub fn note_entitled(&mut self, slot: &str) {
        let Some(resource) = self.slot(slot) else {
            return;
        };
        let parent = resource.parent.as_deref().unwrap_or_default();
        if !self.children(parent).any(|it| it.kind == Kind::Sub) {
            return;
        }
        let may = |entity: &&str| {
            let identity = self.identity(entity);
            self.permits(&identity, "retrieve", resource, None) != Some(false)
        };
        let entitled: Vec<_> = ENTITIES
            .into_iter()
            .filter(may)
            .map(|entity| (entity.to_owned(), slot.to_owned()))
            .collect();
        self.entitled.extend(entitled);
    }

    /// The resource name for a word.
    pub fn resource_name(&self, word: &str) -> String {
        self.naming.resource(word)
    }

    /// The resource that a target means: that of the slot, or the one that has its structured id now.
    pub fn found(&self, target: &Target) -> Option<&Resource> {
        let meant = self.slot(&target.slot)?;
        if meant.is_alive {
            return Some(meant);
        }
        if target.form == Form::Unstructured {
            // An AE that registers again has the id that it had.
            return self
                .resources
                .iter()
                .find(|it| it.is_alive && it.id.is_some() && it.id == meant.id);
        }
        self.at_path(&meant.path)
    }

    /// The resource that is at a path now.
    pub fn at_path(&self, path: &str) -> Option<&Resource> {
        self.resources
            .iter()
            .find(|it| it.is_alive && it.path == path)
    }

    /// The resource on which a step acts in the end; an instance for `<latest>` and `<oldest>`.
    pub fn subject(&self, step: &Step) -> Option<&Resource> {
        let found = self.found(&step.on)?;
        match step.on.below {
            None | Some(Virtual::FanOut) => Some(found),
            Some(Virtual::Latest) => self.instances(&found.slot).last(),
            Some(Virtual::Oldest) => self.instances(&found.slot).next(),
        }
    }

    /// The slots that the attributes of a step name as policies or members.
    pub fn named(&self, step: &Step) -> Vec<Option<&Resource>> {
        let content = step.content.as_ref();
        ["acpi", "mid"]
            .into_iter()
            .filter_map(|name| content?.get(name)?.as_array())
            .flatten()
            .map(|text| self.slot(link::slot(text)?))
            .collect()
    }

    /// The instances of a container, oldest first.
    pub fn instances<'a>(
        &'a self,
        container: &str,
    ) -> impl Iterator<Item = &'a Resource> + use<'a> {
        self.children(container).filter(|it| it.kind == Kind::Cin)
    }

    /// What is directly below a resource.
    pub fn children<'a>(&'a self, parent: &str) -> impl Iterator<Item = &'a Resource> + use<'a> {
        let parent = parent.to_owned();
        self.resources
            .iter()
            .filter(move |it| it.is_alive && it.parent.as_deref() == Some(&parent))
    }

    /// What is below a resource at whatever depth.
    pub fn descendants(&self, slot: &str) -> Vec<&Resource> {
        let mut found = Vec::new();
        let mut pending = vec![slot.to_owned()];
        while let Some(parent) = pending.pop() {
            for child in self.children(&parent) {
                pending.push(child.slot.clone());
                found.push(child);
            }
        }
        found
    }

    /// How deep a resource is below the `<CSEBase>`.
    pub fn depth(&self, resource: &Resource) -> usize {
        resource.path.matches('/').count()
    }

    /// Takes note of a resource that was made.
    pub fn insert(&mut self, resource: Resource) {
        if resource.kind == Kind::Ae {
            self.registered.insert(resource.creator.clone());
        }
        self.resources.retain(|it| it.slot != resource.slot);
        self.resources.push(resource);
    }

    /// Takes note that a resource is gone, with everything below it.
    pub fn remove(&mut self, slot: &str) {
        let below: Vec<String> = self
            .descendants(slot)
            .into_iter()
            .map(|it| it.slot.clone())
            .collect();
        for gone in below.iter().map(String::as_str).chain([slot]) {
            let Some(resource) = self.slot_mut(gone) else {
                continue;
            };
            resource.is_alive = false;
            if resource.kind == Kind::Ae {
                let entity = resource.creator.clone();
                self.registered.remove(&entity);
            }
        }
    }

    /// Takes note of attributes that were written.
    pub fn write(&mut self, slot: &str, drafted: &Map<String, Value>) {
        let sent = self.fill_members(drafted);
        if let Some(resource) = self.slot_mut(slot) {
            resource.write(&sent, drafted);
        }
    }

    /// Takes note of accessControlPolicyIDs that were written.
    pub fn link(&mut self, slot: &str, links: Option<Vec<link::Link>>) {
        if let Some(resource) = self.slot_mut(slot) {
            resource.links = links;
        }
    }

    /// Takes note of the members of a group that were written.
    pub fn enrol(&mut self, slot: &str, members: Vec<String>) {
        if let Some(resource) = self.slot_mut(slot) {
            resource.members = members;
        }
    }

    /// From here on nothing is known of a resource.
    pub fn lose_track(&mut self, slot: &str) {
        if let Some(resource) = self.slot_mut(slot) {
            resource.is_sure = false;
        }
    }

    /// From here on nothing is known of a resource and of what is below it, not even whether it is there.
    pub fn lose_track_below(&mut self, slot: &str) {
        let below: Vec<String> = self
            .descendants(slot)
            .into_iter()
            .map(|it| it.slot.clone())
            .collect();
        for lost in below.iter().map(String::as_str).chain([slot]) {
            self.lose_track(lost);
        }
    }

    /// From here on nothing is known of the instances of a container.
    pub fn lose_track_of_instances(&mut self, container: &str) {
        for resource in &mut self.resources {
            if resource.kind == Kind::Cin && resource.parent.as_deref() == Some(container) {
                resource.is_sure = false;
            }
        }
    }

    /// The oldest instances go until a container holds what maxNrOfInstances allows (TS-0004 V3.32.0, 7.4.7.2.1).
    pub fn make_room(&mut self, container: &str) {
        let Some(most) = self
            .slot(container)
            .and_then(|it| it.written.get("mni")?.as_u64())
        else {
            return;
        };
        let most = usize::try_from(most).unwrap_or(usize::MAX);
        let held: Vec<String> = self
            .instances(container)
            .map(|it| it.slot.clone())
            .collect();
        let surplus = held.len().saturating_sub(most);
        for gone in held.iter().take(surplus) {
            self.remove(gone);
        }
    }
}
