//! How an ESPrim Object is refused (TS-0004 V3.32.0, 7.6.2 and Table 7.6.2-1; TS-0001 V3.36.0, 11.4.2; TS-0009 V3.9.1, 6.3;
//! TS-0008 V3.9.0, 6.2.4).

use ::http::StatusCode;
use onem2m_envelope::esprim::Session;
use onem2m_primitive::ResponseStatusCode;
use onem2m_primitive::coap::{Code, OptionNumber};

use super::Fault;
use crate::coap;
use crate::end_to_end::{EndToEnd, ErrorStyle, Vault, object};
use crate::http;
use crate::receive::{self, Desk};

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "EsPrimErrorsAreDenials",
        requirement: "TS-0004/7.6.2/8",
        summary: "every refusal of an object, also one that another CSE sends, becomes a denial",
        apply: |clauses| {
            clauses.answer = |request, response| {
                let mut answer = receive::answer(request, response);
                if matches!(answer.status.number(), 4111..=4116) {
                    answer.status = ResponseStatusCode::ORIGINATOR_HAS_NO_PRIVILEGE;
                }
                answer
            };
        },
    },
    Fault {
        name: "EsPrimErrorsAreBadRequests",
        requirement: "TS-0004/7.6.2/8",
        summary: "every refusal of an object is that of an object which cannot be parsed",
        apply: |clauses| clauses.end_to_end.status = |_| ResponseStatusCode::BAD_REQUEST,
    },
    Fault {
        name: "MalformedObjectIsUnreadable",
        requirement: "TS-0004/7.6.2/11",
        summary: "an object that cannot be parsed is refused for its tag",
        apply: |clauses| {
            clauses.end_to_end.status = |reason| match object::status(reason) {
                ResponseStatusCode::BAD_REQUEST => ResponseStatusCode::ESPRIM_BAD_MAC,
                other => other,
            };
        },
    },
    Fault {
        name: "UnsupportedOptionIsUnknownKey",
        requirement: "TS-0004/7.6.2/12",
        summary: "an unsupported option is refused as an unknown key",
        apply: |clauses| {
            clauses.end_to_end.status = |reason| match object::status(reason) {
                ResponseStatusCode::ESPRIM_UNSUPPORTED_OPTION => {
                    ResponseStatusCode::ESPRIM_UNKNOWN_KEY_ID
                }
                other => other,
            };
        },
    },
    Fault {
        name: "UnknownKeyIsBadMac",
        requirement: "TS-0004/7.6.2/13",
        summary: "an unknown key is refused as a tag that does not fit",
        apply: |clauses| {
            clauses.end_to_end.status = |reason| match object::status(reason) {
                ResponseStatusCode::ESPRIM_UNKNOWN_KEY_ID => ResponseStatusCode::ESPRIM_BAD_MAC,
                other => other,
            };
        },
    },
    Fault {
        name: "RandIdErrorsSwapped",
        requirement: "TS-0004/7.6.2/14",
        summary: "the codes of unknown rand objects of originator and receiver are exchanged",
        apply: |clauses| {
            clauses.end_to_end.status = |reason| match object::status(reason) {
                ResponseStatusCode::ESPRIM_UNKNOWN_ORIG_RAND_ID => {
                    ResponseStatusCode::ESPRIM_UNKNOWN_RECV_RAND_ID
                }
                ResponseStatusCode::ESPRIM_UNKNOWN_RECV_RAND_ID => {
                    ResponseStatusCode::ESPRIM_UNKNOWN_ORIG_RAND_ID
                }
                other => other,
            };
        },
    },
    Fault {
        name: "BadMacIsDecryptionError",
        requirement: "TS-0004/7.6.2/16",
        summary: "a tag that does not fit is some other problem of decryption",
        apply: |clauses| {
            clauses.end_to_end.status = |reason| match object::status(reason) {
                ResponseStatusCode::ESPRIM_BAD_MAC => ResponseStatusCode::ESPRIM_DECRYPTION_ERROR,
                other => other,
            };
        },
    },
    Fault {
        name: "ImpersonationIsDenial",
        requirement: "TS-0004/7.6.2/19",
        summary: "an impersonation is answered as a lack of privilege",
        apply: |clauses| {
            clauses.end_to_end.status = |reason| match object::status(reason) {
                ResponseStatusCode::ESPRIM_IMPERSONATION_ERROR => {
                    ResponseStatusCode::ORIGINATOR_HAS_NO_PRIVILEGE
                }
                other => other,
            };
        },
    },
    Fault {
        name: "ErrorInSessionOfOther",
        requirement: "TS-0001/11.4.2/6",
        summary: "an error without a session goes back in that of somebody else",
        apply: |clauses| {
            clauses.end_to_end.error_session = |desk, vault, settings, text| {
                object::error_session(desk, vault, settings, text)
                    .or_else(|| vault.sessions().next().cloned())
            };
        },
    },
    Fault {
        name: "ErrorInOtherStyle",
        requirement: "TS-0001/11.4.2/5",
        summary: "errors are secured where they are said to be in the clear, and the other way",
        apply: |clauses| clauses.end_to_end.error_session = in_other_style,
    },
    Fault {
        name: "EsPrimErrorIsServerErrorOverCoap",
        requirement: "TS-0008/6.2.4/e1",
        summary: "a refusal of an object has the code 5.00 over CoAP",
        apply: |clauses| {
            clauses.encode_coap = |response, asked| {
                let mut encoded = coap::encode(response, asked);
                if matches!(response.status.number(), 4111..=4116) {
                    encoded.code = Code::INTERNAL_SERVER_ERROR;
                }
                encoded
            };
        },
    },
    Fault {
        name: "NotifyAnswerEmptyOverCoap",
        requirement: "TS-0004/7.6.2/10",
        summary: "the object of a response is left out over CoAP",
        apply: |clauses| {
            clauses.encode_coap = |response, asked| {
                let mut encoded = coap::encode(response, asked);
                if response
                    .content
                    .as_ref()
                    .is_some_and(|content| content.get("m2m:seci").is_some())
                {
                    encoded.payload.clear();
                    encoded.options.remove(OptionNumber::CONTENT_FORMAT);
                }
                encoded
            };
        },
    },
    Fault {
        name: "EsPrimErrorIsServerErrorOverHttp",
        requirement: "TS-0009/6.3.2/e1",
        summary: "a refusal of an object has the HTTP status 500",
        apply: |clauses| {
            clauses.encode = |response| {
                let mut encoded = http::encode(response);
                if matches!(response.status.number(), 4111..=4116) {
                    *encoded.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
                }
                encoded
            };
        },
    },
];

fn in_other_style(
    desk: &Desk<'_>,
    vault: &Vault,
    settings: &EndToEnd,
    text: &str,
) -> Option<Session> {
    let errors = match settings.errors {
        ErrorStyle::Clear => ErrorStyle::Secured,
        ErrorStyle::Secured => ErrorStyle::Clear,
    };
    let settings = EndToEnd {
        errors,
        ..settings.clone()
    };
    object::error_session(desk, vault, &settings, text)
}
