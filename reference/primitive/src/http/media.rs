//! Content-Type (TS-0009 V3.9.1, 6.4.3; TS-0004 V3.32.0, 6.7).

use crate::field::{FieldError, value};

/// What is written for every body.
pub(super) const JSON: &str = "application/json";

/// The media types that announce JSON of a resource or a notification.
const JSON_TYPES: [&str; 3] = [
    JSON,
    "application/vnd.onem2m-res+json",
    "application/vnd.onem2m-ntfy+json",
];

/// A Content-Type field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct MediaType {
    /// Type and subtype, in lower case.
    pub(super) essence: String,
    /// The Resource Type, from the parameter `ty`.
    pub(super) resource_type: Option<u32>,
}

impl MediaType {
    /// Reads a Content-Type field; parameters other than `ty` are ignored.
    pub(super) fn parse(text: &str) -> Result<Self, FieldError> {
        let mut parts = text.split(';');
        let essence = parts.next().unwrap_or_default().trim().to_ascii_lowercase();
        let mut resource_type = None;
        for parameter in parts {
            let (name, text) = parameter.split_once('=').unwrap_or((parameter, ""));
            if !name.trim().eq_ignore_ascii_case("ty") {
                continue;
            }
            if resource_type.is_some() {
                return Err(FieldError::Repeated {
                    name: "content-type ty".to_owned(),
                });
            }
            resource_type = Some(value::number("content-type ty", text.trim())?);
        }
        Ok(Self {
            essence,
            resource_type,
        })
    }

    /// Whether it announces JSON.
    pub(super) fn is_json(&self) -> bool {
        JSON_TYPES.contains(&self.essence.as_str())
    }
}

/// The Content-Type of a body, with `ty` as its first parameter.
pub(super) fn content_type(resource_type: Option<u32>) -> String {
    match resource_type {
        Some(number) => format!("{JSON};ty={number}"),
        None => JSON.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn resource_type_follows_the_media_type() {
        assert_eq!(content_type(Some(3)), "application/json;ty=3");
        assert_eq!(content_type(None), "application/json");
    }

    #[test]
    fn resource_type_is_read_among_other_parameters() {
        for text in [
            "application/json;ty=3",
            "application/vnd.onem2m-res+json; ty=3",
            "Application/JSON ; charset=utf-8 ; TY = 3",
            "application/json;ty=3;charset=utf-8;",
        ] {
            let media = MediaType::parse(text).unwrap();
            assert!(media.is_json(), "{text}");
            assert_eq!(media.resource_type, Some(3), "{text}");
        }
    }

    #[test]
    fn notification_type_is_json() {
        assert!(
            MediaType::parse("application/vnd.onem2m-ntfy+json")
                .unwrap()
                .is_json()
        );
    }

    #[test]
    fn other_media_types_are_no_json() {
        for text in [
            "application/xml;ty=3",
            "application/cbor",
            "text/plain",
            "",
            "application/jsonx",
            "application/vnd.onem2m-preq+json",
        ] {
            assert!(!MediaType::parse(text).unwrap().is_json(), "{text}");
        }
    }

    #[test]
    fn resource_type_that_is_no_number_or_repeated_is_refused() {
        for text in [
            "a/b;ty=",
            "a/b;ty",
            "a/b;ty=x",
            "a/b;ty=-1",
            "a/b;ty=+1",
            "a/b;ty=4294967296",
            "a/b;ty=3;ty=3",
            "a/b;ty=3 4",
        ] {
            assert!(MediaType::parse(text).is_err(), "{text}");
        }
    }
}
