//! Results whose transcripts are found from wherever a report of them is written.

use crate::cli::CliError;
use crate::report::{Merged, Results};
use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

/// Results with the folders that their transcripts are named from.
pub struct Located {
    /// The results, each transcript named from the folder of its purpose.
    pub results: Results,
    /// The folder of each purpose, by id.
    pub folders: BTreeMap<String, PathBuf>,
}

impl Located {
    /// Finds the folders.
    pub fn of(merged: Merged) -> Result<Self, CliError> {
        let folders = merged.origins.into_iter().map(|(id, file)| {
            let folder = absolute(file.parent().unwrap_or(Path::new("")))?;
            Ok((id, folder))
        });
        Ok(Self {
            results: merged.results,
            folders: folders.collect::<Result<_, CliError>>()?,
        })
    }

    /// The results with transcripts named from a folder.
    pub fn named_from(&self, folder: &Path) -> Result<Results, CliError> {
        let target = absolute(folder)?;
        let mut results = self.results.clone();
        for purpose in &mut results.purposes {
            if let (Some(name), Some(folder)) =
                (&mut purpose.transcript, self.folders.get(&purpose.id))
            {
                *name = relative(&target, &folder.join(&*name));
            }
        }
        Ok(results)
    }
}

fn absolute(folder: &Path) -> Result<PathBuf, CliError> {
    let named = match folder == Path::new("") {
        true => Path::new("."),
        false => folder,
    };
    named
        .canonicalize()
        .map_err(|error| CliError::usage(format!("{}: {error}", named.display())))
}

/// The way from an absolute folder to an absolute file, with slashes.
fn relative(from: &Path, to: &Path) -> String {
    let (from, to) = (steps(from), steps(to));
    let common = from.iter().zip(&to).take_while(|(one, other)| one == other);
    let common = common.count();
    let up = from.iter().skip(common).map(|_| "..".to_owned());
    let down = to.into_iter().skip(common);
    up.chain(down).collect::<Vec<_>>().join("/")
}

/// The names on the way, with `..` taken back.
fn steps(path: &Path) -> Vec<String> {
    let mut steps = Vec::new();
    for component in path.components() {
        match component {
            Component::Normal(name) => steps.push(name.to_string_lossy().into_owned()),
            Component::Prefix(prefix) => {
                steps.push(prefix.as_os_str().to_string_lossy().into_owned());
            }
            Component::ParentDir => {
                steps.pop();
            }
            Component::RootDir | Component::CurDir => {}
        }
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ways_lead_up_and_down() {
        let way = |from: &str, to: &str| relative(Path::new(from), Path::new(to));
        assert_eq!(way("/a/b", "/a/b/t/x"), "t/x");
        assert_eq!(way("/a/b", "/a/c/t/x"), "../c/t/x");
        assert_eq!(way("/a/b", "/a/c/../b/x"), "x");
        assert_eq!(way("/", "/a/x"), "a/x");
    }
}
