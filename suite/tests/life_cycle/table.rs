//! The table as text.

use crate::cell::{Cell, Cells, every_cell, everybody};
use onem2m_conform::catalogue::Catalogue;
use onem2m_conform::catalogue::behaviour::Expectation;
use std::collections::BTreeMap;
use std::fmt::Write;

/// Renders the cells that are possible; those that are not share a last line.
pub fn rendered(
    catalogue: &Catalogue,
    shown: &BTreeMap<Cell, Vec<String>>,
    said: &Cells,
) -> String {
    let mut text = String::from(
        "# The life cycle of acpi\n\n\
         TS-0001 V3.36.0, 9.6.1.3.2 and TS-0004 V3.32.0, 7.3.3.7. Written by `cargo test -p onem2m-conform --test life_cycle`.\n\n\
         | state | operation | who | answer | shown by |\n|---|---|---|---|---|\n",
    );
    let mut impossible = 0;
    for cell in every_cell() {
        let (answer, by) = match (shown.get(&cell), said.about(&cell).next()) {
            (Some(ids), _) => (answers(catalogue, ids), ids.join(", ")),
            (None, Some(_)) if is_impossible(said, &cell) => {
                impossible += 1;
                continue;
            }
            (None, Some(said)) => (said.reason.clone(), said.by.join(", ")),
            (None, None) => ("nothing is said".to_owned(), String::new()),
        };
        let (state, operation) = (cell.state.word(), cell.operation.word());
        writeln!(
            text,
            "| {state} | {operation} | {} | {answer} | {by} |",
            cell.who
        )
        .unwrap();
    }
    let possible = every_cell().count() - impossible;
    writeln!(
        text,
        "\n{possible} cells, of which {} are purposes of their own; {impossible} more are impossible.",
        shown.len()
    )
    .unwrap();
    text
}

/// Whether nobody, or not this one, can be in the cell.
fn is_impossible(said: &Cells, cell: &Cell) -> bool {
    let impossible = |cell: &Cell| {
        said.about(cell)
            .any(|said| said.reason.starts_with("impossible"))
    };
    let mut others = everybody().filter(|who| *who != cell.who).map(|who| Cell {
        who,
        ..cell.clone()
    });
    impossible(cell) || others.all(|other| impossible(&other))
}

fn answers(catalogue: &Catalogue, ids: &[String]) -> String {
    let purposes = catalogue
        .purposes
        .iter()
        .filter(|purpose| ids.contains(&purpose.id));
    let answers = purposes.filter_map(|purpose| Some(answer(&purpose.links.as_ref()?.expect)));
    answers.collect::<Vec<_>>().join("; ")
}

fn answer(expectation: &Expectation) -> String {
    let spelled = |codes: &[u16]| {
        let codes: Vec<String> = codes.iter().map(u16::to_string).collect();
        codes.join(" or ")
    };
    match expectation {
        Expectation::Permit => "permitted".into(),
        Expectation::Deny => "4103".into(),
        Expectation::Codes(codes) => spelled(codes),
        Expectation::Refuse { codes, .. } => format!("{}, or grants nothing", spelled(codes)),
        Expectation::Reading { pixit, readings } => {
            let readings = readings
                .iter()
                .map(|(value, reading)| format!("{value}: {}", answer(reading)));
            let readings: Vec<String> = readings.collect();
            format!("{pixit} ({})", readings.join("; "))
        }
        other => other.to_value().to_string(),
    }
}
