use std::collections::VecDeque;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, ReadBuf};

use crate::{AssociationError, Diagnosable, Outcome, State};

/// How much is read at once from the transport, and given at most to the session at once.
const CHUNK: usize = 16_384;

/// An association of TLS over any byte stream, itself a byte stream.
///
/// The end of the transport without close_notify is an error of kind `UnexpectedEof`, since anybody can end a
/// connection (RFC 5246, 7.2.1).
#[derive(Debug)]
pub struct AssociationStream<S, T> {
    session: S,
    transport: T,
    /// Application data that was read of the session and not yet taken.
    arrived: Remaining,
    /// Octets of the session that the transport did not yet take.
    pending: Remaining,
    outgoing: VecDeque<Vec<u8>>,
    /// Whether this end closed first.
    closing: bool,
}

#[derive(Debug, Default)]
struct Remaining {
    octets: Vec<u8>,
    taken: usize,
}

impl Remaining {
    fn new(octets: Vec<u8>) -> Self {
        Self { octets, taken: 0 }
    }

    fn rest(&self) -> &[u8] {
        self.octets.get(self.taken..).unwrap_or_default()
    }

    fn take(&mut self, length: usize) {
        self.taken = self.taken.saturating_add(length);
    }
}

impl<S: Diagnosable, T: AsyncRead + AsyncWrite + Unpin> AssociationStream<S, T> {
    /// An association over a transport, with the handshake to come.
    pub fn new(session: S, transport: T) -> Self {
        Self {
            session,
            transport,
            arrived: Remaining::default(),
            pending: Remaining::default(),
            outgoing: VecDeque::new(),
            closing: false,
        }
    }

    /// Completes the handshake. The error tells what was offered, what came back and what that probably means.
    pub async fn handshake(&mut self) -> Result<(), AssociationError> {
        let mut buffer = vec![0; CHUNK];
        loop {
            let sent = self.send_all().await;
            match self.session.state() {
                State::Handshaking => {}
                State::Established => return sent,
                State::Closed(_) => {
                    return Err(self
                        .session
                        .failure()
                        .unwrap_or_else(|| self.failed(Outcome::ConnectionClosed)));
                }
            }
            // A peer that refused may have closed already; its alert is still to be read.
            match self.transport.read(&mut buffer).await {
                Ok(0) => return Err(self.failed(Outcome::ConnectionClosed)),
                Ok(length) => self
                    .session
                    .receive(buffer.get(..length).unwrap_or_default()),
                Err(error) => return Err(sent.err().unwrap_or_else(|| self.broken(&error))),
            }
        }
    }

    /// The session.
    pub fn session(&self) -> &S {
        &self.session
    }

    /// The transport below.
    pub fn transport(&self) -> &T {
        &self.transport
    }

    async fn send_all(&mut self) -> Result<(), AssociationError> {
        while let Some(octets) = self.session.transmit() {
            if let Err(error) = self.transport.write_all(&octets).await {
                return Err(self.broken(&error));
            }
        }
        match self.transport.flush().await {
            Ok(()) => Ok(()),
            Err(error) => Err(self.broken(&error)),
        }
    }

    fn failed(&self, outcome: Outcome) -> AssociationError {
        AssociationError::Failed(Box::new(self.session.diagnose(outcome)))
    }

    fn broken(&self, error: &io::Error) -> AssociationError {
        self.failed(Outcome::Connection {
            reason: error.to_string(),
        })
    }

    /// Hands what the session wants to send to the transport.
    fn poll_send(&mut self, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        loop {
            while let Some(octets) = self.session.transmit() {
                self.outgoing.push_back(octets);
            }
            if self.pending.rest().is_empty() {
                match self.outgoing.pop_front() {
                    Some(octets) => self.pending = Remaining::new(octets),
                    None => return Poll::Ready(Ok(())),
                }
                continue;
            }
            let pending = self.pending.rest();
            match ready!(Pin::new(&mut self.transport).poll_write(context, pending)) {
                Ok(0) => return Poll::Ready(Err(io::ErrorKind::WriteZero.into())),
                Ok(written) => self.pending.take(written),
                // A peer that closed need not wait for the answer to its close_notify (RFC 5246, 7.2.1).
                Err(_) if !self.closing && self.session.state() == State::Closed(None) => {
                    self.outgoing.clear();
                    self.pending = Remaining::default();
                    return Poll::Ready(Ok(()));
                }
                Err(error) => return Poll::Ready(Err(error)),
            }
        }
    }

    fn failure(&self) -> io::Error {
        match self.session.failure() {
            Some(error) => io::Error::new(io::ErrorKind::ConnectionAborted, error),
            None => io::ErrorKind::BrokenPipe.into(),
        }
    }
}

impl<S: Diagnosable + Unpin, T: AsyncRead + AsyncWrite + Unpin> AsyncRead
    for AssociationStream<S, T>
{
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        loop {
            let rest = this.arrived.rest();
            if !rest.is_empty() {
                let length = rest.len().min(buffer.remaining());
                buffer.put_slice(rest.get(..length).unwrap_or_default());
                this.arrived.take(length);
                return Poll::Ready(Ok(()));
            }
            if let Some(octets) = this.session.read() {
                this.arrived = Remaining::new(octets);
                continue;
            }
            // What the session answers by itself goes out when it can; reading does not wait for it.
            if let Poll::Ready(Err(error)) = this.poll_send(context) {
                return Poll::Ready(Err(error));
            }
            match this.session.state() {
                State::Handshaking | State::Established => {}
                State::Closed(None) => return Poll::Ready(Ok(())),
                State::Closed(Some(_)) => return Poll::Ready(Err(this.failure())),
            }
            let mut chunk = vec![0; CHUNK];
            let mut chunk = ReadBuf::new(&mut chunk);
            ready!(Pin::new(&mut this.transport).poll_read(context, &mut chunk))?;
            if chunk.filled().is_empty() {
                return Poll::Ready(Err(io::ErrorKind::UnexpectedEof.into()));
            }
            this.session.receive(chunk.filled());
        }
    }
}

impl<S: Diagnosable + Unpin, T: AsyncRead + AsyncWrite + Unpin> AsyncWrite
    for AssociationStream<S, T>
{
    fn poll_write(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        octets: &[u8],
    ) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        // Nothing more is protected before the transport took what was.
        ready!(this.poll_send(context))?;
        let part = octets.get(..CHUNK).unwrap_or(octets);
        if this.session.write(part).is_err() {
            return Poll::Ready(Err(this.failure()));
        }
        match this.poll_send(context) {
            Poll::Ready(Err(error)) => Poll::Ready(Err(error)),
            Poll::Ready(Ok(())) | Poll::Pending => Poll::Ready(Ok(part.len())),
        }
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        ready!(this.poll_send(context))?;
        Pin::new(&mut this.transport).poll_flush(context)
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        if this.session.state() == State::Established {
            this.session.close();
            this.closing = true;
        }
        ready!(this.poll_send(context))?;
        Pin::new(&mut this.transport).poll_shutdown(context)
    }
}
