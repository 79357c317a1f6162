//! Who registers by the rules of a service subscription (TS-0001 V3.36.0, 9.6.29 and 10.2.2.2, step 003; TS-0004 V3.32.0,
//! 7.3.2.7).

use onem2m_primitive::ResponseStatusCode;

use super::Fault;
use crate::receive::{self, Applicant, Wish};
use crate::refusal::Refusal;
use crate::resource::{Kind, Resource};
use crate::scene::Scene;

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "RulesIgnored",
        requirement: "TS-0001/10.2.2.2/3",
        summary: "service subscriptions are stored, and whoever asks registers",
        apply: |clauses| clauses.admission = |_, _| Ok(None),
    },
    Fault {
        name: "RulesForAssociationsOnly",
        requirement: "TS-0001/10.2.2.2/3",
        summary: "an AE outside any security association registers whatever the rules say",
        apply: |clauses| {
            clauses.admission = |scene, applicant| match applicant.credential {
                None => Ok(None),
                Some(_) => receive::admission(scene, applicant),
            }
        },
    },
    Fault {
        name: "RuleCredentialIgnored",
        requirement: "TS-0001/9.6.29/1",
        summary: "a rule is matched by App-ID and AE-ID-Stem, whatever the credential is",
        apply: |clauses| clauses.lists_credential = |_, _, _| true,
    },
    Fault {
        name: "RuleCredentialTypeIgnored",
        requirement: "TS-0001/9.6.29/1",
        summary: "Credential-IDs are compared without their type numbers",
        apply: |clauses| {
            clauses.lists_credential =
                |scene, rule, credential| with_parts(scene, rule, credential, behind_type)
        },
    },
    Fault {
        name: "RuleCredentialSplitAtLastHyphen",
        requirement: "TS-0001/9.6.29/1",
        summary: "of a Credential-ID only what is behind the last hyphen is compared",
        apply: |clauses| {
            clauses.lists_credential =
                |scene, rule, credential| with_parts(scene, rule, credential, behind_last_hyphen)
        },
    },
    Fault {
        name: "RuleCredentialCaseIgnored",
        requirement: "TS-0001/9.6.29/1",
        summary: "Credential-IDs are compared without regard to case",
        apply: |clauses| {
            clauses.lists_credential = |scene, rule, credential| {
                let rule = with_lower_case(rule, "apci");
                let credential = credential.map(str::to_lowercase);
                receive::lists_credential(scene, &rule, credential.as_deref())
            }
        },
    },
    Fault {
        name: "CredentialTypeNotRepeated",
        requirement: "TS-0003/10.4/1",
        summary: "a credential whose name begins like a type number gets no type number of its own",
        apply: |clauses| {
            clauses.credential = |scene| {
                let credential = receive::credential(scene)?;
                let typed = credential
                    .split_once('-')
                    .filter(|(kind, value)| value.starts_with(&format!("{kind}-")))
                    .map(|(_, value)| value.to_owned());
                Some(typed.unwrap_or(credential))
            }
        },
    },
    Fault {
        name: "RuleAppIdIgnored",
        requirement: "TS-0001/9.6.29/1",
        summary: "a rule is matched by credential and AE-ID-Stem, whatever the App-ID is",
        apply: |clauses| clauses.lists_app_id = |_, _, _| true,
    },
    Fault {
        name: "RuleAppIdByPrefix",
        requirement: "TS-0001/9.6.29/1",
        summary: "an App-ID is covered as soon as it begins as an element of the rule does",
        apply: |clauses| {
            clauses.lists_app_id = |_, rule, app_id| {
                let patterns = rule.texts("aai").unwrap_or_default();
                patterns
                    .iter()
                    .filter_map(|pattern| pattern.split('*').next())
                    .any(|start| app_id.starts_with(start))
            }
        },
    },
    Fault {
        name: "RuleStemIgnored",
        requirement: "TS-0001/9.6.29/1",
        summary: "a rule is matched by credential and App-ID, whatever the AE-ID-Stem is",
        apply: |clauses| clauses.lists_stem = |_, _, _| Some("*".to_owned()),
    },
    Fault {
        name: "RuleElementsAlternatives",
        requirement: "TS-0001/9.6.29/1",
        summary: "a rule holds as soon as credential, App-ID or AE-ID-Stem is listed",
        apply: |clauses| clauses.complies = any_element,
    },
    Fault {
        name: "RulesMixed",
        requirement: "TS-0001/9.6.29/1",
        summary: "the App-ID may come from one rule and the AE-ID-Stem from another",
        apply: |clauses| clauses.admission = across_rules,
    },
    Fault {
        name: "RuleWildcardLiteral",
        requirement: "TS-0001/9.6.29/1",
        summary: "an asterisk within an element stands for itself",
        apply: |clauses| {
            clauses.listed = |pattern, identifier| pattern == "*" || pattern == identifier
        },
    },
    Fault {
        name: "RuleWildcardCoversAll",
        requirement: "TS-0001/9.6.29/1",
        summary: "an element with an asterisk covers everything",
        apply: |clauses| {
            clauses.listed = |pattern, identifier| pattern.contains('*') || pattern == identifier
        },
    },
    Fault {
        name: "RuleWildcardEndsElement",
        requirement: "TS-0001/9.6.29/1",
        summary: "what is behind an asterisk within an element is not looked at",
        apply: |clauses| {
            clauses.listed = |pattern, identifier| match pattern.split_once('*') {
                Some((start, _)) => identifier.starts_with(start),
                None => pattern == identifier,
            }
        },
    },
    Fault {
        name: "RuleElementWithin",
        requirement: "TS-0001/9.6.29/1",
        summary: "an element covers what holds it anywhere",
        apply: |clauses| {
            clauses.listed =
                |pattern, identifier| receive::listed(&format!("*{pattern}*"), identifier)
        },
    },
    Fault {
        name: "RuleFirstElementOnly",
        requirement: "TS-0001/9.6.29/1",
        summary: "of each list of a rule only the first element counts",
        apply: |clauses| {
            clauses.complies = |scene, rule, applicant| {
                let mut rule = rule.clone();
                for list in ["apci", "aai", "aae"] {
                    if let Some(first) = first_element(&rule, list) {
                        rule.set(list, vec![first]);
                    }
                }
                receive::complies(scene, &rule, applicant)
            }
        },
    },
    Fault {
        name: "RuleFirstOnly",
        requirement: "TS-0001/10.2.2.2/3",
        summary: "of the rules that a node links to only the first is asked",
        apply: |clauses| {
            clauses.app_rules = |scene, node| {
                let rules = receive::app_rules(scene, node);
                rules.into_iter().take(1).collect()
            }
        },
    },
    Fault {
        name: "RulesWithoutLinkCount",
        requirement: "TS-0001/10.2.2.2/3",
        summary: "every rule of the IN-CSE counts, also one that the node does not link to",
        apply: |clauses| clauses.app_rules = |scene, _| every_rule(scene),
    },
    Fault {
        name: "NodeOfAnyCse",
        requirement: "TS-0004/7.3.2.7/1",
        summary: "the rules of every node count, whichever CSE it is of",
        apply: |clauses| {
            clauses.subscribed_nodes = |scene, registrar| {
                receive::subscribed_nodes(scene, registrar)?;
                Some(every_node(scene))
            }
        },
    },
    Fault {
        name: "MissingNodeAllows",
        requirement: "TS-0004/7.3.2.7/1",
        summary: "a service subscription without a node for the CSE restricts nobody",
        apply: |clauses| {
            clauses.subscribed_nodes = |scene, registrar| {
                let nodes = receive::subscribed_nodes(scene, registrar)?;
                (!nodes.is_empty()).then_some(nodes)
            }
        },
    },
    Fault {
        name: "MissingNodeFailsRule",
        requirement: "TS-0004/7.3.2.7/1",
        summary: "a missing node is answered like a rule that fails",
        apply: |clauses| clauses.not_subscribed = receive::no_rule,
    },
    Fault {
        name: "MissingRuleAllows",
        requirement: "TS-0004/7.3.2.7/1",
        summary: "a node that links to no rule restricts nobody",
        apply: |clauses| clauses.admission = unless_without_rules,
    },
    Fault {
        name: "RuleFailureDenied",
        requirement: "TS-0004/7.3.2.7/1",
        summary: "a rule that fails is answered with ORIGINATOR_HAS_NO_PRIVILEGE",
        apply: |clauses| clauses.no_rule = receive::refused,
    },
    Fault {
        name: "RuleFailureMissesNode",
        requirement: "TS-0004/7.3.2.7/1",
        summary: "a rule that fails is answered like a missing node",
        apply: |clauses| clauses.no_rule = receive::not_subscribed,
    },
    Fault {
        name: "CertificateOfChannelOnly",
        requirement: "TS-0001/10.2.2.2/2",
        summary: "App-ID and AE-ID-Stem of a certificate are not looked at",
        apply: |clauses| clauses.certified = |_| None,
    },
    Fault {
        name: "CertificateAppIdIgnored",
        requirement: "TS-0001/10.2.2.2/2",
        summary: "of a certificate only the AE-ID-Stem is compared",
        apply: |clauses| {
            clauses.certified = |applicant| {
                let (_, stem) = applicant.certificate.clone()?;
                let certificate = Some((applicant.app_id.clone(), stem));
                receive::certified(&Applicant {
                    certificate,
                    ..applicant.clone()
                })
            }
        },
    },
    Fault {
        name: "CertificateMismatchDenied",
        requirement: "TS-0001/10.2.2.2/2",
        summary: "a certificate of another application is answered with ORIGINATOR_HAS_NO_PRIVILEGE",
        apply: |clauses| {
            clauses.admission = |scene, applicant| {
                receive::admission(scene, applicant).map_err(|refusal| {
                    match applicant.certificate {
                        Some(_)
                            if refusal.status == ResponseStatusCode::APP_RULE_VALIDATION_FAILED =>
                        {
                            receive::refused()
                        }
                        _ => refusal,
                    }
                })
            }
        },
    },
];

