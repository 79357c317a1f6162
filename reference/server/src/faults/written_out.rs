use onem2m_association::written_out;

use crate::clauses::Clauses;

/// Puts the written-out server in the place of OpenSSL, which cannot commit every fault, and replaces clauses of it.
pub(super) fn written_out(clauses: &mut Clauses, replace: impl FnOnce(&mut written_out::Clauses)) {
    let specified = written_out::Clauses::SPECIFICATION;
    replace(clauses.association.written_out.get_or_insert(specified));
}
