//! Requests and answers as they were sent, as far as a page holds them.

use super::text::Text;
use crate::report::text::{beginning, count, visible};
use crate::tester::coap::shown_option;
use crate::tester::link::{Inbound, Octets, OutgoingRequest, Received};
use onem2m_primitive::coap::Code;
use std::fmt::Write;

/// More of a body than this many octets is left to the transcript.
const BODY: usize = 4096;
/// More lines of a body than this are left to the transcript.
const LINES: usize = 160;
/// More header fields than this are left to the transcript.
const FIELDS: usize = 32;

/// A request or an answer.
#[derive(Debug, Clone, Default)]
pub(super) struct Message {
    /// The request line, the status, or what came instead of an answer.
    pub(super) heading: Text,
    /// The header fields, one a line.
    pub(super) fields: Vec<Text>,
    /// The body.
    pub(super) body: String,
    /// What of the message is not shown, or not shown as it is.
    pub(super) remarks: Vec<String>,
}

impl Message {
    /// What the tester sent.
    pub(super) fn request(request: &OutgoingRequest) -> Self {
        let OutgoingRequest {
            method,
            target,
            headers,
            body,
        } = request;
        Self::new(&format!("{method} {target}"), headers, body)
    }

    /// What came back.
    pub(super) fn answer(answer: &Received) -> Self {
        let without = |heading: String| Self {
            heading: Text::new(&heading),
            ..Self::default()
        };
        match answer {
            Received::Http {
                status,
                headers,
                body,
            } => Self::new(&format!("HTTP status {status}"), headers, body),
            Received::Coap {
                code,
                options,
                body,
            } => {
                let options: Vec<_> = options.iter().map(shown_option).collect();
                Self::new(&format!("CoAP code {}", Code::from(*code)), &options, body)
            }
            Received::Closed(how) => without(format!("no answer: {how}")),
            Received::Overlong(octets) => without(format!(
                "no answer that can be taken: it grew beyond {}",
                count(*octets, "octet")
            )),
            Received::Timeout => without("no complete answer in time".into()),
            Received::Unreachable(why) => without(format!("no connection: {why}")),
        }
    }

    /// What the IUT sent.
    pub(super) fn inbound(request: &Inbound) -> Self {
        let Inbound {
            method,
            target,
            headers,
            body,
        } = request;
        Self::new(&format!("{method} {target}"), headers, body)
    }

    /// About how much of the page it takes.
    pub(super) fn len(&self) -> usize {
        let fields: usize = self.fields.iter().map(Text::len).sum();
        self.heading.len() + fields + self.body.len()
    }

    fn new(heading: &str, headers: &[(String, String)], body: &Octets) -> Self {
        let field = |(name, value): &(String, String)| Text::new(&format!("{name}: {value}"));
        let mut message = Self {
            heading: Text::new(heading),
            fields: headers.iter().take(FIELDS).map(field).collect(),
            ..Self::default()
        };
        if headers.len() > FIELDS {
            let more = count(headers.len() - FIELDS, "more header field");
            message.remarks.push(format!("{more}: see the transcript"));
        }
        message.add_body(&body.0);
        message
    }

    fn add_body(&mut self, body: &[u8]) {
        let left_out = match std::str::from_utf8(body) {
            Ok(text) => {
                let (kept, cut) = beginning(text, BODY);
                let cut_lines: usize = kept.split_inclusive('\n').skip(LINES).map(str::len).sum();
                self.body = lines(kept);
                cut + cut_lines
            }
            Err(_) => {
                let kept = body.get(..BODY / 2).unwrap_or(body);
                self.body = hexadecimal(kept);
                self.remarks
                    .push("the body is not UTF-8 and shown in hexadecimal".into());
                body.len() - kept.len()
            }
        };
        if left_out > 0 {
            let (all, more) = (count(body.len(), "octet"), count(left_out, "octet"));
            self.remarks.push(format!(
                "cut: the body has {all}, of which {more} are left to the transcript"
            ));
        }
    }
}

/// Lines stay lines; everything else that is not to be seen is spelled out.
fn lines(text: &str) -> String {
    let lines: Vec<_> = text.split('\n').take(LINES).map(visible).collect();
    lines.join("\n")
}

fn hexadecimal(octets: &[u8]) -> String {
    let mut text = String::with_capacity(octets.len() * 3);
    for octet in octets {
        // Writing to a string cannot fail.
        let _ = write!(text, "{octet:02x} ");
    }
    text.truncate(text.trim_end().len());
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with_body(body: &[u8]) -> Message {
        let answer = Received::Http {
            status: 200,
            headers: vec![("X-M2M-RSC".into(), "2000".into())],
            body: Octets(body.to_vec().into()),
        };
        Message::answer(&answer)
    }

    #[test]
    fn a_short_body_is_shown_as_it_was_sent() {
        let message = with_body(b"{\n  \"a\": 1\n}");
        assert_eq!(message.body, "{\n  \"a\": 1\n}");
        assert!(message.remarks.is_empty());
    }

    #[test]
    fn a_huge_body_is_cut_and_says_so() {
        let message = with_body(&vec![b'x'; 4 << 20]);
        assert!(message.len() < 5000);
        let remark =
            "cut: the body has 4194304 octets, of which 4190208 octets are left to the transcript";
        assert_eq!(message.remarks, [remark]);
    }

    #[test]
    fn many_lines_are_cut_and_say_so() {
        let message = with_body("\n".repeat(1000).as_bytes());
        assert_eq!(message.body.lines().count(), LINES - 1);
        assert_eq!(message.remarks.len(), 1);
    }

    #[test]
    fn octets_that_are_no_text_are_hexadecimal() {
        let message = with_body(&[0xff, 0x00, 0x3c]);
        assert_eq!(message.body, "ff 00 3c");
        assert_eq!(message.remarks.len(), 1);
    }

    #[test]
    fn control_characters_are_spelled_out() {
        assert_eq!(with_body(b"a\0\x1b[2Jb").body, "a\\u{0}\\u{1b}[2Jb");
    }
}
