//! Whether an AE may register: by its certificate, or by the service subscription of its Registrar CSE
//! (TS-0001 V3.36.0, 10.2.2.2, step 003; TS-0004 V3.32.0, 7.3.2.7).

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;

use onem2m_identity::{AeStem, Entity};
use onem2m_primitive::{Request, ResponseStatusCode};
use serde_json::Value;

use super::requester::Wish;
use crate::refusal::Refusal;
use crate::resource::{Kind, Resource};
use crate::scene::Scene;
use crate::{address, forward};

/// An AE that wants to register, as the service subscription sees it.
#[derive(Clone, Debug)]
pub(crate) struct Applicant {
    /// The CSE that it registers with.
    pub(crate) registrar: Entity,
    /// The Credential-ID of its security association: none outside of any, and empty where the association does not say.
    pub(crate) credential: Option<String>,
    /// App-ID and AE-ID-Stem of its certificate.
    pub(crate) certificate: Option<(String, AeStem)>,
    /// Its App-ID.
    pub(crate) app_id: String,
    /// The stem that it wants.
    pub(crate) wish: Wish,
}

impl Applicant {
    /// Who registers with this CSE by a request.
    pub(crate) fn here(scene: &Scene<'_>, request: &Request, wish: &Wish) -> Self {
        Self {
            registrar: Entity::hosting(scene.home),
            credential: (scene.clauses.credential)(scene),
            certificate: certificate(scene),
            app_id: app_id(request, Kind::ApplicationEntity),
            wish: wish.clone(),
        }
    }
}

/// The App-ID in the representation of a request; empty without one, which no rule lists.
pub(super) fn app_id(request: &Request, kind: Kind) -> String {
    let content = request.content.as_ref();
    content
        .and_then(|content| content.get(kind.root()))
        .and_then(|attributes| attributes.get("api"))
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned()
}

/// The Credential-ID of the association that carries the request (TS-0003 V3.18.0, 8.2.1 and 10.4).
pub(crate) fn credential(scene: &Scene<'_>) -> Option<String> {
    let association = scene.arrival.peer.association.as_ref()?;
    Some(association.credential.clone().unwrap_or_default())
}

fn certificate(scene: &Scene<'_>) -> Option<(String, AeStem)> {
    let association = scene.arrival.peer.association.as_ref()?;
    match (&association.app_id, association.entity()) {
        (Some(app_id), Some(Entity::Ae { stem, .. })) => Some((app_id.clone(), stem.clone())),
        _ => None,
    }
}

/// Lets an AE register or not. What comes back is the pattern of AE-ID-Stems that a rule allows it, where one decided.
///
/// A service provider without any service subscription restricts nobody but those whose certificate says otherwise; as
/// soon as there is one, each Registrar CSE needs a node of its own in one.
pub(crate) fn admission(
    scene: &Scene<'_>,
    applicant: &Applicant,
) -> Result<Option<String>, Refusal> {
    let clauses = scene.clauses;
    let certified = (clauses.certified)(applicant);
    if certified == Some(true) {
        return Ok(None);
    }
    let Some(nodes) = (clauses.subscribed_nodes)(scene, &applicant.registrar) else {
        return match certified {
            Some(_) => Err(rule_failed("the certificate is for another application")),
            None => Ok(None),
        };
    };
    if nodes.is_empty() {
        return Err((clauses.not_subscribed)());
    }
    let rules = nodes
        .into_iter()
        .flat_map(|node| (clauses.app_rules)(scene, node));
    let mut patterns = rules.filter_map(|rule| (clauses.complies)(scene, rule, applicant));
    match patterns.next() {
        Some(pattern) => Ok(Some(pattern)),
        None => Err((clauses.no_rule)()),
    }
}

/// Whether App-ID and stem are those of the certificate, if it holds any (TS-0001 V3.36.0, 10.2.2.2, step 003). An AE that
/// leaves its stem open gets the one of its certificate.
pub(crate) fn certified(applicant: &Applicant) -> Option<bool> {
    let (app_id, stem) = applicant.certificate.as_ref()?;
    let is_its_stem = match &applicant.wish {
        Wish::Stem(wanted) => wanted == stem,
        Wish::First(_) => true,
    };
    Some(*app_id == applicant.app_id && is_its_stem)
}

/// The `<serviceSubscribedNode>` resources with the CSE-ID of a CSE; none if there is no service subscription at all.
pub(crate) fn subscribed_nodes<'a>(
    scene: &Scene<'a>,
    registrar: &Entity,
) -> Option<Vec<&'a Resource>> {
    let base = scene.tree.get(scene.tree.root())?;
    let profiles: Vec<_> = scene
        .tree
        .children(base)
        .filter(|child| child.kind == Kind::ServiceSubscriptionProfile)
        .collect();
    let is_its_node = |node: &&Resource| {
        let cse = node
            .text("csi")
            .and_then(|cse| forward::cse(cse, scene.home));
        node.kind == Kind::SubscribedNode && cse.as_ref() == Some(registrar)
    };
    (!profiles.is_empty()).then(|| {
        profiles
            .into_iter()
            .flat_map(|profile| scene.tree.children(profile))
            .filter(is_its_node)
            .collect()
    })
}

/// The `<serviceSubscribedAppRule>` resources that ruleLinks of a node names (TS-0001 V3.36.0, 9.6.20).
pub(crate) fn app_rules<'a>(scene: &Scene<'a>, node: &Resource) -> Vec<&'a Resource> {
    let links = node.texts("rlk").unwrap_or_default();
    links
        .into_iter()
        .filter_map(|link| address::resource(scene.tree, scene.home, link))
        .filter(|resource| resource.kind == Kind::AppRule)
        .collect()
}

