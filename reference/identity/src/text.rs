use crate::IdentityError;

/// Reads octets from the wire as text, without replacing anything.
pub(crate) fn from_octets<'a>(
    octets: &'a [u8],
    what: &'static str,
) -> Result<&'a str, IdentityError> {
    str::from_utf8(octets).map_err(|error| IdentityError::Encoding {
        what,
        from: error.valid_up_to(),
    })
}

/// Implements [`FromStr`](std::str::FromStr) by the function `parse` of the type.
macro_rules! parsed_from_str {
    ($($type:ty),+ $(,)?) => {$(
        impl std::str::FromStr for $type {
            type Err = $crate::IdentityError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::parse(text)
            }
        }
    )+};
}

pub(crate) use parsed_from_str;
