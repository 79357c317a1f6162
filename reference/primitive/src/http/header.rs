//! Header fields (TS-0009 V3.9.1, 6.4).

use http::header::{HeaderMap, HeaderName, HeaderValue};

use super::error::EncodeError;
use crate::field::FieldError;

/// Names of the header fields, in lower case as the `http` crate keeps them.
pub(super) mod name {
    pub(crate) const ORIGIN: &str = "x-m2m-origin";
    pub(crate) const REQUEST_IDENTIFIER: &str = "x-m2m-ri";
    pub(crate) const RELEASE_VERSION: &str = "x-m2m-rvi";
    pub(crate) const STATUS: &str = "x-m2m-rsc";
    pub(crate) const NOTIFICATION_URIS: &str = "x-m2m-rtu";
    pub(crate) const ORIGINATING_TIMESTAMP: &str = "x-m2m-ot";
    pub(crate) const RESULT_EXPIRATION: &str = "x-m2m-rst";
    pub(crate) const REQUEST_EXPIRATION: &str = "x-m2m-ret";
    pub(crate) const OPERATION_EXECUTION_TIME: &str = "x-m2m-oet";
    pub(crate) const EVENT_CATEGORY: &str = "x-m2m-ec";
    pub(crate) const GROUP_REQUEST_IDENTIFIER: &str = "x-m2m-gid";
    pub(crate) const ASSIGNED_TOKEN_IDENTIFIERS: &str = "x-m2m-ati";
    pub(crate) const CONTENT_STATUS: &str = "x-m2m-cts";
    pub(crate) const CONTENT_OFFSET: &str = "x-m2m-cto";
    pub(crate) const VENDOR_INFORMATION: &str = "x-m2m-vsi";
    pub(crate) const AUTHORIZATION_SIGNATURES: &str = "x-m2m-as";
    pub(crate) const AUTHORIZATION_SIGNATURE_REQUEST: &str = "x-m2m-asri";
    pub(crate) const TOKENS: &str = "authorization";
    pub(crate) const CONTENT_TYPE: &str = "content-type";
    pub(crate) const CONTENT_LOCATION: &str = "content-location";
    pub(crate) const ACCEPT: &str = "accept";
}

/// What HTTP does not count as part of a value when it stands at an end.
const BLANKS: [char; 2] = [' ', '\t'];

/// Sets `name` to `text`, octet by octet.
///
/// A tab within the text is the one control character that HTTP carries (RFC 7230, 3.2).
pub(super) fn set(
    headers: &mut HeaderMap,
    name: &'static str,
    text: &str,
) -> Result<(), EncodeError> {
    let refused = || EncodeError::Header {
        name,
        got: text.to_owned(),
    };
    let control = text.chars().any(|c| c.is_ascii_control() && c != '\t');
    if control || text.starts_with(BLANKS) || text.ends_with(BLANKS) {
        return Err(refused());
    }
    let value = HeaderValue::from_bytes(text.as_bytes()).map_err(|_| refused())?;
    headers.insert(HeaderName::from_static(name), value);
    Ok(())
}

/// Sets `name` if there is a text.
pub(super) fn set_optional(
    headers: &mut HeaderMap,
    name: &'static str,
    text: Option<&str>,
) -> Result<(), EncodeError> {
    text.map_or(Ok(()), |text| set(headers, name, text))
}

/// The text of `name`, without the blanks around it.
///
/// A field that occurs twice is refused: which of two originators holds would depend on the reader.
pub(super) fn get(headers: &HeaderMap, name: &str) -> Result<Option<String>, FieldError> {
    let mut values = headers.get_all(name).iter();
    let Some(value) = values.next() else {
        return Ok(None);
    };
    if values.next().is_some() {
        return Err(FieldError::Repeated {
            name: name.to_owned(),
        });
    }
    match std::str::from_utf8(value.as_bytes()) {
        Ok(text) => Ok(Some(text.trim_matches(BLANKS).to_owned())),
        Err(_) => Err(FieldError::Value {
            name: name.to_owned(),
            expected: "UTF-8",
            got: value.as_bytes().escape_ascii().to_string(),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odd_originators_are_carried_as_they_are() {
        for text in [
            "C.*",
            "CtpA[12]",
            "*",
            "CtpA1%00",
            "CtpA1\",\"CtpA2",
            "' OR '1'='1",
            "CtpA1|CtpA2",
            "",
            "Cé",
            "C\tA1",
        ] {
            let mut headers = HeaderMap::new();
            set(&mut headers, name::ORIGIN, text).unwrap();
            assert_eq!(
                headers.get("X-M2M-Origin").unwrap().as_bytes(),
                text.as_bytes()
            );
        }
    }

    #[test]
    fn odd_originators_are_read_as_they_are() {
        for octets in [
            &b"C.*"[..],
            b"CtpA[12]",
            b"CtpA1%00",
            b"CtpA1\",\"CtpA2",
            b"' OR '1'='1",
            b"CtpA1|CtpA2",
            b"",
        ] {
            let mut headers = HeaderMap::new();
            headers.insert("X-M2M-Origin", HeaderValue::from_bytes(octets).unwrap());
            assert_eq!(
                get(&headers, name::ORIGIN).unwrap().unwrap().as_bytes(),
                octets
            );
        }
    }

    #[test]
    fn text_that_a_header_cannot_carry_is_refused() {
        for text in [
            " C1",
            "C1 ",
            "C1\r\nX-M2M-RI: 2",
            "C\0",
            "C\u{7f}",
            "\tC",
            "C\t",
        ] {
            assert!(
                set(&mut HeaderMap::new(), name::ORIGIN, text).is_err(),
                "{text:?}"
            );
        }
    }

    #[test]
    fn repeated_field_is_refused() {
        let mut headers = HeaderMap::new();
        headers.append("x-m2m-origin", HeaderValue::from_static("C1"));
        headers.append("x-m2m-origin", HeaderValue::from_static("C1"));
        assert_eq!(
            get(&headers, name::ORIGIN),
            Err(FieldError::Repeated {
                name: "x-m2m-origin".into()
            })
        );
    }

    #[test]
    fn octets_that_are_not_utf_8_are_refused() {
        let mut headers = HeaderMap::new();
        headers.insert("x-m2m-origin", HeaderValue::from_bytes(b"C\xff").unwrap());
        assert!(get(&headers, name::ORIGIN).is_err());
    }

    #[test]
    fn blanks_around_a_value_do_not_count() {
        let mut headers = HeaderMap::new();
        headers.insert("x-m2m-origin", HeaderValue::from_static(" \tC1 "));
        assert_eq!(get(&headers, name::ORIGIN).unwrap().as_deref(), Some("C1"));
    }
}
