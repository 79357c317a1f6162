//! HTTP/1.1 as octets, where the tester itself decides what goes into which record (RFC 9112).

use super::http::LARGEST_ANSWER;
use super::link::{Octets, OutgoingRequest, Received};
use bytes::Bytes;
use std::fmt::Write;

/// Header fields that an answer may have.
const MOST_FIELDS: usize = 128;

/// The octets of a request.
pub fn request(host: &str, request: &OutgoingRequest) -> Bytes {
    let mut head = format!(
        "{} {} HTTP/1.1\r\nHost: {host}\r\n",
        request.method, request.target
    );
    for (name, value) in &request.headers {
        // Writing to a text cannot fail.
        let _ = write!(head, "{name}: {value}\r\n");
    }
    if !request.body.0.is_empty() {
        let _ = write!(head, "Content-Length: {}\r\n", request.body.0.len());
    }
    head.push_str("\r\n");
    let mut octets = head.into_bytes();
    octets.extend_from_slice(&request.body.0);
    octets.into()
}

/// Takes an answer in pieces, and knows when it is complete.
#[derive(Debug, Default)]
pub struct AnswerReader {
    octets: Vec<u8>,
}

/// How the body of a message ends (RFC 9112, 6.3).
pub(super) enum Framing {
    Length(usize),
    Chunked,
    UntilClosed,
}

/// Names in lower case, with their values.
pub(super) type Fields = Vec<(String, String)>;

struct Head {
    status: u16,
    headers: Fields,
    framing: Framing,
    length: usize,
}

impl AnswerReader {
    /// Takes a piece.
    pub fn push(&mut self, piece: &[u8]) {
        self.octets.extend_from_slice(piece);
    }

    /// Whether nothing has come of the next answer.
    pub fn is_empty(&self) -> bool {
        self.octets.is_empty()
    }

    /// The next answer, once it is complete, or once it is clear that it is none.
    pub fn take(&mut self) -> Option<Received> {
        if self.octets.len() > LARGEST_ANSWER {
            self.octets.clear();
            return Some(Received::Overlong(LARGEST_ANSWER));
        }
        match self.read(false) {
            Ok((received, taken)) => {
                self.octets.drain(..taken.min(self.octets.len()));
                Some(received)
            }
            Err(Unread::Incomplete) => None,
            Err(Unread::Wrong(detail)) => {
                self.octets.clear();
                Some(Received::Closed(detail))
            }
        }
    }

    /// What there is when nothing more can come.
    pub fn ended(&mut self, why: &str) -> Received {
        let ended = match self.read(true) {
            Ok((received, _)) => received,
            Err(Unread::Wrong(detail)) => Received::Closed(detail),
            Err(Unread::Incomplete) if self.octets.is_empty() => Received::Closed(why.to_owned()),
            Err(Unread::Incomplete) => Received::Closed(format!("{why} within an answer")),
        };
        self.octets.clear();
        ended
    }

    fn read(&self, ended: bool) -> Result<(Received, usize), Unread> {
        let head = head(&self.octets)?;
        let rest = self.octets.get(head.length..).unwrap_or_default();
        let (body, taken) = head.framing.body(rest, ended)?;
        let received = Received::Http {
            status: head.status,
            headers: head.headers,
            body: Octets(body.into()),
        };
        Ok((received, head.length + taken))
    }
}

/// Why octets are no message.
pub(super) enum Unread {
    /// More has to come.
    Incomplete,
    /// They never will be one.
    Wrong(String),
}

fn head(octets: &[u8]) -> Result<Head, Unread> {
    let mut fields = [httparse::EMPTY_HEADER; MOST_FIELDS];
    let mut response = httparse::Response::new(&mut fields);
    let length = match response.parse(octets) {
        Ok(httparse::Status::Complete(length)) => length,
        Ok(httparse::Status::Partial) => return Err(Unread::Incomplete),
        Err(error) => return Err(Unread::Wrong(format!("no HTTP: {error}"))),
    };
    let status = response.code.unwrap_or_default();
    let headers = fields_of(response.headers);
    let framing = match stated(&headers)? {
        Some(framing) => framing,
        None if matches!(status, 100..=199 | 204 | 304) => Framing::Length(0),
        None => Framing::UntilClosed,
    };
    Ok(Head {
        status,
        headers,
        framing,
        length,
    })
}

/// The fields of a message.
pub(super) fn fields_of(fields: &[httparse::Header<'_>]) -> Fields {
    let field = |field: &httparse::Header<'_>| {
        let value = String::from_utf8_lossy(field.value).into_owned();
        (field.name.to_lowercase(), value)
    };
    fields.iter().map(field).collect()
}

/// How a body ends as the fields state it; none if they do not.
pub(super) fn stated(fields: &Fields) -> Result<Option<Framing>, Unread> {
    let value = |name: &str| fields.iter().find(|(it, _)| it == name).map(|(_, it)| it);
    match (value("transfer-encoding"), value("content-length")) {
        (Some(coding), _) if coding.trim().eq_ignore_ascii_case("chunked") => {
            Ok(Some(Framing::Chunked))
        }
        (Some(coding), _) => Err(Unread::Wrong(format!("transfer coding {coding:?}"))),
        (None, Some(length)) => {
            let wrong = |_| Unread::Wrong(format!("Content-Length {length:?}"));
            let length = length.trim().parse().map_err(wrong)?;
            Ok(Some(Framing::Length(length)))
        }
        (None, None) => Ok(None),
    }
}

