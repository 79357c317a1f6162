//! CoAP over UDP and DTLS, bounded in time and size: exchanges in a socket of their own, and within associations that stand.

mod carrier;
mod exchange;
mod form;
mod numbers;
mod option_numbers;
mod within;

pub use carrier::Carrier;
pub use exchange::exchange;
pub use form::{message, number_of, received, shown_option};
pub use numbers::Numbers;
pub use option_numbers::OptionNumbers;
pub use within::{ask, numbered, written};
