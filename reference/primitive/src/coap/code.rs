//! Method and response codes.

use std::fmt;

/// The Code of a message: a class of three bits and a detail of five (RFC 7252, 3 and 12.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Code(u8);

macro_rules! codes {
    ($($constant:ident = $class:literal . $detail:literal, $name:literal;)+) => {
        impl Code {
            $(
                #[doc = $name]
                pub const $constant: Self = Self($class << 5 | $detail);
            )+
        }
    };
}

codes! {
    EMPTY = 0 . 0, "0.00: no request and no response.";
    GET = 0 . 1, "0.01 GET.";
    POST = 0 . 2, "0.02 POST.";
    PUT = 0 . 3, "0.03 PUT.";
    DELETE = 0 . 4, "0.04 DELETE.";
    CREATED = 2 . 1, "2.01 Created.";
    DELETED = 2 . 2, "2.02 Deleted.";
    VALID = 2 . 3, "2.03 Valid.";
    CHANGED = 2 . 4, "2.04 Changed.";
    CONTENT = 2 . 5, "2.05 Content.";
    CONTINUE = 2 . 31, "2.31 Continue (RFC 7959, 2.9.1).";
    BAD_REQUEST = 4 . 0, "4.00 Bad Request.";
    BAD_OPTION = 4 . 2, "4.02 Bad Option.";
    FORBIDDEN = 4 . 3, "4.03 Forbidden.";
    NOT_FOUND = 4 . 4, "4.04 Not Found.";
    METHOD_NOT_ALLOWED = 4 . 5, "4.05 Method Not Allowed.";
    NOT_ACCEPTABLE = 4 . 6, "4.06 Not Acceptable.";
    REQUEST_ENTITY_INCOMPLETE = 4 . 8, "4.08 Request Entity Incomplete (RFC 7959, 2.9.2).";
    REQUEST_ENTITY_TOO_LARGE = 4 . 13, "4.13 Request Entity Too Large (RFC 7959, 2.9.3).";
    UNSUPPORTED_CONTENT_FORMAT = 4 . 15, "4.15 Unsupported Content-Format.";
    INTERNAL_SERVER_ERROR = 5 . 0, "5.00 Internal Server Error.";
    NOT_IMPLEMENTED = 5 . 1, "5.01 Not Implemented.";
    GATEWAY_TIMEOUT = 5 . 4, "5.04 Gateway Timeout.";
    PROXYING_NOT_SUPPORTED = 5 . 5, "5.05 Proxying Not Supported.";
}

impl Code {
    /// The class, from 0 to 7.
    pub const fn class(self) -> u8 {
        self.0 >> 5
    }

    /// The detail, from 0 to 31.
    pub const fn detail(self) -> u8 {
        self.0 & 0x1f
    }

    /// Whether it is a method.
    pub const fn is_request(self) -> bool {
        self.class() == 0 && self.0 != 0
    }

    /// Whether it is a response code.
    pub const fn is_response(self) -> bool {
        matches!(self.class(), 2..=5)
    }

    /// Whether its class is reserved (RFC 7252, 4.2).
    pub const fn is_reserved(self) -> bool {
        matches!(self.class(), 1 | 6 | 7)
    }
}

impl From<u8> for Code {
    fn from(octet: u8) -> Self {
        Self(octet)
    }
}

impl From<Code> for u8 {
    fn from(code: Code) -> Self {
        code.0
    }
}

impl fmt::Display for Code {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}.{:02}", self.class(), self.detail())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_octets_of_class_and_detail() {
        assert_eq!(u8::from(Code::CONTENT), 69);
        assert_eq!(u8::from(Code::NOT_FOUND), 132);
        assert_eq!(Code::from(163).to_string(), "5.03");
        assert_eq!(Code::CONTINUE.to_string(), "2.31");
    }

    #[test]
    fn every_octet_is_of_one_kind() {
        for octet in 0..=u8::MAX {
            let code = Code::from(octet);
            let kinds = [
                code == Code::EMPTY,
                code.is_request(),
                code.is_response(),
                code.is_reserved(),
            ];
            assert_eq!(kinds.into_iter().filter(|is| *is).count(), 1, "{code}");
        }
    }
}
