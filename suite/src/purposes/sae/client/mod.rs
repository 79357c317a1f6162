//! The IUT as the client of a security association: an AE that registers, a CSE that opens a second association with a
//! registree (TS-0003 V3.18.0, 8.2.1), and an IN-CSE that reaches that of another service provider (6.1.2.2.1).

mod application;
pub mod certificates;
mod clear;
pub mod hello;
pub mod host;
mod other_provider;
pub mod refusal;
pub mod registering;
pub mod second;
pub mod served;

pub use application::function as of_application;
pub use other_provider::function as of_other_provider;
pub use second::function as of_second_association;
