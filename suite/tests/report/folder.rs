//! The folder of a run: the bundle.

use crate::catalogue::catalogue;
use crate::fixture::{conclude, header, judgement, result};
use onem2m_conform::report::{
    Discrepancy, Event, Folder, FolderError, Html, JUnit, Json, Jsonl, Manifest, ManifestReporter,
    ReadError, Recorded, Reporter, Reporters, Results, TranscriptFolder, Transcripts,
};
use onem2m_conform::verdict::Verdict;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A folder for one test, removed at its end.
struct Scratch(PathBuf);

impl Scratch {
    fn new(test: &str) -> Self {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("report-{test}"));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// A run with one pass and one fail, written by all formats.
fn written(path: &Path) -> (Folder, Results) {
    let folder = Folder::create(path).unwrap();
    let mut reporters = Reporters(vec![
        Box::new(Jsonl(folder.result_lines().unwrap())),
        Box::new(Json(folder.clone())),
        Box::new(JUnit(folder.clone())),
        Box::new(Html::new(folder.clone(), Arc::new(catalogue()))),
        Box::new(ManifestReporter(folder.clone())),
    ]);
    let purposes = vec![
        result("CSE/ACP/OPS/001", judgement(Verdict::Pass)),
        result("CSE/ACP/OPS/002", judgement(Verdict::Fail)),
    ];
    let started = Event::RunStarted {
        header: Box::new(header(false, vec![])),
        purposes: purposes.len(),
    };
    reporters.event(&started).unwrap();
    for purpose in &purposes {
        folder
            .write(&Folder::transcript(&purpose.id), b"{}\n")
            .unwrap();
        let finished = Event::PurposeFinished(Box::new(purpose.clone()));
        reporters.event(&finished).unwrap();
    }
    let results = conclude(header(false, vec![]), purposes);
    let finished = Event::RunFinished(Box::new(results.clone()));
    reporters.event(&finished).unwrap();
    (folder, results)
}

#[test]
fn the_manifest_names_every_other_file() {
    let scratch = Scratch::new("manifest");
    fs::write(scratch.0.join("mine.txt"), "not the run's").unwrap();
    let (folder, _) = written(&scratch.0);
    let manifest = Manifest::read(folder.path()).unwrap();
    let names: Vec<_> = manifest.files.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        [
            "junit.xml",
            "report.html",
            "results.json",
            "results.jsonl",
            "transcripts/CSE.ACP.OPS.001.jsonl",
            "transcripts/CSE.ACP.OPS.002.jsonl",
        ]
    );
    assert_eq!(
        manifest.files["transcripts/CSE.ACP.OPS.001.jsonl"],
        "ca3d163bab055381827226140568f3bef7eaac187cebd76878e0b63e9e442356"
    );
    assert_eq!(manifest.check(folder.path()), []);
}

#[test]
fn what_was_changed_later_is_found() {
    let scratch = Scratch::new("changed");
    let (folder, _) = written(&scratch.0);
    folder.write("junit.xml", b"<testsuites/>").unwrap();
    fs::remove_file(scratch.0.join("results.jsonl")).unwrap();
    let found = Manifest::read(folder.path()).unwrap().check(folder.path());
    assert_eq!(
        found,
        [
            Discrepancy::Changed("junit.xml".into()),
            Discrepancy::Missing("results.jsonl".into()),
        ]
    );
}

#[test]
fn a_manifest_does_not_lead_out_of_its_folder() {
    let scratch = Scratch::new("outside");
    let (folder, _) = written(&scratch.0);
    let mut manifest = Manifest::read(folder.path()).unwrap();
    manifest.files = [("../secret".into(), String::new())].into();
    let outside = Discrepancy::Outside("../secret".into());
    assert_eq!(manifest.check(folder.path()), [outside]);
}

#[test]
fn a_transcript_outside_the_folder_is_not_read() {
    let scratch = Scratch::new("transcripts");
    fs::write(scratch.0.join("outside.jsonl"), "").unwrap();
    fs::create_dir(scratch.0.join("run")).unwrap();
    fs::write(scratch.0.join("run/inside.jsonl"), "").unwrap();
    let folder = TranscriptFolder(scratch.0.join("run"));
    assert_eq!(folder.entries("inside.jsonl").unwrap(), []);
    let error = folder.entries("../outside.jsonl").unwrap_err();
    assert!(error.to_string().contains("leads out of the folder"));
}

#[test]
fn a_folder_takes_one_run() {
    let scratch = Scratch::new("occupied");
    written(&scratch.0);
    let error = Folder::create(&scratch.0).unwrap_err();
    assert!(matches!(
        error,
        FolderError::Occupied {
            found: "results.jsonl",
            ..
        }
    ));
    assert!(error.hint().contains("--out"));
}

