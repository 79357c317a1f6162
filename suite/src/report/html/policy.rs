//! The style and the script of the page, and the policy that allows nothing besides.

use base64ct::{Base64, Encoding};
use sha2::{Digest, Sha256};

/// What the page looks like.
pub(super) const STYLE: &str = include_str!("templates/style.css");
/// What makes the filter work; without it everything is visible.
pub(super) const SCRIPT: &str = include_str!("templates/filter.js");

/// A Content-Security-Policy under which a browser applies the style, runs the script, and loads,
/// sends and runs nothing else: both are named by their digests.
pub(super) fn content_security_policy() -> String {
    format!(
        "default-src 'none'; style-src '{}'; script-src '{}'; base-uri 'none'; form-action 'none'",
        digest(STYLE),
        digest(SCRIPT)
    )
}

fn digest(text: &str) -> String {
    let digest = Sha256::digest(text.as_bytes());
    format!("sha256-{}", Base64::encode_string(&digest))
}
