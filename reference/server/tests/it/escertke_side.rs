//! An Initiating End-Point of ESCertKE, and a CSE that is the Terminating one.

use std::sync::Arc;
use std::time::Duration;

use onem2m_association::{
    Allowed, Client, ClientConfiguration, ClientCredential, ClientSession, Clock, Expected,
    OwnCertificate, Session, State, Transport, Trust, TrustedPeer,
};
use onem2m_identity::{AeUri, DigestAlgorithm, Entity, PublicDomainName, PublicKeyId};
use onem2m_keys::{CertificateExchange, ExporterLabel, HexCase};
use onem2m_primitive::{Request, Response, ResponseStatusCode};
use onem2m_server::{Clauses, Clock as _, EndToEnd, FailureStyle, Terminating};
use openssl::pkey::{PKey, Private};
use serde_json::json;
use time::OffsetDateTime;

use crate::authority::{self, Holder, NOW, Name, Order};
use crate::bench::{Bench, OK};
use crate::esprim_side::{Side, asked, bench_by, own_object};

const CSE_NAME: &str = "id-in.onem2m.example";

/// A CSE that AE1 may establish a key with by its AE-ID certificate, and AE2 by its raw public key.
pub(crate) struct Ends {
    pub(crate) bench: Bench,
    pub(crate) root: Holder,
    raw_key: PKey<Private>,
    unbound_key: PKey<Private>,
}

impl Ends {
    pub(crate) async fn new() -> Self {
        Self::judging_by(Clauses::SPECIFICATION, FailureStyle::Code).await
    }

    pub(crate) async fn judging_by(clauses: Clauses, failures: FailureStyle) -> Self {
        let root = Order::authority("root").self_signed();
        let (raw_key, unbound_key) = (authority::key(), authority::key());
        let raw = |key: &PKey<Private>, allowed| TrustedPeer {
            expected: Expected::RawPublicKey(PublicKeyId::of(
                &key.public_key_to_der().unwrap(),
                DigestAlgorithm::Sha256,
            )),
            allowed,
        };
        let initiators = Trust {
            anchors: vec![root.der()],
            peers: vec![
                TrustedPeer {
                    expected: Expected::AeId(AeUri::parse(&uri("CtpA1")).unwrap()),
                    allowed: Allowed::Unstated,
                },
                raw(&raw_key, Allowed::Entity(entity("CtpA2"))),
                raw(&unbound_key, Allowed::Unstated),
            ],
        };
        let order = Order::leaf(&[Name::Domain(CSE_NAME)]);
        let settings = EndToEnd {
            lifetime: Duration::from_secs(600),
            terminating: Some(Arc::new(Terminating {
                certificate: order.issued_by(&root).with(&[]).or_raw_public_key(),
                initiators,
                lifetime: Duration::from_secs(30),
                failures,
            })),
            ..EndToEnd::default()
        };
        let bench = bench_by(settings, clauses).await;
        let ahead = NOW - bench.clock.now().unix_timestamp();
        bench.advance(ahead.unsigned_abs());
        Self {
            bench,
            root,
            raw_key,
            unbound_key,
        }
    }

    /// A client with the AE-ID certificate of this AE.
    pub(crate) fn certified(&self, stem: &str) -> Initiator {
        let order = Order::leaf(&[Name::Uri(&uri(stem))]);
        self.showing(order.issued_by(&self.root).with(&[]))
    }

    /// A client with the raw public key of AE2.
    pub(crate) fn raw(&self) -> Initiator {
        self.showing(raw(&self.raw_key))
    }

    /// A client with a raw public key that is known, but not whose.
    pub(crate) fn unbound(&self) -> Initiator {
        self.showing(raw(&self.unbound_key))
    }

    pub(crate) fn showing(&self, own: OwnCertificate) -> Initiator {
        self.client(ClientCredential::Certificate(own), |_| {})
    }

