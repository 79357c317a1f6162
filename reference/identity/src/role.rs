use std::fmt;

use crate::text::parsed_from_str;
use crate::{Fqdn, IdentityError};

/// A Role-ID: a name given by the issuer, `@`, and the domain name of the issuer
/// (m2m:roleID, TS-0004 V3.32.0, Table 6.3.3-1).
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RoleId {
    name: String,
    issuer: Fqdn,
}

impl RoleId {
    /// Reads `name@issuer.example`.
    pub fn parse(text: &str) -> Result<Self, IdentityError> {
        let (name, issuer) = text.split_once('@').ok_or_else(|| IdentityError::Form {
            expected: "a Role-ID, a name and a domain name around an @",
            got: text.to_owned(),
        })?;
        if name.is_empty() {
            return Err(IdentityError::Empty {
                expected: "the name of a role",
            });
        }
        if let Some(got) = name
            .chars()
            .find(|character| !is_name_character(*character))
        {
            return Err(IdentityError::Character {
                expected: "a letter, a digit, '.', '_' or '-' in the name of a role",
                got,
            });
        }
        Ok(Self {
            name: name.to_owned(),
            issuer: Fqdn::parse(issuer)?,
        })
    }

    /// The name relative to the issuer.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The domain name of the issuer.
    pub fn issuer(&self) -> &Fqdn {
        &self.issuer
    }
}

impl fmt::Display for RoleId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}@{}", self.name, self.issuer)
    }
}

parsed_from_str!(RoleId);

fn is_name_character(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '.' | '_' | '-')
}

#[cfg(test)]
mod tests {
    use super::RoleId;

    #[test]
    fn role_has_a_name_and_an_issuer() {
        let role = RoleId::parse("1234abcd@role-issuer.com").unwrap();
        assert_eq!(
            (role.name(), role.issuer().as_str()),
            ("1234abcd", "role-issuer.com")
        );
        assert_eq!(role.to_string(), "1234abcd@role-issuer.com");
    }

    #[test]
    fn wildcards_blanks_and_missing_parts_are_refused() {
        for text in [
            "",
            "@",
            "a@",
            "@roles.example",
            "*@roles.example",
            "a b@roles.example",
            "a@b@c",
            "a@Roles.example",
            "a~@b",
            "oper",
        ] {
            assert!(RoleId::parse(text).is_err(), "{text:?}");
        }
    }
}
