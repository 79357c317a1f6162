//! Assigned Token Identifiers in one header field or option: pairs around a colon, joined by `+` (TS-0009 V3.9.1, 6.4.18;
//! TS-0008 V3.9.0, 6.2.2.4.15).

use super::error::{FieldError, NoElement};
use super::{list, value};
use crate::response::AssignedTokenIdentifier;

/// Joins `assignments`; a localTokenID may hold no colon.
pub(crate) fn join(
    name: &'static str,
    assignments: &[AssignedTokenIdentifier],
) -> Result<String, NoElement> {
    let pairs = assignments
        .iter()
        .map(
            |AssignedTokenIdentifier {
                 local_token_id,
                 token_id,
             }| {
                if local_token_id.is_empty() || local_token_id.contains(':') || token_id.is_empty()
                {
                    return Err(NoElement {
                        name,
                        separator: ':',
                        got: local_token_id.clone(),
                    });
                }
                Ok(format!("{local_token_id}:{token_id}"))
            },
        )
        .collect::<Result<Vec<_>, _>>()?;
    list::join(name, &pairs, '+')
}

/// The assignments in `text`.
pub(crate) fn split(name: &str, text: &str) -> Result<Vec<AssignedTokenIdentifier>, FieldError> {
    list::split(name, text, '+')?
        .into_iter()
        .map(|pair| match pair.split_once(':') {
            Some((local_token_id, token_id))
                if !local_token_id.is_empty() && !token_id.is_empty() =>
            {
                Ok(AssignedTokenIdentifier {
                    local_token_id: local_token_id.to_owned(),
                    token_id: token_id.to_owned(),
                })
            }
            _ => Err(value::wrong(
                name,
                "pairs of local token identifier and token identifier",
                text,
            )),
        })
        .collect()
}
