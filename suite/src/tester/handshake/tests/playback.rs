use super::attempts::{PATIENCE, connect, link, psk};
use super::peer::{Peer, psk_context};
use crate::catalogue::behaviour::Endpoint;
use crate::tester::handshake::{Handshake, establish};
use crate::tester::link::{Link, LinkError};
use crate::tester::playback::Playback;
use crate::tester::recorder::Recorder;
use crate::tester::transcript::Entry;

async fn recorded(link: &dyn Link, handshake: &Handshake) -> Result<Vec<Entry>, LinkError> {
    let recorder = Recorder::new(link, "test", 1, 1);
    let attempt = establish(connect(&recorder).await, handshake).await?;
    let mut association = attempt.association.unwrap();
    association.send(b"ping").await?;
    association.receive(PATIENCE).await?;
    association.close().await?;
    Ok(recorder.transcript())
}

#[tokio::test]
async fn recording_plays_back_with_its_seed_alone() {
    let peer = Peer::serve(psk_context("PSK-AES128-CBC-SHA256").build(), 1);
    let live = recorded(&link(Endpoint::Https, peer.address), &psk())
        .await
        .unwrap();
    let played = recorded(&Playback::new(&live), &psk()).await.unwrap();
    assert_eq!(played, live);
    let mut other = psk();
    other.seed = [10; 32];
    let diverged = recorded(&Playback::new(&live), &other).await;
    assert!(matches!(diverged, Err(LinkError::Diverged { .. })));
}

#[test]
fn attempts_may_run_on_any_thread() {
    fn is_send(_: impl Send) {}
    let playback = Playback::new(&[]);
    let recorder = Recorder::new(&playback, "test", 1, 1);
    let handshake = psk();
    is_send(async move {
        let connection = connect(&recorder).await;
        establish(connection, &handshake).await.is_ok()
    });
}
