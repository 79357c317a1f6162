//! Ordinary requests within associations and in datagrams.

use super::child::{Ended, call, folder};
use super::files::{Authority, rsa, written};
use super::{front, reference, served};
use onem2m_conform::report::Results;
use onem2m_conform::verdict::Outcome;
use onem2m_server::Clauses;
use std::path::{Path, PathBuf};

/// A profile of the reference with other endpoints and credentials.
fn profile(folder: &Path, endpoints: &str, credentials: &str) -> PathBuf {
    let reference = include_str!("../../../profiles/reference.toml");
    let (head, rest) = reference.split_once("[maf]").unwrap();
    let (_, rest) = rest.split_once("[identities]").unwrap();
    let (pics, _) = rest.split_once("[credentials.").unwrap();
    let text = format!("{head}[endpoints]\n{endpoints}\n\n[identities]{pics}\n{credentials}\n");
    // Its IPv6 is not that of these endpoints, and its key services are not there.
    let text = text.replace("PICS_IPV6 = true", "PICS_IPV6 = false");
    let text = text.replace(r#""AE", "MAF", "MEF"]"#, r#""AE"]"#);
    written(folder, "profile.toml", text.as_bytes())
}

fn run(name: &str, selection: &str, endpoints: &str, credentials: &str) -> (Ended, Results) {
    let folder = folder(&format!("terminator-{name}"));
    let profile = profile(&folder, endpoints, credentials);
    let out = folder.join("run");
    let ended = call(&[
        "run",
        selection,
        "--profile",
        profile.to_str().unwrap(),
        "--seed",
        "7",
        "--out",
        out.to_str().unwrap(),
    ]);
    let results = Results::read(&out.join("results.json")).unwrap();
    let again = call(&["rejudge", out.to_str().unwrap()]);
    assert_eq!(again.code, 0, "{}", again.data);
    (ended, results)
}

/// Anchors of the IUT's certificate.
fn trusting(anchor: &Path) -> String {
    format!(
        "[credentials.certificate.iut]\ntrust_anchors = [{:?}]",
        anchor.display().to_string()
    )
}

#[test]
fn cse_that_speaks_nothing_of_onem2m_but_tls_is_judged() {
    let files = folder("terminator-modern-files");
    let authority = Authority::new("test");
    let (certificate, key) = authority.issue(&files, &rsa());
    let plain = reference::start(Clauses::SPECIFICATION);
    let secured = front::with_modern_tls(plain, &certificate, &key);
    let endpoint = format!("https = \"https://{secured}\"");
    let trust = trusting(&authority.file(&files));
    let (ended, results) = run("modern", "CSE/ACP/OPS/00*", &endpoint, &trust);
    assert_eq!(results.outcome, Outcome::Conformant, "{}", ended.talk);

    let other = Authority::new("other").file(&files.join("other"));
    let (ended, results) = run("untrusted", "CSE/ACP/OPS/00*", &endpoint, &trusting(&other));
    assert_eq!(results.outcome, Outcome::Unreachable);
    for said in [
        "offered TLS 1.2 and 1.3 with TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256",
        "no certificate",
        "the certificate of the peer was not accepted",
    ] {
        assert!(ended.talk.contains(said), "{}", ended.talk);
    }
    let observed = results.purposes[0].judgement.observed.as_deref();
    assert!(observed.unwrap().contains("not accepted"), "{observed:?}");

    let endpoint = format!("https = \"https://{plain}\"");
    let (ended, results) = run("no-tls", "CSE/ACP/OPS/001", &endpoint, &trust);
    assert_eq!(results.outcome, Outcome::Unreachable);
    assert!(
        ended.talk.contains("what came back is no TLS"),
        "{}",
        ended.talk
    );
}

#[test]
fn cse_is_judged_over_coap() {
    let coap = served::start().coap;
    let endpoint = format!("coap = \"coap://{coap}\"");
    let (ended, results) = run("coap", "CSE/ACP/OPS/00*", &endpoint, "");
    assert_eq!(results.outcome, Outcome::Conformant, "{}", ended.talk);
}

#[test]
fn primitive_is_sent_with_the_key_of_its_originator() {
    let served = served::start();
    let folder = folder("terminator-send");
    let key = "[credentials.psk.ae1]\nidentity = \"ae1-lock@in.example.com\"\nentity = \"SAE1\"\n\
               key_hex = \"0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20\"";
    let request = written(
        &folder,
        "request.json",
        br#"{"op":2,"to":"cse-in","fr":"SAE1","rqi":"1","rvi":"3"}"#,
    );
    let send = |endpoint: &str, credentials: &str| {
        let profile = profile(&folder, endpoint, credentials);
        call(&[
            "send",
            request.to_str().unwrap(),
            "--profile",
            profile.to_str().unwrap(),
        ])
    };
    let https = format!("https = \"https://{}\"", served.https);
    let coaps = format!("coaps = \"coaps://{}\"", served.coaps);
    for (endpoint, answer) in [(&https, "< HTTP "), (&coaps, "< CoAP ")] {
        let ended = send(endpoint, key);
        assert_eq!(ended.code, 0, "{}", ended.data);
        assert!(ended.data.contains(answer), "{}", ended.data);
        let ended = send(endpoint, &key.replace("0102", "0202"));
        assert_eq!(ended.code, 3, "{}", ended.data);
        let said = "psk_identity ae1-lock@in.example.com";
        assert!(ended.data.contains(said), "{}", ended.data);
    }
    let ended = send(&https, &key.replace("ae1-lock", "ae0-lock"));
    let said = "the peer does not know this psk_identity";
    assert!(ended.data.contains(said), "{}", ended.data);
    // DTLS says nothing of a wrong key, but hears of an identity that is not known.
    let ended = send(&coaps, &key.replace("0102", "0202"));
    let said = "over DTLS a wrong key gets no answer";
    assert!(ended.data.contains(said), "{}", ended.data);
}
