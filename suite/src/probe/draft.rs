//! Writes what was found out as a profile.

use super::{Identity, Observation, Seen};
use crate::catalogue::behaviour::Endpoint;
use crate::catalogue::{Catalogue, Pics};
use std::fmt::Write;
use std::path::PathBuf;

/// Where the draft says that the IUT and the tester are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The endpoint.
    pub endpoint: Endpoint,
    /// Its URL.
    pub url: String,
    /// Files of the trust anchors of the IUT's certificate.
    pub trust_anchors: Vec<PathBuf>,
    /// The tester's address, as the IUT sees it.
    pub source: String,
}

/// The release from which the catalogue was written.
const CATALOGUE_RELEASE: u8 = 3;

/// How the AE-IDs of the tester begin.
pub const STEM: &str = "Cconf";

/// The administrator that the draft supposes.
const ADMINISTRATOR: &str = "CAdmin";

/// A profile with what the CSE said and showed; what nobody could see is there as a comment.
pub fn draft(
    catalogue: &Catalogue,
    place: &Place,
    identity: &Identity,
    observations: &[Observation],
) -> String {
    let mut text = String::new();
    head(&mut text, place, identity);
    claims(&mut text, catalogue, observations);
    readings(&mut text, catalogue);
    tester(&mut text, place);
    text
}

/// The part that does not depend on what the CSE can do.
pub fn head(text: &mut String, place: &Place, identity: &Identity) {
    let server = match &identity.server {
        Some(server) => format!("its HTTP server says {}", quoted(server)),
        None => "nothing on the wire tells them".to_owned(),
    };
    let release = release(&identity.releases);
    let listed = identity.releases.join(", ");
    let stem = match identity.keeps_stems {
        true => "",
        false => "; this IUT assigned another stem than was asked for",
    };
    let scheme = format!("{}://", place.endpoint.key());
    let authority = place.url.trim_start_matches(&scheme);
    *text += "# Written by `onem2m-conform probe`: what the IUT said and showed. Read it through; what is a guess\n\
              # says so. Name the administrator, and run `onem2m-conform --profile FILE`.\n\n";
    line(text, "[iut]", "");
    line(
        text,
        &format!("name = {}", quoted(&format!("CSE at {authority}"))),
        &format!("a certifying run needs name, vendor and version; {server}"),
    );
    line(text, "vendor = \"unknown\"", "");
    line(text, "version = \"unknown\"", "");
    line(text, "roles = [\"CSE\"]", "");
    line(
        text,
        &format!("release = {release}"),
        &format!("supportedReleaseVersions of the <CSEBase>: {listed}"),
    );
    line(text, "\n[cse]", "");
    line(
        text,
        &format!("id = {}", quoted(&identity.cse_id)),
        "CSE-ID of the <CSEBase>",
    );
    line(
        text,
        &format!("base = {}", quoted(&identity.base)),
        "resourceName of the <CSEBase>",
    );
    line(
        text,
        "# sp_domain = \"provider.example\"",
        "M2M-SP-ID without its slashes; no attribute tells it, and absolute ids need it",
    );
    line(text, "\n[endpoints]", "");
    let key = place.endpoint.key();
    line(text, &format!("{key} = {}", quoted(&place.url)), "");
    if !place.trust_anchors.is_empty() {
        let files = place.trust_anchors.iter();
        let files: Vec<_> = files.map(|file| quoted(&file.to_string_lossy())).collect();
        line(text, "\n[credentials.certificate.iut]", "");
        line(text, &format!("trust_anchors = [{}]", files.join(", ")), "");
    }
    line(text, "\n[identities]", "");
    line(
        text,
        &format!("admin = {}", quoted(ADMINISTRATOR)),
        "EDIT: an originator that may create and delete below the <CSEBase>",
    );
    line(
        text,
        &format!("ae_stem = {}", quoted(STEM)),
        &format!("AE-IDs of the tester begin with this{stem}"),
    );
}

