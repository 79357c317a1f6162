//! What protects a connection at all: the version, or nothing (TS-0003 V3.18.0, 10.2.1).

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use onem2m_association::messages::{CipherSuite, ContentType};
use onem2m_association::{Framework, Server, Suite, Transport, Version};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, ReadBuf};

use super::Fault;
use super::association_suites::and;
use crate::associations::{self, Serving};
use crate::connector::Duplex;
use crate::cse::Cse;
use crate::peer::Peer;

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "Tls10Accepted",
        requirement: "TS-0003/10.2.1/1",
        summary: "TLS 1.0 is agreed with a client that has nothing later",
        apply: |clauses| {
            clauses.association.minimum_version = |transport| since(transport, Version::Tls10);
            clauses.association.server_suites =
                |transport, domain, frameworks| and(&OLD, transport, domain, frameworks);
        },
    },
    Fault {
        name: "Tls11Accepted",
        requirement: "TS-0003/10.2.1/1",
        summary: "TLS 1.1 is agreed with a client that has nothing later",
        apply: |clauses| {
            clauses.association.minimum_version = |transport| since(transport, Version::Tls11);
            clauses.association.server_suites =
                |transport, domain, frameworks| and(&OLD, transport, domain, frameworks);
        },
    },
    Fault {
        name: "Tls13Agreed",
        requirement: "TS-0003/10.2.1/1",
        summary: "TLS 1.3 is agreed with a client that has it",
        apply: |clauses| clauses.association.maximum_version = |_| Version::Tls13,
    },
    Fault {
        name: "Dtls10Accepted",
        requirement: "TS-0003/10.2.1/2",
        summary: "DTLS 1.0 is agreed with a client that has nothing later",
        apply: |clauses| {
            clauses.association.minimum_version = |transport| match transport {
                Transport::Tls => Version::Tls12,
                Transport::Dtls => Version::Tls11,
            };
            clauses.association.server_suites =
                |transport, domain, frameworks| and(&OLD, transport, domain, frameworks);
        },
    },
    Fault {
        name: "ClearAnsweredWhereTlsIsExpected",
        requirement: "TS-0003/10.2.1/1",
        summary: "a connection that does not begin with a handshake is served in the clear",
        apply: |clauses| clauses.accept = or_in_the_clear,
    },
];

/// Suites that versions before TLS 1.2 have.
pub(super) const OLD: [Suite; 2] = [
    Suite {
        code: CipherSuite::TLS_PSK_WITH_AES_128_CBC_SHA,
        openssl: "PSK-AES128-CBC-SHA",
        framework: Framework::Psk,
    },
    Suite {
        code: CipherSuite::TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA,
        openssl: "ECDHE-ECDSA-AES128-SHA",
        framework: Framework::Certificate,
    },
];

fn since(transport: Transport, version: Version) -> Version {
    match transport {
        Transport::Tls => version,
        Transport::Dtls => Version::Tls12,
    }
}

fn or_in_the_clear(
    cse: Cse,
    server: Arc<Server>,
    mut connection: Box<dyn Duplex>,
    client: SocketAddr,
) -> Serving {
    Box::pin(async move {
        let mut first = [0];
        if connection.read_exact(&mut first).await.is_err() {
            return;
        }
        let [octet] = first;
        let whole = Box::new(Begun {
            first: Some(octet),
            rest: connection,
        });
        if octet == ContentType::HANDSHAKE.0 {
            associations::accept(cse, server, whole, client).await;
        } else {
            cse.serve_connection(whole, Peer::plain(client)).await;
        }
    })
}

/// A connection whose first octet was read to see what it is.
struct Begun {
    first: Option<u8>,
    rest: Box<dyn Duplex>,
}

impl AsyncRead for Begun {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        match self.first.take() {
            Some(first) => {
                buffer.put_slice(&[first]);
                Poll::Ready(Ok(()))
            }
            None => Pin::new(&mut self.rest).poll_read(context, buffer),
        }
    }
}

impl AsyncWrite for Begun {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        octets: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.rest).poll_write(context, octets)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.rest).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.rest).poll_shutdown(context)
    }
}
