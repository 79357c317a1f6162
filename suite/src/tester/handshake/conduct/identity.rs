use super::HexOctets;
use serde::Deserialize;

/// The psk_identity that is sent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum IdentityChange {
    /// That of the credential.
    #[default]
    Right,
    /// No octets.
    Empty,
    /// This text.
    Text(String),
    /// These octets.
    Hex(HexOctets),
    /// That of the credential behind this text.
    Prefix(String),
    /// That of the credential with this text behind it, which may hold a NUL.
    Suffix(String),
    /// That of the credential with these octets behind it.
    HexSuffix(HexOctets),
    /// That of the credential, its letters and digits in full width, which NFKC makes the usual ones (Unicode, UAX 15).
    FullWidth,
    /// That of the credential, letters of another script in place of those that look like them.
    LookAlike,
    /// That of the credential in capital letters.
    UpperCase,
    /// That of the credential, in capital letters before its "@".
    UpperCaseRelative,
    /// That of the credential, in capital letters behind its "@".
    UpperCaseDomain,
    /// That of the credential, its letters alternately large and small.
    MixedCase,
    /// That of the credential cut or filled with "x" to so many octets.
    Length(u16),
    /// That of the other credential.
    OfAnother,
}

impl IdentityChange {
    /// The identity that is sent.
    pub fn apply(&self, right: &[u8], another: Option<&[u8]>) -> Vec<u8> {
        let separator = right.iter().position(|octet| *octet == b'@');
        let (relative, domain) = right.split_at(separator.unwrap_or(right.len()));
        match self {
            Self::Right => right.to_vec(),
            Self::Empty => Vec::new(),
            Self::Text(text) => text.as_bytes().to_vec(),
            Self::Hex(octets) => octets.0.clone(),
            Self::Prefix(prefix) => [prefix.as_bytes(), right].concat(),
            Self::Suffix(suffix) => [right, suffix.as_bytes()].concat(),
            Self::HexSuffix(octets) => [right, &octets.0].concat(),
            Self::FullWidth => relative_letters(right, full_width),
            Self::LookAlike => relative_letters(right, look_alike),
            Self::UpperCase => right.to_ascii_uppercase(),
            Self::UpperCaseRelative => [&relative.to_ascii_uppercase(), domain].concat(),
            Self::UpperCaseDomain => [relative, &domain.to_ascii_uppercase()].concat(),
            Self::MixedCase => mixed(relative).chain(domain.iter().copied()).collect(),
            Self::Length(length) => {
                let mut octets = right.to_vec();
                octets.resize(usize::from(*length), b'x');
                octets
            }
            Self::OfAnother => another.unwrap_or_default().to_vec(),
        }
    }
}

/// ZERO WIDTH SPACE, which nobody sees.
const INVISIBLE: char = '\u{200B}';

/// The identity with other letters before its "@"; with one that nobody sees, where none of its own has another.
fn relative_letters(right: &[u8], other: fn(char) -> char) -> Vec<u8> {
    let text = String::from_utf8_lossy(right);
    let end = text.find('@').unwrap_or(text.len());
    let (relative, domain) = text.split_at(end);
    let mut changed: String = relative.chars().map(other).collect();
    if changed == relative {
        changed.push(INVISIBLE);
    }
    changed.push_str(domain);
    changed.into_bytes()
}

/// A letter or digit of ASCII among the Halfwidth and Fullwidth Forms of Unicode.
fn full_width(letter: char) -> char {
    match letter.is_ascii_alphanumeric() {
        true => char::from_u32(u32::from(letter) + 0xFEE0).unwrap_or(letter),
        false => letter,
    }
}

/// The letter of Cyrillic that looks like one of ASCII.
fn look_alike(letter: char) -> char {
    match letter {
        'a' => '\u{430}',
        'c' => '\u{441}',
        'e' => '\u{435}',
        'o' => '\u{43E}',
        'p' => '\u{440}',
        'x' => '\u{445}',
        'y' => '\u{443}',
        other => other,
    }
}

fn mixed(octets: &[u8]) -> impl Iterator<Item = u8> {
    octets.iter().enumerate().map(|(place, octet)| {
        if place.is_multiple_of(2) {
            octet.to_ascii_uppercase()
        } else {
            octet.to_ascii_lowercase()
        }
    })
}

/// What a length field says.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LengthLie {
    /// The octets that are there.
    #[default]
    Right,
    /// So many more.
    More(u16),
    /// So many fewer.
    Less(u16),
    /// This number.
    Is(u16),
}

impl LengthLie {
    /// What is written where there are `length` octets.
    pub fn apply(self, length: u16) -> u16 {
        match self {
            Self::Right => length,
            Self::More(more) => length.saturating_add(more),
            Self::Less(less) => length.saturating_sub(less),
            Self::Is(number) => number,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_change_on_their_side_of_the_at() {
        let right = b"ae1@in.example";
        let changed = |change: IdentityChange| change.apply(right, None);
        assert_eq!(
            changed(IdentityChange::UpperCaseRelative),
            b"AE1@in.example"
        );
        assert_eq!(changed(IdentityChange::UpperCaseDomain), b"ae1@IN.EXAMPLE");
        assert_eq!(changed(IdentityChange::MixedCase), b"Ae1@in.example");
    }

    #[test]
    fn other_letters_look_alike() {
        let changed = |change: IdentityChange| {
            String::from_utf8(change.apply(b"ae1-lock@in.example", None)).unwrap()
        };
        assert_eq!(
            changed(IdentityChange::FullWidth),
            "\u{FF41}\u{FF45}\u{FF11}-\u{FF4C}\u{FF4F}\u{FF43}\u{FF4B}@in.example"
        );
        assert_eq!(
            changed(IdentityChange::LookAlike),
            "\u{430}\u{435}1-l\u{43E}\u{441}k@in.example"
        );
        let unseen = IdentityChange::LookAlike.apply(b"1@in.example", None);
        assert_eq!(unseen, "1\u{200B}@in.example".as_bytes());
    }

    #[test]
    fn length_cuts_and_fills() {
        let changed = |length| IdentityChange::Length(length).apply(b"ae1", None);
        assert_eq!(changed(2), b"ae");
        assert_eq!(changed(5), b"ae1xx");
    }
}
