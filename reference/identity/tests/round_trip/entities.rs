//! AEs, CSEs, roles and the resources that they address.

use onem2m_identity::{AeStem, CseId, Entity, Fqdn, Home, ResourceAddress, RoleId, SpId};
use proptest::prelude::*;

use crate::grammar::{SEGMENT, absolute_ae, domain};

fn home() -> Home {
    Home::new(
        SpId::parse("//sp.example").unwrap(),
        CseId::parse("/iut").unwrap(),
    )
}

fn prefix() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        SEGMENT.prop_map(|cse| format!("/{cse}/")),
        (domain(), SEGMENT).prop_map(|(domain, cse)| format!("//{domain}/{cse}/")),
    ]
}

/// Texts that are nearly identifiers, so that the parsers get past their first character.
fn nearly_an_entity() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[/CS@#*.~a-z0-9 -]{0,24}",
        (prefix(), any::<String>()).prop_map(|(prefix, rest)| prefix + &rest),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn domain_is_written_as_read(text in domain()) {
        prop_assert_eq!(Fqdn::parse(&text).unwrap().to_string(), text);
    }

    #[test]
    fn role_is_written_as_read(name in "[A-Za-z0-9._-]{1,10}", issuer in domain()) {
        let text = format!("{name}@{issuer}");
        prop_assert_eq!(RoleId::parse(&text).unwrap().to_string(), text);
    }

    #[test]
    fn address_is_written_as_read(prefix in prefix(), path in prop::collection::vec(SEGMENT, 1..5), attribute in prop::option::of("[a-z]{1,5}")) {
        let attribute = attribute.map(|name| format!("#{name}")).unwrap_or_default();
        let text = format!("{prefix}{}{attribute}", path.join("/"));
        prop_assert_eq!(ResourceAddress::parse(&text).unwrap().to_string(), text);
    }

    #[test]
    fn absolute_form_of_an_entity_reads_as_the_same_entity(prefix in prefix(), stem in "C[A-Za-z0-9._~-]{1,10}") {
        let entity = Entity::parse(&format!("{prefix}{stem}"), &home()).unwrap();
        prop_assert_eq!(Entity::parse(&entity.absolute(), &home()), Ok(entity));
    }

    #[test]
    fn absolute_ae_id_is_read_alike_with_and_without_a_home(text in absolute_ae()) {
        let entity = Entity::parse_absolute_ae(&text).unwrap();
        prop_assert_eq!(entity.absolute(), text.clone());
        prop_assert_eq!(Entity::parse_ae(&text, &home()), Ok(entity.clone()));
        prop_assert_eq!(Entity::parse(&text, &home()), Ok(entity));
    }

    #[test]
    fn absolute_cse_id_is_read_as_it_is_written(domain in domain(), cse in SEGMENT) {
        let text = format!("//{domain}/{cse}");
        let entity = Entity::parse_cse(&text, &home()).unwrap();
        prop_assert_eq!(entity.absolute(), text);
        prop_assert_eq!(entity.sp_relative(), format!("/{cse}"));
    }

    #[test]
    fn whatever_is_read_is_written_back_or_refused(text in nearly_an_entity()) {
        if let Ok(address) = ResourceAddress::parse(&text) {
            prop_assert_eq!(address.to_string(), text.clone());
        }
        if let Ok(entity) = Entity::parse(&text, &home()) {
            prop_assert_eq!(Entity::parse(&entity.absolute(), &home()), Ok(entity));
        }
        if let Ok(entity) = Entity::parse_ae(&text, &home()) {
            prop_assert_eq!(Entity::parse_absolute_ae(&entity.absolute()), Ok(entity));
        }
        if let Ok(entity) = Entity::parse_cse(&text, &home()) {
            prop_assert_eq!(Entity::parse_cse(&entity.absolute(), &home()), Ok(entity));
        }
        if let Ok(role) = RoleId::parse(&text) {
            prop_assert_eq!(role.to_string(), text.clone());
        }
        if let Ok(provider) = SpId::parse(&text) {
            prop_assert_eq!(provider.to_string(), text.clone());
        }
        if let Ok(cse) = CseId::parse(&text) {
            prop_assert_eq!(cse.to_string(), text.clone());
        }
        if let Ok(stem) = AeStem::parse(&text) {
            prop_assert_eq!(stem.to_string(), text);
        }
    }
}
