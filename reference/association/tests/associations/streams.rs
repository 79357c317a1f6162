use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use onem2m_association::{
    AssociationError, AssociationStream, Cause, Client, ClientSession, Outcome, Server,
    ServerSession, Transport,
};
use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream, duplex};

use crate::support::entities::{LOCK, identities, key_client, key_server};
use crate::support::pair::ADDRESS;

/// Small, so that nothing fits at once.
const PIPE: usize = 700;

type Ends = (
    AssociationStream<ClientSession, DuplexStream>,
    AssociationStream<ServerSession, DuplexStream>,
);

fn ends(first: u8) -> Ends {
    let client = Client::new(key_client(Transport::Tls, LOCK, first)).unwrap();
    let server = Server::new(key_server(Transport::Tls, &identities())).unwrap();
    let (near, far) = duplex(PIPE);
    (
        AssociationStream::new(client.connect().unwrap(), near),
        AssociationStream::new(server.accept(ADDRESS).unwrap(), far),
    )
}

#[tokio::test]
async fn stream_carries_more_than_the_transport_takes_at_once() {
    let (mut client, mut server) = ends(1);
    let payload: Vec<u8> = (0..100_000_u32)
        .map(|number| number.to_le_bytes()[0])
        .collect();
    let sent = payload.clone();
    let sending = tokio::spawn(async move {
        client.handshake().await.unwrap();
        client.write_all(&sent).await.unwrap();
        client.shutdown().await.unwrap();
        let mut answer = Vec::new();
        client.read_to_end(&mut answer).await.unwrap();
        client
    });
    server.handshake().await.unwrap();
    assert!(server.session().binding().is_some());
    let mut got = Vec::new();
    server.read_to_end(&mut got).await.unwrap();
    server.shutdown().await.unwrap();
    assert_eq!(got, payload);
    sending.await.unwrap();
}

#[tokio::test]
async fn refusal_tells_what_was_offered_and_what_came_back() {
    let (mut client, mut server) = ends(2);
    let (near, far) = tokio::join!(client.handshake(), server.handshake());
    let Err(AssociationError::Failed(diagnosis)) = near else {
        panic!("{near:?}");
    };
    assert!(matches!(diagnosis.outcome, Outcome::Refused(alert) if alert.description.0 == 20));
    assert_eq!(diagnosis.cause, Cause::DifferentKeys);
    let text = diagnosis.to_string();
    for part in [
        "TLS 1.2",
        "TLS_PSK_WITH_AES_128_CBC_SHA256",
        "ae1-lock@in.example.com",
        "bad_record_mac(20)",
    ] {
        assert!(text.contains(part), "{text}");
    }
    assert!(far.is_err());
}

#[tokio::test]
async fn peer_that_speaks_no_tls_is_told_apart() {
    let (near, mut far) = duplex(PIPE);
    let client = Client::new(key_client(Transport::Tls, LOCK, 1)).unwrap();
    let mut client = AssociationStream::new(client.connect().unwrap(), near);
    far.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        .await
        .unwrap();
    let Err(AssociationError::Failed(diagnosis)) = client.handshake().await else {
        panic!("established");
    };
    assert_eq!(diagnosis.cause, Cause::NotTls, "{diagnosis}");
}

#[tokio::test]
async fn peer_that_closes_is_told_apart() {
    let (mut client, server) = ends(1);
    drop(server);
    let Err(AssociationError::Failed(diagnosis)) = client.handshake().await else {
        panic!("established");
    };
    assert!(matches!(
        diagnosis.cause,
        Cause::ClosedWithoutAlert | Cause::Unknown
    ));
}

#[tokio::test]
async fn end_of_the_transport_without_close_notify_is_an_error() {
    let (mut client, mut server) = ends(1);
    let (near, far) = tokio::join!(client.handshake(), server.handshake());
    near.unwrap();
    far.unwrap();
    drop(client);
    let error = server.read(&mut [0; 16]).await.unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::UnexpectedEof);
}

#[tokio::test]
async fn hyper_carries_a_request_over_an_association() {
    let (mut client, mut server) = ends(1);
    let serving = tokio::spawn(async move {
        server.handshake().await.unwrap();
        let answer = service_fn(|request: Request<Incoming>| async move {
            let body = request.into_body().collect().await?.to_bytes();
            Ok::<_, hyper::Error>(Response::new(Full::new(body)))
        });
        hyper::server::conn::http1::Builder::new()
            .serve_connection(TokioIo::new(server), answer)
            .await
            .unwrap();
    });
    client.handshake().await.unwrap();
    let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(client))
        .await
        .unwrap();
    let connection = tokio::spawn(connection);
    let body = Bytes::from(vec![b'x'; 50_000]);
    let request = Request::post("/cse").body(Full::new(body.clone())).unwrap();
    let response = sender.send_request(request).await.unwrap();
    let answered = response.into_body().collect().await.unwrap().to_bytes();
    assert_eq!(answered, body);
    drop(sender);
    connection.await.unwrap().unwrap();
    serving.await.unwrap();
}
