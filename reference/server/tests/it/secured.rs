//! HTTP within TLS: whom an association is with decides whom its requests are from.

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::client::conn::http1::{self, SendRequest};
use hyper_util::rt::TokioIo;
use onem2m_association::{
    AssociationError, AssociationStream, Client, ClientConfiguration, Outcome, Resumption,
    Transport,
};
use onem2m_primitive::http::{decode_response, encode_request};
use onem2m_primitive::{Request, ResponseStatusCode};
use onem2m_server::Configuration;
use tokio::io::{AsyncReadExt, AsyncWriteExt, duplex};

use crate::associations::NOT_AUTHENTICATED;
use crate::bench::{Bench, CREATED, DELETED, OK, SOURCE, application};
use crate::provisioned::{ANYBODY, DOOR, LOCK, Provisioned, identity, psk};

const TLS: Transport = Transport::Tls;

pub(crate) fn register(stem: &str) -> Request {
    Request::create("cse-in", 2, application()).from(stem)
}

pub(crate) fn look(from: &str) -> Request {
    Request::retrieve("cse-in").from(from)
}

/// A connection within an association.
pub(crate) struct Line(SendRequest<Full<Bytes>>);

impl Line {
    async fn status(&mut self, request: Request) -> ResponseStatusCode {
        self.answered(request).await.unwrap()
    }

    /// The status of the response; none if the connection ends instead.
    pub(crate) async fn answered(&mut self, request: Request) -> Option<ResponseStatusCode> {
        let request = request.identified("rqi1").release("3");
        let message = encode_request(&request).unwrap().map(Full::new);
        let (parts, body) = self.0.send_request(message).await.ok()?.into_parts();
        let body = body.collect().await.unwrap().to_bytes();
        Some(decode_response(&parts, &body).unwrap().status)
    }
}

impl Provisioned {
    pub(crate) async fn dial(
        &self,
        client: &Client,
        resumption: Option<&Resumption>,
    ) -> Result<(Line, Option<Resumption>, bool), AssociationError> {
        let (near, far) = duplex(64 * 1024);
        let cse = self.bench.cse.clone();
        tokio::spawn(async move {
            cse.serve_association(far, SOURCE.parse().unwrap())
                .await
                .unwrap();
        });
        let session = match resumption {
            Some(resumption) => client.resume(resumption),
            None => client.connect(),
        };
        let mut stream = AssociationStream::new(session.unwrap(), near);
        stream.handshake().await?;
        let resumption = stream.session().resumption();
        let is_resumed = stream.session().is_resumed();
        let (sender, connection) = http1::handshake(TokioIo::new(stream)).await.unwrap();
        tokio::spawn(connection);
        Ok((Line(sender), resumption, is_resumed))
    }

    async fn line(&self, client: ClientConfiguration) -> Line {
        let client = Client::new(client).unwrap();
        self.dial(&client, None).await.unwrap().0
    }

    /// The alert by which an association is refused.
    async fn refusal(&self, client: ClientConfiguration) -> u8 {
        let client = Client::new(client).unwrap();
        let Err(AssociationError::Failed(diagnosis)) = self.dial(&client, None).await else {
            panic!("expected a handshake that fails");
        };
        let Outcome::Refused(alert) = diagnosis.outcome else {
            panic!("expected an alert, got {:?}", diagnosis.outcome);
        };
        alert.description.0
    }
}

/// The association is with one AE, and with no other.
async fn speaks_for(line: &mut Line, own: &str, other: &str) {
    assert_eq!(line.status(register(other)).await, NOT_AUTHENTICATED);
    assert_eq!(line.status(register(own)).await, CREATED);
    assert_eq!(line.status(look(own)).await, OK);
    assert_eq!(line.status(look(other)).await, NOT_AUTHENTICATED);
}

#[tokio::test]
async fn key_speaks_for_the_ae_it_is_bound_to() {
    for provisioned in Provisioned::of_each_engine() {
        let mut line = provisioned.line(provisioned.with_key(TLS, LOCK, 1)).await;
        speaks_for(&mut line, "CtpA1", "CtpA2").await;
    }
}

#[tokio::test]
async fn key_that_is_bound_to_nobody_speaks_for_the_ae_that_registers_with_it() {
    for provisioned in Provisioned::of_each_engine() {
        let mut line = provisioned
            .line(provisioned.with_key(TLS, ANYBODY, 65))
            .await;
        assert_eq!(line.status(look("CtpA1")).await, NOT_AUTHENTICATED);
        assert_eq!(line.status(register("CtpA1")).await, CREATED);
        let mut again = provisioned
            .line(provisioned.with_key(TLS, ANYBODY, 65))
            .await;
        assert_eq!(again.status(look("CtpA1")).await, OK);
        assert_eq!(again.status(register("CtpA2")).await, NOT_AUTHENTICATED);
    }
}

#[tokio::test]
async fn ae_id_certificate_speaks_for_the_ae_in_it() {
    for provisioned in Provisioned::of_each_engine() {
        let mut line = provisioned.line(provisioned.with_ae_certificate(TLS)).await;
        speaks_for(&mut line, "CtpA1", "CtpA2").await;
    }
}

