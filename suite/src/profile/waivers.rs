//! The form of waivers, told by the member that is wrong.

use super::error::{Place, ProfileError};
use toml_edit::{Document, Item, TableLike};

/// Members that hold text.
const TEXTS: [&str; 3] = ["purpose", "owner", "reason"];
/// The member that holds a date.
const EXPIRES: &str = "expires";

/// Refuses a waiver that lacks a member, or has one of another type. `line` is the place of an offset.
pub(super) fn check(
    document: &Document<&str>,
    line: &dyn Fn(usize) -> Place,
) -> Result<(), ProfileError> {
    let Some(item) = document.get("waiver") else {
        return Ok(());
    };
    for (waiver, offset) in tables(item) {
        for name in TEXTS.into_iter().chain([EXPIRES]) {
            let Some((key, member)) = waiver.get_key_value(name) else {
                let message = format!("a waiver without `{name}`");
                let place = line(offset);
                return Err(ProfileError::Waiver { place, message });
            };
            let Some(expected) = mismatch(name, member) else {
                continue;
            };
            let got = member.to_string();
            let message = format!("`{name}`: expected {expected}, got {}", got.trim());
            let place = line(key.span().map_or(offset, |span| span.start));
            return Err(ProfileError::Waiver { place, message });
        }
    }
    Ok(())
}

/// What a member should be, if it is something else.
fn mismatch(name: &str, member: &Item) -> Option<&'static str> {
    let date = member.as_datetime();
    let (fits, expected) = match name {
        EXPIRES => (
            date.is_some_and(|date| date.date.is_some() && date.time.is_none()),
            "a date without quotes, such as 2027-03-31",
        ),
        _ => (member.is_str(), "text"),
    };
    (!fits).then_some(expected)
}

/// The tables of a list, however it is written, with their offsets.
fn tables(item: &Item) -> Vec<(&dyn TableLike, usize)> {
    let start = |span: Option<std::ops::Range<usize>>| span.map_or(0, |span| span.start);
    if let Some(list) = item.as_array_of_tables() {
        let each = list.iter();
        return each
            .map(|table| (table as &dyn TableLike, start(table.span())))
            .collect();
    }
    let values = item.as_array().into_iter().flatten();
    values
        .filter_map(|value| {
            let table = value.as_inline_table()?;
            Some((table as &dyn TableLike, start(value.span())))
        })
        .collect()
}
