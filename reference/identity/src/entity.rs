use std::fmt;

use crate::{AeStem, CseId, Fqdn, Home, IdentityError, SpId, StemScope};

/// An AE or a CSE, known by its absolute identifier (TS-0001 V3.36.0, Table 7.2-1).
///
/// Two AEs, or two CSEs, are equal if and only if their absolute identifiers are, whatever form they were written in.
/// An AE never equals a CSE, though `//sp.example/S…` may be written for either.
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
        if text.starts_with("//") {
            let (sp, path) = split_absolute(text)?;
            Self::within(sp, path, home, text)
        } else if let Some(path) = text.strip_prefix('/') {
            Self::within(home.sp.clone(), path, home, text)
        } else {
            AeStem::parse(text).map(|stem| Self::registered(stem, home))
        }
    }

    /// Reads a CSE-ID in either form where nothing but a CSE-ID is meant, so that `/S…` is a CSE
    /// (TS-0004 V3.32.0, 6.2.3).
    pub fn parse_cse(text: &str, home: &Home) -> Result<Self, IdentityError> {
        if text.starts_with("//") {
            let (sp, path) = split_absolute(text)?;
            let cse = CseId::from_name(path)?;
            Ok(Self::Cse { sp, cse })
        } else {
            let sp = home.sp.clone();
            CseId::parse(text).map(|cse| Self::Cse { sp, cse })
        }
    }

    /// Reads an AE-ID in any form where nothing but an AE-ID is meant, so that `/S…` is an AE, whatever the name of
    /// the home CSE (TS-0004 V3.32.0, 6.2.3).
    pub fn parse_ae(text: &str, home: &Home) -> Result<Self, IdentityError> {
        if text.starts_with("//") {
            Self::parse_absolute_ae(text)
        } else if let Some(path) = text.strip_prefix('/') {
            Self::ae_within(home.sp.clone(), path, text)
        } else {
            AeStem::parse(text).map(|stem| Self::registered(stem, home))
        }
    }

    /// Reads an Absolute AE-ID, as [`parse_ae`](Self::parse_ae) does without a home.
    pub fn parse_absolute_ae(text: &str) -> Result<Self, IdentityError> {
        let (sp, path) = split_absolute(text)?;
        Self::ae_within(sp, path, text)
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
        if path.contains('/') {
            return Self::ae_within(sp, path, text);
        }
        let cse = CseId::from_name(path)?;
        let is_home = sp == home.sp && cse == home.cse;
        match AeStem::parse(path) {
            Ok(stem) if stem.scope() == StemScope::ServiceProvider && !is_home => Ok(Self::Ae {
                sp,
                cse: None,
                stem,
            }),
            _ => Ok(Self::Cse { sp, cse }),
        }
    }

    /// An AE by what stands behind the slash of an SP-relative AE-ID.
    fn ae_within(sp: SpId, path: &str, text: &str) -> Result<Self, IdentityError> {
        let (cse, stem) = match path.split_once('/') {
            None => (None, path),
            Some((registrar, stem)) => (Some(CseId::from_name(registrar)?), stem),
        };
        let stem = AeStem::parse(stem)?;
        let expected = match (&cse, stem.scope()) {
            (Some(_), StemScope::Registrar) | (None, StemScope::ServiceProvider) => {
                return Ok(Self::Ae { sp, cse, stem });
            }
            (Some(_), StemScope::ServiceProvider) => {
                "an AE-ID whose stem behind a CSE-ID begins with C"
            }
            (None, StemScope::Registrar) => "an AE-ID whose stem behind no CSE-ID begins with S",
        };
        Err(IdentityError::Form {
            expected,
            got: text.to_owned(),
        })
    }
}

impl fmt::Display for Entity {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.absolute())
    }
}

/// The service provider of an absolute identifier, and what stands behind the slash that ends its name.
fn split_absolute(text: &str) -> Result<(SpId, &str), IdentityError> {
    let (domain, path) = text
        .strip_prefix("//")
        .and_then(|absolute| absolute.split_once('/'))
        .ok_or_else(|| IdentityError::Form {
            expected: "an absolute AE-ID or CSE-ID, which begins with two slashes and goes on behind the domain",
            got: text.to_owned(),
        })?;
    Ok((SpId::new(Fqdn::parse(domain)?), path))
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
    fn name_that_begins_with_s_is_what_the_reader_means() {
        for text in ["/Server", "//sp.example/Server"] {
            let cse = Entity::parse_cse(text, &home()).unwrap();
            let ae = Entity::parse_ae(text, &home()).unwrap();
            assert!(matches!(cse, Entity::Cse { .. }), "{text}");
            assert!(matches!(ae, Entity::Ae { cse: None, .. }), "{text}");
            assert_eq!(cse.absolute(), ae.absolute());
        }
    }

    #[test]
    fn forms_of_an_ae_are_no_cse() {
        for text in [
            "CtpA2",
            "StpA3",
            "/iut/CtpA2",
            "//sp.example/iut/CtpA2",
            "iut",
        ] {
            assert!(Entity::parse_cse(text, &home()).is_err(), "{text}");
        }
    }

    #[test]
    fn all_forms_of_an_ae_are_read_where_an_ae_is_meant() {
        for text in [
            "CtpA2",
            "/iut/CtpA2",
            "//sp.example/iut/CtpA2",
            "StpA3",
            "/StpA3",
        ] {
            assert_eq!(
                Entity::parse_ae(text, &home()),
                Entity::parse(text, &home()),
                "{text}"
            );
        }
        for text in [
            "/iut",
            "//sp.example/iut",
            "/CtpA2",
            "/iut/StpA3",
            "//sp.example",
        ] {
            assert!(Entity::parse_ae(text, &home()).is_err(), "{text}");
        }
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
