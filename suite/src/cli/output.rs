//! Data on standard output, talk on standard error; colours on a terminal only.

use super::CliError;
use clap::builder::Styles;
use std::io::{self, ErrorKind, Write};

/// Writes data to standard output; a reader that has seen enough is no error.
pub fn data(text: &str) -> Result<(), CliError> {
    let mut output = io::stdout().lock();
    match output
        .write_all(text.as_bytes())
        .and_then(|()| output.flush())
    {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(CliError::tester(format!("standard output: {error}")))
        }
        _ => Ok(()),
    }
}

/// Writes a value as JSON to standard output.
pub fn json(value: &impl serde::Serialize) -> Result<(), CliError> {
    let text = serde_json::to_string_pretty(value)
        .map_err(|error| CliError::tester(format!("results cannot be written as JSON: {error}")))?;
    data(&(text + "\n"))
}

/// Writes a line of talk to standard error. When it is closed nobody listens, and that is no error.
pub fn talk(line: &str) {
    let _ = writeln!(anstream::stderr(), "{line}");
}

/// Says what went wrong, and what to try.
pub fn error(error: &CliError) {
    let styles = Styles::styled();
    let (red, cyan) = (styles.get_error(), styles.get_valid());
    talk(&format!("{red}error:{red:#} {}", error.message));
    if let Some(hint) = &error.hint {
        talk(&format!("{cyan}hint:{cyan:#} {hint}"));
    }
}

/// A number with its noun, in agreement: `1 purpose`, `2 purposes`.
pub fn count(number: usize, noun: &str) -> String {
    match number {
        1 => format!("1 {noun}"),
        _ => format!("{number} {noun}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn number_and_noun_agree() {
        assert_eq!(count(1, "purpose"), "1 purpose");
        assert_eq!(count(0, "purpose"), "0 purposes");
        assert_eq!(count(2, "purpose"), "2 purposes");
    }
}
