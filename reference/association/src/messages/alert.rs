use super::{Codec, DecodeError, Reader, Writer};

/// An alert (RFC 5246, 7.2).
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Alert {
    /// How severe it is.
    pub level: AlertLevel,
    /// What it says.
    pub description: AlertDescription,
}

impl Alert {
    /// A fatal alert.
    pub fn fatal(description: AlertDescription) -> Self {
        Self {
            level: AlertLevel::FATAL,
            description,
        }
    }

    /// A warning.
    pub fn warning(description: AlertDescription) -> Self {
        Self {
            level: AlertLevel::WARNING,
            description,
        }
    }
}

impl std::fmt::Display for Alert {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{} alert {}", self.level, self.description)
    }
}

impl Codec for Alert {
    const FIELD: &'static str = "Alert";

    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        Ok(Self {
            level: AlertLevel::read(reader)?,
            description: AlertDescription::read(reader)?,
        })
    }

    fn write(&self, writer: &mut Writer) {
        self.level.write(writer);
        self.description.write(writer);
    }
}

numbers! {
    /// The severity of an alert (RFC 5246, 7.2).
    AlertLevel(u8), "level" {
        WARNING = 1 "warning",
        FATAL = 2 "fatal",
    }
}

numbers! {
    /// The meaning of an alert (RFC 5246, 7.2; RFC 4279, 6; RFC 6066, 9; RFC 7301, 3.2; RFC 7507, 2). RFC 5746 adds no
    /// number: it refuses with handshake_failure.
    AlertDescription(u8), "description" {
        CLOSE_NOTIFY = 0 "close_notify",
        UNEXPECTED_MESSAGE = 10 "unexpected_message",
        BAD_RECORD_MAC = 20 "bad_record_mac",
        DECRYPTION_FAILED = 21 "decryption_failed_RESERVED",
        RECORD_OVERFLOW = 22 "record_overflow",
        DECOMPRESSION_FAILURE = 30 "decompression_failure",
        HANDSHAKE_FAILURE = 40 "handshake_failure",
        NO_CERTIFICATE = 41 "no_certificate_RESERVED",
        BAD_CERTIFICATE = 42 "bad_certificate",
        UNSUPPORTED_CERTIFICATE = 43 "unsupported_certificate",
        CERTIFICATE_REVOKED = 44 "certificate_revoked",
        CERTIFICATE_EXPIRED = 45 "certificate_expired",
        CERTIFICATE_UNKNOWN = 46 "certificate_unknown",
        ILLEGAL_PARAMETER = 47 "illegal_parameter",
        UNKNOWN_CA = 48 "unknown_ca",
        ACCESS_DENIED = 49 "access_denied",
        DECODE_ERROR = 50 "decode_error",
        DECRYPT_ERROR = 51 "decrypt_error",
        EXPORT_RESTRICTION = 60 "export_restriction_RESERVED",
        PROTOCOL_VERSION = 70 "protocol_version",
        INSUFFICIENT_SECURITY = 71 "insufficient_security",
        INTERNAL_ERROR = 80 "internal_error",
        INAPPROPRIATE_FALLBACK = 86 "inappropriate_fallback",
        USER_CANCELED = 90 "user_canceled",
        NO_RENEGOTIATION = 100 "no_renegotiation",
        UNSUPPORTED_EXTENSION = 110 "unsupported_extension",
        CERTIFICATE_UNOBTAINABLE = 111 "certificate_unobtainable",
        UNRECOGNIZED_NAME = 112 "unrecognized_name",
        BAD_CERTIFICATE_STATUS_RESPONSE = 113 "bad_certificate_status_response",
        BAD_CERTIFICATE_HASH_VALUE = 114 "bad_certificate_hash_value",
        UNKNOWN_PSK_IDENTITY = 115 "unknown_psk_identity",
        NO_APPLICATION_PROTOCOL = 120 "no_application_protocol",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alert_is_level_and_description() {
        let alert = Alert::decode(&[2, 115]).unwrap();
        assert_eq!(alert, Alert::fatal(AlertDescription::UNKNOWN_PSK_IDENTITY));
        assert_eq!(
            alert.to_string(),
            "fatal(2) alert unknown_psk_identity(115)"
        );
    }

    #[test]
    fn unknown_numbers_are_kept() {
        let alert = Alert::decode(&[3, 200]).unwrap();
        assert_eq!(alert.to_string(), "3 alert 200");
        assert_eq!(alert.encode(), Ok(vec![3, 200]));
    }
}
