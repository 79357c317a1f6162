//! The model check: policies and requests by the hundred, each decided by the IUT and by the oracle of the suite. A
//! difference is made as small as it gets, and each class of differences is shown once.

mod address;
mod case;
mod check;
mod class;
mod counterexample;
mod dimension;
mod feature;
#[cfg(test)]
mod generated_tests;
mod ground;
mod group;
mod iut;
mod membership;
mod minimise;
mod origin;
mod originator;
mod pairwise;
mod reduce;
mod region;
mod search;
mod stand;
mod strategy;
mod target;
#[cfg(test)]
mod tests;
mod tree;
mod window;

pub use check::check;
pub use group::Group;
