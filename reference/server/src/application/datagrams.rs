use std::future::Future;
use std::io;
use std::pin::Pin;

use tokio::net::UdpSocket;

/// The longest datagram that is taken.
const LONGEST: usize = 64 * 1024;

/// Datagrams to and from one address.
pub trait Datagrams: Send {
    /// Sends one.
    fn send(
        &mut self,
        datagram: Vec<u8>,
    ) -> Pin<Box<dyn Future<Output = io::Result<()>> + Send + '_>>;

    /// The next one that comes.
    fn receive(&mut self) -> Pin<Box<dyn Future<Output = io::Result<Vec<u8>>> + Send + '_>>;
}

/// A way for datagrams in the making.
pub type Opening<'a> = Pin<Box<dyn Future<Output = io::Result<Box<dyn Datagrams>>> + Send + 'a>>;

impl Datagrams for UdpSocket {
    fn send(
        &mut self,
        datagram: Vec<u8>,
    ) -> Pin<Box<dyn Future<Output = io::Result<()>> + Send + '_>> {
        Box::pin(async move { UdpSocket::send(self, &datagram).await.map(|_| ()) })
    }

    fn receive(&mut self) -> Pin<Box<dyn Future<Output = io::Result<Vec<u8>>> + Send + '_>> {
        Box::pin(async move {
            let mut datagram = vec![0; LONGEST];
            let length = self.recv(&mut datagram).await?;
            datagram.truncate(length);
            Ok(datagram)
        })
    }
}
