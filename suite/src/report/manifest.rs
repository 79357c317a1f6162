//! `manifest.json`: the digest of every file of a run, so that others can check that none was changed.

use super::folder::{Folder, MANIFEST, stays_inside};
use super::{Event, Reporter};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;
use thiserror::Error;

/// Names the schema that `manifest.json` follows.
pub const MANIFEST_SCHEMA: &str = "https://onem2m-conform.example/schema/manifest-1.json";

/// The files of a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(extend("$id" = MANIFEST_SCHEMA))]
pub struct Manifest {
    /// The schema that it follows.
    #[schemars(extend("const" = MANIFEST_SCHEMA))]
    pub schema: String,
    /// SHA-256 of each file in hexadecimal, by its name within the folder.
    pub files: BTreeMap<String, String>,
}

/// A file that is not as the manifest says.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Discrepancy {
    /// It has other content.
    #[error("{0} has other content")]
    Changed(String),
    /// It is not there, or cannot be read.
    #[error("{0} is missing")]
    Missing(String),
    /// Its name leads out of the folder.
    #[error("{0} leads out of the folder")]
    Outside(String),
}

/// Writes `manifest.json` into a folder; it has to be the last of the formats.
pub struct ManifestReporter(pub Folder);

impl Reporter for ManifestReporter {
    fn event(&mut self, event: &Event) -> io::Result<()> {
        let Event::RunFinished(_) = event else {
            return Ok(());
        };
        let mut text = serde_json::to_vec_pretty(&Manifest::of(&self.0)?)?;
        text.push(b'\n');
        self.0.write(MANIFEST, &text)
    }
}

impl Manifest {
    /// The digests of the run's files as they are now.
    pub fn of(folder: &Folder) -> io::Result<Self> {
        let files = folder
            .files()?
            .into_iter()
            .filter(|name| name != MANIFEST)
            .map(|name| digest(&folder.path().join(&name)).map(|digest| (name, digest)))
            .collect::<io::Result<_>>()?;
        Ok(Self {
            schema: MANIFEST_SCHEMA.into(),
            files,
        })
    }

    /// The manifest in a folder.
    pub fn read(folder: &Path) -> io::Result<Self> {
        Ok(serde_json::from_slice(&fs::read(folder.join(MANIFEST))?)?)
    }

    /// What in a folder is not as the manifest says; files that it does not name do not matter.
    pub fn check(&self, folder: &Path) -> Vec<Discrepancy> {
        let differs = |(name, expected): (&String, &String)| {
            if !stays_inside(Path::new(name)) {
                return Some(Discrepancy::Outside(name.clone()));
            }
            match digest(&folder.join(name)) {
                Ok(got) if got == *expected => None,
                Ok(_) => Some(Discrepancy::Changed(name.clone())),
                Err(_) => Some(Discrepancy::Missing(name.clone())),
            }
        };
        self.files.iter().filter_map(differs).collect()
    }
}

fn digest(path: &Path) -> io::Result<String> {
    let mut file = File::open(path)?;
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 64 * 1024];
    loop {
        match file.read(&mut buffer)? {
            0 => break,
            length => hasher.update(buffer.get(..length).unwrap_or_default()),
        }
    }
    let mut text = String::with_capacity(64);
    for octet in hasher.finalize() {
        // Writing to a string cannot fail.
        let _ = write!(text, "{octet:02x}");
    }
    Ok(text)
}
