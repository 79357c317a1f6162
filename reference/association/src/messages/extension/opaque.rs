use crate::messages::{Codec, DecodeError, EncodeError, Prefix, Reader, Writer};

/// An extension, its content not yet looked at (RFC 5246, 7.4.1.4).
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Extension {
    /// The type of the extension.
    pub extension_type: ExtensionType,
    /// Its content, up to 2^16-1 octets.
    pub data: Vec<u8>,
}

impl Extension {
    /// The extension with the content `body`.
    pub fn of<T: ExtensionBody>(body: &T) -> Result<Self, EncodeError> {
        Ok(Self {
            extension_type: T::TYPE,
            data: body.encode()?,
        })
    }

    /// An extension without content, as servers answer some.
    pub fn empty(extension_type: ExtensionType) -> Self {
        Self {
            extension_type,
            data: Vec::new(),
        }
    }

    /// The content as a `T`, whatever the type of the extension is.
    pub fn read_as<T: ExtensionBody>(&self) -> Result<T, DecodeError> {
        T::decode(&self.data)
    }
}

impl Codec for Extension {
    const FIELD: &'static str = "Extension";

    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        Ok(Self {
            extension_type: ExtensionType::read(reader)?,
            data: reader.opaque(Prefix::Two, "extension_data", 0..=0xffff)?,
        })
    }

    fn write(&self, writer: &mut Writer) {
        self.extension_type.write(writer);
        writer.opaque(Prefix::Two, "extension_data", &self.data);
    }
}

/// The extensions of a hello message, in their order (RFC 5246, 7.4.1.4).
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Extensions(pub Vec<Extension>);

impl Extensions {
    /// The first extension of a type.
    pub fn find(&self, extension_type: ExtensionType) -> Option<&Extension> {
        self.0
            .iter()
            .find(|extension| extension.extension_type == extension_type)
    }

    /// The first extension of the type of `T`, read.
    pub fn read<T: ExtensionBody>(&self) -> Result<Option<T>, DecodeError> {
        self.find(T::TYPE).map(Extension::read_as).transpose()
    }

    /// A type that stands there more than once, which the clause forbids.
    pub fn duplicate(&self) -> Option<ExtensionType> {
        let mut types: Vec<_> = self.0.iter().map(|each| each.extension_type).collect();
        types.sort_unstable();
        types
            .iter()
            .zip(types.iter().skip(1))
            .find_map(|(one, next)| (one == next).then_some(*one))
    }

    /// The extensions at the end of a hello message, which may end before them.
    pub(in crate::messages) fn read_optional(
        reader: &mut Reader<'_>,
    ) -> Result<Option<Self>, DecodeError> {
        if reader.is_empty() {
            return Ok(None);
        }
        reader
            .list(Prefix::Two, "extensions", 0..=0xffff)
            .map(|list| Some(Self(list)))
    }

    /// The extensions at the end of a hello message, or nothing.
    pub(in crate::messages) fn write_optional(extensions: Option<&Self>, writer: &mut Writer) {
        if let Some(extensions) = extensions {
            writer.list(Prefix::Two, "extensions", &extensions.0);
        }
    }
}

/// A structure that is the content of an extension.
pub trait ExtensionBody: Codec {
    /// The type of its extensions.
    const TYPE: ExtensionType;
}

numbers! {
    /// The type of an extension (RFC 6066, 1.1; RFC 8422, 5.1; RFC 5246, 7.4.1.4; RFC 6520, 2; RFC 7250, 3; RFC 7627, 5.1;
    /// RFC 5077, 3.2; RFC 8446, 4.2; RFC 5746, 3.2).
    ExtensionType(u16), "extension_type" {
        SERVER_NAME = 0 "server_name",
        MAX_FRAGMENT_LENGTH = 1 "max_fragment_length",
        STATUS_REQUEST = 5 "status_request",
        SUPPORTED_GROUPS = 10 "supported_groups",
        EC_POINT_FORMATS = 11 "ec_point_formats",
        SIGNATURE_ALGORITHMS = 13 "signature_algorithms",
        HEARTBEAT = 15 "heartbeat",
        CLIENT_CERTIFICATE_TYPE = 19 "client_certificate_type",
        SERVER_CERTIFICATE_TYPE = 20 "server_certificate_type",
        ENCRYPT_THEN_MAC = 22 "encrypt_then_mac",
        EXTENDED_MASTER_SECRET = 23 "extended_master_secret",
        SESSION_TICKET = 35 "session_ticket",
        SUPPORTED_VERSIONS = 43 "supported_versions",
        PSK_KEY_EXCHANGE_MODES = 45 "psk_key_exchange_modes",
        KEY_SHARE = 51 "key_share",
        RENEGOTIATION_INFO = 0xff01 "renegotiation_info",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn type_that_stands_twice_is_found() {
        let mut extensions = Extensions(vec![
            Extension::empty(ExtensionType(0x1a1a)),
            Extension::empty(ExtensionType::SERVER_NAME),
        ]);
        assert_eq!(extensions.duplicate(), None);
        extensions.0.push(Extension::empty(ExtensionType(0x1a1a)));
        assert_eq!(extensions.duplicate(), Some(ExtensionType(0x1a1a)));
    }
}
