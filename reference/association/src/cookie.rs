use std::net::{IpAddr, SocketAddr};

use openssl::hash::MessageDigest;
use openssl::memcmp;
use openssl::pkey::PKey;
use openssl::sign::Signer;

/// The octets of the client's random (RFC 5246, 7.4.1.2).
const RANDOM_LENGTH: usize = 32;

/// What precedes the cookie in a ClientHello, and stays as it was when the client sends it again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HelloParameters {
    /// client_version.
    pub version: [u8; 2],
    /// The client's random.
    pub random: [u8; RANDOM_LENGTH],
    /// The session identifier.
    pub session: Vec<u8>,
}

impl HelloParameters {
    /// Reads the beginning of the body of a ClientHello.
    pub fn decode(body: &[u8]) -> Option<Self> {
        let (version, rest) = body.split_first_chunk()?;
        let (random, rest) = rest.split_first_chunk()?;
        let (length, rest) = rest.split_first()?;
        Some(Self {
            version: *version,
            random: *random,
            session: rest.get(..usize::from(*length))?.to_vec(),
        })
    }
}

/// HMAC-SHA-256 under the secret of the server over address and parameters of the client (RFC 6347, 4.2.1). The suites
/// are not among them, since they need not be in the first fragment, by which alone a cookie is judged.
pub(crate) fn cookie(secret: &[u8], address: SocketAddr, hello: &HelloParameters) -> Vec<u8> {
    let mut message = match address.ip() {
        IpAddr::V4(ip) => ip.octets().to_vec(),
        IpAddr::V6(ip) => ip.octets().to_vec(),
    };
    message.extend_from_slice(&address.port().to_be_bytes());
    message.extend_from_slice(&hello.version);
    message.extend_from_slice(&hello.random);
    message.extend_from_slice(&hello.session);
    authenticate(secret, &message).unwrap_or_default()
}

/// A cookie is the right one if all of it is, and an empty one never (RFC 6347, 4.2.1).
pub(crate) fn is_cookie(expected: &[u8], got: &[u8]) -> bool {
    !expected.is_empty() && expected.len() == got.len() && memcmp::eq(expected, got)
}

fn authenticate(secret: &[u8], message: &[u8]) -> Result<Vec<u8>, openssl::error::ErrorStack> {
    let key = PKey::hmac(secret)?;
    let mut signer = Signer::new(MessageDigest::sha256(), &key)?;
    signer.sign_oneshot_to_vec(message)
}

#[cfg(test)]
mod tests {
    use super::{HelloParameters, cookie, is_cookie};

    fn hello() -> HelloParameters {
        HelloParameters {
            version: [0xfe, 0xfd],
            random: [9; 32],
            session: Vec::new(),
        }
    }

    #[test]
    fn cookie_is_that_of_one_address_and_one_hello() {
        let address = "192.0.2.1:5684".parse().unwrap();
        let right = cookie(b"secret", address, &hello());
        assert!(is_cookie(&right, &cookie(b"secret", address, &hello())));
        let mut later = hello();
        later.random[31] ^= 1;
        for wrong in [
            cookie(b"secret", "192.0.2.2:5684".parse().unwrap(), &hello()),
            cookie(b"secret", address, &later),
            cookie(b"other", address, &hello()),
            right[..31].to_vec(),
            Vec::new(),
        ] {
            assert!(!is_cookie(&right, &wrong));
        }
    }

    #[test]
    fn parameters_are_read_up_to_the_session_identifier() {
        let mut body = vec![0xfe, 0xfd];
        body.extend_from_slice(&[9; 32]);
        body.push(2);
        assert_eq!(HelloParameters::decode(&body), None);
        body.extend_from_slice(&[1, 2, 0]);
        let parameters = HelloParameters::decode(&body).unwrap();
        assert_eq!(parameters.session, [1, 2]);
    }
}
