use zeroize::Zeroizing;

/// A symmetric key of any number of octets: overwritten when dropped, compared in constant time, never printed.
#[derive(Clone)]
pub struct SymmetricKey(Zeroizing<Vec<u8>>);

impl SymmetricKey {
    /// Takes a copy of the octets; what uses the key says how many it needs.
    pub fn new(octets: &[u8]) -> Self {
        Self(Zeroizing::new(octets.to_vec()))
    }

    /// The octets, to hand to what uses the key.
    pub fn octets(&self) -> &[u8] {
        &self.0
    }
}

impl From<Zeroizing<Vec<u8>>> for SymmetricKey {
    fn from(octets: Zeroizing<Vec<u8>>) -> Self {
        Self(octets)
    }
}

impl PartialEq for SymmetricKey {
    fn eq(&self, other: &Self) -> bool {
        ctutils::CtEq::ct_eq(self.octets(), other.octets()).to_bool()
    }
}

impl Eq for SymmetricKey {}

impl std::fmt::Debug for SymmetricKey {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("SymmetricKey(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::SymmetricKey;

    #[test]
    fn debug_shows_no_octet() {
        let key = SymmetricKey::new(&[0xa5; 32]);
        assert_eq!(format!("{key:?}"), "SymmetricKey(..)");
    }

    #[test]
    fn keys_are_equal_if_every_octet_is() {
        assert_eq!(SymmetricKey::new(&[1, 2]), SymmetricKey::new(&[1, 2]));
        assert_ne!(SymmetricKey::new(&[1, 2]), SymmetricKey::new(&[1, 3]));
        assert_ne!(SymmetricKey::new(&[1, 2]), SymmetricKey::new(&[1, 2, 0]));
    }
}
