use onem2m_primitive::{Request, ResponseStatusCode};
use serde_json::Value;
use time::OffsetDateTime;

use super::fan_out::FanOut;
use crate::elsewhere::Question;
use crate::end_to_end::Inner;
use crate::hop::Hop;
use crate::notify::Notice;
use crate::outbound::Addressing;
use crate::refusal::Refusal;
use crate::representation::Shown;

/// What a request came to, or why it is not carried out.
pub(crate) type Outcome = Result<Carried, Refusal>;

/// What carrying out a request came to.
#[derive(Debug)]
pub(crate) enum Carried {
    /// It is done.
    Done {
        status: ResponseStatusCode,
        content: Option<Value>,
        /// Whether the content is partial or full, where it could have been cut.
        is_partial: Option<bool>,
        /// Whom to tell.
        notices: Vec<Notice>,
    },
    /// These notification targets have to agree first (TS-0004 V3.32.0, 7.5.1.2.3).
    Verify(Vec<Notice>),
    /// These resources of other CSEs decide, and have to be read first.
    Ask(Vec<Question>),
    /// The IN-CSE has to be told of the AE that registers, and answers with its stem (TS-0004 V3.32.0, 7.4.5.2.1).
    Announce(Box<Notice>),
    /// Somebody else has to answer, at the first of these addresses that can be reached (TS-0004 V3.32.0, 7.3.2.6 and
    /// 7.3.3.9.1).
    Retarget {
        hops: Vec<Hop>,
        addressing: Addressing,
        request: Box<Request>,
    },
    /// The request within an ESPrim Object has to be carried out first (TS-0004 V3.32.0, 7.6.2).
    Protected(Box<Inner>),
    /// The members of a group have to answer (TS-0004 V3.32.0, 7.4.14.2.4).
    FanOut(Box<FanOut>),
    /// The AE behind this polling channel has to answer (TS-0001 V3.36.0, 10.2.5.17).
    Deliver {
        channel: String,
        request: Box<Request>,
    },
    /// The subscriber behind this aggregation URI has to answer (TS-0004 V3.32.0, 7.5.1.2.6).
    Collect {
        aggregation: String,
        notifications: Vec<Value>,
    },
    /// A request has to come to this polling channel (TS-0004 V3.32.0, 7.4.22.2.2).
    Poll {
        channel: String,
        until: Option<OffsetDateTime>,
    },
}

impl Carried {
    pub(crate) fn done(status: ResponseStatusCode, shown: Shown) -> Self {
        Self::Done {
            status,
            content: shown.content,
            is_partial: shown.is_partial,
            notices: Vec::new(),
        }
    }

    pub(crate) fn telling(self, more: Vec<Notice>) -> Self {
        match self {
            Self::Done {
                status,
                content,
                is_partial,
                mut notices,
            } => {
                notices.extend(more);
                Self::Done {
                    status,
                    content,
                    is_partial,
                    notices,
                }
            }
            other => other,
        }
    }
}
