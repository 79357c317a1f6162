//! Reads the catalogue that is embedded in the binary.

use super::dispute::DisputeFile;
use super::pics::{PicsFile, PixitFile};
use super::requirement::RequirementFile;
use super::service_names::NamesFile;
use super::threat::ThreatFile;
use super::ts0018::OfficialFile;
use super::{
    Countermeasure, Dispute, OfficialCase, Pics, Pixit, Purpose, PurposeFile, Question,
    QuestionFile, Requirement, Threat,
};
use include_dir::{Dir, include_dir};
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use thiserror::Error;

static FILES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/catalogue");

/// Everything that the suite judges, and by what.
#[derive(Debug, Clone, Default)]
pub struct Catalogue {
    /// The purposes, by id.
    pub purposes: Vec<Purpose>,
    /// The requirements, by id.
    pub requirements: BTreeMap<String, Requirement>,
    /// The claims that a profile can make, by name.
    pub pics: BTreeMap<String, Pics>,
    /// The values and readings that a profile can state, by name.
    pub pixit: BTreeMap<String, Pixit>,
    /// What shows a capability, by the claim.
    pub questions: BTreeMap<String, Question>,
    /// The threats of TR-0008, by number.
    pub threats: BTreeMap<u32, Threat>,
    /// The countermeasures of TR-0008, by number.
    pub countermeasures: BTreeMap<u32, Countermeasure>,
    /// The disputed codes, by name.
    pub disputes: BTreeMap<String, Dispute>,
    /// The official test cases of TS-0018.
    pub official: Vec<OfficialCase>,
    /// SHA-256 over the path and text of every file, in hexadecimal.
    pub sha256: String,
    /// The file stem that each purpose was read from, in the order of `purposes`.
    pub(super) stems: Vec<String>,
    /// Ids and names that occur more than once.
    pub(super) repeated: Vec<String>,
}

/// Why the catalogue does not read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CatalogueError {
    /// A file is not text in UTF-8.
    #[error("{file}: expected UTF-8")]
    Encoding {
        /// Its path below `suite/catalogue`.
        file: String,
    },
    /// A file does not have the form of its kind.
    #[error("{file}:{line}: {message}")]
    Form {
        /// Its path below `suite/catalogue`.
        file: String,
        /// The line, from 1.
        line: usize,
        /// What was expected and what stands there.
        message: String,
    },
    /// A file is in no known place.
    #[error("{file}: expected GROUP.toml, requirements/*.toml or a named auxiliary file")]
    Unexpected {
        /// Its path below `suite/catalogue`.
        file: String,
    },
}

impl Catalogue {
    /// The catalogue of this binary.
    pub fn embedded() -> Result<Self, CatalogueError> {
        let mut files = Vec::new();
        collect(&FILES, &mut files)?;
        Self::from_files(files)
    }

    /// A catalogue from paths, relative to `suite/catalogue`, and texts.
    pub fn from_files<'a>(
        files: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<Self, CatalogueError> {
        let mut files: Vec<(&str, &str)> = files.into_iter().collect();
        files.sort_unstable();
        let mut catalogue = Self {
            sha256: digest(&files),
            ..Self::default()
        };
        let mut purposes = Vec::new();
        for (path, text) in files {
            catalogue.add(path, text, &mut purposes)?;
        }
        purposes.sort_by(|left, right| left.1.id.cmp(&right.1.id));
        for pair in purposes.windows(2) {
            if let [left, right] = pair
                && left.1.id == right.1.id
            {
                catalogue.repeated.push(left.1.id.clone());
            }
        }
        (catalogue.stems, catalogue.purposes) = purposes.into_iter().unzip();
        Ok(catalogue)
    }

