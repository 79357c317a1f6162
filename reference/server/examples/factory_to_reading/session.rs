//! A session of a client under a key, with one HTTP connection in it.

use std::error::Error;
use std::net::SocketAddr;

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::client::conn::http1::{self, SendRequest};
use hyper_util::rt::TokioIo;
use onem2m_association::{
    AssociationStream, Client, ClientConfiguration, ClientCredential, PskKey, Session as _,
    Transport,
};
use onem2m_identity::PskIdentity;
use onem2m_keys::{EXPORTED_LENGTH, ExporterLabel};
use onem2m_primitive::http::{decode_response, encode_request};
use onem2m_primitive::{Request, Response};
use tokio::net::TcpStream;
use zeroize::Zeroizing;

/// The session.
pub struct Session {
    sender: SendRequest<Full<Bytes>>,
    bootstrap: Zeroizing<Vec<u8>>,
    connection: Zeroizing<Vec<u8>>,
}

impl Session {
    /// Associates by TLS-PSK (TS-0003 V3.18.0, 10.2.2) under an identity and its key.
    pub async fn open(
        address: SocketAddr,
        (identity, key): (&str, &[u8]),
    ) -> Result<Self, Box<dyn Error>> {
        let credential = ClientCredential::Psk {
            identity: PskIdentity::parse(identity.as_bytes())?,
            key: PskKey::new(Zeroizing::new(key.to_vec()))?,
        };
        let configuration = ClientConfiguration::new(Transport::Tls, credential);
        let session = Client::new(configuration)?.connect()?;
        let mut stream = AssociationStream::new(session, TcpStream::connect(address).await?);
        stream.handshake().await?;
        let export =
            |label: ExporterLabel| stream.session().export(label.as_str(), EXPORTED_LENGTH);
        let bootstrap = export(ExporterLabel::Bootstrap)?;
        let connection = export(ExporterLabel::Connection)?;
        let (sender, serving) = http1::handshake(TokioIo::new(stream)).await?;
        tokio::spawn(serving);
        Ok(Self {
            sender,
            bootstrap,
            connection,
        })
    }

    /// What the session exports (TS-0003 V3.18.0, 10.3.1).
    pub fn export(&self, label: ExporterLabel) -> Result<[u8; EXPORTED_LENGTH], Box<dyn Error>> {
        let octets = match label {
            ExporterLabel::Bootstrap => &self.bootstrap,
            _ => &self.connection,
        };
        Ok(octets.as_slice().try_into()?)
    }

    /// Sends a request that has to be carried out.
    pub async fn ask(&mut self, request: Request) -> Result<Response, Box<dyn Error>> {
        let asked = format!("{:?} {}", request.operation, request.to);
        let message = encode_request(&request.identified("1").release("3"))?.map(Full::new);
        self.sender.ready().await?;
        let (parts, body) = self.sender.send_request(message).await?.into_parts();
        let answer = decode_response(&parts, &body.collect().await?.to_bytes())?;
        match answer.status.is_success() {
            true => Ok(answer),
            false => Err(format!("{asked}: {:?} {:?}", answer.status, answer.content).into()),
        }
    }
}

/// A member of what came.
pub fn text(answer: &Response, name: &str) -> Result<String, Box<dyn Error>> {
    let content = answer.content.as_ref().and_then(|it| it.as_object());
    let members = content.and_then(|it| it.values().next());
    let text = members.and_then(|it| it.get(name)?.as_str());
    text.map(str::to_owned)
        .ok_or_else(|| format!("no {name} in {:?}", answer.content).into())
}
