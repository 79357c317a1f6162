use ctutils::CtEq;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::messages::{ClientHello, Codec, EncodeError};

/// The cookie for the parameters of a ClientHello from an address: it needs no state to be verified, and nobody else can
/// make it (RFC 6347, 4.2.1).
pub(crate) fn cookie(
    secret: &[u8],
    address: &[u8],
    hello: &ClientHello,
) -> Result<Vec<u8>, EncodeError> {
    let parameters = hello.encode()?;
    // HMAC takes keys of any length.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret) else {
        return Ok(Vec::new());
    };
    mac.update(
        &u64::try_from(address.len())
            .unwrap_or(u64::MAX)
            .to_be_bytes(),
    );
    mac.update(address);
    mac.update(&parameters);
    Ok(mac.finalize().into_bytes().to_vec())
}

/// Whether the cookie of a client, the second, is the one that it was given (RFC 6347, 4.2.1).
pub(crate) fn cookie_matches(expected: &[u8], got: &[u8]) -> bool {
    expected.ct_eq(got).to_bool()
}
