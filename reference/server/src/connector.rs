use std::future::Future;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::pin::Pin;

use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpStream, UdpSocket, lookup_host};

use crate::application::{Datagrams, Opening};

/// A byte stream in both directions.
pub trait Duplex: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Duplex for T {}

/// A connection in the making.
pub type Connecting<'a> = Pin<Box<dyn Future<Output = io::Result<Box<dyn Duplex>>> + Send + 'a>>;

/// How the CSE reaches others, for notifications and retargeted requests.
pub trait Connector: Send + Sync {
    /// Opens a stream to `authority`, a host and a port.
    fn connect<'a>(&'a self, authority: &'a str) -> Connecting<'a>;

    /// Opens a way for datagrams to `authority`; there is none unless an implementation gives one.
    fn datagrams<'a>(&'a self, _authority: &'a str) -> Opening<'a> {
        Box::pin(async { Err(io::ErrorKind::Unsupported.into()) })
    }
}

/// Connects over TCP, and over UDP for datagrams.
#[derive(Clone, Copy, Debug, Default)]
pub struct TcpConnector;

impl Connector for TcpConnector {
    fn connect<'a>(&'a self, authority: &'a str) -> Connecting<'a> {
        Box::pin(async move {
            let stream = TcpStream::connect(authority).await?;
            stream.set_nodelay(true)?;
            Ok(Box::new(stream) as Box<dyn Duplex>)
        })
    }

    fn datagrams<'a>(&'a self, authority: &'a str) -> Opening<'a> {
        Box::pin(async move {
            let mut addresses = lookup_host(authority).await?;
            let address = addresses.next().ok_or(io::ErrorKind::NotFound)?;
            let any: IpAddr = match address.is_ipv4() {
                true => Ipv4Addr::UNSPECIFIED.into(),
                false => Ipv6Addr::UNSPECIFIED.into(),
            };
            let socket = UdpSocket::bind((any, 0)).await?;
            socket.connect(address).await?;
            Ok(Box::new(socket) as Box<dyn Datagrams>)
        })
    }
}
