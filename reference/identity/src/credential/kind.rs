use std::fmt;

use crate::IdentityError;

/// The type part of a Credential-ID (sec:credIDTypeID, TS-0003 V3.18.0, Table 12.3.2.1-1).
///
/// In the comments, *encryption* is the ESData security classes Encryption-only and Nested-Sign-then-encrypt, and
/// *signature* is the class Signature-only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum CredentialType {
    /// A symmetric key towards an MEF; the value is a KpmID.
    MefKey = 10,
    /// A symmetric key towards a MAF; the value is a KmID.
    MafKey = 11,
    /// A symmetric key of a security association; the value is a KpsaID or a KcID.
    AssociationKey = 12,
    /// A symmetric key of ESPrim; the value is a pairwiseESPrimKeyID.
    PrimitiveKey = 13,
    /// A symmetric key that encrypts ESData directly.
    DataKey = 14,
    /// A symmetric key that wraps keys of ESData.
    DataWrapKey = 15,
    /// A symmetric key that signs ESData by HMAC.
    DataSignatureKey = 16,
    /// A raw public key in TLS; the value is a public key identifier.
    RawPublicKey = 30,
    /// A device certificate in TLS; the value is a hardware instance identifier.
    DeviceCertificate = 31,
    /// A CSE-ID certificate in TLS; the value is a CSE-ID.
    CseCertificate = 32,
    /// An AE-ID certificate in TLS; the value is an AE-ID.
    AeCertificate = 33,
    /// A Node-ID certificate in TLS; the value is a Node-ID.
    NodeCertificate = 34,
    /// A raw public key for encryption.
    EncryptionRawPublicKey = 41,
    /// A device certificate for encryption.
    EncryptionDeviceCertificate = 42,
    /// A CSE-ID certificate for encryption.
    EncryptionCseCertificate = 43,
    /// An AE-ID certificate for encryption.
    EncryptionAeCertificate = 44,
    /// A Node-ID certificate for encryption.
    EncryptionNodeCertificate = 45,
    /// A raw public key for signature.
    SignatureRawPublicKey = 51,
    /// A device certificate for signature.
    SignatureDeviceCertificate = 52,
    /// A CSE-ID certificate for signature.
    SignatureCseCertificate = 53,
    /// An AE-ID certificate for signature.
    SignatureAeCertificate = 54,
    /// A Node-ID certificate for signature.
    SignatureNodeCertificate = 55,
}

impl CredentialType {
    /// All types, by number.
    pub const ALL: [Self; 22] = [
        Self::MefKey,
        Self::MafKey,
        Self::AssociationKey,
        Self::PrimitiveKey,
        Self::DataKey,
        Self::DataWrapKey,
        Self::DataSignatureKey,
        Self::RawPublicKey,
        Self::DeviceCertificate,
        Self::CseCertificate,
        Self::AeCertificate,
        Self::NodeCertificate,
        Self::EncryptionRawPublicKey,
        Self::EncryptionDeviceCertificate,
        Self::EncryptionCseCertificate,
        Self::EncryptionAeCertificate,
        Self::EncryptionNodeCertificate,
        Self::SignatureRawPublicKey,
        Self::SignatureDeviceCertificate,
        Self::SignatureCseCertificate,
        Self::SignatureAeCertificate,
        Self::SignatureNodeCertificate,
    ];

    /// The number of the type.
    pub fn number(self) -> u8 {
        self as u8
    }

    /// Reads a number of the table, decimal without sign and leading zeros.
    pub fn parse(text: &str) -> Result<Self, IdentityError> {
        if text.is_empty() {
            return Err(IdentityError::Empty {
                expected: "the type of a credential",
            });
        }
        if let Some(got) = text.chars().find(|character| !character.is_ascii_digit()) {
            return Err(IdentityError::Character {
                expected: "a digit in the type of a credential",
                got,
            });
        }
        Self::ALL
            .into_iter()
            .find(|kind| kind.to_string() == text)
            .ok_or_else(|| IdentityError::Number {
                expected: "a credential type of TS-0003, table 12.3.2.1-1, without leading zeros",
                got: text.to_owned(),
            })
    }
}

impl fmt::Display for CredentialType {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.number().fmt(formatter)
    }
}

crate::text::parsed_from_str!(CredentialType);

#[cfg(test)]
mod tests {
    use super::CredentialType;
    use crate::IdentityError;

    #[test]
    fn numbers_are_those_of_the_table() {
        let numbers = CredentialType::ALL.map(CredentialType::number);
        assert_eq!(
            numbers,
            [
                10, 11, 12, 13, 14, 15, 16, 30, 31, 32, 33, 34, 41, 42, 43, 44, 45, 51, 52, 53, 54,
                55
            ]
        );
    }

    #[test]
    fn every_number_is_read_as_its_type_and_no_other_is_read() {
        for number in 0..=u8::MAX {
            let kind = CredentialType::ALL
                .into_iter()
                .find(|kind| kind.number() == number);
            assert_eq!(CredentialType::parse(&number.to_string()).ok(), kind);
        }
    }

    #[test]
    fn number_outside_the_table_is_named() {
        assert!(matches!(
            CredentialType::parse("99999999999999999999"),
            Err(IdentityError::Number { got, .. }) if got == "99999999999999999999"
        ));
    }

    #[test]
    fn signs_zeros_and_other_characters_are_refused() {
        for text in ["", "+12", "012", " 12", "12 ", "0xc", "１２", "1e1"] {
            assert!(CredentialType::parse(text).is_err(), "{text:?}");
        }
    }
}
