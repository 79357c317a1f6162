//! A CSE behind a front that accepts credentials and does not tell whose they are: it serves everybody as anybody.

use super::child::{call, folder};
use super::{front, reference};
use onem2m_conform::report::Results;
use onem2m_conform::verdict::{Outcome, Verdict};
use onem2m_server::Clauses;

#[test]
fn identity_that_is_not_bound_is_found_out_and_nothing_else() {
    let plain = reference::start(Clauses::SPECIFICATION);
    let secured = front::with_keys(plain);
    let folder = folder("terminator-unbound");
    let ended = call(&[
        "run",
        "sae-psk",
        "--set",
        &format!("endpoints.http=http://{plain}"),
        "--set",
        &format!("endpoints.https=https://{secured}"),
        "--seed",
        "7",
        "--out",
        folder.to_str().unwrap(),
    ]);
    assert_eq!(ended.code, 1, "{}{}", ended.talk, ended.data);
    let results = Results::read(&folder.join("results.json")).unwrap();
    assert_eq!(results.outcome, Outcome::Nonconformant);
    // Either the request of somebody else is not refused with 4106, or the CSE, which knows nobody in the association, refuses the
    // holder itself with it; a CSE with 4107, since it seems to come outside of one, and whoever a rule admits by its Credential-ID with
    // 4126.
    let failed: Vec<_> = results
        .purposes
        .iter()
        .filter(|purpose| purpose.judgement.verdict == Verdict::Fail && !purpose.advisory)
        .collect();
    for id in ["CSE/SAE/PSK/025", "CSE/SAE/PSK/026"] {
        assert!(failed.iter().any(|purpose| purpose.id == id), "{id}");
    }
    for purpose in failed {
        let judgement = &purpose.judgement;
        let expected = judgement.expected.iter().chain(&judgement.observed);
        let codes = ["4106", "4107", "4126"];
        let mut named = expected.filter(|text| codes.iter().any(|code| text.contains(code)));
        assert!(named.next().is_some(), "{}: {judgement:#?}", purpose.id);
    }
    let errors = results.purposes.iter();
    let errors = errors.filter(|purpose| purpose.judgement.verdict == Verdict::Error);
    assert_eq!(errors.count(), 0);
}
