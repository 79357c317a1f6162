//! The committed corpora through their targets, on stable.

use std::path::Path;

use onem2m_fuzz::{
    Target, coap_message, cse_tree, decision_structured, dtls_messages, esprim_object, esprim_rand,
    http_request, http_request_structured, http_response, identifier, jose_differential, jwe, jws,
    nested, network, originator, policy, primitive, psk_identity, replay_path, tls_messages, token,
    window,
};

const TARGETS: [(&str, Target); 22] = [
    ("coap_message", coap_message),
    ("cse_tree", cse_tree),
    ("decision_structured", decision_structured),
    ("dtls_messages", dtls_messages),
    ("esprim_object", esprim_object),
    ("esprim_rand", esprim_rand),
    ("http_request", http_request),
    ("http_request_structured", http_request_structured),
    ("http_response", http_response),
    ("identifier", identifier),
    ("jose_differential", jose_differential),
    ("jwe", jwe),
    ("jws", jws),
    ("nested", nested),
    ("network", network),
    ("originator", originator),
    ("policy", policy),
    ("primitive", primitive),
    ("psk_identity", psk_identity),
    ("tls_messages", tls_messages),
    ("token", token),
    ("window", window),
];

#[test]
fn every_seed_keeps_the_promises_of_its_target() {
    for (name, target) in TARGETS {
        let corpus = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("corpus")
            .join(name);
        let files = replay_path(target, &corpus).unwrap();
        assert!(files > 0, "no seeds in {}", corpus.display());
    }
}

#[test]
fn every_corpus_belongs_to_a_target() {
    let corpora = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let mut names: Vec<_> = std::fs::read_dir(corpora)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names, TARGETS.map(|(name, _)| name));
}
