//! Finds the holders of certificates and raw public keys that purposes need, by what the profile says of them.

use crate::catalogue::behaviour::Fixture;
use crate::profile::{IdentifierForm, Peer, PeerFlavour};
use std::collections::BTreeMap;

/// The peer with its name in the profile; the first that fits, by name.
pub fn find(fixture: Fixture, peers: &BTreeMap<String, Peer>) -> Option<(&str, &Peer)> {
    let bound = || {
        let bound = peers.iter().filter(|(_, peer)| !peer.entities.is_empty());
        bound.map(|(name, peer)| (name.as_str(), peer))
    };
    let of = |flavour| bound().filter(move |(_, peer)| peer.flavour == flavour);
    let raw = |is_right: fn(u16) -> bool| {
        of(PeerFlavour::RawKey)
            .find(|(_, peer)| is_right(peer.digest_bits()) && peer.identifier_form.is_none())
    };
    let told = |form| find_in(peers, |peer| peer.identifier_form == Some(form));
    let unbound = |flavour| {
        find_in(peers, |peer| {
            peer.flavour == flavour && peer.entities.is_empty() && peer.identifier_form.is_none()
        })
    };
    match fixture {
        Fixture::CseCertificate => of(PeerFlavour::CseId).next(),
        Fixture::AeCertificate => of(PeerFlavour::AeId).next(),
        Fixture::SecondAeCertificate => {
            let (_, first) = of(PeerFlavour::AeId).next()?;
            of(PeerFlavour::AeId).find(|(_, peer)| peer.entities != first.entities)
        }
        Fixture::DeviceCertificate => of(PeerFlavour::Device).next(),
        Fixture::NodeCertificate => of(PeerFlavour::NodeId).next(),
        Fixture::UnboundNodeCertificate => peers
            .iter()
            .map(|(name, peer)| (name.as_str(), peer))
            .find(|(_, peer)| peer.flavour == PeerFlavour::NodeId && peer.entities.is_empty()),
        Fixture::AnyCertificate => bound().find(|(_, peer)| peer.flavour != PeerFlavour::RawKey),
        Fixture::RawKey => raw(|bits| bits == 256),
        Fixture::ShorterRawKey => raw(|bits| bits == 128),
        Fixture::ShortestRawKey => raw(|bits| bits == 120),
        Fixture::TooShortRawKey => raw(|bits| bits < 120),
        Fixture::UnboundDevice => unbound(PeerFlavour::Device),
        Fixture::UnboundNode => unbound(PeerFlavour::NodeId),
        Fixture::UnboundRawKey => unbound(PeerFlavour::RawKey),
        Fixture::PaddedRawKey => told(IdentifierForm::Padded),
        Fixture::OtherAlphabetRawKey => told(IdentifierForm::OtherAlphabet),
        Fixture::CutRawKey => told(IdentifierForm::Cut),
        Fixture::LocatedRawKey => told(IdentifierForm::Located),
        Fixture::Ae1
        | Fixture::Ae2
        | Fixture::AeLonger
        | Fixture::Cse1
        | Fixture::Cse2
        | Fixture::Unbound
        | Fixture::UnboundFirst
        | Fixture::UnboundTail
        | Fixture::UnboundNumber
        | Fixture::UnboundOtherCase
        | Fixture::ShortKey
        | Fixture::LongKey
        | Fixture::ZeroKey
        | Fixture::LongestIdentity
        | Fixture::OtherCase
        | Fixture::OtherIssuer => None,
    }
}

fn find_in(
    peers: &BTreeMap<String, Peer>,
    is_right: impl Fn(&Peer) -> bool,
) -> Option<(&str, &Peer)> {
    let found = peers.iter().find(|(_, peer)| is_right(peer));
    found.map(|(name, peer)| (name.as_str(), peer))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn peers() -> BTreeMap<String, Peer> {
        serde_json::from_value(json!({
            "a": {"flavour": "raw_key", "digest_bits": 128, "entities": ["S1"]},
            "b": {"flavour": "raw_key", "entities": ["S2"]},
            "c": {"flavour": "device", "names": ["oid:0.2.481.1/1.2"]},
            "d": {"flavour": "ae_id", "names": ["uri://in.example/S3"], "entities": ["S3"]},
            "e": {"flavour": "ae_id", "names": ["uri:x://in.example/S3"], "entities": ["S3"]},
            "f": {"flavour": "ae_id", "names": ["uri://in.example/S4"], "entities": ["S4"]},
            "g": {"flavour": "raw_key", "identifier_form": "padded"},
            "h": {"flavour": "raw_key", "identifier_form": "located", "entities": ["S5"]},
            "i": {"flavour": "raw_key"},
        }))
        .unwrap()
    }

    #[track_caller]
    fn assert_found(fixture: Fixture, name: Option<&str>) {
        let peers = peers();
        assert_eq!(
            find(fixture, &peers).map(|(name, _)| name),
            name,
            "{fixture}"
        );
    }

    #[test]
    fn peers_are_found_by_what_they_are() {
        assert_found(Fixture::RawKey, Some("b"));
        assert_found(Fixture::ShorterRawKey, Some("a"));
        assert_found(Fixture::ShortestRawKey, None);
        assert_found(Fixture::AeCertificate, Some("d"));
        assert_found(Fixture::SecondAeCertificate, Some("f"));
        assert_found(Fixture::AnyCertificate, Some("d"));
        assert_found(Fixture::CseCertificate, None);
    }

    #[test]
    fn certificate_without_an_entity_stands_for_nobody() {
        assert_found(Fixture::DeviceCertificate, None);
        assert_found(Fixture::UnboundDevice, Some("c"));
        assert_found(Fixture::UnboundRawKey, Some("i"));
        assert_found(Fixture::UnboundNode, None);
    }

    #[test]
    fn raw_key_told_in_another_form_is_that_of_its_form_alone() {
        assert_found(Fixture::PaddedRawKey, Some("g"));
        assert_found(Fixture::LocatedRawKey, Some("h"));
        assert_found(Fixture::CutRawKey, None);
    }
}
