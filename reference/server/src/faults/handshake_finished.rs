//! Finished (RFC 5246, 7.4.9).

use onem2m_association::messages::AlertDescription;
use onem2m_association::written_out::Refusal;

use super::Fault;
use super::written_out::written_out;

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "FinishedUnchecked",
        requirement: "RFC5246/7.4.9/1",
        summary: "verify_data of the client is not compared, and may have any length",
        apply: |clauses| written_out(clauses, |clauses| clauses.finished = |_, _| Ok(())),
    },
    Fault {
        name: "FinishedByLength",
        requirement: "RFC5246/7.4.9/1",
        summary: "of verify_data only the length is compared",
        apply: |clauses| {
            written_out(clauses, |clauses| {
                clauses.finished = |expected, got| equal(expected.len() == got.len());
            });
        },
    },
    Fault {
        name: "FinishedWithoutLastOctet",
        requirement: "RFC5246/7.4.9/1",
        summary: "the last octet of verify_data is not compared",
        apply: |clauses| {
            written_out(clauses, |clauses| {
                clauses.finished = |expected, got| {
                    let same = expected.split_last().map(|(_, rest)| rest)
                        == got.split_last().map(|(_, rest)| rest);
                    equal(same && expected.len() == got.len())
                };
            });
        },
    },
    Fault {
        name: "FinishedOverShorterLength",
        requirement: "RFC5246/7.4.9/1",
        summary: "verify_data is compared over as many octets as the client sends",
        apply: |clauses| {
            written_out(clauses, |clauses| {
                clauses.finished = |expected, got| equal(expected.starts_with(got));
            });
        },
    },
    Fault {
        name: "FinishedWithMoreBehind",
        requirement: "RFC5246/7.4.9/1",
        summary: "octets behind verify_data are ignored",
        apply: |clauses| {
            written_out(clauses, |clauses| {
                clauses.finished = |expected, got| equal(got.starts_with(expected));
            });
        },
    },
];

fn equal(same: bool) -> Result<(), Refusal> {
    if same {
        return Ok(());
    }
    Err(Refusal::new(
        AlertDescription::DECRYPT_ERROR,
        "expected verify_data over the messages of this handshake, got other octets",
    ))
}
