//! Writes what came of fuzzing as JUnit, and says how fast each target was.
//!
//! usage: report RESULTS.jsonl JUNIT.xml
//!
//! A line of the results has `target`, `seconds`, `executions`, `per_second`, `corpus` (how many inputs) and `crashes`
//! (names of files).

#![allow(clippy::print_stdout, reason = "a command says what it found")]

use std::fs::{File, read_to_string};
use std::io::{Error, Result};

use junit_report::{Duration, ReportBuilder, TestCase, TestSuite};
use serde_json::Value;

fn main() -> Result<()> {
    let mut arguments = std::env::args_os().skip(1);
    let (Some(results), Some(junit)) = (arguments.next(), arguments.next()) else {
        return Err(Error::other("usage: report RESULTS.jsonl JUNIT.xml"));
    };
    let mut outcomes = Vec::new();
    for line in read_to_string(results)?.lines() {
        outcomes.push(Outcome::read(&serde_json::from_str(line)?)?);
    }
    let fastest = outcomes.iter().find(|outcome| outcome.target == "empty");
    let fastest = fastest.map(|outcome| outcome.per_second);
    let mut suite = TestSuite::new("fuzz");
    for outcome in &outcomes {
        println!("{}", outcome.line(fastest));
        suite.add_testcase(outcome.case());
    }
    let report = ReportBuilder::new().add_testsuite(suite).build();
    report.write_xml(File::create(junit)?).map_err(Error::other)
}

/// What came of one target.
struct Outcome {
    target: String,
    seconds: i64,
    per_second: u64,
    corpus: u64,
    crashes: Vec<String>,
}

impl Outcome {
    fn read(line: &Value) -> Result<Self> {
        let missing = |name: &str| Error::other(format!("{name} is missing in {line}"));
        let number = |name| {
            line.get(name)
                .and_then(Value::as_u64)
                .ok_or_else(|| missing(name))
        };
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let crashes = line.get("crashes").and_then(Value::as_array);
        Ok(Self {
            target: line
                .get("target")
                .and_then(text)
                .ok_or_else(|| missing("target"))?,
            seconds: number("seconds")?.cast_signed(),
            per_second: number("per_second")?,
            corpus: number("corpus")?,
            crashes: crashes
                .ok_or_else(|| missing("crashes"))?
                .iter()
                .filter_map(text)
                .collect(),
        })
    }

    /// One line for people, with the share of the rate of the target that does nothing.
    fn line(&self, fastest: Option<u64>) -> String {
        let share = match fastest {
            Some(fastest) if fastest > 0 => format!(" ({} %)", self.per_second * 100 / fastest),
            _ => String::new(),
        };
        let crashes = match self.crashes.len() {
            0 => String::new(),
            count => format!(", {count} BROKE THE PROMISE"),
        };
        format!(
            "{}: {}/s{share}, {} inputs{crashes}",
            self.target, self.per_second, self.corpus
        )
    }

    fn case(&self) -> TestCase {
        let time = Duration::seconds(self.seconds);
        let mut case = match self.crashes.is_empty() {
            true => TestCase::success(&self.target, time),
            false => {
                let inputs = self.crashes.join(", ");
                TestCase::failure(
                    &self.target,
                    time,
                    "crash",
                    &format!("broke the promise: {inputs}"),
                )
            }
        };
        case.set_classname("fuzz");
        case
    }
}
