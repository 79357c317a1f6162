//! What tokens claim, and what their permissions grant (TS-0003 V3.18.0, 7.3.2.3 and 7.3.2.5).

use super::Fault;

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "TokenIssuerUnchecked",
        requirement: "TS-0003/7.3.2.5/2",
        summary: "whoever is trusted may issue tokens in the name of others",
        apply: |clauses| clauses.tokens.issued_by = |_, _| true,
    },
    Fault {
        name: "TokenHolderUnchecked",
        requirement: "TS-0003/7.3.2.3/9",
        summary: "a token serves whoever sends it",
        apply: |clauses| clauses.tokens.held_by = |_, _| true,
    },
    Fault {
        name: "TokenHolderByBeginning",
        requirement: "TS-0003/7.3.2.3/9",
        summary: "a holder matches originators whose identifier begins with it",
        apply: |clauses| {
            clauses.tokens.held_by =
                |claims, originator| originator.absolute().starts_with(&claims.holder);
        },
    },
    Fault {
        name: "TokenAudienceUnchecked",
        requirement: "TS-0003/7.3.2.3/8",
        summary: "a token for other CSEs is taken",
        apply: |clauses| clauses.tokens.addressed = |_, _| true,
    },
    Fault {
        name: "TokenAudienceWithoutWildcards",
        requirement: "TS-0003/7.3.2.3/8",
        summary: "wildcards in an audience are characters like others",
        apply: |clauses| {
            clauses.tokens.addressed = |claims, home| {
                let is_plain = |pattern: &String| !pattern.contains('*');
                let mut plain = claims.clone();
                plain.audience.retain(is_plain);
                let had_some = !claims.audience.is_empty();
                !(had_some && plain.audience.is_empty())
                    && (super::loose_tokens::SPECIFIED.addressed)(&plain, home)
            };
        },
    },
    Fault {
        name: "TokenNeverExpires",
        requirement: "TS-0003/7.3.2.3/10",
        summary: "notAfter is not looked at",
        apply: |clauses| {
            clauses.tokens.in_time = |claims, now| claims.not_before <= now.unix_timestamp() as f64;
        },
    },
    Fault {
        name: "TokenBeforeItsTime",
        requirement: "TS-0003/7.3.2.3/10",
        summary: "notBefore is not looked at",
        apply: |clauses| {
            clauses.tokens.in_time = |claims, now| (now.unix_timestamp() as f64) < claims.not_after;
        },
    },
    Fault {
        name: "TokenForEveryResource",
        requirement: "TS-0003/7.3.2.5/4",
        summary: "resourceIDs of a permission are not looked at",
        apply: |clauses| clauses.tokens.concerns = |_, _, _| true,
    },
];
