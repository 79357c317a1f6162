//! Just enough HTTP to know a request and to hand an answer on.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::thread;
use std::time::Duration;

/// A request of the tester.
#[derive(Debug, Clone)]
pub struct Request {
    /// X-M2M-RI
    pub identifier: String,
    /// Whether it is a Create.
    pub creates: bool,
    /// Whether it is the Create of a `<contentInstance>`.
    pub creates_instance: bool,
    /// How long it is on the wire.
    pub octets: usize,
}

impl Request {
    /// Looks at the request that waits on a connection, without taking it.
    pub fn peek(stream: &TcpStream) -> io::Result<Self> {
        let mut octets = vec![0; 1 << 20];
        loop {
            let available = stream.peek(&mut octets)?;
            if available == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            match Self::read(&octets[..available]) {
                Some(request) if request.octets <= available => return Ok(request),
                _ => thread::sleep(Duration::from_millis(1)),
            }
        }
    }

    fn read(octets: &[u8]) -> Option<Self> {
        let end = octets.windows(4).position(|four| four == b"\r\n\r\n")?;
        let head = String::from_utf8_lossy(&octets[..end]).to_lowercase();
        let field = |name: &str| {
            let mut lines = head.lines().filter_map(|line| line.split_once(": "));
            lines
                .find(|(shown, _)| *shown == name)
                .map(|(_, value)| value)
        };
        let media = field("content-type").unwrap_or_default();
        let body: usize = field("content-length").map_or(0, |length| length.parse().unwrap());
        Some(Self {
            identifier: original(octets, field("x-m2m-ri")?),
            creates: media.contains("ty="),
            creates_instance: media.contains("ty=4"),
            octets: end + 4 + body,
        })
    }

    /// Takes it.
    pub fn take(&self, stream: &mut TcpStream) -> io::Result<Vec<u8>> {
        let mut octets = vec![0; self.octets];
        stream.read_exact(&mut octets)?;
        Ok(octets)
    }
}

/// The text as it stood before its case was lost.
fn original(octets: &[u8], lower: &str) -> String {
    let text = String::from_utf8_lossy(octets);
    let at = text.to_lowercase().find(lower).unwrap();
    text[at..at + lower.len()].to_owned()
}

/// Hands a request on to the reference and its answer back.
pub fn relay(stream: &mut TcpStream, request: &Request, reference: SocketAddr) -> io::Result<()> {
    let octets = request.take(stream)?;
    let mut reference = TcpStream::connect(reference)?;
    reference.write_all(&octets)?;
    let mut reference = BufReader::new(reference);
    let mut answer = Vec::new();
    let mut length = 0;
    loop {
        let mut line = Vec::new();
        reference.read_until(b'\n', &mut line)?;
        let text = String::from_utf8_lossy(&line).to_lowercase();
        if let Some(value) = text.strip_prefix("content-length: ") {
            length = value.trim().parse().unwrap();
        }
        answer.extend_from_slice(&line);
        if line.len() <= 2 {
            break;
        }
    }
    let mut body = vec![0; length];
    reference.read_exact(&mut body)?;
    answer.extend_from_slice(&body);
    stream.write_all(&answer)
}
