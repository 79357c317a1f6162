//! The tester as Originator of primitives that are protected end to end (TS-0003 V3.18.0, 8.4).

mod compose;
mod deflated;
mod opened;
mod pair;
mod readings;
mod session;
mod words;

pub use compose::{INITIALIZATION_VECTOR, Ingredients, compose, respelled};
pub use opened::opened;
pub use pair::Pair;
pub use readings::readings;
pub use session::{Beginning, NoSession, Session};
pub use words::{replaced, words};
