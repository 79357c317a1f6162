//! A hostile IUT on a loopback port of its own.

use super::hostility::Hostility;
use super::reference;
use super::wire::{Request, relay};
use onem2m_server::Clauses;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::{io, thread};

/// When it is hostile; it is the reference otherwise.
#[derive(Debug, Clone, Copy)]
pub enum When {
    /// From the first request.
    Throughout(Hostility),
    /// To the Create of a `<contentInstance>`, which is what CSE/ACP/OPS/001 judges.
    Stimulus(Hostility),
    /// Never; but nobody listens any more after so many requests.
    UntilDeath(usize),
}

/// Starts it.
pub fn start(when: When) -> SocketAddr {
    let reference = reference::start(Clauses::SPECIFICATION);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let life = match when {
        When::UntilDeath(requests) => requests,
        _ => usize::MAX,
    };
    thread::spawn(move || {
        for stream in listener.incoming().take(life) {
            let stream = stream.unwrap();
            // A tester that has heard enough hangs up.
            thread::spawn(move || serve(stream, when, reference));
        }
    });
    address
}

fn serve(mut stream: TcpStream, when: When, reference: SocketAddr) -> io::Result<()> {
    let request = Request::peek(&stream)?;
    let hostility = match when {
        When::Throughout(hostility) => Some(hostility),
        When::Stimulus(hostility) if request.creates_instance => Some(hostility),
        When::Stimulus(_) | When::UntilDeath(_) => None,
    };
    match hostility {
        None => relay(&mut stream, &request, reference),
        Some(Hostility::Reset) => Ok(()),
        Some(hostility) => {
            request.take(&mut stream)?;
            hostility.answer(&mut stream, &request)
        }
    }
}
