use ctutils::CtEq;

use super::{Refusal, hello};

use crate::messages::{AlertDescription, ClientHello, RenegotiationInfo};

/// What becomes of a ClientHello within an established association.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Renegotiation {
    /// It is answered with the warning no_renegotiation, and the association goes on.
    Declined,
    /// A new handshake begins.
    Begun,
}

/// What both Finished of the handshake before said.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct VerifyData {
    /// verify_data of the client.
    pub client: Vec<u8>,
    /// verify_data of the server.
    pub server: Vec<u8>,
}

/// Renegotiation is declined (RFC 5246, 7.4.1.2 and 7.2.2, no_renegotiation).
pub(crate) fn renegotiation() -> Renegotiation {
    Renegotiation::Declined
}

/// Whether renegotiation_info is answered, and refuses one that does not fit: it is empty in a first handshake, and
/// holds verify_data of the client in another (RFC 5746, 3.6 and 3.7).
pub(crate) fn renegotiation_info(
    previous: Option<&VerifyData>,
    client: &ClientHello,
) -> Result<bool, Refusal> {
    let info: Option<RenegotiationInfo> = hello::extension(client)?;
    let signals = hello::signals_renegotiation(client);
    let fits = match (previous, &info) {
        (None, None) => true,
        (None, Some(info)) => info.renegotiated_connection.is_empty(),
        (Some(_), None) => false,
        (Some(previous), Some(info)) => {
            let same = info
                .renegotiated_connection
                .as_slice()
                .ct_eq(&previous.client);
            !signals && same.to_bool()
        }
    };
    if fits {
        return Ok(info.is_some() || signals);
    }
    Err(Refusal::new(
        AlertDescription::HANDSHAKE_FAILURE,
        "expected renegotiation_info to hold verify_data of the handshake before, or nothing in the first",
    ))
}
