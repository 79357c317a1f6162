//! Rebuilds the suite when a catalogue file is added or removed: `include_dir` sees changes only.

fn main() {
    println!("cargo::rerun-if-changed=catalogue");
}
