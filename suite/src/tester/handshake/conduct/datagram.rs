use super::{HexOctets, Suite};
use rand_chacha::rand_core::Rng;
use serde::Deserialize;
use std::num::NonZeroU16;

/// What the tester does in DTLS alone.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct DatagramConduct {
    /// The cookie that answers the HelloVerifyRequest.
    pub cookie: CookieChange,
    /// What differs between the ClientHello without and with a cookie.
    pub second_hello: SecondHello,
    /// How messages are laid into fragments.
    pub fragments: FragmentsConduct,
    /// Whether the datagrams of the last flight are first sent in reverse order.
    pub reversed: bool,
    /// How often the last flight of the IUT gets lost, and the tester repeats its own.
    pub lost: u8,
    /// The numbers of handshake messages without a body that come before the second flight, and that nobody hashes: below the
    /// next number a ClientHello, beyond it a ClientKeyExchange.
    pub stray: Vec<u16>,
}

/// The cookie that answers a HelloVerifyRequest (RFC 6347, 4.2.1).
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CookieChange {
    /// That of the request.
    #[default]
    Right,
    /// That of the request, its last bit inverted.
    Inverted,
    /// No octets.
    Empty,
    /// So many random octets.
    Random(u8),
    /// These octets.
    Hex(HexOctets),
}

impl CookieChange {
    /// The cookie that is sent for the right one.
    pub fn apply(&self, right: &[u8], random: &mut impl Rng) -> Vec<u8> {
        let mut cookie = right.to_vec();
        match self {
            Self::Right => {}
            Self::Inverted => {
                if let Some(last) = cookie.last_mut() {
                    *last ^= 1;
                }
            }
            Self::Empty => cookie.clear(),
            Self::Random(length) => {
                cookie.resize(usize::from(*length), 0);
                random.fill_bytes(&mut cookie);
            }
            Self::Hex(octets) => cookie.clone_from(&octets.0),
        }
        cookie
    }
}

/// What differs between the ClientHello without and with a cookie.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct SecondHello {
    /// Whether its random value is another.
    pub random: bool,
    /// Its cipher suites, exactly these.
    pub suites: Option<Vec<Suite>>,
}

/// How messages are laid into fragments (RFC 6347, 4.2.3).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct FragmentsConduct {
    /// Which messages; all others go in fragments that fit a datagram.
    pub of: FragmentedMessages,
    /// The most octets of a message in a fragment.
    pub octets: Option<NonZeroU16>,
    /// So many octets of the next fragment are repeated in front of it.
    pub overlap: u16,
    /// Whether each fragment is sent twice.
    pub duplicated: bool,
    /// Whether the fragments of a message are sent in reverse order.
    pub reversed: bool,
    /// In what the fragments of a message contradict each other.
    pub contradiction: Option<Contradiction>,
}

/// Which messages are laid into fragments in an unusual way.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FragmentedMessages {
    /// All behind the first ClientHello.
    #[default]
    All,
    /// The ClientHello with a cookie.
    ClientHello,
    /// The ClientKeyExchange.
    ClientKeyExchange,
    /// The Certificate.
    Certificate,
}

/// In what the fragments of a message contradict each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Contradiction {
    /// The second half states a length of the message that is larger by one.
    Length,
    /// The second half ends beyond the message.
    BeyondEnd,
    /// The second half begins one octet early, and has another octet there.
    Overlap,
    /// The message states 2^24-1 octets, of which up to 10 are sent.
    Huge,
    /// The second half is of another type.
    Type,
}
