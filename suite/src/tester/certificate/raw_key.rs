use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::der::{SEQUENCE, bit_string, concatenate, sequence};
use super::{CertificateError, KeyAlgorithm, KeyPair, ObjectIdentifier, PointForm, Seed};

/// ECParameters of secp256r1 in full (RFC 3279, 2.3.5), in place of its name.
const EXPLICIT_PARAMETERS: &[u8] = include_bytes!("p256-explicit.der");

/// One in 256 has the beginning that is looked for; that none of so many has it will not happen.
const MOST_DRAWN: u32 = 1 << 14;

/// The one thing that is wrong with a raw public key (RFC 7250) which is otherwise right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RawKeyDefect {
    /// It is another key of the same kind.
    OtherKey,
    /// It is another key of the same kind, whose identifier begins with the same octet of a digest.
    OtherKeyOfSameBeginning,
    /// It is a key of another kind.
    Key(KeyAlgorithm),
    /// Its point is written in another form.
    Point(PointForm),
    /// The parameters of its curve stand in place of the name of the curve.
    ExplicitParameters,
    /// An octet follows it.
    TrailingOctets,
    /// The length of the whole is written in more octets than it needs.
    LongFormLength,
    /// A certificate that holds it is shown in its place.
    AsCertificate,
}

impl RawKeyDefect {
    /// The key that is shown, where the right one is that of a label; none if it is the right one.
    pub fn other(
        self,
        seed: &Seed,
        label: &str,
        right: &KeyPair,
    ) -> Result<Option<KeyPair>, CertificateError> {
        let other = format!("{label} other");
        match self {
            Self::OtherKeyOfSameBeginning => {
                let beginning = digest_beginning(right)?;
                for number in 0..MOST_DRAWN {
                    let label = format!("{other} {number}");
                    let key = KeyPair::draw(KeyAlgorithm::P256, seed, &label)?;
                    if digest_beginning(&key)? == beginning {
                        return Ok(Some(key));
                    }
                }
                Ok(None)
            }
            Self::OtherKey => KeyPair::draw(KeyAlgorithm::P256, seed, &other).map(Some),
            Self::Key(algorithm) => KeyPair::draw(algorithm, seed, &other).map(Some),
            _ => Ok(None),
        }
    }

    /// SubjectPublicKeyInfo of the key that is shown.
    pub fn information(self, key: &KeyPair) -> Result<Vec<u8>, CertificateError> {
        let right = || key.subject_public_key_info(PointForm::Uncompressed);
        match self {
            Self::Point(form) => key.subject_public_key_info(form),
            Self::ExplicitParameters => {
                let public_key: ObjectIdentifier = "1.2.840.10045.2.1".parse()?;
                let algorithm = sequence([&public_key.to_der(), EXPLICIT_PARAMETERS]);
                let point = bit_string(&key.point(PointForm::Uncompressed));
                Ok(sequence([algorithm, point]))
            }
            Self::TrailingOctets => Ok(concatenate([right()?, vec![0]])),
            Self::LongFormLength => {
                // A key on P-256 needs one octet for its length (X.690, 10.1).
                let right = right()?;
                let length: Vec<u8> = right.iter().copied().skip(1).take(1).collect();
                let content: Vec<u8> = right.iter().copied().skip(2).collect();
                Ok(concatenate([vec![SEQUENCE, 0x81], length, content]))
            }
            Self::OtherKey | Self::OtherKeyOfSameBeginning | Self::Key(_) | Self::AsCertificate => {
                right()
            }
        }
    }
}

/// The first octet of the digest in the identifier of a key (TS-0003 V3.18.0, 10.1.2).
fn digest_beginning(key: &KeyPair) -> Result<Option<u8>, CertificateError> {
    let information = key.subject_public_key_info(PointForm::Uncompressed)?;
    Ok(Sha256::digest(information).first().copied())
}

#[cfg(test)]
mod tests {
    use super::*;
    use openssl::nid::Nid;
    use openssl::pkey::PKey;

    fn shown(defect: RawKeyDefect) -> Vec<u8> {
        let seed = Seed::new("raw");
        let right = KeyPair::draw(KeyAlgorithm::P256, &seed, "raw").unwrap();
        let other = defect.other(&seed, "raw", &right).unwrap();
        defect
            .information(other.as_ref().unwrap_or(&right))
            .unwrap()
    }

    fn right() -> Vec<u8> {
        shown(RawKeyDefect::AsCertificate)
    }

    #[test]
    fn encodings_of_the_right_key_are_read_as_the_same_key() {
        let expected = PKey::public_key_from_der(&right()).unwrap();
        for defect in [
            RawKeyDefect::Point(PointForm::Compressed),
            RawKeyDefect::ExplicitParameters,
            RawKeyDefect::TrailingOctets,
            RawKeyDefect::LongFormLength,
        ] {
            let octets = shown(defect);
            assert_ne!(octets, right(), "{defect:?}");
            let read = PKey::public_key_from_der(&octets).unwrap();
            let point = |key: PKey<openssl::pkey::Public>| {
                let key = key.ec_key().unwrap();
                let mut context = openssl::bn::BigNumContext::new().unwrap();
                let group = openssl::ec::EcGroup::from_curve_name(Nid::X9_62_PRIME256V1).unwrap();
                let form = openssl::ec::PointConversionForm::UNCOMPRESSED;
                let point = key.public_key();
                point.to_bytes(&group, form, &mut context).unwrap()
            };
            assert_eq!(point(read), point(expected.clone()), "{defect:?}");
        }
    }

    #[test]
    fn other_keys_are_other_keys() {
        for defect in [
            RawKeyDefect::OtherKey,
            RawKeyDefect::OtherKeyOfSameBeginning,
            RawKeyDefect::Key(KeyAlgorithm::P384),
        ] {
            let read = PKey::public_key_from_der(&shown(defect)).unwrap();
            let expected = PKey::public_key_from_der(&right()).unwrap();
            assert!(!read.public_eq(&expected), "{defect:?}");
        }
    }

    #[test]
    fn digest_of_the_other_key_begins_alike() {
        let digest = |information: Vec<u8>| Sha256::digest(information).to_vec();
        let other = digest(shown(RawKeyDefect::OtherKeyOfSameBeginning));
        let right = digest(right());
        assert_eq!(other[0], right[0]);
        assert_ne!(other, right);
    }
}
