use crate::IdentityError;

/// Identifier octet of OBJECT IDENTIFIER (X.680, Table 1).
pub(crate) const OBJECT_IDENTIFIER: u8 = 0x06;
/// Identifier octet of RELATIVE-OID (X.680, Table 1).
pub(crate) const RELATIVE_OID: u8 = 0x0d;
/// Identifier octet of a constructed `[0]`: the otherName of a GeneralName, and the value in it (RFC 5280, 4.2.1.6).
pub(crate) const CONTEXT_0: u8 = 0xa0;

/// Set if the octets of the length follow (X.690, 8.1.3.5).
const LONG: u8 = 0x80;

/// Reads an element with the given identifier octet; returns its contents and what stands behind it.
pub(crate) fn read<'a>(
    tag: u8,
    octets: &'a [u8],
    expected: &'static str,
) -> Result<(&'a [u8], &'a [u8]), IdentityError> {
    element(tag, octets).ok_or_else(|| IdentityError::Octets {
        expected,
        got: octets.to_vec(),
    })
}

/// As [`read`], with nothing behind the element.
pub(crate) fn read_last<'a>(
    tag: u8,
    octets: &'a [u8],
    expected: &'static str,
) -> Result<&'a [u8], IdentityError> {
    match read(tag, octets, expected)? {
        (contents, []) => Ok(contents),
        _ => Err(IdentityError::Octets {
            expected,
            got: octets.to_vec(),
        }),
    }
}

/// An element with the given identifier octet and contents.
pub(crate) fn write(tag: u8, contents: &[u8]) -> Vec<u8> {
    let mut octets = vec![tag];
    match u8::try_from(contents.len()) {
        Ok(length) if length < LONG => octets.push(length),
        _ => {
            let length = contents.len().to_be_bytes();
            let length: Vec<u8> = length.into_iter().skip_while(|octet| *octet == 0).collect();
            octets.extend(u8::try_from(length.len()).map(|count| LONG | count));
            octets.extend(length);
        }
    }
    octets.extend(contents);
    octets
}

fn element(tag: u8, octets: &[u8]) -> Option<(&[u8], &[u8])> {
    let (first, octets) = octets.split_first()?;
    let (length, octets) = length(octets)?;
    (*first == tag)
        .then(|| octets.split_at_checked(length))
        .flatten()
}

/// A definite length in its shortest form (X.690, 10.1).
fn length(octets: &[u8]) -> Option<(usize, &[u8])> {
    let (first, octets) = octets.split_first()?;
    if first & LONG == 0 {
        return Some((usize::from(*first), octets));
    }
    let (digits, octets) = octets.split_at_checked(usize::from(first & !LONG))?;
    if matches!(digits, [] | [0, ..]) {
        return None;
    }
    let length = digits.iter().try_fold(0_usize, |length, digit| {
        length.checked_mul(256)?.checked_add(usize::from(*digit))
    })?;
    (length >= usize::from(LONG)).then_some((length, octets))
}

#[cfg(test)]
mod tests {
    use super::{OBJECT_IDENTIFIER, read, read_last, write};

    #[test]
    fn lengths_on_both_sides_of_the_short_form_are_written_and_read() {
        for (length, head) in [
            (0, &[6, 0][..]),
            (127, &[6, 0x7f]),
            (128, &[6, 0x81, 0x80]),
            (256, &[6, 0x82, 1, 0]),
        ] {
            let contents = vec![1; length];
            let element = write(OBJECT_IDENTIFIER, &contents);
            assert!(element.starts_with(head), "{length}");
            assert_eq!(
                read_last(OBJECT_IDENTIFIER, &element, "x"),
                Ok(&contents[..])
            );
        }
    }

    #[test]
    fn what_stands_behind_is_given_back() {
        assert_eq!(
            read(OBJECT_IDENTIFIER, &[6, 1, 2, 3], "x"),
            Ok((&[2][..], &[3][..]))
        );
        assert!(read_last(OBJECT_IDENTIFIER, &[6, 1, 2, 3], "x").is_err());
    }

    #[test]
    fn other_tags_and_lengths_that_are_missing_indefinite_or_too_long_are_refused() {
        for octets in [
            &[][..],
            &[6],
            &[5, 0],
            &[6, 1],
            &[6, 0x80, 0, 0],
            &[6, 0x81],
            &[6, 0x81, 1, 0],
            &[6, 0x82, 0, 0x80],
            &[6, 0xff, 0xff],
            &[6, 0x89, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0],
        ] {
            assert!(
                read(OBJECT_IDENTIFIER, octets, "x").is_err(),
                "{octets:02x?}"
            );
        }
    }
}
