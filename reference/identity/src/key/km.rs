use std::hash::{Hash, Hasher};

use super::symmetric::symmetric_key_id;
use crate::SymmetricKeyId;

/// A KmID: `MAF_RELATIVE_KmID@MAF-FQDN` (TS-0003 V3.18.0, 10.6).
///
/// The relative part is not case sensitive: two KmIDs that differ only in its case are equal, and are written as they
/// were read. The clause says nothing of the kind about the FQDN, which is compared as it is written.
#[derive(Clone, Debug)]
pub struct KmId(SymmetricKeyId);

symmetric_key_id!(
    KmId,
    maf,
    "The domain name of the M2M Authentication Function."
);

impl PartialEq for KmId {
    fn eq(&self, other: &Self) -> bool {
        self.maf() == other.maf()
            && self
                .relative()
                .as_str()
                .eq_ignore_ascii_case(other.relative().as_str())
    }
}

impl Eq for KmId {}

impl Hash for KmId {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.relative().as_str().to_ascii_lowercase().hash(state);
        self.maf().hash(state);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::KmId;

    fn id(text: &str) -> KmId {
        KmId::parse(text).unwrap()
    }

    #[test]
    fn case_of_the_relative_part_is_ignored_and_kept() {
        let upper = id("CLIENT-1.Km@maf.example.com");
        assert_eq!(upper, id("client-1.kM@maf.example.com"));
        assert_eq!(upper.to_string(), "CLIENT-1.Km@maf.example.com");
        assert_ne!(upper, id("client-2.km@maf.example.com"));
    }

    #[test]
    fn case_of_the_domain_is_not_ignored() {
        assert_ne!(id("km1@maf.example.com"), id("km1@MAF.example.com"));
        assert_ne!(id("km1@maf.example.com"), id("km1@maf.example.org"));
    }

    #[test]
    fn equal_identifiers_are_one_member_of_a_set() {
        let set = HashSet::from([
            id("a@maf.example"),
            id("A@maf.example"),
            id("b@maf.example"),
        ]);
        assert_eq!(set.len(), 2);
    }
}
