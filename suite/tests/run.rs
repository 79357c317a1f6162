//! `run` as its users meet it: the built binary over loopback, its options, its exit codes, what it
//! leaves behind.

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
use onem2m_conform::report::{PurposeResult, Results};
use onem2m_conform::verdict::{Outcome, Reason, Verdict};
use onem2m_server::{Clauses, faults};
use std::collections::BTreeMap;
use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use usage::assert_usage;

const SELECTION: &str = "CSE/ACP/OPS/00*";
const SELECTED: usize = 9;

/// Runs the selection with further arguments into a fresh folder.
fn run(name: &str, arguments: &[&str]) -> (Ended, PathBuf) {
    let folder = folder(&format!("run-{name}"));
    let mut all = vec!["run", SELECTION, "--out", folder.to_str().unwrap()];
    all.extend(arguments);
    (call(&all), folder)
}

fn results(folder: &Path) -> Results {
    Results::read(&folder.join("results.json")).unwrap()
}

fn with_verdict(results: &Results, verdict: Verdict) -> Vec<&PurposeResult> {
    let purposes = results.purposes.iter();
    purposes
        .filter(|it| it.judgement.verdict == verdict)
        .collect()
}

/// A file of the test.
fn file(name: &str, content: &str) -> PathBuf {
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&file, content).unwrap();
    file
}

#[test]
fn unreachable_endpoint_is_named_with_a_hint() {
    let closed = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", closed.local_addr().unwrap());
    drop(closed);
    let (ended, folder) = run("unreachable", &["--set", &format!("endpoints.http={url}")]);
    assert_eq!(ended.code, 3, "{}", ended.talk);
    for said in [
        format!("the IUT at {url} was not reached"),
        format!("hint: is {url} up?"),
    ] {
        assert!(ended.talk.contains(&said), "{}", ended.talk);
    }
    let results = results(&folder);
    assert_eq!(results.outcome, Outcome::Unreachable);
    assert_eq!(results.purposes.len(), SELECTED);
}

#[test]
fn unknown_purpose_is_refused_before_anything_is_written() {
    let folder = folder("run-unknown");
    let out = folder.to_str().unwrap();
    let ended = call(&["run", "CSE/ACP/OPS/999", "--out", out]);
    assert_usage(
        &ended,
        "no purpose or group matches \"CSE/ACP/OPS/999\"",
        "did you mean ",
    );
    assert!(!folder.exists());
}

#[test]
fn folder_of_another_run_is_left_alone() {
    let (ended, folder) = run("occupied", &["--seed", "7"]);
    assert_eq!(ended.code, 0, "{}", ended.talk);
    let before = contents(&folder);
    let ended = call(&["run", SELECTION, "--out", folder.to_str().unwrap()]);
    assert_usage(
        &ended,
        "already holds a run (results.jsonl is there)",
        "name another folder with --out",
    );
    assert_eq!(contents(&folder), before);
}

/// The octets of all files below a folder.
fn contents(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut contents = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => contents.extend(self::contents(&path)),
            false => {
                let octets = fs::read(&path).unwrap();
                contents.insert(path, octets);
            }
        }
    }
    contents
}

#[test]
fn folder_that_cannot_be_made_is_refused() {
    let file = file("run-in-the-way", "");
    let below = file.join("folder");
    let ended = call(&["run", SELECTION, "--out", below.to_str().unwrap()]);
    assert_usage(
        &ended,
        "cannot write into ",
        "name a folder with --out that can be made and written",
    );
    assert_eq!(fs::read_to_string(file).unwrap(), "");
}

#[test]
fn rerun_of_something_else_is_refused() {
    let file = file("run-no-results.json", "{}");
    let (ended, _) = run("rerun-refused", &["--rerun", file.to_str().unwrap()]);
    assert_usage(
        &ended,
        "not the results of a run",
        "name the results.json or results.jsonl of a run",
    );
}

#[test]
fn rerun_of_another_run_is_refused() {
    let (ended, folder) = run("rerun-first", &["--seed", "7"]);
    assert_eq!(ended.code, 0, "{}", ended.talk);
    let before = folder.join("results.json");
    for (argument, field) in [
        (["--seed", "8"], "seed is 7 there, 8 here"),
        (
            ["--set", "pics.PICS_SUB=false"],
            "resolved.pics.PICS_SUB is true there, false here",
        ),
        (
            ["--set", "iut.version=2"],
            "iut.version is 0.1.0 there, 2 here",
        ),
    ] {
        let mut arguments = vec!["--rerun", before.to_str().unwrap()];
        arguments.extend(argument);
        let (ended, folder) = run("rerun-other", &arguments);
        assert_usage(&ended, field, "take a run up with its own profile");
        assert!(!folder.exists());
    }
}

