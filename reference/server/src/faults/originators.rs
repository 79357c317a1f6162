//! Whom accessControlOriginators stands for (TS-0003 V3.18.0, 7.1.3).

use onem2m_access::{Clauses as Access, OriginatorEntry, Policy, Situation};
use onem2m_identity::Entity;
use serde_json::{Value, json};

use super::{Fault, rewrite};
use crate::receive;
use crate::refusal::Refusal;

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "OriginatorComparedAsWritten",
        requirement: "TS-0001/7.2/2",
        summary: "entries are compared with From as texts, without bringing both to one form",
        apply: |clauses| clauses.access.identifier = as_written,
    },
    Fault {
        name: "OriginatorWithoutCse",
        requirement: "TS-0003/7.1.3/2",
        summary: "the CSE part is cut off, so that equal stems at other CSEs match",
        apply: |clauses| clauses.access.pattern = last_segment,
    },
    Fault {
        name: "OriginatorByPrefix",
        requirement: "TS-0003/7.1.3/2",
        summary: "an entry stands for every identifier that begins with it",
        apply: |clauses| clauses.access.pattern = |_, entry, identity| identity.starts_with(entry),
    },
    Fault {
        name: "OriginatorComparedToItsLength",
        requirement: "TS-0003/7.1.3/2",
        summary: "the comparison ends with the last character of From",
        apply: |clauses| clauses.access.pattern = |_, entry, identity| entry.starts_with(identity),
    },
    Fault {
        name: "OriginatorBySuffix",
        requirement: "TS-0003/7.1.3/2",
        summary: "an entry stands for every identifier that ends with it",
        apply: |clauses| clauses.access.identifier = suffix,
    },
    Fault {
        name: "OriginatorCaseIgnored",
        requirement: "TS-0003/7.1.3/2",
        summary: "identifiers are compared without regard to case",
        apply: |clauses| clauses.access.identifier = case_ignored,
    },
    Fault {
        name: "OriginatorsFirstOnly",
        requirement: "TS-0003/7.1.3/2",
        summary: "only the first entry of a rule is looked at",
        apply: |clauses| {
            clauses.access.originators =
                |clauses, situation, entries| leading(clauses, situation, entries, 1)
        },
    },
    Fault {
        name: "OriginatorsBeyond64Dropped",
        requirement: "TS-0003/7.1.4/1",
        summary: "entries beyond the sixty-fourth are dropped",
        apply: |clauses| {
            clauses.access.originators =
                |clauses, situation, entries| leading(clauses, situation, entries, 64)
        },
    },
    Fault {
        name: "OriginatorsSearchedAsText",
        requirement: "TS-0003/7.1.3/2",
        summary: "the entries are joined with blanks and From is searched in the text",
        apply: |clauses| {
            clauses.access.originators =
                |_, situation, entries| joined(entries, " ").contains(&situation.request.from)
        },
    },
    Fault {
        name: "OriginatorsConcatenated",
        requirement: "TS-0003/7.1.3/2",
        summary: "the entries are concatenated and matched as one identifier as well",
        apply: |clauses| clauses.access.originators = concatenated,
    },
    Fault {
        name: "OriginatorsEmptyIsAll",
        requirement: "TS-0003/7.1.3/2",
        summary: "a rule without originators stands for everybody",
        apply: |clauses| clauses.access.originators = empty_is_all,
    },
    Fault {
        name: "OriginatorEmptyTextIsAll",
        requirement: "TS-0003/7.1.3/2",
        summary: "an empty entry is taken and matches every identifier",
        apply: |clauses| {
            clauses.policy = |policy| {
                with_entries(policy, |entry| match entry {
                    "" => vec!["all".to_owned()],
                    other => vec![other.to_owned()],
                })
            }
        },
    },
    Fault {
        name: "OriginatorSplitAtBlanks",
        requirement: "TS-0004/6.3.5.27/1",
        summary: "an entry with a blank is taken and read as two entries",
        apply: |clauses| {
            clauses.policy = |policy| {
                with_entries(policy, |entry| match entry.contains(' ') {
                    true => entry.split(' ').map(str::to_owned).collect(),
                    false => vec![entry.to_owned()],
                })
            }
        },
    },
    Fault {
        name: "OriginatorsOfSeveralFormsRefused",
        requirement: "TS-0001/9.6.2.1/3",
        summary: "a list that mixes domains, CSE-IDs and AE-IDs is refused",
        apply: |clauses| clauses.policy = one_form_only,
    },
    Fault {
        name: "KeywordAllUnknown",
        requirement: "TS-0001/9.6.2.1/3",
        summary: "the keyword all is no more than an identifier",
        apply: |clauses| clauses.access.keyword = |_| false,
    },
    Fault {
        name: "KeywordAllCaseIgnored",
        requirement: "TS-0004/8.2.1/1",
        summary: "ALL and All stand for everybody as well",
        apply: |clauses| {
            clauses.access.keyword = |entry| entry.as_str().eq_ignore_ascii_case("all")
        },
    },
    Fault {
        name: "ProviderStemPutBehindRegistrar",
        requirement: "TS-0001/7.2/1",
        summary: "the CSE-ID is put before provider-assigned stems too",
        apply: |clauses| clauses.access.identity = behind_registrar,
    },
];

