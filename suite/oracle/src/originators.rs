use serde_json::Value;

use crate::decision::{Known, Surroundings};
use crate::readings::Readings;

/// Whether one of the entries stands for the originator of the request or for a role that it holds.
pub fn listed(surroundings: &Surroundings, entries: &Value, request: &Value) -> Known {
    let names = Names::of(surroundings, request.get("from")?.as_str()?);
    let mut found = false;
    for entry in entries.as_array()? {
        let entry = entry
            .as_str()
            .filter(|entry| !entry.is_empty() && !entry.contains(' '))?;
        found |= stands_for(surroundings, entry, &names, request);
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
    fn of(surroundings: &Surroundings, written: &str) -> Self {
        let absolute = match written.bytes().take_while(|octet| *octet == b'/').count() {
            0 if written.starts_with('S') => format!("{}/{written}", surroundings.sp),
            0 => format!("{}{}/{written}", surroundings.sp, surroundings.cse),
            1 => format!("{}{written}", surroundings.sp),
            _ => written.to_owned(),
        };
        let behind = |text: &str, prefix: &str| {
            let rest = text.get(prefix.len()..)?;
            (text.starts_with(prefix) && rest.starts_with('/')).then(|| rest.to_owned())
        };
        let in_domain = behind(&absolute, &surroundings.sp);
        let here = in_domain.as_ref().and_then(|name| {
            let at_this_cse = behind(name, &surroundings.cse);
            // An S alone is no AE-ID-Stem (TS-0001 V3.36.0, Table 7.2-1).
            let is_of_provider = name.starts_with("/S") && name.len() > 2;
            let in_the_domain = is_of_provider.then(|| name.clone());
            at_this_cse
                .or(in_the_domain)
                .and_then(|stem| Some(stem.get(1..)?.to_owned()))
        });
        Self {
            absolute,
            in_domain,
            here,
        }
    }
}

fn stands_for(surroundings: &Surroundings, entry: &str, names: &Names, request: &Value) -> bool {
    if entry == "all" {
        return true;
    }
    let roles = request
        .get("roles")
        .and_then(Value::as_array)
        .map_or(&[][..], Vec::as_slice);
    let is_role = roles.iter().any(|role| role == entry);
    let is_group = surroundings.groups.get(entry).is_some_and(|members| {
        members
            .iter()
            .any(|member| Names::of(surroundings, member) == *names)
    });
    is_role || is_group || is_name(entry, names, &surroundings.readings)
}

/// An entry is held against the name that is written in its form, never against another.
fn is_name(entry: &str, names: &Names, readings: &Readings) -> bool {
    let slashes = entry.matches('/').count();
    let (name, is_domain) = match entry.as_bytes() {
        [b'/', b'/', ..] => (Some(&names.absolute), slashes == 2),
        [b'/', ..] => (names.in_domain.as_ref(), false),
        _ if slashes == 0 => (names.here.as_ref(), false),
        _ => (None, false),
    };
    match name {
        None => false,
        Some(name) if is_domain => {
            let own = name.split('/').nth(2).unwrap_or_default();
            let listed = entry.get(2..).unwrap_or_default();
            match readings.wildcard_in_domain {
                true => is_match(listed.as_bytes(), own.as_bytes(), readings),
                false => listed == own,
            }
        }
        Some(name) => is_match(entry.as_bytes(), name.as_bytes(), readings),
    }
}

/// Matches by a table: `row[n]` tells whether the pattern so far matches the first `n` octets. A wildcard carries a match
/// on over every octet but a slash.
fn is_match(pattern: &[u8], text: &[u8], readings: &Readings) -> bool {
    let mut row: Vec<bool> = std::iter::once(true)
        .chain(text.iter().map(|_| false))
        .collect();
    for symbol in pattern {
        let mut next = Vec::with_capacity(row.len());
        let from_nothing =
            *symbol == b'*' && readings.wildcard_matches_nothing && row.first() == Some(&true);
        next.push(from_nothing);
        let steps = text.iter().zip(row.iter().zip(row.iter().skip(1)));
        for (octet, (before, here)) in steps {
            let carried = next.last() == Some(&true);
            let reached = match (symbol, readings.wildcard_matches_nothing) {
                (b'*', true) => *here || (carried && *octet != b'/'),
                (b'*', false) => (*before || carried) && *octet != b'/',
                (literal, _) => *before && octet == literal,
            };
            next.push(reached);
        }
        row = next;
    }
    row.last() == Some(&true)
}
