//! Nothing that is hashed is too short, too long or too strange.

#![allow(clippy::unwrap_used)]

use onem2m_keys::{
    EndToEndMasterKey, EnrolmentKey, KeyBlock, KeyHash, KeyLengths, MasterCredential, MasterSecret,
    PairwiseEsPrimKey, PremasterSecret, ProvisionedConnectionKey, Psk, Randoms, SessionEsPrimKey,
    SessionKeyAlgorithm, Suid, SuidEncoding, UsageConstrainedKey, prf,
};
use proptest::collection::vec;
use proptest::prelude::*;

const RANDOMS: Randoms = Randoms {
    client: [1; 32],
    server: [2; 32],
};

proptest! {
    #[test]
    fn a_shorter_output_is_the_beginning_of_a_longer_one(
        secret in vec(any::<u8>(), 0..200),
        seed in vec(any::<u8>(), 0..100),
        length in 0..200usize,
    ) {
        let mut long = [0; 200];
        let mut short = vec![0; length];
        prf(&secret, "label", &[&seed], &mut long);
        prf(&secret, "label", &[&seed], &mut short);
        prop_assert_eq!(&short, &long[..length]);
    }

    #[test]
    fn a_seed_in_parts_is_the_seed(
        secret in vec(any::<u8>(), 0..80),
        seed in vec(any::<u8>(), 0..80),
        cut in 0..80usize,
    ) {
        let (head, tail) = seed.split_at(cut.min(seed.len()));
        let mut whole = [0; 48];
        let mut parts = [0; 48];
        prf(&secret, "label", &[&seed], &mut whole);
        prf(&secret, "label", &[head, b"", tail], &mut parts);
        prop_assert_eq!(whole, parts);
    }

    #[test]
    fn another_key_has_another_master_secret(
        one in vec(any::<u8>(), 0..100),
        other in vec(any::<u8>(), 0..100),
    ) {
        let master = |key: &[u8]| {
            let premaster = PremasterSecret::psk(&Psk::new(key).unwrap());
            MasterSecret::derive(&premaster, &RANDOMS)
        };
        prop_assert_eq!(one == other, master(&one) == master(&other));
    }

    #[test]
    fn a_key_block_has_the_lengths_that_are_asked_for(
        mac_key: u8,
        cipher_key: u8,
        fixed_iv: u8,
    ) {
        let master = MasterSecret::from([3; 48]);
        let lengths = KeyLengths { mac_key, cipher_key, fixed_iv };
        let block = KeyBlock::expand(&master, &RANDOMS, lengths);
        for keys in [&block.client, &block.server] {
            prop_assert_eq!(keys.mac_key.len(), usize::from(mac_key));
            prop_assert_eq!(keys.cipher_key.len(), usize::from(cipher_key));
            prop_assert_eq!(keys.fixed_iv.len(), usize::from(fixed_iv));
        }
    }

    #[test]
    fn every_text_is_an_identifier_to_derive_for(identifier: String, suid: u8) {
        let key = EnrolmentKey::from([4; 32]);
        let credential = MasterCredential::derive(&key, &identifier);
        let provisioned = ProvisionedConnectionKey::derive(&key, &identifier);
        prop_assert_ne!(credential.octets(), provisioned.octets());
        let constrained =
            |encoding| UsageConstrainedKey::derive(&key, Suid(suid), encoding, &identifier);
        prop_assert_ne!(
            constrained(SuidEncoding::DecimalText),
            constrained(SuidEncoding::OneOctet)
        );
    }

    #[test]
    fn any_octets_are_salt_and_rand_object(
        salt in vec(any::<u8>(), 0..300),
        receiver in vec(any::<u8>(), 0..300),
        originator in vec(any::<u8>(), 0..300),
    ) {
        for hash in [KeyHash::Sha256, KeyHash::Sha512] {
            let master = EndToEndMasterKey::source_generated(hash, &salt, &receiver);
            let keys = master.expand();
            prop_assert_ne!(&keys.message_authenticity, &keys.message_confidentiality);
            prop_assert_eq!(keys.attribute_confidentiality.octets().len(), hash.length());
            let short = &master.octets()[1..];
            prop_assert!(EndToEndMasterKey::provisioned(hash, short).is_err());
        }
        let derive = |receiver: &[u8], originator: &[u8]| SessionEsPrimKey::derive(
            SessionKeyAlgorithm::HmacSha256,
            &PairwiseEsPrimKey::new(&salt),
            receiver,
            originator,
        );
        let swapped = derive(&originator, &receiver);
        let same = [&*receiver, &*originator].concat() == [&*originator, &*receiver].concat();
        prop_assert_eq!(derive(&receiver, &originator) == swapped, same);
    }
}
