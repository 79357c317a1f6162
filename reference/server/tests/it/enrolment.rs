//! Certificates by EST, asked for with requests of every kind, and with programs that others wrote.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::str::FromStr;
use std::sync::Arc;

use base64ct::{Base64, Encoding};
use bytes::Bytes;
use der::asn1::Ia5String;
use der::{Decode, Encode};
use http_body_util::{BodyExt, Full};
use hyper::client::conn::http1::{self, SendRequest};
use hyper_util::rt::TokioIo;
use onem2m_association::{
    Allowed, AssociationStream, ClientConfiguration, ClientCredential, Clock, Domain, Expected,
    OwnCertificate, PskTable, Transport, Trust, TrustedPeer,
};
use onem2m_identity::{AeUri, CseId, DomainName, Entity, Home, PublicDomainName, SpId};
use onem2m_server::{
    Authority, Clauses, KeyService, Security, ServiceRole, ServiceSettings, SystemClock,
    VirtualClock,
};
use openssl::pkcs7::Pkcs7;
use openssl::pkey::{PKey, Private};
use openssl::x509::X509;
use p256::ecdsa::{DerSignature, SigningKey};
use p256::pkcs8::DecodePrivateKey;
use time::OffsetDateTime;
use tokio::io::duplex;
use tokio::net::TcpListener;
use x509_cert::builder::{Builder, RequestBuilder};
use x509_cert::ext::ToExtension;
use x509_cert::ext::pkix::name::{DirectoryString, GeneralName};
use x509_cert::ext::pkix::{BasicConstraints, KeyUsage, KeyUsages, SubjectAltName};
use x509_cert::name::Name as Subject;
use x509_cert::request::attributes::ChallengePassword;

use crate::authority::{self, Holder, NOW, Name, Order};
use crate::bench::SOURCE;
use crate::provisioned::{identity, psk};

const FQDN: &str = "f.example.com";
const URI: &str = "//onem2m.example/SAE1";
const OTHER: &str = "//onem2m.example/SAE2";

/// An MEF that knows SAE1 by a key and by a certificate, with its CA.
struct Enrolment {
    service: KeyService,
    /// Who certified the MEF, and SAE1 first.
    root: Holder,
    /// The CA of the MEF.
    issuer: Holder,
}

impl Enrolment {
    /// One whose time stands still at a moment, or that has the time of the day.
    fn at(now: Option<i64>) -> Self {
        let about = now.unwrap_or_else(|| OffsetDateTime::now_utc().unix_timestamp());
        let day = 86_400;
        let valid = |order: Order| order.valid(about - day, about + day);
        let root = valid(Order::authority("root")).self_signed();
        let issuer = valid(Order::authority("MEF CA")).self_signed();
        let own = valid(Order::leaf(&[Name::Domain(FQDN)])).issued_by(&root);
        let home = Home::new(
            SpId::parse("//onem2m.example").unwrap(),
            CseId::parse("/id-in").unwrap(),
        );
        let client = Entity::parse_ae("SAE1", &home).unwrap();
        let table = PskTable::new();
        let known = Allowed::Entity(client);
        table
            .insert(identity("one@f.example.com"), psk(1), known)
            .unwrap();
        let peer = TrustedPeer {
            expected: Expected::AeId(AeUri::parse(URI).unwrap()),
            allowed: Allowed::Unstated,
        };
        let security = Security {
            identities: Some(Arc::new(table)),
            certificate: Some(own.with(&[])),
            trust: Trust {
                anchors: vec![root.der(), issuer.der()],
                peers: vec![peer],
            },
            ..Security::new(Domain::Infrastructure)
        };
        let key = issuer.key.private_key_to_pkcs8().unwrap();
        let infrastructure = PublicDomainName::parse("in.onem2m.example").unwrap();
        let authority = Authority::new(&issuer.der(), &key, infrastructure).unwrap();
        let fqdn = DomainName::parse(FQDN).unwrap();
        let settings = ServiceSettings {
            authority: Some(Arc::new(authority)),
            ..ServiceSettings::new(ServiceRole::Mef, fqdn, Arc::new(security))
        };
        let clock: Arc<dyn onem2m_server::Clock> = match now {
            Some(now) => Arc::new(VirtualClock::new(
                OffsetDateTime::from_unix_timestamp(now).unwrap(),
            )),
            None => Arc::new(SystemClock),
        };
        let service = KeyService::new(settings, clock, &Clauses::SPECIFICATION).unwrap();
        Self {
            service,
            root,
            issuer,
        }
    }

