//! `probe` as its users meet it, and what `run` says of the claims of a profile.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

#[path = "hostile/child.rs"]
mod child;
#[path = "hostile/reference.rs"]
mod reference;
#[path = "hostile/usage.rs"]
mod usage;

use child::{Ended, call, folder};
use onem2m_conform::catalogue::Catalogue;
use onem2m_conform::profile::Profile;
use onem2m_conform::report::{ProfileFinding, Results};
use onem2m_conform::verdict::{Outcome, Verdict};
use onem2m_server::Clauses;
use std::collections::BTreeSet;
use std::fs;
use std::net::TcpListener;
use std::path::PathBuf;
use usage::assert_usage;

fn start() -> String {
    format!("http://{}", reference::start(Clauses::SPECIFICATION))
}

/// A file that is not there yet.
fn absent(name: &str) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_file(&path);
    path
}

fn profile(name: &str) -> Profile {
    let catalogue = Catalogue::embedded().unwrap();
    Profile::load(name, &[], &catalogue).unwrap()
}

#[test]
fn draft_of_the_reference_claims_what_its_profile_claims() {
    let path = absent("probe-reference.toml");
    let ended = call(&["probe", &start(), "--out", path.to_str().unwrap()]);
    assert_eq!(ended.code, 0, "{}", ended.talk);

    let (draft, known) = (profile(path.to_str().unwrap()), profile("reference"));
    assert_eq!(draft.cse.id, known.cse.id);
    assert_eq!(draft.cse.base, known.cse.base);
    assert_eq!(draft.iut.release, known.iut.release);
    let claims = |profile: &Profile| -> BTreeSet<String> {
        let claimed = profile.pics.iter().filter(|(_, claimed)| **claimed);
        claimed.map(|(name, _)| name.clone()).collect()
    };
    let catalogue = Catalogue::embedded().unwrap();
    let asked: BTreeSet<String> = catalogue.questions.keys().cloned().collect();
    let known: BTreeSet<String> = claims(&known).intersection(&asked).cloned().collect();
    assert_eq!(claims(&draft), known);
}

#[test]
fn draft_is_a_profile_to_run_with() {
    let url = start();
    let ended = call(&["probe", &url]);
    assert_eq!(ended.code, 0, "{}", ended.talk);
    let path = absent("probe-run.toml");
    fs::write(&path, ended.data).unwrap();
    let out = folder("probe-run");
    let arguments = ["run", "CSE/ACP/OPS/*", "--profile", path.to_str().unwrap()];
    let ended = call(&[&arguments[..], &["--out", out.to_str().unwrap()]].concat());
    assert_eq!(ended.code, 0, "{}", ended.talk);
    let results = Results::read(&out.join("results.json")).unwrap();
    assert_eq!(results.outcome, Outcome::Conformant);
    let passed = |result: &&_| -> bool {
        let result: &onem2m_conform::report::PurposeResult = result;
        result.judgement.verdict == Verdict::Pass
    };
    assert!(results.purposes.iter().filter(passed).count() > 10);
    assert_eq!(results.profile_findings, []);
}

fn findings(name: &str, sets: &[&str]) -> (Vec<ProfileFinding>, Ended, PathBuf) {
    let out = folder(name);
    let mut arguments = vec![
        "run",
        "acp",
        "--deadline",
        "1",
        "--out",
        out.to_str().unwrap(),
    ];
    for set in sets {
        arguments.extend(["--set", set]);
    }
    let ended = call(&arguments);
    let results = Results::read(&out.join("results.json")).unwrap();
    (results.profile_findings, ended, out)
}

#[test]
fn claims_that_the_iut_contradicts_are_findings_in_both_directions() {
    let sets = ["pics.PICS_ROLE_IN_CSE=false", "pics.PICS_SUB=false"];
    let (found, ended, out) = findings("probe-unclaimed", &sets);
    let names: Vec<(&str, bool)> = found
        .iter()
        .map(|finding| (finding.claim.as_str(), finding.claimed))
        .collect();
    assert_eq!(names, [("PICS_ROLE_IN_CSE", false), ("PICS_SUB", false)]);
    for finding in &found {
        assert!(ended.talk.contains(&finding.to_string()), "{}", ended.talk);
        let transcript = finding.transcript.as_deref().unwrap();
        assert!(out.join(transcript).is_file(), "{transcript}");
    }

    let mut clauses = Clauses::SPECIFICATION;
    clauses.access.windows = |_, _, _| true;
    let endpoint = format!("endpoints.http=http://{}", reference::start(clauses));
    let (found, ..) = findings("probe-claimed", &[&endpoint]);
    let names: Vec<(&str, bool)> = found
        .iter()
        .map(|finding| (finding.claim.as_str(), finding.claimed))
        .collect();
    assert_eq!(names, [("PICS_ACCO_ACTW", true)]);
    assert!(
        found[0].observed.contains("passed"),
        "{}",
        found[0].observed
    );
}

#[test]
fn file_that_is_there_is_not_overwritten() {
    let path = absent("probe-there.toml");
    fs::write(&path, "mine").unwrap();
    let ended = call(&["probe", &start(), "--out", path.to_str().unwrap()]);
    assert_usage(&ended, "is there already", "name another file");
    assert_eq!(fs::read_to_string(&path).unwrap(), "mine");
}

#[test]
fn nobody_at_the_url_ends_with_3() {
    let free = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", free.local_addr().unwrap());
    drop(free);
    let ended = call(&["probe", &url]);
    assert_eq!(ended.code, 3, "{}", ended.talk);
    for told in ["refused", "hint: is http://"] {
        assert!(ended.talk.contains(told), "{}", ended.talk);
    }
}

#[test]
fn wrong_url_and_wrong_base_are_usage_errors() {
    let ended = call(&["probe", "ftp://127.0.0.1:1"]);
    assert_usage(
        &ended,
        "ftp://127.0.0.1:1",
        "https, coap and coaps are probed too",
    );
    let ended = call(&["probe", &start(), "--base", "nowhere"]);
    assert_usage(&ended, "below \"nowhere\": 4004", "name the <CSEBase>");
}
