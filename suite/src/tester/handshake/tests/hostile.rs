//! Whatever arrives, an attempt comes to an end.

use super::attempts::{certificates, connect_to, link, psk};
use super::datagram_peer::{DatagramPeer, datagram_context};
use super::peer::{Peer, certificate_context, know_psk, psk_context};
use crate::catalogue::behaviour::Endpoint;
use crate::catalogue::behaviour::ScriptedAnswer;
use crate::tester::handshake::{Handshake, establish};
use crate::tester::link::{BoxFuture, Call, Inbound, Link, LinkError, Octets, Received};
use crate::tester::recorder::Recorder;
use crate::tester::sources::Sources;
use crate::tester::transcript::{ConnectionEvent, Entry};
use crate::tester::wire::{Arrived, Connected, Dial, Ending, Wire};
use bytes::Bytes;
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::TestRunner;
use std::collections::VecDeque;
use std::sync::Mutex;
use std::time::Duration;

/// A wire on which things arrive, whatever is sent.
struct Fed(VecDeque<Bytes>);

impl Wire for Fed {
    fn send(&mut self, _: Bytes) -> BoxFuture<'_, Result<(), LinkError>> {
        Box::pin(async { Ok(()) })
    }

    fn receive(&mut self, _: Duration) -> BoxFuture<'_, Result<Arrived, LinkError>> {
        let next = self.0.pop_front();
        let arrived = next.map_or(Arrived::Silence, |octets| Arrived::Octets(Octets(octets)));
        Box::pin(async move { Ok(arrived) })
    }

    fn end(&mut self, _: Ending) -> BoxFuture<'_, Result<(), LinkError>> {
        Box::pin(async { Ok(()) })
    }
}

/// A link with one such wire.
struct Feeding(Mutex<Option<Fed>>);

impl Link for Feeding {
    fn connect<'a>(&'a self, _: &'a Dial) -> BoxFuture<'a, Result<Connected, LinkError>> {
        let wire = self.0.lock().unwrap().take().unwrap();
        Box::pin(async move { Ok(Connected::Open(Box::new(wire))) })
    }

    fn call<'a>(&'a self, _: &'a Call) -> BoxFuture<'a, Result<Received, LinkError>> {
        unreachable!("no request is sent")
    }

    fn elapsed(&self) -> Result<Duration, LinkError> {
        Ok(Duration::ZERO)
    }

    fn wait(&self, _: Duration) -> BoxFuture<'_, ()> {
        Box::pin(async {})
    }

    fn inbound<'a>(
        &'a self,
        _: &'a str,
        _: Duration,
    ) -> BoxFuture<'a, Result<Option<Inbound>, LinkError>> {
        Box::pin(async { Ok(None) })
    }

    fn script(&self, _: &str, _: Vec<ScriptedAnswer>) -> Result<(), LinkError> {
        Ok(())
    }

    fn point_of_access(&self, _: &str) -> Result<String, LinkError> {
        Err(LinkError::NoTarget("none".into()))
    }

    fn sources(&self) -> Sources {
        Sources::default()
    }

    fn outlives_purpose(&self) -> bool {
        false
    }
}

/// What arrives in a good handshake.
async fn good(endpoint: Endpoint, link: &dyn Link, handshake: &Handshake) -> Vec<Vec<u8>> {
    let recorder = Recorder::new(link, "test", 1, 1);
    let connection = connect_to(&recorder, endpoint).await;
    let attempt = establish(connection, handshake).await.unwrap();
    assert!(attempt.end.is_established(), "{}", attempt.end);
    let entries = recorder.transcript().into_iter();
    let arrived = entries.filter_map(|entry| match entry {
        Entry::Connection(happened) => match happened.event {
            ConnectionEvent::Arrived(Arrived::Octets(octets)) => Some(octets.0.to_vec()),
            _ => None,
        },
        _ => None,
    });
    arrived.collect()
}

/// Tries what arrives in a good handshake, an octet of it changed and something added.
async fn survives(endpoint: Endpoint, link: &dyn Link, handshake: Handshake) {
    let good = good(endpoint, link, &handshake).await;
    let run = move |at: Index, octet: Index, change: u8, more: Vec<u8>| {
        let mut arrivals = good.clone();
        let arrival = at.get_mut(&mut arrivals);
        *octet.get_mut(arrival) ^= change;
        arrivals.push(more);
        let fed = Fed(arrivals.into_iter().map(Bytes::from).collect());
        let feeding = Feeding(Mutex::new(Some(fed)));
        let recorder = Recorder::new(&feeding, "test", 1, 1);
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .build();
        runtime.unwrap().block_on(async {
            let connection = connect_to(&recorder, endpoint).await;
            let attempt = establish(connection, &handshake).await.unwrap();
            assert_eq!(attempt.association.is_some(), attempt.end.is_established());
            (attempt.end.is_established(), change)
        })
    };
    let tried = tokio::task::spawn_blocking(move || {
        let more = proptest::collection::vec(any::<u8>(), 0..100);
        let strategy = (any::<Index>(), any::<Index>(), any::<u8>(), more);
        TestRunner::default().run(&strategy, |(at, octet, change, more)| {
            let (established, change) = run(at, octet, change, more);
            prop_assert!(
                established || change != 0,
                "a good handshake was not established"
            );
            Ok(())
        })
    });
    tried.await.unwrap().unwrap();
}

#[tokio::test]
async fn altered_arrivals_over_tls_are_survived() {
    let peer = Peer::serve(psk_context("PSK-AES128-CBC-SHA256").build(), 1);
    survives(Endpoint::Https, &link(Endpoint::Https, peer.address), psk()).await;
    let peer = Peer::serve(certificate_context("ECDHE-ECDSA-AES128-SHA256").build(), 1);
    let link = link(Endpoint::Https, peer.address);
    survives(Endpoint::Https, &link, certificates()).await;
}

#[tokio::test]
async fn altered_arrivals_over_dtls_are_survived() {
    let mut context = datagram_context("PSK-AES128-CCM8");
    know_psk(&mut context);
    let peer = DatagramPeer::serve(context.build());
    survives(Endpoint::Coaps, &link(Endpoint::Coaps, peer.address), psk()).await;
}
