//! What is accepted is written back as it was read, and nothing that is read makes a parser panic.

#![allow(clippy::unwrap_used)]

use onem2m_identity::{AeStem, CseId, Entity, Fqdn, Home, ResourceAddress, RoleId, SpId};
use proptest::prelude::*;

const LABEL: &str = "[a-z]([a-z0-9-]{0,8}[a-z0-9])?";
const SEGMENT: &str = "[A-Za-z0-9_~-][A-Za-z0-9._~-]{0,10}";

fn home() -> Home {
    Home::new(
        SpId::parse("//sp.example").unwrap(),
        CseId::parse("/iut").unwrap(),
    )
}

fn domain() -> impl Strategy<Value = String> {
    prop::collection::vec(LABEL, 1..4).prop_map(|labels| labels.join("."))
}

fn prefix() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        SEGMENT.prop_map(|cse| format!("/{cse}/")),
        (domain(), SEGMENT).prop_map(|(domain, cse)| format!("//{domain}/{cse}/")),
    ]
}

/// Texts that are nearly identifiers, so that the parsers get past their first character.
fn nearly() -> impl Strategy<Value = String> {
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
    fn whatever_is_read_is_written_back_or_refused(text in nearly()) {
        if let Ok(address) = ResourceAddress::parse(&text) {
            prop_assert_eq!(address.to_string(), text.clone());
        }
        if let Ok(entity) = Entity::parse(&text, &home()) {
            prop_assert_eq!(Entity::parse(&entity.absolute(), &home()), Ok(entity));
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
