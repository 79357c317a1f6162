use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use openssl::error::ErrorStack;
use openssl::ssl::{Error, ErrorCode, ShutdownState, Ssl, SslRef, SslStream};
use zeroize::Zeroizing;

use crate::connection::Connection;
use crate::error::library;
use crate::ffi::{self, Listening};
use crate::pipe::Pipe;
use crate::{AssociationError, Clauses, Closure, ConfigurationError, State, Transport};

/// The most application data in one record (RFC 5246, 6.2.1).
const RECORD_LIMIT: usize = 16_384;

/// An association of OpenSSL over pipes: what client and server have in common.
pub(crate) struct Channel {
    stream: SslStream<Pipe>,
    transport: Transport,
    /// Whether the address of the client is to be verified first.
    listening: bool,
    state: State,
    arrived: VecDeque<Vec<u8>>,
    connection: Arc<Connection>,
}

impl Channel {
    pub(crate) fn new(
        mut ssl: Ssl,
        transport: Transport,
        listening: bool,
        mtu: u32,
        connection: Arc<Connection>,
    ) -> Result<Self, ConfigurationError> {
        connection
            .attach(&mut ssl)
            .map_err(library("SSL_set_ex_data"))?;
        if transport == Transport::Dtls {
            ssl.set_mtu(mtu).map_err(library("SSL_set_mtu"))?;
            ffi::set_timer(&mut ssl);
        }
        let stream = SslStream::new(ssl, Pipe::new(transport)).map_err(library("SSL_set_bio"))?;
        Ok(Self {
            stream,
            transport,
            listening,
            state: State::Handshaking,
            arrived: VecDeque::new(),
            connection,
        })
    }

    pub(crate) fn ssl(&self) -> &SslRef {
        self.stream.ssl()
    }

    pub(crate) fn connection(&self) -> &Connection {
        &self.connection
    }

    pub(crate) fn state(&self) -> &State {
        &self.state
    }

    /// Whether the client was shown to receive at its address, where that is asked for.
    pub(crate) fn is_verified(&self) -> bool {
        !self.listening
    }

    /// What arrives after the end is not looked at.
    pub(crate) fn receive(&mut self, octets: &[u8]) {
        if matches!(self.state, State::Closed(_)) {
            return;
        }
        self.stream.get_mut().arrive(octets);
        self.advance();
    }

    pub(crate) fn transmit(&mut self) -> Option<Vec<u8>> {
        self.stream.get_mut().send()
    }

    pub(crate) fn read(&mut self) -> Option<Vec<u8>> {
        self.arrived.pop_front()
    }

    pub(crate) fn write(&mut self, octets: &[u8]) -> Result<(), AssociationError> {
        self.demand_established()?;
        if self.transport == Transport::Dtls && octets.len() > RECORD_LIMIT {
            return Err(AssociationError::TooLong {
                limit: RECORD_LIMIT,
                got: octets.len(),
            });
        }
        let mut rest = octets;
        while !rest.is_empty() {
            forget_errors();
            let written =
                self.stream
                    .ssl_write(rest)
                    .map_err(|error| AssociationError::Library {
                        call: "SSL_write",
                        reason: reasons(&error),
                    })?;
            rest = rest.get(written..).unwrap_or_default();
        }
        Ok(())
    }

    pub(crate) fn export(
        &self,
        clauses: &Clauses,
        label: &str,
        length: usize,
    ) -> Result<Zeroizing<Vec<u8>>, AssociationError> {
        if !(clauses.exportable)(&self.state) {
            self.demand_established()?;
        }
        let mut octets = Zeroizing::new(vec![0; length]);
        self.ssl()
            .export_keying_material(&mut octets, label, (clauses.exporter_context)())
            .map_err(|error| AssociationError::Library {
                call: "SSL_export_keying_material",
                reason: error.to_string(),
            })?;
        Ok(octets)
    }

    pub(crate) fn close(&mut self) {
        if self.state == State::Established {
            forget_errors();
            // What it returns tells whether the peer closed too, which nobody waits for.
            let _ = self.stream.shutdown();
        }
        if !matches!(self.state, State::Closed(_)) {
            self.state = State::Closed(None);
        }
    }

