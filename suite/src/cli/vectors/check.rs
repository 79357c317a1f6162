use super::chosen::chosen;
use crate::cli::args::ChosenVectors;
use crate::cli::{CliError, output};

/// Prints the vectors that are not as they say; 1 if there is one.
pub(super) fn execute(args: &ChosenVectors) -> Result<u8, CliError> {
    let vectors = chosen(args)?;
    let mut wrong = 0;
    for vector in &vectors {
        if let Err(difference) = vector.check() {
            wrong += 1;
            output::data(&format!(
                "{}  {}\n  {difference}\n  source: {}\n",
                vector.id, vector.reason, vector.source
            ))?;
        }
    }
    output::talk(&format!(
        "{}: {} as they say, {wrong} not",
        output::count(vectors.len(), "vector"),
        vectors.len() - wrong
    ));
    Ok(u8::from(wrong > 0))
}
