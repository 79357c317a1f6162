//! The command line as its users meet it: the built binary, its exit codes, what it prints where.

#![allow(clippy::expect_used)]

mod vectors;

use std::io::{BufRead, BufReader};
use std::net::UdpSocket;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::time::Duration;

const PROFILE: &str = "\
[iut]
name = \"n\"
vendor = \"v\"
version = \"1\"
roles = [\"CSE\"]
release = 3
[cse]
id = \"/id-in\"
base = \"cse-in\"
[endpoints]
http = \"http://127.0.0.1:9\"
[identities]
admin = \"CAdmin\"
ae_stem = \"Cconf\"
";

/// What is built.
const COMMANDS: [&str; 16] = [
    "run",
    "list",
    "show",
    "ledger",
    "probe",
    "serve",
    "self-test",
    "rejudge",
    "report",
    "diff",
    "send",
    "fuzz",
    "replay",
    "promote",
    "vectors",
    "completions",
];

/// What a call gave back.
struct Called {
    code: i32,
    data: String,
    talk: String,
}

fn call(arguments: &[&str]) -> Called {
    let Output {
        status,
        stdout,
        stderr,
    } = Command::new(env!("CARGO_BIN_EXE_onem2m-conform"))
        .args(arguments)
        .current_dir(env!("CARGO_TARGET_TMPDIR"))
        .output()
        .expect("the binary starts");
    Called {
        code: status.code().expect("the binary ends by itself"),
        data: String::from_utf8(stdout).expect("text"),
        talk: String::from_utf8(stderr).expect("text"),
    }
}

/// A profile with `more` below it, in a file of its own.
fn profile(name: &str, more: &str) -> PathBuf {
    let file = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&file, format!("{PROFILE}{more}")).expect("a file for the test");
    file
}

fn run_with(name: &str, more: &str) -> Called {
    let file = profile(name, more);
    call(&[
        "run",
        "--profile",
        file.to_str().expect("a path in UTF-8"),
        "--out",
        &format!("{name}.out"),
    ])
}

#[track_caller]
fn assert_usage(called: &Called, error: &str, hint: &str) {
    assert_eq!(called.code, 2, "{}", called.talk);
    assert!(called.data.is_empty(), "{}", called.data);
    assert!(called.talk.contains(error), "{}", called.talk);
    assert!(
        called.talk.contains(&format!("hint: {hint}")),
        "{}",
        called.talk
    );
}

#[test]
fn help_names_what_is_built_and_nothing_else() {
    let help = call(&["--help"]);
    assert_eq!(help.code, 0);
    for command in COMMANDS {
        assert!(
            help.data.contains(&format!("\n  {command} ")),
            "{command} is missing:\n{}",
            help.data
        );
    }
    assert!(
        !help.data.contains("bench"),
        "bench is there:\n{}",
        help.data
    );
}

#[test]
fn every_command_has_a_worked_example() {
    for command in COMMANDS {
        let help = call(&[command, "--help"]);
        assert_eq!(help.code, 0, "{command}");
        assert!(
            help.data.contains(&format!("  onem2m-conform {command}")),
            "{command}:\n{}",
            help.data
        );
    }
}

#[test]
fn what_is_not_built_says_so() {
    assert_usage(
        &call(&["run", "--keylog", "k"]),
        "--keylog is not available yet",
        "`onem2m-conform --help`",
    );
}

#[test]
fn completions_name_what_help_names() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = call(&["completions", shell]);
        assert_eq!((script.code, script.talk.as_str()), (0, ""), "{shell}");
        for word in [
            "run",
            "self-test",
            "probe",
            "report",
            "completions",
            "partition",
            "surface",
        ] {
            assert!(script.data.contains(word), "{word} is missing for {shell}");
        }
        for word in ["bench", "keylog"] {
            assert!(!script.data.contains(word), "{word} is there for {shell}");
        }
    }
    let called = call(&["completions", "tcsh"]);
    assert_eq!(called.code, 2);
    assert!(
        called.talk.contains("bash, elvish, fish"),
        "{}",
        called.talk
    );
}

#[test]
fn wrong_options_are_usage_errors() {
    for arguments in [
        ["--jobs", "0"].as_slice(),
        &["run", "--repeat", "0"],
        &["run", "--seed", "x"],
        &["show"],
        &["serve"],
        &["serve", "--http", "nowhere"],
        &["serve", "--coap", "nowhere"],
        &["run", "--frobnicate"],
    ] {
        let called = call(arguments);
        assert_eq!(called.code, 2, "{arguments:?}");
        assert!(called.talk.starts_with("error: "), "{}", called.talk);
    }
}