/// applicableCredIDs, a part of each element against the same part of the Credential-ID.
fn with_parts(
    scene: &Scene<'_>,
    rule: &Resource,
    credential: Option<&str>,
    part: fn(&str) -> &str,
) -> bool {
    let mut parts = rule.clone();
    if let Some(patterns) = rule.texts("apci") {
        let patterns: Vec<_> = patterns.into_iter().map(part).collect();
        parts.set("apci", patterns);
    }
    receive::lists_credential(scene, &parts, credential.map(part))
}

fn behind_type(credential: &str) -> &str {
    credential
        .split_once('-')
        .map_or(credential, |(_, value)| value)
}

fn behind_last_hyphen(credential: &str) -> &str {
    credential
        .rsplit_once('-')
        .map_or(credential, |(_, value)| value)
}

fn with_lower_case(rule: &Resource, list: &str) -> Resource {
    let mut lower = rule.clone();
    if let Some(elements) = rule.texts(list) {
        let elements: Vec<_> = elements.into_iter().map(str::to_lowercase).collect();
        lower.set(list, elements);
    }
    lower
}

fn first_element(rule: &Resource, list: &str) -> Option<String> {
    let elements = rule.texts(list)?;
    elements.first().map(|element| (*element).to_owned())
}

fn any_element(scene: &Scene<'_>, rule: &Resource, applicant: &Applicant) -> Option<String> {
    let stem = receive::lists_stem(scene, rule, &applicant.wish);
    let is_listed = receive::lists_credential(scene, rule, applicant.credential.as_deref())
        || receive::lists_app_id(scene, rule, &applicant.app_id);
    stem.or_else(|| is_listed.then(|| "*".to_owned()))
}

