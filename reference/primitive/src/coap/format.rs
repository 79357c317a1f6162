//! Content-Formats.

use super::message::Message;
use super::number::OptionNumber;

/// The number of a media type (RFC 7252, 12.3; TS-0008 V3.9.0, 6.2.2.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ContentFormat(pub u16);

impl ContentFormat {
    /// `application/xml`.
    pub const XML: Self = Self(41);
    /// `application/json`, which is what is written.
    pub const JSON: Self = Self(50);
    /// `application/cbor`.
    pub const CBOR: Self = Self(60);
    /// `application/vnd.onem2m-res+json`.
    pub const RESOURCE_JSON: Self = Self(10001);
    /// `application/vnd.onem2m-ntfy+json`.
    pub const NOTIFICATION_JSON: Self = Self(10003);

    /// What a message announces its payload as.
    pub fn of(message: &Message) -> Option<Self> {
        number(message, OptionNumber::CONTENT_FORMAT)
    }

    /// What a request accepts.
    pub fn accepted(request: &Message) -> Option<Self> {
        number(request, OptionNumber::ACCEPT)
    }

    /// Whether it announces JSON of a resource or a notification.
    pub const fn is_json(self) -> bool {
        matches!(
            self,
            Self::JSON | Self::RESOURCE_JSON | Self::NOTIFICATION_JSON
        )
    }
}

fn number(message: &Message, option: OptionNumber) -> Option<ContentFormat> {
    let number = message.options.uint(option)?;
    u16::try_from(number).ok().map(ContentFormat)
}
