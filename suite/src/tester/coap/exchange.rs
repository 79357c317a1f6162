//! An exchange with retransmission.

use super::Carrier;
use super::form::received;
use crate::tester::http::LARGEST_ANSWER;
use crate::tester::link::Received;
use onem2m_primitive::coap::{BlockSize, Exchange, Message, MessageType, Step, rejection};
use std::io;
use std::time::{Duration, Instant};

/// How long the first transmission waits for an acknowledgement: ACK_TIMEOUT (RFC 7252, 4.8).
const ACK_TIMEOUT: Duration = Duration::from_secs(2);
/// MAX_RETRANSMIT (RFC 7252, 4.8).
const MAX_RETRANSMIT: u32 = 4;

/// Sends a request in as many messages as it needs, and takes the whole response. Each message may take as long as the patience;
/// within it, what is not acknowledged is sent again (RFC 7252, 4.2).
pub async fn exchange(mut carrier: Carrier, request: Message, patience: Duration) -> Received {
    let received = match converse(&mut carrier, request, patience).await {
        Ok(received) => received,
        // What the other host says of a port at which nobody is.
        Err(error) if error.kind() == io::ErrorKind::ConnectionRefused => {
            Received::Unreachable(error.to_string())
        }
        Err(error) => Received::Closed(error.to_string()),
    };
    carrier.close().await;
    received
}

async fn converse(
    carrier: &mut Carrier,
    request: Message,
    patience: Duration,
) -> io::Result<Received> {
    let (mut exchange, first) = Exchange::begin(request, BlockSize::Octets1024, LARGEST_ANSWER);
    let mut pending = Pending::new(&first, patience)?;
    carrier.send(&pending.octets).await?;
    let mut answered = None;
    loop {
        let Some(octets) = carrier.receive(pending.wakes()).await? else {
            match pending.again() {
                Again::Wait => {}
                Again::Send => carrier.send(&pending.octets).await?,
                Again::Never => return Ok(Received::Timeout),
            }
            continue;
        };
        let Ok(message) = Message::read(&octets) else {
            reject(carrier, &octets).await?;
            continue;
        };
        let confirmable = (message.kind == MessageType::Confirmable).then_some(message.message_id);
        if confirmable.is_some() && confirmable == answered {
            // The acknowledgement was lost.
            let again = Message::empty(MessageType::Acknowledgement, message.message_id);
            carrier.send(&written(&again)?).await?;
            continue;
        }
        let step = match exchange.take(&message) {
            Ok(step) => step,
            Err(error) => return Ok(Received::Closed(error.to_string())),
        };
        match step {
            Step::Foreign => reject(carrier, &octets).await?,
            Step::Wait => pending.acknowledged = true,
            Step::Send(messages) => {
                answered = confirmable;
                for message in &messages {
                    pending = Pending::new(message, patience)?;
                    carrier.send(&pending.octets).await?;
                }
            }
            Step::Done {
                response,
                acknowledgement,
            } => {
                if let Some(acknowledgement) = acknowledgement {
                    carrier.send(&written(&acknowledgement)?).await?;
                }
                return Ok(received(&response));
            }
        }
    }
}

/// A message that waits for what comes of it.
struct Pending {
    octets: Vec<u8>,
    acknowledged: bool,
    sent: u32,
    next: Instant,
    timeout: Duration,
    deadline: Instant,
}

/// What to do when nothing came.
enum Again {
    Wait,
    Send,
    Never,
}

impl Pending {
    fn new(message: &Message, patience: Duration) -> io::Result<Self> {
        let now = Instant::now();
        let timeout = ACK_TIMEOUT + spread(message.message_id);
        Ok(Self {
            octets: written(message)?,
            acknowledged: false,
            sent: 1,
            next: now + timeout,
            timeout,
            deadline: now + patience,
        })
    }

    /// When there is something to do if nothing comes.
    fn wakes(&self) -> Instant {
        match self.acknowledged || self.sent > MAX_RETRANSMIT {
            true => self.deadline,
            false => self.next.min(self.deadline),
        }
    }

    fn again(&mut self) -> Again {
        let now = Instant::now();
        if now >= self.deadline {
            return Again::Never;
        }
        if self.acknowledged || self.sent > MAX_RETRANSMIT || now < self.next {
            return Again::Wait;
        }
        self.sent += 1;
        self.timeout *= 2;
        self.next = now + self.timeout;
        Again::Send
    }
}

