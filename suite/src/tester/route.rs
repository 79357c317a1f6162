//! How a connection is opened from one of the tester's addresses.

use super::link::LinkError;
use super::network::Network;
use super::sources::missing;
use super::wire::Dial;
use crate::catalogue::behaviour::{Endpoint, Source};
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;
use tokio::net::{TcpSocket, TcpStream, UdpSocket, lookup_host};

/// How many ports are tried, and how long one waits between two.
const PORTS: usize = 20;
const PAUSE: Duration = Duration::from_millis(100);

/// From where to where a connection goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// Host and port of the endpoint.
    pub authority: String,
    /// The address to send from; left to the system where there is nothing to choose.
    from: Option<IpAddr>,
}

/// The route to an endpoint; without one, what is missing in the test bed.
pub fn route(network: &Network, dial: &Dial) -> Result<Route, LinkError> {
    let Dial { endpoint, source } = *dial;
    let address = network.sources.address(source);
    let chosen = network.sources.address(Source::Second).is_some();
    let from = match source {
        // The only address may be one that the IUT sees, and this host does not have.
        Source::First if !chosen => None,
        Source::First => address,
        Source::Second | Source::Ipv6 => {
            let missing = || LinkError::NoWay(missing(source));
            Some(address.ok_or_else(missing)?)
        }
    };
    let authority = match (endpoint, source, &network.ipv6_authority) {
        (Endpoint::Http, Source::Ipv6, Some(authority)) => authority,
        _ => network.authorities.get(&endpoint).ok_or_else(|| {
            let key = endpoint.key();
            LinkError::NoWay(format!("the profile has no endpoints.{key}"))
        })?,
    };
    Ok(Route {
        authority: authority.clone(),
        from,
    })
}

impl Route {
    /// Opens the connection. The outer error is that of the test bed, the inner one that of the IUT.
    pub async fn connect(&self) -> Result<io::Result<TcpStream>, LinkError> {
        for _ in 0..PORTS {
            match self.attempt().await? {
                Err(error) if error.kind() == io::ErrorKind::AddrNotAvailable => {
                    tokio::time::sleep(PAUSE).await;
                }
                connected => return Ok(connected),
            }
        }
        Err(LinkError::NoWay(format!(
            "no port of this host is free for a connection to {}; hint: too many were closed just now",
            self.authority
        )))
    }

    /// One attempt, from a port that the system chooses. It may be one that a connection to the same endpoint left behind.
    async fn attempt(&self) -> Result<io::Result<TcpStream>, LinkError> {
        let Some(from) = self.from else {
            return Ok(TcpStream::connect(&self.authority).await);
        };
        let to = match self.resolve(from).await? {
            Ok(to) => to,
            Err(error) => return Ok(Err(error)),
        };
        // A port that is chosen before the endpoint is known must be one of which nothing is left, and of those a host
        // runs out when several runs close thousands of connections in a minute.
        if leaves_from(from, to).await {
            return Ok(TcpStream::connect(to).await);
        }
        let socket = bound(from).map_err(|error| unusable(from, &error))?;
        Ok(socket.connect(to).await)
    }

    /// Opens a socket for datagrams. The outer error is that of the test bed, the inner one that of the IUT.
    pub async fn datagrams(&self) -> Result<io::Result<UdpSocket>, LinkError> {
        let from = self.from.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED));
        let to = match self.resolve(from).await? {
            Ok(to) => to,
            Err(error) => return Ok(Err(error)),
        };
        let socket = UdpSocket::bind(SocketAddr::new(from, 0)).await;
        let socket = socket.map_err(|error| unusable(from, &error))?;
        Ok(socket.connect(to).await.map(|()| socket))
    }

    /// The address of the endpoint in the family of the tester's.
    async fn resolve(&self, from: IpAddr) -> Result<io::Result<SocketAddr>, LinkError> {
        let found = match lookup_host(&self.authority).await {
            Ok(mut found) => found.find(|to| to.is_ipv4() == from.is_ipv4()),
            Err(error) => return Ok(Err(error)),
        };
        found.map(Ok).ok_or_else(|| {
            LinkError::NoWay(format!(
                "{} has no address of the family of {from}; hint: name one in PIXIT_IPV6_ENDPOINT, or by a host name",
                self.authority
            ))
        })
    }
}

