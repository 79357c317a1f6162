//! The degenerate servers below their bindings: what each does with octets.

use super::server::Server;
use bytes::Bytes;
use onem2m_conform::catalogue::behaviour::Role;
use onem2m_conform::tester::link::{BoxFuture, LinkError, Octets};
use onem2m_conform::tester::wire::{Arrived, Ending, Wire};
use std::collections::VecDeque;
use std::time::Duration;

/// A fatal handshake_failure in a record of TLS 1.2.
const HANDSHAKE_FAILURE: &[u8] = &[0x15, 0x03, 0x03, 0x00, 0x02, 0x02, 0x28];

/// A connection with a degenerate server.
pub struct DegenerateWire {
    server: Server,
    sent: VecDeque<Bytes>,
    answered: bool,
}

impl DegenerateWire {
    pub fn new(server: Server) -> Self {
        Self {
            server,
            sent: VecDeque::new(),
            answered: false,
        }
    }

    fn next(&mut self) -> Arrived {
        let octets = |octets: &'static [u8]| Arrived::Octets(Octets(Bytes::from_static(octets)));
        match self.server {
            Server::Slow | Server::WrongRequestIdentifier | Server::InvalidJson => Arrived::Silence,
            Server::Closes => Arrived::Closed,
            Server::EndlessBody => octets(&[0; 16 * 1024]),
            Server::Echo => match self.sent.pop_front() {
                Some(sent) => Arrived::Octets(Octets(sent)),
                None => Arrived::Silence,
            },
            _ if std::mem::replace(&mut self.answered, true) => Arrived::Closed,
            // The refusal of associations.
            Server::Always4103 => octets(HANDSHAKE_FAILURE),
            // No association, and no word of one.
            _ => octets(b"HTTP/1.1 200 OK\r\nX-M2M-RSC: 2000\r\nContent-Length: 0\r\n\r\n"),
        }
    }
}

impl Wire for DegenerateWire {
    fn send(&mut self, octets: Bytes) -> BoxFuture<'_, Result<(), LinkError>> {
        self.sent.push_back(octets);
        Box::pin(async { Ok(()) })
    }

    fn receive(&mut self, _: Duration) -> BoxFuture<'_, Result<Arrived, LinkError>> {
        let arrived = self.next();
        Box::pin(async { Ok(arrived) })
    }

    fn end(&mut self, _: Ending) -> BoxFuture<'_, Result<(), LinkError>> {
        Box::pin(async { Ok(()) })
    }
}

/// A connection with the reference until a stimulus begins on it, and with a degenerate server from then on.
pub struct DegeneratingWire {
    right: Box<dyn Wire>,
    degenerate: Option<DegenerateWire>,
    server: Server,
}

impl DegeneratingWire {
    pub fn new(right: Box<dyn Wire>, server: Server) -> Self {
        Self {
            right,
            degenerate: None,
            server,
        }
    }

    fn wire(&mut self) -> &mut dyn Wire {
        match &mut self.degenerate {
            Some(wire) => wire,
            None => self.right.as_mut(),
        }
    }
}

impl Wire for DegeneratingWire {
    fn begin(&mut self, role: Role) {
        if role == Role::Stimulus && self.degenerate.is_none() {
            self.degenerate = Some(DegenerateWire::new(self.server));
        }
    }

    fn send(&mut self, octets: Bytes) -> BoxFuture<'_, Result<(), LinkError>> {
        self.wire().send(octets)
    }

    fn receive(&mut self, patience: Duration) -> BoxFuture<'_, Result<Arrived, LinkError>> {
        self.wire().receive(patience)
    }

    fn end(&mut self, ending: Ending) -> BoxFuture<'_, Result<(), LinkError>> {
        self.wire().end(ending)
    }
}
