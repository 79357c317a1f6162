use std::time::Duration;

use ::http::header::HOST;
use ::http::{HeaderValue, Uri};
use bytes::Bytes;
use http_body_util::{BodyExt, Full, Limited};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use onem2m_association::{AssociationError, AssociationStream, Client, ConfigurationError};
use onem2m_primitive::http::{decode_response, encode_request};
use onem2m_primitive::{Request, Response};
use thiserror::Error;

use crate::connector::Connector;
use crate::hop::{Hop, Way};

/// The most octets of an answer that are read.
const ANSWER_LIMIT: usize = 1024 * 1024;

/// Why a request of the CSE was not answered.
#[derive(Debug, Error)]
pub(crate) enum Unanswered {
    #[error("expected an http or https address with a host, got {got:?}")]
    Address { got: String },
    #[error("expected a request that HTTP carries, got {0}")]
    Request(#[from] onem2m_primitive::http::EncodeError),
    #[error("no connection: {0}")]
    Connection(#[from] std::io::Error),
    #[error("expected an HTTP answer, got {0}")]
    Http(#[from] hyper::Error),
    #[error("expected a whole answer, got a broken or long one")]
    Body,
    #[error("expected a response primitive, got {0}")]
    Response(#[from] onem2m_primitive::http::Malformed),
    #[error("expected an answer in time, got none")]
    Late,
    #[error("expected an address to try, got none")]
    NoAddress,
    #[error("no association: {0}")]
    Association(#[from] AssociationError),
    #[error("no association: {0}")]
    Configuration(#[from] ConfigurationError),
}

/// What the path of an HTTP request to a point of access says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Addressing {
    /// The path of the point of access alone: whoever is there knows what it gets.
    PointOfAccess,
    /// To as well, for a CSE that has to find the target (TS-0009 V3.9.1, 6.2.2.1).
    Target,
}

/// Sends a request to the first of the addresses that can be reached, by the first way that leads there, and waits for the
/// answer.
pub(crate) async fn send_to_first(
    connector: &dyn Connector,
    hops: &[Hop],
    addressing: Addressing,
    request: &Request,
    patience: Duration,
) -> Result<Response, Unanswered> {
    let mut outcome = Err(Unanswered::NoAddress);
    for hop in hops {
        for way in &hop.ways {
            let sent = send(connector, &hop.address, way, addressing, request);
            outcome = tokio::time::timeout(patience, sent)
                .await
                .unwrap_or(Err(Unanswered::Late));
            if outcome.is_ok() {
                return outcome;
            }
        }
    }
    outcome
}

async fn send(
    connector: &dyn Connector,
    address: &str,
    way: &Way,
    addressing: Addressing,
    request: &Request,
) -> Result<Response, Unanswered> {
    let (uri, authority) = parse(address)?;
    let mut message = match addressing {
        Addressing::Target => encode_request(request)?,
        Addressing::PointOfAccess => encode_request(&Request {
            to: "-".to_owned(),
            ..request.clone()
        })?,
    };
    *message.uri_mut() = match addressing {
        Addressing::Target => below(&uri, message.uri())?,
        Addressing::PointOfAccess => origin_form(&uri),
    };
    let host = HeaderValue::from_str(&authority).map_err(|_| Unanswered::Address {
        got: address.to_owned(),
    })?;
    message.headers_mut().insert(HOST, host);

    let mut stream = connector.connect(&authority).await?;
    if let Way::Within(configuration) = way {
        let session = Client::new((**configuration).clone())?.connect()?;
        let mut associated = AssociationStream::new(session, stream);
        associated.handshake().await?;
        stream = Box::new(associated);
    }
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
    let exchange = async {
        let (parts, body) = sender
            .send_request(message.map(Full::<Bytes>::new))
            .await?
            .into_parts();
        let body = Limited::new(body, ANSWER_LIMIT)
            .collect()
            .await
            .map_err(|_| Unanswered::Body)?;
        Ok(decode_response(&parts, &body.to_bytes())?)
    };
    // The connection has to be driven while the exchange goes on and ends with it.
    tokio::pin!(exchange);
    tokio::select! {
        answer = &mut exchange => answer,
        ended = connection => match ended {
            Ok(()) => exchange.await,
            Err(error) => Err(error.into()),
        },
    }
}

fn parse(address: &str) -> Result<(Uri, String), Unanswered> {
    let malformed = || Unanswered::Address {
        got: address.to_owned(),
    };
    let uri: Uri = address.parse().map_err(|_| malformed())?;
    let host = uri.host().ok_or_else(malformed)?;
    let usual = match uri.scheme_str() {
        Some("http") => 80,
        Some("https") => 443,
        _ => return Err(malformed()),
    };
    let port = uri.port_u16().unwrap_or(usual);
    let authority = format!("{host}:{port}");
    Ok((uri, authority))
}

/// The target of a request below the path of a point of access.
fn below(point: &Uri, target: &Uri) -> Result<Uri, Unanswered> {
    let target = target
        .path_and_query()
        .map_or("/", |target| target.as_str());
    let path = format!("{}{target}", point.path().trim_end_matches('/'));
    path.parse().map_err(|_| Unanswered::Address { got: path })
}

fn origin_form(uri: &Uri) -> Uri {
    uri.path_and_query()
        .map_or_else(Uri::default, |target| Uri::from(target.clone()))
}
