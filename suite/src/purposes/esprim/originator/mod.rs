//! IUTs as Originator of ESPrim (TS-0003 V3.18.0, 8.4.2, steps B.2 and C; TS-0004 V3.32.0, 7.5.1.2.11 and 7.6.2).
//!
//! The tester is the Receiver, and answers what comes. The IUT acts when it is told to, and shows what came of it.

pub mod answers;
pub mod exchange;
mod function;
mod learning;
mod offers;
pub mod peer;
mod refusals;
mod requests;
mod responses;
pub mod seen;
mod support;

pub use function::{application, hosting};
