//! Credentials that cannot be used are named with their line.

use super::child::{call, folder};
use super::files::{Authority, p256, rsa, written};
use super::usage::assert_usage;
use openssl::pkey::{PKey, Private};
use std::path::Path;

const HEAD: &str = "[iut]
name = \"n\"
vendor = \"v\"
version = \"1\"
roles = [\"CSE\"]
release = 3
[cse]
id = \"/id-in\"
base = \"cse-in\"
[identities]
admin = \"CAdmin\"
ae_stem = \"Cconf\"
[endpoints]
https = \"https://127.0.0.1:9\"
";

/// What the tester says of a profile; `line` counts from the first line of the credentials.
fn refused(folder: &Path, credentials: &str, line: usize, error: &str) {
    let text = format!("{HEAD}{credentials}\n");
    let profile = written(folder, "profile.toml", text.as_bytes());
    let profile = profile.to_str().unwrap();
    let ended = call(&["run", "CSE/ACP/OPS/001", "--profile", profile]);
    assert_eq!(ended.code, 2, "{}", ended.talk);
    let place = format!("{profile}:{}: ", HEAD.lines().count() + line);
    for said in [place.as_str(), error] {
        assert!(ended.talk.contains(said), "{said}: {}", ended.talk);
    }
}

#[test]
fn certificates_and_keys_that_cannot_be_used_are_named_with_their_line() {
    let folder = folder("terminator-profile");
    let authority = Authority::new("test");
    let (_, other) = authority.issue(&folder.join("other"), &p256());
    let (rsa_certificate, rsa_key) = authority.issue(&folder.join("rsa"), &rsa());
    authority.issue(&folder, &p256());
    authority.file(&folder);
    written(&folder, "text.pem", b"no certificate");
    let block = b"-----BEGIN CERTIFICATE-----\nAAEC\n-----END CERTIFICATE-----\n";
    written(&folder, "damaged.pem", block);
    let entry = |certificate: &str, key: &str, anchor: &str| {
        format!(
            "[credentials.certificate.a]\ncertificate = {certificate:?}\nkey = {key:?}\ntrust_anchors = [{anchor:?}]\nentity = \"CAdmin\""
        )
    };
    let text = |path: &Path| path.to_str().unwrap().to_owned();
    for (certificate, key, anchor, line, error) in [
        (
            "none.pem",
            "own.key",
            "ca.pem",
            2,
            "none.pem cannot be read",
        ),
        (
            "text.pem",
            "own.key",
            "ca.pem",
            2,
            "expected a PEM block of CERTIFICATE",
        ),
        (
            "damaged.pem",
            "own.key",
            "ca.pem",
            2,
            "octets that do not parse",
        ),
        ("own.pem", "text.pem", "ca.pem", 3, "a private key in PEM"),
        (
            "own.pem",
            &text(&other),
            "ca.pem",
            3,
            "expected the private key of the certificate, got another",
        ),
        (
            &text(&rsa_certificate),
            &text(&rsa_key),
            "ca.pem",
            3,
            "expected a private key on secp256r1",
        ),
        (
            "own.pem",
            "own.key",
            "damaged.pem",
            4,
            "octets that do not parse",
        ),
    ] {
        refused(&folder, &entry(certificate, key, anchor), line, error);
    }
    let half = "[credentials.certificate.a]\ncertificate = \"own.pem\"";
    refused(
        &folder,
        half,
        1,
        "expected certificate, key and entity, or trust_anchors alone",
    );
}

#[test]
fn authorities_that_cannot_be_used_are_named_with_their_line() {
    let folder = folder("terminator-authority");
    let authority = Authority::new("test");
    authority.file(&folder);
    let pem = |key: PKey<Private>| key.private_key_to_pem_pkcs8().unwrap();
    written(&folder, "other.key", &pem(p256()));
    written(&folder, "rsa.key", &pem(rsa()));
    written(&folder, "text.pem", b"no certificate");
    let block = b"-----BEGIN CERTIFICATE-----\nAAEC\n-----END CERTIFICATE-----\n";
    written(&folder, "damaged.pem", block);
    for (certificate, key, error) in [
        ("none.pem", "other.key", "none.pem cannot be read"),
        ("text.pem", "other.key", "a PEM block of CERTIFICATE"),
        ("damaged.pem", "other.key", "octets that do not parse"),
        ("ca.pem", "none.key", "none.key cannot be read"),
        ("ca.pem", "text.pem", "a PEM block of PRIVATE KEY"),
        ("ca.pem", "rsa.key", "expected a P-256 key as PKCS #8"),
        ("ca.pem", "other.key", "expected the private key of"),
    ] {
        let entry = format!(
            "[credentials.authority.a]\ncertificate = {certificate:?}\nkey = {key:?}\n[credentials.certificate.b]\ntrust_anchors = [\"ca.pem\"]"
        );
        refused(&folder, &entry, 1, error);
    }
}

#[test]
fn endpoint_within_associations_needs_a_key_or_an_anchor() {
    let folder = folder("terminator-no-trust");
    let profile = written(&folder, "profile.toml", HEAD.as_bytes());
    let profile = profile.to_str().unwrap();
    let ended = call(&["run", "CSE/ACP/OPS/001", "--profile", profile]);
    assert_usage(
        &ended,
        &format!(
            "{profile}:{}: requests go to endpoints.https",
            HEAD.lines().count()
        ),
        "name the authority of the IUT's certificate",
    );
}
