//! The degenerate servers: what each answers, whatever it is asked.

use bytes::Bytes;
use onem2m_conform::tester::http::LARGEST_ANSWER;
use onem2m_conform::tester::link::{Octets, OutgoingRequest, Received};

/// Content-Format, and its number of application/json (RFC 7252, 5.10 and 12.3).
const CONTENT_FORMAT: u16 = 12;
const APPLICATION_JSON: u8 = 50;
/// oneM2M-RQI (TS-0008 V3.9.0, 6.2.2.4).
const REQUEST_IDENTIFIER: u16 = 283;

/// A server that does not do its work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Server {
    /// 2000 OK without content.
    Always2000,
    /// 4103 ORIGINATOR_HAS_NO_PRIVILEGE.
    Always4103,
    /// The request again, as an HTTP 200.
    Echo,
    /// The success of the operation, without content.
    EmptyBody,
    /// The answer to the request before this one.
    PreviousAnswer,
    /// The right answer, to another request.
    WrongRequestIdentifier,
    /// HTTP 500 without a primitive.
    Http500,
    /// 5000 INTERNAL_SERVER_ERROR.
    Rsc5000,
    /// The success of the operation with the content of the request; nothing is carried out.
    StoresNothing,
    /// No answer within the time.
    Slow,
    /// The connection ends.
    Closes,
    /// The right status with half a body.
    InvalidJson,
    /// A body without end.
    EndlessBody,
}

impl Server {
    /// Whether it carries the request out before it answers as it does.
    pub fn carries_out(self) -> bool {
        matches!(
            self,
            Self::PreviousAnswer | Self::WrongRequestIdentifier | Self::InvalidJson
        )
    }

    /// The answer; `right` is that of the reference if the request was carried out, `previous` the
    /// right answer to the request before.
    pub fn answer(
        self,
        request: &OutgoingRequest,
        right: Option<Received>,
        previous: Received,
    ) -> Received {
        match self {
            Self::Always2000 => primitive(request, 200, 2000, Bytes::new()),
            Self::Always4103 => primitive(request, 403, 4103, Bytes::new()),
            Self::Echo => Received::Http {
                status: 200,
                headers: request.headers.clone(),
                body: request.body.clone(),
            },
            Self::EmptyBody => success(request, Bytes::new()),
            Self::StoresNothing => success(request, request.body.0.clone()),
            Self::PreviousAnswer => previous,
            Self::WrongRequestIdentifier => right.map_or(Received::Timeout, misaddressed),
            Self::Http500 => Received::Http {
                status: 500,
                headers: Vec::new(),
                body: Octets::default(),
            },
            Self::Rsc5000 => primitive(request, 500, 5000, Bytes::new()),
            Self::Slow => Received::Timeout,
            Self::Closes => Received::Closed("connection closed before message completed".into()),
            Self::InvalidJson => right.map_or(Received::Timeout, halved),
            Self::EndlessBody => Received::Overlong(LARGEST_ANSWER),
        }
    }
}

/// A well-formed answer of the HTTP binding.
fn primitive(request: &OutgoingRequest, status: u16, code: u16, body: Bytes) -> Received {
    let mut headers = vec![("x-m2m-rsc".to_owned(), code.to_string())];
    let echoed = |name: &str| ["x-m2m-ri", "x-m2m-rvi"].contains(&name.to_lowercase().as_str());
    let of_request = request.headers.iter().filter(|(name, _)| echoed(name));
    headers.extend(of_request.cloned());
    if !body.is_empty() {
        headers.push(("content-type".into(), "application/json".into()));
    }
    Received::Http {
        status,
        headers,
        body: Octets(body),
    }
}

/// What came before the first request: the sanity exchange of a run.
pub fn before_everything() -> Received {
    let headers = [
        ("x-m2m-rsc", "2000"),
        ("x-m2m-ri", "sanity"),
        ("x-m2m-rvi", "3"),
    ];
    Received::Http {
        status: 200,
        headers: headers
            .map(|(name, value)| (name.into(), value.into()))
            .into(),
        body: Octets::default(),
    }
}

/// The success of the operation that method and content type name (TS-0009 V3.9.1, 6.2.1).
fn success(request: &OutgoingRequest, body: Bytes) -> Received {
    let creates = request
        .headers
        .iter()
        .any(|(name, value)| name.eq_ignore_ascii_case("content-type") && value.contains("ty="));
    let (status, code) = match request.method.as_str() {
        "POST" if creates => (201, 2001),
        "PUT" => (200, 2004),
        "DELETE" => (200, 2002),
        _ => (200, 2000),
    };
    primitive(request, status, code, body)
}

fn misaddressed(mut right: Received) -> Received {
    match &mut right {
        Received::Http { headers, .. } => {
            for (name, value) in headers {
                if name.eq_ignore_ascii_case("x-m2m-ri") {
                    value.push('x');
                }
            }
        }
        Received::Coap { options, .. } => {
            for (number, value) in options {
                if *number == REQUEST_IDENTIFIER {
                    *value = Octets([&value.0[..], b"x"].concat().into());
                }
            }
        }
        _ => {}
    }
    right
}

fn halved(right: Received) -> Received {
    let half = || Octets(Bytes::from_static(b"{\"m2m:cnt\":{\"rn\":"));
    match right {
        Received::Http {
            status,
            mut headers,
            ..
        } => {
            headers.retain(|(name, _)| !name.eq_ignore_ascii_case("content-type"));
            headers.push(("content-type".into(), "application/json".into()));
            Received::Http {
                status,
                headers,
                body: half(),
            }
        }
        Received::Coap {
            code, mut options, ..
        } => {
            let json = Octets(Bytes::from_static(&[APPLICATION_JSON]));
            options.retain(|(number, _)| *number != CONTENT_FORMAT);
            options.push((CONTENT_FORMAT, json));
            options.sort_by_key(|(number, _)| *number);
            Received::Coap {
                code,
                options,
                body: half(),
            }
        }
        other => other,
    }
}
