//! The built binary as a child that is not waited for without end.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// No run of a test takes as long; one that does hangs.
const HANGS: Duration = Duration::from_secs(600);

/// How a call ended.
#[derive(Debug)]
pub struct Ended {
    pub code: i32,
    pub data: String,
    pub talk: String,
}

/// Starts the binary.
pub fn start(arguments: &[&str]) -> Child {
    Command::new(env!("CARGO_BIN_EXE_onem2m-conform"))
        .args(arguments)
        .current_dir(env!("CARGO_TARGET_TMPDIR"))
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

/// Calls the binary and waits for its end.
pub fn call(arguments: &[&str]) -> Ended {
    let mut child = start(arguments);
    let data = drain(child.stdout.take().unwrap());
    let talk = drain(child.stderr.take().unwrap());
    let started = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        if started.elapsed() > HANGS {
            child.kill().unwrap();
            panic!("{arguments:?} hangs");
        }
        thread::sleep(Duration::from_millis(10));
    };
    let ended = Ended {
        code: status.code().expect("the binary ends by itself"),
        data: data.join().unwrap(),
        talk: talk.join().unwrap(),
    };
    assert!(!ended.talk.contains("panicked"), "{}", ended.talk);
    ended
}

/// A folder for a run, which is not there yet.
pub fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    if folder.exists() {
        std::fs::remove_dir_all(&folder).unwrap();
    }
    folder
}

fn drain(mut output: impl Read + Send + 'static) -> thread::JoinHandle<String> {
    thread::spawn(move || {
        let mut text = String::new();
        output.read_to_string(&mut text).unwrap();
        text
    })
}
