//! Exchanges against the message flows of RFC 7959, 3.

use onem2m_primitive::coap::{
    Block, BlockSize, Code, Exchange, ExchangeError, Message, MessageType, OptionNumber, Step,
    Token,
};

const LIMIT: usize = 10_000;

fn request(code: Code, payload: &[u8]) -> Message {
    let mut request = Message::new(MessageType::Confirmable, code);
    request.message_id = 1234;
    request.token = Token::from([7; 8]);
    request.options.add(OptionNumber::URI_PATH, "status");
    request.payload = payload.to_vec();
    request
}

fn answer(
    to: &Message,
    code: Code,
    option: OptionNumber,
    block: (u32, bool, BlockSize),
) -> Message {
    let (number, more, size) = block;
    let mut answer = Message::new(MessageType::Acknowledgement, code).piggybacked(to);
    answer
        .options
        .add(option, Block { number, more, size }.value());
    answer
}

fn block(message: &Message, option: OptionNumber) -> (u32, bool, usize) {
    let block = Block::of(message, option).unwrap().unwrap();
    (block.number, block.more, block.size.octets())
}

fn sent(step: Step) -> Message {
    match step {
        Step::Send(mut messages) if messages.len() == 1 => messages.remove(0),
        step => panic!("expected one message, got {step:?}"),
    }
}

fn done(step: Step) -> Message {
    match step {
        Step::Done { response, .. } => response,
        step => panic!("expected a response, got {step:?}"),
    }
}

#[test]
fn get_asks_for_one_block_after_the_other() {
    // Figure 2.
    let (mut exchange, first) =
        Exchange::begin(request(Code::GET, b""), BlockSize::Octets1024, LIMIT);
    assert_eq!(first.message_id, 1234);
    let mut asked = first;
    for number in 0..3 {
        let more = number < 2;
        let mut content = answer(
            &asked,
            Code::CONTENT,
            OptionNumber::BLOCK2,
            (number, more, BlockSize::Octets128),
        );
        content.payload = vec![b'0' + u8::try_from(number).unwrap(); if more { 128 } else { 5 }];
        let step = exchange.take(&content).unwrap();
        if more {
            asked = sent(step);
            assert_eq!(
                block(&asked, OptionNumber::BLOCK2),
                (number + 1, false, 128)
            );
            assert_eq!(asked.message_id, 1235 + u16::try_from(number).unwrap());
            assert_eq!(
                asked.options.first(OptionNumber::URI_PATH),
                Some(&b"status"[..])
            );
        } else {
            assert_eq!(done(step).payload.len(), 128 * 2 + 5);
        }
    }
}

#[test]
fn put_sends_one_block_after_the_other() {
    // Figure 7.
    let body: Vec<u8> = (0..=255).chain(0..=100).collect();
    let (mut exchange, first) =
        Exchange::begin(request(Code::PUT, &body), BlockSize::Octets128, LIMIT);
    let mut received = first.payload.clone();
    let mut message = first;
    for number in 0..2 {
        assert_eq!(block(&message, OptionNumber::BLOCK1), (number, true, 128));
        let going_on = answer(
            &message,
            Code::CONTINUE,
            OptionNumber::BLOCK1,
            (number, true, BlockSize::Octets128),
        );
        message = sent(exchange.take(&going_on).unwrap());
        received.extend_from_slice(&message.payload);
    }
    assert_eq!(block(&message, OptionNumber::BLOCK1), (2, false, 128));
    assert_eq!(received, body);
    let changed = answer(
        &message,
        Code::CHANGED,
        OptionNumber::BLOCK1,
        (2, false, BlockSize::Octets128),
    );
    assert_eq!(done(exchange.take(&changed).unwrap()).code, Code::CHANGED);
}

#[test]
fn smaller_blocks_are_sent_when_asked_for() {
    // Figure 9: 1:0/1/128 is answered with 1:0/1/32, and goes on with 1:4/1/32.
    let (mut exchange, first) =
        Exchange::begin(request(Code::PUT, &[7; 300]), BlockSize::Octets128, LIMIT);
    let going_on = answer(
        &first,
        Code::CONTINUE,
        OptionNumber::BLOCK1,
        (0, true, BlockSize::Octets32),
    );
    let next = sent(exchange.take(&going_on).unwrap());
    assert_eq!(block(&next, OptionNumber::BLOCK1), (4, true, 32));
}

