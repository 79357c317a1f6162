//! Finds the credentials of the profile that purposes need, by what they are.

use crate::catalogue::behaviour::Fixture;
use crate::profile::Provisioned;

/// The credential, among those that the profile names; the first that fits, by name.
pub fn find(fixture: Fixture, all: &[Provisioned]) -> Option<&Provisioned> {
    match fixture {
        Fixture::Ae1 => ordinary(all, is_ae).next(),
        Fixture::Ae2 => second(all, is_ae),
        Fixture::AeLonger => {
            let first = ordinary(all, is_ae).next()?.entity.as_deref()?;
            let is_longer = |entity: &str| entity != first && entity.starts_with(first);
            ordinary(all, is_ae).find(|it| it.entity.as_deref().is_some_and(is_longer))
        }
        Fixture::Cse1 => ordinary(all, is_cse).next(),
        Fixture::Cse2 => second(all, is_cse),
        Fixture::Unbound => unbound(all).next(),
        Fixture::UnboundFirst => {
            let first = unbound(all).next()?;
            let is_other = |identity: &str| {
                identity.chars().next() != first.identity.chars().next()
                    && issuer(identity) == issuer(&first.identity)
            };
            unbound(all).find(|it| is_other(&it.identity))
        }
        Fixture::UnboundTail => {
            let (_, tail) = ordinary(all, is_ae).next()?.identity.rsplit_once('-')?;
            unbound(all).find(|it| it.identity == tail)
        }
        Fixture::UnboundNumber => {
            let first = unbound(all).next()?;
            unbound(all).find(|it| it.identity.strip_prefix("12-") == Some(&first.identity))
        }
        Fixture::UnboundOtherCase => {
            let first = &unbound(all).next()?.identity;
            let mut others = unbound(all).filter(|it| &it.identity != first);
            others.find(|it| it.identity.eq_ignore_ascii_case(first))
        }
        Fixture::ShortKey => all.iter().find(|it| it.key.octets().len() == 8),
        Fixture::LongKey => all.iter().find(|it| it.key.octets().len() == 64),
        Fixture::ZeroKey => all.iter().find(|it| has_zeros(it.key.octets())),
        Fixture::LongestIdentity => all.iter().find(|it| it.identity.len() == 128),
        Fixture::OtherCase => bound(all).rev().find(|it| {
            let same = |other: &&Provisioned| {
                other.identity != it.identity && other.identity.eq_ignore_ascii_case(&it.identity)
            };
            all.iter().any(|other| same(&other))
        }),
        Fixture::CseCertificate
        | Fixture::AeCertificate
        | Fixture::DeviceCertificate
        | Fixture::NodeCertificate
        | Fixture::UnboundNodeCertificate
        | Fixture::RawKey
        | Fixture::AnyCertificate
        | Fixture::SecondAeCertificate
        | Fixture::ShorterRawKey
        | Fixture::ShortestRawKey
        | Fixture::TooShortRawKey
        | Fixture::UnboundDevice
        | Fixture::UnboundNode
        | Fixture::UnboundRawKey
        | Fixture::PaddedRawKey
        | Fixture::OtherAlphabetRawKey
        | Fixture::CutRawKey
        | Fixture::LocatedRawKey => None,
        Fixture::OtherIssuer => all.iter().rev().find(|it| {
            let relative = |identity: &str| identity.split('@').next().map(str::to_owned);
            all.iter().any(|other| {
                other.identity != it.identity && relative(&other.identity) == relative(&it.identity)
            })
        }),
    }
}

fn bound(all: &[Provisioned]) -> impl DoubleEndedIterator<Item = &Provisioned> {
    all.iter().filter(|it| it.entity.is_some())
}

/// Keys for which the IUT was told no entity.
fn unbound(all: &[Provisioned]) -> impl Iterator<Item = &Provisioned> {
    all.iter().filter(|it| it.entity.is_none())
}

fn issuer(identity: &str) -> Option<&str> {
    identity.split_once('@').map(|(_, issuer)| issuer)
}

/// Keys of entities of a kind: first those that nothing is special about, since other purposes are about the others.
pub fn ordinary(all: &[Provisioned], of: fn(&str) -> bool) -> impl Iterator<Item = &Provisioned> {
    let mut keys: Vec<&Provisioned> = all
        .iter()
        .filter(|it| it.entity.as_deref().is_some_and(of))
        .collect();
    keys.sort_by_key(|it| is_special(it));
    keys.into_iter()
}

