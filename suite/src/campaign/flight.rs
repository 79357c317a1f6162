//! First flights of TLS handshakes, octet by octet, and what comes to them.

use crate::catalogue::behaviour::Endpoint;
use crate::tester::handshake::{Credential, Handshake, first_flight};
use crate::tester::link::{Link, LinkError};
use crate::tester::wire::{Arrived, Connected, Dial, Ending};
use onem2m_keys::Psk;
use std::time::Duration;

/// How long what may be incomplete is waited for.
const PATIENCE: Duration = Duration::from_millis(100);

/// A flight with which everything is right. What follows it never comes, so whose key it is does not matter.
pub fn right() -> Result<Vec<u8>, LinkError> {
    let unsendable = |error: String| LinkError::Unsendable(error);
    let key = Psk::new(&[7; 32]).map_err(|error| unsendable(error.to_string()))?;
    let credential = Credential::psk("campaign@conform.example", key);
    let handshake = Handshake::new(credential, "", PATIENCE, [7; 32]);
    Ok(first_flight(&handshake, false)?.concat())
}

/// What came to a flight.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Came {
    /// Octets; the first ones.
    Octets(Vec<u8>),
    /// The end of the connection.
    End,
    /// Nothing: more may be waited for.
    Nothing,
    /// There was no connection.
    Refused(String),
}

impl Came {
    /// In a word: the content type, and of an alert its level and number (RFC 5246, 6.2.1 and 7.2).
    pub fn word(&self) -> String {
        match self {
            Self::Octets(octets) => match octets.as_slice() {
                [21, _, _, _, _, level, number, ..] => format!("alert {level} {number}"),
                [content, ..] => format!("content {content}"),
                [] => "nothing".to_owned(),
            },
            Self::End => "end".to_owned(),
            Self::Nothing => "nothing".to_owned(),
            Self::Refused(_) => "refused".to_owned(),
        }
    }

    /// Whether it is a handshake message of the IUT.
    pub fn is_handshake(&self) -> bool {
        matches!(self, Self::Octets(octets) if octets.first() == Some(&22))
    }
}

/// Sends a flight on a connection of its own, and sees what comes.
pub async fn exchange(
    link: &dyn Link,
    octets: Vec<u8>,
    patience: Duration,
) -> Result<Came, LinkError> {
    let mut wire = match link.connect(&Dial::new(Endpoint::Https)).await? {
        Connected::Open(wire) => wire,
        Connected::Unreachable(why) => return Ok(Came::Refused(why)),
    };
    wire.send(octets.into()).await?;
    let came = match wire.receive(patience).await? {
        Arrived::Octets(octets) => Came::Octets(octets.0.iter().take(16).copied().collect()),
        Arrived::Closed | Arrived::Reset(_) => Came::End,
        Arrived::Silence => Came::Nothing,
    };
    wire.end(Ending::Reset).await?;
    Ok(came)
}

/// An answer to what may be incomplete, and so may get none, is waited for no longer than this.
pub fn patience() -> Duration {
    PATIENCE
}

/// The octets of a text in hexadecimal.
pub fn unhexed(text: &str) -> Vec<u8> {
    text.as_bytes()
        .chunks(2)
        .filter_map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok())
        .collect()
}

/// Octets as a text in hexadecimal.
pub fn hexed(octets: &[u8]) -> String {
    octets.iter().map(|octet| format!("{octet:02x}")).collect()
}
