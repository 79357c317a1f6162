//! The life cycle of `acpi` as a table: what it may be, what is done with it, and who tries.
//!
//! Every cell is a purpose `CSE/ACP/LIF`, or `cells.toml` says where it is shown or why it cannot be. `TABLE.md` is the
//! whole; `UPDATE_TABLE=1 cargo test -p onem2m-conform --test life_cycle` writes it anew.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

mod cell;
mod table;

use cell::{Cell, Cells, every_cell};
use onem2m_conform::catalogue::Catalogue;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The purposes of the life cycle, by the cell that they show.
fn shown(catalogue: &Catalogue) -> BTreeMap<Cell, Vec<String>> {
    let mut shown: BTreeMap<Cell, Vec<String>> = BTreeMap::new();
    for purpose in &catalogue.purposes {
        if let Some(links) = &purpose.links {
            shown
                .entry(Cell::of(links))
                .or_default()
                .push(purpose.id.clone());
        }
    }
    shown
}

#[test]
fn every_cell_is_a_purpose_or_has_a_reason_and_not_both() {
    let shown = shown(&Catalogue::embedded().unwrap());
    let said = Cells::read();
    for cell in every_cell() {
        let purposes = shown.get(&cell).map_or(0, Vec::len);
        let reasons = said.about(&cell).count();
        assert_eq!(
            purposes + reasons,
            1,
            "{cell:?}: {purposes} purposes, {reasons} reasons"
        );
    }
}

#[test]
fn no_purpose_stands_outside_the_table() {
    let every: BTreeSet<Cell> = every_cell().collect();
    for (cell, purposes) in shown(&Catalogue::embedded().unwrap()) {
        assert!(every.contains(&cell), "{purposes:?}");
    }
}

#[test]
fn every_reason_that_names_purposes_names_some_that_exist() {
    let catalogue = Catalogue::embedded().unwrap();
    let ids: BTreeSet<&str> = catalogue
        .purposes
        .iter()
        .map(|purpose| purpose.id.as_str())
        .collect();
    for said in Cells::read().0 {
        let without_purpose = ["impossible", "open"]
            .iter()
            .any(|word| said.reason.starts_with(word));
        assert_eq!(said.by.is_empty(), without_purpose, "{}", said.reason);
        for id in &said.by {
            assert!(ids.contains(id.as_str()), "{id}");
        }
    }
}

#[test]
fn the_committed_table_is_that_of_the_catalogue() {
    let catalogue = Catalogue::embedded().unwrap();
    let text = table::rendered(&catalogue, &shown(&catalogue), &Cells::read());
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/life_cycle/TABLE.md");
    if std::env::var_os("UPDATE_TABLE").is_some() {
        std::fs::write(&path, &text).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        committed == text,
        "TABLE.md is not that of today: see UPDATE_TABLE"
    );
}
