use std::fmt;

use crate::text::parsed_from_str;
use crate::{
    CredentialType, Entity, HardwareId, IdentityError, KeyIdentifier, KmId, KpsaId, NodeId,
    PublicKeyId, SymmetricKeyId, uri,
};

/// A Credential-ID: a type, `-`, and a value that is globally unique, `12-ae1-lock@in.example.com`
/// (TS-0003 V3.18.0, 10.4).
///
/// The first hyphen parts them; the value may have more. 10.4 lets the value use letters, digits, `.`, `_`, `-` and
/// `@`, Table 12.2-1 makes it a URI, which public key identifiers and Absolute AE-IDs need: what either allows is read.
/// Whether the value has the form that its type promises is not checked. Two Credential-IDs are equal if they are
/// written alike.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CredentialId {
    kind: CredentialType,
    value: String,
}

impl CredentialId {
    /// The identifier of a credential of the given type.
    pub fn new(kind: CredentialType, value: &str) -> Result<Self, IdentityError> {
        uri::check_characters(value, "the value of a Credential-ID")?;
        Ok(Self::of(kind, value))
    }

    /// Reads a type of Table 12.3.2.1-1, a hyphen and a value.
    pub fn parse(text: &str) -> Result<Self, IdentityError> {
        let (kind, value) = text.split_once('-').ok_or_else(|| IdentityError::Form {
            expected: "a Credential-ID, a type and a value around a hyphen",
            got: text.to_owned(),
        })?;
        Self::new(CredentialType::parse(kind)?, value)
    }

    /// That of a key which an MEF shares (type 10).
    pub fn of_kpm(id: &SymmetricKeyId) -> Self {
        Self::of(CredentialType::MefKey, id)
    }

    /// That of a key which a MAF shares (type 11). TS-0003 V3.18.0, 8.2.2.3 also binds an association by a key from a
    /// MAF to the Credential-ID of the KmID.
    pub fn of_km(id: &KmId) -> Self {
        Self::of(CredentialType::MafKey, id)
    }

    /// That of a provisioned key of an association (type 12; 8.2.2.1).
    pub fn of_kpsa(id: &KpsaId) -> Self {
        Self::of(CredentialType::AssociationKey, id)
    }

    /// That of a key of an association by its Key Identifier from the MAF (type 12). So the table has it for a KcID;
    /// the text of 8.2.2.3 forms it of the KmID instead, see [`of_km`](Self::of_km).
    pub fn of_kc(id: &KeyIdentifier) -> Self {
        Self::of(CredentialType::AssociationKey, id)
    }

    /// That of a raw public key in TLS (type 30; 8.2.2.2).
    pub fn of_public_key(id: &PublicKeyId) -> Self {
        Self::of(CredentialType::RawPublicKey, id)
    }

    /// That of a device certificate in TLS (type 31; 8.2.2.2).
    pub fn of_hardware(id: &HardwareId) -> Self {
        Self::of(CredentialType::DeviceCertificate, id)
    }

    /// That of a Node-ID certificate in TLS (type 34; 8.2.2.2).
    pub fn of_node(id: &NodeId) -> Self {
        Self::of(CredentialType::NodeCertificate, id)
    }

    /// That of a CSE-ID or AE-ID certificate in TLS (types 32 and 33), by the absolute identifier, as the value is
    /// globally unique.
    pub fn of_entity(entity: &Entity) -> Self {
        let kind = match entity {
            Entity::Cse { .. } => CredentialType::CseCertificate,
            Entity::Ae { .. } => CredentialType::AeCertificate,
        };
        Self::of(kind, entity)
    }

    /// The type part.
    pub fn kind(&self) -> CredentialType {
        self.kind
    }

    /// The value part.
    pub fn value(&self) -> &str {
        &self.value
    }

    fn of(kind: CredentialType, value: impl fmt::Display) -> Self {
        Self {
            kind,
            value: value.to_string(),
        }
    }
}

