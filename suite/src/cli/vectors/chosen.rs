use std::path::Path;

use globset::{GlobBuilder, GlobMatcher};
use onem2m_vectors::{FileError, Kind, Vector, VectorFile};

use crate::cli::CliError;
use crate::cli::args::ChosenVectors;
use crate::suggest::nearest;

/// Exit code of a file that has vectors, and one that is none.
const INVALID: u8 = 1;

/// The vectors that are meant: of files, if any is named, else of this version, and of those what a pattern matches.
pub(super) fn chosen(args: &ChosenVectors) -> Result<Vec<Vector>, CliError> {
    let (files, patterns): (Vec<&String>, Vec<&String>) =
        args.patterns.iter().partition(|word| is_file(word));
    let files: Vec<VectorFile> = match files.as_slice() {
        [] => Kind::ALL
            .into_iter()
            .map(embedded)
            .collect::<Result<_, _>>()?,
        files => files
            .iter()
            .map(|file| read(file))
            .collect::<Result<_, _>>()?,
    };
    let mut vectors: Vec<(Vector, bool)> = files
        .into_iter()
        .flat_map(|file| file.vectors)
        .map(|vector| (vector, patterns.is_empty()))
        .collect();
    for pattern in patterns {
        let pattern = Pattern::read(pattern)?;
        let mut matched = false;
        for (vector, chosen) in &mut vectors {
            if pattern.means(&vector.id) {
                (*chosen, matched) = (true, true);
            }
        }
        if !matched {
            return Err(unknown(pattern.text, &vectors));
        }
    }
    let chosen = vectors.into_iter().filter(|(_, chosen)| *chosen);
    Ok(chosen.map(|(vector, _)| vector).collect())
}

/// No identifier ends so.
fn is_file(word: &str) -> bool {
    Path::new(word).extension().is_some_and(|end| end == "json")
}

fn embedded(kind: Kind) -> Result<VectorFile, CliError> {
    let broken =
        |error| CliError::tester(format!("the vectors {} do not read: {error}", kind.name()));
    VectorFile::embedded(kind).map_err(broken)
}

fn read(path: &str) -> Result<VectorFile, CliError> {
    let text = std::fs::read_to_string(path).map_err(|error| {
        CliError::usage(format!("{path} cannot be read: {error}"))
            .hint("name a file of vectors, or a glob such as 'keys/*'")
    })?;
    let name = Path::new(path).file_stem().unwrap_or_default();
    VectorFile::read(&name.to_string_lossy(), &text).map_err(|error| CliError {
        exit_code: match error {
            FileError::Vector { .. } | FileError::Twice { .. } => INVALID,
            _ => crate::cli::error::USAGE,
        },
        ..CliError::usage(format!("{path}: {error}"))
            .hint("vectors/schema/ says what such files hold")
    })
}

/// A group, or a glob over identifiers with or without their group; case does not matter.
struct Pattern<'p> {
    text: &'p str,
    matcher: GlobMatcher,
}

impl<'p> Pattern<'p> {
    fn read(text: &'p str) -> Result<Self, CliError> {
        let glob = GlobBuilder::new(text).case_insensitive(true).build();
        let glob = glob.map_err(|error| {
            CliError::usage(format!("{text:?} is not a glob: {}", error.kind()))
                .hint("for example 'keys/PRF/*'")
        })?;
        Ok(Self {
            text,
            matcher: glob.compile_matcher(),
        })
    }

    fn means(&self, id: &str) -> bool {
        let (group, own) = id.split_once('/').unwrap_or((id, id));
        group.eq_ignore_ascii_case(self.text)
            || self.matcher.is_match(id)
            || self.matcher.is_match(own)
    }
}

fn unknown(pattern: &str, vectors: &[(Vector, bool)]) -> CliError {
    let ids = vectors.iter().map(|(vector, _)| vector.id.as_str());
    let groups = ids.clone().filter_map(|id| id.split('/').next());
    let error = CliError::usage(format!("no vector or group matches {pattern:?}"));
    error.hint(match nearest(pattern, groups.chain(ids)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`onem2m-conform vectors list` names every vector".into(),
    })
}
