//! Identities of the profile in the place of patterns of the catalogue.

use crate::catalogue::behaviour::identity_pattern;

/// What texts of the catalogue call an actor that goes by an identity which the IUT was told, and the words that stand for it
/// then. The forms in which texts name it, or something that resembles it, become the same forms of that identity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Renaming {
    /// Pattern and words; whatever another one begins with comes behind it.
    words: Vec<(String, String)>,
}

impl Renaming {
    /// That of an actor.
    pub fn of(actor: &str) -> Self {
        let pattern = identity_pattern(actor);
        let word = |form: &str| format!("{{{form}:{actor}}}");
        let mut words = Vec::new();
        match pattern.strip_prefix("//") {
            // A CSE of another service provider, and its domain.
            Some(path) => {
                words.push((pattern.clone(), word("ID")));
                if let Some((domain, _)) = path.split_once('/') {
                    words.push((format!("//{domain}"), word("domain-of")));
                }
            }
            None if pattern.starts_with('/') => words.push((pattern.clone(), word("ID"))),
            None => {
                // The AE of the profile may have a stem of the service provider, and no CSE-ID before it.
                words.push((format!("//{{SP}}/{{IUT}}/{pattern}"), word("abs-ID")));
                words.push((format!("/{{IUT}}/{pattern}"), word("sp-ID")));
                words.push((pattern.clone(), word("ID")));
                words.push((pattern.to_uppercase(), word("other-case-of")));
            }
        }
        let mut shorter = pattern;
        if let Some(last) = shorter.pop() {
            words.push((
                format!("{shorter}%{:02X}", u32::from(last)),
                word("encoded"),
            ));
            words.push((format!("{shorter}*"), word("beginning-of") + "*"));
        }
        Self { words }
    }

    /// A text in which words stand where patterns of these actors stood.
    pub fn rename(all: &[Self], text: &str) -> String {
        let mut renamed = String::with_capacity(text.len());
        let mut rest = text;
        let mut before: Option<char> = None;
        while let Some(character) = rest.chars().next() {
            let found = all
                .iter()
                .flat_map(|renaming| &renaming.words)
                .find(|(pattern, _)| stands(pattern, before, rest));
            let taken = match found {
                Some((pattern, word)) => {
                    renamed.push_str(word);
                    pattern.len()
                }
                None => {
                    renamed.push(character);
                    character.len_utf8()
                }
            };
            let (head, tail) = rest.split_at(taken);
            before = head.chars().last();
            rest = tail;
        }
        renamed
    }
}

/// Whether a text goes on with a pattern that is neither the end of a word nor the beginning of a number.
fn stands(pattern: &str, before: Option<char>, rest: &str) -> bool {
    let Some(after) = rest.strip_prefix(pattern) else {
        return false;
    };
    let within = before.is_some_and(char::is_alphanumeric) && !pattern.starts_with('/');
    let further = after.starts_with(|next: char| next.is_ascii_digit());
    !within && !further
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn assert_renamed(text: &str, expected: &str) {
        let all = ["AE1", "AE6", "CSE2", "IN2"].map(Renaming::of);
        assert_eq!(Renaming::rename(&all, text), expected);
    }

    #[test]
    fn identities_in_every_form_become_words() {
        assert_renamed("CtpA1", "{ID:AE1}");
        assert_renamed("/{IUT}/CtpA1", "{sp-ID:AE1}");
        assert_renamed("//{SP}/{IUT}/CtpA1", "{abs-ID:AE1}");
        assert_renamed("//{SP}/StpA6", "//{SP}/{ID:AE6}");
        assert_renamed("/tpc2/CtpR1", "{ID:CSE2}/CtpR1");
        assert_renamed("//{SP}/tpc2", "//{SP}{ID:CSE2}");
        assert_renamed("//other.example/tpx", "{ID:IN2}");
        assert_renamed("//other.example/tpy", "{domain-of:IN2}/tpy");
    }

    #[test]
    fn what_resembles_an_identity_resembles_the_other() {
        assert_renamed("CtpA1x", "{ID:AE1}x");
        assert_renamed("CtpA2,CtpA1", "CtpA2,{ID:AE1}");
        assert_renamed("CtpA1/../CtpA1", "{ID:AE1}/../{ID:AE1}");
        assert_renamed("CTPA1", "{other-case-of:AE1}");
        assert_renamed("CtpA%31", "{encoded:AE1}");
        assert_renamed("/tpc*/CtpR*", "{beginning-of:CSE2}*/CtpR*");
    }

    #[test]
    fn other_identities_keep_their_patterns() {
        for text in ["CtpA12", "CtpA2", "/tpc3", "/tpcb", "xCtpA1", "{id:cntT}"] {
            assert_renamed(text, text);
        }
    }
}
