/// The octets of the length in front of a vector (RFC 5246, 4.3).
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Prefix {
    /// A vector of up to 2^8-1 octets.
    One,
    /// A vector of up to 2^16-1 octets.
    Two,
    /// A vector of up to 2^24-1 octets.
    Three,
}

impl Prefix {
    /// The most octets that the length can say.
    pub fn maximum(self) -> usize {
        match self {
            Self::One => 0xff,
            Self::Two => 0xffff,
            Self::Three => 0xff_ffff,
        }
    }
}
