//! Parts of a selection: what one of several runs judges, so that together they judge all of it.

use super::Purpose;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use thiserror::Error;

/// More parts than this are not made.
const MOST: u32 = 1024;

/// Some of the parts of a selection. Which purposes they hold follows from the ids in the selection
/// alone: neither from seed nor from order nor from parallelism.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "Unchecked")]
#[schemars(!try_from)]
pub struct Partition {
    /// How many parts there are.
    pub of: u32,
    /// The numbers of the parts, from 1 and in order.
    pub held: Vec<u32>,
}

/// Parts as a file tells them.
#[derive(Deserialize)]
struct Unchecked {
    of: u32,
    held: Vec<u32>,
}

/// Why a text names no part.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PartitionError {
    /// It has another form.
    #[error("expected I/N, got {0:?}")]
    Form(String),
    /// There is no such part.
    #[error("expected a part from 1 to {of}, got {number}")]
    Number {
        /// The number.
        number: u32,
        /// How many parts there are.
        of: u32,
    },
    /// Parts that are not in order.
    #[error("expected the numbers of parts in order")]
    Order,
    /// No parts, or too many.
    #[error("expected from 1 to {MOST} parts, got {0}")]
    Of(u32),
}

impl FromStr for Partition {
    type Err = PartitionError;

    /// Reads `I/N`, the I-th of N parts.
    fn from_str(text: &str) -> Result<Self, PartitionError> {
        let form = || PartitionError::Form(text.into());
        let is_number = |text: &str| text.bytes().all(|octet| octet.is_ascii_digit());
        let (number, of) = text.split_once('/').ok_or_else(form)?;
        if !is_number(number) || !is_number(of) {
            return Err(form());
        }
        let number = number.parse().map_err(|_| form())?;
        let of = of.parse().map_err(|_| form())?;
        let held = vec![number];
        Unchecked { of, held }.try_into()
    }
}

impl TryFrom<Unchecked> for Partition {
    type Error = PartitionError;

    fn try_from(Unchecked { of, held }: Unchecked) -> Result<Self, PartitionError> {
        if of == 0 || of > MOST {
            return Err(PartitionError::Of(of));
        }
        if let Some(number) = held.iter().find(|number| !(1..=of).contains(number)) {
            let number = *number;
            return Err(PartitionError::Number { number, of });
        }
        match held.is_sorted_by(|one, next| one < next) {
            true => Ok(Self { of, held }),
            false => Err(PartitionError::Order),
        }
    }
}

impl Partition {
    /// Whether nothing is left out.
    pub fn is_whole(&self) -> bool {
        self.missing().is_empty()
    }

    /// The numbers of the parts that are left out.
    pub fn missing(&self) -> Vec<u32> {
        (1..=self.of)
            .filter(|part| !self.held.contains(part))
            .collect()
    }

    /// The purposes of a selection that are in these parts, in their order.
    pub fn share<'a>(&self, selection: Vec<&'a Purpose>) -> Vec<&'a Purpose> {
        let parts = parts(&selection, self.of);
        let both = selection.into_iter().zip(parts);
        both.filter(|(_, part)| self.held.contains(part))
            .map(|(purpose, _)| purpose)
            .collect()
    }
}

/// The part of each purpose. Purposes that have to be alone share the IUT as a whole and stay
/// together; each of the others goes where the fewest are.
fn parts(selection: &[&Purpose], of: u32) -> Vec<u32> {
    let mut order: Vec<usize> = (0..selection.len()).collect();
    let key = |index: &usize| {
        let purpose = selection.get(*index);
        purpose.map(|purpose| (purpose.alone.is_none(), purpose.id.as_str()))
    };
    order.sort_by(|left, right| key(left).cmp(&key(right)));
    let mut sizes: Vec<(usize, u32)> = (1..=of).map(|part| (0, part)).collect();
    let mut parts = vec![1; selection.len()];
    for index in order {
        let together = selection
            .get(index)
            .is_some_and(|purpose| purpose.alone.is_some());
        let into = match together {
            true => sizes.first_mut(),
            false => sizes.iter_mut().min(),
        };
        if let (Some((size, part)), Some(own)) = (into, parts.get_mut(index)) {
            *size += 1;
            *own = *part;
        }
    }
    parts
}

impl fmt::Display for Partition {
    /// `1/3`, or `1+3/3` for several of them.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let held: Vec<String> = self.held.iter().map(u32::to_string).collect();
        write!(formatter, "{}/{}", held.join("+"), self.of)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Catalogue;
    use proptest::prelude::*;

