//! The folder that a run writes into: the bundle.

use super::{PurposeResult, Timestamp};
use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Component, Path, PathBuf};
use thiserror::Error;
use time::OffsetDateTime;
use time::macros::format_description;

/// The results, line by line.
pub const RESULT_LINES: &str = "results.jsonl";
/// The results as a whole.
pub const RESULTS: &str = "results.json";
/// The results for a CI system.
pub const JUNIT: &str = "junit.xml";
/// The results for people.
pub const HTML: &str = "report.html";
/// The digests of all files.
pub const MANIFEST: &str = "manifest.json";
/// The folder of the transcripts.
pub const TRANSCRIPTS: &str = "transcripts";

/// Where runs go that were given no folder.
const REPORTS: &str = "reports";
/// The link to the last of its siblings.
const LATEST: &str = "latest";
/// More runs than this within one second are not given names.
const NAMES: u32 = 1000;

/// A folder that belongs to one run.
#[derive(Debug, Clone)]
pub struct Folder {
    path: PathBuf,
    /// What stood in it before; it is not the run's.
    foreign: BTreeSet<OsString>,
}

/// Why a folder cannot take a run.
#[derive(Debug, Error)]
pub enum FolderError {
    /// It holds a run.
    #[error("{} already holds a run ({found} is there)", path.display())]
    Occupied {
        /// The folder.
        path: PathBuf,
        /// What shows it.
        found: &'static str,
    },
    /// It cannot be made or written.
    #[error("cannot write into {}: {source}", path.display())]
    Unwritable {
        /// The folder.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
}

impl FolderError {
    /// What to try.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Occupied { .. } => "name another folder with --out, or remove this one",
            Self::Unwritable { .. } => "name a folder with --out that can be made and written",
        }
    }
}

impl Folder {
    /// Makes the folder, or takes it if it holds no run.
    pub fn create(path: impl Into<PathBuf>) -> Result<Self, FolderError> {
        let path = path.into();
        for found in [RESULT_LINES, RESULTS, JUNIT, HTML, MANIFEST, TRANSCRIPTS] {
            if path.join(found).symlink_metadata().is_ok() {
                return Err(FolderError::Occupied { path, found });
            }
        }
        Self::take(&path).map_err(|source| FolderError::Unwritable { path, source })
    }

    /// Makes `reports/run-<timestamp>` in the working directory.
    pub fn create_default(started: Timestamp) -> Result<Self, FolderError> {
        Self::create_below(Path::new(REPORTS), started)
    }

    /// Makes `run-<timestamp>` below a folder, numbered if there is one.
    pub fn create_below(parent: &Path, started: Timestamp) -> Result<Self, FolderError> {
        let name = parent.join(default_name(started));
        let mut folder = Self::create(&name);
        for number in 2..NAMES {
            match folder {
                Err(FolderError::Occupied { .. }) => {
                    folder = Self::create(format!("{}-{number}", name.display()));
                }
                settled => return settled,
            }
        }
        folder
    }

    /// Points the link `latest` beside this folder to it.
    pub fn link_latest(&self) -> io::Result<()> {
        let (Some(parent), Some(name)) = (self.path.parent(), self.path.file_name()) else {
            return Err(io::ErrorKind::InvalidInput.into());
        };
        // A link is replaced by renaming: readers see the old or the new one.
        let fresh = parent.join(format!("{LATEST}-{}", std::process::id()));
        link(Path::new(name), &fresh)?;
        fs::rename(&fresh, parent.join(LATEST)).inspect_err(|_| {
            // The link that could not take its place would only confuse.
            let _ = fs::remove_file(&fresh);
        })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The name of a purpose's transcript within the folder.
    pub fn transcript(id: &str) -> String {
        format!("{TRANSCRIPTS}/{}.jsonl", id.replace('/', "."))
    }

    /// Copies the transcript of a result that another run recorded; it is then named within this
    /// folder. A result that has none stays as it is.
    pub fn adopt_transcript(&self, result: &mut PurposeResult, from: &Path) -> io::Result<()> {
        let Some(name) = &result.transcript else {
            return Ok(());
        };
        if !stays_inside(Path::new(name)) {
            return Err(io::Error::other(format!("{name} leads out of the folder")));
        }
        let own = Self::transcript(&result.id);
        self.write(&own, &fs::read(from.join(name))?)?;
        result.transcript = Some(own);
        Ok(())
    }

    /// The file of result lines, to append to.
    pub fn result_lines(&self) -> io::Result<File> {
        OpenOptions::new()
            .append(true)
            .open(self.path.join(RESULT_LINES))
    }

    /// Writes a file by its name within the folder.
    pub fn write(&self, name: &str, content: &[u8]) -> io::Result<()> {
        let path = self.path.join(name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(path, content)
    }

    /// The names of the run's files, sorted and with slashes; links are left out.
    pub fn files(&self) -> io::Result<Vec<String>> {
        let mut files = Vec::new();
        for entry in fs::read_dir(&self.path)? {
            let entry = entry?;
            if !self.foreign.contains(&entry.file_name()) {
                collect(&entry, "", &mut files)?;
            }
        }
        files.sort();
        Ok(files)
    }

    fn take(path: &Path) -> io::Result<Self> {
        fs::create_dir_all(path)?;
        let foreign = fs::read_dir(path)?
            .map(|entry| entry.map(|entry| entry.file_name()))
            .collect::<io::Result<_>>()?;
        OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(path.join(RESULT_LINES))?;
        Ok(Self {
            path: path.to_owned(),
            foreign,
        })
    }
}

/// Whether a name within a folder leads nowhere else.
pub(super) fn stays_inside(name: &Path) -> bool {
    name.components()
        .all(|component| matches!(component, Component::Normal(_)))
}

fn collect(entry: &fs::DirEntry, above: &str, files: &mut Vec<String>) -> io::Result<()> {
    let name = format!("{above}{}", entry.file_name().to_string_lossy());
    let kind = entry.file_type()?;
    if kind.is_file() {
        files.push(name);
    } else if kind.is_dir() {
        let below = format!("{name}/");
        for entry in fs::read_dir(entry.path())? {
            collect(&entry?, &below, files)?;
        }
    }
    Ok(())
}

fn default_name(started: Timestamp) -> String {
    let form = format_description!("run-[year][month][day]T[hour][minute][second]Z");
    OffsetDateTime::from(started)
        .format(form)
        .unwrap_or_else(|_| "run".into())
}

#[cfg(unix)]
fn link(target: &Path, at: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(target, at)
}

#[cfg(not(unix))]
fn link(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}