    fn new() -> Self {
        Self::at(Some(NOW))
    }

    /// A session of SAE1 with its key.
    async fn with_key(&self) -> Session {
        let key = psk(1);
        let identity = identity("one@f.example.com");
        self.session(ClientCredential::Psk { identity, key }).await
    }

    /// A session with a certificate.
    async fn with_certificate(&self, own: OwnCertificate) -> Session {
        self.session(ClientCredential::Certificate(own)).await
    }

    async fn session(&self, credential: ClientCredential) -> Session {
        let (near, far) = duplex(64 * 1024);
        let service = self.service.clone();
        tokio::spawn(async move {
            let served = service.serve_association(far, SOURCE.parse().unwrap());
            served.await.unwrap();
        });
        let fqdn = Expected::Fqdn(DomainName::parse(FQDN).unwrap());
        let peer = TrustedPeer {
            expected: fqdn,
            allowed: Allowed::Unstated,
        };
        let configuration = ClientConfiguration {
            trust: Trust {
                anchors: vec![self.root.der()],
                peers: vec![peer],
            },
            clock: Clock::new(|| OffsetDateTime::from_unix_timestamp(NOW).unwrap()),
            ..ClientConfiguration::new(Transport::Tls, credential)
        };
        let client = onem2m_association::Client::new(configuration).unwrap();
        let mut stream = AssociationStream::new(client.connect().unwrap(), near);
        stream.handshake().await.unwrap();
        let (sender, connection) = http1::handshake(TokioIo::new(stream)).await.unwrap();
        tokio::spawn(connection);
        Session(sender)
    }
}

struct Session(SendRequest<Full<Bytes>>);

impl Session {
    async fn send(
        &mut self,
        method: &str,
        operation: &str,
        kind: &str,
        body: Vec<u8>,
    ) -> (u16, Vec<u8>) {
        let request = http::Request::builder()
            .method(method)
            .uri(format!("/.well-known/est/{operation}"))
            .header("host", FQDN)
            .header("content-type", kind)
            .body(Full::new(Bytes::from(body)))
            .unwrap();
        let answer = self.0.send_request(request).await.unwrap();
        let status = answer.status().as_u16();
        (
            status,
            answer
                .into_body()
                .collect()
                .await
                .unwrap()
                .to_bytes()
                .to_vec(),
        )
    }

    async fn octets(&mut self, operation: &str) -> Vec<u8> {
        let (status, body) = self.send("GET", operation, "text/plain", Vec::new()).await;
        assert_eq!(status, 200);
        Base64::decode_vec(str::from_utf8(&body).unwrap()).unwrap()
    }

    /// The challengePassword in csrattrs.
    async fn challenge(&mut self) -> String {
        let octets = self.octets("csrattrs").await;
        let attributes = Vec::<x509_cert::attr::Attribute>::from_der(&octets).unwrap();
        let challenge = attributes
            .iter()
            .find(|it| it.oid.to_string() == "1.2.840.113549.1.9.7");
        let value = challenge.unwrap().values.get(0).unwrap().to_der().unwrap();
        DirectoryString::from_der(&value)
            .unwrap()
            .value()
            .into_owned()
    }

    async fn enrol(&mut self, operation: &str, request: &[u8]) -> Result<X509, u16> {
        let body = Base64::encode_string(request).into_bytes();
        let (status, body) = self
            .send("POST", operation, "application/pkcs10", body)
            .await;
        if status != 200 {
            return Err(status);
        }
        let octets = Base64::decode_vec(str::from_utf8(&body).unwrap()).unwrap();
        Ok(only(&octets))
    }
}