fn claims(text: &mut String, catalogue: &Catalogue, observations: &[Observation]) {
    line(text, "\n[pics]", "");
    let observed = |pics: &Pics| observations.iter().find(|seen| seen.pics == pics.name);
    let cse = catalogue.pics.values().filter(|pics| pics.role == "CSE");
    for pics in cse {
        let claim = format!("{} = true", pics.name);
        match observed(pics) {
            _ if pics.mandatory => {
                line(text, &claim, &format!("{}; cannot be declined", pics.text))
            }
            Some(Observation {
                seen: Seen::Supported,
                asked,
                ..
            }) => {
                line(text, &claim, &format!("seen: {asked}"));
            }
            Some(Observation {
                seen: Seen::Unsupported,
                detail,
                ..
            }) => {
                line(text, &format!("# {claim}"), &format!("not seen: {detail}"));
            }
            Some(Observation { detail, .. }) => {
                line(
                    text,
                    &format!("# {claim}"),
                    &format!("cannot tell: {detail}"),
                );
            }
            None => line(
                text,
                &format!("# {claim}"),
                &format!("not asked: {}", pics.text),
            ),
        }
    }
}

fn readings(text: &mut String, catalogue: &Catalogue) {
    line(
        text,
        "\n[pixit]",
        "values and readings, where a default does not fit",
    );
    for pixit in catalogue.pixit.values() {
        let assignment = format!("# {} = {}", pixit.name, quoted(&pixit.default));
        line(text, &assignment, &pixit.text);
    }
}

/// The tester's own side.
pub fn tester(text: &mut String, place: &Place) {
    let is_v6 = place.source.contains(':');
    let host = match is_v6 {
        true => format!("[{}]", place.source),
        false => place.source.clone(),
    };
    line(text, "\n[tester]", "");
    line(
        text,
        &format!("listen = {}", quoted(&format!("{host}:0"))),
        "where it accepts notifications",
    );
    line(
        text,
        &format!("advertise = {}", quoted(&format!("http://{host}"))),
        "how the IUT reaches it",
    );
    line(
        text,
        &format!("sources = [{}]", quoted(&place.source)),
        "its source addresses, as the IUT sees them",
    );
}

/// The release to claim: that of the catalogue if the CSE has it, else the newest below, else the oldest.
fn release(listed: &[String]) -> u8 {
    let numbers = listed
        .iter()
        .filter_map(|release| release.trim_end_matches(char::is_alphabetic).parse().ok());
    let mut numbers: Vec<u8> = numbers.collect();
    numbers.sort_unstable();
    let known = numbers
        .iter()
        .rev()
        .find(|number| **number <= CATALOGUE_RELEASE);
    known
        .or(numbers.first())
        .copied()
        .unwrap_or(CATALOGUE_RELEASE)
}

/// A line of the file; what the wire said stays on it.
fn line(text: &mut String, assignment: &str, comment: &str) {
    let comment: String = comment
        .chars()
        .map(|char| if char.is_control() { ' ' } else { char })
        .collect();
    // Writing into a String does not fail.
    let _ = match comment.is_empty() {
        true => writeln!(text, "{assignment}"),
        false => writeln!(text, "{assignment:<36} # {comment}"),
    };
}

/// A basic string on one line: the escapes of JSON are escapes of TOML, which wants one more.
fn quoted(text: &str) -> String {
    let json = serde_json::Value::String(text.to_owned()).to_string();
    json.replace('\u{7f}', "\\u007f")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(releases: &[&str]) -> u8 {
        let releases: Vec<String> = releases.iter().map(|text| (*text).to_owned()).collect();
        release(&releases)
    }

    #[test]
    fn release_of_the_catalogue_is_claimed_where_the_cse_has_it() {
        assert_eq!(listed(&["2a", "3", "4", "5"]), 3);
        assert_eq!(listed(&["1", "2", "2a"]), 2);
        assert_eq!(listed(&["4", "5"]), 4);
        assert_eq!(listed(&[]), 3);
    }

    #[test]
    fn what_the_wire_said_stays_in_its_comment() {
        let mut text = String::new();
        line(&mut text, "release = 3", "4\n[identities]\nadmin = \"x\"");
        assert_eq!(text.lines().count(), 1);
    }

    #[test]
    fn texts_are_escaped() {
        assert_eq!(quoted("a\"b\n\u{7f}"), r#""a\"b\n\u007f""#);
    }
}