/// Whether a rule lists the combination of Credential-ID, App-ID and AE-ID-Stem (TS-0001 V3.36.0, 9.6.29): the pattern
/// that the stem has to match.
pub(crate) fn complies(
    scene: &Scene<'_>,
    rule: &Resource,
    applicant: &Applicant,
) -> Option<String> {
    let clauses = scene.clauses;
    let credential = applicant.credential.as_deref();
    let is_listed = (clauses.lists_credential)(scene, rule, credential)
        && (clauses.lists_app_id)(scene, rule, &applicant.app_id);
    match is_listed {
        true => (clauses.lists_stem)(scene, rule, &applicant.wish),
        false => None,
    }
}

/// applicableCredIDs: the whole Credential-ID with its type number. A rule without the attribute is for AEs outside any
/// security association, a rule with it for those inside one (TS-0001 V3.36.0, Table 9.6.29-2).
pub(crate) fn lists_credential(
    scene: &Scene<'_>,
    rule: &Resource,
    credential: Option<&str>,
) -> bool {
    match (rule.texts("apci"), credential) {
        (None, None) => true,
        (Some(patterns), Some(credential)) => patterns
            .iter()
            .any(|pattern| (scene.clauses.listed)(pattern, credential)),
        _ => false,
    }
}

/// allowedApp-IDs (TS-0001 V3.36.0, Table 9.6.29-2).
pub(crate) fn lists_app_id(scene: &Scene<'_>, rule: &Resource, app_id: &str) -> bool {
    let patterns = rule.texts("aai").unwrap_or_default();
    patterns
        .iter()
        .any(|pattern| (scene.clauses.listed)(pattern, app_id))
}

/// allowedAEs: the pattern that lists the wanted stem, or one that a stem with the wanted first character can match
/// (TS-0001 V3.36.0, Table 9.6.29-2).
pub(crate) fn lists_stem(scene: &Scene<'_>, rule: &Resource, wish: &Wish) -> Option<String> {
    let is_listed = |pattern: &&str| match wish {
        Wish::Stem(stem) => (scene.clauses.listed)(pattern, stem.as_str()),
        Wish::First(first) => pattern.starts_with([*first, '*']),
    };
    let patterns = rule.texts("aae").unwrap_or_default();
    patterns.into_iter().find(is_listed).map(str::to_owned)
}

/// Whether an element of a list of a rule covers an identifier: `*` stands for any characters or none, anywhere in it
/// (TS-0001 V3.36.0, Table 9.6.29-2).
pub(crate) fn listed(pattern: &str, identifier: &str) -> bool {
    (onem2m_access::Clauses::SPECIFICATION.segment)(pattern, identifier)
}

/// There is no service subscription for the Registrar CSE.
pub(crate) fn not_subscribed() -> Refusal {
    Refusal::new(
        ResponseStatusCode::SERVICE_SUBSCRIPTION_NOT_ESTABLISHED,
        "no service subscription has a node with the CSE-ID of the registrar",
    )
}

/// No rule of the node of the Registrar CSE lists the AE.
pub(crate) fn no_rule() -> Refusal {
    rule_failed("no rule lists this credential, App-ID and AE-ID-Stem together")
}

fn rule_failed(reason: &str) -> Refusal {
    Refusal::new(ResponseStatusCode::APP_RULE_VALIDATION_FAILED, reason)
}

/// What an AE wants once a rule has allowed it: where it left its stem open, one that matches the pattern of the rule.
pub(crate) fn within_rule(wish: &Wish, pattern: Option<&str>) -> Wish {
    let (Wish::First(first), Some(pattern)) = (wish, pattern) else {
        return wish.clone();
    };
    let first = first.to_string();
    if pattern == "*" || pattern == format!("{first}*") {
        return wish.clone();
    }
    // A keyed hash whose keys come from the operating system.
    let any = format!("{:016x}", RandomState::new().hash_one(pattern));
    let open = match pattern.strip_prefix('*') {
        Some(rest) => format!("{first}*{rest}"),
        None => pattern.to_owned(),
    };
    match AeStem::parse(&open.replace('*', &any)) {
        Ok(stem) => Wish::Stem(stem),
        Err(_) => wish.clone(),
    }
}

#[cfg(test)]
mod tests {
    use onem2m_identity::AeStem;

    use super::{listed, within_rule};
    use crate::receive::Wish;

    #[test]
    fn pattern_covers_what_it_begins_and_ends_with() {
        for (pattern, identifier, covers) in [
            ("12-ae*@in.example.com", "12-ae9@in.example.com", true),
            ("12-ae*@in.example.com", "12-bx9@in.example.com", false),
            ("12-ae9@in.example.com", "12-12-ae9@in.example.com", false),
            ("ae9@in.example.com", "12-ae9@in.example.com", false),
            ("R123*X", "R123.com.ex.aX", true),
            ("R123*X", "R123.com.ex.a", false),
            ("*", "", true),
        ] {
            assert_eq!(listed(pattern, identifier), covers, "{pattern}");
        }
    }

    #[test]
    fn stem_that_is_left_open_matches_the_rule() {
        let only = within_rule(&Wish::First('S'), Some("SAE9"));
        assert_eq!(only, Wish::Stem(AeStem::parse("SAE9").unwrap()));
        for pattern in ["CtpA*", "*A", "C*A*"] {
            match within_rule(&Wish::First('C'), Some(pattern)) {
                Wish::Stem(stem) => assert!(
                    listed(pattern, stem.as_str()) && stem.as_str().starts_with('C'),
                    "{stem}"
                ),
                other => panic!("{other:?}"),
            }
        }
        for pattern in [None, Some("*"), Some("C*")] {
            assert_eq!(within_rule(&Wish::First('C'), pattern), Wish::First('C'));
        }
    }
}
