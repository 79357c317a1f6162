//! The CSE over CoAP: datagrams written by hand, exchanges over a loopback socket, and blocks in both directions.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use onem2m_identity::Entity;
use onem2m_primitive::coap::{
    Block, BlockSize, Code, Exchange, Message, MessageType, OptionNumber, Step, Token,
    decode_response, encode_request,
};
use onem2m_primitive::{FilterCriteria, Request, Response, ResponseStatusCode};
use onem2m_server::coap::{CoapEndpoint, Outgoing, Step as Todo};
use onem2m_server::{Clauses, Configuration, Cse, Peer, SystemClock};
use serde_json::json;
use tokio::net::UdpSocket;
use tokio::sync::mpsc;
use tokio::time::Instant;

use crate::bench::{
    ADMIN, BAD_REQUEST, Bench, CREATED, DELETED, DENIED, Inbox, OK, SOURCE, UPDATED, application,
    container, instance, representation,
};

const START: Duration = Duration::ZERO;
const LIMIT: usize = 1024 * 1024;

fn peer() -> Peer {
    Peer::plain(SOURCE.parse().unwrap())
}

fn retrieve(to: &str) -> Request {
    Request::retrieve(to).from(ADMIN)
}

/// The request as a confirmable message.
fn message(request: Request, message_id: u16) -> Message {
    let request = request.identified("rqi1").release("3");
    Message {
        message_id,
        token: Token::from([7; 8]),
        ..encode_request(&request).unwrap()
    }
}

async fn answer(endpoint: &CoapEndpoint, message: &Message) -> Option<Message> {
    let octets = message.write().unwrap();
    let answer = endpoint.answer(&octets, &peer(), START).await?;
    Some(Message::read(&answer).unwrap())
}

/// Who sends requests, each with new Message IDs and without losses.
struct Client {
    endpoint: CoapEndpoint,
    next_id: u16,
}

impl Client {
    fn of(bench: &Bench) -> Self {
        Self {
            endpoint: CoapEndpoint::new(bench.cse.clone()),
            next_id: 100,
        }
    }

    async fn exchange(&mut self, request: Request, size: BlockSize) -> Message {
        let (mut exchange, mut next) = Exchange::begin(message(request, self.next_id), size, LIMIT);
        loop {
            self.next_id = next.message_id + 1;
            let answer = answer(&self.endpoint, &next).await.unwrap();
            match exchange.take(&answer).unwrap() {
                Step::Send(mut messages) => next = messages.remove(0),
                Step::Done { response, .. } => return response,
                step => panic!("expected a response or what to send, got {step:?}"),
            }
        }
    }

    async fn send(&mut self, request: Request) -> Response {
        decode_response(&self.exchange(request, BlockSize::Octets1024).await).unwrap()
    }
}

fn octets(hexadecimal: &str) -> Vec<u8> {
    (0..hexadecimal.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&hexadecimal[at..at + 2], 16).unwrap())
        .collect()
}

