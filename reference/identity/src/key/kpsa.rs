use super::symmetric::symmetric_key_id;
use crate::SymmetricKeyId;

/// A KpsaID: `Issuer_Relative_KpsaID@Issuer-FQDN` (TS-0003 V3.18.0, 10.5).
///
/// Two KpsaIDs are equal if they are written alike: the clause does not say that case can be ignored in either part.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct KpsaId(SymmetricKeyId);

symmetric_key_id!(
    KpsaId,
    issuer,
    "The domain name of the stakeholder that provisioned the key."
);

#[cfg(test)]
mod tests {
    use super::KpsaId;

    #[test]
    fn edges_of_the_grammar_are_written_as_read() {
        let longest = format!("{}@psk.example.test", "A.b_-9".repeat(18) + "xyz");
        assert_eq!(longest.len(), 128);
        for text in [
            "a@b.example",
            "A.B_c-9@in.example.com",
            "-@in.example.com",
            ".@in.example.com",
            "AE123456789012-Lock@in.provider.com",
            longest.as_str(),
        ] {
            assert_eq!(KpsaId::parse(text).unwrap().to_string(), text);
        }
    }

    #[test]
    fn case_tells_two_identifiers_apart_in_either_part() {
        let id = |text: &str| KpsaId::parse(text).unwrap();
        assert_ne!(id("ae1-lock@in.example.com"), id("AE1-LOCK@in.example.com"));
        assert_ne!(id("ae1-lock@in.example.com"), id("ae1-lock@IN.example.com"));
    }

    #[test]
    fn issuer_is_what_stands_behind_the_sign() {
        let id = KpsaId::parse("lock1@in.example.org").unwrap();
        assert_eq!(id.issuer().as_str(), "in.example.org");
        assert_eq!(id.relative().as_str(), "lock1");
    }
}
