//! Numbers of the protocol that have names.

/// Declares a newtype over `u8` or `u16` whose known values are constants with the name that the standard gives them.
/// Unknown numbers are kept.
macro_rules! numbers {
    (
        $(#[$attribute:meta])*
        $name:ident($number:ident), $field:literal {
            $($constant:ident = $value:literal $text:literal,)*
        }
    ) => {
        $(#[$attribute])*
        #[derive(Clone, Copy, Eq, Hash, Ord, PartialEq, PartialOrd)]
        pub struct $name(pub $number);

        impl $name {
            $(
                #[doc = concat!("`", $text, "`, ", stringify!($value), ".")]
                pub const $constant: Self = Self($value);
            )*

            /// The name that the standard gives the number, if it is known here.
            pub fn name(self) -> Option<&'static str> {
                match self.0 {
                    $($value => Some($text),)*
                    _ => None,
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                match self.name() {
                    Some(name) => write!(formatter, "{name}({})", self.0),
                    None => write!(formatter, "{}", self.0),
                }
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Display::fmt(self, formatter)
            }
        }

        impl $crate::messages::Codec for $name {
            const FIELD: &'static str = $field;

            fn read(
                reader: &mut $crate::messages::Reader<'_>,
            ) -> Result<Self, $crate::messages::DecodeError> {
                reader.$number($field).map(Self)
            }

            fn write(&self, writer: &mut $crate::messages::Writer) {
                writer.$number(self.0);
            }
        }
    };
}
