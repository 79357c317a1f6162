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
    /// Only the number is read: such an envelope is kept octet by octet, as a hosting CSE has to, and not opened. An XML
    /// signature stands or falls with canonicalization and with what its references select, so it is nothing to write by
    /// hand. Of the crates that do it, those that bind to libxml2 would bring unsafe code under a parser of untrusted
    /// octets, and `xml-sec` advises against its own use. `bergshamra` has neither fault, but lets the envelope choose: its
    /// keys carry no algorithm, and nothing limits the transforms of a reference. So whoever opens XML with it
    /// has to look first that there is one reference, with the enveloped signature and exclusive canonicalization alone, by the
    /// algorithm that the key serves, and without CipherReference and derived keys.
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
