/// The octets of a member of an object as they stand in its text, without the white space around them.
///
/// `object` has to be JSON that was read strictly; of anything else this finds something or `None`.
pub fn raw_member<'text>(object: &'text str, name: &str) -> Option<&'text str> {
    let mut rest = object.trim_start().strip_prefix('{')?.trim_start();
    while !rest.starts_with('}') {
        let (key, after) = value(rest)?;
        let (found, after) = value(after.trim_start().strip_prefix(':')?.trim_start())?;
        if is(key, name)? {
            return Some(found);
        }
        let after = after.trim_start();
        rest = after.strip_prefix(',').unwrap_or(after).trim_start();
    }
    None
}

/// Whether a string as it is written stands for a name.
fn is(written: &str, name: &str) -> Option<bool> {
    if written.contains('\\') {
        Some(serde_json::from_str::<String>(written).ok()? == name)
    } else {
        let inside = written.strip_prefix('"')?.strip_suffix('"')?;
        Some(inside == name)
    }
}

/// The value that a text begins with, and what follows it.
fn value(text: &str) -> Option<(&str, &str)> {
    let mut depth = 0_usize;
    let mut in_string = false;
    let mut escaped = false;
    for (at, octet) in text.bytes().enumerate() {
        let ends_behind = if in_string {
            match octet {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'"' => in_string = false,
                _ => {}
            }
            !in_string && depth == 0
        } else {
            match octet {
                b'"' => in_string = true,
                b'{' | b'[' => depth += 1,
                b',' | b':' | b' ' | b'\t' | b'\n' | b'\r' if depth == 0 => {
                    return nonempty(text.split_at_checked(at)?);
                }
                b'}' | b']' if depth == 0 => return nonempty(text.split_at_checked(at)?),
                b'}' | b']' => depth -= 1,
                _ => {}
            }
            depth == 0 && matches!(octet, b'}' | b']')
        };
        if ends_behind {
            return text.split_at_checked(at + 1);
        }
    }
    None
}

fn nonempty<'text>(halves: (&'text str, &'text str)) -> Option<(&'text str, &'text str)> {
    (!halves.0.is_empty()).then_some(halves)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::raw_member;

    #[test]
    fn a_member_stands_as_it_was_written() {
        let text = " { \"a\" : 1 , \"\\u006fro\" : { \"x\":\"}\\\"\" , \"y\":[ 1 ] } ,\"z\":-1e5}";
        assert_eq!(raw_member(text, "a"), Some("1"));
        assert_eq!(
            raw_member(text, "oro"),
            Some(r#"{ "x":"}\"" , "y":[ 1 ] }"#)
        );
        assert_eq!(raw_member(text, "z"), Some("-1e5"));
        assert_eq!(raw_member(text, "x"), None);
        assert_eq!(raw_member("{}", "x"), None);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn any_text_comes_to_an_end(text in "[{}\\[\\]\",:\\\\ a1é]{0,40}", name in "[a1]?") {
            let found = raw_member(&text, &name);
            prop_assert!(found.is_none_or(|found| text.contains(found)));
        }
    }
}
