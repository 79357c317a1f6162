use std::collections::{BTreeMap, BTreeSet, HashMap};

use onem2m_identity::{AeStem, Entity, Home};
use time::OffsetDateTime;

use crate::aggregations::Aggregations;
use crate::channels::Channels;
use crate::end_to_end::Vault;
use crate::forward;
use crate::group_requests::GroupRequests;
use crate::receive::Postponed;
use crate::resource::{Kind, Resource};

/// The resources of the CSE. The root is the `<CSEBase>` and is always there.
#[derive(Debug)]
pub(crate) struct Tree {
    root: String,
    resources: HashMap<String, Resource>,
    /// The child of a parent, by its name.
    names: HashMap<(String, String), String>,
    expiries: BTreeSet<(OffsetDateTime, String)>,
    /// Whom the AE-ID-Stems of registered AEs stand for.
    registry: HashMap<AeStem, Entity>,
    /// The AEs that registered with a credential whose identity was not known.
    credentials: HashMap<String, Vec<Entity>>,
    /// The Credential-ID of the association in which an AE registered.
    registered_by: HashMap<Entity, String>,
    /// AEs with a stem of the service provider that were announced at the IN-CSE.
    announced: BTreeSet<AeStem>,
    assigned: HashMap<Kind, u64>,
    /// What is to be done with the resources later, by when.
    agenda: BTreeMap<(OffsetDateTime, String), Postponed>,
    /// The group requests that came for resources.
    pub(crate) group_requests: GroupRequests,
    /// Where notifications of the members of groups are collected.
    pub(crate) aggregations: Aggregations,
    /// What is on its way through polling channels.
    channels: Channels,
    /// What is kept of sessions of end-to-end security.
    pub(crate) end_to_end: Vault,
}

impl Tree {
    pub(crate) fn new(root: Resource) -> Self {
        let mut tree = Self {
            root: root.id.clone(),
            resources: HashMap::new(),
            names: HashMap::new(),
            expiries: BTreeSet::new(),
            registry: HashMap::new(),
            credentials: HashMap::new(),
            registered_by: HashMap::new(),
            announced: BTreeSet::new(),
            assigned: HashMap::new(),
            agenda: BTreeMap::new(),
            group_requests: GroupRequests::default(),
            aggregations: Aggregations::default(),
            channels: Channels::default(),
            end_to_end: Vault::default(),
        };
        tree.insert(root);
        tree
    }

    pub(crate) fn root(&self) -> &str {
        &self.root
    }

    pub(crate) fn get(&self, id: &str) -> Option<&Resource> {
        self.resources.get(id)
    }

    /// The resource, to be changed in its attributes. For its expiry there is [`Tree::expire_at`].
    pub(crate) fn get_mut(&mut self, id: &str) -> Option<&mut Resource> {
        self.resources.get_mut(id)
    }

    pub(crate) fn parent(&self, resource: &Resource) -> Option<&Resource> {
        self.get(resource.parent.as_deref()?)
    }

    pub(crate) fn child(&self, parent: &str, name: &str) -> Option<&Resource> {
        let id = self.names.get(&(parent.to_owned(), name.to_owned()))?;
        self.get(id)
    }

