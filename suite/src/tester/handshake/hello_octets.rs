//! The octets of a ClientHello.

use super::conduct::HelloDamage;
use super::offer::{Cookie, Offer};
use super::ssl2;
use onem2m_association::messages::{
    Codec, EncodeError, HandshakeMessage, HandshakeType, Prefix, ProtocolVersion, Writer,
};

impl Offer {
    /// The message, and of DTLS with a cookie.
    pub fn message(&self, cookie: Cookie<'_>) -> Result<HandshakeMessage, EncodeError> {
        let mut body = self.body(cookie)?;
        match self.damage {
            HelloDamage::TruncatedRandom => body.truncate(18),
            HelloDamage::Truncated(length) => body.truncate(usize::from(length)),
            _ => {}
        }
        Ok(HandshakeMessage {
            message_type: HandshakeType::CLIENT_HELLO,
            body,
        })
    }

    /// The message in the form of SSL 2.0, if it is to have that.
    pub fn ssl2(&self) -> Option<Vec<u8>> {
        let version = match self.damage {
            HelloDamage::Ssl2 => ProtocolVersion::SSL_2_0,
            HelloDamage::Ssl2Compatible => ProtocolVersion(self.numbers.version),
            _ => return None,
        };
        Some(ssl2::client_hello(
            version,
            &self.numbers.suites,
            &self.random,
        ))
    }

    fn body(&self, cookie: Cookie<'_>) -> Result<Vec<u8>, EncodeError> {
        let mut writer = Writer::default();
        writer.u16(self.numbers.version);
        self.random.write(&mut writer);
        match self.damage {
            HelloDamage::LongSessionId => writer.opaque(Prefix::One, "session_id", &[0x5a; 33]),
            _ => writer.opaque(Prefix::One, "session_id", &self.session_id),
        }
        if let Some(cookie) = cookie {
            writer.opaque(Prefix::One, "cookie", cookie);
        }
        writer.vector(Prefix::Two, "cipher_suites", |writer| {
            if self.damage != HelloDamage::NoSuites {
                for suite in &self.numbers.suites {
                    suite.write(writer);
                }
            }
            if self.damage == HelloDamage::OddSuites {
                writer.u8(0);
            }
        });
        writer.opaque(
            Prefix::One,
            "compression_methods",
            &self.numbers.compression,
        );
        self.write_extensions(&mut writer)?;
        writer.finish()
    }

    fn write_extensions(&self, writer: &mut Writer) -> Result<(), EncodeError> {
        let mut inner = Writer::default();
        for extension in &self.extensions {
            extension.write(&mut inner);
        }
        if self.damage == HelloDamage::DuplicateExtension
            && let Some(first) = self.extensions.first()
        {
            first.write(&mut inner);
        }
        let octets = inner.finish()?;
        let announced = u16::try_from(octets.len()).unwrap_or(u16::MAX);
        match self.damage {
            HelloDamage::ExtensionsTooLong => {
                writer.u16(announced.saturating_add(1));
                writer.put(&octets);
            }
            HelloDamage::ExtensionsTooShort => {
                writer.u16(announced.saturating_sub(1));
                writer.put(&octets);
            }
            _ if octets.is_empty() => {}
            _ => writer.opaque(Prefix::Two, "extensions", &octets),
        }
        Ok(())
    }
}
