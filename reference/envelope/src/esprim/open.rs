use onem2m_keys::SessionEsPrimKey;

use super::clauses::Clauses;
use super::content_type::Direction;
use super::derive::Plaintext;
use super::form::Form;
use super::header::Header;
use super::readings::Readings;
use super::refusal::Refusal;

/// An ESPrim Object that was opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// Its header.
    pub header: Header,
    /// The inner primitive.
    pub plaintext: Plaintext,
}

/// Opens an object with a session key, strictly as specified, and without looking at the session.
pub fn open(
    object: &str,
    direction: Direction,
    key: &SessionEsPrimKey,
    readings: &Readings,
) -> Result<Opened, Refusal> {
    let clauses = &Clauses::SPECIFICATION;
    let form = Form::read(clauses, object)?;
    let header = Header::read(clauses, &form, direction, readings.value_encoding)?;
    let content_key = (clauses.content_key)(key, header.enc, readings.content_key);
    let aad = (clauses.additional_data)(&form);
    let plaintext = (clauses.decrypt)(header.enc, &content_key, &form, &aad)?;
    Ok(Opened { header, plaintext })
}
