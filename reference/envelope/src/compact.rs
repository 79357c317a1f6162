use crate::EnvelopeError;

/// The parts of a compact serialization: five of a JWE (RFC 7516, 7.1), three of a JWS (RFC 7515, 7.1).
pub fn split<const PARTS: usize>(text: &str) -> Result<[&str; PARTS], EnvelopeError> {
    let mut parts = [""; PARTS];
    let mut got = 0;
    for part in text.split('.') {
        if let Some(slot) = parts.get_mut(got) {
            *slot = part;
        }
        got += 1;
    }
    if got == PARTS {
        Ok(parts)
    } else {
        Err(EnvelopeError::Parts {
            expected: PARTS,
            got,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::split;
    use crate::EnvelopeError;

    #[test]
    fn parts_may_be_empty() {
        assert_eq!(split::<5>("a..c.d."), Ok(["a", "", "c", "d", ""]));
    }

    #[test]
    fn one_part_more_or_less_is_refused() {
        let parts = |expected, got| EnvelopeError::Parts { expected, got };
        assert_eq!(split::<5>("a.b.c.d"), Err(parts(5, 4)));
        assert_eq!(split::<5>("a.b.c.d.e."), Err(parts(5, 6)));
        assert_eq!(split::<3>(""), Err(parts(3, 1)));
    }
}
