//! Names of one world of one purpose: patterns of the catalogue are rewritten with its tag, so that
//! each still matches and misses what the purpose means.

use sha2::{Digest, Sha256};

/// The tagged names of a world.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Naming {
    stem: String,
    tag: String,
}

/// Letters of a tag: no digit that a purpose could mean, no letter that one means (`A`, `a`).
const ALPHABET: &[u8; 16] = b"bcdefghjkmnqrstv";
const TAG_LENGTH: usize = 7;

impl Naming {
    /// The names of a world: keyed by the seed of the run and the purpose, so that neither order
    /// nor parallelism matters. `stem` is the stem of AE-IDs that the tester may register.
    pub fn new(stem: &str, seed: u64, purpose: &str, attempt: u32, world: &str) -> Self {
        let digest = Sha256::digest(format!("{seed}/{purpose}/{attempt}/{world}"));
        let tag = digest
            .iter()
            .take(TAG_LENGTH)
            .filter_map(|octet| ALPHABET.get(usize::from(octet & 0x0f)))
            .map(|letter| char::from(*letter))
            .collect();
        Self {
            stem: stem.into(),
            tag,
        }
    }

    /// The tag, for request identifiers and paths.
    pub fn tag(&self) -> &str {
        &self.tag
    }

    /// The name of a resource.
    pub fn resource(&self, name: &str) -> String {
        format!("{}-{name}", self.base())
    }

    /// Rewrites the patterns in a text: `Ctp`, `Stp`, `/tpc`, `tp`, and `ctp`, `CTP` in their case.
    ///
    /// A `tp` behind another letter is no pattern (`http`).
    pub fn rewrite(&self, text: &str) -> String {
        let base = self.base();
        let mut rewritten = String::with_capacity(text.len() + base.len());
        let mut rest = text;
        let mut before: Option<char> = None;
        while let Some(character) = rest.chars().next() {
            let starts_word = !before.is_some_and(|before| before.is_alphanumeric());
            let found = [
                ("Ctp", format!("C{base}")),
                ("Stp", format!("S{base}")),
                ("ctp", format!("c{}", base.to_lowercase())),
                ("CTP", format!("C{}", base.to_uppercase())),
                ("tp", base.clone()),
            ]
            .into_iter()
            .find(|(pattern, _)| starts_word && rest.starts_with(pattern));
            let taken = match found {
                Some((pattern, replacement)) => {
                    rewritten.push_str(&replacement);
                    pattern.len()
                }
                None => {
                    rewritten.push(character);
                    character.len_utf8()
                }
            };
            let (head, tail) = rest.split_at(taken);
            before = head.chars().last();
            rest = tail;
        }
        rewritten
    }

    /// Whether a resource name was given by some run under this stem.
    pub fn is_ours(stem: &str, name: &str) -> bool {
        let Some(rest) = name.strip_prefix(stem.get(1..).unwrap_or_default()) else {
            return false;
        };
        let (tag, rest) = rest.split_at_checked(TAG_LENGTH).unwrap_or_default();
        tag.len() == TAG_LENGTH
            && tag.bytes().all(|letter| ALPHABET.contains(&letter))
            && rest.starts_with('-')
    }

    fn base(&self) -> String {
        format!("{}{}", self.stem.get(1..).unwrap_or_default(), self.tag)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn naming() -> Naming {
        Naming::new("Cconf", 7, "CSE/ACP/OPS/001", 1, "tested")
    }

    #[test]
    fn patterns_keep_what_they_match() {
        let naming = naming();
        let identity = naming.rewrite("CtpA2");
        assert!(identity.starts_with("Cconf") && identity.ends_with("A2"));
        assert_eq!(naming.rewrite("CtpA*"), identity.replace("A2", "A*"));
        assert_eq!(naming.rewrite("*A2"), "*A2");
        assert_eq!(format!("C{}", naming.rewrite("tpA2")), identity);
        assert_eq!(naming.rewrite("ctpa2"), identity.to_lowercase());
        assert_eq!(naming.rewrite("CTPA2"), identity.to_uppercase());
        assert_eq!(
            naming.rewrite("/{IUT}/CtpA2"),
            format!("/{{IUT}}/{identity}")
        );
    }

    #[test]
    fn words_that_hold_the_letters_are_left_alone() {
        assert_eq!(naming().rewrite("http://x/https"), "http://x/https");
        assert_eq!(naming().rewrite("output"), "output");
    }

    #[test]
    fn worlds_and_attempts_have_tags_of_their_own() {
        let tag = |attempt, world| Naming::new("C", 7, "CSE/ACP/OPS/001", attempt, world).tag;
        assert_ne!(tag(1, "tested"), tag(2, "tested"));
        assert_ne!(tag(1, "tested"), tag(1, "twin"));
    }

    #[test]
    fn own_resources_are_known_again() {
        assert!(Naming::is_ours("Cconf", &naming().resource("cntT")));
        assert!(!Naming::is_ours("Cconf", "conf-room"));
        assert!(!Naming::is_ours("Cconf", "configuration-x"));
    }
}
