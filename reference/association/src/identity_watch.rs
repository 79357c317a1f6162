use crate::Transport;
use crate::messages::datagram::{DatagramRecord, Fragment, Reassembler};
use crate::messages::{
    ContentType, HandshakeMessage, HandshakeReader, HandshakeType, PskClientKeyExchange,
    RecordReader,
};

/// The most octets of a handshake message that are looked at; a longer one names no key.
const LONGEST: usize = 1 << 16;

/// Looks for the psk_identity in what a client sends, before a session takes it.
///
/// A session needs the key at once when it takes the ClientKeyExchange. A server that has to fetch the key first (TS-0003
/// V3.18.0, 8.2.2.3) shows each octet to this, and hands it to the session once the key is there. It sees what goes in the
/// clear: the first handshake, whose ClientKeyExchange no cipher protects yet.
#[derive(Debug)]
pub struct IdentityWatch(Watching);

#[derive(Debug)]
enum Watching {
    Stream {
        records: RecordReader,
        messages: HandshakeReader,
    },
    Datagrams {
        /// The fragments of the ClientKeyExchange, once one has come.
        message: Option<Reassembler>,
    },
    /// The identity came, or none can come any more.
    Over,
}

impl IdentityWatch {
    /// For a connection on which nothing has come yet.
    pub fn new(transport: Transport) -> Self {
        Self(match transport {
            Transport::Tls => Watching::Stream {
                records: RecordReader::default(),
                messages: HandshakeReader::new(LONGEST),
            },
            Transport::Dtls => Watching::Datagrams { message: None },
        })
    }

    /// Takes what came: any chunk of the stream for TLS, one datagram for DTLS. Gives the identity with the octet that
    /// completes it, and once.
    pub fn push(&mut self, octets: &[u8]) -> Option<Vec<u8>> {
        let found = match &mut self.0 {
            Watching::Stream { records, messages } => {
                records.push(octets);
                in_records(records, messages)
            }
            Watching::Datagrams { message } => in_datagram(message, octets),
            Watching::Over => return None,
        };
        match found {
            Found::Nothing => None,
            Found::Key(message) => {
                self.0 = Watching::Over;
                let exchange: PskClientKeyExchange = message.read_as().ok()?;
                Some(exchange.psk_identity)
            }
            Found::End => {
                self.0 = Watching::Over;
                None
            }
        }
    }

    /// Whether nothing is looked for any more.
    pub fn is_over(&self) -> bool {
        matches!(self.0, Watching::Over)
    }
}

enum Found {
    Nothing,
    /// The ClientKeyExchange.
    Key(HandshakeMessage),
    /// What comes from here on is protected, or no handshake.
    End,
}

fn in_records(records: &mut RecordReader, messages: &mut HandshakeReader) -> Found {
    loop {
        match records.read() {
            Ok(None) => return Found::Nothing,
            Ok(Some(record)) => match record.content_type {
                ContentType::HANDSHAKE => messages.push(&record.fragment),
                ContentType::ALERT => continue,
                _ => return Found::End,
            },
            Err(_) => return Found::End,
        }
        loop {
            match messages.read() {
                Ok(Some(message)) if is_key_exchange(message.message_type) => {
                    return Found::Key(message);
                }
                Ok(Some(_)) => {}
                Ok(None) => break,
                Err(_) => return Found::End,
            }
        }
    }
}

/// What is lost or comes twice may come again, so nothing but the message itself ends the look.
fn in_datagram(message: &mut Option<Reassembler>, datagram: &[u8]) -> Found {
    let (records, _) = DatagramRecord::read_datagram(datagram);
    let in_the_clear = records
        .iter()
        .filter(|record| record.epoch == 0 && record.content_type == ContentType::HANDSHAKE);
    for record in in_the_clear {
        for fragment in Fragment::read_record(&record.fragment).unwrap_or_default() {
            if !is_key_exchange(fragment.message_type) {
                continue;
            }
            let reassembler = message.get_or_insert_with(|| {
                let mut reassembler = Reassembler::new(LONGEST, 0);
                reassembler.expect(fragment.message_seq);
                reassembler
            });
            // A fragment that is refused changes nothing.
            let _ = reassembler.push(&fragment);
            if let Some((_, message)) = reassembler.read() {
                return Found::Key(message);
            }
        }
    }
    Found::Nothing
}

fn is_key_exchange(message_type: HandshakeType) -> bool {
    message_type == HandshakeType::CLIENT_KEY_EXCHANGE
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroUsize;

    use proptest::prelude::*;

    use super::*;
    use crate::messages::datagram::SequenceNumber;
    use crate::messages::{Codec, ProtocolVersion, Record};

    const IDENTITY: &[u8] = b"5b9f616d@maf.example.com";

    fn key_exchange() -> HandshakeMessage {
        HandshakeMessage::of(&PskClientKeyExchange {
            psk_identity: IDENTITY.to_vec(),
        })
        .unwrap()
    }

    fn record(content_type: ContentType, octets: &[u8], size: usize) -> Vec<u8> {
        let size = NonZeroUsize::new(size).unwrap();
        let records = Record::split(content_type, ProtocolVersion::TLS_1_2, octets, size);
        records.iter().flat_map(|it| it.encode().unwrap()).collect()
    }

    #[test]
    fn identity_comes_with_its_last_octet_however_records_and_chunks_are_cut() {
        let octets = key_exchange().encode().unwrap();
        for size in [1, 7, 1000] {
            let stream = record(ContentType::HANDSHAKE, &octets, size);
            let mut watch = IdentityWatch::new(Transport::Tls);
            let (last, before) = stream.split_last().unwrap();
            for octet in before {
                assert_eq!(watch.push(&[*octet]), None);
            }
            assert_eq!(watch.push(&[*last]).as_deref(), Some(IDENTITY));
            assert!(watch.is_over());
        }
    }

    #[test]
    fn nothing_is_looked_for_behind_a_change_of_ciphers() {
        let mut watch = IdentityWatch::new(Transport::Tls);
        watch.push(&record(ContentType::CHANGE_CIPHER_SPEC, &[1], 1));
        let octets = key_exchange().encode().unwrap();
        let protected = record(ContentType::HANDSHAKE, &octets, 1000);
        assert_eq!(watch.push(&protected), None);
    }

    #[test]
    fn fragments_in_any_order_and_number_of_their_message_are_joined() {
        let size = NonZeroUsize::new(10).unwrap();
        let mut fragments = Fragment::split(2, &key_exchange(), size);
        fragments.reverse();
        let mut watch = IdentityWatch::new(Transport::Dtls);
        let mut found = None;
        for (number, fragment) in (0..).zip(&fragments) {
            assert_eq!(found, None);
            let record = DatagramRecord {
                content_type: ContentType::HANDSHAKE,
                version: ProtocolVersion::DTLS_1_2,
                epoch: 0,
                sequence_number: SequenceNumber::new(number).unwrap(),
                fragment: fragment.encode().unwrap(),
            };
            found = watch.push(&record.encode().unwrap());
        }
        assert_eq!(found.as_deref(), Some(IDENTITY));
    }

    proptest! {
        #[test]
        fn any_octets_are_looked_through(chunks in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..64), 0..8)) {
            for transport in [Transport::Tls, Transport::Dtls] {
                let mut watch = IdentityWatch::new(transport);
                for chunk in &chunks {
                    let _ = watch.push(chunk);
                }
            }
        }
    }
}
