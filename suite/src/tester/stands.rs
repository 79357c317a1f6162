//! Where a live IUT opens associations with the tester.

use super::datagram_stand::DatagramStand;
use super::link::LinkError;
use super::stand::Stand;
use super::stream_wire::StreamWire;
use super::wire::Wire;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream, UdpSocket};
use tokio::sync::{Mutex, mpsc};

/// Connections that wait to be looked at; what comes beyond is closed.
const LONGEST_QUEUE: usize = 16;

/// The stands of a run, which open when they are first asked for.
#[derive(Default)]
pub struct Stands {
    /// The address at which points of access are opened.
    pub host: String,
    /// By which name the IUT finds them.
    pub name: String,
    /// The address of the registrar of an AE under test.
    pub registrar: Option<String>,
    /// Where that AE would find it in the clear.
    pub beside: Vec<String>,
    /// Where the IUT finds MAFs that it is a client of, by their stands.
    pub mafs: HashMap<Stand, String>,
    open: Mutex<HashMap<Stand, Arc<Place>>>,
}

/// A stand that is open.
struct Place {
    url: String,
    arrivals: Arrivals,
}

enum Arrivals {
    Streams(Mutex<mpsc::Receiver<TcpStream>>),
    Datagrams(DatagramStand),
}

impl Stands {
    /// Those of a tester at an address, which the IUT finds by a name.
    pub fn new(host: String, name: String, registrar: Option<String>, beside: Vec<String>) -> Self {
        Self {
            host,
            name,
            registrar,
            beside,
            mafs: HashMap::new(),
            open: Mutex::default(),
        }
    }

    /// Opens a stand for TLS at a listener that is there already.
    pub async fn hold(&self, stand: Stand, listener: TcpListener) -> Result<(), LinkError> {
        let address = listener.local_addr().map_err(unusable)?;
        let place = Place::of(format!("https://{address}"), vec![listener]);
        self.open.lock().await.insert(stand, Arc::new(place));
        Ok(())
    }

    /// Opens a stand and tells its URL.
    pub async fn url(&self, stand: &Stand) -> Result<String, LinkError> {
        Ok(self.place(stand).await?.url.clone())
    }

    /// The next connection, or none within the patience.
    pub async fn accept(
        &self,
        stand: &Stand,
        patience: Duration,
    ) -> Result<Option<Box<dyn Wire>>, LinkError> {
        let place = self.place(stand).await?;
        Ok(match &place.arrivals {
            Arrivals::Streams(arrivals) => {
                let mut arrivals = arrivals.lock().await;
                let arrived = tokio::time::timeout(patience, arrivals.recv()).await;
                let stream = arrived.ok().flatten();
                stream.map(|stream| Box::new(StreamWire::new(stream)) as Box<dyn Wire>)
            }
            Arrivals::Datagrams(stand) => stand.accept(patience).await,
        })
    }

    /// Drops what came to registrars and was not looked at: it belongs to what is over.
    pub async fn forget(&self) {
        let open = self.open.lock().await;
        let registrars = open.iter().filter(|(stand, _)| stand.is_registrar());
        for (_, place) in registrars {
            match &place.arrivals {
                Arrivals::Streams(arrivals) => {
                    let mut arrivals = arrivals.lock().await;
                    while arrivals.try_recv().is_ok() {}
                }
                Arrivals::Datagrams(stand) => stand.forget().await,
            }
        }
    }

    async fn place(&self, stand: &Stand) -> Result<Arc<Place>, LinkError> {
        let mut open = self.open.lock().await;
        if let Some(place) = open.get(stand) {
            return Ok(place.clone());
        }
        let place = Arc::new(self.opened(stand).await?);
        open.insert(stand.clone(), place.clone());
        Ok(place)
    }

    async fn opened(&self, stand: &Stand) -> Result<Place, LinkError> {
        let registrar = || {
            let missing =
                "tester.registrar is not stated: where the AE under test finds its registrar";
            self.registrar
                .clone()
                .ok_or_else(|| LinkError::NoTarget(missing.into()))
        };
        match stand {
            Stand::PointOfAccess(entity) => {
                let listener = listen(&format!("{}:0", self.host)).await?;
                let port = listener.local_addr().map_err(unusable)?.port();
                let url = format!("https://{}:{port}/{entity}", self.name);
                Ok(Place::of(url, vec![listener]))
            }
            Stand::Registrar => {
                let listener = listen(&registrar()?).await?;
                let address = listener.local_addr().map_err(unusable)?;
                Ok(Place::of(format!("https://{address}"), vec![listener]))
            }
            Stand::DatagramRegistrar => {
                let socket = UdpSocket::bind(registrar()?).await.map_err(unusable)?;
                let address = socket.local_addr().map_err(unusable)?;
                Ok(Place {
                    url: format!("coaps://{address}"),
                    arrivals: Arrivals::Datagrams(DatagramStand::new(socket)),
                })
            }
            Stand::Maf | Stand::MafByCertificate => {
                let address = self.mafs.get(stand).ok_or_else(|| {
                    let missing = format!("served_maf does not say where the {stand} is");
                    LinkError::NoTarget(missing)
                })?;
                let listener = listen(address).await?;
                Ok(Place::of(format!("https://{address}"), vec![listener]))
            }
            Stand::BesideRegistrar => {
                let mut listeners = Vec::new();
                for address in &self.beside {
                    listeners.push(listen(address).await?);
                }
                Ok(Place::of("http://".to_owned() + &self.host, listeners))
            }
        }
    }
}

impl Place {
    fn of(url: String, listeners: Vec<TcpListener>) -> Self {
        let (sender, arrivals) = mpsc::channel(LONGEST_QUEUE);
        for listener in listeners {
            let sender = sender.clone();
            tokio::spawn(async move {
                while let Ok((stream, _)) = listener.accept().await {
                    // What answers at once is not held back.
                    let _ = stream.set_nodelay(true);
                    let _ = sender.try_send(stream);
                }
            });
        }
        Self {
            url,
            arrivals: Arrivals::Streams(Mutex::new(arrivals)),
        }
    }
}

async fn listen(address: &str) -> Result<TcpListener, LinkError> {
    TcpListener::bind(address)
        .await
        .map_err(|error| LinkError::NoTarget(format!("nobody can listen at {address}: {error}")))
}

fn unusable(error: std::io::Error) -> LinkError {
    LinkError::NoTarget(error.to_string())
}
