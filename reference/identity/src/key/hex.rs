use crate::IdentityError;

/// Two digits for each of the 16 octets that TS-0003 V3.18.0, 10.3.1 exports for an identifier.
const DIGITS: usize = 32;

/// Reads the hexBinary form of 16 octets, with letters in either case and nothing before, between or behind the digits.
pub(crate) fn sixteen_octets(text: &str) -> Result<[u8; 16], IdentityError> {
    if let Some(got) = text
        .chars()
        .find(|character| !character.is_ascii_hexdigit())
    {
        return Err(IdentityError::Character {
            expected: "a hexadecimal digit",
            got,
        });
    }
    let malformed = || IdentityError::Form {
        expected: "32 hexadecimal digits",
        got: text.to_owned(),
    };
    if text.len() != DIGITS {
        return Err(malformed());
    }
    u128::from_str_radix(text, 16)
        .map(u128::to_be_bytes)
        .map_err(|_| malformed())
}

/// Writes 16 octets as 32 hexadecimal digits in lower case.
pub(crate) fn digits(octets: [u8; 16]) -> String {
    format!("{:032x}", u128::from_be_bytes(octets))
}

#[cfg(test)]
mod tests {
    use super::{digits, sixteen_octets};

    #[test]
    fn octets_stand_in_order_with_leading_zeros() {
        let octets = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 255];
        assert_eq!(digits(octets), "000102030405060708090a0b0c0d0eff");
        assert_eq!(
            sixteen_octets("000102030405060708090a0b0c0d0eff"),
            Ok(octets)
        );
        assert_eq!(
            sixteen_octets("000102030405060708090A0B0C0D0EFF"),
            Ok(octets)
        );
    }

    #[test]
    fn other_counts_prefixes_separators_and_signs_are_refused() {
        for text in [
            "",
            "000102030405060708090a0b0c0d0ef",
            "000102030405060708090a0b0c0d0eff0",
            "0x0102030405060708090a0b0c0d0eff",
            "+00102030405060708090a0b0c0d0eff",
            "00:01:02:03:04:05:06:07:08:09:0a",
            "000102030405060708090a0b0c0d0e f",
            "AAECAwQFBgcICQoLDA0O/w==",
        ] {
            assert!(sixteen_octets(text).is_err(), "{text:?}");
        }
    }
}
