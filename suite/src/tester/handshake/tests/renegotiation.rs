use super::attempts::{PATIENCE, conducting, connect, link, psk};
use super::peer::{Peer, RENEGOTIATION, psk_context};
use crate::catalogue::behaviour::Endpoint;
use crate::tester::handshake::{Delivered, Handshake, establish};
use crate::tester::recorder::Recorder;
use openssl::ssl::SslOptions;

/// What a second handshake in the same connection comes to, and what the server echoes behind it.
async fn renegotiated(options: SslOptions, handshake: &Handshake) -> (String, Delivered) {
    let mut context = psk_context("PSK-AES128-CBC-SHA256");
    context.set_options(options);
    let peer = Peer::serve(context.build(), 1);
    let link = link(Endpoint::Https, peer.address);
    let recorder = Recorder::new(&link, "test", 1, 1);
    let attempt = establish(connect(&recorder).await, &psk()).await.unwrap();
    let mut association = attempt.association.unwrap();
    let (end, _) = association.renegotiate(handshake).await.unwrap();
    association.send(b"ping").await.unwrap();
    let echoed = association.receive(PATIENCE).await.unwrap();
    (end.to_string(), echoed)
}

#[tokio::test]
async fn second_handshake_goes_on_with_its_keys() {
    let (end, echoed) = renegotiated(RENEGOTIATION, &psk()).await;
    assert!(end.starts_with("established"), "{end}");
    assert_eq!(echoed, Delivered::Data(b"ping".to_vec()));
}

#[tokio::test]
async fn refused_renegotiation_leaves_the_association() {
    let (end, echoed) = renegotiated(SslOptions::empty(), &psk()).await;
    assert_eq!(end, "warning alert no_renegotiation(100)");
    assert_eq!(echoed, Delivered::Data(b"ping".to_vec()));
}

#[tokio::test]
async fn wrong_verify_data_of_the_first_handshake_is_refused() {
    let handshake = conducting(psk(), "hello = { renegotiation-info = 'wrong' }");
    let (end, _) = renegotiated(RENEGOTIATION, &handshake).await;
    assert_eq!(end, "fatal alert handshake_failure(40)");
}