#[test]
fn post_has_blocks_in_both_directions() {
    // Figure 12.
    let (mut exchange, first) =
        Exchange::begin(request(Code::POST, &[7; 200]), BlockSize::Octets128, LIMIT);
    let size = BlockSize::Octets128;
    let going_on = answer(
        &first,
        Code::CONTINUE,
        OptionNumber::BLOCK1,
        (0, true, size),
    );
    let last = sent(exchange.take(&going_on).unwrap());
    assert_eq!(block(&last, OptionNumber::BLOCK1), (1, false, 128));
    let mut changed = answer(&last, Code::CHANGED, OptionNumber::BLOCK2, (0, true, size));
    changed.payload = vec![8; 128];
    let asked = sent(exchange.take(&changed).unwrap());
    assert_eq!(block(&asked, OptionNumber::BLOCK2), (1, false, 128));
    assert!(asked.payload.is_empty());
    assert_eq!(Block::of(&asked, OptionNumber::BLOCK1), Ok(None));
    let mut rest = answer(
        &asked,
        Code::CHANGED,
        OptionNumber::BLOCK2,
        (1, false, size),
    );
    rest.payload = vec![8; 10];
    assert_eq!(done(exchange.take(&rest).unwrap()).payload, [8; 138]);
}

#[test]
fn separate_response_is_waited_for_and_acknowledged() {
    let (mut exchange, first) =
        Exchange::begin(request(Code::GET, b""), BlockSize::Octets1024, LIMIT);
    let acknowledged = Message::empty(MessageType::Acknowledgement, first.message_id);
    assert_eq!(exchange.take(&acknowledged), Ok(Step::Wait));
    let response = Message::new(MessageType::Acknowledgement, Code::CONTENT).separate(&first, 99);
    assert_eq!(
        exchange.take(&response),
        Ok(Step::Done {
            acknowledgement: Some(Message::empty(MessageType::Acknowledgement, 99)),
            response,
        })
    );
}

#[test]
fn what_belongs_to_another_exchange_is_foreign() {
    let (mut exchange, first) =
        Exchange::begin(request(Code::GET, b""), BlockSize::Octets1024, LIMIT);
    let response = Message::new(MessageType::Acknowledgement, Code::CONTENT).piggybacked(&first);
    let mut another_token = response.clone();
    another_token.token = Token::default();
    let mut another_id = response.clone();
    another_id.message_id = 99;
    let reset = Message::empty(MessageType::Reset, 99);
    for message in [another_token, another_id, reset, first] {
        assert_eq!(exchange.take(&message), Ok(Step::Foreign), "{message:?}");
    }
}

#[test]
fn reset_ends_an_exchange() {
    let (mut exchange, first) =
        Exchange::begin(request(Code::GET, b""), BlockSize::Octets1024, LIMIT);
    let reset = Message::empty(MessageType::Reset, first.message_id);
    assert_eq!(exchange.take(&reset), Err(ExchangeError::Reset));
}

#[test]
fn response_that_grows_beyond_the_limit_or_changes_is_refused() {
    let size = BlockSize::Octets16;
    let first_answer = |limit| {
        let (mut exchange, first) = Exchange::begin(request(Code::GET, b""), size, limit);
        let mut content = answer(&first, Code::CONTENT, OptionNumber::BLOCK2, (0, true, size));
        content.payload = vec![0; 16];
        content.options.add(OptionNumber::ETAG, [1]);
        let step = exchange.take(&content);
        (exchange, step)
    };
    assert!(matches!(first_answer(15).1, Err(ExchangeError::Block(_))));
    let (mut exchange, step) = first_answer(100);
    let asked = sent(step.unwrap());
    let mut other = answer(
        &asked,
        Code::CONTENT,
        OptionNumber::BLOCK2,
        (1, false, size),
    );
    other.options.add(OptionNumber::ETAG, [2]);
    assert_eq!(exchange.take(&other), Err(ExchangeError::Changed));
}

#[test]
fn continue_for_a_whole_request_is_refused() {
    let (mut exchange, first) =
        Exchange::begin(request(Code::PUT, b"x"), BlockSize::Octets16, LIMIT);
    let going_on = Message::new(MessageType::Acknowledgement, Code::CONTINUE).piggybacked(&first);
    assert_eq!(exchange.take(&going_on), Err(ExchangeError::Continue));
}
