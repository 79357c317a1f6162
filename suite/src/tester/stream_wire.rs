//! Octets over a stream.

use super::link::{BoxFuture, LinkError, Octets};
use super::wire::{Arrived, Ending, Wire};
use bytes::{Bytes, BytesMut};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpStream;

/// Octets that are taken at a time.
const PIECE: usize = 16 * 1024;

/// How long an IUT may take to read what is sent. What it does not read it cannot answer: its silence is seen afterwards.
const SENDING: Duration = Duration::from_secs(10);

/// A stream that can end abruptly.
pub trait Stream: AsyncRead + AsyncWrite + Send + Unpin {
    /// Makes the end that follows an abrupt one.
    fn break_off(&self) {}
}

impl Stream for TcpStream {
    fn break_off(&self) {
        // A socket that cannot do so is closed in order.
        let _ = self.set_zero_linger();
    }
}

impl Stream for tokio::io::DuplexStream {}

/// A wire over a stream.
pub struct StreamWire<S> {
    stream: Option<S>,
    /// The IUT reads no more; a piece was cut short, so that nothing can be sent behind it.
    is_stuck: bool,
}

impl<S: Stream> StreamWire<S> {
    /// Over a stream that is open.
    pub fn new(stream: S) -> Self {
        Self {
            stream: Some(stream),
            is_stuck: false,
        }
    }
}

impl<S: Stream> Wire for StreamWire<S> {
    fn send(&mut self, octets: Bytes) -> BoxFuture<'_, Result<(), LinkError>> {
        Box::pin(async move {
            let Some(stream) = self.stream.as_mut().filter(|_| !self.is_stuck) else {
                return Ok(());
            };
            let sending = async {
                // A stream that takes no more tells why when it is read.
                let _ = stream.write_all(&octets).await;
                let _ = stream.flush().await;
            };
            self.is_stuck = tokio::time::timeout(SENDING, sending).await.is_err();
            Ok(())
        })
    }

    fn receive(&mut self, patience: Duration) -> BoxFuture<'_, Result<Arrived, LinkError>> {
        Box::pin(async move {
            let Some(stream) = &mut self.stream else {
                return Ok(Arrived::Closed);
            };
            let mut piece = BytesMut::with_capacity(PIECE);
            let read = tokio::time::timeout(patience, stream.read_buf(&mut piece)).await;
            Ok(match read {
                Err(_) => Arrived::Silence,
                Ok(Ok(0)) => Arrived::Closed,
                Ok(Ok(_)) => Arrived::Octets(Octets(piece.freeze())),
                Ok(Err(error)) => Arrived::Reset(error.kind().to_string()),
            })
        })
    }

    fn end(&mut self, ending: Ending) -> BoxFuture<'_, Result<(), LinkError>> {
        Box::pin(async move {
            match ending {
                Ending::Close => {
                    if let Some(stream) = &mut self.stream {
                        let _ = stream.shutdown().await;
                    }
                }
                Ending::Reset => {
                    if let Some(stream) = self.stream.take() {
                        stream.break_off();
                    }
                }
            }
            Ok(())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::net::TcpListener;

    const PATIENCE: Duration = Duration::from_secs(10);

    async fn pair() -> (StreamWire<TcpStream>, TcpStream) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let near = TcpStream::connect(listener.local_addr().unwrap());
        let (near, far) = tokio::join!(near, listener.accept());
        (StreamWire::new(near.unwrap()), far.unwrap().0)
    }

    #[tokio::test]
    async fn octets_go_both_ways_until_the_end() {
        let (mut near, mut far) = pair().await;
        near.send(Bytes::from_static(b"to")).await.unwrap();
        let mut came = [0; 2];
        far.read_exact(&mut came).await.unwrap();
        assert_eq!(&came, b"to");
        far.write_all(b"fro").await.unwrap();
        let arrived = near.receive(PATIENCE).await.unwrap();
        assert_eq!(arrived, Arrived::Octets(Octets(Bytes::from_static(b"fro"))));
        drop(far);
        assert_eq!(near.receive(PATIENCE).await.unwrap(), Arrived::Closed);
    }

    #[tokio::test]
    async fn nothing_within_the_patience_is_silence() {
        let (mut near, _far) = pair().await;
        let arrived = near.receive(Duration::from_millis(1)).await.unwrap();
        assert_eq!(arrived, Arrived::Silence);
    }

    #[tokio::test(start_paused = true)]
    async fn peer_that_reads_nothing_is_given_up() {
        let (mut near, _far) = pair().await;
        // More than the buffers of both ends hold.
        let flood = Bytes::from(vec![0; 64 << 20]);
        near.send(flood.clone()).await.unwrap();
        assert!(near.is_stuck);
        near.send(flood).await.unwrap();
        let arrived = near.receive(PATIENCE).await.unwrap();
        assert_eq!(arrived, Arrived::Silence);
    }

    #[tokio::test]
    async fn orderly_and_abrupt_ends_look_different_from_afar() {
        let (mut near, mut far) = pair().await;
        near.end(Ending::Close).await.unwrap();
        assert_eq!(far.read(&mut [0; 1]).await.unwrap(), 0);
        let (mut near, mut far) = pair().await;
        near.end(Ending::Reset).await.unwrap();
        assert!(far.read(&mut [0; 1]).await.is_err());
    }
}