    fn add(
        &mut self,
        path: &str,
        text: &str,
        purposes: &mut Vec<(String, Purpose)>,
    ) -> Result<(), CatalogueError> {
        let repeated = &mut self.repeated;
        match path.strip_suffix(".toml") {
            Some("pics") => {
                let file: PicsFile = read(path, text)?;
                index(
                    &mut self.pics,
                    file.pics,
                    |item| item.name.clone(),
                    repeated,
                );
            }
            Some("pixit") => {
                let file: PixitFile = read(path, text)?;
                index(
                    &mut self.pixit,
                    file.pixit,
                    |item| item.name.clone(),
                    repeated,
                );
            }
            Some("ts0032-names") => {
                read::<NamesFile>(path, text)?;
            }
            Some("questions") => {
                let file: QuestionFile = read(path, text)?;
                index(
                    &mut self.questions,
                    file.question,
                    |item| item.pics.clone(),
                    repeated,
                );
            }
            Some("disputes") => {
                let file: DisputeFile = read(path, text)?;
                index(
                    &mut self.disputes,
                    file.dispute,
                    |item| item.name.clone(),
                    repeated,
                );
            }
            Some("ts0018") => {
                let file: OfficialFile = read(path, text)?;
                self.official = file.cases();
            }
            Some("threats") => {
                let file: ThreatFile = read(path, text)?;
                index(&mut self.threats, file.threat, |item| item.id, repeated);
                index(
                    &mut self.countermeasures,
                    file.countermeasure,
                    |item| item.id,
                    repeated,
                );
            }
            Some(stem) if stem.starts_with("requirements/") => {
                let file: RequirementFile = read(path, text)?;
                index(
                    &mut self.requirements,
                    file.requirement,
                    |item| item.id.clone(),
                    repeated,
                );
            }
            Some(stem) if !stem.contains('/') => {
                let file: PurposeFile = read(path, text)?;
                purposes.extend(
                    file.purpose
                        .into_iter()
                        .map(|purpose| (stem.to_owned(), purpose)),
                );
            }
            _ => return Err(CatalogueError::Unexpected { file: path.into() }),
        }
        Ok(())
    }

    /// The purpose with this id.
    pub fn purpose(&self, id: &str) -> Option<&Purpose> {
        let at = self
            .purposes
            .binary_search_by(|purpose| purpose.id.as_str().cmp(id))
            .ok()?;
        self.purposes.get(at)
    }

    /// Whether a purpose judges a `shall`; all others are advisory.
    pub fn is_mandatory(&self, purpose: &Purpose) -> bool {
        purpose
            .requirements
            .iter()
            .filter_map(|id| self.requirements.get(id))
            .any(|requirement| requirement.level.is_mandatory())
    }

    /// The groups that have purposes, in order.
    pub fn groups(&self) -> Vec<String> {
        let mut groups: Vec<String> = self.purposes.iter().map(Purpose::group).collect();
        groups.sort_unstable();
        groups.dedup();
        groups
    }
}

fn collect<'a>(
    folder: &Dir<'a>,
    files: &mut Vec<(&'a str, &'a str)>,
) -> Result<(), CatalogueError> {
    for file in folder.files() {
        let path = file.path().to_str();
        match (path, file.contents_utf8()) {
            (Some(path), Some(text)) => files.push((path, text)),
            _ => {
                let file = file.path().display().to_string();
                return Err(CatalogueError::Encoding { file });
            }
        }
    }
    folder.dirs().try_for_each(|inner| collect(inner, files))
}

fn read<T: DeserializeOwned>(path: &str, text: &str) -> Result<T, CatalogueError> {
    toml::from_str(text).map_err(|error| CatalogueError::Form {
        file: path.into(),
        line: error.span().map_or(1, |span| line_of(text, span.start)),
        message: error.message().trim().into(),
    })
}

/// The line of an offset, from 1.
pub(crate) fn line_of(text: &str, offset: usize) -> usize {
    text.bytes()
        .take(offset)
        .filter(|byte| *byte == b'\n')
        .count()
        + 1
}

fn index<K: Ord + ToString, T>(
    map: &mut BTreeMap<K, T>,
    items: Vec<T>,
    key: impl Fn(&T) -> K,
    repeated: &mut Vec<String>,
) {
    for item in items {
        let key = key(&item);
        let name = key.to_string();
        if map.insert(key, item).is_some() {
            repeated.push(name);
        }
    }
}

fn digest(files: &[(&str, &str)]) -> String {
    let mut hasher = Sha256::new();
    for (path, text) in files {
        for part in [path, text] {
            hasher.update((part.len() as u64).to_be_bytes());
            hasher.update(part.as_bytes());
        }
    }
    hasher
        .finalize()
        .iter()
        .map(|octet| format!("{octet:02x}"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn broken_row_is_named_with_file_and_line() {
        let error = Catalogue::from_files([("pics.toml", "\n[[pics]]\nnme = \"PICS_ACP\"\n")])
            .expect_err("a misspelt member");
        let CatalogueError::Form { file, line, .. } = error else {
            panic!("got {error:?}")
        };
        assert_eq!((file.as_str(), line), ("pics.toml", 3));
    }

    #[test]
    fn file_in_no_known_place_is_refused() {
        let error = Catalogue::from_files([("notes/a.toml", "")]).expect_err("no such place");
        assert!(matches!(error, CatalogueError::Unexpected { .. }));
    }

    #[test]
    fn digest_changes_with_a_path() {
        assert_ne!(digest(&[("a", "bc")]), digest(&[("ab", "c")]));
    }
}
