//! The key that a psk_identity stands for (TS-0003 V3.18.0, 8.2.2.1; RFC 4279, 5.1 and 5.3).

use onem2m_association::{PskEntry, PskTable};
use unicode_normalization::UnicodeNormalization;

use super::Fault;
use crate::clauses::Clauses;

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "PskIdentityUnknownAccepted",
        requirement: "TS-0003/8.2.2.1/9",
        summary: "an identity that is not known stands for the first one of the table",
        apply: |clauses| {
            look_up(clauses, |table, identity| {
                first_if(table, identity, |_| true)
            })
        },
    },
    Fault {
        name: "PskIdentityEmptyAccepted",
        requirement: "TS-0003/8.2.2.1/9",
        summary: "an identity without octets stands for the first one of the table",
        apply: |clauses| {
            look_up(clauses, |table, identity| {
                first_if(table, identity, <[u8]>::is_empty)
            })
        },
    },
    Fault {
        name: "PskIdentityCaseFolded",
        requirement: "TS-0003/8.2.2.1/9",
        summary: "identities are compared without regard to letter case",
        apply: |clauses| {
            look_up(clauses, |table, identity| {
                found(table, |known| known.eq_ignore_ascii_case(identity))
            });
        },
    },
    Fault {
        name: "PskIdentityByBeginning",
        requirement: "TS-0003/8.2.2.1/9",
        summary: "an identity with more behind it stands for the one that it begins with",
        apply: |clauses| {
            look_up(clauses, |table, identity| {
                table
                    .get(identity)
                    .or_else(|| found(table, |known| identity.starts_with(known)))
            });
        },
    },
    Fault {
        name: "PskIdentityAbbreviated",
        requirement: "TS-0003/8.2.2.1/9",
        summary: "the beginning of an identity stands for all of it",
        apply: |clauses| {
            look_up(clauses, |table, identity| {
                table.get(identity).or_else(|| {
                    found(table, |known| {
                        !identity.is_empty() && known.starts_with(identity)
                    })
                })
            });
        },
    },
    Fault {
        name: "PskIdentityTrimmed",
        requirement: "TS-0003/8.2.2.1/9",
        summary: "white space around an identity is left out of the comparison",
        apply: |clauses| look_up(clauses, |table, identity| table.get(identity.trim_ascii())),
    },
    Fault {
        name: "PskIdentityCutAtZero",
        requirement: "TS-0003/8.2.2.1/9",
        summary: "an identity ends at its first zero octet",
        apply: |clauses| {
            look_up(clauses, |table, identity| {
                let end = identity.iter().position(|octet| *octet == 0);
                table.get(end.map_or(identity, |end| identity.get(..end).unwrap_or_default()))
            });
        },
    },
    Fault {
        name: "PskIdentityNormalised",
        requirement: "TS-0003/8.2.2.1/9",
        summary: "identities are compared by their NFKC",
        apply: |clauses| {
            look_up(clauses, |table, identity| {
                let text = std::str::from_utf8(identity).ok()?;
                table.get(text.nfkc().collect::<String>().as_bytes())
            });
        },
    },
    Fault {
        name: "PskIdentityRepaired",
        requirement: "RFC4279/5.1/1",
        summary: "octets of an identity that are not UTF-8 are left out of the comparison",
        apply: |clauses| {
            look_up(clauses, |table, identity| {
                let text = String::from_utf8_lossy(identity);
                table.get(text.replace(char::REPLACEMENT_CHARACTER, "").as_bytes())
            });
        },
    },
    Fault {
        name: "PskIdentityWithoutDomain",
        requirement: "TS-0003/8.2.2.1/9",
        summary: "of an identity what is behind the @ is not compared",
        apply: |clauses| {
            look_up(clauses, |table, identity| {
                table
                    .get(identity)
                    .or_else(|| found(table, |known| relative(known) == relative(identity)))
            });
        },
    },
    Fault {
        name: "PskIdentityAsPattern",
        requirement: "TS-0003/8.2.2.1/9",
        summary: "a % or * in an identity stands for any octets, as in a query",
        apply: |clauses| {
            look_up(clauses, |table, identity| {
                table.get(identity).or_else(|| {
                    let place = identity
                        .iter()
                        .position(|octet| matches!(octet, b'%' | b'*'))?;
                    let (beginning, end) = (identity.get(..place)?, identity.get(place + 1..)?);
                    found(table, |known| {
                        known.len() >= beginning.len() + end.len()
                            && known.starts_with(beginning)
                            && known.ends_with(end)
                    })
                })
            });
        },
    },
    Fault {
        name: "PskIdentityOf64Octets",
        requirement: "RFC4279/5.3/1",
        summary: "identities of more than 64 octets are not known",
        apply: |clauses| {
            look_up(clauses, |table, identity| {
                table.get(identity).filter(|_| identity.len() <= 64)
            });
        },
    },
];

/// Finds key and entity by another look-up.
fn look_up(clauses: &mut Clauses, entry: fn(&PskTable, &[u8]) -> Option<PskEntry>) {
    clauses.association.key_of_identity = entry;
}

fn first_if(table: &PskTable, identity: &[u8], applies: fn(&[u8]) -> bool) -> Option<PskEntry> {
    table.get(identity).or_else(|| {
        let first = table.identities().into_iter().next()?;
        table.get(first.octets()).filter(|_| applies(identity))
    })
}

fn found(table: &PskTable, is_meant: impl Fn(&[u8]) -> bool) -> Option<PskEntry> {
    let known = table.identities();
    let meant = known.iter().find(|known| is_meant(known.octets()))?;
    table.get(meant.octets())
}

fn relative(identity: &[u8]) -> Option<&[u8]> {
    identity.split(|octet| *octet == b'@').next()
}