impl fmt::Display for CredentialId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}-{}", self.kind, self.value)
    }
}

parsed_from_str!(CredentialId);

#[cfg(test)]
mod tests {
    use super::CredentialId;
    use crate::{
        CredentialType, CseId, Entity, HardwareId, Home, KeyIdentifier, KmId, KpsaId, NodeId,
        PublicKeyId, SpId, SymmetricKeyId,
    };

    #[test]
    fn first_hyphen_parts_type_and_value() {
        let id = CredentialId::parse("12-ae1-lock@in.example.com").unwrap();
        assert_eq!(
            (id.kind(), id.value()),
            (CredentialType::AssociationKey, "ae1-lock@in.example.com")
        );
        assert_eq!(id.to_string(), "12-ae1-lock@in.example.com");
    }

    #[test]
    fn value_that_imitates_another_type_stays_a_value() {
        let kpsa = KpsaId::parse("12-ae9@in.example.com").unwrap();
        let id = CredentialId::of_kpsa(&kpsa);
        assert_eq!(id.to_string(), "12-12-ae9@in.example.com");
        assert_eq!(
            CredentialId::parse("12-12-ae9@in.example.com"),
            Ok(id.clone())
        );
        assert_ne!(CredentialId::parse("12-ae9@in.example.com"), Ok(id));
    }

    #[test]
    fn each_credential_has_the_number_of_its_table_row() {
        let home = Home::new(
            SpId::parse("//m2m.example.com").unwrap(),
            CseId::parse("/CSE0001").unwrap(),
        );
        let ae = Entity::parse("S98821", &home).unwrap();
        for (id, text) in [
            (
                CredentialId::of_kpm(&SymmetricKeyId::parse("thiskey@mymef.com").unwrap()),
                "10-thiskey@mymef.com",
            ),
            (
                CredentialId::of_km(&KmId::parse("Km1@maf.example.com").unwrap()),
                "11-Km1@maf.example.com",
            ),
            (
                CredentialId::of_kc(&KeyIdentifier::parse("17@maf.example.com").unwrap()),
                "12-17@maf.example.com",
            ),
            (
                CredentialId::of_public_key(
                    &PublicKeyId::parse("ni:///sha-256-120;Wnp4zKSg9CDZvGK7Zpw8").unwrap(),
                ),
                "30-ni:///sha-256-120;Wnp4zKSg9CDZvGK7Zpw8",
            ),
            (
                CredentialId::of_hardware(&HardwareId::parse("0.2.481.1.100.3030.10011").unwrap()),
                "31-0.2.481.1.100.3030.10011",
            ),
            (
                CredentialId::of_entity(&Entity::hosting(&home)),
                "32-//m2m.example.com/CSE0001",
            ),
            (CredentialId::of_entity(&ae), "33-//m2m.example.com/S98821"),
            (
                CredentialId::of_node(
                    &NodeId::parse("urn:gsma:imei:90420156-025763-0;svn=42").unwrap(),
                ),
                "34-urn:gsma:imei:90420156-025763-0;svn=42",
            ),
        ] {
            assert_eq!(id.to_string(), text);
            assert_eq!(CredentialId::parse(text), Ok(id));
        }
    }

    #[test]
    fn missing_parts_unknown_types_and_foreign_characters_are_refused() {
        for text in [
            "",
            "-",
            "12",
            "12-",
            "-ae1@in.example.com",
            "012-ae1@in.example.com",
            "17-ae1@in.example.com",
            "K_AE1_Container-x_data_conf-Id@TEF.com",
            "H1@TEF.com",
            "12-a b@in.example.com",
            "12-ä@in.example.com",
            "12-a@in.example.com\0",
            "Credential-ID:12-a@in.example.com",
        ] {
            assert!(CredentialId::parse(text).is_err(), "{text:?}");
        }
    }
}
