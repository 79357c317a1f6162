//! The query component (TS-0009 V3.9.1, 6.2.2.2).

mod attribute;
mod decode;
mod encode;

pub(super) use decode::decode;
pub(super) use encode::encode;
