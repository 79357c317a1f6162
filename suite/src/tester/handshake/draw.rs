use p256::SecretKey;
use rand_chacha::rand_core::Rng;
use zeroize::Zeroizing;

/// The next key on P-256 of the generator.
pub fn draw_key(random: &mut impl Rng) -> SecretKey {
    loop {
        let mut octets = Zeroizing::new([0; 32]);
        random.fill_bytes(octets.as_mut_slice());
        // Nearly every row of octets is a scalar of the curve.
        if let Ok(key) = SecretKey::from_slice(octets.as_slice()) {
            return key;
        }
    }
}
