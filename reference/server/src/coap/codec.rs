use onem2m_primitive::coap::{Asked, Code, Message, OptionNumber, Refusal, encode_response};
use onem2m_primitive::{Request, Response, ResponseStatusCode};

/// Reads the request primitive that a whole CoAP request carries.
pub(crate) type Decode = fn(&Message) -> Result<Request, Refusal>;

/// The CoAP response that carries a response primitive; one that CoAP cannot carry becomes an internal error.
pub(crate) fn encode(response: &Response, asked: Asked) -> Message {
    encode_response(response, asked).unwrap_or_else(|_| {
        let status = ResponseStatusCode::INTERNAL_SERVER_ERROR;
        let mut failed = Message::response(Code::INTERNAL_SERVER_ERROR);
        failed
            .options
            .add_uint(OptionNumber::RSC, status.number().into());
        failed
    })
}
