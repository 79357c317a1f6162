//! A table of GitHub Flavored Markdown.

use std::io::{self, Write};

/// Rows of cells that are escaped already.
pub(super) struct Table {
    head: Vec<String>,
    rows: Vec<String>,
}

impl Table {
    pub(super) fn new(head: &[&str]) -> Self {
        Self {
            head: head.iter().map(ToString::to_string).collect(),
            rows: Vec::new(),
        }
    }

    pub(super) fn row(&mut self, cells: &[String]) {
        self.rows.push(line(cells));
    }

    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Writes the table and an empty line.
    pub(super) fn write(self, output: &mut impl Write) -> io::Result<()> {
        let rule = vec!["---".to_owned(); self.head.len()];
        writeln!(output, "{}\n{}", line(&self.head), line(&rule))?;
        for row in self.rows {
            writeln!(output, "{row}")?;
        }
        writeln!(output)
    }
}

fn line(cells: &[String]) -> String {
    format!("| {} |", cells.join(" | "))
}
