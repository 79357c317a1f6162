//! Replays files through a target without libFuzzer.

use std::path::Path;
use std::{env, fs, io};

/// A fuzz target.
pub type Target = fn(&[u8]);

/// Runs `target` on every file, and every file of every directory, named on the command line.
pub fn replay_arguments(target: Target) -> io::Result<()> {
    let mut files = 0;
    for argument in env::args_os().skip(1) {
        files += replay_path(target, Path::new(&argument))?;
    }
    let noun = if files == 1 { "file" } else { "files" };
    eprintln!("{files} {noun} replayed");
    Ok(())
}

/// Runs `target` on the file `path`, or on every file in the directory `path`; returns how many.
pub fn replay_path(target: Target, path: &Path) -> io::Result<usize> {
    if !path.is_dir() {
        target(&fs::read(path)?);
        return Ok(1);
    }
    let mut files = 0;
    for entry in fs::read_dir(path)? {
        files += replay_path(target, &entry?.path())?;
    }
    Ok(files)
}