    fn catalogue(alone: &[bool]) -> Catalogue {
        let rows = alone.iter().enumerate().map(|(number, alone)| {
            let alone = if *alone { "alone = \"a\"\n" } else { "" };
            format!(
                "[[purpose]]\nid = \"CSE/ACP/OPS/{number:03}\"\ntitle = \"t\"\nrequirements = []\n\
                 pics = []\nkind = \"valid\"\n{alone}"
            )
        });
        let text = if alone.is_empty() {
            "purpose = []".to_owned()
        } else {
            rows.collect()
        };
        Catalogue::from_files([("acp.toml", text.as_str())]).expect("a small catalogue")
    }

    fn share(catalogue: &Catalogue, part: u32, of: u32) -> Vec<&str> {
        let partition: Partition = format!("{part}/{of}").parse().expect("a part");
        let purposes = partition.share(catalogue.purposes.iter().collect());
        purposes
            .into_iter()
            .map(|purpose| purpose.id.as_str())
            .collect()
    }

    proptest! {
        #[test]
        fn every_purpose_is_in_exactly_one_part(alone in prop::collection::vec(prop::bool::weighted(0.1), 0..60), of in 1_u32..9) {
            let catalogue = catalogue(&alone);
            let mut all: Vec<&str> = (1..=of).flat_map(|part| share(&catalogue, part, of)).collect();
            all.sort_unstable();
            let expected: Vec<&str> = catalogue.purposes.iter().map(|purpose| purpose.id.as_str()).collect();
            prop_assert_eq!(all, expected);
        }

        #[test]
        fn parts_differ_by_one_unless_what_stays_together_is_more(alone in prop::collection::vec(prop::bool::weighted(0.1), 0..60), of in 1_u32..9) {
            let catalogue = catalogue(&alone);
            let sizes: Vec<usize> = (1..=of).map(|part| share(&catalogue, part, of).len()).collect();
            let together = alone.iter().filter(|alone| **alone).count();
            let least = sizes.iter().min().copied().unwrap_or_default();
            let most = sizes.iter().max().copied().unwrap_or_default();
            prop_assert!(most <= (least + 1).max(together), "{:?}", sizes);
        }

        #[test]
        fn what_has_to_be_alone_stays_together(alone in prop::collection::vec(prop::bool::weighted(0.3), 0..40), of in 1_u32..9) {
            let catalogue = catalogue(&alone);
            let with_some = (1..=of).filter(|part| {
                let share = share(&catalogue, *part, of);
                share.iter().any(|id| catalogue.purpose(id).is_some_and(|purpose| purpose.alone.is_some()))
            });
            prop_assert!(with_some.count() <= 1);
        }
    }

    #[test]
    fn order_of_the_selection_does_not_matter() {
        let catalogue = catalogue(&[false; 7]);
        let partition: Partition = "2/3".parse().expect("a part");
        let ids = |mut purposes: Vec<&Purpose>| {
            purposes.sort_by_key(|purpose| purpose.id.clone());
            let ids = purposes.into_iter().map(|purpose| purpose.id.clone());
            ids.collect::<Vec<String>>()
        };
        let forward = partition.share(catalogue.purposes.iter().collect());
        let backward = partition.share(catalogue.purposes.iter().rev().collect());
        assert_eq!(ids(forward), ids(backward));
    }

    #[test]
    fn what_names_no_part_is_refused() {
        for text in [
            "",
            "1",
            "/",
            "1/",
            "/2",
            "a/2",
            "+1/2",
            "1/2/3",
            "-1/2",
            " 1/2",
            "1/99999999999",
        ] {
            let error = text.parse::<Partition>().expect_err(text);
            assert_eq!(error, PartitionError::Form(text.into()));
        }
        for (text, number) in [("0/2", 0), ("3/2", 3)] {
            let error = text.parse::<Partition>().expect_err(text);
            assert_eq!(error, PartitionError::Number { number, of: 2 });
        }
        assert_eq!("1/0".parse::<Partition>(), Err(PartitionError::Of(0)));
        assert_eq!("1/1025".parse::<Partition>(), Err(PartitionError::Of(1025)));
    }

    #[test]
    fn parts_of_a_file_are_checked() {
        let read = serde_json::from_str::<Partition>;
        assert_eq!(
            read("{\"of\":3,\"held\":[1,3]}").expect("two parts").held,
            [1, 3]
        );
        for text in [
            "{\"of\":4294967295,\"held\":[1]}",
            "{\"of\":0,\"held\":[]}",
            "{\"of\":3,\"held\":[4]}",
            "{\"of\":3,\"held\":[2,1]}",
            "{\"of\":3,\"held\":[1,1]}",
        ] {
            assert!(read(text).is_err(), "{text}");
        }
    }

    #[test]
    fn what_is_missing_is_known() {
        let partition = Partition {
            of: 4,
            held: vec![1, 3],
        };
        assert_eq!(partition.missing(), [2, 4]);
        assert_eq!(partition.to_string(), "1+3/4");
        assert!(!partition.is_whole());
    }
}
