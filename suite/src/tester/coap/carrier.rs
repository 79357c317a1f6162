//! What carries datagrams to an endpoint: UDP, or an association of DTLS over it.

use crate::tester::link::LinkError;
use onem2m_association::{Client, ClientSession, Diagnosable, Outcome, Session, State};
use std::io;
use std::time::{Duration, Instant};
use tokio::net::UdpSocket;

/// No datagram is longer.
const LONGEST_DATAGRAM: usize = 65_535;

/// Datagrams between the tester and an endpoint.
pub struct Carrier {
    socket: UdpSocket,
    association: Option<Box<ClientSession>>,
    buffer: Vec<u8>,
}

impl Carrier {
    /// Datagrams in the clear over a connected socket.
    pub fn plain(socket: UdpSocket) -> Self {
        Self {
            socket,
            association: None,
            buffer: vec![0; LONGEST_DATAGRAM],
        }
    }

    /// Datagrams within an association. The inner error says what was offered, what came back, and what that probably means.
    pub async fn associated(
        socket: UdpSocket,
        client: &Client,
        patience: Duration,
    ) -> Result<Result<Self, String>, LinkError> {
        let session = client
            .connect()
            .map_err(|error| LinkError::NoWay(error.to_string()))?;
        let mut carrier = Self {
            association: Some(Box::new(session)),
            ..Self::plain(socket)
        };
        Ok(match carrier.handshake(Instant::now() + patience).await {
            Ok(()) => Ok(carrier),
            Err(why) => Err(format!("no association: {why}")),
        })
    }

    async fn handshake(&mut self, deadline: Instant) -> Result<(), String> {
        loop {
            let sent = self.flush().await;
            let Some(session) = &self.association else {
                return Ok(());
            };
            match session.state() {
                State::Established => return Ok(()),
                State::Closed(_) => {
                    let failure = session.failure().map(|error| error.to_string());
                    return Err(failure.unwrap_or_else(|| {
                        session.diagnose(Outcome::ConnectionClosed).to_string()
                    }));
                }
                State::Handshaking => {}
            }
            let broken = |error: &io::Error| {
                let reason = error.to_string();
                session.diagnose(Outcome::Connection { reason }).to_string()
            };
            if let Err(error) = sent {
                return Err(broken(&error));
            }
            if Instant::now() >= deadline {
                return Err(session.diagnose(Outcome::Silence).to_string());
            }
            if let Err(error) = self.take(deadline).await {
                return Err(error.to_string());
            }
        }
    }

    /// Sends a datagram.
    pub async fn send(&mut self, octets: &[u8]) -> io::Result<()> {
        let Some(session) = &mut self.association else {
            return self.socket.send(octets).await.map(|_| ());
        };
        session.write(octets).map_err(io::Error::other)?;
        self.flush().await
    }

    /// The next datagram; none until the deadline.
    pub async fn receive(&mut self, deadline: Instant) -> io::Result<Option<Vec<u8>>> {
        loop {
            if let Some(session) = &mut self.association {
                if let Some(octets) = session.read() {
                    return Ok(Some(octets));
                }
                if let Some(failure) = session.failure() {
                    return Err(io::Error::other(failure));
                }
                if session.state() == State::Closed(None) {
                    return Err(io::Error::other("the association was closed"));
                }
            }
            let arrived = self.take(deadline).await?;
            if arrived.is_some() && self.association.is_none() {
                return Ok(arrived);
            }
            self.flush().await?;
            if Instant::now() >= deadline {
                return Ok(None);
            }
        }
    }

    /// Ends an association.
    pub async fn close(mut self) {
        if let Some(session) = &mut self.association {
            session.close();
            // Nobody waits for what comes of it.
            let _ = self.flush().await;
        }
    }

    /// Waits for a datagram and gives it to the association, if there is one; sees to it that the association sends again what was
    /// not answered.
    async fn take(&mut self, deadline: Instant) -> io::Result<Option<Vec<u8>>> {
        let left = deadline.saturating_duration_since(Instant::now());
        let timeout = self.association.as_ref().and_then(|it| it.timeout());
        let wait = timeout.map_or(left, |timeout| timeout.min(left));
        match tokio::time::timeout(wait, self.socket.recv(&mut self.buffer)).await {
            Ok(length) => {
                let octets = self.buffer.get(..length?).unwrap_or_default();
                match &mut self.association {
                    Some(session) => session.receive(octets),
                    None => return Ok(Some(octets.to_vec())),
                }
            }
            Err(_) => {
                if let Some(session) = &mut self.association
                    && session.timeout().is_some_and(|timeout| timeout.is_zero())
                {
                    session.elapsed();
                }
            }
        }
        Ok(None)
    }

    async fn flush(&mut self) -> io::Result<()> {
        if let Some(session) = &mut self.association {
            while let Some(octets) = session.transmit() {
                self.socket.send(&octets).await?;
            }
        }
        Ok(())
    }
}