/// The certificate in a certs-only message, read by OpenSSL.
fn only(octets: &[u8]) -> X509 {
    let message = Pkcs7::from_der(octets).unwrap();
    let certificates = message.signed().unwrap().certificates().unwrap();
    assert_eq!(certificates.len(), 1);
    certificates.get(0).unwrap().to_owned()
}

/// A request to order.
struct Asking {
    key: PKey<Private>,
    subject: &'static str,
    names: Vec<GeneralName>,
    challenge: Option<String>,
    authority: bool,
}

impl Asking {
    fn of(uri: &str, challenge: &str) -> Self {
        Self {
            key: authority::key(),
            subject: "",
            names: vec![GeneralName::UniformResourceIdentifier(
                Ia5String::new(uri).unwrap(),
            )],
            challenge: Some(challenge.to_owned()),
            authority: false,
        }
    }

    fn der(&self) -> Vec<u8> {
        let subject = match self.subject {
            "" => Subject::default(),
            subject => Subject::from_str(subject).unwrap(),
        };
        let mut builder = RequestBuilder::new(subject.clone()).unwrap();
        if !self.names.is_empty() {
            builder
                .add_extension(&SubjectAltName(self.names.clone()))
                .unwrap();
        }
        builder
            .add_extension(&KeyUsage(KeyUsages::DigitalSignature.into()))
            .unwrap();
        if self.authority {
            let constraints = BasicConstraints {
                ca: true,
                path_len_constraint: None,
            };
            assert!((&constraints).to_extension(&subject, &[]).unwrap().critical);
            builder.add_extension(&constraints).unwrap();
        }
        if let Some(challenge) = &self.challenge {
            let value = DirectoryString::Utf8String(challenge.clone());
            builder.add_attribute(&ChallengePassword(value)).unwrap();
        }
        let key = self.key.private_key_to_pkcs8().unwrap();
        let key = SigningKey::from_pkcs8_der(&key).unwrap();
        builder
            .build::<_, DerSignature>(&key)
            .unwrap()
            .to_der()
            .unwrap()
    }
}

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

/// A request by OpenSSL without names, for a key of any kind.
fn openssl_request(key: &PKey<Private>) -> Vec<u8> {
    let mut builder = openssl::x509::X509Req::builder().unwrap();
    builder.set_pubkey(key).unwrap();
    builder
        .sign(key, openssl::hash::MessageDigest::sha256())
        .unwrap();
    builder.build().to_der().unwrap()
}