/// An expectation file that says that these pass.
fn passing(name: &str, numbers: impl IntoIterator<Item = u32>) -> String {
    let ids: Vec<String> = numbers
        .into_iter()
        .map(|number| format!("\"CSE/ACP/OPS/{number:03}\""))
        .collect();
    let file = file(name, &format!("pass = [{}]\n", ids.join(", ")));
    file.to_str().unwrap().to_owned()
}

#[test]
fn expected_verdicts_end_with_0() {
    let all = passing("run-expect-all.toml", 1..=9);
    let (ended, _) = run("expect", &["--expect", &all]);
    assert_eq!(ended.code, 0, "{}", ended.talk);
    assert!(ended.talk.contains("all verdicts are as expected"));
}

#[test]
fn verdicts_that_differ_end_with_1_in_both_directions() {
    let other = passing("run-expect-other.toml", 2..=10);
    let (ended, _) = run("expect-other", &["--expect", &other]);
    assert_eq!(ended.code, 1, "{}", ended.talk);
    for said in [
        "2 verdicts not as expected",
        "CSE/ACP/OPS/001: not expected, got pass",
        "CSE/ACP/OPS/010: expected pass, not judged",
    ] {
        assert!(ended.talk.contains(said), "{}", ended.talk);
    }
}

#[test]
fn expected_fails_end_with_0() {
    let expected = "\
pass = [\"CSE/ACP/OPS/001\", \"CSE/ACP/OPS/002\", \"CSE/ACP/OPS/003\", \"CSE/ACP/OPS/004\", \"CSE/ACP/OPS/005\"]
[[fail]]
purpose = \"CSE/ACP/OPS/006\"
cause = \"wrong_decision\"
clause = \"TS-0003 7.1.4\"
exchange = \"a Create without the right to is answered with 2001\"
";
    let file = file("run-expect-fail.toml", expected);
    let url = without_access_control();
    let folder = folder("run-expect-fail");
    let ended = call(&[
        "run",
        "CSE/ACP/OPS/00[1-6]",
        "--out",
        folder.to_str().unwrap(),
        "--set",
        &format!("endpoints.http={url}"),
        "--expect",
        file.to_str().unwrap(),
    ]);
    assert_eq!(ended.code, 0, "{}", ended.talk);
    assert_eq!(results(&folder).outcome, Outcome::Nonconformant);
}

/// The URL of a reference whose every decision permits.
fn without_access_control() -> String {
    let mut clauses = Clauses::SPECIFICATION;
    (faults::find("AcpOff").unwrap().apply)(&mut clauses);
    format!("http://{}", reference::start(clauses))
}

#[test]
fn fail_fast_starts_nothing_after_the_first_fail() {
    let endpoint = format!("endpoints.http={}", without_access_control());
    let arguments = ["--fail-fast", "--jobs", "1", "--set", &endpoint];
    let (ended, folder) = run("fail-fast", &arguments);
    assert_eq!(ended.code, 1, "{}", ended.talk);
    let results = results(&folder);
    assert_eq!(results.purposes.len(), SELECTED);
    let ids = |verdict| -> Vec<&str> {
        let purposes = with_verdict(&results, verdict);
        purposes.iter().map(|purpose| purpose.id.as_str()).collect()
    };
    assert_eq!(ids(Verdict::Fail), ["CSE/ACP/OPS/006"]);
    let not_started = ["CSE/ACP/OPS/007", "CSE/ACP/OPS/008", "CSE/ACP/OPS/009"];
    assert_eq!(ids(Verdict::Inconclusive), not_started);
}

#[test]
fn nothing_starts_after_the_deadline() {
    let arguments = [
        "--deadline",
        "1",
        "--jobs",
        "1",
        "--set",
        "limits.requests_per_second=10",
    ];
    let (ended, folder) = run("deadline", &arguments);
    assert_eq!(ended.code, 4, "{}", ended.talk);
    let results = results(&folder);
    assert_eq!(results.purposes.len(), SELECTED);
    let last = &results.purposes[SELECTED - 1].judgement;
    assert_eq!(last.reason, Some(Reason::Timeout));
    let why = "not started: the deadline of 1 s has passed";
    assert_eq!(last.observed.as_deref(), Some(why));
}

