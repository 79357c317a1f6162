//! `diff`: what changed between two runs.

use crate::child::{Ended, call, folder};
use crate::{assert_usage, faulty_endpoint, json, run};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};

const SELECTION: &str = "CSE/ACP/OPS/00[1-8]";

fn diff(old: &Path, new: &Path, more: &[&str]) -> Ended {
    let (old, new) = (old.to_str().unwrap(), new.to_str().unwrap());
    call(&[&["diff", old, new], more].concat())
}

fn results(name: &str, arguments: &[&str]) -> PathBuf {
    let (_, folder) = run(name, arguments);
    folder.join("results.json")
}

/// Writes results that are like others but for some members of some purposes.
fn changed(name: &str, like: &Path, change: impl FnOnce(&mut Value)) -> PathBuf {
    let mut results = json(like);
    change(&mut results);
    let folder = folder(&format!("shards-{name}"));
    fs::create_dir_all(&folder).unwrap();
    let file = folder.join("results.json");
    fs::write(&file, results.to_string()).unwrap();
    file
}

#[test]
fn runs_that_differ_in_times_and_seeds_alone_are_the_same() {
    let old = results("diff-old", &[SELECTION]);
    let out = folder("shards-diff-new");
    let arguments = ["run", SELECTION, "--out", out.to_str().unwrap(), "--jobs"];
    assert_eq!(call(&[&arguments[..], &["1"]].concat()).code, 0);
    let ended = diff(&old, &out.join("results.json"), &[]);
    assert_eq!((ended.code, ended.data.as_str()), (0, ""), "{}", ended.talk);
    assert_eq!(ended.talk, "0 changes\n");
    let ended = diff(&old, &out.join("results.jsonl"), &["--json"]);
    assert_eq!(ended.code, 0, "{}", ended.data);
    let changes: Value = serde_json::from_str(&ended.data).unwrap();
    assert_eq!(changes, json!({"purposes": [], "run": []}));
}

#[test]
fn broken_and_fixed_are_told_apart() {
    let good = results("diff-good", &[SELECTION]);
    let bad = results("diff-bad", &[SELECTION, "--set", &faulty_endpoint()]);
    let ended = diff(&good, &bad, &[]);
    assert_eq!(ended.code, 1, "{}", ended.talk);
    let expected = "\
broken CSE/ACP/OPS/006: pass → fail (wrong_decision)
broken CSE/ACP/OPS/007: pass → fail (wrong_decision)
broken CSE/ACP/OPS/008: pass → fail (wrong_decision)
";
    assert_eq!(ended.data, expected);
    assert_eq!(ended.talk, "3 changes\n");
    let ended = diff(&bad, &good, &[]);
    assert_eq!(ended.code, 1);
    let fixed = "fixed CSE/ACP/OPS/007: fail (wrong_decision) → pass\n";
    assert!(ended.data.contains(fixed), "{}", ended.data);
}

#[test]
fn every_kind_of_change_has_its_word() {
    let (pass, fail) = (
        json!({"verdict": "pass"}),
        json!({"verdict": "fail", "cause": "leak"}),
    );
    let other_cause = json!({"verdict": "fail", "cause": "side_effect"});
    let timeout = json!({"verdict": "inconclusive", "reason": "timeout"});
    let flaky = json!({"verdict": "inconclusive", "reason": "flaky"});
    let declined = json!({"verdict": "not_applicable"});
    let like = results("diff-words", &["CSE/ACP/OPS/001"]);
    let with = |name: &str, members: Option<&Value>| {
        changed(name, &like, |results| {
            let purposes = results["purposes"].as_array_mut().unwrap();
            match members {
                None => purposes.clear(),
                Some(members) => {
                    let members = members.as_object().unwrap().clone();
                    purposes[0].as_object_mut().unwrap().extend(members);
                }
            }
        })
    };
    for (old, new, expected) in [
        (Some(&pass), Some(&fail), "broken {}: pass → fail (leak)"),
        (Some(&fail), Some(&pass), "fixed {}: fail (leak) → pass"),
        (
            Some(&timeout),
            Some(&fail),
            "newly failing {}: inconclusive (timeout) → fail (leak)",
        ),
        (
            Some(&declined),
            Some(&fail),
            "newly failing {}: not_applicable → fail (leak)",
        ),
        (None, Some(&fail), "newly failing {}: absent → fail (leak)"),
        (None, Some(&pass), "appeared {}: absent → pass"),
        (Some(&pass), None, "disappeared {}: pass → absent"),
        (
            Some(&declined),
            Some(&pass),
            "newly applicable {}: not_applicable → pass",
        ),
        (
            Some(&pass),
            Some(&declined),
            "no longer applicable {}: pass → not_applicable",
        ),
        (
            Some(&pass),
            Some(&timeout),
            "no longer judged {}: pass → inconclusive (timeout)",
        ),
        (
            Some(&timeout),
            Some(&pass),
            "newly judged {}: inconclusive (timeout) → pass",
        ),
        (
            Some(&fail),
            Some(&other_cause),
            "otherwise {}: fail (leak) → fail (side_effect)",
        ),
        (
            Some(&timeout),
            Some(&flaky),
            "otherwise {}: inconclusive (timeout) → inconclusive (flaky)",
        ),
    ] {
        let ended = diff(&with("diff-from", old), &with("diff-to", new), &[]);
        let expected = expected.replace("{}", "CSE/ACP/OPS/001") + "\n";
        assert_eq!((ended.code, ended.data), (1, expected));
    }
}

#[test]
fn changes_of_claims_readings_catalogue_and_iut_are_told() {
    let old = results("diff-resolved", &["CSE/ACP/OPS/001"]);
    let new = changed("diff-resolved-new", &old, |results| {
        results["resolved"]["pics"]["PICS_SUB"] = json!(false);
        results["resolved"]["pixit"]["PIXIT_ORDER"] = json!("other");
        results["iut"]["version"] = json!("2\u{1b}[2J");
        results["tool"]["catalogue_sha256"] = json!("0");
        results["tool"]["commit"] = json!("another build");
        results["profile_sha256"] = json!("0");
    });
    let ended = diff(&old, &new, &[]);
    assert_eq!(ended.code, 1);
    for said in [
        "iut.version: 0.1.0 → 2\\u{1b}[2J\n",
        "resolved.pics.PICS_SUB: true → false\n",
        "resolved.pixit.PIXIT_ORDER: ",
        "tool.catalogue_sha256: ",
    ] {
        assert!(ended.data.contains(said), "{}", ended.data);
    }
    assert_eq!(ended.data.lines().count(), 4, "{}", ended.data);
    let ended = diff(&old, &new, &["--json"]);
    let changes: Value = serde_json::from_str(&ended.data).unwrap();
    let claim = json!({"field": "resolved.pics.PICS_SUB", "old": "true", "new": "false"});
    assert!(changes["run"].as_array().unwrap().contains(&claim));
}

#[test]
fn what_are_no_results_cannot_be_compared() {
    let old = results("diff-input", &["CSE/ACP/OPS/001"]);
    let foreign = changed("diff-foreign", &old, |results| *results = json!({"a": 1}));
    for (left, right) in [(&old, &foreign), (&foreign, &old)] {
        let ended = diff(left, right, &[]);
        assert_usage(&ended, "not the results of a run", "name the results.json");
        assert_eq!(ended.data, "");
    }
}
