use onem2m_identity::{CsePath, Home, ResourceAddress};

use crate::resource::{Kind, Resource};
use crate::tree::Tree;

/// A virtual child of a container or time series (TS-0001 V3.36.0, 9.6.27 and 9.6.28).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Virtual {
    Latest,
    Oldest,
}

/// What a resource identifier leads to.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Located<'a> {
    /// A resource with a representation.
    Resource(&'a Resource),
    /// A virtual child of the resource.
    Virtual(&'a Resource, Virtual),
}

impl Virtual {
    pub(crate) fn named(name: &str) -> Option<Self> {
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
    let is_hosted = address.sp().is_none_or(|sp| *sp == home.sp)
        && address.cse().is_none_or(|cse| *cse == home.cse);
    if !is_hosted {
        return None;
    }
    match address.path() {
        None => tree.get(tree.root()).map(Located::Resource),
        Some(path) => walk(tree, path),
    }
}

/// The resource behind an identifier; none for a virtual child.
pub(crate) fn resource<'a>(tree: &'a Tree, home: &Home, text: &str) -> Option<&'a Resource> {
    match locate(tree, home, text)? {
        Located::Resource(resource) => Some(resource),
        Located::Virtual(..) => None,
    }
}

/// The `<accessControlPolicy>` behind an identifier.
pub(crate) fn policy<'a>(tree: &'a Tree, home: &Home, text: &str) -> Option<&'a Resource> {
    resource(tree, home, text).filter(|resource| resource.kind == Kind::AccessControlPolicy)
}

/// A path begins with the name of the `<CSEBase>`, `-` in its place, or an unstructured identifier, behind which only a
/// virtual child can follow (TS-0001 V3.36.0, 9.3.1).
fn walk<'a>(tree: &'a Tree, path: &CsePath) -> Option<Located<'a>> {
    let root = tree.get(tree.root())?;
    let mut segments = path.segments().peekable();
    let first = segments.next()?;
    let is_structured = first == root.name || first == "-";
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
            _ if is_structured => current = tree.child(&current.id, name)?,
            _ => return None,
        }
    }
    Some(Located::Resource(current))
}
