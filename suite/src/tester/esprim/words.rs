//! Words in what a step says of its object: `<kid>`, `<ori:other>`, `<now-60>`.

use serde_json::{Map, Value};

/// The words in all texts of a value, each once.
pub fn words(value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    each(value, &mut |text| {
        for piece in text.split('<').skip(1) {
            if let Some((word, _)) = piece.split_once('>')
                && is_word(word)
                && !found.iter().any(|it| it == word)
            {
                found.push(word.to_owned());
            }
        }
    });
    found
}

/// The value with these words replaced.
pub fn replaced(value: &Value, words: &[(String, String)]) -> Value {
    match value {
        Value::String(text) => {
            Value::String(words.iter().fold(text.clone(), |text, (word, by)| {
                text.replace(&format!("<{word}>"), by)
            }))
        }
        Value::Array(values) => values.iter().map(|value| replaced(value, words)).collect(),
        Value::Object(members) => {
            let member = |(name, value): (&String, &Value)| (name.clone(), replaced(value, words));
            Value::Object(members.iter().map(member).collect::<Map<_, _>>())
        }
        other => other.clone(),
    }
}

/// `<absent>` is for who composes; an object of XML begins with a colon or a blank somewhere.
fn is_word(word: &str) -> bool {
    word != "absent"
        && !word.is_empty()
        && word
            .chars()
            .all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, ':' | '-' | '+'))
}

fn each(value: &Value, visit: &mut impl FnMut(&str)) {
    match value {
        Value::String(text) => visit(text),
        Value::Array(values) => values.iter().for_each(|value| each(value, visit)),
        Value::Object(members) => members.values().for_each(|value| each(value, visit)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn words_are_found_and_replaced_wherever_they_stand() {
        let value = json!({"a": "<kid>", "b": ["x<ori:s2>y", "<absent>", "a < b > c"], "c": 1});
        assert_eq!(words(&value), ["kid", "ori:s2"]);
        let by = [
            ("kid".to_owned(), "K".to_owned()),
            ("ori:s2".to_owned(), "o".to_owned()),
        ];
        let expected = json!({"a": "K", "b": ["xoy", "<absent>", "a < b > c"], "c": 1});
        assert_eq!(replaced(&value, &by), expected);
    }
}
