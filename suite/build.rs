//! Rebuilds the suite when a catalogue file is added or removed, which `include_dir` does not see, and
//! tells it the commit that it is built from.

use std::process::Command;

fn main() {
    println!("cargo::rerun-if-changed=catalogue");
    println!("cargo::rerun-if-changed=../.git/logs/HEAD");
    let commit = Command::new("git").args(["rev-parse", "HEAD"]).output();
    // A source archive has no commit to tell.
    if let Ok(output) = commit
        && output.status.success()
    {
        let commit = String::from_utf8_lossy(&output.stdout);
        println!("cargo::rustc-env=ONEM2M_CONFORM_COMMIT={}", commit.trim());
    }
}
