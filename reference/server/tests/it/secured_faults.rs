//! Each fault of security associations at the handshake that is about it: what the CSE as specified does, it does not.

use onem2m_association::messages::CipherSuite;
use onem2m_association::{
    Client, ClientConfiguration, ClientCredential, Framework, OwnCertificate, PskKey, Session,
    Suite, Transport, Version,
};
use onem2m_primitive::{Request, ResponseStatusCode};
use onem2m_server::{Clauses, faults};
use openssl::hash::MessageDigest;
use openssl::pkey::PKey;
use tokio::io::{AsyncReadExt, AsyncWriteExt, duplex};
use zeroize::Zeroizing;

use crate::associations::NOT_AUTHENTICATED;
use crate::authority::{self, NOW, Name, Order};
use crate::bench::{CREATED, SOURCE};
use crate::mcc;
use crate::provisioned::{AE_URI, DOOR, LOCK, NODE, Provisioned, REGISTREE, identity, psk};
use crate::secured::register;
use crate::secured_datagrams::Wire;

use Transport::{Dtls, Tls};

/// Fault, client, what it asks for, and the status of the answer by the specification and with the fault; none if there is
/// no association.
type Case = (
    &'static str,
    fn(&Provisioned) -> ClientConfiguration,
    fn() -> Request,
    Option<ResponseStatusCode>,
    Option<ResponseStatusCode>,
);

const REFUSED: Option<ResponseStatusCode> = None;
const SERVED: Option<ResponseStatusCode> = Some(CREATED);
const OTHER: Option<ResponseStatusCode> = Some(NOT_AUTHENTICATED);

fn ae1() -> Request {
    register("CtpA1")
}

fn ae2() -> Request {
    register("CtpA2")
}

fn ae3() -> Request {
    register("CtpA3")
}

fn node() -> Request {
    register("CtpN1")
}

fn cse() -> Request {
    mcc::register("cse-in", "/tstcse1", "http://203.0.113.9")
}

const fn suite(code: CipherSuite, openssl: &'static str, framework: Framework) -> Suite {
    Suite {
        code,
        openssl,
        framework,
    }
}

const OLD: Suite = suite(
    CipherSuite::TLS_PSK_WITH_AES_128_CBC_SHA,
    "PSK-AES128-CBC-SHA",
    Framework::Psk,
);
const WITHOUT_ENCRYPTION: Suite = suite(
    CipherSuite::TLS_PSK_WITH_NULL_SHA256,
    "PSK-NULL-SHA256",
    Framework::Psk,
);
const ECDHE_PSK: Suite = suite(
    CipherSuite::TLS_ECDHE_PSK_WITH_AES_128_CBC_SHA256,
    "ECDHE-PSK-AES128-CBC-SHA256",
    Framework::Psk,
);
const ANONYMOUS: Suite = suite(
    CipherSuite::TLS_ECDH_ANON_WITH_AES_128_CBC_SHA,
    "AECDH-AES128-SHA",
    Framework::Certificate,
);
const ECDSA_WITHOUT_ENCRYPTION: Suite = suite(
    CipherSuite(0xc006),
    "ECDHE-ECDSA-NULL-SHA",
    Framework::Certificate,
);

fn offering(mut client: ClientConfiguration, suite: Suite) -> ClientConfiguration {
    client.suites = Some(vec![suite]);
    client
}

fn at_most(mut client: ClientConfiguration, version: Version) -> ClientConfiguration {
    client.clauses.minimum_version = |_| Version::Tls10;
    client.clauses.maximum_version = match version {
        Version::Tls10 => |_| Version::Tls10,
        _ => |_| Version::Tls11,
    };
    offering(client, OLD)
}

fn with_octets(all: &Provisioned, identity: &str, key: &[u8]) -> ClientConfiguration {
    let key = PskKey::new(Zeroizing::new(key.to_vec())).unwrap();
    let identity = self::identity(identity);
    all.client(Tls, ClientCredential::Psk { identity, key })
}

