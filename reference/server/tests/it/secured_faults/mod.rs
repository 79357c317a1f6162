//! Each fault of security associations at the handshake that is about it: what the CSE as specified does, it does not.

mod case;
mod client;
mod cookies;
mod in_the_clear;
mod keys;
mod names;
mod paths;
mod raw_public_keys;
mod resumption;
mod tables;
mod versions_and_suites;
