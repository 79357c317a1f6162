/// Whether an object carries a request or a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    /// From Originator to Receiver.
    Request,
    /// Back.
    Response,
}

/// How an inner primitive is serialized.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Serialization {
    /// JSON.
    Json,
    /// XML.
    Xml,
    /// CBOR.
    Cbor,
}

/// What `cty` says of an inner primitive (TS-0003 V3.18.0, Table 8.4.3.2-2): a media type of TS-0004 V3.32.0, 6.7.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ContentType {
    /// The kind of primitive.
    pub direction: Direction,
    /// Its serialization.
    pub serialization: Serialization,
}

impl ContentType {
    /// Every such media type.
    pub const ALL: [Self; 6] = [
        Self::new(Direction::Request, Serialization::Json),
        Self::new(Direction::Request, Serialization::Xml),
        Self::new(Direction::Request, Serialization::Cbor),
        Self::new(Direction::Response, Serialization::Json),
        Self::new(Direction::Response, Serialization::Xml),
        Self::new(Direction::Response, Serialization::Cbor),
    ];

    /// The content type of a primitive.
    pub const fn new(direction: Direction, serialization: Serialization) -> Self {
        Self {
            direction,
            serialization,
        }
    }

    /// The media type, in full.
    pub fn media_type(self) -> &'static str {
        match (self.direction, self.serialization) {
            (Direction::Request, Serialization::Json) => "application/vnd.onem2m-preq+json",
            (Direction::Request, Serialization::Xml) => "application/vnd.onem2m-preq+xml",
            (Direction::Request, Serialization::Cbor) => "application/vnd.onem2m-preq+cbor",
            (Direction::Response, Serialization::Json) => "application/vnd.onem2m-prsp+json",
            (Direction::Response, Serialization::Xml) => "application/vnd.onem2m-prsp+xml",
            (Direction::Response, Serialization::Cbor) => "application/vnd.onem2m-prsp+cbor",
        }
    }

    /// Reads `cty`: the media type, or the short form without `application/` (RFC 7515, 4.1.10), in letters of either case.
    pub fn read(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| {
            let full = known.media_type();
            let short = full.strip_prefix("application/").unwrap_or(full);
            text.eq_ignore_ascii_case(full) || text.eq_ignore_ascii_case(short)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::ContentType;

    #[test]
    fn the_prefix_may_be_left_out() {
        for known in ContentType::ALL {
            let full = known.media_type();
            assert_eq!(ContentType::read(full), Some(known));
            assert_eq!(ContentType::read(&full[12..]), Some(known));
            assert_eq!(ContentType::read(&full.to_uppercase()), Some(known));
        }
        for other in [
            "",
            "application/",
            "application/json",
            "text/html",
            "vnd.onem2m-preq",
        ] {
            assert_eq!(ContentType::read(other), None, "{other}");
        }
    }
}
