/// The third part of contentInfo: in which form an envelope is transported (TS-0004 V3.32.0, 6.3.4.2.38).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ContentSecurity {
    /// The content is not secured.
    None,
    /// A compact serialization.
    Compact,
    /// A JSON serialization.
    Json,
    /// A JSON serialization in base64.
    JsonBase64,
    /// XML encryption, XML signature, or both.
    ///
    /// Only the number is read. XML signatures stand or fall with canonicalization and with what a reference selects, so
    /// they are nothing to write by hand; and no crate does them that this one could build on: `xml-sec` advises against
    /// its own use, `xmlsec` and `samael` bind to libxml2, which would bring unsafe code under every parser here, and
    /// `bergshamra`, the one that is in Rust alone, takes the transforms and references that an envelope brings along as
    /// they come, where a target has to refuse all but the enveloped signature and exclusive canonicalization. Neither a
    /// reference that points elsewhere nor a stylesheet transform may ever be followed, and that cannot be told
    /// from outside of it. XML envelopes are kept octet by octet, as a hosting CSE has to, and not opened.
    Xml,
    /// The same in base64.
    XmlBase64,
}

impl ContentSecurity {
    /// All of them, in the order of their numbers.
    pub const ALL: [Self; 6] = [
        Self::None,
        Self::Compact,
        Self::Json,
        Self::JsonBase64,
        Self::Xml,
        Self::XmlBase64,
    ];

    /// Its number.
    pub fn number(self) -> u8 {
        match self {
            Self::None => 0,
            Self::Compact => 1,
            Self::Json => 2,
            Self::JsonBase64 => 3,
            Self::Xml => 4,
            Self::XmlBase64 => 5,
        }
    }

    /// The form that has a number.
    pub fn from_number(number: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|form| form.number() == number)
    }
}
