use serde::Deserialize;

/// The point in the ClientKeyExchange of ECDHE (RFC 8422, 5.7).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PointChange {
    /// The public key of the tester, uncompressed.
    #[default]
    Right,
    /// One coordinate and the parity of the other, 33 octets.
    Compressed,
    /// 65 octets, the first of which says that it is compressed.
    CompressedTag,
    /// 65 zero octets.
    Zeros,
    /// The last bit of the second coordinate inverted.
    OffCurve,
    /// An octet more.
    Longer,
}

impl PointChange {
    /// The point that is sent for an uncompressed one.
    pub fn apply(self, right: &[u8]) -> Vec<u8> {
        const COMPRESSED: u8 = 2;
        let mut point = right.to_vec();
        let odd = point.last().is_some_and(|last| last & 1 == 1);
        match self {
            Self::Right => {}
            Self::Compressed => {
                point.truncate(33);
                if let Some(tag) = point.first_mut() {
                    *tag = COMPRESSED | u8::from(odd);
                }
            }
            Self::CompressedTag => {
                if let Some(tag) = point.first_mut() {
                    *tag = COMPRESSED;
                }
            }
            Self::Zeros => point.fill(0),
            Self::OffCurve => {
                if let Some(last) = point.last_mut() {
                    *last ^= 1;
                }
            }
            Self::Longer => point.push(0),
        }
        point
    }
}