#[test]
fn repeated_purposes_are_judged_once() {
    let (ended, folder) = run("repeat", &["--repeat", "2"]);
    assert_eq!(ended.code, 0, "{}", ended.talk);
    let results = results(&folder);
    let passed = with_verdict(&results, Verdict::Pass);
    assert_eq!(passed.len(), SELECTED);
    assert!(passed.iter().all(|purpose| purpose.attempts == Some(2)));
    let again = call(&["rejudge", folder.to_str().unwrap()]);
    assert_eq!(again.code, 0, "{}", again.data);
}

#[test]
fn one_seed_gives_the_same_verdicts_and_the_same_names() {
    let endpoint = format!("endpoints.http={}", without_access_control());
    let arguments = ["--seed", "7", "--set", &endpoint];
    let (_, first) = run("seed-first", &arguments);
    let (_, second) = run("seed-second", &arguments);
    let transcript = Path::new("transcripts/CSE.ACP.OPS.001.jsonl");
    let request = |folder: &Path| -> serde_json::Value {
        let text = fs::read_to_string(folder.join(transcript)).unwrap();
        let line: serde_json::Value = serde_json::from_str(text.lines().nth(1).unwrap()).unwrap();
        line["request"].clone()
    };
    assert_eq!(request(&first), request(&second));
    let judgements = |folder: &Path| -> Vec<_> {
        let purposes = results(folder).purposes.into_iter();
        purposes
            .map(|purpose| (purpose.id, purpose.judgement))
            .collect()
    };
    assert_eq!(judgements(&first), judgements(&second));
}

/// Runs purposes against a reference without access control, whose nonconformity in creations is
/// waived until a day, and the right to create, which it grants, too.
fn run_waived(name: &str, purposes: &str, expires: &str) -> (Ended, Results) {
    let waiver = |purpose: &str| {
        format!(
            "[[waiver]]\npurpose = {purpose:?}\nowner = \"access team\"\nreason = \"fixed in 2.0\"\n\
             expires = {expires}\n"
        )
    };
    let profile = format!(
        "iut = {{ name = \"n\", vendor = \"v\", version = \"1\", roles = [\"CSE\"], release = 3 }}\n\
         cse = {{ id = \"/id-in\", base = \"cse-in\", sp_domain = \"onem2m.example\" }}\n\
         endpoints = {{ http = \"{}\" }}\n\
         identities = {{ admin = \"CAdmin\", ae_stem = \"Cconf\" }}\n{}{}",
        without_access_control(),
        waiver("CSE/ACP/OPS/001"),
        waiver("CSE/ACP/OPS/006"),
    );
    let profile = file(&format!("run-{name}.toml"), &profile);
    let folder = folder(&format!("run-{name}"));
    let (profile, out) = (profile.to_str().unwrap(), folder.to_str().unwrap());
    let ended = call(&["run", purposes, "--profile", profile, "--out", out]);
    (ended, results(&folder))
}

#[test]
fn waived_fail_is_partial_at_best() {
    let (ended, results) = run_waived("waived", "CSE/ACP/OPS/00[2-6]", "2999-12-31");
    assert_eq!(ended.code, 4, "{}{}", ended.talk, ended.data);
    assert_eq!(results.outcome, Outcome::Partial);
    assert_eq!((results.counts.waived, results.counts.fail), (1, 0));
    let said = "waived by    access team, until 2999-12-31: fixed in 2.0";
    assert!(ended.data.contains(said), "{}", ended.data);
}

#[test]
fn waiver_of_what_passes_is_a_finding() {
    let (ended, results) = run_waived("passes", "CSE/ACP/OPS/00[1-5]", "2999-12-31");
    assert_eq!(ended.code, 1, "{}{}", ended.talk, ended.data);
    assert_eq!(results.stale_waivers.len(), 1);
    let said = "stale waiver CSE/ACP/OPS/001: the purpose passes, and access team waives it";
    assert!(ended.data.contains(said), "{}", ended.data);
}

#[test]
fn waiver_past_its_day_is_a_finding() {
    let (ended, results) = run_waived("expired", "CSE/ACP/OPS/00[2-6]", "2020-01-31");
    assert_eq!(ended.code, 1, "{}{}", ended.talk, ended.data);
    assert_eq!((results.counts.waived, results.counts.fail), (0, 1));
    let said = "stale waiver CSE/ACP/OPS/006: the waiver of access team expired on 2020-01-31";
    assert!(ended.data.contains(said), "{}", ended.data);
}
