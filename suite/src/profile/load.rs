//! Reads a profile and what the command line changes in it.

use super::check::Checks;
use super::error::{Place, ProfileError};
use super::setting::Setting;
use super::shape::{Node, Shape};
use super::waivers;
use super::{
    Certificates, KnownIssuer, KnownPeers, KnownService, Profile, Provisioned, ProvisionedHost,
    ServedMaf,
};
use crate::catalogue::{Catalogue, line_of};
use crate::suggest::nearest;
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use toml_edit::{ArrayOfTables, Document, TableLike};
use zeroize::Zeroizing;

/// The embedded profile of the reference.
pub(super) const REFERENCE: &str = include_str!("../../../profiles/reference.toml");

impl Profile {
    /// The profile of that name or in that file, after `KEY=VALUE` settings, checked against the
    /// claims, values and purposes of the catalogue.
    pub fn load(
        name_or_file: &str,
        sets: &[String],
        catalogue: &Catalogue,
    ) -> Result<Self, ProfileError> {
        if name_or_file == "reference" {
            let mut source = Source::new("reference", PathBuf::new(), REFERENCE.to_owned());
            source.embedded = true;
            return source.read(sets, catalogue);
        }
        let text =
            std::fs::read_to_string(name_or_file).map_err(|error| ProfileError::Unreadable {
                file: name_or_file.into(),
                reason: error.to_string(),
            })?;
        let folder = Path::new(name_or_file)
            .parent()
            .unwrap_or(Path::new(""))
            .to_owned();
        Source::new(name_or_file, folder, text).read(sets, catalogue)
    }
}

impl Profile {
    /// Reads the text of a profile; `name` stands for its file in errors.
    pub fn read(name: &str, text: String, catalogue: &Catalogue) -> Result<Self, ProfileError> {
        Self::read_with(name, text, &[], catalogue)
    }

    /// The same after `KEY=VALUE` settings.
    pub fn read_with(
        name: &str,
        text: String,
        sets: &[String],
        catalogue: &Catalogue,
    ) -> Result<Self, ProfileError> {
        Source::new(name, PathBuf::new(), text).read(sets, catalogue)
    }
}

/// The text of a profile and where it came from.
pub(super) struct Source {
    file: String,
    folder: PathBuf,
    text: Zeroizing<String>,
    embedded: bool,
}

impl Source {
    pub(super) fn new(file: &str, folder: PathBuf, text: String) -> Self {
        Self {
            file: file.into(),
            folder,
            text: Zeroizing::new(text),
            embedded: false,
        }
    }

    pub(super) fn read(
        &self,
        sets: &[String],
        catalogue: &Catalogue,
    ) -> Result<Profile, ProfileError> {
        let settings: Vec<Setting> = sets
            .iter()
            .map(|set| Setting::parse(set))
            .collect::<Result<_, _>>()?;
        let document = Document::parse(self.text.as_str()).map_err(|error| {
            self.value_error(error.span().map_or(0, |span| span.start), error.message())
        })?;
        let shape = Shape::of_profile();
        self.refuse_unknown_keys(document.as_table(), shape.root())?;
        waivers::check(&document, &|offset| self.line(offset))?;
        let (text, mut profile) = self.with_settings(&document, &settings, &shape)?;
        profile.embedded = self.embedded;
        let digest = Sha256::digest(text.as_bytes());
        profile.sha256 = digest.iter().map(|octet| format!("{octet:02x}")).collect();
        let checks = Checks {
            profile: &profile,
            catalogue,
            folder: &self.folder,
            place: &|path: &[&str]| self.place(&document, &settings, path),
        };
        checks.all()?;
        profile.provisioned = Provisioned::all(&profile.credentials.psk, &self.folder);
        profile.pairwise = Provisioned::all(&profile.credentials.pairwise, &self.folder);
        profile.hosts = ProvisionedHost::all(&profile.credentials, &self.folder);
        profile.certificates = Certificates::all(&profile.credentials, &self.folder);
        profile.known_peers = KnownPeers::read(&profile.credentials, &self.folder);
        profile.token_issuers = KnownIssuer::all(&profile.credentials, &self.folder);
        profile.known_services = KnownService::all(&profile, &self.folder);
        profile.known_maf = ServedMaf::of(&profile, &self.folder);
        Ok(profile)
    }

