use super::clauses::Clauses;
use super::refusal::Refusal;

/// Compares the From of the inner request with the identity that is associated with the key (TS-0003 V3.18.0, 7.2.2, step 3).
/// The caller brings both to one form; which forms it takes is its reading.
pub fn check_from(clauses: &Clauses, entity: &str, from: Option<&str>) -> Result<(), Refusal> {
    if (clauses.from)(entity, from) {
        Ok(())
    } else {
        Err(Refusal::Impersonation {
            expected: entity.to_owned(),
            got: from.map(str::to_owned),
        })
    }
}

/// The same identity, character by character; a From that is missing is nobody's.
pub(crate) fn from(entity: &str, from: Option<&str>) -> bool {
    from == Some(entity)
}
