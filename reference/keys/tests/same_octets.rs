//! Keys that serve under two names are the same octets under both.

#![allow(
    clippy::unwrap_used,
    reason = "a test fails by panicking, wherever it does"
)]

use onem2m_keys::{
    CertificateExchange, EXPORTED_LENGTH, EndToEndMasterKey, KeyHash, PairwiseEsPrimKey,
    SecureConnection,
};

fn exported() -> [u8; EXPORTED_LENGTH] {
    std::array::from_fn(|place| place as u8)
}

#[test]
fn a_connection_key_is_the_pre_shared_key_of_an_association() {
    let key = SecureConnection::from_exported(&exported()).key;
    assert_eq!(key.psk().octets(), key.octets());
}

#[test]
fn the_key_of_a_certificate_exchange_is_a_pairwise_key() {
    let key = CertificateExchange::from_exported(&exported()).key;
    assert_eq!(PairwiseEsPrimKey::from(&key).octets(), key.octets());
}

#[test]
fn a_provisioned_master_key_expands_as_one_that_was_extracted() {
    for hash in [KeyHash::Sha256, KeyHash::Sha512] {
        let master = EndToEndMasterKey::source_generated(hash, b"salt", b"random");
        let provisioned = EndToEndMasterKey::provisioned(hash, master.octets()).unwrap();
        assert_eq!(provisioned.expand(), master.expand());
    }
}