    /// Applies the settings one by one, so that a wrong one can be named.
    fn with_settings(
        &self,
        document: &Document<&str>,
        settings: &[Setting],
        shape: &Shape,
    ) -> Result<(Zeroizing<String>, Profile), ProfileError> {
        let mut text = self.text.clone();
        let mut read = self.deserialize(self.text.as_str());
        let mut changed = document.clone().into_mut();
        for setting in settings {
            setting.apply(&mut changed, shape)?;
            text = Zeroizing::new(changed.to_string());
            let after = toml::from_str::<Profile>(&text);
            read = match (read, after) {
                (_, Ok(profile)) => Ok(profile),
                (Ok(_), Err(error)) => {
                    let message = error.message().trim().to_owned();
                    let place = setting.place();
                    return Err(ProfileError::Value { place, message });
                }
                (Err(first), Err(_)) => Err(first),
            };
        }
        Ok((text, read?))
    }

    fn deserialize(&self, text: &str) -> Result<Profile, ProfileError> {
        toml::from_str(text).map_err(|error| {
            let offset = error.span().map_or(0, |span| span.start);
            self.value_error(offset, error.message())
        })
    }

    fn value_error(&self, offset: usize, message: &str) -> ProfileError {
        let message = match message.split_once("expected") {
            Some((_, expected)) if self.is_secret(offset) => format!("expected{expected}"),
            _ => message.trim().into(),
        };
        ProfileError::Value {
            place: self.line(offset),
            message,
        }
    }

    /// Whether the value there may be a key, so that no message can repeat it.
    fn is_secret(&self, offset: usize) -> bool {
        let before = self.text.get(..offset).unwrap_or_default();
        let own_line = before.rsplit('\n').next().unwrap_or_default();
        let header = before
            .lines()
            .rev()
            .find(|line| line.trim_start().starts_with('['));
        [Some(own_line), header]
            .into_iter()
            .flatten()
            .any(|line| line.contains("credentials"))
    }

    fn refuse_unknown_keys(
        &self,
        table: &dyn TableLike,
        node: Node<'_>,
    ) -> Result<(), ProfileError> {
        for (name, item) in table.iter() {
            let Some(child) = node.child(name) else {
                let keys = node.keys();
                let offset = table
                    .key(name)
                    .and_then(|key| key.span())
                    .map_or(0, |span| span.start);
                return Err(ProfileError::Unknown {
                    place: self.line(offset),
                    kind: "key",
                    name: name.into(),
                    suggestion: nearest(name, keys.iter().copied()).map(str::to_owned),
                    known: keys.into_iter().map(str::to_owned).collect(),
                });
            };
            if let Some(inner) = item.as_table_like() {
                self.refuse_unknown_keys(inner, child)?;
            }
            if let (Some(list), Some(element)) = (item.as_array_of_tables(), child.element()) {
                for inner in list {
                    self.refuse_unknown_keys(inner, element)?;
                }
            }
        }
        Ok(())
    }

    /// Where the value at a path was given; the nearest table above it if it is absent.
    fn place(&self, document: &Document<&str>, settings: &[Setting], path: &[&str]) -> Place {
        if let Some(setting) = settings.iter().rev().find(|setting| setting.touches(path)) {
            return setting.place();
        }
        let mut offset = 0;
        let mut table: Option<&dyn TableLike> = Some(document.as_table());
        let mut list: Option<&ArrayOfTables> = None;
        for name in path {
            let element = list.and_then(|list| list.get(name.parse().ok()?));
            if let Some(element) = element {
                offset = element.span().map_or(offset, |span| span.start);
                table = Some(element);
                list = None;
                continue;
            }
            let Some((key, item)) = table.and_then(|table| table.get_key_value(name)) else {
                break;
            };
            offset = key.span().map_or(offset, |span| span.start);
            (table, list) = (item.as_table_like(), item.as_array_of_tables());
        }
        self.line(offset)
    }

    fn line(&self, offset: usize) -> Place {
        Place::Line {
            file: self.file.clone(),
            line: line_of(&self.text, offset),
        }
    }
}

#[cfg(test)]
impl Profile {
    /// The reference profile with other claims, and with values as they are by default.
    pub(crate) fn parse_for_test(pics: &str, catalogue: &Catalogue) -> Self {
        let (before, rest) = REFERENCE
            .split_once("[pics]")
            .expect("claims in the reference profile");
        let (_, credentials) = rest
            .split_once("\n[credentials.")
            .expect("credentials in the reference profile");
        let text = format!("{before}[pics]\n{pics}\n[credentials.{credentials}");
        let mut source = Source::new("test", PathBuf::new(), text);
        source.embedded = true;
        source.read(&[], catalogue).expect("a profile for a test")
    }
}

#[cfg(test)]
#[path = "load_tests.rs"]
mod tests;
