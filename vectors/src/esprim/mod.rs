//! What Receiver and Originator make of ESPrim Objects.

mod fault;
mod given;
mod judge;

pub(crate) use judge::answer;
