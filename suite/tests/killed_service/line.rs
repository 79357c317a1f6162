//! A session of a client with a key service, under a key of the profile of the reference.

use super::served::Served;
use base64ct::{Base64, Encoding};
use http_body_util::{BodyExt, Full};
use hyper::client::conn::http1::{self, SendRequest};
use hyper_util::rt::TokioIo;
use onem2m_association::{
    AssociationStream, Client, ClientConfiguration, ClientCredential, PskKey, Transport,
};
use onem2m_conform::profile::KnownService;
use onem2m_identity::PskIdentity;
use onem2m_primitive::http::{decode_response, encode_request};
use onem2m_primitive::{Request, Response, ResponseStatusCode};
use onem2m_server::ServiceRole;
use serde_json::{Value, json};
use time::macros::format_description;
use time::{Duration, OffsetDateTime};
use tokio::net::TcpStream;
use tokio::sync::Mutex;
use zeroize::Zeroizing;

const TARGET: &str = "//onem2m.example/tstcse1";

/// The session.
pub struct Line {
    service: KnownService,
    sender: Mutex<SendRequest<Full<bytes::Bytes>>>,
}

impl Line {
    /// A session of the client with this name; none where the service is gone.
    pub async fn open(served: &Served, client: &str) -> Option<Self> {
        let mut services = KnownService::of_reference().into_iter();
        let service = services.find(|it| it.role == served.role).unwrap();
        let known = match client {
            "source" => &service.source,
            _ => &service.target,
        };
        let credential = ClientCredential::Psk {
            identity: PskIdentity::parse(known.identity.as_bytes()).unwrap(),
            key: PskKey::new(Zeroizing::new(known.key.octets().to_vec())).unwrap(),
        };
        let configuration = ClientConfiguration::new(Transport::Tls, credential);
        let session = Client::new(configuration).unwrap().connect().unwrap();
        let connection = TcpStream::connect(served.address).await.ok()?;
        let mut stream = AssociationStream::new(session, connection);
        stream.handshake().await.ok()?;
        let (sender, connection) = http1::handshake(TokioIo::new(stream)).await.ok()?;
        tokio::spawn(connection);
        let sender = Mutex::new(sender);
        Some(Self { service, sender })
    }

    /// Registers the client.
    pub async fn register_client(&self) -> Option<()> {
        let names = &self.service.names;
        let content = json!({ &names.client_registration: self.members() });
        let request = Request::create(&names.base, names.client_registration_type, content);
        let answer = self.ask(request).await?;
        assert_eq!(answer.status, ResponseStatusCode::CREATED, "{answer:?}");
        Some(())
    }

    /// Registers a key of the client's own; its RelativeKeyID, once that was acknowledged.
    pub async fn register_key(&self, value: &str) -> Option<String> {
        let names = &self.service.names;
        let mut members = self.members();
        // A security association with a CSE (TS-0004 V3.32.0, 6.3.4.2.39).
        members[&names.suid] = match self.service.role {
            ServiceRole::Maf => json!(32),
            ServiceRole::Mef => json!(22),
        };
        members[&names.target_ids] = json!([TARGET]);
        members[&names.key_value] = json!(value);
        let content = json!({ &names.key_registration: members });
        let request = Request::create(&names.base, names.key_registration_type, content);
        let answer = self.ask(request).await?;
        assert_eq!(answer.status, ResponseStatusCode::CREATED, "{answer:?}");
        member(&answer, &names.relative_key_id)
    }

    /// The value of a key that is registered for this client.
    pub async fn retrieve_key(&self, id: &str) -> Option<String> {
        let names = &self.service.names;
        let answer = self.ask(Request::retrieve(format!("{}/{id}", names.base)));
        member(&answer.await?, &names.key_value)
    }

    fn members(&self) -> Value {
        let format = format_description!("[year][month][day]T[hour][minute][second]");
        let end = OffsetDateTime::now_utc() + Duration::minutes(30);
        let names = &self.service.names;
        json!({
            &names.fqdn: self.service.fqdn,
            &names.admin_fqdn: self.service.stakeholder,
            &names.expiration_time: end.format(format).unwrap(),
        })
    }

    async fn ask(&self, request: Request) -> Option<Response> {
        let request = request.from("Cclient").identified("1").release("3");
        let message = encode_request(&request).unwrap().map(Full::new);
        let mut sender = self.sender.lock().await;
        sender.ready().await.ok()?;
        let answer = sender.send_request(message).await.ok()?;
        let (parts, body) = answer.into_parts();
        let body = body.collect().await.ok()?.to_bytes();
        Some(decode_response(&parts, &body).unwrap())
    }
}

/// The octets of the key with this number, as they are registered.
pub fn key_value(number: usize) -> String {
    let mut octets = [0; 32];
    octets[..8].copy_from_slice(&number.to_be_bytes());
    Base64::encode_string(&octets)
}

fn member(answer: &Response, name: &str) -> Option<String> {
    let content = answer.content.as_ref()?.as_object()?;
    let members = content.values().next()?.as_object()?;
    members.get(name)?.as_str().map(str::to_owned)
}
