//! Files with text around binary content (RFC 7468).

use base64ct::{Base64, Encoding};
use std::path::{Path, PathBuf};
use thiserror::Error;
use zeroize::Zeroizing;

/// Why a file holds no such content.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PemError {
    /// The file cannot be read.
    #[error("{} cannot be read: {reason}", .file.display())]
    File {
        /// The file.
        file: PathBuf,
        /// What the system says.
        reason: String,
    },
    /// There is no block with the label.
    #[error("expected a PEM block of {label} in {}, got none", .file.display())]
    NoBlock {
        /// The file.
        file: PathBuf,
        /// The label.
        label: &'static str,
    },
    /// The block does not read.
    #[error("expected base64 in the PEM block of {label} in {}, got other characters", .file.display())]
    NotBase64 {
        /// The file.
        file: PathBuf,
        /// The label.
        label: &'static str,
    },
}

/// The content of the first block with this label, such as `CERTIFICATE`.
pub(super) fn read(file: &Path, label: &'static str) -> Result<Zeroizing<Vec<u8>>, PemError> {
    let text = text(file)?;
    let (digits, _) = block(&text, label).ok_or_else(|| no_block(file, label))?;
    decoded(file, label, &digits)
}

/// The contents of all blocks with this label; there is at least one.
pub(super) fn read_all(
    file: &Path,
    label: &'static str,
) -> Result<Vec<Zeroizing<Vec<u8>>>, PemError> {
    let text = text(file)?;
    let mut rest = text.as_str();
    let mut contents = Vec::new();
    while let Some((digits, after)) = block(rest, label) {
        contents.push(decoded(file, label, &digits)?);
        rest = after;
    }
    match contents.is_empty() {
        true => Err(no_block(file, label)),
        false => Ok(contents),
    }
}

fn text(file: &Path) -> Result<Zeroizing<String>, PemError> {
    std::fs::read_to_string(file)
        .map(Zeroizing::new)
        .map_err(|error| PemError::File {
            file: file.to_owned(),
            reason: error.to_string(),
        })
}

fn no_block(file: &Path, label: &'static str) -> PemError {
    PemError::NoBlock {
        file: file.to_owned(),
        label,
    }
}

fn decoded(file: &Path, label: &'static str, digits: &str) -> Result<Zeroizing<Vec<u8>>, PemError> {
    Base64::decode_vec(digits)
        .map(Zeroizing::new)
        .map_err(|_| PemError::NotBase64 {
            file: file.to_owned(),
            label,
        })
}

/// What stands between the two lines, without white space, and what comes after them.
fn block<'a>(text: &'a str, label: &str) -> Option<(Zeroizing<String>, &'a str)> {
    let (_, rest) = text.split_once(&format!("-----BEGIN {label}-----"))?;
    let (content, rest) = rest.split_once(&format!("-----END {label}-----"))?;
    let digits = content
        .chars()
        .filter(|letter| !letter.is_ascii_whitespace());
    Some((Zeroizing::new(digits.collect()), rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_block_of_the_label_is_taken() {
        let text = "words\n-----BEGIN A-----\nAAEC\nAw==\n-----END A-----\n-----BEGIN A-----\nBA==\n-----END A-----\n";
        assert_eq!(block(text, "A").unwrap().0.as_str(), "AAECAw==");
        assert!(block(text, "B").is_none());
    }
}
