//! A server side of TLS 1.2 and DTLS 1.2 that is written out, so that each of its decisions can be replaced.
//!
//! It needs no TLS library: messages are those of [`crate::messages`], keys those of `onem2m-keys`, and ciphers those of
//! RustCrypto. [`Clauses`] holds one function for each decision; [`Clauses::SPECIFICATION`] is what the RFCs say. It is
//! there to be judged, over loopback, and not to guard anything: its operations are not all of constant time.

mod aead;
mod agreement;
mod authority;
mod block_cipher;
mod clauses;
mod client_certificate;
mod configuration;
mod cookie;
mod datagram_session;
mod epoch;
mod finished;
mod flight;
mod framing;
mod handshake;
mod hello;
mod key_exchange;
mod mac;
mod own_certificate;
mod progress;
mod protection;
mod random;
mod reaction;
mod refusal;
mod renegotiation;
mod replay_window;
mod resumption;
mod server;
mod sessions;
mod stream;
mod suite;
mod traffic;

pub use agreement::Agreement;
pub use clauses::{
    Clauses, DeriveMaster, FindKey, Join, JudgeChain, MakeCookie, MayResume, Open, Reassemble,
    SelectCertificateType, SelectSuite,
};
pub use configuration::{
    CertificateJudge, Configuration, Host, KeyList, KeyLookup, RawPublicKeyJudge,
};
pub use datagram_session::DatagramSession;
pub use epoch::{EpochOfRecord, EpochReaction};
pub use own_certificate::{OwnCertificate, OwnCertificateError, OwnRawPublicKey};
pub use progress::{Awaited, Incoming, Progress};
pub use protection::{OpenFailure, Protection, RecordContext};
pub use reaction::{AlertReaction, Reaction};
pub use refusal::Refusal;
pub use renegotiation::{Renegotiation, VerifyData};
pub use replay_window::ReplayWindow;
pub use server::Server;
pub use sessions::StoredSession;
pub use stream::StreamSession;
pub use suite::{Cipher, KeyExchange, Suite};
