//! Certificates by Enrolment over Secure Transport (RFC 7030; TS-0003 V3.18.0, 8.3.6.2), with the tester as the EST client.

mod enrolment;
mod exchange;
mod outside;
mod read;
mod refusals;
mod renewal;

pub use enrolment::{gives_attributes, gives_authorities, issues_to_clients};
pub use outside::{asks_for_no_password, serves_clients_alone};
pub use refusals::{Wrong, broken, certifies_nobody_else, generates_keys_or_not};
pub use renewal::renews;
