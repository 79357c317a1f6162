//! The order of the messages of a handshake (RFC 5246, 7.3 and 7.4), and what each is taken for.

use onem2m_association::PeerCredential;
use onem2m_association::messages::{HandshakeType, Random};
use onem2m_association::written_out::{Awaited, Clauses, Incoming, Progress};
use onem2m_keys::MasterSecret;

use super::Fault;
use super::association_bindings::nobody_is_somebody;
use super::written_out::written_out;

const SPECIFIED: Clauses = Clauses::SPECIFICATION;

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "ChangeCipherSpecAtAnyTime",
        requirement: "RFC5246/7.4/1",
        summary: "ChangeCipherSpec is taken before ClientKeyExchange too",
        apply: |clauses| {
            written_out(clauses, |clauses| {
                clauses.accepts = |clauses, progress, incoming| {
                    let early = matches!(incoming, Incoming::ChangeCipherSpec { .. })
                        && progress.hello
                        && !progress.change_cipher_spec;
                    early || (SPECIFIED.accepts)(clauses, progress, incoming)
                };
            });
        },
    },
    Fault {
        name: "FinishedWithoutChangeCipherSpec",
        requirement: "RFC5246/7.4.9/2",
        summary: "Finished is taken in the clear, and so is what follows",
        apply: |clauses| {
            written_out(clauses, |clauses| {
                clauses.accepts = |clauses, progress, incoming| {
                    let early = (clauses.awaited)(progress) == Awaited::ChangeCipherSpec
                        && incoming == Incoming::Handshake(HandshakeType::FINISHED);
                    early || (SPECIFIED.accepts)(clauses, progress, incoming)
                };
            });
        },
    },
    Fault {
        name: "ClientKeyExchangeLeftOut",
        requirement: "RFC5246/7.4/1",
        summary: "ClientKeyExchange may be left out: the master secret is zero then, and the client whoever it says",
        apply: |clauses| {
            clauses.associated = nobody_is_somebody;
            written_out(clauses, |clauses| {
                clauses.accepts = |clauses, progress, incoming| {
                    let is_left_out = matches!(incoming, Incoming::ChangeCipherSpec { .. })
                        && (clauses.awaited)(progress) == Awaited::ClientKeyExchange;
                    let rest = Progress {
                        key_exchange: progress.key_exchange || progress.change_cipher_spec,
                        ..*progress
                    };
                    is_left_out || (SPECIFIED.accepts)(clauses, &rest, incoming)
                };
                clauses.master = |premaster, randoms, session_hash| {
                    let nothing = MasterSecret::from([0; MasterSecret::LENGTH]);
                    (SPECIFIED.master)(premaster, randoms, session_hash).or(Some(nothing))
                };
            });
        },
    },
    Fault {
        name: "ClientKeyExchangeTwice",
        requirement: "RFC5246/7.4/1",
        summary: "a second ClientKeyExchange takes the place of the first",
        apply: |clauses| {
            written_out(clauses, |clauses| clauses.accepts = or_again);
        },
    },
    Fault {
        name: "ClientKeyExchangeTwiceBindsFirst",
        requirement: "TS-0003/8.2.2.1/13",
        summary: "with two ClientKeyExchange the first has the identity and the second the key",
        apply: |clauses| {
            written_out(clauses, |clauses| {
                clauses.accepts = or_again;
                clauses.bind = first;
            });
        },
    },
    Fault {
        name: "ClientHelloTwice",
        requirement: "RFC5246/7.4/1",
        summary: "a second ClientHello in a handshake is answered as the first",
        apply: |clauses| {
            written_out(clauses, |clauses| {
                clauses.accepts = |clauses, progress, incoming| {
                    incoming == Incoming::Handshake(HandshakeType::CLIENT_HELLO)
                        || (SPECIFIED.accepts)(clauses, progress, incoming)
                };
            });
        },
    },
    Fault {
        name: "MessagesOfServerTaken",
        requirement: "RFC5246/7.4/1",
        summary: "messages that only a server sends are taken of a client, and have no effect",
        apply: |clauses| {
            written_out(clauses, |clauses| {
                clauses.accepts = |clauses, progress, incoming| {
                    const OF_SERVERS: [HandshakeType; 5] = [
                        HandshakeType::SERVER_HELLO,
                        HandshakeType::NEW_SESSION_TICKET,
                        HandshakeType::SERVER_KEY_EXCHANGE,
                        HandshakeType::CERTIFICATE_REQUEST,
                        HandshakeType::SERVER_HELLO_DONE,
                    ];
                    let is_of_server = matches!(
                        incoming,
                        Incoming::Handshake(message) if OF_SERVERS.contains(&message)
                    );
                    is_of_server || (SPECIFIED.accepts)(clauses, progress, incoming)
                };
            });
        },
    },
    Fault {
        name: "EarlyDataDelivered",
        requirement: "RFC5246/7.4.9/1",
        summary: "application data before Finished is kept and delivered behind it",
        apply: |clauses| {
            written_out(clauses, |clauses| {
                clauses.accepts = |clauses, progress, incoming| {
                    let early = incoming == Incoming::ApplicationData && progress.hello;
                    early || (SPECIFIED.accepts)(clauses, progress, incoming)
                };
            });
        },
    },
    Fault {
        name: "ServerRandomConstant",
        requirement: "RFC5246/7.4/1",
        summary: "the random of every ServerHello is the same",
        apply: |clauses| {
            written_out(clauses, |clauses| {
                clauses.server_random = || Ok(Random([0x5a; 32]));
            });
        },
    },
];

/// The order as specified, in which ClientKeyExchange may come once more.
fn or_again(clauses: &Clauses, progress: &Progress, incoming: Incoming) -> bool {
    let again = incoming == Incoming::Handshake(HandshakeType::CLIENT_KEY_EXCHANGE)
        && (clauses.awaited)(progress) == Awaited::ChangeCipherSpec;
    again || (SPECIFIED.accepts)(clauses, progress, incoming)
}

/// The association stays with whom it was with.
pub(super) fn first(earlier: Option<&PeerCredential>, shown: PeerCredential) -> PeerCredential {
    earlier.cloned().unwrap_or(shown)
}
