use super::{ExtensionBody, ExtensionType};
use crate::messages::{Codec, DecodeError, Prefix, Reader, Writer};

/// status_request of a client that asks for OCSP (RFC 6066, 8). A server answers with an extension without content.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct StatusRequest {
    /// The responders that the client trusts, each ResponderID in DER.
    pub responder_ids: Vec<Vec<u8>>,
    /// Extensions of the request, in DER.
    pub request_extensions: Vec<u8>,
}

impl Codec for StatusRequest {
    const FIELD: &'static str = "CertificateStatusRequest";

    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let status_type = StatusType::read(reader)?;
        if status_type != StatusType::OCSP {
            return Err(DecodeError::Value {
                field: "status_type",
                expected: u32::from(StatusType::OCSP.0),
                got: u32::from(status_type.0),
            });
        }
        let mut vector = reader.vector(Prefix::Two, "responder_id_list", 0..=0xffff)?;
        let mut responder_ids = Vec::new();
        while !vector.is_empty() {
            responder_ids.push(vector.opaque(Prefix::Two, "ResponderID", 1..=0xffff)?);
        }
        Ok(Self {
            responder_ids,
            request_extensions: reader.opaque(Prefix::Two, "request_extensions", 0..=0xffff)?,
        })
    }

    fn write(&self, writer: &mut Writer) {
        StatusType::OCSP.write(writer);
        writer.vector(Prefix::Two, "responder_id_list", |writer| {
            for responder in &self.responder_ids {
                writer.opaque(Prefix::Two, "ResponderID", responder);
            }
        });
        writer.opaque(Prefix::Two, "request_extensions", &self.request_extensions);
    }
}

impl ExtensionBody for StatusRequest {
    const TYPE: ExtensionType = ExtensionType::STATUS_REQUEST;
}

numbers! {
    /// The kind of a certificate status (RFC 6066, 8).
    StatusType(u8), "status_type" {
        OCSP = 1 "ocsp",
    }
}