/// Opens a connection within the patience. The outer error is that of the test bed, the inner one that of the IUT.
pub async fn connect(
    route: &Route,
    patience: Duration,
) -> Result<io::Result<TcpStream>, LinkError> {
    let Ok(connected) = tokio::time::timeout(patience, route.connect()).await else {
        let late = io::Error::new(io::ErrorKind::TimedOut, "connecting took too long");
        return Ok(Err(late));
    };
    Ok(connected?.inspect(|stream| {
        // Nagle would delay the second segment of a request with a body, and join what is sent apart on purpose.
        let _ = stream.set_nodelay(true);
    }))
}

fn unusable(from: IpAddr, error: &io::Error) -> LinkError {
    LinkError::NoWay(format!(
        "cannot send from {from}: {error}; hint: tester.sources are addresses of this host"
    ))
}

/// Whether the system sends from that address to there of its own accord. Nothing is sent to find out.
async fn leaves_from(from: IpAddr, to: SocketAddr) -> bool {
    let any: IpAddr = match from {
        IpAddr::V4(_) => Ipv4Addr::UNSPECIFIED.into(),
        IpAddr::V6(_) => Ipv6Addr::UNSPECIFIED.into(),
    };
    let Ok(socket) = UdpSocket::bind((any, 0)).await else {
        return false;
    };
    socket.connect(to).await.is_ok() && socket.local_addr().is_ok_and(|local| local.ip() == from)
}

fn bound(from: IpAddr) -> io::Result<TcpSocket> {
    let socket = match from {
        IpAddr::V4(_) => TcpSocket::new_v4()?,
        IpAddr::V6(_) => TcpSocket::new_v6()?,
    };
    socket.bind(SocketAddr::new(from, 0))?;
    Ok(socket)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tester::coap::Numbers;
    use crate::tester::command::Commands;
    use crate::tester::ordinary::Associations;
    use crate::tester::sources::Sources;
    use crate::tester::stands::Stands;
    use std::collections::{BTreeMap, HashMap};
    use std::time::Instant;
    use tokio::net::TcpListener;
    use tokio::sync::Mutex;

    fn network(authority: &str, sources: &[&str]) -> Network {
        let sources: Vec<String> = sources.iter().map(ToString::to_string).collect();
        Network {
            ordinary: Endpoint::Http,
            prefix: String::new(),
            patience: Duration::from_secs(3),
            pace: Duration::ZERO,
            target: None,
            sources: Sources::read(&sources),
            ipv6_authority: None,
            authorities: HashMap::from([(Endpoint::Http, authority.to_owned())]),
            administrator: String::new(),
            associations: Associations::default(),
            stands: Stands::default(),
            actuator: Box::new(Commands::new(BTreeMap::new(), Duration::ZERO)),
            numbers: Numbers::default(),
            options: Default::default(),
            next: Mutex::new(Instant::now()),
        }
    }

    fn http(source: Source) -> Dial {
        let endpoint = Endpoint::Http;
        Dial { endpoint, source }
    }

    #[tokio::test]
    async fn connection_comes_from_the_chosen_source() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let authority = listener.local_addr().unwrap().to_string();
        let network = network(&authority, &["127.0.0.1", "127.0.0.1"]);
        let route = route(&network, &http(Source::Second)).unwrap();
        let near = route.connect().await.unwrap().unwrap();
        let (_, far) = listener.accept().await.unwrap();
        assert_eq!(near.local_addr().unwrap(), far);
        assert_eq!(far.ip().to_string(), "127.0.0.1");
    }

    #[tokio::test]
    async fn what_the_test_bed_lacks_is_no_matter_of_the_iut() {
        let alone = network("127.0.0.1:9", &["127.0.0.1"]);
        assert!(matches!(
            route(&alone, &http(Source::Second)),
            Err(LinkError::NoWay(_))
        ));
        let foreign = network("127.0.0.1:9", &["127.0.0.1", "192.0.2.1", "2001:db8::1"]);
        for source in [Source::Second, Source::Ipv6] {
            let connected = route(&foreign, &http(source)).unwrap().connect().await;
            assert!(matches!(connected, Err(LinkError::NoWay(_))), "{source:?}");
        }
    }
}
