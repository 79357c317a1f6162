//! Records and flights of DTLS (RFC 6347, 4.1 and 4.2).

use onem2m_association::messages::ContentType;
use onem2m_association::messages::datagram::Arrival;
use onem2m_association::written_out::{Clauses, EpochOfRecord, EpochReaction, Refusal};
use onem2m_primitive::coap::MessageType;

use super::Fault;
use super::written_out::written_out;

const SPECIFIED: Clauses = Clauses::SPECIFICATION;

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "ReplayWindowMissing",
        requirement: "RFC6347/4.1.2.6/1",
        summary: "a record is taken as often as it comes",
        apply: |clauses| written_out(clauses, |clauses| clauses.is_fresh = |_, _| true),
    },
    Fault {
        name: "ReplayedRequestCarriedOut",
        requirement: "RFC6347/4.1.2.6/1",
        summary: "a record is taken as often as it comes, and so is the request in it that nobody acknowledges",
        apply: |clauses| {
            written_out(clauses, |clauses| clauses.is_fresh = |_, _| true);
            clauses.message_repeated = |kind| kind == MessageType::Confirmable;
        },
    },
    Fault {
        name: "ReplayWindowMovedByForgery",
        requirement: "RFC6347/4.1.2.6/1",
        summary: "a record with a wrong tag moves the window of replays",
        apply: |clauses| written_out(clauses, |clauses| clauses.moves_window = |_| true),
    },
    Fault {
        name: "ClearDataTaken",
        requirement: "RFC6347/4.1.2.7/1",
        summary: "application data in the clear is taken within an association",
        apply: |clauses| {
            written_out(clauses, |clauses| {
                clauses.epoch = |epoch| or_in_the_clear(epoch, ContentType::APPLICATION_DATA);
            });
        },
    },
    Fault {
        name: "ClearAlertsTaken",
        requirement: "RFC6347/4.1.2.7/1",
        summary: "an alert in the clear ends an association",
        apply: |clauses| {
            written_out(clauses, |clauses| {
                clauses.epoch = |epoch| or_in_the_clear(epoch, ContentType::ALERT);
            });
        },
    },
    Fault {
        name: "InvalidRecordEndsAssociation",
        requirement: "RFC6347/4.1.2.7/1",
        summary: "a record that cannot be taken ends the association with an alert",
        apply: |clauses| written_out(clauses, |clauses| clauses.invalid_record = Err),
    },
    Fault {
        name: "RetransmissionMissing",
        requirement: "RFC6347/4.2.4/1",
        summary: "a flight that is not answered is not sent again",
        apply: |clauses| written_out(clauses, |clauses| clauses.timeout = |_| None),
    },
    Fault {
        name: "RepeatedFlightUnanswered",
        requirement: "RFC6347/4.2.4/1",
        summary: "a flight that the client repeats is not answered again",
        apply: |clauses| written_out(clauses, |clauses| clauses.repeats = |_| false),
    },
    Fault {
        name: "FragmentsUnsupported",
        requirement: "RFC6347/4.2.3/1",
        summary: "a part of a handshake message is dropped",
        apply: |clauses| {
            written_out(clauses, |clauses| {
                clauses.reassemble = |reassembler, fragment| {
                    let whole = usize::try_from(fragment.length) == Ok(fragment.body.len());
                    match whole {
                        true => (SPECIFIED.reassemble)(reassembler, fragment),
                        false => Ok(Arrival::TooFarAhead),
                    }
                };
            });
        },
    },
    Fault {
        name: "MessageSeqUnchecked",
        requirement: "RFC6347/4.2.2/1",
        summary: "a handshake message is taken whatever its message_seq",
        apply: |clauses| {
            written_out(clauses, |clauses| {
                clauses.reassemble = |reassembler, fragment| {
                    if reassembler.next() != Some(fragment.message_seq) {
                        reassembler.expect(fragment.message_seq);
                    }
                    (SPECIFIED.reassemble)(reassembler, fragment)
                };
            });
        },
    },
];

/// Records of one type are taken in the clear too.
fn or_in_the_clear(epoch: EpochOfRecord, taken: ContentType) -> Result<EpochReaction, Refusal> {
    if epoch.got == 0 && epoch.content_type == taken {
        return Ok(EpochReaction::Take);
    }
    (SPECIFIED.epoch)(epoch)
}
