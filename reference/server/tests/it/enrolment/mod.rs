//! Certificates by EST, asked for with requests of every kind, and with programs that others wrote.

mod asking;
mod bench;
mod others;

use der::asn1::Ia5String;
use onem2m_association::OwnCertificate;
use x509_cert::ext::pkix::name::GeneralName;

use crate::authority::{self, Name, Order};
use asking::{Asking, openssl_request};
use bench::{Enrolment, FQDN, URI, only};

const OTHER: &str = "//onem2m.example/SAE2";

#[tokio::test]
async fn first_certificate_is_for_the_authenticated_identity() {
    let mef = Enrolment::new();
    let mut session = mef.with_key().await;
    assert_eq!(
        only(&session.octets("cacerts").await),
        mef.issuer.certificate
    );
    let challenge = session.challenge().await;
    let asking = Asking::of(URI, &challenge);
    let issued = session.enrol("simpleenroll", &asking.der()).await.unwrap();
    assert!(issued.verify(&mef.issuer.key).unwrap());
    assert!(issued.public_key().unwrap().public_eq(&asking.key));
    let names = issued.subject_alt_names().unwrap();
    assert_eq!(
        names.iter().map(|name| name.uri()).collect::<Vec<_>>(),
        [Some(URI)]
    );
}

#[tokio::test]
async fn certificate_opens_a_session_that_renews_it() {
    let mef = Enrolment::new();
    let mut first = mef.with_key().await;
    let challenge = first.challenge().await;
    let asking = Asking::of(URI, &challenge);
    let key = asking.key.private_key_to_der().unwrap();
    let issued = first.enrol("simpleenroll", &asking.der()).await.unwrap();
    let own = OwnCertificate::from_der(&[issued.to_der().unwrap()], &key).unwrap();
    let mut second = mef.with_certificate(own).await;
    assert_eq!(second.challenge().await, challenge);
    for asking in [asking, Asking::of(URI, &challenge)] {
        second.enrol("simplereenroll", &asking.der()).await.unwrap();
    }
    // A key, and a certificate of others, renew nothing.
    let asking = Asking::of(URI, &challenge).der();
    assert_eq!(
        first.enrol("simplereenroll", &asking).await.unwrap_err(),
        403
    );
    let others = Order::leaf(&[Name::Uri(URI)])
        .issued_by(&mef.root)
        .with(&[]);
    let mut others = mef.with_certificate(others).await;
    assert_eq!(
        others.enrol("simplereenroll", &asking).await.unwrap_err(),
        403
    );
    others.enrol("simpleenroll", &asking).await.unwrap();
}

#[tokio::test]
async fn what_is_not_as_told_is_refused() {
    let mef = Enrolment::new();
    let mut session = mef.with_key().await;
    let challenge = session.challenge().await;
    let right = || Asking::of(URI, &challenge);
    let name = |uri: &str| GeneralName::UniformResourceIdentifier(Ia5String::new(uri).unwrap());
    let domain = || GeneralName::DnsName(Ia5String::new(FQDN).unwrap());
    let wrong = [
        Asking::of(OTHER, &challenge),
        Asking {
            names: vec![name(URI), name(OTHER)],
            ..right()
        },
        Asking {
            names: vec![name(URI), domain()],
            ..right()
        },
        Asking {
            names: Vec::new(),
            subject: "CN=SAE1",
            ..right()
        },
        Asking {
            challenge: None,
            ..right()
        },
        Asking {
            challenge: Some(String::new()),
            ..right()
        },
        Asking {
            challenge: Some("other".to_owned()),
            ..right()
        },
        Asking {
            authority: true,
            ..right()
        },
        Asking {
            key: mef.issuer.key.clone(),
            ..right()
        },
    ];
    for asking in &wrong {
        assert_eq!(
            session
                .enrol("simpleenroll", &asking.der())
                .await
                .unwrap_err(),
            400
        );
    }
    let mut tampered = right().der();
    *tampered.last_mut().unwrap() ^= 1;
    let rsa = openssl_request(&authority::rsa_key());
    let p384 = openssl_request(&authority::key_on(openssl::nid::Nid::SECP384R1));
    for request in [
        &tampered[..],
        &rsa,
        &p384,
        &right().der()[..100],
        b"",
        b"\x30\x80",
    ] {
        assert_eq!(
            session.enrol("simpleenroll", request).await.unwrap_err(),
            400
        );
    }
    session.enrol("simpleenroll", &right().der()).await.unwrap();
}

#[tokio::test]
async fn what_is_no_request_is_refused() {
    let mef = Enrolment::new();
    let pkcs10 = "application/pkcs10";
    for (method, operation, kind, body, status) in [
        ("POST", "simpleenroll", pkcs10, b"***".to_vec(), 400),
        (
            "POST",
            "simpleenroll",
            "application/json",
            b"{}".to_vec(),
            415,
        ),
        ("POST", "simpleenroll", pkcs10, vec![b'A'; 100_000], 413),
        ("GET", "simpleenroll", pkcs10, Vec::new(), 405),
        ("POST", "cacerts", pkcs10, Vec::new(), 405),
        ("POST", "serverkeygen", pkcs10, Vec::new(), 404),
        ("GET", "", pkcs10, Vec::new(), 404),
    ] {
        let mut session = mef.with_key().await;
        let (answered, _) = session.send(method, operation, kind, body).await;
        assert_eq!(answered, status, "{method} {operation} {kind}");
    }
}
