use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use onem2m_association::{IdentityWatch, Transport};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use crate::cse::Cse;

/// How much is read at once while the identity has not come.
const CHUNK: usize = 16_384;

/// A connection with a client that holds what the client sends until the key is there that it names.
pub(crate) struct Gate<T> {
    connection: T,
    cse: Cse,
    watch: IdentityWatch,
    /// What came and was not read yet.
    held: Bytes,
    fetching: Option<Pin<Box<dyn Future<Output = ()> + Send>>>,
}

impl<T> Gate<T> {
    /// A connection on which nothing has come yet.
    pub(crate) fn new(cse: &Cse, connection: T) -> Self {
        Self {
            connection,
            cse: cse.clone(),
            watch: IdentityWatch::new(Transport::Tls),
            held: Bytes::new(),
            fetching: None,
        }
    }
}

impl<T: AsyncRead + Unpin> AsyncRead for Gate<T> {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        loop {
            if let Some(fetching) = &mut this.fetching {
                ready!(fetching.as_mut().poll(context));
                this.fetching = None;
            }
            if !this.held.is_empty() {
                let length = this.held.len().min(buffer.remaining());
                buffer.put_slice(&this.held.split_to(length));
                return Poll::Ready(Ok(()));
            }
            if this.watch.is_over() {
                return Pin::new(&mut this.connection).poll_read(context, buffer);
            }
            let mut chunk = vec![0; CHUNK];
            let mut chunk = ReadBuf::new(&mut chunk);
            ready!(Pin::new(&mut this.connection).poll_read(context, &mut chunk))?;
            if chunk.filled().is_empty() {
                return Poll::Ready(Ok(()));
            }
            if let Some(identity) = this.watch.push(chunk.filled()) {
                let (cse, waits) = (this.cse.clone(), this.cse.clauses().maf_client.waits);
                this.fetching = Some(Box::pin(async move { waits(&cse, &identity).await }));
            }
            this.held = Bytes::copy_from_slice(chunk.filled());
        }
    }
}

impl<T: AsyncWrite + Unpin> AsyncWrite for Gate<T> {
    fn poll_write(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        octets: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.get_mut().connection).poll_write(context, octets)
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().connection).poll_flush(context)
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().connection).poll_shutdown(context)
    }
}
