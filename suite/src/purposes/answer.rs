//! What came back, read as the binding says.

use crate::tester::link::{Octets, Received};
use onem2m_primitive::coap::{self, Code, Message, OptionNumber};
use onem2m_primitive::{Response, ResponseStatusClass, http as binding};
use serde_json::Value;
use std::fmt;

/// What came back for one request; only a primitive can be a decision.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// A response primitive for this request.
    Primitive(Box<Response>),
    /// An answer of the binding that is no response primitive for this request.
    Malformed(String),
    /// The connection ended without an answer.
    Closed(String),
    /// No complete answer in time.
    Timeout,
    /// No connection.
    Unreachable(String),
}

impl Answer {
    /// Reads what came back for the request with this identifier.
    pub fn read(received: &Received, request_identifier: &str) -> Self {
        match received {
            Received::Http {
                status,
                headers,
                body,
            } => Self::read_http(*status, headers, &body.0, request_identifier),
            Received::Coap {
                code,
                options,
                body,
            } => Self::read_coap(*code, options, &body.0, request_identifier),
            Received::Closed(detail) => Self::Closed(detail.clone()),
            Received::Overlong(limit) => {
                Self::Malformed(format!("an answer of more than {limit} octets"))
            }
            Received::Timeout => Self::Timeout,
            Received::Unreachable(detail) => Self::Unreachable(detail.clone()),
        }
    }

    fn read_http(
        status: u16,
        headers: &[(String, String)],
        body: &[u8],
        request_identifier: &str,
    ) -> Self {
        let mut builder = http::Response::builder().status(status);
        for (name, value) in headers {
            builder = builder.header(name, value);
        }
        let parts = match builder.body(()) {
            Ok(response) => response.into_parts().0,
            Err(error) => return Self::Malformed(format!("HTTP {status}: {error}")),
        };
        let response = match binding::decode_response(&parts, body) {
            Ok(response) => response,
            Err(malformed) => return Self::Malformed(format!("HTTP {status}: {malformed}")),
        };
        if let Some(listed) = response.status.listed_http_status()
            && listed != status
        {
            return Self::Malformed(format!(
                "expected HTTP {} with {}, got HTTP {status}",
                listed.as_u16(),
                response.status
            ));
        }
        Self::addressed(response, request_identifier)
    }

    fn read_coap(
        code: u8,
        options: &[(u16, Octets)],
        body: &[u8],
        request_identifier: &str,
    ) -> Self {
        let code = Code::from(code);
        let mut message = Message::response(code);
        for (number, value) in options {
            message
                .options
                .add(OptionNumber::from(*number), &value.0[..]);
        }
        message.payload = body.to_vec();
        let response = match coap::decode_response(&message) {
            Ok(response) => response,
            Err(malformed) => return Self::Malformed(format!("CoAP {code}: {malformed}")),
        };
        let listed = response.status.listed_coap_codes();
        if !listed.is_empty() && !listed.contains(&code) {
            let listed: Vec<String> = listed.iter().map(ToString::to_string).collect();
            return Self::Malformed(format!(
                "expected CoAP {} with {}, got CoAP {code}",
                listed.join(" or "),
                response.status
            ));
        }
        Self::addressed(response, request_identifier)
    }

    /// An answer to this request and to no other.
    fn addressed(response: Response, request_identifier: &str) -> Self {
        let echoed = response.request_identifier.as_deref();
        if echoed != Some(request_identifier) {
            let echoed = echoed.map_or_else(|| "none".to_owned(), |echoed| format!("{echoed:?}"));
            return Self::Malformed(format!(
                "expected request identifier {request_identifier:?}, got {echoed}"
            ));
        }
        Self::Primitive(Box::new(response))
    }

    /// The response primitive, if there is one.
    pub fn primitive(&self) -> Option<&Response> {
        match self {
            Self::Primitive(response) => Some(response),
            _ => None,
        }
    }

    /// The content of the response primitive, if there is one.
    pub fn content(&self) -> Option<&Value> {
        self.primitive()?.content.as_ref()
    }

    /// The response status code, if there is one.
    pub fn code(&self) -> Option<u16> {
        self.primitive().map(|response| response.status.number())
    }

    /// Whether the request was carried out or accepted.
    pub fn succeeded(&self) -> bool {
        self.primitive().is_some_and(|response| {
            matches!(
                response.status.class(),
                Some(ResponseStatusClass::Success | ResponseStatusClass::Informational)
            )
        })
    }

    /// Whether the binding itself refused the request as one of the client's mistakes, with no word of a primitive.
    pub fn is_turned_away(&self) -> bool {
        matches!(self, Self::Malformed(detail) if detail.starts_with("HTTP 4") || detail.starts_with("CoAP 4."))
    }

    /// Whether the IUT came to no decision: a receiver error, no primitive, or no answer.
    pub fn is_undecided(&self) -> bool {
        match self {
            Self::Primitive(response) => !matches!(response.status.number(), 1000..=4999),
            _ => true,
        }
    }
}

impl fmt::Display for Answer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Primitive(response) => write!(formatter, "{}", response.status),
            Self::Malformed(detail) => write!(formatter, "no response primitive ({detail})"),
            Self::Closed(detail) => write!(formatter, "closed connection ({detail})"),
            Self::Timeout => formatter.write_str("no answer in time"),
            Self::Unreachable(detail) => write!(formatter, "no connection ({detail})"),
        }
    }
}