#[tokio::test]
async fn every_operation_is_carried_out() {
    let bench = Bench::new();
    let mut client = Client::of(&bench);
    let created = client
        .exchange(
            Request::create("cse-in", 3, json!({ "m2m:cnt": { "rn": "c" } })).from(ADMIN),
            BlockSize::Octets1024,
        )
        .await;
    assert_eq!(created.code, Code::CREATED);
    assert_eq!(decode_response(&created).unwrap().status, CREATED);
    let update = Request::update("cse-in/c", json!({ "m2m:cnt": { "lbl": ["x"] } }));
    assert_eq!(client.send(update.from(ADMIN)).await.status, UPDATED);
    let retrieved = client.send(Request::retrieve("cse-in/c").from(ADMIN)).await;
    assert_eq!(representation(&retrieved)["lbl"], json!(["x"]));
    let over_http = bench.send(Request::retrieve("cse-in/c").from(ADMIN)).await;
    assert_eq!(retrieved, over_http);
    let discovery = Request::retrieve("cse-in")
        .from(ADMIN)
        .filtered(FilterCriteria {
            filter_usage: Some(1),
            labels: vec!["x".into()],
            ..FilterCriteria::default()
        });
    let discovered = client.send(discovery).await;
    assert_eq!(
        discovered.content.unwrap()["m2m:uril"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    let delete = Request::delete("cse-in/c").from(ADMIN);
    assert_eq!(client.send(delete).await.status, DELETED);
}

#[tokio::test]
async fn denial_is_4_03_with_its_code_and_the_identifier_of_its_request() {
    let bench = Bench::with_two().await;
    let mut client = Client::of(&bench);
    let request = Request::retrieve("CtpA1").from("CtpA2");
    let denied = client.exchange(request, BlockSize::Octets1024).await;
    assert_eq!(denied.code, Code::FORBIDDEN);
    let response = decode_response(&denied).unwrap();
    assert_eq!(response.status, DENIED);
    assert_eq!(response.request_identifier.as_deref(), Some("rqi1"));
}

#[tokio::test]
async fn security_association_judges_the_originator() {
    let bench = Bench::with_two().await;
    let entity = Entity::parse("CtpA1", bench.cse.home()).unwrap();
    let endpoint = CoapEndpoint::new(bench.cse);
    let within = peer().associated(entity);
    for (message_id, from, expected) in [
        (1, "CtpA1", OK),
        (2, "CtpA2", ResponseStatusCode::ORIGINATOR_NOT_AUTHENTICATED),
    ] {
        let request = message(Request::retrieve(from).from(from), message_id);
        let datagram = request.write().unwrap();
        let answer = endpoint.answer(&datagram, &within, START).await.unwrap();
        let response = decode_response(&Message::read(&answer).unwrap()).unwrap();
        assert_eq!(response.status, expected, "{from}");
    }
}

#[tokio::test]
async fn message_of_another_association_is_no_duplicate() {
    let bench = Bench::with_two().await;
    let entity = Entity::parse("CtpA1", bench.cse.home()).unwrap();
    let endpoint = CoapEndpoint::new(bench.cse);
    let datagram = message(Request::retrieve("CtpA2").from("CtpA2"), 1)
        .write()
        .unwrap();
    let outside = endpoint.answer(&datagram, &peer(), START).await;
    let within = peer().associated(entity);
    let inside = endpoint.answer(&datagram, &within, START).await;
    assert_ne!(outside, inside);
}

#[tokio::test]
async fn large_content_goes_in_blocks_in_both_directions() {
    let bench = Bench::new();
    let mut client = Client::of(&bench);
    assert_eq!(
        client
            .send(Request::create("cse-in", 3, json!({ "m2m:cnt": { "rn": "c" } })).from(ADMIN))
            .await
            .status,
        CREATED
    );
    let content: String = (0..40_000u32)
        .map(|at| char::from(b'a' + u8::try_from(at % 23).unwrap()))
        .collect();
    for size in [BlockSize::Octets64, BlockSize::Octets1024] {
        let create = Request::create("cse-in/c", 4, json!({ "m2m:cin": { "con": content } }));
        let created = client.exchange(create.from(ADMIN), size).await;
        let response = decode_response(&created).unwrap();
        assert_eq!(response.status, CREATED);
        assert!(representation(&response)["con"] == json!(content));
        let retrieved = client.exchange(retrieve("cse-in/c/la"), size).await;
        let response = decode_response(&retrieved).unwrap();
        assert!(representation(&response)["con"] == json!(content));
    }
    assert_eq!(bench.attribute("cse-in/c", "cni").await, json!(2));
}

#[tokio::test]
async fn block_of_a_get_is_given_for_itself_and_one_of_a_post_is_not() {
    let bench = Bench::new();
    let endpoint = CoapEndpoint::new(bench.cse);
    let block = |code, message_id| {
        let mut message = message(retrieve("cse-in"), message_id);
        message.code = code;
        let second = Block {
            number: 1,
            more: false,
            size: BlockSize::Octets16,
        };
        message.options.add(OptionNumber::BLOCK2, second.value());
        message
    };
    let got = answer(&endpoint, &block(Code::GET, 1)).await.unwrap();
    assert_eq!((got.code, got.payload.len()), (Code::CONTENT, 16));
    let refused = answer(&endpoint, &block(Code::POST, 2)).await.unwrap();
    assert_eq!(refused.code, Code::REQUEST_ENTITY_INCOMPLETE);
}

#[tokio::test]
async fn denial_stays_one_when_a_further_block_is_asked_for() {
    let bench = Bench::with_two().await;
    let endpoint = CoapEndpoint::new(bench.cse);
    let mut request = message(Request::retrieve("CtpA1").from("CtpA2"), 1);
    let second = Block {
        number: 1,
        more: false,
        size: BlockSize::Octets1024,
    };
    request.options.add(OptionNumber::BLOCK2, second.value());
    let denied = answer(&endpoint, &request).await.unwrap();
    assert_eq!(denied.code, Code::FORBIDDEN);
}

#[tokio::test]
async fn blocks_that_do_not_fit_are_refused() {
    let bench = Bench::new();
    let endpoint = CoapEndpoint::new(bench.cse);
    let create = Request::create("cse-in", 3, container()).from(ADMIN);
    for (message_id, value, payload, expected) in [
        (1, &[0x1e][..], 1024, Code::REQUEST_ENTITY_INCOMPLETE),
        (2, &[0x0e], 1000, Code::BAD_REQUEST),
        (3, &[0x07], 10, Code::BAD_REQUEST),
        (4, &[0, 0, 0, 6], 10, Code::BAD_OPTION),
        (5, &[0x0e], 1024, Code::CONTINUE),
        (6, &[0x2e], 1024, Code::REQUEST_ENTITY_INCOMPLETE),
    ] {
        let mut block = message(create.clone(), message_id);
        block.options.add(OptionNumber::BLOCK1, value);
        block.payload = vec![b' '; payload];
        let refused = answer(&endpoint, &block).await.unwrap();
        assert_eq!(refused.code, expected, "{value:?}");
        assert_eq!(refused.token, block.token);
    }
}

#[tokio::test]
async fn body_beyond_the_limit_is_answered_with_4_13() {
    let bench = Bench::new();
    let mut client = Client::of(&bench);
    let create = Request::create(
        "cse-in",
        3,
        json!({ "m2m:cnt": { "lbl": ["x".repeat(5 << 20)] } }),
    );
    let refused = client
        .exchange(create.from(ADMIN), BlockSize::Octets1024)
        .await;
    assert_eq!(refused.code, Code::REQUEST_ENTITY_TOO_LARGE);
    assert_eq!(refused.options.uint(OptionNumber::SIZE1), Some(4 << 20));
    assert_eq!(client.send(retrieve("cse-in")).await.status, OK);
}

#[tokio::test]
async fn duplicate_is_answered_alike_and_carried_out_once() {
    let bench = Bench::new();
    bench.container(json!([])).await;
    let endpoint = CoapEndpoint::new(bench.cse.clone());
    let create = message(Request::create("cse-in/cntT", 4, instance()).from(ADMIN), 1);
    let first = answer(&endpoint, &create).await;
    let second = answer(&endpoint, &create).await;
    assert!(first.is_some());
    assert_eq!(first, second);
    assert_eq!(bench.attribute("cse-in/cntT", "cni").await, json!(1));
    let mut another = create;
    another.message_id = 2;
    answer(&endpoint, &another).await;
    assert_eq!(bench.attribute("cse-in/cntT", "cni").await, json!(2));
}

#[tokio::test]
async fn non_confirmable_request_gets_a_non_confirmable_response_once() {
    let bench = Bench::new();
    let endpoint = CoapEndpoint::new(bench.cse);
    let mut request = message(retrieve("cse-in"), 1);
    request.kind = MessageType::NonConfirmable;
    let response = answer(&endpoint, &request).await.unwrap();
    assert_eq!(response.kind, MessageType::NonConfirmable);
    assert_eq!(response.token, request.token);
    assert_eq!(answer(&endpoint, &request).await, None);
}

#[tokio::test]
async fn response_can_follow_its_acknowledgement() {
    let bench = Bench::new();
    let endpoint = CoapEndpoint::new(bench.cse);
    let request = message(retrieve("cse-in"), 1);
    let datagram = request.write().unwrap();
    let Todo::Handle(incoming) = endpoint.receive(&datagram, &peer(), START) else {
        panic!("expected a request to handle");
    };
    let acknowledgement = endpoint.acknowledge(&incoming).unwrap();
    assert_eq!(
        Message::read(&acknowledgement).unwrap(),
        Message::empty(MessageType::Acknowledgement, 1)
    );
    let again = endpoint.answer(&datagram, &peer(), START).await;
    assert_eq!(again, Some(acknowledgement));
    let response = endpoint.handle(&incoming).await;
    let (later, message_id) = endpoint.respond_later(&incoming, response, START).unwrap();
    let later = Message::read(&later).unwrap();
    assert_eq!(
        (later.kind, later.message_id),
        (MessageType::Confirmable, message_id)
    );
    assert_eq!(later.token, request.token);
    assert!(!endpoint.is_acknowledged(&peer(), message_id));
    let received = Message::empty(MessageType::Acknowledgement, message_id)
        .write()
        .unwrap();
    let stranger = Peer::plain("192.0.2.99:1".parse().unwrap());
    assert_eq!(endpoint.answer(&received, &stranger, START).await, None);
    assert!(!endpoint.is_acknowledged(&peer(), message_id));
    assert_eq!(endpoint.answer(&received, &peer(), START).await, None);
    assert!(endpoint.is_acknowledged(&peer(), message_id));
}

/// A CSE in the time of the runtime, where AE1 polls a channel that nothing comes through.
async fn waiting() -> (CoapEndpoint, Message) {
    let connector = Arc::new(Inbox::default());
    let cse = Cse::new(
        Configuration::default(),
        Arc::new(SystemClock),
        Clauses::SPECIFICATION,
        connector,
    );
    let endpoint = CoapEndpoint::new(cse);
    let channel = json!({ "m2m:pch": { "rn": "pch" } });
    for (message_id, request) in [
        (1, Request::create("cse-in", 2, application())),
        (2, Request::create("CtpA1", 15, channel)),
    ] {
        let created = answer(&endpoint, &message(request.from("CtpA1"), message_id)).await;
        assert_eq!(created.unwrap().code, Code::CREATED);
    }
    let poll = Request::retrieve("cse-in/CtpA1/pch/pcu").from("CtpA1");
    (endpoint, message(poll, 3))
}

async fn converse(
    endpoint: &CoapEndpoint,
    message: &Message,
    since: Instant,
    outgoing: &mpsc::Sender<Outgoing>,
) {
    let datagram = message.write().unwrap();
    endpoint.converse(&datagram, &peer(), since, outgoing).await;
}

#[tokio::test(start_paused = true)]
async fn late_response_is_sent_until_it_is_acknowledged() {
    for acknowledges in [false, true] {
        let (endpoint, poll) = waiting().await;
        let (outgoing, mut sent) = mpsc::channel::<Outgoing>(16);
        let since = Instant::now();
        let receiving = async {
            let mut kinds = Vec::new();
            while let Some(next) = sent.recv().await {
                assert_eq!(next.address, peer().address);
                let message = Message::read(&next.datagram).unwrap();
                kinds.push((message.kind, message.code));
                if acknowledges && message.kind == MessageType::Confirmable {
                    let kind = MessageType::Acknowledgement;
                    let received = Message::empty(kind, message.message_id).write().unwrap();
                    assert_eq!(endpoint.answer(&received, &peer(), START).await, None);
                }
            }
            kinds
        };
        let conversing = async {
            converse(&endpoint, &poll, since, &outgoing).await;
            drop(outgoing);
        };
        let ((), kinds) = tokio::join!(conversing, receiving);
        let acknowledgement = (MessageType::Acknowledgement, Code::EMPTY);
        let response = (MessageType::Confirmable, Code::GATEWAY_TIMEOUT);
        let expected = match acknowledges {
            true => vec![acknowledgement, response],
            false => [vec![acknowledgement], vec![response; 5]].concat(),
        };
        assert_eq!(kinds, expected);
    }
}

#[tokio::test(start_paused = true)]
async fn late_response_to_a_non_confirmable_request_comes_alone() {
    let (endpoint, mut poll) = waiting().await;
    poll.kind = MessageType::NonConfirmable;
    let (outgoing, mut sent) = mpsc::channel(16);
    converse(&endpoint, &poll, Instant::now(), &outgoing).await;
    let response = Message::read(&sent.recv().await.unwrap().datagram).unwrap();
    assert_eq!(response.kind, MessageType::NonConfirmable);
    assert_eq!(response.code, Code::GATEWAY_TIMEOUT);
    assert!(sent.try_recv().is_err());
}

#[tokio::test]
async fn what_is_no_request_is_reset_or_ignored() {
    let endpoint = CoapEndpoint::new(Bench::new().cse);
    for (datagram, expected) in [
        ("40001234", Some("70001234")), // a ping
        ("50001234", None),
        ("60001234", None),
        ("70001234", None),
        ("40451234", Some("70001234")), // a response to nothing
        ("50451234", None),
        ("40e11234", Some("70001234")), // a reserved class
        ("50e11234", None),
        ("40011234ff", Some("70001234")), // a payload marker before nothing
        ("49011234000000000000000000", Some("70001234")),
        ("80011234", None), // another version
        ("4001", None),
        ("", None),
    ] {
        let answer = endpoint.answer(&octets(datagram), &peer(), START).await;
        assert_eq!(answer, expected.map(octets), "{datagram}");
    }
}

#[tokio::test]
async fn unknown_critical_option_stops_a_request() {
    let bench = Bench::new();
    bench.container(json!([])).await;
    let endpoint = CoapEndpoint::new(bench.cse.clone());
    let mut create = message(Request::create("cse-in/cntT", 4, instance()).from(ADMIN), 1);
    create.options.add(OptionNumber::from(2049), "");
    let refused = answer(&endpoint, &create).await.unwrap();
    assert_eq!(refused.code, Code::BAD_OPTION);
    assert_eq!(decode_response(&refused).unwrap().status, BAD_REQUEST);
    assert_eq!(bench.attribute("cse-in/cntT", "cni").await, json!(0));
}

#[tokio::test]
async fn two_originators_stop_a_request() {
    let bench = Bench::with_two().await;
    let endpoint = CoapEndpoint::new(bench.cse);
    let mut request = message(Request::retrieve("CtpA1").from("CtpA2"), 1);
    request.options.add(OptionNumber::FR, "CtpA1");
    assert_eq!(
        answer(&endpoint, &request).await.unwrap().code,
        Code::BAD_OPTION
    );
}

#[tokio::test]
async fn socket_is_answered_in_blocks() {
    let bench = Bench::new();
    bench.container(json!([])).await;
    let served = UdpSocket::bind("127.0.0.1:0").await.unwrap();
    let address: SocketAddr = served.local_addr().unwrap();
    let serving = tokio::spawn(bench.cse.clone().listen_coap(served));
    let client = UdpSocket::bind("127.0.0.1:0").await.unwrap();
    client.connect(address).await.unwrap();
    let content = "0123456789".repeat(2000);
    let create = Request::create("cse-in/cntT", 4, json!({ "m2m:cin": { "con": content } }));
    let mut message_id = 0;
    for request in [create.from(ADMIN), retrieve("cse-in/cntT/la")] {
        message_id += 1000;
        let response = over(&client, message(request, message_id)).await;
        let response = decode_response(&response).unwrap();
        assert!(response.status.is_success(), "{}", response.status);
        assert!(representation(&response)["con"] == json!(content));
    }
    serving.abort();
}

/// An exchange over a socket, in blocks of 512 octets.
async fn over(socket: &UdpSocket, request: Message) -> Message {
    let (mut exchange, first) = Exchange::begin(request, BlockSize::Octets512, LIMIT);
    let mut next = vec![first];
    let mut buffer = [0; 2048];
    loop {
        for message in next.drain(..) {
            socket.send(&message.write().unwrap()).await.unwrap();
        }
        let length = socket.recv(&mut buffer).await.unwrap();
        let answer = Message::read(&buffer[..length]).unwrap();
        match exchange.take(&answer).unwrap() {
            Step::Send(messages) => next = messages,
            Step::Done { response, .. } => return response,
            Step::Wait | Step::Foreign => {}
        }
    }
}
