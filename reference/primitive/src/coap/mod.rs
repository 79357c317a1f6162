//! The CoAP binding (TS-0008 V3.9.0; RFC 7252; RFC 7959).
//!
//! [`Message`] is what one datagram holds. Four functions map primitives to messages and back; they see whole bodies, and
//! [`Exchange`], [`Transfers`] and [`block`] cut and join what does not fit into one datagram. Nothing here reads a clock or
//! touches a socket: times are given, as what has passed since a moment that the caller has chosen.

mod asked;
mod block;
mod code;
mod deduplication;
mod error;
mod exchange;
mod format;
mod message;
mod number;
mod options;
mod path;
mod query;
mod request;
mod response;
mod retained;
mod status;
mod token;
mod transfers;
mod writer;

pub use crate::field::FieldError;
pub use asked::Asked;
pub use block::{Block, BlockError, BlockSize, Reassembly, block};
pub use code::Code;
pub use deduplication::{Arrival, Deduplication};
pub use error::{EncodeError, Malformed, OptionError, Reason, Refusal, TargetError};
pub use exchange::{Exchange, ExchangeError, Step};
pub use format::ContentFormat;
pub use message::{FormatError, Message, MessageType, Unwritable, rejection};
pub use number::{Definition, Format, OptionNumber};
pub use options::Options;
pub use request::{decode_request, encode_request};
pub use response::{decode_response, encode_response};
pub use retained::Retained;
pub use token::{Token, TokenTooLong};
pub use transfers::{Progress, Transfers};
