//! What a hostile IUT does with a connection.

use super::wire::Request;
use std::fmt::Write as _;
use std::io::{self, Write};
use std::net::{SocketAddr, TcpStream};
use std::thread;
use std::time::Duration;

/// A way to mistreat the tester.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hostility {
    /// One octet after the other, each in time, the whole never.
    Drip,
    /// A body without end.
    EndlessBody,
    /// Header fields without end.
    EndlessHead,
    /// Octets that are no HTTP.
    Garbage,
    /// A reset in place of an answer.
    Reset,
    /// The connection ends within the body.
    ClosesWithinBody,
    /// Elsewhere.
    Redirect(SocketAddr),
    /// Thousands of header fields.
    HeaderFlood,
    /// A hundred thousand nested arrays.
    DeepJson,
    /// The answer to some other request.
    OtherRequest,
    /// A body in a coding that was not asked for.
    Compressed,
}

impl Hostility {
    /// Answers a request; the tester may well leave before the end.
    pub fn answer(self, stream: &mut TcpStream, request: &Request) -> io::Result<()> {
        match self {
            Self::Drip => {
                for octet in "HTTP/1.1 200 OK\r\nX-Drip: ".bytes().chain([b'x'; 1000]) {
                    stream.write_all(&[octet])?;
                    thread::sleep(Duration::from_millis(100));
                }
                Ok(())
            }
            Self::EndlessBody => {
                let head = head(request, "Transfer-Encoding: chunked\r\n");
                stream.write_all(head.as_bytes())?;
                let chunk = [b"10000\r\n".as_slice(), &[b' '; 0x10000], b"\r\n"].concat();
                forever(stream, &chunk)
            }
            Self::EndlessHead => {
                stream.write_all(b"HTTP/1.1 200 OK\r\n")?;
                forever(stream, b"X-More: and more and more and more\r\n")
            }
            Self::Garbage => stream.write_all(&[0x16, 0x03, 0x01, 0x00, 0xff, 0x80, 0x0a, 0x0d]),
            // What was sent was not read: the system resets the connection when it is closed.
            Self::Reset => Ok(()),
            Self::ClosesWithinBody => {
                let head = head(request, "Content-Length: 1000\r\n");
                stream.write_all(format!("{head}{{\"m2m:cin\":{{").as_bytes())
            }
            Self::Redirect(elsewhere) => {
                let head = format!(
                    "HTTP/1.1 307 Temporary Redirect\r\nLocation: http://{elsewhere}/cse-in\r\nContent-Length: 0\r\n\r\n"
                );
                stream.write_all(head.as_bytes())
            }
            Self::HeaderFlood => {
                let mut fields = String::from("Content-Length: 0\r\n");
                for number in 0..5000 {
                    let _ = write!(fields, "X-{number}: {number}\r\n");
                }
                stream.write_all(head(request, &fields).as_bytes())
            }
            Self::DeepJson => {
                let body = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
                stream.write_all(whole(request, "", body.as_bytes()).as_slice())
            }
            Self::OtherRequest => {
                let other = Request {
                    identifier: "some-other-request".into(),
                    ..request.clone()
                };
                stream.write_all(whole(&other, "", b"{\"m2m:cb\":{\"rn\":\"cse-in\"}}").as_slice())
            }
            Self::Compressed => {
                let body =
                    b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\xed\xc1\x01\x0d\x00\x00\x00\xc2";
                stream.write_all(whole(request, "Content-Encoding: gzip\r\n", body).as_slice())
            }
        }
    }
}

/// The head of the success of a request, open for further fields.
fn head(request: &Request, fields: &str) -> String {
    let (status, code) = match request.creates {
        true => ("201 Created", 2001),
        false => ("200 OK", 2000),
    };
    let identifier = &request.identifier;
    format!(
        "HTTP/1.1 {status}\r\nX-M2M-RSC: {code}\r\nX-M2M-RI: {identifier}\r\nX-M2M-RVI: 3\r\nContent-Type: application/json\r\n{fields}\r\n"
    )
}

fn whole(request: &Request, fields: &str, body: &[u8]) -> Vec<u8> {
    let length = format!("{fields}Content-Length: {}\r\n", body.len());
    [head(request, &length).as_bytes(), body].concat()
}

fn forever(stream: &mut TcpStream, octets: &[u8]) -> io::Result<()> {
    loop {
        stream.write_all(octets)?;
    }
}
