use super::{Codec, DecodeError, HandshakeBody, HandshakeType, Prefix, Reader, Writer};

/// NewSessionTicket (RFC 5077, 3.3).
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct NewSessionTicket {
    /// Seconds for which the ticket may be kept; 0 says nothing.
    pub lifetime_hint: u32,
    /// The ticket, opaque to the client.
    pub ticket: Vec<u8>,
}

impl Codec for NewSessionTicket {
    const FIELD: &'static str = "NewSessionTicket";

    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        Ok(Self {
            lifetime_hint: reader.u32("ticket_lifetime_hint")?,
            ticket: reader.opaque(Prefix::Two, "ticket", 0..=0xffff)?,
        })
    }

    fn write(&self, writer: &mut Writer) {
        writer.u32(self.lifetime_hint);
        writer.opaque(Prefix::Two, "ticket", &self.ticket);
    }
}

impl HandshakeBody for NewSessionTicket {
    const TYPE: HandshakeType = HandshakeType::NEW_SESSION_TICKET;
}