fn is_special(provisioned: &Provisioned) -> bool {
    let key = provisioned.key.octets();
    matches!(key.len(), 8 | 64) || has_zeros(key) || provisioned.identity.len() == 128
}

fn second(all: &[Provisioned], of: fn(&str) -> bool) -> Option<&Provisioned> {
    let first = ordinary(all, of).next()?;
    ordinary(all, of).find(|it| it.entity != first.entity)
}

fn is_ae(entity: &str) -> bool {
    entity.starts_with(['C', 'S'])
}

fn is_cse(entity: &str) -> bool {
    entity.starts_with('/')
}

fn has_zeros(key: &[u8]) -> bool {
    let inside = key.split_last().is_some_and(|(_, rest)| rest.contains(&0));
    inside && key.last() == Some(&0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::SymmetricKey;

    fn provisioned(name: &str, identity: &str, key: &str, entity: &str) -> Provisioned {
        Provisioned {
            name: name.into(),
            identity: identity.into(),
            key: SymmetricKey::from_hexadecimal(key).unwrap(),
            entity: (!entity.is_empty()).then(|| entity.to_owned()),
        }
    }

    fn all() -> Vec<Provisioned> {
        let ordinary = "0102030405060708090a0b0c0d0e0f10";
        vec![
            provisioned("a", "lock@in.example", "1a2b3c4d5e6f7a8b", "SLOCK"),
            provisioned("b", "ae1@in.example", ordinary, "SAE1"),
            provisioned("c", "AE1@in.example", ordinary, "SAE4"),
            provisioned("d", "cse@in.example", ordinary, "/cse"),
            provisioned("e", "zero@in.example", "00110022330000", "SAE5"),
            provisioned("f", "ae9@in.example", ordinary, ""),
            provisioned("g", "ae9@in.example.org", ordinary, "SAE9"),
            provisioned("h", "ax9@in.example", ordinary, ""),
            provisioned("i", "bx9@in.example", ordinary, ""),
            provisioned("j", "12-ae9@in.example", ordinary, ""),
            provisioned("k", "AE9@in.example", ordinary, ""),
            provisioned("l", "ae11@in.example", ordinary, "SAE11"),
        ]
    }

    #[track_caller]
    fn assert_found(fixture: Fixture, name: Option<&str>) {
        let all = all();
        let found = find(fixture, &all).map(|it| it.name.as_str());
        assert_eq!(found, name, "{fixture}");
    }

    #[test]
    fn special_key_of_an_ae_is_better_than_none() {
        let locks = [
            provisioned("front", "1@in.example", "1a2b3c4d5e6f7a8b", "S1"),
            provisioned("back", "2@in.example", "12345678abcdefab", "S2"),
        ];
        let found = |fixture| find(fixture, &locks).map(|it| it.name.as_str());
        assert_eq!(found(Fixture::Ae1), Some("front"));
        assert_eq!(found(Fixture::Ae2), Some("back"));
    }

    #[test]
    fn credentials_are_found_by_what_they_are() {
        assert_found(Fixture::Ae1, Some("b"));
        assert_found(Fixture::Ae2, Some("c"));
        assert_found(Fixture::Cse1, Some("d"));
        assert_found(Fixture::Cse2, None);
        assert_found(Fixture::Unbound, Some("f"));
        assert_found(Fixture::UnboundNumber, Some("j"));
        assert_found(Fixture::UnboundFirst, Some("i"));
        assert_found(Fixture::UnboundTail, None);
        assert_found(Fixture::UnboundOtherCase, Some("k"));
        assert_found(Fixture::AeLonger, Some("l"));
        assert_found(Fixture::ShortKey, Some("a"));
        assert_found(Fixture::LongKey, None);
        assert_found(Fixture::ZeroKey, Some("e"));
        assert_found(Fixture::OtherCase, Some("c"));
        assert_found(Fixture::OtherIssuer, Some("g"));
    }

    #[test]
    fn what_stands_behind_the_last_hyphen_of_an_ae_is_found() {
        let key = "0102030405060708090a0b0c0d0e0f10";
        let all = [
            provisioned("a", "the-ae1-lock@in.example", key, "SAE1"),
            provisioned("b", "ae1-lock@in.example", key, ""),
            provisioned("c", "lock@in.example", key, ""),
        ];
        let found = find(Fixture::UnboundTail, &all).map(|it| it.name.as_str());
        assert_eq!(found, Some("c"));
    }
}