/// Up to half of ACK_TIMEOUT, so that testers that began together drift apart: ACK_RANDOM_FACTOR (RFC 7252, 4.8).
fn spread(message_id: u16) -> Duration {
    ACK_TIMEOUT / 2 * u32::from(message_id % 1000) / 1000
}

/// Who sends a message that cannot be placed is told so (RFC 7252, 4.2).
async fn reject(carrier: &mut Carrier, octets: &[u8]) -> io::Result<()> {
    match rejection(octets) {
        Some(reset) => carrier.send(&written(&reset)?).await,
        None => Ok(()),
    }
}

fn written(message: &Message) -> io::Result<Vec<u8>> {
    message.write().map_err(io::Error::other)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tester::coap::Numbers;
    use onem2m_primitive::coap::{Code, OptionNumber};
    use tokio::net::UdpSocket;

    const PATIENCE: Duration = Duration::from_secs(20);

    /// A request to a server, and what comes of it.
    async fn asked(server: &UdpSocket) -> tokio::task::JoinHandle<Received> {
        let socket = UdpSocket::bind("127.0.0.1:0").await.unwrap();
        socket.connect(server.local_addr().unwrap()).await.unwrap();
        let mut request = Message::new(MessageType::Confirmable, Code::GET);
        Numbers::default().give(&mut request);
        tokio::spawn(exchange(Carrier::plain(socket), request, PATIENCE))
    }

    async fn next(server: &UdpSocket) -> (Message, std::net::SocketAddr) {
        let mut octets = [0; 2048];
        let (length, client) = server.recv_from(&mut octets).await.unwrap();
        (Message::read(&octets[..length]).unwrap(), client)
    }

    async fn send(server: &UdpSocket, message: &Message, client: std::net::SocketAddr) {
        let octets = message.write().unwrap();
        server.send_to(&octets, client).await.unwrap();
    }

    fn content() -> Message {
        let mut content = Message::response(Code::CONTENT);
        content.options.add_uint(OptionNumber::RSC, 2000);
        content
    }

    #[track_caller]
    fn assert_content(received: &Received) {
        assert_eq!(
            received.status_code().as_deref(),
            Some("2000"),
            "{received:?}"
        );
    }

    #[tokio::test]
    async fn request_that_is_lost_is_sent_again_as_it_was() {
        let server = UdpSocket::bind("127.0.0.1:0").await.unwrap();
        let asked = asked(&server).await;
        let (lost, _) = next(&server).await;
        let (again, client) = next(&server).await;
        assert_eq!(lost, again);
        send(&server, &content().piggybacked(&again), client).await;
        assert_content(&asked.await.unwrap());
    }

    #[tokio::test]
    async fn separate_response_is_awaited_and_acknowledged() {
        let server = UdpSocket::bind("127.0.0.1:0").await.unwrap();
        let asked = asked(&server).await;
        let (request, client) = next(&server).await;
        let acknowledgement = Message::empty(MessageType::Acknowledgement, request.message_id);
        send(&server, &acknowledgement, client).await;
        send(&server, &content().separate(&request, 77), client).await;
        let (acknowledged, _) = next(&server).await;
        assert_eq!(
            acknowledged,
            Message::empty(MessageType::Acknowledgement, 77)
        );
        assert_content(&asked.await.unwrap());
    }

    #[tokio::test]
    async fn response_to_another_token_is_rejected() {
        let server = UdpSocket::bind("127.0.0.1:0").await.unwrap();
        let asked = asked(&server).await;
        let (request, client) = next(&server).await;
        let other = Message {
            token: [9; 8].into(),
            ..content().separate(&request, 78)
        };
        send(&server, &other, client).await;
        let (rejected, _) = next(&server).await;
        assert_eq!(rejected.kind, MessageType::Reset);
        send(&server, &content().piggybacked(&request), client).await;
        assert_content(&asked.await.unwrap());
    }

    #[tokio::test]
    async fn port_without_a_server_is_not_reached() {
        let server = UdpSocket::bind("127.0.0.1:0").await.unwrap();
        let asked = asked(&server).await;
        drop(server);
        assert!(matches!(asked.await.unwrap(), Received::Unreachable(_)));
    }
}
