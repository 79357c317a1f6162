use onem2m_identity::{CsePath, Home, ResourceAddress};

use crate::aggregations::Aggregation;
use crate::resource::{Kind, Resource};
use crate::tree::Tree;

/// A virtual instance of a container or time series (TS-0001 V3.36.0, 9.6.27 and 9.6.28).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Virtual {
    Latest,
    Oldest,
}

/// What a resource identifier leads to.
#[derive(Clone, Debug)]
pub(crate) enum Located<'a> {
    /// A resource with a representation.
    Resource(&'a Resource),
    /// A virtual instance of the resource.
    Virtual(&'a Resource, Virtual),
    /// The `<fanOutPoint>` of the group, with the names that follow it (TS-0004 V3.32.0, 7.4.14.1).
    FanOut(&'a Resource, Vec<String>),
    /// The `<pollingChannelURI>` of the channel (TS-0004 V3.32.0, 7.4.22).
    Channel(&'a Resource),
    /// An aggregation URI (TS-0004 V3.32.0, 7.4.14.2.3).
    Aggregation(&'a Aggregation),
}

/// The name of the `<fanOutPoint>` (TS-0004 V3.32.0, Table 7.4.13.1-4).
pub(crate) const FAN_OUT_POINT: &str = "fopt";

/// The name of the `<pollingChannelURI>` (TS-0004 V3.32.0, Table 7.4.21.1-3).
const POLLING_CHANNEL_URI: &str = "pcu";

/// Whether a parent of this type has a virtual child of this name.
pub(crate) fn is_virtual_child(parent: Kind, name: &str) -> bool {
    match parent {
        Kind::Group => name == FAN_OUT_POINT,
        Kind::PollingChannel => name == POLLING_CHANNEL_URI,
        _ => parent.holds_instances() && Virtual::named(name).is_some(),
    }
}

impl Virtual {
    fn named(name: &str) -> Option<Self> {
        match name {
            "la" => Some(Self::Latest),
            "ol" => Some(Self::Oldest),
            _ => None,
        }
    }
}

/// Follows a resource identifier of any form to a resource that this CSE hosts (TS-0004 V3.32.0, 6.2.4 and 7.3.2.8).
pub(crate) fn locate<'a>(tree: &'a Tree, home: &Home, text: &str) -> Option<Located<'a>> {
    let address = ResourceAddress::parse(text).ok()?;
    if !is_at_home(&address, home) {
        return None;
    }
    match address.path() {
        None => tree.get(tree.root()).map(Located::Resource),
        Some(path) => walk(tree, path),
    }
}

/// Whether an identifier names a resource of this CSE, there or not.
pub(crate) fn is_hosted(home: &Home, text: &str) -> bool {
    ResourceAddress::parse(text).is_ok_and(|address| is_at_home(&address, home))
}

/// One text for all forms of an identifier, as long as it leads to something.
pub(crate) fn identity(tree: &Tree, home: &Home, text: &str) -> String {
    match locate(tree, home, text) {
        None => text.to_owned(),
        Some(Located::Resource(resource)) => resource.id.clone(),
        Some(Located::Virtual(holder, Virtual::Latest)) => format!("{}/la", holder.id),
        Some(Located::Virtual(holder, Virtual::Oldest)) => format!("{}/ol", holder.id),
        Some(Located::FanOut(group, rest)) => {
            let names = [
                &[group.id.clone(), FAN_OUT_POINT.to_owned()],
                rest.as_slice(),
            ]
            .concat();
            names.join("/")
        }
        Some(Located::Channel(channel)) => format!("{}/{POLLING_CHANNEL_URI}", channel.id),
        Some(Located::Aggregation(aggregation)) => aggregation.id.clone(),
    }
}

/// The resource behind an identifier; none for a virtual child.
pub(crate) fn resource<'a>(tree: &'a Tree, home: &Home, text: &str) -> Option<&'a Resource> {
    match locate(tree, home, text)? {
        Located::Resource(resource) => Some(resource),
        _ => None,
    }
}

/// The `<accessControlPolicy>` behind an identifier.
pub(crate) fn policy<'a>(tree: &'a Tree, home: &Home, text: &str) -> Option<&'a Resource> {
    resource(tree, home, text).filter(|resource| resource.kind == Kind::AccessControlPolicy)
}

fn is_at_home(address: &ResourceAddress, home: &Home) -> bool {
    address.sp().is_none_or(|sp| *sp == home.sp) && address.cse().is_none_or(|cse| *cse == home.cse)
}

/// A path begins with the name of the `<CSEBase>`, `-` in its place, or an unstructured identifier, behind which only a
/// virtual child can follow (TS-0001 V3.36.0, 9.3.1).
fn walk<'a>(tree: &'a Tree, path: &CsePath) -> Option<Located<'a>> {
    let root = tree.get(tree.root())?;
    let mut segments = path.segments().peekable();
    let first = segments.next()?;
    let is_structured = first == root.name || first == "-";
    let aggregation = tree
        .aggregations
        .get(first)
        .filter(|_| segments.peek().is_none());
    if let Some(aggregation) = aggregation {
        return Some(Located::Aggregation(aggregation));
    }
    let mut current = if is_structured {
        root
    } else {
        tree.get(first)?
    };
    while let Some(name) = segments.next() {
        let is_last = segments.peek().is_none();
        match Virtual::named(name) {
            Some(child) if is_last && current.kind.holds_instances() => {
                return Some(Located::Virtual(current, child));
            }
            _ if current.kind == Kind::Group && name == FAN_OUT_POINT => {
                let rest = segments.map(str::to_owned).collect();
                return Some(Located::FanOut(current, rest));
            }
            _ if current.kind == Kind::PollingChannel && is_last && name == POLLING_CHANNEL_URI => {
                return Some(Located::Channel(current));
            }
            _ if is_structured => current = tree.child(&current.id, name)?,
            _ => return None,
        }
    }
    Some(Located::Resource(current))
}
