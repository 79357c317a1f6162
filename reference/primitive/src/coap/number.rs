//! Option numbers.

use std::fmt;
use std::ops::RangeInclusive;

/// The number of an option (RFC 7252, 5.10; TS-0008 V3.9.0, Table 6.2.2.4.0-1).
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct OptionNumber(u16);

/// What an option may hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Definition {
    /// Its name.
    pub name: &'static str,
    /// Of what its value is.
    pub format: Format,
    /// How many octets its value may have.
    pub lengths: RangeInclusive<usize>,
    /// Whether it may occur more than once.
    pub is_repeatable: bool,
}

/// The format of an option value (RFC 7252, 3.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// No octets.
    Empty,
    /// Any octets.
    Opaque,
    /// A number in network byte order; zeros in front mean nothing.
    Uint,
    /// UTF-8.
    Text,
}

macro_rules! options {
    ($($constant:ident = $number:literal, $name:literal, $format:ident, $lengths:expr, $repeatable:literal;)+) => {
        impl OptionNumber {
            $(
                #[doc = concat!(stringify!($number), " ", $name, ".")]
                pub const $constant: Self = Self($number);
            )+

            /// Every option that has a definition here, ascending.
            pub const DEFINED: &[Self] = &[$(Self::$constant),+];

            /// The definition; `None` for an option that is known neither to RFC 7252, RFC 7641 and RFC 7959 nor to TS-0008.
            pub const fn definition(self) -> Option<Definition> {
                Some(match self.0 {
                    $(
                        $number => Definition {
                            name: $name,
                            format: Format::$format,
                            lengths: $lengths,
                            is_repeatable: $repeatable,
                        },
                    )+
                    _ => return None,
                })
            }
        }
    };
}

// The lengths of uint options in TS-0008 are those of the largest value: RFC 7252, 3.2, leaves out zeros in front.
// Its timestamps have the 15 octets of one in whole seconds there. TS-0004 V3.32.0, 6.3.3, lets their type also have six
// fractional digits, which every CSE has to accept, and be a relative time; both would have no place in CoAP.
options! {
    IF_MATCH = 1, "If-Match", Opaque, 0..=8, true;
    URI_HOST = 3, "Uri-Host", Text, 1..=255, false;
    ETAG = 4, "ETag", Opaque, 1..=8, true;
    IF_NONE_MATCH = 5, "If-None-Match", Empty, 0..=0, false;
    OBSERVE = 6, "Observe", Uint, 0..=3, false;
    URI_PORT = 7, "Uri-Port", Uint, 0..=2, false;
    LOCATION_PATH = 8, "Location-Path", Text, 0..=255, true;
    URI_PATH = 11, "Uri-Path", Text, 0..=255, true;
    CONTENT_FORMAT = 12, "Content-Format", Uint, 0..=2, false;
    MAX_AGE = 14, "Max-Age", Uint, 0..=4, false;
    URI_QUERY = 15, "Uri-Query", Text, 0..=255, true;
    ACCEPT = 17, "Accept", Uint, 0..=2, false;
    LOCATION_QUERY = 20, "Location-Query", Text, 0..=255, true;
    BLOCK2 = 23, "Block2", Uint, 0..=3, false;
    BLOCK1 = 27, "Block1", Uint, 0..=3, false;
    SIZE2 = 28, "Size2", Uint, 0..=4, false;
    PROXY_URI = 35, "Proxy-Uri", Text, 1..=1034, false;
    PROXY_SCHEME = 39, "Proxy-Scheme", Text, 1..=255, false;
    SIZE1 = 60, "Size1", Uint, 0..=4, false;
    OT = 259, "oneM2M-OT", Text, 1..=22, false;
    RTURI = 263, "oneM2M-RTURI", Text, 0..=255, false;
    TY = 267, "oneM2M-TY", Uint, 0..=2, false;
    RVI = 271, "oneM2M-RVI", Text, 1..=2, false;
    ASRI = 275, "oneM2M-ASRI", Text, 0..=255, false;
    FR = 279, "oneM2M-FR", Text, 0..=255, false;
    RQI = 283, "oneM2M-RQI", Text, 0..=255, false;
    RQET = 291, "oneM2M-RQET", Text, 1..=22, false;
    RSET = 295, "oneM2M-RSET", Text, 1..=22, false;
    OET = 299, "oneM2M-OET", Text, 1..=22, false;
    EC = 303, "oneM2M-EC", Uint, 0..=1, false;
    RSC = 307, "oneM2M-RSC", Uint, 0..=2, false;
    GID = 311, "oneM2M-GID", Text, 0..=255, false;
    CTO = 319, "oneM2M-CTO", Uint, 0..=2, false;
    CTS = 323, "oneM2M-CTS", Uint, 0..=2, false;
    ATI = 327, "oneM2M-ATI", Text, 0..=255, false;
    VSI = 331, "oneM2M-VSI", Text, 0..=255, false;
    GTM = 335, "oneM2M-GTM", Text, 0..=512, false;
    AUS = 339, "oneM2M-AUS", Text, 0..=255, false;
}

