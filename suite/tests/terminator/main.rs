//! The tester over associations, as its users meet it: the built binary over loopback, against the reference behind what others
//! put in front of it.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

#[path = "../hostile/child.rs"]
mod child;
#[path = "../hostile/reference.rs"]
mod reference;
#[path = "../hostile/usage.rs"]
mod usage;

mod files;
mod front;
mod ordinary;
mod profile;
mod secrets;
mod served;
mod unbound;
