//! Lists in one header field or option: elements joined by a separator (TS-0009 V3.9.1, 6.4.11, 6.4.18, 6.4.19, 6.4.24).

use super::error::{FieldError, NoElement};

/// Joins `elements`, each of which has to be visible text without the separator.
pub(crate) fn join(
    name: &'static str,
    elements: &[String],
    separator: char,
) -> Result<String, NoElement> {
    let mut joined = String::new();
    for (index, element) in elements.iter().enumerate() {
        if element.is_empty() || element.contains(|c: char| c == separator || c.is_whitespace()) {
            return Err(NoElement {
                name,
                separator,
                got: element.clone(),
            });
        }
        if index > 0 {
            joined.push(separator);
        }
        joined.push_str(element);
    }
    Ok(joined)
}

/// The elements of `text`; blanks around them do not count, and an empty `text` is the empty list.
pub(crate) fn split(name: &str, text: &str, separator: char) -> Result<Vec<String>, FieldError> {
    if text.is_empty() {
        return Ok(Vec::new());
    }
    text.split(separator)
        .map(|element| match element.trim() {
            visible if visible.is_empty() || visible.contains(char::is_whitespace) => {
                Err(FieldError::Value {
                    name: name.to_owned(),
                    expected: "a list without empty elements",
                    got: text.to_owned(),
                })
            }
            visible => Ok(visible.to_owned()),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn owned(elements: &[&str]) -> Vec<String> {
        elements
            .iter()
            .map(|element| (*element).to_owned())
            .collect()
    }

    #[test]
    fn elements_are_joined_without_blanks() {
        assert_eq!(
            join("x", &owned(&["a.b", "c=="]), '+').as_deref(),
            Ok("a.b+c==")
        );
        assert_eq!(join("x", &[], '+').as_deref(), Ok(""));
    }

    #[test]
    fn element_with_separator_or_blank_is_refused() {
        for element in ["", "a+b", "a b", " a", "a\t"] {
            assert!(
                join("x", &owned(&["ok", element]), '+').is_err(),
                "{element:?}"
            );
        }
    }

    #[test]
    fn blanks_around_the_separator_do_not_count() {
        assert_eq!(split("x", "a + b+c", '+'), Ok(owned(&["a", "b", "c"])));
        assert_eq!(split("x", "", '+'), Ok(Vec::new()));
    }

    #[test]
    fn empty_elements_are_refused() {
        for text in ["+", "a+", "+a", "a++b", "a+ +b", "a b"] {
            assert!(split("x", text, '+').is_err(), "{text:?}");
        }
    }
}
