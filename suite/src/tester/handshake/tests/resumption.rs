use super::attempts::{attempt, conducting, psk};
use super::peer::{Peer, psk_context};
use openssl::ssl::{SslOptions, SslSessionCacheMode};

const CBC: &str = "PSK-AES128-CBC-SHA256";

#[tokio::test]
async fn session_is_resumed_by_its_id() {
    let mut context = psk_context(CBC);
    context.set_options(SslOptions::NO_TICKET);
    context.set_session_cache_mode(SslSessionCacheMode::SERVER);
    let peer = Peer::serve(context.build(), 2);
    let first = attempt(peer.address, &psk()).await;
    assert!(peer.served().is_some());
    let mut handshake = conducting(psk(), "resume = 'session-id'");
    handshake.earlier = Some(first.earlier);
    let second = attempt(peer.address, &handshake).await;
    assert!(second.end.starts_with("resumed"), "{}", second.end);
    assert!(second.carried());
    assert_eq!(peer.served().map(|it| it.exported), second.exported);
    assert_ne!(first.exported, second.exported);
}

#[tokio::test]
async fn session_is_resumed_by_its_ticket_unless_that_is_altered() {
    let peer = Peer::serve(psk_context(CBC).build(), 5);
    let first = conducting(psk(), "hello = { session-ticket = 'empty' }");
    let first = attempt(peer.address, &first).await;
    assert!(first.seen.ticket.is_some());
    let mut cases = vec![("'ticket'", true)];
    cases.extend([0, 40, -1].map(|place| match place {
        0 => ("{ ticket-inverted = 0 }", false),
        40 => ("{ ticket-inverted = 40 }", false),
        _ => ("{ ticket-inverted = -1 }", false),
    }));
    for (resume, resumed) in cases {
        let mut handshake = conducting(psk(), &format!("resume = {resume}"));
        handshake.earlier = Some(first.earlier.clone());
        let outcome = attempt(peer.address, &handshake).await;
        assert!(outcome.carried(), "{resume}: {}", outcome.end);
        assert_eq!(outcome.end.starts_with("resumed"), resumed, "{resume}");
    }
}
