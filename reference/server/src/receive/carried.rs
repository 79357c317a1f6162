use onem2m_primitive::{Request, ResponseStatusCode};
use serde_json::Value;

use crate::elsewhere::Question;
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
    /// Somebody else has to answer, at the first of these addresses that can be reached (TS-0004 V3.32.0, 7.3.2.6 and
    /// 7.3.3.9.1).
    Retarget {
        addresses: Vec<String>,
        addressing: Addressing,
        request: Box<Request>,
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
