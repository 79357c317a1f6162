//! What cannot be parted or merged.

use crate::child::{call, folder};
use crate::{assert_usage, run};
use std::fs;
use std::path::{Path, PathBuf};

const SELECTION: &str = "CSE/ACP/OPS/00[1-4]";

fn part(name: &str, partition: &str, more: &[&str]) -> PathBuf {
    let arguments = [&[SELECTION, "--partition", partition], more].concat();
    let (ended, folder) = run(name, &arguments);
    assert_eq!(ended.code, 0, "{}", ended.talk);
    folder.join("results.json")
}

fn report(files: &[&PathBuf]) -> crate::child::Ended {
    let files = files.iter().map(|file| file.to_str().unwrap());
    call(&["report"].into_iter().chain(files).collect::<Vec<_>>())
}

fn report_into(out: &Path, file: &Path) -> crate::child::Ended {
    let (file, out) = (file.to_str().unwrap(), out.to_str().unwrap());
    call(&["report", file, "--out", out])
}

#[test]
fn what_is_no_part_is_refused() {
    for (partition, error) in [
        ("0/3", "--partition: expected a part from 1 to 3, got 0"),
        ("4/3", "--partition: expected a part from 1 to 3, got 4"),
        ("1/0", "--partition: expected from 1 to 1024 parts, got 0"),
        ("third", "--partition: expected I/N, got \"third\""),
        ("", "--partition: expected I/N, got \"\""),
    ] {
        let (ended, folder) = run("no-part", &[SELECTION, "--partition", partition]);
        assert_usage(&ended, error, "`--partition 1/3`, `2/3` and `3/3` together");
        assert!(!folder.exists());
    }
}

#[test]
fn parts_of_different_runs_are_refused_by_the_field() {
    let first = part("differ-first", "1/2", &[]);
    let hint = "run all parts with one version, profile and selection, and with one --seed";
    for (name, partition, more, error) in [
        (
            "seed",
            "2/2",
            &["--seed", "8"][..],
            "seed is 7 in the first, 8 in the second",
        ),
        (
            "profile",
            "2/2",
            &["--set", "limits.jobs=3"],
            "profile_sha256 is ",
        ),
        (
            "version",
            "2/2",
            &["--set", "iut.version=2"],
            "profile_sha256 is ",
        ),
        (
            "strict",
            "2/2",
            &["--strict"],
            "strict is false in the first, true in the second",
        ),
        (
            "selection",
            "2/2",
            &["CSE/ACP/TIM/001"],
            "selection.patterns is [\"CSE/ACP/OPS/00[1-4]\"] in the first",
        ),
        (
            "parts",
            "2/3",
            &[],
            "partition.of is 2 in the first, 3 in the second",
        ),
    ] {
        let second = differing(name, partition, more);
        let ended = report(&[&first, &second]);
        assert_usage(&ended, error, hint);
        for file in [&first, &second] {
            assert!(
                ended.talk.contains(file.to_str().unwrap()),
                "{}",
                ended.talk
            );
        }
    }
}

/// A part that was run in another way; a later seed takes the place of the first.
fn differing(name: &str, partition: &str, more: &[&str]) -> PathBuf {
    let folder = folder(&format!("shards-differ-{name}"));
    let mut arguments = vec!["run", SELECTION, "--partition", partition];
    arguments.extend(["--out", folder.to_str().unwrap()]);
    if !more.contains(&"--seed") {
        arguments.extend(["--seed", crate::SEED]);
    }
    arguments.extend(more);
    let ended = call(&arguments);
    assert_eq!(ended.code, 0, "{}", ended.talk);
    folder.join("results.json")
}

#[test]
fn another_catalogue_is_refused_by_its_digest() {
    let first = part("catalogue-first", "1/2", &[]);
    let second = part("catalogue-second", "2/2", &[]);
    let text = fs::read_to_string(&second).unwrap();
    let digest = "\"catalogue_sha256\": \"";
    let at = text.find(digest).unwrap() + digest.len();
    let other = format!("{}{}{}", &text[..at], "0".repeat(64), &text[at + 64..]);
    fs::write(&second, other).unwrap();
    let ended = report(&[&first, &second]);
    assert_usage(&ended, "tool.catalogue_sha256 is ", "run all parts with");
    assert!(ended.talk.contains(&"0".repeat(64)), "{}", ended.talk);
}

#[test]
fn part_is_named_once() {
    let first = part("twice-first", "1/2", &[]);
    let second = part("twice-second", "1/2", &[]);
    let ended = report(&[&first, &second]);
    assert_usage(&ended, "both hold part 1/2", "name each part once");
}

#[test]
fn whole_runs_are_not_merged() {
    let (_, whole) = run("is-whole", &[SELECTION]);
    let whole = whole.join("results.json");
    let part = part("is-part", "1/2", &[]);
    for files in [[&whole, &part], [&part, &whole], [&whole, &whole]] {
        let ended = report(&files);
        assert_usage(
            &ended,
            "is a whole run and no part of one",
            "`run --partition I/N`",
        );
        let named = format!("{} is a whole", whole.display());
        assert!(ended.talk.contains(&named), "{}", ended.talk);
    }
}

#[test]
fn what_are_no_results_is_refused() {
    let foreign = folder("shards-foreign");
    fs::create_dir_all(&foreign).unwrap();
    let file = foreign.join("foreign.json");
    fs::write(&file, "{\"tests\": 3}\n").unwrap();
    let ended = report(&[&file]);
    assert_usage(
        &ended,
        "foreign.json:1: not the results of a run",
        "name the results.json",
    );
    let schema = "https://onem2m-conform.example/schema/results-2.json";
    fs::write(&file, format!("{{\"schema\": \"{schema}\"}}\n")).unwrap();
    let ended = report(&[&file]);
    assert_usage(
        &ended,
        "written by a newer version",
        "read them with the version",
    );
    let absent = foreign.join("absent.json");
    assert_usage(&report(&[&absent]), "cannot read", "name the results.json");
}

#[test]
fn bundle_that_was_changed_is_not_bundled_again() {
    let (_, changed) = run("changed", &["CSE/ACP/OPS/001"]);
    let transcript = changed.join("transcripts/CSE.ACP.OPS.001.jsonl");
    fs::write(&transcript, "").unwrap();
    let results = changed.join("results.json");
    let out = folder("shards-changed-again");
    let ended = report_into(&out, &results);
    assert_usage(
        &ended,
        "was changed since its run: transcripts/CSE.ACP.OPS.001.jsonl has other content",
        "bundle the folder as the run left it",
    );
    assert!(!out.exists());
}

#[test]
fn transcript_outside_its_folder_is_not_bundled() {
    let (_, led_out) = run("led-out", &["CSE/ACP/OPS/001"]);
    let results = led_out.join("results.json");
    let text = fs::read_to_string(&results).unwrap();
    let inside = "\"transcripts/CSE.ACP.OPS.001.jsonl\"";
    fs::write(&results, text.replace(inside, "\"../secret\"")).unwrap();
    fs::remove_file(led_out.join("manifest.json")).unwrap();
    let out = folder("shards-led-out-again");
    let ended = report_into(&out, &results);
    assert_usage(
        &ended,
        "the transcript of CSE/ACP/OPS/001: ../secret leads out of the folder",
        "name the results in the folders that the runs left",
    );
}