#[test]
fn serve_answers_coap_at_the_address_that_it_names() {
    let mut serving = Command::new(env!("CARGO_BIN_EXE_onem2m-conform"))
        .args(["serve", "--coap", "127.0.0.1:0"])
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary starts");
    let mut line = String::new();
    let talk = serving.stderr.take().expect("a pipe");
    let read = BufReader::new(talk).read_line(&mut line);
    let answer = read.ok().and_then(|_| {
        let address = line.split("coap://").nth(1)?.split('/').next()?;
        let socket = UdpSocket::bind("127.0.0.1:0").ok()?;
        socket
            .set_read_timeout(Some(Duration::from_secs(10)))
            .ok()?;
        // A ping (RFC 7252, 4.3).
        socket.send_to(&[0x40, 0, 0x12, 0x34], address).ok()?;
        let mut answer = [0; 16];
        let length = socket.recv(&mut answer).ok()?;
        answer.get(..length).map(<[u8]>::to_vec)
    });
    serving.kill().expect("the binary can be ended");
    serving.wait().expect("the binary has ended");
    assert_eq!(answer, Some(vec![0x70, 0, 0x12, 0x34]), "{line}");
}

#[test]
fn nothing_is_coloured_without_a_terminal() {
    let called = call(&["show", "CSE/ACP/OPS/999"]);
    assert!(!called.talk.contains('\u{1b}'), "{}", called.talk);
    assert!(!call(&["--help"]).data.contains('\u{1b}'));
}

#[test]
fn unknown_purpose_is_named_with_the_nearest() {
    let called = call(&["show", "CSE/ACP/OPZ/001"]);
    assert_usage(
        &called,
        "no purpose has the id \"CSE/ACP/OPZ/001\"",
        "did you mean CSE/ACP/OPS/001?",
    );
    assert_usage(
        &call(&["list", "acq"]),
        "no purpose or group matches \"acq\"",
        "did you mean `acp`?",
    );
    assert_usage(
        &call(&["run", "acq"]),
        "no purpose or group matches \"acq\"",
        "did you mean `acp`?",
    );
    assert_usage(
        &call(&["CSE/["]),
        "is not a glob",
        "for example 'CSE/ACP/OPS/*'",
    );
}

#[test]
fn misspelt_command_is_recognised() {
    let called = call(&["ledgre"]);
    assert_usage(
        &called,
        "no purpose or group matches \"ledgre\"",
        "did you mean the command `ledger`?",
    );
}

#[test]
fn show_renders_the_steps() {
    let shown = call(&["show", "cse/acp/ops/006"]);
    assert_eq!(shown.code, 0, "{}", shown.talk);
    for part in [
        "CSE/ACP/OPS/006: ",
        "invalid, mandatory",
        "TS-0003/7.1.3/6 (shall) ",
        "\"acop\":62",
        "it is denied with 4103 ORIGINATOR_HAS_NO_PRIVILEGE",
        "Twin, where every stimulus has to succeed:",
    ] {
        assert!(
            shown.data.contains(part),
            "{part:?} is missing:\n{}",
            shown.data
        );
    }
}

#[test]
fn list_selects_and_counts() {
    let listed = call(&["list", "CSE/ACP/OPS/00?"]);
    assert_eq!(listed.code, 0, "{}", listed.talk);
    let lines = listed.data.lines().count();
    assert!(
        lines > 1
            && listed
                .data
                .lines()
                .all(|line| line.starts_with("CSE/ACP/OPS/00")),
        "{}",
        listed.data
    );
    assert_eq!(listed.talk, format!("{lines} purposes\n"));
    assert_eq!(call(&["list", "CSE/ACP/OPS/001"]).talk, "1 purpose\n");
}

#[test]
fn list_as_json_names_claims_and_values() {
    let listed = call(&["list", "acp", "--json"]);
    assert_eq!((listed.code, listed.talk.as_str()), (0, ""));
    let listing: serde_json::Value = serde_json::from_str(&listed.data).expect("JSON");
    for (list, member, value) in [
        ("purposes", "id", "CSE/ACP/OPS/001"),
        ("pics", "name", "PICS_ACP"),
        ("pixit", "name", "PIXIT_TWAIT"),
    ] {
        let rows = listing[list].as_array().expect("a list");
        assert!(
            rows.iter().any(|row| row[member] == value),
            "{value} is missing"
        );
    }
}

