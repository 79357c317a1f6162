use onem2m_access::Directory;
use onem2m_identity::{Entity, ResourceAddress};

use crate::address::{self, Located};
use crate::resource::{Kind, Resource};
use crate::scene::Scene;

/// The groups that the CSE hosts, as the access decision looks them up.
pub(crate) struct Groups<'a>(pub(crate) Scene<'a>);

impl Directory for Groups<'_> {
    fn members(&self, group: &ResourceAddress) -> Option<Vec<Entity>> {
        let group = (self.0.clauses.group)(&self.0, group)?;
        Some((self.0.clauses.members)(&self.0, group))
    }
}

/// The `<group>` that a resource identifier in accessControlOriginators names, in any form; none for anything else
/// (TS-0001 V3.36.0, Table 9.6.2.1-1). One on another CSE is not fetched.
pub(crate) fn group<'a>(scene: &Scene<'a>, address: &ResourceAddress) -> Option<&'a Resource> {
    let is_whole = address
        .path()
        .is_some_and(|path| path.attribute().is_none());
    address::resource(scene.tree, scene.home, &address.to_string())
        .filter(|resource| is_whole && resource.kind == Kind::Group)
}

/// The originators that are members of a group themselves. What a sub-group holds is not looked into: its identifier is
/// that of no AE (TS-0001 V3.36.0, 9.6.2.1).
pub(crate) fn members(scene: &Scene<'_>, group: &Resource) -> Vec<Entity> {
    let members = group.texts("mid").unwrap_or_default();
    members
        .into_iter()
        .filter_map(|member| (scene.clauses.member)(scene, member))
        .collect()
}

/// Whom a member stands for: the AE or CSE that an `<AE>` or `<remoteCSE>` represents, nobody if it is anything else.
pub(crate) fn member(scene: &Scene<'_>, member: &str) -> Option<Entity> {
    match address::locate(scene.tree, scene.home, member)? {
        Located::Resource(resource) => match resource.kind {
            Kind::ApplicationEntity | Kind::RemoteCse => Some(resource.creator.clone()),
            _ => None,
        },
        _ => None,
    }
}
