/// Declares a key of a fixed number of octets: overwritten when dropped, compared in constant time, never printed.
macro_rules! secret_key {
    ($(#[$documentation:meta])* $name:ident, $length:expr, $what:literal) => {
        $(#[$documentation])*
        #[derive(Clone)]
        pub struct $name(zeroize::Zeroizing<[u8; $length]>);

        impl $name {
            /// The number of octets of every such key.
            pub const LENGTH: usize = $length;

            /// Takes exactly [`Self::LENGTH`] octets.
            pub fn from_slice(octets: &[u8]) -> Result<Self, crate::KeyError> {
                let octets = octets.try_into().map_err(|_| crate::KeyError::Length {
                    what: $what,
                    expected: Self::LENGTH,
                    got: octets.len(),
                })?;
                Ok(Self(zeroize::Zeroizing::new(octets)))
            }

            /// The octets, to hand to what uses the key.
            pub fn octets(&self) -> &[u8] {
                self.0.as_slice()
            }
        }

        impl From<[u8; $length]> for $name {
            fn from(octets: [u8; $length]) -> Self {
                Self(zeroize::Zeroizing::new(octets))
            }
        }

        crate::secret::secret_traits!($name);
    };
}

/// Gives a type with `octets()` equality in constant time and a `Debug` that shows its name alone.
macro_rules! secret_traits {
    ($name:ident) => {
        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                ctutils::CtEq::ct_eq(self.octets(), other.octets()).to_bool()
            }
        }

        impl Eq for $name {}

        impl std::fmt::Debug for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str(concat!(stringify!($name), "(..)"))
            }
        }
    };
}

pub(crate) use {secret_key, secret_traits};

#[cfg(test)]
mod tests {
    use crate::{EnrolmentKey, KeyError, MasterSecret, Psk};

    #[test]
    fn debug_shows_no_octet() {
        let key = EnrolmentKey::from([0xa5; 32]);
        assert_eq!(format!("{key:?}"), "EnrolmentKey(..)");
        let psk = Psk::new(&[0xa5; 8]).unwrap();
        assert_eq!(format!("{psk:?}"), "Psk(..)");
    }

    #[test]
    fn keys_are_equal_if_every_octet_is() {
        let key = EnrolmentKey::from([1; 32]);
        let mut other = [1; 32];
        assert_eq!(key, EnrolmentKey::from(other));
        other[31] = 0;
        assert_ne!(key, EnrolmentKey::from(other));
        assert_ne!(Psk::new(&[1; 8]).unwrap(), Psk::new(&[1; 9]).unwrap());
    }

    #[test]
    fn another_length_is_no_key() {
        let expected = KeyError::Length {
            what: "a master secret",
            expected: 48,
            got: 47,
        };
        assert_eq!(MasterSecret::from_slice(&[0; 47]), Err(expected));
        assert_eq!(
            expected.to_string(),
            "expected 48 octets in a master secret, got 47"
        );
        assert!(MasterSecret::from_slice(&[0; 48]).is_ok());
    }
}