#[test]
fn official_cases_are_listed_with_what_covers_them() {
    let listed = call(&["list", "--ts0018"]);
    assert_eq!(listed.code, 0, "{}", listed.talk);
    assert_eq!(listed.data.lines().count(), 54);
    assert!(listed.talk.starts_with("54 official cases: "));
    let line = "TP/oneM2M/CSE/SEC/ACP/001_CRE  denied ";
    assert!(listed.data.contains(line), "{}", listed.data);
    let json = call(&["list", "CSE/ACP/ATT/003", "--ts0018", "--json"]);
    let json: serde_json::Value = serde_json::from_str(&json.data).expect("JSON");
    let cases = json["ts0018"].as_array().expect("a list");
    assert_eq!(cases.len(), 1);
    assert_eq!(cases[0]["id"], "TP/oneM2M/CSE/SEC/ACP/CRE/003");
    assert_eq!(cases[0]["covered_by"][0], "CSE/ACP/ATT/003");
}

#[test]
fn official_name_selects_the_purposes_that_cover_it() {
    let listed = call(&["list", "TP/oneM2M/CSE/SEC/ACP/CRE/003"]);
    assert_eq!((listed.code, listed.talk.as_str()), (0, "1 purpose\n"));
    assert!(listed.data.starts_with("CSE/ACP/ATT/003 "));
    let all = call(&["list", "TP/oneM2M/CSE/SEC/ACP/012"]);
    assert!(all.data.starts_with("CSE/ACP/DEF/002 "), "{}", all.data);
    let shown = call(&["show", "CSE/ACP/ATT/003"]);
    let heading = "Covers of TS-0018:\n  TP/oneM2M/CSE/SEC/ACP/CRE/003\n";
    assert!(shown.data.contains(heading), "{}", shown.data);
}

#[test]
fn ledger_has_no_gap() {
    let ledger = call(&["ledger"]);
    assert_eq!(ledger.code, 0, "{}", ledger.talk);
    assert!(
        ledger.talk.contains(" 0 without disposition"),
        "{}",
        ledger.talk
    );
    let json = call(&["ledger", "--json"]);
    let json: serde_json::Value = serde_json::from_str(&json.data).expect("JSON");
    let entries = json["requirements"].as_array().expect("a list").len();
    assert_eq!(json["counts"]["total"], entries);
    assert_eq!(ledger.data.lines().count(), entries);
}

#[test]
fn unknown_key_of_a_profile_is_named_with_line_and_suggestion() {
    let called = run_with("unknown-key.toml", "[limits]\njosb = 2\n");
    assert_usage(
        &called,
        "unknown-key.toml:16: unknown key `josb`",
        "did you mean `jobs`?",
    );
}

#[test]
fn unknown_claim_of_a_profile_is_named() {
    let called = run_with("unknown-claim.toml", "[pics]\nPICS_APC = true\n");
    assert_usage(
        &called,
        "unknown-claim.toml:16: unknown claim `PICS_APC`",
        "did you mean `PICS_ACP`?",
    );
}

#[test]
fn wrong_type_in_a_profile_is_named_with_its_line() {
    let called = run_with("wrong-type.toml", "[limits]\njobs = \"two\"\n");
    assert_eq!(called.code, 2);
    assert!(
        called
            .talk
            .contains("wrong-type.toml:16: invalid type: string \"two\""),
        "{}",
        called.talk
    );
}

#[test]
fn broken_toml_is_named_with_its_line() {
    let called = run_with("broken.toml", "[limits\n");
    assert_eq!(called.code, 2);
    assert!(called.talk.contains("broken.toml:15: "), "{}", called.talk);
}

#[test]
fn waiver_without_an_owner_is_refused() {
    let called = run_with(
        "waiver.toml",
        "[[waiver]]\npurpose = \"CSE/ACP/OPS/001\"\nreason = \"r\"\nexpires = 2027-03-31\n",
    );
    assert_usage(
        &called,
        "waiver.toml:15: a waiver without `owner`",
        "a waiver names one purpose, who owns it, the reason, and the last day",
    );
}

#[test]
fn absent_profile_and_wrong_setting_are_refused() {
    let called = call(&["run", "--profile", "absent.toml"]);
    assert_usage(
        &called,
        "profile absent.toml cannot be read",
        "give a file, or `reference`",
    );
    let called = call(&["run", "--set", "limits.josb=1"]);
    assert_usage(
        &called,
        "--set limits.josb: unknown key `josb`",
        "did you mean `jobs`?",
    );
    let called = call(&["run", "--set", "limits.jobs"]);
    assert_usage(
        &called,
        "--set limits.jobs: expected KEY=VALUE",
        "for example --set limits.jobs=1",
    );
}