/// `curl` and `openssl` as the client: they know nothing of this project.
#[tokio::test(flavor = "multi_thread")]
async fn curl_and_openssl_get_and_renew_a_certificate() {
    if !["curl", "openssl"].iter().all(|program| is_there(program)) {
        return;
    }
    let mef = Enrolment::at(None);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(mef.service.clone().listen_tls(listener));
    let now = OffsetDateTime::now_utc().unix_timestamp();
    let first = Order::leaf(&[Name::Uri(URI)])
        .valid(now - 60, now + 3600)
        .issued_by(&mef.root);
    let folder = Folder::new();
    folder.write("root.pem", &mef.root.certificate.to_pem().unwrap());
    folder.write("ca.pem", &mef.issuer.certificate.to_pem().unwrap());
    folder.write("own.pem", &first.certificate.to_pem().unwrap());
    folder.write("own.key", &first.key.private_key_to_pem_pkcs8().unwrap());
    tokio::task::spawn_blocking(move || {
        for operation in ["simpleenroll", "simplereenroll"] {
            folder.curl(port, "cacerts", &["-o", "cacerts.b64"]);
            folder.openssl(&[
                "base64",
                "-d",
                "-A",
                "-in",
                "cacerts.b64",
                "-out",
                "cacerts.p7",
            ]);
            folder.openssl(&[
                "pkcs7",
                "-inform",
                "DER",
                "-in",
                "cacerts.p7",
                "-print_certs",
                "-out",
                "got-ca.pem",
            ]);
            folder.curl(port, "csrattrs", &["-o", "attributes.b64"]);
            folder.openssl(&[
                "base64",
                "-d",
                "-A",
                "-in",
                "attributes.b64",
                "-out",
                "attributes.der",
            ]);
            let parsed = folder.openssl(&["asn1parse", "-inform", "DER", "-in", "attributes.der"]);
            let challenge = parsed.split("UTF8STRING").nth(1).unwrap();
            let challenge = challenge
                .trim_start_matches([' ', ':'])
                .lines()
                .next()
                .unwrap();
            folder.write("request.conf", configuration(challenge).as_bytes());
            folder.openssl(&[
                "req",
                "-new",
                "-config",
                "request.conf",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-nodes",
                "-keyout",
                "new.key",
                "-outform",
                "DER",
                "-out",
                "request.der",
            ]);
            folder.openssl(&["base64", "-in", "request.der", "-out", "request.b64"]);
            folder.curl(
                port,
                operation,
                &[
                    "-H",
                    "Content-Type: application/pkcs10",
                    "--data-binary",
                    "@request.b64",
                    "-o",
                    "new.b64",
                ],
            );
            folder.openssl(&["base64", "-d", "-A", "-in", "new.b64", "-out", "new.p7"]);
            folder.openssl(&[
                "pkcs7",
                "-inform",
                "DER",
                "-in",
                "new.p7",
                "-print_certs",
                "-out",
                "new.pem",
            ]);
            let verified = folder.openssl(&["verify", "-CAfile", "got-ca.pem", "new.pem"]);
            assert!(verified.contains("OK"), "{verified}");
            let shown =
                folder.openssl(&["x509", "-in", "new.pem", "-noout", "-ext", "subjectAltName"]);
            assert!(shown.contains(URI), "{shown}");
            // What was issued is what renews.
            for kind in ["pem", "key"] {
                fs::rename(
                    folder.0.join(format!("new.{kind}")),
                    folder.0.join(format!("own.{kind}")),
                )
                .unwrap();
            }
        }
    })
    .await
    .unwrap();
}

fn configuration(challenge: &str) -> String {
    format!(
        "[req]\nprompt = no\ndistinguished_name = subject\nattributes = attributes\nreq_extensions = extensions\n\
         [subject]\nCN = device\n[attributes]\nchallengePassword = {challenge}\n\
         [extensions]\nsubjectAltName = URI:{URI}\nkeyUsage = digitalSignature\n"
    )
}

fn is_there(program: &str) -> bool {
    Command::new(program).arg("--version").output().is_ok()
        || Command::new(program).arg("version").output().is_ok()
}

/// A folder of one test, removed with it.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("enrolment");
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    fn write(&self, name: &str, octets: &[u8]) {
        fs::write(self.0.join(name), octets).unwrap();
    }

    fn openssl(&self, arguments: &[&str]) -> String {
        self.run("openssl", arguments)
    }

    fn curl(&self, port: u16, operation: &str, arguments: &[&str]) {
        let resolved = format!("{FQDN}:{port}:127.0.0.1");
        let url = format!("https://{FQDN}:{port}/.well-known/est/{operation}");
        let always = [
            "--silent",
            "--show-error",
            "--fail-with-body",
            "--tls-max",
            "1.2",
            "--noproxy",
            "*",
            "--resolve",
            &resolved,
            "--cacert",
            "root.pem",
            "--cert",
            "own.pem",
            "--key",
            "own.key",
            &url,
        ];
        self.run("curl", &[&always, arguments].concat());
    }

    fn run(&self, program: &str, arguments: &[&str]) -> String {
        let output = Command::new(program)
            .args(arguments)
            .current_dir(&self.0)
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(
            output.status.success(),
            "{program} {arguments:?}: {said}{errors}"
        );
        said + &errors
    }
}
