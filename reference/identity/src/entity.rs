use std::fmt;

use crate::{AeStem, CseId, Home, IdentityError, SpId, StemScope};

/// An AE or a CSE, known by its absolute identifier (TS-0001 V3.36.0, Table 7.2-1).
///
/// Two entities are equal if and only if their absolute identifiers are, whatever form they were written in.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Entity {
    /// A CSE.
    Cse {
        /// Its service provider.
        sp: SpId,
        /// Its SP-relative CSE-ID.
        cse: CseId,
    },
    /// An AE.
    Ae {
        /// Its service provider.
        sp: SpId,
        /// Its Registrar CSE; `None` for a stem that the service provider assigned.
        cse: Option<CseId>,
        /// Its AE-ID-Stem.
        stem: AeStem,
    },
}

impl Entity {
    /// Reads an AE-ID or CSE-ID in any form: a stem or an SP-relative identifier in the context of `home`, or an
    /// absolute one.
    ///
    /// `/S…` may be written for a CSE as well as for an AE; it is read as the home CSE if it names that, else as an AE.
    pub fn parse(text: &str, home: &Home) -> Result<Self, IdentityError> {
        if let Some(absolute) = text.strip_prefix("//") {
            let (domain, path) = absolute
                .split_once('/')
                .ok_or_else(|| IdentityError::Form {
                    expected: "an absolute AE-ID or CSE-ID, which goes on behind the domain",
                    got: text.to_owned(),
                })?;
            let sp = SpId::parse(&format!("//{domain}"))?;
            Self::within(sp, path, home, text)
        } else if let Some(path) = text.strip_prefix('/') {
            Self::within(home.sp.clone(), path, home, text)
        } else {
            AeStem::parse(text).map(|stem| Self::registered(stem, home))
        }
    }

    /// The AE that is known by this stem at the home CSE.
    pub fn registered(stem: AeStem, home: &Home) -> Self {
        let cse = match stem.scope() {
            StemScope::Registrar => Some(home.cse.clone()),
            StemScope::ServiceProvider => None,
        };
        Self::Ae {
            sp: home.sp.clone(),
            cse,
            stem,
        }
    }

    /// The home CSE itself.
    pub fn hosting(home: &Home) -> Self {
        Self::Cse {
            sp: home.sp.clone(),
            cse: home.cse.clone(),
        }
    }

    /// The service provider in whose domain the entity is.
    pub fn sp(&self) -> &SpId {
        match self {
            Self::Cse { sp, .. } | Self::Ae { sp, .. } => sp,
        }
    }

    /// The absolute AE-ID or CSE-ID.
    pub fn absolute(&self) -> String {
        format!("{}{}", self.sp(), self.sp_relative())
    }

    /// The SP-relative AE-ID or CSE-ID.
    pub fn sp_relative(&self) -> String {
        match self {
            Self::Cse { cse, .. } => cse.to_string(),
            Self::Ae {
                cse: None, stem, ..
            } => format!("/{stem}"),
            Self::Ae {
                cse: Some(cse),
                stem,
                ..
            } => format!("{cse}/{stem}"),
        }
    }

    fn within(sp: SpId, path: &str, home: &Home, text: &str) -> Result<Self, IdentityError> {
        match path.split_once('/') {
            None => {
                let cse = CseId::from_name(path)?;
                let is_home = sp == home.sp && cse == home.cse;
                match AeStem::parse(path) {
                    Ok(stem) if stem.scope() == StemScope::ServiceProvider && !is_home => {
                        Ok(Self::Ae {
                            sp,
                            cse: None,
                            stem,
                        })
                    }
                    _ => Ok(Self::Cse { sp, cse }),
                }
            }
            Some((registrar, stem)) => {
                let cse = CseId::from_name(registrar)?;
                let stem = AeStem::parse(stem)?;
                match stem.scope() {
                    StemScope::Registrar => Ok(Self::Ae {
                        sp,
                        cse: Some(cse),
                        stem,
                    }),
                    StemScope::ServiceProvider => Err(IdentityError::Form {
                        expected: "an AE-ID whose stem behind a CSE-ID begins with C",
                        got: text.to_owned(),
                    }),
                }
            }
        }
    }
}

impl fmt::Display for Entity {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.absolute())
    }
}

#[cfg(test)]
mod tests {
    use super::Entity;
    use crate::{CseId, Home, SpId};

    fn home() -> Home {
        Home::new(
            SpId::parse("//sp.example").unwrap(),
            CseId::parse("/iut").unwrap(),
        )
    }

    fn absolute(text: &str) -> String {
        Entity::parse(text, &home()).unwrap().absolute()
    }

    #[test]
    fn all_forms_of_a_registrar_assigned_identifier_are_one_entity() {
        for text in ["CtpA2", "/iut/CtpA2", "//sp.example/iut/CtpA2"] {
            assert_eq!(absolute(text), "//sp.example/iut/CtpA2", "{text}");
        }
    }

    #[test]
    fn all_forms_of_a_provider_assigned_identifier_are_one_entity() {
        for text in ["StpA3", "/StpA3", "//sp.example/StpA3"] {
            assert_eq!(absolute(text), "//sp.example/StpA3", "{text}");
        }
    }

    #[test]
    fn both_forms_of_a_cse_identifier_are_one_entity() {
        assert_eq!(
            Entity::parse("/tpc2", &home()),
            Entity::parse("//sp.example/tpc2", &home())
        );
    }

    #[test]
    fn same_stem_at_another_registrar_or_in_another_domain_is_another_entity() {
        for text in ["/tpc2/CtpA2", "//other.example/iut/CtpA2", "/CtpA2"] {
            assert_ne!(
                Entity::parse(text, &home()),
                Entity::parse("CtpA2", &home()),
                "{text}"
            );
        }
    }

    #[test]
    fn home_cse_whose_name_begins_with_s_is_read_as_that_cse() {
        let home = Home::new(
            SpId::parse("//sp.example").unwrap(),
            CseId::parse("/Server").unwrap(),
        );
        assert_eq!(Entity::parse("/Server", &home), Ok(Entity::hosting(&home)));
    }

    #[test]
    fn texts_that_are_no_entity_are_refused() {
        for text in [
            "",
            "all",
            "*",
            "CtpA*",
            "C.*/x",
            "CtpA1 ",
            "CtpA1%00",
            "/",
            "//",
            "///",
            "//sp.example",
            "//sp.example/",
            "//sp.example//CtpA2",
            "/iut/",
            "/iut/StpA3",
            "/iut/tpA2",
            "/iut/CtpA2/x",
            "//SP.example/iut",
            "cse-in/x",
        ] {
            assert!(Entity::parse(text, &home()).is_err(), "{text:?}");
        }
    }
}
