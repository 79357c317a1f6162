//! Rebuilds the suite when a catalogue file is added or removed, which `include_dir` does not see, and
//! tells it the commit that it is built from.

use std::path::Path;
use std::process::Command;

/// Changes with every commit; a source archive has none, and no commit to tell.
const LOG: &str = "../.git/logs/HEAD";

fn main() {
    println!("cargo::rerun-if-changed=catalogue");
    if !Path::new(LOG).exists() {
        return;
    }
    println!("cargo::rerun-if-changed={LOG}");
    if let Ok(output) = Command::new("git").args(["rev-parse", "HEAD"]).output()
        && output.status.success()
    {
        let commit = String::from_utf8_lossy(&output.stdout);
        println!("cargo::rustc-env=ONEM2M_CONFORM_COMMIT={}", commit.trim());
    }
}
