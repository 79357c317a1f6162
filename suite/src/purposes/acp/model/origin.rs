//! Where requests come from: the addresses of the tester, and where the IUT locates them.

use super::address;
use super::case::{Case, Context, Rule};
use super::ground::Ground;
use crate::catalogue::behaviour::Source;
use crate::profile::Stated;
use crate::tester::location::Locations;
use crate::tester::sources::Sources;
use serde_json::{Map, Value, json};
use std::net::IpAddr;

/// One of the sources of the tester.
#[derive(Debug, Clone, PartialEq)]
pub struct Origin {
    /// Which.
    pub source: Source,
    /// Its address, as the IUT sees it.
    pub address: Option<IpAddr>,
    /// Where the IUT locates it, in the form of the oracle; none if the profile does not state it, empty if the IUT does
    /// not know it.
    pub location: Option<Value>,
}

/// The sources that the tester has, each address once; the first always.
pub fn origins(sources: &Sources, locations: &Locations, has_ipv6: bool) -> Vec<Origin> {
    let mut origins: Vec<Origin> = Vec::new();
    for source in [Source::First, Source::Second, Source::Ipv6] {
        let address = sources.address(source);
        let is_new = address.is_some() && !origins.iter().any(|other| other.address == address);
        if source == Source::First || (is_new && (source != Source::Ipv6 || has_ipv6)) {
            origins.push(Origin {
                source,
                address,
                location: locations.of(source).and_then(location),
            });
        }
    }
    origins
}

fn location(stated: &Stated) -> Option<Value> {
    if *stated == Stated::Nothing {
        return None;
    }
    let mut location = Map::new();
    if let Some(country) = stated.country() {
        location.insert("country".into(), json!(country));
    }
    if let Some(point) = stated.point() {
        location.insert("point".into(), json!([point.latitude, point.longitude]));
    }
    Some(Value::Object(location))
}

/// The same case from the first source: as it is, and with the plain networks of its own.
pub fn from_the_first(ground: &Ground, case: &Case) -> Vec<Case> {
    if case.ask.source == Source::First {
        return Vec::new();
    }
    let mut moved = case.clone();
    moved.ask.source = Source::First;
    let mut simpler = vec![moved.clone()];
    if let (Some(left), Some(first)) = (
        ground.address(case.ask.source),
        ground.address(Source::First),
    ) {
        moved.for_each_rule(|rule| rebuild(rule, left, first));
        simpler.push(moved);
    }
    simpler
}

/// What is plain around one address becomes plain around another.
fn rebuild(rule: &mut Rule, left: IpAddr, first: IpAddr) {
    let plain = [
        (address::here(left), address::here(first)),
        (address::elsewhere(left), address::elsewhere(first)),
    ];
    for context in &mut rule.contexts {
        let is = |plain: &Context| plain.ipv4 == context.ipv4 && plain.ipv6 == context.ipv6;
        if let Some((_, new)) = plain.iter().find(|(old, _)| is(old)) {
            context.ipv4.clone_from(&new.ipv4);
            context.ipv6.clone_from(&new.ipv6);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn source_without_an_address_of_its_own_is_left_out() {
        let locations = Locations::default();
        let sources = |texts: &[&str]| {
            let texts: Vec<String> = texts.iter().map(|text| (*text).to_owned()).collect();
            let origins = origins(&Sources::read(&texts), &locations, true);
            let sources: Vec<Source> = origins.iter().map(|origin| origin.source).collect();
            sources
        };
        assert_eq!(sources(&["::1"]), [Source::First]);
        assert_eq!(
            sources(&["192.0.2.1", "::1"]),
            [Source::First, Source::Ipv6]
        );
        assert_eq!(
            sources(&["192.0.2.1", "::1", "192.0.2.2"]),
            [Source::First, Source::Second, Source::Ipv6]
        );
    }

    #[test]
    fn what_is_not_stated_is_not_what_is_not_known() {
        assert_eq!(location(&Stated::Nothing), None);
        assert_eq!(location(&Stated::Unknown), Some(json!({})));
    }
}
