//! A run that is killed in the middle and taken up.

use crate::child::{call, folder, start};
use crate::{SEED, assert_judged_alike, assert_same, assert_usage, faulty_endpoint, json, run};
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

const SELECTION: &str = "CSE/ACP/OPS/00*";
const SELECTED: usize = 9;

/// Starts a run and kills it when that many purposes have finished; the folder that it leaves.
fn killed(name: &str, after: usize, arguments: &[&str]) -> PathBuf {
    let folder = folder(&format!("shards-{name}"));
    let mut all = vec!["run", SELECTION, "--seed", SEED, "--jobs", "1"];
    all.extend(["--out", folder.to_str().unwrap()]);
    all.extend(arguments);
    let mut child = start(&all);
    let lines = folder.join("results.jsonl");
    loop {
        match fs::read_to_string(&lines) {
            Ok(text) if text.lines().count() > after => break,
            _ => thread::sleep(Duration::from_millis(5)),
        }
        assert!(child.try_wait().unwrap().is_none(), "it ended too early");
    }
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(!folder.join("results.json").exists());
    let mut lines = OpenOptions::new().append(true).open(&lines).unwrap();
    lines.write_all(b"{\"id\":\"CSE/ACP/OPS/00").unwrap();
    folder
}

/// How many purposes have finished in a folder.
fn finished(folder: &Path) -> usize {
    let text = fs::read_to_string(folder.join("results.jsonl")).unwrap();
    text.lines().count() - 2
}

#[test]
fn run_that_was_killed_and_taken_up_equals_one_that_was_not() {
    let endpoint = faulty_endpoint();
    let slowly = "limits.requests_per_second=25";
    let settings = ["--set", &endpoint, "--set", slowly];
    let mut arguments = vec![SELECTION, "--strict"];
    arguments.extend(settings);
    let (uninterrupted, whole) = run("uninterrupted", &arguments);
    assert_eq!(uninterrupted.code, 1, "{}", uninterrupted.talk);
    for after in [0, 2, 6] {
        let name = format!("killed-{after}");
        let arguments = ["--strict", "--set", &endpoint, "--set", slowly];
        let killed = killed(&name, after, &arguments);
        assert!(finished(&killed) < SELECTED);
        let lines = killed.join("results.jsonl");
        let taken_up = folder(&format!("shards-taken-up-{after}"));
        let mut all = vec!["run", "--rerun", lines.to_str().unwrap()];
        all.extend(["--out", taken_up.to_str().unwrap()]);
        all.extend(settings);
        let ended = call(&all);
        assert_eq!(ended.code, 1, "{}", ended.talk);
        assert_same(&taken_up, &whole);
        assert_judged_alike(&taken_up);
    }
}

#[test]
fn what_was_judged_is_not_judged_again() {
    let arguments = ["--set", "limits.requests_per_second=25"];
    let killed = killed("killed-kept", 3, &arguments);
    let transcript = Path::new("transcripts/CSE.ACP.OPS.001.jsonl");
    let before = fs::read(killed.join(transcript)).unwrap();
    let lines = killed.join("results.jsonl");
    let rerun = ["--rerun", lines.to_str().unwrap()];
    let (ended, taken_up) = run("kept", &rerun);
    assert_eq!(ended.code, 0, "{}", ended.talk);
    assert_eq!(fs::read(taken_up.join(transcript)).unwrap(), before);
    let left = SELECTED - finished(&killed);
    let said = format!("with {left} purpose");
    assert!(ended.talk.contains(&said), "{}", ended.talk);
}

#[test]
fn what_lost_its_transcript_is_judged_again() {
    let (_, first) = run("lost-first", &["CSE/ACP/OPS/00[12]"]);
    let transcript = Path::new("transcripts/CSE.ACP.OPS.001.jsonl");
    fs::remove_file(first.join(transcript)).unwrap();
    let before = first.join("results.json");
    let (ended, second) = run("lost", &["--rerun", before.to_str().unwrap()]);
    assert_eq!(ended.code, 0, "{}", ended.talk);
    assert!(ended.talk.contains("with 1 purpose,"), "{}", ended.talk);
    assert_same(&second, &first);
    assert_judged_alike(&second);
}

#[test]
fn killed_run_is_reported_with_what_is_not_judged() {
    let arguments = ["--set", "limits.requests_per_second=25"];
    let killed = killed("killed-reported", 2, &arguments);
    let judged = finished(&killed);
    let lines = killed.join("results.jsonl");
    let bundle = folder("shards-killed-bundle");
    let arguments = ["report", lines.to_str().unwrap()];
    let shown = call(&arguments);
    assert_eq!(shown.code, 0, "{}", shown.talk);
    let numbers = format!(
        "9 purposes: {judged} pass, {} inconclusive",
        SELECTED - judged
    );
    assert!(shown.data.contains(&numbers), "{}", shown.data);
    assert!(shown.data.contains("outcome: partial"), "{}", shown.data);
    let said = "what had not finished is not judged";
    assert!(shown.talk.contains(said), "{}", shown.talk);

    let written = call(&[&arguments[..], &["--out", bundle.to_str().unwrap()]].concat());
    assert_eq!(written.code, 0, "{}", written.talk);
    assert_eq!(written.data, "");
    let last = &json(&bundle.join("results.json"))["purposes"][SELECTED - 1];
    assert_eq!(last["observed"], "not judged: the run was killed before");
    assert_judged_alike(&bundle);
}

#[test]
fn run_that_was_killed_at_once_is_run_anew() {
    let nothing = folder("shards-nothing");
    fs::create_dir_all(&nothing).unwrap();
    let lines = nothing.join("results.jsonl");
    fs::write(&lines, "").unwrap();
    let rerun = ["--rerun", lines.to_str().unwrap()];
    let (ended, _) = run("nothing-taken-up", &rerun);
    assert_usage(&ended, "the run ended before it began", "run it anew");
}
