use super::conduct::{HelloDamage, SecondHello};
use super::numbers::Numbers;
use onem2m_association::messages::{Extension, Random};
use onem2m_keys::VERIFY_DATA_LENGTH;
use rand_chacha::rand_core::Rng;

/// What the tester offers in its ClientHello.
#[derive(Debug, Clone)]
pub struct Offer {
    /// The random value.
    pub random: Random,
    /// The session.
    pub session_id: Vec<u8>,
    /// What it offers in numbers.
    pub numbers: Numbers,
    /// The extensions in their order.
    pub extensions: Vec<Extension>,
    /// What is done to the octets.
    pub damage: HelloDamage,
}

impl Offer {
    /// Makes what is offered with a cookie differ from what was offered without one.
    pub fn change(&mut self, conduct: &SecondHello, random: &mut impl Rng) {
        if conduct.random {
            random.fill_bytes(&mut self.random.0);
        }
        if let Some(suites) = &conduct.suites {
            self.numbers.suites = suites.iter().map(|suite| suite.0).collect();
        }
    }
}

/// The cookie of DTLS; none over a stream.
pub type Cookie<'a> = Option<&'a [u8]>;

/// What a renegotiation says of the handshake before (RFC 5746, 3.1).
#[derive(Debug, Clone, Copy)]
pub struct Previous {
    /// verify_data of the client.
    pub client: [u8; VERIFY_DATA_LENGTH],
}
