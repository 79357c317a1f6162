use super::{ExtensionBody, ExtensionType};
use crate::messages::{Codec, DecodeError, Reader, Writer};

/// session_ticket: the ticket is the whole content; empty to ask for one (RFC 5077, 3.2).
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct SessionTicket(pub Vec<u8>);

impl Codec for SessionTicket {
    const FIELD: &'static str = "SessionTicket";

    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        Ok(Self(reader.rest().to_vec()))
    }

    fn write(&self, writer: &mut Writer) {
        writer.put(&self.0);
    }
}

impl ExtensionBody for SessionTicket {
    const TYPE: ExtensionType = ExtensionType::SESSION_TICKET;
}
