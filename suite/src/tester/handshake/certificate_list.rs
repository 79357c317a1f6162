//! The Certificate of a client with a chain (RFC 5246, 7.4.6).

use super::conduct::LengthLie;
use onem2m_association::messages::{
    Certificate, Codec, EncodeError, HandshakeMessage, HandshakeType,
};

/// The octets of the length field before the list.
const LENGTH: usize = 3;

/// The message, in which the length before the list says what it is to say.
pub fn message(chain: &[Vec<u8>], lie: LengthLie) -> Result<HandshakeMessage, EncodeError> {
    let mut body = Certificate {
        certificate_list: chain.to_vec(),
    }
    .encode()?;
    if let Some((field, list)) = body.split_first_chunk_mut::<LENGTH>() {
        let length = u16::try_from(list.len());
        if let (Ok(length), true) = (length, lie != LengthLie::Right) {
            let [high, low] = lie.apply(length).to_be_bytes();
            *field = [0, high, low];
        }
    }
    Ok(HandshakeMessage {
        message_type: HandshakeType::CERTIFICATE,
        body,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn length_of_the_list_can_lie() {
        let chain = [vec![0x30, 0x00]];
        let body = |lie| message(&chain, lie).unwrap().body;
        assert_eq!(body(LengthLie::Right), [0, 0, 5, 0, 0, 2, 0x30, 0]);
        assert_eq!(body(LengthLie::More(1)), [0, 0, 6, 0, 0, 2, 0x30, 0]);
        assert_eq!(body(LengthLie::Less(1)), [0, 0, 4, 0, 0, 2, 0x30, 0]);
    }
}
