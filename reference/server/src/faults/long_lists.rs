//! Lists of policies that are longer than an implementation counts, and numbers at the edge of how it counts
//! (TS-0003 V3.18.0, 7.1.3 and 7.1.5; TS-0004 V3.32.0, 7.4.9.1).

use std::net::Ipv4Addr;

use onem2m_access::{
    Clauses as Access, Field, Network, ObjectDetail, Operation, Operations, OriginatorEntry,
    Policy, Situation,
};

use super::Fault;
use crate::authorize;

const SPECIFICATION: Access = Access::SPECIFICATION;

/// As many elements as somebody made room for.
const ROOM: usize = 8;

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "RulesBeyondEighthLost",
        requirement: "TS-0003/7.1.5/1",
        summary: "of a set of rules the first eight are judged",
        apply: |clauses| clauses.access.rules = first_rules,
    },
    Fault {
        name: "RulesOfLongSetUnrestricted",
        requirement: "TS-0003/7.1.5/2",
        summary: "in a set of more than eight rules the operations of the last are not looked at",
        apply: |clauses| clauses.access.rules = last_unrestricted,
    },
    Fault {
        name: "OriginatorsBeyondEighthMatch",
        requirement: "TS-0003/7.1.3/2",
        summary: "a list of more than eight originators stands for everybody",
        apply: |clauses| {
            clauses.access.originators = |clauses, situation, entries| {
                entries.len() > ROOM || (SPECIFICATION.originators)(clauses, situation, entries)
            };
        },
    },
    Fault {
        name: "OriginatorsOddListCut",
        requirement: "TS-0003/7.1.3/2",
        summary: "of an odd number of originators above five the last is not looked at",
        apply: |clauses| clauses.access.originators = odd_list_cut,
    },
    Fault {
        name: "HoursBeyondEighthLost",
        requirement: "TS-0004/7.4.9.1/1",
        summary: "of a list in a field of a window the first eight elements are looked at",
        apply: |clauses| clauses.access.field = first_elements,
    },
    Fault {
        name: "OddIntervalRoundedDown",
        requirement: "TS-0004/7.4.9.1/1",
        summary: "an odd interval above four counts as the even one below",
        apply: |clauses| clauses.access.field = even_interval,
    },
    Fault {
        name: "OddPrefixShortened",
        requirement: "TS-0003/7.1.3/10",
        summary: "the last bit of an IPv4 prefix of odd length is not compared",
        apply: |clauses| clauses.access.ipv4 = even_prefix,
    },
    Fault {
        name: "WildcardOfEightCharacters",
        requirement: "TS-0003/7.1.3/4",
        summary: "a leading asterisk stands for at most eight characters",
        apply: |clauses| clauses.access.segment = short_wildcard,
    },
    Fault {
        name: "FiveOperationsAreAll",
        requirement: "TS-0003/7.1.3/6",
        summary: "a rule with five of the six operations permits the sixth",
        apply: |clauses| clauses.access.operations = five_are_all,
    },
    Fault {
        name: "ChildTypesBeyondThirdUnrestricted",
        requirement: "TS-0003/7.1.3/12",
        summary: "a list of more than two child types allows all of them",
        apply: |clauses| clauses.access.child_type = many_types,
    },
    Fault {
        name: "LinksBeyondSecondLost",
        requirement: "TS-0001/9.6.1.3.2/1",
        summary: "of accessControlPolicyIDs the first two are followed",
        apply: |clauses| {
            clauses.linked = |scene, links| {
                let followed = links.get(..2).unwrap_or(links);
                authorize::linked(scene, followed)
            };
        },
    },
];

fn first_rules(clauses: &Access, situation: &Situation<'_>, policy: &Policy) -> Option<usize> {
    let mut cut = policy.clone();
    cut.rules.truncate(ROOM);
    (SPECIFICATION.rules)(clauses, situation, &cut)
}

fn last_unrestricted(
    clauses: &Access,
    situation: &Situation<'_>,
    policy: &Policy,
) -> Option<usize> {
    if let Some(last) = policy.rules.last().filter(|_| policy.rules.len() > ROOM)
        && (clauses.originators)(clauses, situation, &last.originators)
    {
        return Some(policy.rules.len() - 1);
    }
    (SPECIFICATION.rules)(clauses, situation, policy)
}

fn odd_list_cut(clauses: &Access, situation: &Situation<'_>, entries: &[OriginatorEntry]) -> bool {
    let looked_at = match entries.split_last() {
        Some((_, before)) if entries.len() > 5 && entries.len() % 2 == 1 => before,
        _ => entries,
    };
    (SPECIFICATION.originators)(clauses, situation, looked_at)
}

fn first_elements(clauses: &Access, field: &Field, value: u16) -> bool {
    match field {
        Field::List(elements) => elements
            .iter()
            .take(ROOM)
            .any(|element| (clauses.element)(element, value)),
        other => (SPECIFICATION.field)(clauses, other, value),
    }
}

fn even_interval(clauses: &Access, field: &Field, value: u16) -> bool {
    match *field {
        Field::AnyStepped {
            lowest,
            highest,
            interval,
        } if interval > 4 && interval % 2 == 1 => {
            let even = Field::AnyStepped {
                lowest,
                highest,
                interval: interval - 1,
            };
            (SPECIFICATION.field)(clauses, &even, value)
        }
        ref other => (SPECIFICATION.field)(clauses, other, value),
    }
}

fn even_prefix(network: &Network<Ipv4Addr>, source: Ipv4Addr) -> bool {
    let difference = network.address().to_bits() ^ source.to_bits();
    difference.leading_zeros() >= u32::from(network.prefix() / 2 * 2)
}

fn short_wildcard(pattern: &str, text: &str) -> bool {
    let stood_for = pattern
        .strip_prefix('*')
        .map_or(0, |rest| text.len().saturating_sub(rest.len()));
    (SPECIFICATION.segment)(pattern, text) && stood_for <= ROOM
}

fn five_are_all(_: &Access, allowed: Operations, requested: Operation) -> bool {
    let bits = allowed.bits();
    bits.count_ones() >= 5 || bits & requested.bit() != 0
}

fn many_types(situation: &Situation<'_>, detail: &ObjectDetail) -> bool {
    detail.child_types.len() > 2 || (SPECIFICATION.child_type)(situation, detail)
}