    pub(crate) fn timeout(&self) -> Option<Duration> {
        match (self.transport, &self.state) {
            (Transport::Dtls, State::Handshaking | State::Established) => ffi::timeout(self.ssl()),
            _ => None,
        }
    }

    pub(crate) fn elapsed(&mut self) {
        if self.timeout().is_none() {
            return;
        }
        forget_errors();
        if ffi::handle_timeout(&mut self.stream) {
            self.advance();
        } else {
            self.state = State::Closed(Some(Closure::Silent {
                reason: "no answer to any retransmission".to_owned(),
            }));
        }
    }

    /// Goes on as far as what arrived allows.
    pub(crate) fn advance(&mut self) {
        if self.listening && !self.verify_address() {
            return;
        }
        if self.state == State::Handshaking {
            forget_errors();
            match self.stream.do_handshake() {
                Ok(()) => self.state = State::Established,
                Err(error) => self.ended(&error),
            }
        }
        if self.state == State::Established {
            self.read_all();
        }
    }

    fn read_all(&mut self) {
        let mut buffer = vec![0; RECORD_LIMIT];
        while self.state == State::Established {
            forget_errors();
            match self.stream.ssl_read(&mut buffer) {
                Ok(length) => {
                    let octets = buffer.get(..length).unwrap_or_default();
                    self.arrived.push_back(octets.to_vec());
                }
                Err(error) if error.code() == ErrorCode::WANT_READ => break,
                Err(error) => self.ended(&error),
            }
        }
    }

    fn verify_address(&mut self) -> bool {
        while self.stream.get_ref().has_arrived() {
            forget_errors();
            match ffi::listen(&mut self.stream) {
                Listening::Verified => {
                    self.listening = false;
                    return true;
                }
                Listening::Waiting => {}
                Listening::Failed => {
                    self.state = State::Closed(Some(Closure::Silent {
                        reason: "cookie exchange failed".to_owned(),
                    }));
                    return false;
                }
            }
        }
        false
    }

    fn ended(&mut self, error: &Error) {
        if error.code() == ErrorCode::WANT_READ {
            return;
        }
        let closure = if error.code() == ErrorCode::ZERO_RETURN {
            // close_notify is answered with one (RFC 5246, 7.2.1).
            self.close();
            None
        } else if let Some(alert) = self.connection.received() {
            Some(Closure::ByPeer(alert))
        } else if let Some(alert) = self.connection.sent() {
            let reason = self
                .connection
                .defect()
                .map_or_else(|| reasons(error), |defect| defect.to_string());
            Some(Closure::ByUs { alert, reason })
        } else {
            Some(Closure::Silent {
                reason: reasons(error),
            })
        };
        self.state = State::Closed(closure);
    }

    fn demand_established(&self) -> Result<(), AssociationError> {
        let state = match self.state {
            State::Established => return Ok(()),
            State::Handshaking => "is still handshaking",
            State::Closed(_) => "is closed",
        };
        Err(AssociationError::NotEstablished { state })
    }
}

impl Drop for Channel {
    /// OpenSSL forbids to resume what was not closed; versions since 1.1 do not (RFC 5246, 7.2.1).
    fn drop(&mut self) {
        if !matches!(self.state, State::Closed(Some(_))) {
            self.stream
                .set_shutdown(ShutdownState::SENT | ShutdownState::RECEIVED);
        }
    }
}

/// Empties the queue of errors of this thread. What another association left there would be taken for the outcome of the next
/// call (SSL_get_error(3)): a datagram of anybody would end an association that waits for more.
fn forget_errors() {
    drop(ErrorStack::get());
}

/// What OpenSSL gives as reasons, without places in its source.
fn reasons(error: &Error) -> String {
    let reasons: Vec<_> = error
        .ssl_error()
        .into_iter()
        .flat_map(|stack| stack.errors())
        .filter_map(|error| error.reason())
        .collect();
    if reasons.is_empty() {
        "no reason given".to_owned()
    } else {
        reasons.join(", ")
    }
}
