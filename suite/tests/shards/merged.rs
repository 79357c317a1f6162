//! The parts of a run, merged.

use crate::child::{call, folder};
use crate::{assert_judged_alike, assert_same, faulty_endpoint, json, run, timeless};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread;

/// Runs a part of a run; the file of its results.
fn part(name: &str, number: u32, of: u32, arguments: &[&str]) -> PathBuf {
    let share = format!("{number}/{of}");
    let (ended, folder) = run(
        &format!("{name}-{number}"),
        &[arguments, &["--partition", &share]].concat(),
    );
    assert!(ended.code < 2, "{}", ended.talk);
    folder.join("results.json")
}

/// Runs the parts of a run at the same time, each against a reference of its own; the file of the results of each.
fn parts(name: &str, of: u32, arguments: &[&str]) -> Vec<PathBuf> {
    thread::scope(|scope| {
        let running: Vec<_> = (1..=of)
            .map(|number| scope.spawn(move || part(name, number, of, arguments)))
            .collect();
        running.into_iter().map(|it| it.join().unwrap()).collect()
    })
}

/// Merges results into a fresh folder.
fn merged(name: &str, files: &[PathBuf]) -> PathBuf {
    let folder = folder(&format!("shards-{name}"));
    let mut arguments = vec!["report", "--out", folder.to_str().unwrap()];
    arguments.extend(files.iter().map(|file| file.to_str().unwrap()));
    let ended = call(&arguments);
    assert_eq!(ended.code, 0, "{}", ended.talk);
    folder
}

#[test]
fn merged_parts_of_a_nonconformant_run_equal_the_run() {
    let endpoint = faulty_endpoint();
    let arguments = ["CSE/ACP/OPS/*", "--set", &endpoint];
    let (ended, whole) = run("faulty-whole", &arguments);
    assert_eq!(ended.code, 1, "{}", ended.talk);
    // One CSE for all: a run sweeps what others left behind, so the parts take their turns.
    let parts: Vec<PathBuf> = (1..=4)
        .map(|number| part("faulty", number, 4, &arguments))
        .collect();
    let backwards: Vec<PathBuf> = parts.into_iter().rev().collect();
    let merged = merged("faulty-merged", &backwards);
    let results = timeless(&merged);
    assert_same(&merged, &whole);
    assert_eq!(results["outcome"], "nonconformant");
    assert_eq!(results["scope"], "selection");
    assert_judged_alike(&merged);
    let junit = |folder: &Path| fs::read_to_string(folder.join("junit.xml")).unwrap();
    for count in ["<failure", "<error", "<skipped", "<testcase"] {
        let number = |folder: &Path| junit(folder).matches(count).count();
        assert_eq!(number(&merged), number(&whole), "{count}");
    }
}

#[test]
fn missing_part_leaves_a_selection_that_says_so() {
    let all = parts("lacking", 3, &["CSE/ACP/OPS/00*"]);
    let two = [all[2].clone(), all[0].clone()];
    let arguments: Vec<&str> = two.iter().map(|file| file.to_str().unwrap()).collect();
    let shown = call(&[&["report"], &arguments[..]].concat());
    assert_eq!(shown.code, 0, "{}", shown.talk);
    let said = "of 3 parts, these are missing: 2";
    assert!(shown.talk.contains(said), "{}", shown.talk);
    let first = merged("two-of-three", &two);
    let results = json(&first.join("results.json"));
    assert_eq!(results["scope"], "selection");
    assert_eq!(
        results["partition"],
        serde_json::json!({"of": 3, "held": [1, 3]})
    );
    assert_judged_alike(&first);

    let (_, whole) = run("not-lacking", &["CSE/ACP/OPS/00*"]);
    let late = merged("late", &[all[1].clone(), first.join("results.json")]);
    assert_same(&late, &whole);
}

#[test]
fn part_of_one_is_the_whole() {
    let (_, whole) = run("of-one-whole", &["CSE/ACP/OPS/00*"]);
    let (_, part) = run("of-one", &["CSE/ACP/OPS/00*", "--partition", "1/1"]);
    assert_same(&part, &whole);
}

#[test]
fn transcripts_are_found_from_where_json_is_written() {
    let parts = parts("located", 2, &["CSE/ACP/OPS/00[1-4]"]);
    let folder = folder("shards-elsewhere");
    fs::create_dir_all(&folder).unwrap();
    let file = folder.join("results.json");
    let mut arguments = vec!["report", "--json", file.to_str().unwrap()];
    arguments.extend(parts.iter().map(|file| file.to_str().unwrap()));
    let ended = call(&arguments);
    assert_eq!(ended.code, 0, "{}", ended.talk);
    for purpose in json(&file)["purposes"].as_array().unwrap() {
        let transcript = purpose["transcript"].as_str().unwrap();
        assert!(transcript.starts_with("../shards-located-"), "{transcript}");
        assert!(folder.join(transcript).is_file(), "{transcript}");
    }
    let again = call(&["rejudge", folder.to_str().unwrap()]);
    assert_eq!(again.code, 0, "{}{}", again.data, again.talk);
}

#[test]
fn one_format_can_be_standard_output() {
    let (_, folder) = run("shown", &["CSE/ACP/OPS/001"]);
    let results = folder.join("results.json");
    let results = results.to_str().unwrap();
    let shown = call(&["report", results, "--json", "-"]);
    assert_eq!(shown.code, 0, "{}", shown.talk);
    let shown: Value = serde_json::from_str(&shown.data).unwrap();
    let transcript = shown["purposes"][0]["transcript"].as_str().unwrap();
    assert_eq!(transcript, "shards-shown/transcripts/CSE.ACP.OPS.001.jsonl");
    let shown = call(&["report", results, "--junit", "-"]);
    assert!(shown.data.starts_with("<?xml"), "{}", shown.data);
    let both = call(&["report", results, "--junit", "-", "--json", "-"]);
    let error = "several formats cannot share standard output";
    crate::assert_usage(&both, error, "give `-` to one of them");
}

#[test]
fn rerun_of_a_part_is_that_part() {
    let arguments = ["CSE/ACP/OPS/00*", "--partition", "2/3"];
    let (_, first) = run("part-first", &arguments);
    let before = first.join("results.json");
    let (ended, second) = run("part-again", &["--rerun", before.to_str().unwrap()]);
    assert_eq!(ended.code, 0, "{}", ended.talk);
    assert_same(&second, &first);
}
