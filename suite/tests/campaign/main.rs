//! The campaign against the reference within this process: it finds nothing in the reference as specified, and what was planted.

mod found;
mod hunting;
mod planted;