    pub(crate) fn client(
        &self,
        credential: ClientCredential,
        change: impl FnOnce(&mut ClientConfiguration),
    ) -> Initiator {
        let mut configuration = ClientConfiguration {
            trust: Trust {
                anchors: vec![self.root.der()],
                peers: vec![TrustedPeer {
                    expected: Expected::CseId(PublicDomainName::parse(CSE_NAME).unwrap()),
                    allowed: Allowed::Unstated,
                }],
            },
            clock: Clock::new(|| OffsetDateTime::from_unix_timestamp(NOW).unwrap()),
            ..ClientConfiguration::new(Transport::Tls, credential)
        };
        change(&mut configuration);
        Initiator(Client::new(configuration).unwrap().connect().unwrap())
    }

    /// Sends a message in a Notify.
    pub(crate) async fn send(&self, stem: &str, octets: &[u8]) -> Response {
        let text = openssl::base64::encode_block(octets);
        let content = json!({ "m2m:seci": { "sit": 6, "eckm": text } });
        self.bench
            .send(Request::notify("cse-in", content).from(stem))
            .await
    }

    /// Sends a message and gives the next one.
    pub(crate) async fn answered(
        &self,
        stem: &str,
        octets: &[u8],
    ) -> Result<Vec<u8>, ResponseStatusCode> {
        let response = self.send(stem, octets).await;
        if response.status != OK {
            return Err(response.status);
        }
        Ok(message(&response))
    }

    /// The whole exchange of an initiator whose From is this.
    pub(crate) async fn exchange(
        &self,
        stem: &str,
        initiator: &mut Initiator,
    ) -> Result<(), ResponseStatusCode> {
        for _ in 0..2 {
            let flight = initiator.flight();
            let answer = self.answered(stem, &flight).await?;
            initiator.0.receive(&answer);
        }
        match initiator.0.state() {
            State::Established => Ok(()),
            state => panic!("expected a complete handshake, got {state:?}"),
        }
    }

    /// An AE within a session of ESPrim by a key that was established.
    pub(crate) async fn side(&self, stem: &'static str, established: &CertificateExchange) -> Side {
        let receiver = asked(&self.bench, stem).await;
        let key = (&established.key).into();
        let originator = own_object("or-0001", "20260601T000500");
        let kid = established.key_id.to_text(HexCase::Lower);
        Side::of(stem, &kid, key, &receiver, &originator)
    }
}

/// The client end of a handshake.
pub(crate) struct Initiator(pub(crate) ClientSession);

impl Initiator {
    /// What it sends next.
    pub(crate) fn flight(&mut self) -> Vec<u8> {
        let mut octets = Vec::new();
        while let Some(part) = self.0.transmit() {
            octets.extend(part);
        }
        octets
    }

    /// The key of a handshake that is complete.
    pub(crate) fn established(&self) -> CertificateExchange {
        let label = ExporterLabel::EsCertKe.as_str();
        let exported = self.0.export(label, 48).unwrap();
        CertificateExchange::from_exported(exported.as_slice().try_into().unwrap())
    }
}

/// The message in an answer.
pub(crate) fn message(response: &Response) -> Vec<u8> {
    let content = response.content.as_ref().unwrap();
    let members = content["m2m:seci"].as_object().unwrap();
    assert_eq!(members["sit"], json!(6));
    assert_eq!(members.len(), 2);
    openssl::base64::decode_block(members["eckm"].as_str().unwrap()).unwrap()
}

/// The AE-ID in a certificate.
pub(crate) fn uri(stem: &str) -> String {
    format!("//onem2m.example/id-in/{stem}")
}

fn entity(stem: &str) -> Entity {
    Entity::parse_absolute_ae(&uri(stem)).unwrap()
}

fn raw(key: &PKey<Private>) -> OwnCertificate {
    OwnCertificate::raw_public_key_from_der(&key.private_key_to_der().unwrap()).unwrap()
}