fn lock(all: &Provisioned, identity: &str) -> ClientConfiguration {
    all.with_key(Tls, identity, 1)
}

fn ordered(all: &Provisioned, names: &[Name<'_>]) -> ClientConfiguration {
    all.with_order(Tls, Order::leaf(names))
}

fn domain(all: &Provisioned, name: &str) -> ClientConfiguration {
    ordered(all, &[Name::Domain(name)])
}

fn uri(all: &Provisioned, uri: &str) -> ClientConfiguration {
    ordered(all, &[Name::Uri(uri)])
}

fn ae_leaf() -> Order {
    Order::leaf(&[Name::Uri(AE_URI)])
}

fn changed(all: &Provisioned, change: fn(Order) -> Order) -> ClientConfiguration {
    all.with_order(Tls, change(ae_leaf()))
}

/// A client whose signature algorithms and groups are as wide as OpenSSL has them.
fn wide(mut client: ClientConfiguration) -> ClientConfiguration {
    client.clauses.groups = || "P-256:P-384:P-521";
    client.clauses.signature_algorithms = || "ECDSA+SHA256:ECDSA+SHA384:ECDSA+SHA1:RSA+SHA256";
    client
}

fn raw(key: &PKey<openssl::pkey::Private>) -> OwnCertificate {
    OwnCertificate::raw_public_key_from_der(&key.private_key_to_der().unwrap()).unwrap()
}

const VERSIONS_AND_SUITES: &[Case] = &[
    (
        "Tls10Accepted",
        |all| at_most(lock(all, LOCK), Version::Tls10),
        ae1,
        REFUSED,
        SERVED,
    ),
    (
        "Tls11Accepted",
        |all| at_most(lock(all, LOCK), Version::Tls11),
        ae1,
        REFUSED,
        SERVED,
    ),
    (
        "Tls13Agreed",
        |all| {
            let mut client = all.with_ae_certificate(Tls);
            client.clauses.minimum_version = |_| Version::Tls13;
            client.clauses.maximum_version = |_| Version::Tls13;
            client
        },
        ae1,
        REFUSED,
        SERVED,
    ),
    (
        "Dtls10Accepted",
        |all| at_most(all.with_key(Dtls, LOCK, 1), Version::Tls11),
        ae1,
        REFUSED,
        SERVED,
    ),
    (
        "SuiteWithoutEncryptionAccepted",
        |all| offering(lock(all, LOCK), WITHOUT_ENCRYPTION),
        ae1,
        REFUSED,
        SERVED,
    ),
    (
        "SuiteWithoutEncryptionPreferred",
        |all| offering(lock(all, LOCK), WITHOUT_ENCRYPTION),
        ae1,
        REFUSED,
        SERVED,
    ),
    (
        "CertificateSuiteWithoutEncryptionAccepted",
        |all| offering(all.with_ae_certificate(Tls), ECDSA_WITHOUT_ENCRYPTION),
        ae1,
        REFUSED,
        SERVED,
    ),
    (
        "AnonymousSuiteAccepted",
        |all| offering(all.client(Tls, ClientCredential::Nothing), ANONYMOUS),
        ae1,
        REFUSED,
        SERVED,
    ),
    (
        "EcdhePskAccepted",
        |all| offering(lock(all, LOCK), ECDHE_PSK),
        ae1,
        REFUSED,
        SERVED,
    ),
    (
        "PskSuiteOfTlsMissing",
        |all| lock(all, LOCK),
        ae1,
        SERVED,
        REFUSED,
    ),
    (
        "PskSuiteOfDtlsMissing",
        |all| all.with_key(Dtls, LOCK, 1),
        ae1,
        SERVED,
        REFUSED,
    ),
    (
        "CertificateSuiteOfTlsMissing",
        |all| all.with_ae_certificate(Tls),
        ae1,
        SERVED,
        REFUSED,
    ),
    (
        "CertificateSuiteOfDtlsMissing",
        |all| all.with_ae_certificate(Dtls),
        ae1,
        SERVED,
        REFUSED,
    ),
    (
        "SuitesOfOneTransportOnly",
        |all| offering(lock(all, LOCK), Suite::PSK_AES_128_CCM_8),
        ae1,
        SERVED,
        REFUSED,
    ),
    (
        "ClientCertificateOptional",
        |all| all.client(Tls, ClientCredential::Nothing),
        ae1,
        REFUSED,
        SERVED,
    ),
];

const KEYS: &[Case] = &[
    (
        "PskIdentityUnknownAccepted",
        |all| lock(all, "who@in.example.com"),
        ae1,
        REFUSED,
        SERVED,
    ),
    (
        "PskIdentityCaseFolded",
        |all| lock(all, "AE1-lock@in.example.com"),
        ae1,
        REFUSED,
        SERVED,
    ),
    (
        "PskIdentityByBeginning",
        |all| lock(all, "ae1-lock@in.example.com2"),
        ae1,
        REFUSED,
        SERVED,
    ),
    (
        "PskIdentityAbbreviated",
        |all| lock(all, "ae1"),
        ae1,
        REFUSED,
        SERVED,
    ),
    (
        "PskIdentityTrimmed",
        |all| lock(all, " ae1-lock@in.example.com"),
        ae1,
        REFUSED,
        SERVED,
    ),
    (
        "PskIdentityNormalised",
        |all| lock(all, "\u{ff41}e1-lock@in.example.com"),
        ae1,
        REFUSED,
        SERVED,
    ),
    (
        "PskIdentityRepaired",
        |all| lock(all, "ae1-lock\u{fffd}@in.example.com"),
        ae1,
        REFUSED,
        SERVED,
    ),
    (
        "PskIdentityWithoutDomain",
        |all| lock(all, "ae1-lock@example.org"),
        ae1,
        REFUSED,
        SERVED,
    ),
    (
        "PskIdentityAsPattern",
        |all| lock(all, "ae1%example.com"),
        ae1,
        REFUSED,
        SERVED,
    ),
    (
        "PskIdentityOf64Octets",
        |all| {
            given(
                all,
                &format!("{}@in.example.com", "x".repeat(70)),
                &[9; 32],
                &[9; 32],
            )
        },
        ae1,
        SERVED,
        REFUSED,
    ),
    (
        "PskAsHexadecimalText",
        |all| {
            let digits: String = (1..33).map(|octet| format!("{octet:02x}")).collect();
            with_octets(all, LOCK, digits.as_bytes())
        },
        ae1,
        REFUSED,
        SERVED,
    ),
    (
        "PskFirstHalf",
        |all| with_octets(all, LOCK, &psk(1).octets()[..16]),
        ae1,
        REFUSED,
        SERVED,
    ),
    (
        "PskCutTo32Octets",
        |all| given(all, "long", &[9; 64], &[9; 32]),
        ae1,
        REFUSED,
        SERVED,
    ),
    (
        "PskFilledTo16Octets",
        |all| given(all, "short", &[9; 8], &[[9; 8], [0; 8]].concat()),
        ae1,
        REFUSED,
        SERVED,
    ),
    (
        "PskCutAtZero",
        |all| given(all, "zero", &[9, 0, 8], &[9]),
        ae1,
        REFUSED,
        SERVED,
    ),
    ("PskBoundToOther", |all| lock(all, LOCK), ae2, OTHER, SERVED),
    (
        "PskBoundToNobody",
        |all| all.with_key(Tls, DOOR, 33),
        ae1,
        OTHER,
        SERVED,
    ),
    (
        "RawPublicKeyBoundToNobody",
        |all| all.with_raw_public_key(Tls),
        ae1,
        OTHER,
        SERVED,
    ),
    (
        "CertificateBoundToNobody",
        |all| all.with_ae_certificate(Tls),
        ae2,
        OTHER,
        SERVED,
    ),
];

/// Who uses one key where the CSE has another.
fn given(all: &Provisioned, name: &str, key: &[u8], used: &[u8]) -> ClientConfiguration {
    let key = PskKey::new(Zeroizing::new(key.to_vec())).unwrap();
    let nobody = onem2m_association::Allowed::Unstated;
    all.table.insert(identity(name), key, nobody).unwrap();
    with_octets(all, name, used)
}

const PATHS: &[Case] = &[
    (
        "CertificateExpiredAccepted",
        |all| changed(all, |order| order.valid(NOW - 9, NOW - 1)),
        ae1,
        REFUSED,
        SERVED,
    ),
    (
        "CertificateNotYetValidAccepted",
        |all| changed(all, |order| order.valid(NOW + 1, NOW + 9)),
        ae1,
        REFUSED,
        SERVED,
    ),
    (
        "CertificateOfAnyAuthorityAccepted",
        |all| {
            let other = Order::authority("other root").self_signed();
            all.with_own(Tls, ae_leaf().issued_by(&other).with(&[]))
        },
        ae1,
        REFUSED,
        SERVED,
    ),
    (
        "CertificateSelfSignedAccepted",
        |all| all.with_own(Tls, ae_leaf().self_signed().with(&[])),
        ae1,
        REFUSED,
        SERVED,
    ),
    (
        "CertificateSignatureUnchecked",
        |all| {
            let impostor = Order::authority("root").self_signed();
            all.with_own(Tls, ae_leaf().issued_by(&impostor).with(&[]))
        },
        ae1,
        REFUSED,
        SERVED,
    ),
    (
        "CertificateOfEndEntityAccepted",
        |all| below(all, Order::leaf(&[]).subject("somebody").without_usage()),
        ae1,
        REFUSED,
        SERVED,
    ),
    (
        "CertificatePathLengthUnchecked",
        |all| {
            let first = Order::authority("first")
                .path_length(0)
                .issued_by(&all.root);
            let second = Order::authority("second").issued_by(&first);
            all.with_own(Tls, ae_leaf().issued_by(&second).with(&[&second, &first]))
        },
        ae1,
        REFUSED,
        SERVED,
    ),
    (
        "CertificateNameConstraintsUnchecked",
        |all| {
            let issuer = Order::authority("issuer").domain_constraint(true, "example.org");
            let issuer = issuer.issued_by(&all.root);
            let leaf = Order::leaf(&[Name::Domain(REGISTREE)]);
            all.with_own(Tls, leaf.issued_by(&issuer).with(&[&issuer]))
        },
        cse,
        REFUSED,
        SERVED,
    ),
    (
        "CertificateCriticalExtensionIgnored",
        |all| changed(all, Order::unknown_critical),
        ae1,
        REFUSED,
        SERVED,
    ),
    (
        "CertificatePurposeUnchecked",
        |all| changed(all, |order| order.purpose(1)),
        ae1,
        REFUSED,
        SERVED,
    ),
    (
        "CertificateWithoutUsageAccepted",
        |all| changed(all, Order::without_usage),
        ae1,
        REFUSED,
        SERVED,
    ),
    (
        "CertificateUsageUnchecked",
        |all| changed(all, |order| order.usage(authority::KEY_AGREEMENT)),
        ae1,
        REFUSED,
        SERVED,
    ),
    (
        "CertificateWithSha384Accepted",
        |all| wide(changed(all, |order| order.digest(MessageDigest::sha384()))),
        ae1,
        REFUSED,
        SERVED,
    ),
    (
        "CertificateWithSha1Accepted",
        |all| wide(changed(all, |order| order.digest(MessageDigest::sha1()))),
        ae1,
        REFUSED,
        SERVED,
    ),
];

/// AE1 with a certificate of this issuer, whom the authority certified.
fn below(all: &Provisioned, issuer: Order) -> ClientConfiguration {
    let issuer = issuer.issued_by(&all.root);
    all.with_own(Tls, ae_leaf().issued_by(&issuer).with(&[&issuer]))
}

const NAMES: &[Case] = &[
    (
        "CseNameInCommonName",
        |all| all.with_order(Tls, Order::leaf(&[]).without_names().subject(REGISTREE)),
        cse,
        REFUSED,
        SERVED,
    ),
    (
        "CseNameInUri",
        |all| uri(all, "https://tstcse1.onem2m.example/x"),
        cse,
        REFUSED,
        SERVED,
    ),
    (
        "CseNameByLabel",
        |all| domain(all, "tstcse1"),
        cse,
        REFUSED,
        SERVED,
    ),
    (
        "CseNameByBeginning",
        |all| domain(all, "tstcse1.onem2m.example.org"),
        cse,
        REFUSED,
        SERVED,
    ),
    (
        "CseNameByEnd",
        |all| domain(all, "x.tstcse1.onem2m.example"),
        cse,
        REFUSED,
        SERVED,
    ),
    (
        "CseNameCutAtZero",
        |all| domain(all, "tstcse1.onem2m.example\0.example.org"),
        cse,
        REFUSED,
        SERVED,
    ),
    (
        "CseNameWithDot",
        |all| domain(all, "tstcse1.onem2m.example."),
        cse,
        REFUSED,
        SERVED,
    ),
    (
        "CseNameFirstOnly",
        |all| ordered(all, &[Name::Domain("x.example"), Name::Domain(REGISTREE)]),
        cse,
        SERVED,
        REFUSED,
    ),
    (
        "CseNameByWildcard",
        |all| domain(all, "*.onem2m.example"),
        cse,
        REFUSED,
        SERVED,
    ),
    (
        "AeIdInCommonName",
        |all| all.with_order(Tls, Order::leaf(&[]).without_names().subject(AE_URI)),
        ae1,
        REFUSED,
        SERVED,
    ),
    (
        "AeIdCaseFolded",
        |all| uri(all, "//onem2m.example/id-in/ctpa1"),
        ae1,
        REFUSED,
        SERVED,
    ),
    (
        "AeIdByBeginning",
        |all| uri(all, "//onem2m.example/id-in/CtpA11"),
        ae1,
        REFUSED,
        SERVED,
    ),
    (
        "AeIdByStem",
        |all| uri(all, "//example.org/id-in/CtpA1"),
        ae1,
        REFUSED,
        SERVED,
    ),
    (
        "AeIdDecoded",
        |all| uri(all, "//onem2m.example/id-in/%43tpA1"),
        ae1,
        REFUSED,
        SERVED,
    ),
    (
        "AeIdByWildcard",
        |all| uri(all, "//onem2m.example/id-in/*"),
        ae1,
        REFUSED,
        SERVED,
    ),
    (
        "CertificateOfSeveralAes",
        |all| {
            let names = [Name::Uri(AE_URI), Name::Uri("//onem2m.example/id-in/CtpA2")];
            ordered(all, &names)
        },
        ae2,
        REFUSED,
        SERVED,
    ),
    (
        "DeviceByBeginning",
        |all| ordered(all, &[Name::Device(&[0x64, 0x97, 0x56, 0xce, 0x1b, 7])]),
        ae1,
        REFUSED,
        SERVED,
    ),
    (
        "DeviceWithoutSerialNumber",
        |all| ordered(all, &[Name::Device(&[0x64, 0x97, 0x56, 0xce, 0x1c])]),
        ae1,
        REFUSED,
        SERVED,
    ),
    (
        "DeviceFirstIdentifierOnly",
        |all| {
            let own = [0x64, 0x97, 0x56, 0xce, 0x1b];
            ordered(all, &[Name::Device(&[1, 2, 3]), Name::Device(&own)])
        },
        ae1,
        SERVED,
        REFUSED,
    ),
    (
        "DeviceListCollapsed",
        |all| all.with_device_certificate(Tls),
        ae3,
        SERVED,
        OTHER,
    ),
    (
        "DeviceListForgotten",
        |all| all.with_device_certificate(Tls),
        ae2,
        OTHER,
        SERVED,
    ),
    (
        "NodeListForgotten",
        |all| uri(all, NODE),
        ae2,
        OTHER,
        SERVED,
    ),
    (
        "NodeIdByBeginning",
        |all| uri(all, "urn:gsma:imei:90420156-025763-0;svn=42"),
        node,
        REFUSED,
        SERVED,
    ),
    (
        "NodeIdWithoutLastCharacter",
        |all| uri(all, "urn:gsma:imei:90420156-025763-1"),
        node,
        REFUSED,
        SERVED,
    ),
    (
        "NodeIdByWildcard",
        |all| uri(all, "urn:gsma:imei:*"),
        node,
        REFUSED,
        SERVED,
    ),
    (
        "CertificateFlavourIgnored",
        |all| uri(all, "//tstcse1.onem2m.example"),
        cse,
        REFUSED,
        SERVED,
    ),
    (
        "CertificateNameUnchecked",
        |all| domain(all, "x.onem2m.example"),
        ae1,
        REFUSED,
        SERVED,
    ),
    (
        "RawPublicKeyTrustedOnFirstUse",
        |all| all.with_own(Tls, raw(&authority::key())),
        ae1,
        REFUSED,
        SERVED,
    ),
    (
        "RawPublicKeyUnchecked",
        |all| all.with_own(Tls, raw(&authority::key())),
        ae2,
        REFUSED,
        SERVED,
    ),
    (
        "RawPublicKeyDigestOfPoint",
        |all| all.with_raw_public_key(Tls),
        ae2,
        SERVED,
        REFUSED,
    ),
    (
        "RawPublicKeyByBeginning",
        |all| {
            let first = |key: &PKey<_>| digest(&key.public_key_to_der().unwrap())[0];
            let own = first(&all.raw_key);
            let other = std::iter::repeat_with(authority::key).find(|key| first(key) == own);
            all.with_own(Tls, raw(&other.unwrap()))
        },
        ae2,
        REFUSED,
        SERVED,
    ),
    (
        "RawPublicKeyInCertificate",
        |all| all.with_order(Tls, Order::leaf(&[]).with_key(all.raw_key.clone())),
        ae2,
        REFUSED,
        SERVED,
    ),
];

fn digest(octets: &[u8]) -> Vec<u8> {
    openssl::hash::hash(MessageDigest::sha256(), octets)
        .unwrap()
        .to_vec()
}

async fn outcome(clauses: Clauses, case: &Case) -> Option<ResponseStatusCode> {
    let (_, client, request, ..) = case;
    let provisioned = Provisioned::judging_by(clauses);
    let client = client(&provisioned);
    if client.transport == Dtls {
        let mut wire = Wire::new(&provisioned, client).await;
        return wire.answered(request()).await;
    }
    let client = Client::new(client).unwrap();
    let (mut line, ..) = provisioned.dial(&client, None).await.ok()?;
    line.answered(request()).await
}

fn with(fault: &str) -> Clauses {
    let mut clauses = Clauses::SPECIFICATION;
    (faults::find(fault).unwrap().apply)(&mut clauses);
    clauses
}

#[tokio::test]
async fn fault_shows_at_the_handshake_that_is_about_it() {
    let mut wrong = Vec::new();
    for case in [VERSIONS_AND_SUITES, KEYS, PATHS, NAMES].concat() {
        let (fault, .., specified, faulty) = case;
        let got = (
            outcome(Clauses::SPECIFICATION, &case).await,
            outcome(with(fault), &case).await,
        );
        if got != (specified, faulty) {
            wrong.push((fault, got));
        }
    }
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[tokio::test]
async fn associations_come_about_in_spite_of_each_fault() {
    let spoils = [
        "PskAsHexadecimalText",
        "PskFirstHalf",
        "PskBoundToOther",
        "PskSuiteOfTlsMissing",
    ];
    for fault in faults::all().filter(|fault| !spoils.contains(&fault.name)) {
        let case: Case = (fault.name, |all| lock(all, LOCK), ae1, SERVED, SERVED);
        let answer = outcome(with(fault.name), &case).await;
        assert!(answer.is_some(), "{fault:?}");
    }
}

#[tokio::test]
async fn resumption_with_faults_forgets_or_revives() {
    for (fault, withdrawn, expected) in [
        ("ResumedWithoutBinding", false, SERVED),
        ("ResumedAfterWithdrawal", true, SERVED),
    ] {
        let all = Provisioned::judging_by(with(fault));
        let client = Client::new(all.with_key(Tls, LOCK, 1)).unwrap();
        let (_, resumption, _) = all.dial(&client, None).await.unwrap();
        if withdrawn {
            all.table.remove(LOCK.as_bytes());
        }
        let (mut line, _, is_resumed) = all.dial(&client, resumption.as_ref()).await.unwrap();
        assert!(is_resumed, "{fault}");
        assert_eq!(line.answered(ae2()).await, expected, "{fault}");
    }
}

/// The type of the first handshake message with which a CSE answers a ClientHello whose cookie it did not give.
async fn answer_to_other_cookie(clauses: Clauses, alter: fn(&mut Vec<u8>), from: &str) -> u8 {
    let all = Provisioned::judging_by(clauses);
    let mut client = Client::new(all.with_key(Dtls, LOCK, 1))
        .unwrap()
        .connect()
        .unwrap();
    let cse = &all.bench.cse;
    let mut first = cse.datagram_association(SOURCE.parse().unwrap()).unwrap();
    let hello = client.transmit().unwrap();
    let answer = first.receive(&hello).await;
    if answer[0][13] != 3 {
        return answer[0][13];
    }
    client.receive(&answer[0]);
    let mut hello = client.transmit().unwrap();
    alter(&mut hello);
    let mut second = cse.datagram_association(from.parse().unwrap()).unwrap();
    second.receive(&hello).await[0][13]
}

#[tokio::test]
async fn cookie_that_was_not_given_passes_with_the_fault_only() {
    // hello_verify_request and server_hello (RFC 6347, 4.3.2).
    let (asked_again, passed) = (3, 2);
    // The random begins behind the headers of record and message and the version, the cookie behind an empty session.
    let cookie: fn(&mut Vec<u8>) = |hello| hello[61] ^= 1;
    let random: fn(&mut Vec<u8>) = |hello| hello[27] ^= 1;
    let nothing: fn(&mut Vec<u8>) = |_| {};
    let elsewhere = "192.0.2.77:5000";
    for (fault, alter, from) in [
        ("CookieNotAsked", nothing, elsewhere),
        ("CookieUnchecked", cookie, SOURCE),
        ("CookieByLength", cookie, SOURCE),
        ("CookieOfAnyAddress", nothing, elsewhere),
        ("CookieOfAnyHello", random, SOURCE),
    ] {
        let specified = answer_to_other_cookie(Clauses::SPECIFICATION, alter, from).await;
        assert_eq!(specified, asked_again, "{fault}");
        let faulty = answer_to_other_cookie(with(fault), alter, from).await;
        assert_eq!(faulty, passed, "{fault}");
    }
}

#[tokio::test]
async fn request_in_the_clear_is_answered_with_the_fault_only() {
    for (clauses, is_answered) in [
        (Clauses::SPECIFICATION, false),
        (with("ClearAnsweredWhereTlsIsExpected"), true),
    ] {
        let all = Provisioned::judging_by(clauses);
        let (mut near, far) = duplex(64 * 1024);
        let cse = all.bench.cse.clone();
        let serving =
            tokio::spawn(async move { cse.serve_association(far, SOURCE.parse().unwrap()).await });
        near.write_all(b"GET /cse-in HTTP/1.1\r\nHost: cse\r\nConnection: close\r\n\r\n")
            .await
            .unwrap();
        let mut answer = Vec::new();
        near.read_to_end(&mut answer).await.unwrap();
        assert_eq!(answer.starts_with(b"HTTP"), is_answered);
        drop(near);
        serving.await.unwrap().unwrap();
        let (mut line, ..) = all
            .dial(&Client::new(lock(&all, LOCK)).unwrap(), None)
            .await
            .unwrap();
        assert_eq!(line.answered(ae1()).await, SERVED);
    }
}
