//! Records: how messages are spread over them, how long they are, and what protects them (RFC 5246, 6.2).

use onem2m_association::messages::{AlertDescription, Codec, ContentType, HandshakeMessage};
use onem2m_association::written_out::{Clauses, OpenFailure, Reaction, RecordContext};

use super::Fault;
use super::written_out::written_out;

const SPECIFIED: Clauses = Clauses::SPECIFICATION;

/// A limit that no length of a record reaches.
const BEYOND_ANY: usize = 1 << 16;

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "MessageWithinOneRecord",
        requirement: "RFC5246/6.2/1",
        summary: "a handshake message that is spread over records is refused",
        apply: |clauses| {
            written_out(clauses, |clauses| {
                clauses.join = |reader, fragment| {
                    HandshakeMessage::decode(fragment).map_or_else(
                        |error| match (SPECIFIED.join)(reader, fragment) {
                            Ok(messages) if reader.is_empty() => Ok(messages),
                            _ => Err(error.into()),
                        },
                        |message| Ok(vec![message]),
                    )
                };
            });
        },
    },
    Fault {
        name: "MessageAloneInRecord",
        requirement: "RFC5246/6.2/1",
        summary: "of several handshake messages in a record all but the first are lost",
        apply: |clauses| {
            written_out(clauses, |clauses| {
                clauses.join = |reader, fragment| {
                    let mut messages = (SPECIFIED.join)(reader, fragment)?;
                    messages.truncate(1);
                    Ok(messages)
                };
            });
        },
    },
    Fault {
        name: "RecordOfAnyLength",
        requirement: "RFC5246/6.2/1",
        summary: "records are taken up to the length that their header can say",
        apply: |clauses| {
            written_out(clauses, |clauses| {
                clauses.ciphertext_limit = || BEYOND_ANY;
                clauses.plaintext_limit = || BEYOND_ANY;
            });
        },
    },
    Fault {
        name: "HeartbeatReadBeyond",
        requirement: "RFC5246/7.4/1",
        summary: "a heartbeat that nobody agreed on is answered with as many octets as it announces",
        apply: |clauses| {
            written_out(clauses, |clauses| {
                clauses.unknown_content = |content_type, content| match (content_type, content) {
                    // A request, and the length of its payload (RFC 6520, 4).
                    (ContentType::HEARTBEAT, [1, high, low, payload @ ..]) => {
                        let announced = usize::from(u16::from_be_bytes([*high, *low]));
                        let mut answer = [&[2, *high, *low], payload].concat();
                        answer.resize(3 + announced, 0);
                        Ok(Reaction::Answer(answer))
                    }
                    _ => (SPECIFIED.unknown_content)(content_type, content),
                };
            });
        },
    },
    Fault {
        name: "RecordMacUnchecked",
        requirement: "RFC5246/6.2.3/1",
        summary: "the MAC of a record is not compared",
        apply: |clauses| written_out(clauses, |clauses| clauses.mac = |_, _| true),
    },
    Fault {
        name: "RecordNumberNotAuthenticated",
        requirement: "RFC5246/6.2.3/1",
        summary: "a record is taken at any place near its own, and as often as it comes",
        apply: |clauses| {
            written_out(clauses, |clauses| {
                clauses.open = |clauses, protection, context, fragment| {
                    let at = |number| {
                        let context = RecordContext { number, ..*context };
                        (SPECIFIED.open)(clauses, protection, &context, fragment)
                    };
                    (context.number.saturating_sub(8)..=context.number.saturating_add(8))
                        .find_map(|number| at(number).ok())
                        .map_or_else(|| at(context.number), Ok)
                };
            });
        },
    },
    Fault {
        name: "PaddingToldFromMac",
        requirement: "RFC5246/6.2.3/1",
        summary: "a record with wrong padding gets another alert than one with a wrong MAC",
        apply: |clauses| {
            written_out(clauses, |clauses| {
                clauses.open_failure = |failure| match failure {
                    OpenFailure::Padding => AlertDescription::DECRYPTION_FAILED,
                    other => (SPECIFIED.open_failure)(other),
                };
            });
        },
    },
    Fault {
        name: "RequestWithoutItsEnd",
        requirement: "RFC5246/7.2.2/1",
        summary: "a request that the end of its connection cuts short is carried out as far as it came",
        apply: |clauses| clauses.broken_off = Some,
    },
    Fault {
        name: "SessionResumedBehindAlert",
        requirement: "RFC5246/7.2.2/1",
        summary: "a session that a fatal alert ended is resumed",
        apply: |clauses| written_out(clauses, |clauses| clauses.forgets = |_| false),
    },
];