const SPECIFICATION: Access = Access::SPECIFICATION;

fn as_written(clauses: &Access, situation: &Situation<'_>, entry: &OriginatorEntry) -> bool {
    (clauses.pattern)(clauses, entry.as_str(), &situation.request.from)
}

fn last_segment(clauses: &Access, entry: &str, identity: &str) -> bool {
    let last = |text: &str| text.rsplit('/').next().unwrap_or_default().to_owned();
    (clauses.segment)(&last(entry), &last(identity))
}

fn suffix(_: &Access, situation: &Situation<'_>, entry: &OriginatorEntry) -> bool {
    situation
        .request
        .originator
        .absolute()
        .ends_with(entry.as_str())
}

fn case_ignored(clauses: &Access, situation: &Situation<'_>, entry: &OriginatorEntry) -> bool {
    entry.as_str().eq_ignore_ascii_case(&situation.request.from)
        || (SPECIFICATION.identifier)(clauses, situation, entry)
}

fn leading(
    clauses: &Access,
    situation: &Situation<'_>,
    entries: &[OriginatorEntry],
    count: usize,
) -> bool {
    let entries = entries.get(..count).unwrap_or(entries);
    (SPECIFICATION.originators)(clauses, situation, entries)
}

fn joined(entries: &[OriginatorEntry], separator: &str) -> String {
    let entries: Vec<&str> = entries.iter().map(OriginatorEntry::as_str).collect();
    entries.join(separator)
}

fn concatenated(clauses: &Access, situation: &Situation<'_>, entries: &[OriginatorEntry]) -> bool {
    let whole = OriginatorEntry::new(&joined(entries, ""));
    whole.is_some_and(|whole| (clauses.originator)(clauses, situation, &whole))
        || (SPECIFICATION.originators)(clauses, situation, entries)
}

fn empty_is_all(clauses: &Access, situation: &Situation<'_>, entries: &[OriginatorEntry]) -> bool {
    entries.is_empty() || (SPECIFICATION.originators)(clauses, situation, entries)
}

/// Reads a policy after each entry of acor has been replaced.
fn with_entries(policy: &Value, replace: impl Fn(&str) -> Vec<String>) -> Result<Policy, Refusal> {
    let rewritten = rewrite::rules(policy, |rule| {
        let entries = rule.get("acor").and_then(Value::as_array);
        let texts = entries.map(|entries| {
            entries
                .iter()
                .filter_map(Value::as_str)
                .flat_map(&replace)
                .collect::<Vec<_>>()
        });
        if let Some(texts) = texts {
            rule.insert("acor".to_owned(), json!(texts));
        }
    });
    receive::policy(&rewritten)
}

fn one_form_only(policy: &Value) -> Result<Policy, Refusal> {
    let policy = receive::policy(policy)?;
    let form = |entry: &OriginatorEntry| {
        entry
            .as_str()
            .chars()
            .take_while(|character| *character == '/')
            .count()
    };
    let is_mixed = policy.rules.iter().any(|rule| {
        let mut forms = rule.originators.iter().map(form);
        let first = forms.next();
        forms.any(|other| Some(other) != first)
    });
    match is_mixed {
        true => Err(Refusal::bad_request("acor: expected entries of one form")),
        false => Ok(policy),
    }
}

fn behind_registrar(situation: &Situation<'_>) -> String {
    match &situation.request.originator {
        Entity::Ae {
            sp,
            stem,
            cse: None,
        } => format!("{sp}{}/{stem}", situation.home.cse),
        other => other.absolute(),
    }
}
