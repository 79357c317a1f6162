//! A sequence as a script of curl.

use crate::tester::link::OutgoingRequest;

/// A shell script that sends the requests one after the other.
pub fn script(endpoint: &str, requests: &[OutgoingRequest]) -> String {
    let mut script = format!("#!/bin/sh\nIUT=${{1:-{}}}\n", quoted_url(endpoint));
    for request in requests {
        script.push_str(&format!(
            "curl -sS -i -X {} \"$IUT\"{}",
            request.method,
            quoted(&request.target)
        ));
        for (name, value) in &request.headers {
            script.push_str(&format!(" -H {}", quoted(&format!("{name}: {value}"))));
        }
        if !request.body.0.is_empty() {
            let body = String::from_utf8_lossy(&request.body.0);
            script.push_str(&format!(" --data-binary {}", quoted(&body)));
        }
        script.push('\n');
    }
    script
}

/// A word of the shell: nothing in it has a meaning.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

/// A URL of a profile, as the default of a parameter.
fn quoted_url(url: &str) -> String {
    url.chars()
        .filter(|character| !matches!(character, '}' | '"' | '`' | '$' | '\\' | ' ' | '\n'))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tester::link::Octets;

    #[test]
    fn nothing_of_a_request_reaches_the_shell() {
        let request = OutgoingRequest {
            method: "GET".into(),
            target: "/a'$(b)".into(),
            headers: vec![("X-M2M-Origin".into(), "C\"`x`".into())],
            body: Octets::default(),
        };
        let script = script("http://127.0.0.1:8080", &[request]);
        let expected = r#"curl -sS -i -X GET "$IUT"'/a'\''$(b)' -H 'X-M2M-Origin: C"`x`'"#;
        assert!(script.contains(expected), "{script}");
    }
}