fn rules_of<'a>(scene: &Scene<'a>, applicant: &Applicant) -> Option<Vec<&'a Resource>> {
    let nodes = receive::subscribed_nodes(scene, &applicant.registrar)?;
    let rules = nodes
        .into_iter()
        .flat_map(|node| receive::app_rules(scene, node));
    Some(rules.collect())
}

fn across_rules(scene: &Scene<'_>, applicant: &Applicant) -> Result<Option<String>, Refusal> {
    let rules = rules_of(scene, applicant).unwrap_or_default();
    let wants = |rule: &&Resource, wish: &Wish| receive::lists_stem(scene, rule, wish);
    let credential = applicant.credential.as_deref();
    let is_mixed = rules.iter().any(|rule| {
        receive::lists_credential(scene, rule, credential)
            && receive::lists_app_id(scene, rule, &applicant.app_id)
    });
    let pattern = rules.iter().find_map(|rule| wants(rule, &applicant.wish));
    match pattern.filter(|_| is_mixed) {
        Some(pattern) => Ok(Some(pattern)),
        None => receive::admission(scene, applicant),
    }
}

fn unless_without_rules(
    scene: &Scene<'_>,
    applicant: &Applicant,
) -> Result<Option<String>, Refusal> {
    let has_node = receive::subscribed_nodes(scene, &applicant.registrar)
        .is_some_and(|nodes| !nodes.is_empty());
    match rules_of(scene, applicant) {
        Some(rules) if has_node && rules.is_empty() => Ok(None),
        _ => receive::admission(scene, applicant),
    }
}

fn every<'a>(scene: &Scene<'a>, kind: Kind) -> Vec<&'a Resource> {
    let Some(base) = scene.tree.get(scene.tree.root()) else {
        return Vec::new();
    };
    let all = scene.tree.descendants(base).into_iter();
    all.map(|(resource, _)| resource)
        .filter(|resource| resource.kind == kind)
        .collect()
}

fn every_rule<'a>(scene: &Scene<'a>) -> Vec<&'a Resource> {
    every(scene, Kind::AppRule)
}

fn every_node<'a>(scene: &Scene<'a>) -> Vec<&'a Resource> {
    every(scene, Kind::SubscribedNode)
}
