use std::sync::Arc;

use base64ct::{Base64, Encoding};
use bytes::Bytes;
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
use openssl::x509::X509;
use time::OffsetDateTime;
use tokio::io::duplex;
use x509_cert::ext::pkix::name::DirectoryString;

use crate::authority::{Holder, NOW, Name, Order};
use crate::bench::SOURCE;
use crate::provisioned::{identity, psk};

pub(super) const FQDN: &str = "f.example.com";
pub(super) const URI: &str = "//onem2m.example/SAE1";

/// An MEF that knows SAE1 by a key and by a certificate, with its CA.
pub(super) struct Enrolment {
    pub(super) service: KeyService,
    /// Who certified the MEF, and SAE1 first.
    pub(super) root: Holder,
    /// The CA of the MEF.
    pub(super) issuer: Holder,
}

impl Enrolment {
    /// One whose time stands still at a moment, or that has the time of the day.
    pub(super) fn at(now: Option<i64>) -> Self {
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

    pub(super) fn new() -> Self {
        Self::at(Some(NOW))
    }

    /// A session of SAE1 with its key.
    pub(super) async fn with_key(&self) -> Session {
        let key = psk(1);
        let identity = identity("one@f.example.com");
        self.session(ClientCredential::Psk { identity, key }).await
    }

    /// A session with a certificate.
    pub(super) async fn with_certificate(&self, own: OwnCertificate) -> Session {
        self.session(ClientCredential::Certificate(own)).await
    }

    pub(super) async fn session(&self, credential: ClientCredential) -> Session {
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

pub(super) struct Session(SendRequest<Full<Bytes>>);

impl Session {
    pub(super) async fn send(
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

    pub(super) async fn octets(&mut self, operation: &str) -> Vec<u8> {
        let (status, body) = self.send("GET", operation, "text/plain", Vec::new()).await;
        assert_eq!(status, 200);
        Base64::decode_vec(str::from_utf8(&body).unwrap()).unwrap()
    }

    /// The challengePassword in csrattrs.
    pub(super) async fn challenge(&mut self) -> String {
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

    pub(super) async fn enrol(&mut self, operation: &str, request: &[u8]) -> Result<X509, u16> {
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
pub(super) fn only(octets: &[u8]) -> X509 {
    let message = Pkcs7::from_der(octets).unwrap();
    let certificates = message.signed().unwrap().certificates().unwrap();
    assert_eq!(certificates.len(), 1);
    certificates.get(0).unwrap().to_owned()
}