    /// The children, oldest first.
    pub(crate) fn children<'a>(
        &'a self,
        resource: &'a Resource,
    ) -> impl DoubleEndedIterator<Item = &'a Resource> {
        resource.children.iter().filter_map(|id| self.get(id))
    }

    /// The instances that a container or time series holds, oldest first.
    pub(crate) fn instances<'a>(
        &'a self,
        resource: &'a Resource,
    ) -> impl DoubleEndedIterator<Item = &'a Resource> {
        self.children(resource)
            .filter(|child| child.kind.is_instance())
    }

    /// Everything below a resource with its depth, parents before their children.
    pub(crate) fn descendants<'a>(&'a self, resource: &'a Resource) -> Vec<(&'a Resource, u32)> {
        let mut found = Vec::new();
        let mut pending: Vec<(&Resource, u32)> = self
            .children(resource)
            .rev()
            .map(|child| (child, 1))
            .collect();
        while let Some((next, depth)) = pending.pop() {
            found.push((next, depth));
            pending.extend(self.children(next).rev().map(|child| (child, depth + 1)));
        }
        found
    }

    /// The structured CSE-relative identifier.
    pub(crate) fn path(&self, resource: &Resource) -> String {
        let mut names = vec![resource.name.as_str()];
        let mut current = resource;
        while let Some(parent) = self.parent(current) {
            names.push(&parent.name);
            current = parent;
        }
        names.reverse();
        names.join("/")
    }

    /// The AE that is registered with this stem.
    pub(crate) fn registered(&self, stem: &AeStem) -> Option<&Entity> {
        self.registry.get(stem)
    }

    /// Notes whom a stem stands for from now on.
    pub(crate) fn enrol(&mut self, stem: AeStem, registree: Entity) {
        self.registry.insert(stem, registree);
    }

    /// Ends what a stem stood for.
    pub(crate) fn strike(&mut self, stem: &AeStem) {
        self.registry.remove(stem);
    }

    /// The AEs that a Credential-ID stands for.
    pub(crate) fn bound_to(&self, credential: &str) -> &[Entity] {
        self.credentials.get(credential).map_or(&[], Vec::as_slice)
    }

    /// Makes a Credential-ID stand for an AE, too.
    pub(crate) fn bind(&mut self, credential: &str, application: Entity) {
        let bound = self.credentials.entry(credential.to_owned()).or_default();
        if !bound.contains(&application) {
            bound.push(application);
        }
    }

    /// The Credential-ID of the association in which an AE or a CSE registered.
    pub(crate) fn registered_by(&self, registree: &Entity) -> Option<&str> {
        self.registered_by.get(registree).map(String::as_str)
    }

    /// Notes with what an AE or a CSE was authenticated when it registered.
    pub(crate) fn note_credential(&mut self, registree: Entity, credential: String) {
        self.registered_by.insert(registree, credential);
    }

    /// Ends that credentials stand for an AE or a CSE.
    pub(crate) fn release(&mut self, registree: &Entity) {
        self.registered_by.remove(registree);
        self.credentials.retain(|_, bound| {
            bound.retain(|entity| entity != registree);
            !bound.is_empty()
        });
    }

    /// The Credential-IDs that stand for somebody.
    pub(crate) fn credentials(&self) -> impl Iterator<Item = &str> {
        self.credentials.keys().map(String::as_str)
    }

    /// Whether the AE with this stem was announced at the IN-CSE.
    pub(crate) fn is_announced(&self, stem: &AeStem) -> bool {
        self.announced.contains(stem)
    }

    /// Notes that the AE with this stem is announced at the IN-CSE.
    pub(crate) fn announce(&mut self, stem: AeStem) {
        self.announced.insert(stem);
    }

    /// The AEs that are registered, with whom each is.
    pub(crate) fn applications(&self) -> impl Iterator<Item = (&Resource, &Entity)> {
        self.resources
            .values()
            .filter(|resource| resource.kind == Kind::ApplicationEntity)
            .map(|resource| (resource, &resource.creator))
    }

    /// The `<remoteCSE>` resources of the CSEs that are registered, oldest first.
    pub(crate) fn registrees(&self) -> impl Iterator<Item = &Resource> {
        self.get(&self.root)
            .into_iter()
            .flat_map(|root| self.children(root))
            .filter(|resource| resource.kind == Kind::RemoteCse)
    }

    /// The `<remoteCSE>` of a CSE.
    pub(crate) fn registree(&self, cse: &Entity, home: &Home) -> Option<&Resource> {
        self.registrees().find(|registree| {
            let csi = registree.text("csi").unwrap_or_default();
            forward::cse(csi, home).as_ref() == Some(cse)
        })
    }

    /// The next identifier for a resource of this type. It begins with a lower-case letter, so that it is no AE-ID-Stem.
    pub(crate) fn assign_id(&mut self, kind: Kind) -> String {
        let number = self.next_number(kind);
        format!("{}{number:07}", kind.name())
    }

    pub(crate) fn insert(&mut self, resource: Resource) {
        if let Some(parent) = resource.parent.clone() {
            self.names
                .insert((parent.clone(), resource.name.clone()), resource.id.clone());
            if let Some(parent) = self.resources.get_mut(&parent) {
                parent.children.push(resource.id.clone());
            }
        }
        if let Some(expires) = resource.expires {
            self.expiries.insert((expires, resource.id.clone()));
        }
        self.resources.insert(resource.id.clone(), resource);
    }

    /// Moves the expiry of a resource.
    pub(crate) fn expire_at(&mut self, id: &str, expires: OffsetDateTime) {
        let Some(resource) = self.resources.get_mut(id) else {
            return;
        };
        if let Some(former) = resource.expires.replace(expires) {
            self.expiries.remove(&(former, id.to_owned()));
        }
        self.expiries.insert((expires, id.to_owned()));
    }

    /// Removes a resource with everything below it (TS-0004 V3.32.0, 7.3.3.8) and gives back the resource itself.
    pub(crate) fn remove(&mut self, id: &str) -> Option<Resource> {
        let removed = self.take(id)?;
        if let Some(parent) = removed
            .parent
            .as_deref()
            .and_then(|parent| self.resources.get_mut(parent))
        {
            parent.children.retain(|child| child != id);
        }
        let mut pending = removed.children.clone();
        while let Some(next) = pending.pop() {
            if let Some(descendant) = self.take(&next) {
                pending.extend(descendant.children);
            }
        }
        Some(removed)
    }

    /// The resources whose time has come, longest ago first.
    pub(crate) fn expired(&self, now: OffsetDateTime) -> Vec<String> {
        let due = self
            .expiries
            .iter()
            .take_while(|(expires, _)| *expires <= now);
        due.map(|(_, id)| id.clone()).collect()
    }

    /// Puts a request off.
    pub(crate) fn postpone(&mut self, due: OffsetDateTime, postponed: Postponed) {
        self.agenda.insert((due, postponed.id.clone()), postponed);
    }

    /// Takes the request that is due for longest off the agenda, with the moment that it was put off to.
    pub(crate) fn take_due(&mut self, now: OffsetDateTime) -> Option<(OffsetDateTime, Postponed)> {
        let entry = self
            .agenda
            .first_entry()
            .filter(|entry| entry.key().0 <= now)?;
        let ((due, _), postponed) = entry.remove_entry();
        Some((due, postponed))
    }

    /// What is on its way through polling channels, if this is one of them.
    pub(crate) fn channels_with(&mut self, channel: &str) -> Option<&mut Channels> {
        let is_there = self
            .get(channel)
            .is_some_and(|resource| resource.kind == Kind::PollingChannel);
        is_there.then_some(&mut self.channels)
    }

    fn next_number(&mut self, kind: Kind) -> u64 {
        let number = self.assigned.entry(kind).or_default();
        *number += 1;
        *number
    }

    fn take(&mut self, id: &str) -> Option<Resource> {
        let removed = self.resources.remove(id)?;
        self.channels.remove(id);
        self.aggregations.remove_group(id);
        if let Some(parent) = &removed.parent {
            self.names.remove(&(parent.clone(), removed.name.clone()));
        }
        if let Some(expires) = removed.expires {
            self.expiries.remove(&(expires, removed.id.clone()));
        }
        Some(removed)
    }
}
