//! What becomes of secured content, and of what is said of it (TS-0001 V3.36.0, 11.4.1; TS-0004 V3.32.0, 6.3.3 and 6.3.4.2.38).

use onem2m_envelope::bare;
use onem2m_envelope::esdata::{ContentSecurity, Envelope};
use serde_json::{Map, Value, json};

use super::Fault;
use crate::content::Clauses;

const SPECIFIED: Clauses = Clauses::SPECIFICATION;

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "ContentInOtherAlphabet",
        requirement: "TS-0001/11.4.1/1",
        summary: "base64url in content is kept in the alphabet of base64",
        apply: |clauses| {
            clauses.content.kept = |attributes| {
                rewrite(attributes, |text| {
                    Some(text.replace('-', "+").replace('_', "/").into())
                });
            };
        },
    },
    Fault {
        name: "ContentWithoutPadding",
        requirement: "TS-0003/8.5.3.2/5",
        summary: "padding at the end of content is cut off",
        apply: |clauses| {
            clauses.content.kept = |attributes| {
                rewrite(attributes, |text| Some(text.trim_end_matches('=').into()));
            };
        },
    },
    Fault {
        name: "ContentParsed",
        requirement: "TS-0004/6.3.4.2.38/1",
        summary: "text that is JSON is kept as what it stands for",
        apply: |clauses| {
            clauses.content.kept = |attributes| {
                rewrite(attributes, |text| serde_json::from_str(text).ok());
            };
        },
    },
    Fault {
        name: "ContentSerializedAgain",
        requirement: "TS-0003/8.5.3.2/5",
        summary: "text that is JSON is kept with other white space",
        apply: |clauses| {
            clauses.content.kept = |attributes| {
                rewrite(attributes, |text| {
                    let value: Value = serde_json::from_str(text).ok()?;
                    Some(serde_json::to_string_pretty(&value).ok()?.into())
                });
            };
        },
    },
    Fault {
        name: "ContentTransferDecoded",
        requirement: "TS-0004/6.3.4.2.38/1",
        summary: "the base64 of a secured content is decoded before it is kept",
        apply: |clauses| {
            clauses.content.kept = |attributes| {
                if security(attributes) == Some(ContentSecurity::JsonBase64) {
                    rewrite(attributes, |text| {
                        let octets = bare::octets(text);
                        Some(String::from_utf8(octets).ok()?.into())
                    });
                }
            };
        },
    },
    Fault {
        name: "ContentNoEnvelopeEmptied",
        requirement: "TS-0004/6.3.4.2.38/1",
        summary: "content that is labelled as secured and is no envelope is kept empty",
        apply: |clauses| {
            clauses.content.kept = |attributes| {
                if let Some(form) =
                    security(attributes).filter(|form| *form != ContentSecurity::None)
                {
                    rewrite(attributes, |text| {
                        Envelope::read(form, text).is_err().then(|| "".into())
                    });
                }
            };
        },
    },
    Fault {
        name: "InformationSecurityDropped",
        requirement: "TS-0004/6.3.3/e3",
        summary: "contentInfo is kept without content security",
        apply: |clauses| {
            clauses.content.kept = |attributes| {
                let parts = |text: &str| text.splitn(3, ':').take(2).collect::<Vec<_>>().join(":");
                information(attributes, parts);
            };
        },
    },
    Fault {
        name: "InformationCompleted",
        requirement: "TS-0004/6.3.3/e3",
        summary: "contentInfo without content security is kept with that for none",
        apply: |clauses| {
            clauses.content.kept = |attributes| {
                information(attributes, |text| match text.matches(':').count() {
                    1 => format!("{text}:0"),
                    _ => text.to_owned(),
                });
            };
        },
    },
    Fault {
        name: "ContentSizeOfOctetsInside",
        requirement: "TS-0001/11.4.1/1",
        summary: "contentSize of an envelope is that of its last part",
        apply: |clauses| {
            clauses.content.size =
                |content| match content.as_str().and_then(|text| text.rsplit_once('.')) {
                    Some((_, last)) => (SPECIFIED.size)(&last.into()),
                    None => (SPECIFIED.size)(content),
                };
        },
    },
    Fault {
        name: "InformationUnread",
        requirement: "TS-0004/6.3.3/e3",
        summary: "any text is a contentInfo",
        apply: |clauses| clauses.content.information = |_| true,
    },
    Fault {
        name: "InformationWithEmptySecurity",
        requirement: "TS-0004/6.3.3/e3",
        summary: "a colon may stand behind the encoding type with nothing behind it",
        apply: |clauses| {
            clauses.content.information =
                |text| (SPECIFIED.information)(text.strip_suffix(':').unwrap_or(text));
        },
    },
    Fault {
        name: "InformationWithAnySecurity",
        requirement: "TS-0004/6.3.4.2.38/1",
        summary: "any number is a content security",
        apply: |clauses| {
            clauses.content.information = |text| match text.rsplit_once(':') {
                Some((front, last)) if last.parse::<i64>().is_ok() && front.contains(':') => {
                    (SPECIFIED.information)(front)
                }
                _ => (SPECIFIED.information)(text),
            };
        },
    },
    Fault {
        name: "InformationWithFurtherParts",
        requirement: "TS-0004/6.3.3/e3",
        summary: "what stands behind content security is passed over",
        apply: |clauses| {
            clauses.content.information = |text| {
                let parts: Vec<&str> = text.split(':').take(3).collect();
                (SPECIFIED.information)(&parts.join(":"))
            };
        },
    },
    Fault {
        name: "InformationWithoutEncoding",
        requirement: "TS-0004/6.3.3/e3",
        summary: "a media type alone is a contentInfo",
        apply: |clauses| {
            clauses.content.information = |text| {
                (SPECIFIED.information)(text) || (SPECIFIED.information)(&format!("{text}:0"))
            };
        },
    },
    Fault {
        name: "ContentTypeIsWholeInformation",
        requirement: "TS-0004/6.3.3/e3",
        summary: "a contentType is compared with the whole contentInfo but for the encoding type at its end",
        apply: |clauses| {
            clauses.content.media_type =
                |information| information.rsplit_once(':').map(|(front, _)| front);
        },
    },
    Fault {
        name: "NotifiedContentEscaped",
        requirement: "TS-0001/11.4.1/1",
        summary: "underlines in content are escaped in notifications",
        apply: |clauses| {
            clauses.content.notified = |attributes| {
                rewrite(attributes, |text| Some(text.replace('_', "\\_").into()));
            };
        },
    },
    Fault {
        name: "NotifiedWithoutEnvelope",
        requirement: "TS-0001/11.4.1/1",
        summary: "notifications leave out content that is secured",
        apply: |clauses| {
            clauses.content.notified = |attributes| {
                if security(attributes).is_some() {
                    attributes.remove("con");
                }
            };
        },
    },
];

fn rewrite(attributes: &mut Map<String, Value>, with: impl Fn(&str) -> Option<Value>) {
    let content = attributes.get("con").and_then(Value::as_str).and_then(with);
    if let Some(content) = content {
        attributes.insert("con".into(), content);
    }
}

fn information(attributes: &mut Map<String, Value>, with: impl Fn(&str) -> String) {
    let information = attributes.get("cnf").and_then(Value::as_str).map(with);
    if let Some(information) = information {
        attributes.insert("cnf".into(), json!(information));
    }
}

fn security(attributes: &Map<String, Value>) -> Option<ContentSecurity> {
    let information = attributes.get("cnf")?.as_str()?;
    let number = information.split(':').nth(2)?.parse().ok()?;
    ContentSecurity::from_number(number)
}