#[test]
fn runs_of_one_second_have_folders_of_their_own() {
    let scratch = Scratch::new("second");
    let names = [(), ()].map(|()| {
        let started = header(false, vec![]).started;
        let folder = Folder::create_below(&scratch.0, started).unwrap();
        folder.path().strip_prefix(&scratch.0).unwrap().to_owned()
    });
    assert_eq!(names[0], Path::new("run-20261121T235959Z"));
    assert_eq!(names[1], Path::new("run-20261121T235959Z-2"));
}

#[test]
fn a_file_is_no_folder() {
    let scratch = Scratch::new("file");
    let path = scratch.0.join("file");
    fs::write(&path, "").unwrap();
    assert!(matches!(
        Folder::create(path),
        Err(FolderError::Unwritable { .. })
    ));
}

#[test]
fn purposes_read_back_from_both_files() {
    let scratch = Scratch::new("read");
    let (_, results) = written(&scratch.0);
    let whole = Recorded::read(&scratch.0.join("results.json")).unwrap();
    let lines = Recorded::read(&scratch.0.join("results.jsonl")).unwrap();
    for read in [&whole, &lines] {
        assert_eq!(read.purposes, results.purposes);
        assert_eq!(read.header, results.header);
        assert_eq!(read.folder(), scratch.0);
    }
    assert!(whole.end.is_some() && lines.end.is_none());
}

#[test]
fn a_line_that_was_cut_off_is_left_out() {
    let scratch = Scratch::new("cut");
    let (folder, results) = written(&scratch.0);
    let mut lines = folder.result_lines().unwrap();
    lines.write_all(br#"{"id":"CSE/ACP/OPS/0"#).unwrap();
    let read = Recorded::read(&scratch.0.join("results.jsonl")).unwrap();
    assert_eq!(read.purposes, results.purposes);
}

/// Why a file of this name and content cannot be read.
fn refused(scratch: &Scratch, name: &str, content: &str) -> ReadError {
    let path = scratch.0.join(name);
    fs::write(&path, content).unwrap();
    Recorded::read(&path).unwrap_err()
}

#[test]
fn what_are_no_results_is_named_with_its_line() {
    let scratch = Scratch::new("broken");
    let (_, _) = written(&scratch.0);
    let lines = fs::read_to_string(scratch.0.join("results.jsonl")).unwrap();
    let first = lines.lines().next().unwrap();
    for (name, content, place) in [
        ("some.jsonl", "{}\n".to_owned(), "some.jsonl:1"),
        ("line.jsonl", format!("{first}\n{{}}\n"), "line.jsonl:2"),
        ("some.json", "{\n\"a\":\n}".to_owned(), "some.json:3"),
        ("list.json", "[]".to_owned(), "list.json:1"),
        ("text.json", "<html>".to_owned(), "text.json:1"),
    ] {
        let error = refused(&scratch, name, &content).to_string();
        let expected = format!("{place}: not the results of a run: ");
        assert!(error.contains(&expected), "{error}");
    }
}

#[test]
fn a_run_that_was_killed_at_once_has_nothing_to_read() {
    let scratch = Scratch::new("empty");
    for content in ["", "{\"schema\":"] {
        let error = refused(&scratch, "results.jsonl", content);
        assert!(matches!(error, ReadError::Empty { .. }), "{error}");
    }
}

#[test]
fn another_schema_is_refused() {
    let scratch = Scratch::new("schema");
    let (_, results) = written(&scratch.0);
    let of_schema = |schema: &str| {
        let results = Results {
            schema: schema.into(),
            ..results.clone()
        };
        refused(
            &scratch,
            "other.json",
            &serde_json::to_string(&results).unwrap(),
        )
    };
    let newer = of_schema("https://onem2m-conform.example/schema/results-2.json");
    assert!(newer.to_string().contains("written by a newer version"));
    assert!(newer.hint().contains("version"));
    for schema in [
        "results-2.json",
        "https://onem2m-conform.example/schema/results-0.json",
        "https://onem2m-conform.example/schema/manifest-1.json",
    ] {
        let other = of_schema(schema).to_string();
        let expected = format!("follow {schema}, expected");
        assert!(other.contains(&expected), "{other}");
    }
}

#[cfg(unix)]
#[test]
fn the_link_moves_to_the_latest_run() {
    let scratch = Scratch::new("latest");
    for name in ["run-1", "run-2"] {
        let folder = Folder::create(scratch.0.join(name)).unwrap();
        folder.link_latest().unwrap();
        assert_eq!(
            fs::read_link(scratch.0.join("latest")).unwrap(),
            Path::new(name)
        );
    }
}
