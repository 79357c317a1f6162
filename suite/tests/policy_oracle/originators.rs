use serde_json::Value;

use crate::decision::{Known, World};

/// Whether one of the entries stands for the originator of the request or for a role that it holds.
pub fn listed(world: &World, entries: &Value, request: &Value) -> Known {
    let names = Names::of(world, request["from"].as_str()?);
    let mut found = false;
    for entry in entries.as_array()? {
        let entry = entry
            .as_str()
            .filter(|entry| !entry.is_empty() && !entry.contains(' '))?;
        found |= stands_for(world, entry, &names, request);
    }
    Some(found)
}

/// All the ways to write one AE or CSE at the hosting CSE: the entry is not completed, the originator is shortened.
#[derive(PartialEq)]
struct Names {
    /// `//sp.example/iut/CtpA2`.
    absolute: String,
    /// `/iut/CtpA2`, if in the own domain.
    in_domain: Option<String>,
    /// `CtpA2`, if the stem alone is enough here.
    here: Option<String>,
}

impl Names {
    fn of(world: &World, written: &str) -> Self {
        let absolute = match written.bytes().take_while(|octet| *octet == b'/').count() {
            0 if written.starts_with('S') => format!("{}/{written}", world.sp),
            0 => format!("{}{}/{written}", world.sp, world.cse),
            1 => format!("{}{written}", world.sp),
            _ => written.to_owned(),
        };
        let behind = |text: &str, prefix: &str| {
            let rest = text.get(prefix.len()..)?;
            (text.starts_with(prefix) && rest.starts_with('/')).then(|| rest.to_owned())
        };
        let in_domain = behind(&absolute, &world.sp);
        let here = in_domain.as_ref().and_then(|name| {
            let at_this_cse = behind(name, &world.cse);
            let in_the_domain = name.starts_with("/S").then(|| name.clone());
            at_this_cse
                .or(in_the_domain)
                .map(|stem| stem[1..].to_owned())
        });
        Self {
            absolute,
            in_domain,
            here,
        }
    }
}

fn stands_for(world: &World, entry: &str, names: &Names, request: &Value) -> bool {
    if entry == "all" {
        return true;
    }
    let roles = request["roles"].as_array().map_or(&[][..], Vec::as_slice);
    let is_role = roles.iter().any(|role| role == entry);
    let is_group = world.groups.get(entry).is_some_and(|members| {
        members
            .iter()
            .any(|member| Names::of(world, member) == *names)
    });
    is_role || is_group || is_name(entry, names)
}

/// An entry is held against the name that is written in its form, never against another.
fn is_name(entry: &str, names: &Names) -> bool {
    let slashes = entry.matches('/').count();
    let (name, is_domain) = match entry.as_bytes() {
        [b'/', b'/', ..] => (Some(&names.absolute), slashes == 2),
        [b'/', ..] => (names.in_domain.as_ref(), false),
        _ if slashes == 0 => (names.here.as_ref(), false),
        _ => (None, false),
    };
    match name {
        None => false,
        Some(name) if is_domain => name.split('/').nth(2) == entry.get(2..),
        Some(name) => is_match(entry.as_bytes(), name.as_bytes()),
    }
}

/// Matches by a table: `row[n]` tells whether the pattern so far matches the first `n` octets. A wildcard carries a match
/// on over every octet but a slash.
fn is_match(pattern: &[u8], text: &[u8]) -> bool {
    let mut row = vec![false; text.len() + 1];
    row[0] = true;
    for symbol in pattern {
        let mut next = vec![false; text.len() + 1];
        for end in 0..=text.len() {
            next[end] = match (symbol, end.checked_sub(1)) {
                (b'*', None) => row[0],
                (b'*', Some(last)) => row[end] || (next[last] && text[last] != b'/'),
                (_, None) => false,
                (literal, Some(last)) => row[last] && text[last] == *literal,
            };
        }
        row = next;
    }
    row[text.len()]
}
