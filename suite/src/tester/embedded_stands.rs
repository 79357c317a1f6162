//! Where the reference in the same process opens associations with the tester.

use super::link::{BoxFuture, LinkError, Octets};
use super::stand::Stand;
use super::stream_wire::StreamWire;
use super::wire::{Arrived, Ending, Wire};
use bytes::Bytes;
use onem2m_server::Datagrams;
use std::collections::HashMap;
use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::io::DuplexStream;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

/// Octets in flight between the two ends of a stream.
const PIPE: usize = 64 * 1024;

/// Where the server finds the MAFs that it is a client of.
pub const MAF: &str = "maf.tester.invalid:443";
/// The same of one that shows a certificate.
pub const MAF_BY_CERTIFICATE: &str = "maf-by-certificate.tester.invalid:443";

/// The stands of a link. Clones are the same.
#[derive(Clone, Default)]
pub struct EmbeddedStands(Arc<Mutex<Open>>);

#[derive(Default)]
struct Open {
    urls: HashMap<Stand, String>,
    /// Who listens at which host and port.
    listeners: HashMap<String, UnboundedSender<Box<dyn Wire>>>,
    arrivals: HashMap<Stand, Arrivals>,
}

/// What came to a stand, for one who looks at a time.
type Arrivals = Arc<tokio::sync::Mutex<UnboundedReceiver<Box<dyn Wire>>>>;

impl EmbeddedStands {
    /// Opens a stand and tells its URL.
    pub fn url(&self, stand: &Stand) -> String {
        let mut open = self.open();
        if let Some(url) = open.urls.get(stand) {
            return url.clone();
        }
        let number = open.urls.len();
        let (authority, url) = match stand {
            Stand::PointOfAccess(entity) => {
                let authority = format!("poa{number}.tester.invalid:443");
                (authority.clone(), format!("https://{authority}/{entity}"))
            }
            Stand::Registrar => of("https", "registrar.tester.invalid:443"),
            Stand::DatagramRegistrar => of("coaps", "registrar.tester.invalid:5684"),
            Stand::BesideRegistrar => of("http", "registrar.tester.invalid:80"),
            Stand::Maf => of("https", MAF),
            Stand::MafByCertificate => of("https", MAF_BY_CERTIFICATE),
        };
        let (sender, arrivals) = unbounded_channel();
        open.urls.insert(stand.clone(), url.clone());
        open.listeners.insert(authority, sender);
        let arrivals = Arc::new(tokio::sync::Mutex::new(arrivals));
        open.arrivals.insert(stand.clone(), arrivals);
        url
    }

    /// The next connection, or none within the patience.
    pub async fn accept(&self, stand: &Stand, patience: Duration) -> Option<Box<dyn Wire>> {
        self.url(stand);
        let arrivals = self.open().arrivals.get(stand)?.clone();
        let mut arrivals = arrivals.lock().await;
        tokio::time::timeout(patience, arrivals.recv())
            .await
            .ok()
            .flatten()
    }

    /// Drops what came and was not looked at.
    pub async fn forget(&self) {
        let arrivals: Vec<_> = self.open().arrivals.values().cloned().collect();
        for arrivals in arrivals {
            let mut arrivals = arrivals.lock().await;
            while arrivals.try_recv().is_ok() {}
        }
    }

    /// A stream to a host and port, if somebody listens there.
    pub fn stream(&self, authority: &str) -> Option<DuplexStream> {
        let (near, far) = tokio::io::duplex(PIPE);
        let listener = self.open().listeners.get(authority)?.clone();
        listener.send(Box::new(StreamWire::new(near))).ok()?;
        Some(far)
    }

    /// A way for datagrams to a host and port, if somebody listens there. It arrives with the first one.
    pub fn datagrams(&self, authority: &str) -> Option<Box<dyn Datagrams>> {
        let listener = self.open().listeners.get(authority)?.clone();
        let (to_tester, from_server) = unbounded_channel();
        let (to_server, from_tester) = unbounded_channel();
        let wire = ChannelWire {
            to_server,
            from_server,
        };
        listener.send(Box::new(wire)).ok()?;
        Some(Box::new(ChannelEnd {
            to_tester,
            from_tester,
        }))
    }

    fn open(&self) -> MutexGuard<'_, Open> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn of(scheme: &str, authority: &str) -> (String, String) {
    (authority.to_owned(), format!("{scheme}://{authority}"))
}

/// The tester's end of a way for datagrams.
struct ChannelWire {
    to_server: UnboundedSender<Vec<u8>>,
    from_server: UnboundedReceiver<Vec<u8>>,
}

impl Wire for ChannelWire {
    fn send(&mut self, octets: Bytes) -> BoxFuture<'_, Result<(), LinkError>> {
        // Whom nobody listens to any more is not heard.
        let _ = self.to_server.send(octets.to_vec());
        Box::pin(async { Ok(()) })
    }

    fn receive(&mut self, patience: Duration) -> BoxFuture<'_, Result<Arrived, LinkError>> {
        Box::pin(async move {
            let received = tokio::time::timeout(patience, self.from_server.recv()).await;
            Ok(match received {
                Ok(Some(datagram)) => Arrived::Octets(Octets(datagram.into())),
                Ok(None) | Err(_) => Arrived::Silence,
            })
        })
    }

    fn end(&mut self, _: Ending) -> BoxFuture<'_, Result<(), LinkError>> {
        Box::pin(async { Ok(()) })
    }
}

/// The server's end.
struct ChannelEnd {
    to_tester: UnboundedSender<Vec<u8>>,
    from_tester: UnboundedReceiver<Vec<u8>>,
}

impl Datagrams for ChannelEnd {
    fn send(
        &mut self,
        datagram: Vec<u8>,
    ) -> Pin<Box<dyn Future<Output = io::Result<()>> + Send + '_>> {
        // As a datagram may be, it is lost where nobody listens.
        let _ = self.to_tester.send(datagram);
        Box::pin(async { Ok(()) })
    }

    fn receive(&mut self) -> Pin<Box<dyn Future<Output = io::Result<Vec<u8>>> + Send + '_>> {
        Box::pin(async move {
            let datagram = self.from_tester.recv().await;
            datagram.ok_or_else(|| io::ErrorKind::ConnectionReset.into())
        })
    }
}