#[tokio::test]
async fn device_certificate_speaks_for_each_ae_of_its_list() {
    for provisioned in Provisioned::of_each_engine() {
        let device = provisioned.with_device_certificate(TLS);
        let mut line = provisioned.line(device).await;
        for own in ["CtpA1", "CtpA3"] {
            speaks_for(&mut line, own, "CtpA2").await;
        }
    }
}

#[tokio::test]
async fn raw_public_key_speaks_for_the_ae_it_is_configured_for() {
    for provisioned in Provisioned::of_each_engine() {
        let mut line = provisioned.line(provisioned.with_raw_public_key(TLS)).await;
        speaks_for(&mut line, "CtpA2", "CtpA1").await;
    }
}

#[tokio::test]
async fn two_associations_at_once_are_not_mixed_up() {
    for provisioned in Provisioned::of_each_engine() {
        let mut lock = provisioned.line(provisioned.with_key(TLS, LOCK, 1)).await;
        let mut door = provisioned.line(provisioned.with_key(TLS, DOOR, 33)).await;
        assert_eq!(lock.status(register("CtpA1")).await, CREATED);
        assert_eq!(door.status(register("CtpA2")).await, CREATED);
        for _ in 0..2 {
            assert_eq!(lock.status(look("CtpA1")).await, OK);
            assert_eq!(door.status(look("CtpA2")).await, OK);
            assert_eq!(lock.status(look("CtpA2")).await, NOT_AUTHENTICATED);
            assert_eq!(door.status(look("CtpA1")).await, NOT_AUTHENTICATED);
        }
        let gone = Request::delete("CtpA1").from("CtpA1");
        assert_eq!(lock.status(gone).await, DELETED);
        assert_eq!(door.status(look("CtpA2")).await, OK);
    }
}

#[tokio::test]
async fn wrong_key_and_unknown_identity_are_refused_with_an_alert() {
    for provisioned in Provisioned::of_each_engine() {
        let wrong = provisioned.with_key(TLS, LOCK, 33);
        assert_eq!(provisioned.refusal(wrong).await, 20);
        let unknown = provisioned.with_key(TLS, "who@in.example.com", 1);
        assert_eq!(provisioned.refusal(unknown).await, 115);
    }
}

#[tokio::test]
async fn withdrawn_key_neither_associates_nor_resumes() {
    for provisioned in Provisioned::of_each_engine() {
        let client = Client::new(provisioned.with_key(TLS, LOCK, 1)).unwrap();
        let (_, resumption, _) = provisioned.dial(&client, None).await.unwrap();
        let resumption = resumption.as_ref();
        let (mut line, _, is_resumed) = provisioned.dial(&client, resumption).await.unwrap();
        assert!(is_resumed);
        speaks_for(&mut line, "CtpA1", "CtpA2").await;
        assert!(provisioned.table.remove(LOCK.as_bytes()));
        for attempt in [None, resumption] {
            assert!(provisioned.dial(&client, attempt).await.is_err());
        }
    }
}

#[tokio::test]
async fn key_that_is_given_again_to_another_does_not_resume() {
    let provisioned = Provisioned::new();
    let client = Client::new(provisioned.with_key(TLS, LOCK, 1)).unwrap();
    let (_, resumption, _) = provisioned.dial(&client, None).await.unwrap();
    assert!(provisioned.table.remove(LOCK.as_bytes()));
    let other = onem2m_association::Allowed::Unstated;
    provisioned
        .table
        .insert(identity(LOCK), psk(1), other)
        .unwrap();
    let again = provisioned.dial(&client, resumption.as_ref()).await;
    let (mut line, _, is_resumed) = again.unwrap();
    assert!(!is_resumed);
    assert_eq!(line.status(look("CtpA1")).await, NOT_AUTHENTICATED);
}

#[tokio::test]
async fn request_in_the_clear_is_not_answered_where_an_association_is_expected() {
    for provisioned in Provisioned::of_each_engine() {
        let (mut near, far) = duplex(64 * 1024);
        let cse = provisioned.bench.cse.clone();
        let serving =
            tokio::spawn(async move { cse.serve_association(far, SOURCE.parse().unwrap()).await });
        near.write_all(b"GET /cse-in HTTP/1.1\r\nHost: cse\r\nX-M2M-Origin: CAdmin\r\nX-M2M-RI: 1\r\nX-M2M-RVI: 3\r\n\r\n")
        .await
        .unwrap();
        let mut answer = Vec::new();
        near.read_to_end(&mut answer).await.unwrap();
        assert!(!answer.starts_with(b"HTTP"));
        drop(near);
        assert_eq!(serving.await.unwrap(), Ok(()));
    }
}

#[tokio::test]
async fn cse_without_keys_and_certificates_has_no_associations() {
    let bench = Bench::configured(Configuration::default());
    let (_near, far) = duplex(64);
    let served = bench.cse.serve_association(far, SOURCE.parse().unwrap());
    assert!(served.await.is_err());
}
