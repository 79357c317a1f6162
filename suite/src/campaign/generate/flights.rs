//! Damages the first flight of a handshake.

use super::dice::Dice;
use crate::campaign::flight::{hexed, right};
use crate::campaign::model::{ADMINISTRATOR, BASE, Model};
use crate::campaign::step::{Oddity, Operation, Step, Target, Worth};
use crate::campaign::trial::Source;

/// The most flights of a sequence.
const MOST: usize = 12;

/// The longest flight.
const LONGEST: usize = 8 * 1024;

/// A sequence of damaged flights.
pub struct Flights {
    dice: Dice,
    right: Vec<u8>,
    left: usize,
}

impl Flights {
    /// A sequence of its own.
    pub fn new(seed: u64, sequence: u64) -> Self {
        let mut dice = Dice::new(seed, sequence);
        let left = 1 + dice.below(MOST);
        Self {
            dice,
            right: right().unwrap_or_default(),
            left,
        }
    }

    fn damaged(&mut self) -> Vec<u8> {
        let mut octets = self.right.clone();
        for _ in 0..=self.dice.below(4) {
            self.damage(&mut octets);
        }
        octets.truncate(LONGEST);
        octets
    }

    fn damage(&mut self, octets: &mut Vec<u8>) {
        let dice = &mut self.dice;
        let at = dice.below(octets.len().max(1));
        let interesting = [0, 1, 2, 3, 0x16, 0x14, 0x15, 0x17, 0x7f, 0x80, 0xff];
        match dice.below(7) {
            0 | 1 => {
                if let Some(octet) = octets.get_mut(at) {
                    *octet = dice.one(&interesting, 0);
                }
            }
            2 => {
                let bit = 1_u8 << dice.below(8);
                if let Some(octet) = octets.get_mut(at) {
                    *octet ^= bit;
                }
            }
            3 => octets.truncate(at),
            4 => {
                let octet = dice.one(&interesting, 0xff);
                let number = dice.one(&[1, 2, 16, 255, 1024], 1);
                octets.splice(at.min(octets.len()).., std::iter::repeat_n(octet, number));
            }
            5 => octets.extend_from_slice(&self.right),
            _ => {
                let to = (at + dice.below(32)).min(octets.len());
                octets.drain(at.min(to)..to);
            }
        }
    }
}

impl Source for Flights {
    fn next(&mut self, _: &Model) -> Option<Step> {
        self.left = self.left.checked_sub(1)?;
        let octets = self.damaged();
        let mut step = Step::new(ADMINISTRATOR, Operation::Retrieve, Target::of(BASE));
        step.oddities.push(Oddity::Flight(hexed(&octets)));
        step.worth = Worth::Open;
        Some(step)
    }
}
