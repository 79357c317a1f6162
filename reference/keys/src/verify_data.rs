use crate::prf::prf;
use crate::{MasterSecret, TranscriptHash};

/// The length of `verify_data` in TLS 1.2, for every suite that does not state another (RFC 5246, 7.4.9).
pub const VERIFY_DATA_LENGTH: usize = 12;

/// Which side sends a Finished.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sender {
    /// The TLS client.
    Client,
    /// The TLS server.
    Server,
}

impl Sender {
    fn label(self) -> &'static str {
        match self {
            Self::Client => "client finished",
            Self::Server => "server finished",
        }
    }
}

/// The content of a Finished (RFC 5246, 7.4.9), over the messages before it: those of the server's include the client's
/// Finished.
pub fn verify_data(
    master: &MasterSecret,
    sender: Sender,
    messages: &TranscriptHash,
) -> [u8; VERIFY_DATA_LENGTH] {
    let mut output = [0; VERIFY_DATA_LENGTH];
    prf(
        master.octets(),
        sender.label(),
        &[messages.octets()],
        &mut output,
    );
    output
}
