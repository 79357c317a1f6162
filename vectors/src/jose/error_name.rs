use onem2m_envelope::EnvelopeError;

/// The name of an error: its variant, and what it is about where that makes a difference.
pub fn error_name(error: &EnvelopeError) -> String {
    let name = variant(error);
    match error {
        EnvelopeError::Base64Url { error, .. } => format!("{name}/{}", variant(error)),
        EnvelopeError::Json { error, .. } => format!("{name}/{}", variant(error)),
        EnvelopeError::PartLength { part, .. } | EnvelopeError::Empty { part } => {
            format!("{name}/{part:?}")
        }
        EnvelopeError::Missing { name: member } | EnvelopeError::Kind { name: member, .. } => {
            format!("{name}/{member}")
        }
        _ => name,
    }
}

fn variant(error: &impl std::fmt::Debug) -> String {
    let text = format!("{error:?}");
    let end = text.find(|letter: char| !letter.is_ascii_alphanumeric());
    text.get(..end.unwrap_or(text.len()))
        .unwrap_or(&text)
        .to_owned()
}
