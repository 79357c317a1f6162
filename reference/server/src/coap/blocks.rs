use onem2m_primitive::coap::{Block, Code, Message, OptionNumber, block};

/// The block of a response that is asked for (RFC 7959, 2.4); 4.00 behind its end.
pub(super) fn cut(whole: &Message, wanted: Block) -> Message {
    let Some((place, octets)) = block(&whole.payload, wanted.number, wanted.size) else {
        return Message::response(Code::BAD_REQUEST);
    };
    let mut part = Message {
        payload: octets.to_vec(),
        ..whole.clone()
    };
    part.options.set(OptionNumber::BLOCK2, place.value());
    part
}

/// Tells which block of the request a response is to (RFC 7959, 2.3).
pub(super) fn echo(response: &mut Message, block1: Option<Block>) {
    if let Some(place) = block1 {
        let goes_on = response.code == Code::CONTINUE;
        let place = Block {
            more: place.more && goes_on,
            ..place
        };
        response.options.set(OptionNumber::BLOCK1, place.value());
    }
}
