//! Requests of HTTP/1.1 that come within an association of the IUT's making, and answers to them (RFC 9112).

use super::http_octets::{Framing, Unread, fields_of, stated};
use super::link::{Inbound, Octets};
use bytes::Bytes;
use std::fmt::Write;

/// Header fields that a request may have.
const MOST_FIELDS: usize = 128;
/// Requests beyond this many octets are none.
const LARGEST_REQUEST: usize = 1024 * 1024;

/// Takes a request in pieces, and knows when it is complete.
#[derive(Debug, Default)]
pub struct RequestReader {
    octets: Vec<u8>,
}

impl RequestReader {
    /// Takes a piece.
    pub fn push(&mut self, piece: &[u8]) {
        self.octets.extend_from_slice(piece);
    }

    /// The next request, once it is complete, or why what came is none.
    pub fn take(&mut self) -> Option<Result<Inbound, String>> {
        if self.octets.len() > LARGEST_REQUEST {
            return Some(Err(format!("more than {LARGEST_REQUEST} octets")));
        }
        match read(&self.octets) {
            Ok((request, taken)) => {
                self.octets.drain(..taken.min(self.octets.len()));
                Some(Ok(request))
            }
            Err(Unread::Incomplete) => None,
            Err(Unread::Wrong(detail)) => Some(Err(detail)),
        }
    }
}

fn read(octets: &[u8]) -> Result<(Inbound, usize), Unread> {
    let mut fields = [httparse::EMPTY_HEADER; MOST_FIELDS];
    let mut request = httparse::Request::new(&mut fields);
    let length = match request.parse(octets) {
        Ok(httparse::Status::Complete(length)) => length,
        Ok(httparse::Status::Partial) => return Err(Unread::Incomplete),
        Err(error) => return Err(Unread::Wrong(format!("no HTTP: {error}"))),
    };
    let headers = fields_of(request.headers);
    let rest = octets.get(length..).unwrap_or_default();
    let framing = stated(&headers)?.unwrap_or(Framing::Length(0));
    let (body, taken) = framing.body(rest, false)?;
    let inbound = Inbound {
        method: request.method.unwrap_or_default().to_owned(),
        target: request.path.unwrap_or_default().to_owned(),
        headers,
        body: Octets(body.into()),
    };
    Ok((inbound, length + taken))
}

/// The octets of an answer in JSON.
pub fn answer(status: u16, headers: &[(&str, String)], body: &str) -> Bytes {
    let mut head = format!("HTTP/1.1 {status} \r\n");
    for (name, value) in headers {
        // Writing to a text cannot fail.
        let _ = write!(head, "{name}: {value}\r\n");
    }
    if !body.is_empty() {
        head.push_str("Content-Type: application/json\r\n");
    }
    let _ = write!(head, "Content-Length: {}\r\n\r\n{body}", body.len());
    head.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    const REQUEST: &[u8] =
        b"POST /cse-in HTTP/1.1\r\nHost: x\r\nX-M2M-Origin: S1\r\nContent-Length: 2\r\n\r\n{}";

    #[test]
    fn request_is_complete_with_its_last_octet() {
        let mut reader = RequestReader::default();
        let (last, rest) = REQUEST.split_last().unwrap();
        reader.push(rest);
        assert_eq!(reader.take(), None);
        reader.push(&[*last]);
        let request = reader.take().unwrap().unwrap();
        assert_eq!(
            (request.method.as_str(), request.from()),
            ("POST", Some("S1"))
        );
        assert_eq!(request.body.0, Bytes::from_static(b"{}"));
        assert_eq!(reader.take(), None);
    }

    #[test]
    fn what_is_no_request_is_told() {
        let mut reader = RequestReader::default();
        reader.push(b"\x16\x03\x01 no");
        assert!(reader.take().unwrap().is_err());
    }

    #[test]
    fn body_in_another_coding_than_chunks_is_no_request() {
        let mut reader = RequestReader::default();
        reader.push(b"POST / HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n");
        let why = reader.take().unwrap().unwrap_err();
        assert!(why.contains("gzip"), "{why}");
    }

    #[test]
    fn answer_has_the_length_of_its_body() {
        let octets = answer(200, &[("X-M2M-RSC", "2000".into())], "{}");
        assert!(octets.ends_with(b"Content-Length: 2\r\n\r\n{}"));
        assert!(octets.starts_with(b"HTTP/1.1 200 \r\nX-M2M-RSC: 2000\r\n"));
    }
}
