use std::fmt;

use onem2m_identity::{AeStem, Entity, ResourceAddress, RoleId, SpId, StemScope};

use crate::{Clauses, Situation};

/// The reserved keyword for every originator (TS-0003 V3.18.0, 7.1.3).
const KEYWORD: &str = "all";

/// One entry of accessControlOriginators, as it was written.
///
/// What it stands for is told by its form at the time of the decision; an entry of no known form stands for nobody.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct OriginatorEntry(String);

impl OriginatorEntry {
    /// The entry with this text; `None` if it is empty or holds a blank, which no item of a list can.
    pub fn new(text: &str) -> Option<Self> {
        let is_item = !text.is_empty() && !text.contains(char::is_whitespace);
        is_item.then(|| Self(text.to_owned()))
    }

    /// The entry as it was written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for OriginatorEntry {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// res_origs of TS-0003 V3.18.0, 7.1.5: one entry stands for the originator.
pub(crate) fn originators(
    clauses: &Clauses,
    situation: &Situation<'_>,
    entries: &[OriginatorEntry],
) -> bool {
    entries
        .iter()
        .any(|entry| (clauses.originator)(clauses, situation, entry))
}

/// One entry stands for the originator in one of the ways of TS-0001 V3.36.0, Table 9.6.2.1-1.
pub(crate) fn originator(
    clauses: &Clauses,
    situation: &Situation<'_>,
    entry: &OriginatorEntry,
) -> bool {
    (clauses.keyword)(entry)
        || (clauses.domain)(situation, entry)
        || (clauses.identifier)(clauses, situation, entry)
        || (clauses.group)(situation, entry)
        || (clauses.role)(situation, entry)
}

/// The keyword stands for everybody, in exactly this spelling.
pub(crate) fn keyword(entry: &OriginatorEntry) -> bool {
    entry.as_str() == KEYWORD
}

/// An M2M-SP-ID stands for every AE and CSE of exactly that domain. A wildcard in it is none (TS-0003 V3.18.0, 7.1.3;
/// TS-0004 V3.32.0, Table 7.3.3.15-1 says otherwise, and TS-0003 is followed).
pub(crate) fn domain(situation: &Situation<'_>, entry: &OriginatorEntry) -> bool {
    SpId::parse(entry.as_str()).is_ok_and(|sp| sp == *situation.request.originator.sp())
}

/// An AE-ID or CSE-ID, with or without wildcards, stands for those whose absolute identifier its absolute form matches.
pub(crate) fn identifier(
    clauses: &Clauses,
    situation: &Situation<'_>,
    entry: &OriginatorEntry,
) -> bool {
    let identity = (clauses.identity)(situation);
    (clauses.absolute)(situation, entry)
        .iter()
        .any(|pattern| (clauses.pattern)(clauses, pattern, &identity))
}

/// The absolute identifier of the originator, which entries are compared with.
pub(crate) fn identity(situation: &Situation<'_>) -> String {
    situation.request.originator.absolute()
}

/// The absolute forms of an entry that is an AE-ID or CSE-ID, read in the context of the home CSE
/// (TS-0001 V3.36.0, Table 7.2-1). An entry of another form has none.
///
/// A stem that begins with a wildcard may be of either scope: it has one form for each, and the form without a CSE-ID
/// is for provider-assigned stems only.
pub(crate) fn absolute(situation: &Situation<'_>, entry: &OriginatorEntry) -> Vec<String> {
    let text = entry.as_str();
    let home = situation.home;
    if let Some(behind_domain) = text.strip_prefix("//") {
        // A domain alone is no identifier, and its wildcards are literal.
        return match behind_domain.contains('/') {
            true => vec![text.to_owned()],
            false => Vec::new(),
        };
    }
    if text.starts_with('/') {
        return vec![format!("{}{text}", home.sp)];
    }
    if text.contains('/') {
        return Vec::new();
    }
    let at_registrar = || format!("{}{}/{text}", home.sp, home.cse);
    let at_provider = || format!("{}/{text}", home.sp);
    match (
        text.chars().next(),
        stem_scope(&situation.request.originator),
    ) {
        (Some('C'), _) | (Some('*'), Some(StemScope::Registrar)) => vec![at_registrar()],
        (Some('S'), _) | (Some('*'), Some(StemScope::ServiceProvider)) => vec![at_provider()],
        _ => Vec::new(),
    }
}

/// The resource identifier of a group stands for the AEs and CSEs that are its members. A group that cannot be read
/// stands for nobody: TS-0001 V3.36.0, 9.6.2.1 would refuse the whole request, which permit-overrides of TS-0003
/// V3.18.0, 7.1.5 excludes.
pub(crate) fn group(situation: &Situation<'_>, entry: &OriginatorEntry) -> bool {
    if keyword(entry) {
        return false;
    }
    ResourceAddress::parse(entry.as_str())
        .ok()
        .and_then(|address| situation.directory.members(&address))
        .is_some_and(|members| members.contains(&situation.request.originator))
}

/// A Role-ID stands for whoever validly holds that role.
pub(crate) fn role(situation: &Situation<'_>, entry: &OriginatorEntry) -> bool {
    RoleId::parse(entry.as_str()).is_ok_and(|role| situation.request.roles.contains(&role))
}

fn stem_scope(entity: &Entity) -> Option<StemScope> {
    match entity {
        Entity::Cse { .. } => None,
        Entity::Ae { stem, .. } => Some(AeStem::scope(stem)),
    }
}