impl Framing {
    /// The body at the beginning of octets, and how many of them it takes.
    pub(super) fn body(self, octets: &[u8], ended: bool) -> Result<(Vec<u8>, usize), Unread> {
        match self {
            Self::Length(length) => {
                let body = octets.get(..length).ok_or(Unread::Incomplete)?;
                Ok((body.to_vec(), length))
            }
            Self::Chunked => dechunked(octets),
            Self::UntilClosed if ended => Ok((octets.to_vec(), octets.len())),
            Self::UntilClosed => Err(Unread::Incomplete),
        }
    }
}

/// The body in chunks, and how many octets they take with what ends them.
fn dechunked(octets: &[u8]) -> Result<(Vec<u8>, usize), Unread> {
    let mut body = Vec::new();
    let mut taken = 0;
    loop {
        let rest = octets.get(taken..).unwrap_or_default();
        let (start, size) = match httparse::parse_chunk_size(rest) {
            Ok(httparse::Status::Complete((start, size))) => (start, size),
            Ok(httparse::Status::Partial) => return Err(Unread::Incomplete),
            Err(_) => return Err(Unread::Wrong("no size of a chunk".into())),
        };
        let size = usize::try_from(size).unwrap_or(usize::MAX);
        if size > LARGEST_ANSWER {
            return Err(Unread::Wrong("a chunk beyond what is taken".into()));
        }
        if size == 0 {
            let mut none = [httparse::EMPTY_HEADER; MOST_FIELDS];
            let trailers = rest.get(start..).unwrap_or_default();
            return match httparse::parse_headers(trailers, &mut none) {
                Ok(httparse::Status::Complete((length, _))) => Ok((body, taken + start + length)),
                Ok(httparse::Status::Partial) => Err(Unread::Incomplete),
                Err(error) => Err(Unread::Wrong(format!("no trailers: {error}"))),
            };
        }
        let chunk = rest.get(start..start + size).ok_or(Unread::Incomplete)?;
        body.extend_from_slice(chunk);
        let end = rest.get(start + size..start + size + 2);
        match end {
            None => return Err(Unread::Incomplete),
            Some(b"\r\n") => taken += start + size + 2,
            Some(_) => return Err(Unread::Wrong("a chunk longer than its size".into())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(received: Option<Received>) -> Option<Vec<u8>> {
        match received? {
            Received::Http { body, .. } => Some(body.0.to_vec()),
            other => panic!("expected an answer, got {other:?}"),
        }
    }

    #[test]
    fn request_is_one_piece() {
        let outgoing = OutgoingRequest {
            method: "POST".into(),
            target: "/cse-in".into(),
            headers: vec![("X-M2M-RI".into(), "r1".into())],
            body: Octets(Bytes::from_static(b"{}")),
        };
        let expected =
            "POST /cse-in HTTP/1.1\r\nHost: cse\r\nX-M2M-RI: r1\r\nContent-Length: 2\r\n\r\n{}";
        assert_eq!(request("cse", &outgoing), expected.as_bytes());
    }

    #[test]
    fn answers_are_complete_with_their_last_octet_however_they_are_cut() {
        let with_length = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc";
        let chunked =
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1;x\r\nc\r\n0\r\n\r\n";
        for text in [with_length, chunked] {
            let mut reader = AnswerReader::default();
            let octets = text.as_bytes();
            let (last, before) = octets.split_last().unwrap();
            for octet in before {
                reader.push(&[*octet]);
                assert_eq!(reader.take(), None, "{text}");
            }
            reader.push(&[*last]);
            assert_eq!(body(reader.take()), Some(b"abc".to_vec()), "{text}");
            assert!(reader.is_empty());
        }
    }

    #[test]
    fn two_answers_in_one_piece_are_two() {
        let mut reader = AnswerReader::default();
        let one = b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n";
        reader.push(&[&one[..], b"a", one, b"b"].concat());
        assert_eq!(body(reader.take()), Some(b"a".to_vec()));
        assert_eq!(body(reader.take()), Some(b"b".to_vec()));
        assert_eq!(reader.take(), None);
    }

    #[test]
    fn answer_without_a_length_ends_with_the_connection() {
        let mut reader = AnswerReader::default();
        reader.push(b"HTTP/1.1 200 OK\r\n\r\nabc");
        assert_eq!(reader.take(), None);
        assert_eq!(body(Some(reader.ended("closed"))), Some(b"abc".to_vec()));
    }

    #[test]
    fn what_is_no_answer_is_told() {
        for text in [
            "SSH-2.0-x\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffff\r\n",
        ] {
            let mut reader = AnswerReader::default();
            reader.push(text.as_bytes());
            assert!(matches!(reader.take(), Some(Received::Closed(_))), "{text}");
        }
        let mut reader = AnswerReader::default();
        assert_eq!(reader.ended("gone"), Received::Closed("gone".into()));
    }
}