impl OptionNumber {
    /// The number.
    pub const fn number(self) -> u16 {
        self.0
    }

    /// Whether whoever does not recognize it has to refuse the message (RFC 7252, 5.4.1).
    pub const fn is_critical(self) -> bool {
        self.0 & 1 != 0
    }

    /// Whether a proxy that does not recognize it may not forward the message (RFC 7252, 5.4.2).
    pub const fn is_unsafe(self) -> bool {
        self.0 & 2 != 0
    }

    /// Whether it is part of the cache key (RFC 7252, 5.4.6).
    pub const fn is_cache_key(self) -> bool {
        self.0 & 0x1e != 0x1c
    }

    /// The name; `None` for an option without definition.
    pub fn name(self) -> Option<&'static str> {
        self.definition().map(|definition| definition.name)
    }
}

impl From<u16> for OptionNumber {
    fn from(number: u16) -> Self {
        Self(number)
    }
}

impl fmt::Display for OptionNumber {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.name() {
            Some(name) => formatter.write_str(name),
            None => write!(formatter, "option {}", self.0),
        }
    }
}

impl fmt::Debug for OptionNumber {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{self}({})", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// TS-0008 V3.9.0, Table 6.2.2.4.0-1, written out.
    const TABLE: [(u16, &str); 19] = [
        (279, "oneM2M-FR"),
        (283, "oneM2M-RQI"),
        (259, "oneM2M-OT"),
        (291, "oneM2M-RQET"),
        (295, "oneM2M-RSET"),
        (299, "oneM2M-OET"),
        (263, "oneM2M-RTURI"),
        (303, "oneM2M-EC"),
        (307, "oneM2M-RSC"),
        (311, "oneM2M-GID"),
        (267, "oneM2M-TY"),
        (319, "oneM2M-CTO"),
        (323, "oneM2M-CTS"),
        (327, "oneM2M-ATI"),
        (271, "oneM2M-RVI"),
        (331, "oneM2M-VSI"),
        (335, "oneM2M-GTM"),
        (339, "oneM2M-AUS"),
        (275, "oneM2M-ASRI"),
    ];

    #[test]
    fn options_of_the_table_are_critical_unsafe_and_not_repeatable() {
        for (number, name) in TABLE {
            let option = OptionNumber::from(number);
            let definition = option.definition().unwrap();
            assert_eq!(definition.name, name);
            assert!(option.is_critical() && option.is_unsafe(), "{name}");
            assert!(!definition.is_repeatable, "{name}");
        }
    }

    #[test]
    fn defined_options_ascend() {
        assert!(OptionNumber::DEFINED.is_sorted());
    }

    #[test]
    fn only_the_sizes_are_no_part_of_the_cache_key() {
        let others: Vec<_> = OptionNumber::DEFINED
            .iter()
            .filter(|option| !option.is_cache_key())
            .collect();
        assert_eq!(others, [&OptionNumber::SIZE2, &OptionNumber::SIZE1]);
    }
}
