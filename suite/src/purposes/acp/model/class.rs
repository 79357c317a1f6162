//! Classes of wrong decisions: each is shown once, by its smallest case.

use super::case::Case;
use super::feature::{Features, features};
use super::ground::{Ground, Says};
use super::iut::Difference;
use super::minimise::Smallest;
use super::window;
use crate::verdict::Cause;

/// Wrong decisions that have the same features.
#[derive(Debug, Clone, PartialEq)]
pub struct Class {
    /// Its smallest case.
    pub smallest: Smallest,
    /// What this case has, and what others have that are alike.
    features: Vec<Features>,
    /// How many cases belong to it.
    pub cases: u32,
}

/// Classes in the order in which they were found.
#[derive(Debug, Default)]
pub struct Classes(Vec<Class>);

impl Classes {
    /// Counts a difference to the class that explains it, if there is one: it goes the same way and has all its features.
    pub fn count(&mut self, ground: &Ground, case: &Case, difference: &Difference) -> bool {
        let features = features(ground, case);
        let explains = |class: &&mut Class| {
            let (says, cause) = class.kind();
            says == difference.says
                && cause == difference.finding.cause
                && class.features.iter().any(|core| core.is_subset(&features))
        };
        match self.0.iter_mut().find(explains) {
            Some(class) => {
                class.cases += 1;
                true
            }
            None => false,
        }
    }

    /// A difference that no class explains, made as small as it gets. It may turn out to be of a class after all.
    pub fn add(&mut self, ground: &Ground, smallest: Smallest) {
        if self.count(ground, &smallest.case, &smallest.difference) {
            return;
        }
        let features = features(ground, &smallest.case);
        let class = Class {
            smallest,
            features: vec![features],
            cases: 1,
        };
        // The same form in another field, and what the new one explains too, is the same thing seen from another side.
        let (mut alike, kept): (Vec<Class>, Vec<Class>) = std::mem::take(&mut self.0)
            .into_iter()
            .partition(|older| older.is_like(&class));
        self.0 = kept;
        alike.push(class);
        let cases = alike.iter().map(|class| class.cases).sum();
        let features = alike
            .iter()
            .flat_map(|class| class.features.clone())
            .collect();
        self.0.extend(alike.into_iter().next().map(|first| Class {
            cases,
            features,
            ..first
        }));
    }

    /// All of them.
    pub fn all(&self) -> &[Class] {
        &self.0
    }
}

impl Class {
    fn is_like(&self, newer: &Self) -> bool {
        let explained = |older: &Features, newer: &Features| {
            newer.is_subset(older) || form(newer).is_some_and(|newer| Some(newer) == form(older))
        };
        let mut pairs = self
            .features
            .iter()
            .flat_map(|older| newer.features.iter().map(move |newer| (older, newer)));
        self.kind() == newer.kind() && pairs.any(|(older, newer)| explained(older, newer))
    }

    fn kind(&self) -> (Says, Cause) {
        let difference = &self.smallest.difference;
        (difference.says, difference.finding.cause)
    }
}

/// The features without the fields of windows, if their form tells more than their place.
fn form(features: &Features) -> Option<Features> {
    let has_form = ["actw: list", "actw: range", "actw: interval"]
        .iter()
        .any(|form| features.contains(*form));
    let is_field = |feature: &String| {
        feature
            .strip_prefix("actw: ")
            .is_some_and(|field| window::FIELDS.contains(&field))
    };
    has_form.then(|| {
        let kept = features.iter().filter(|feature| !is_field(feature));
        kept.cloned().collect()
    })
}
