//! A small catalogue that knows what the results made by hand name.

use onem2m_conform::catalogue::Catalogue;

const REQUIREMENTS: &str = r#"
[[requirement]]
id = "TS-0003/7.1.5/2"
spec = "TS-0003 V3.18.0"
clause = "7.1.5"
level = "shall"
subject = "Hosting CSE"
text = "A request outside every window of a rule is not permitted by that rule."
testable = "black-box"

[[requirement]]
id = "TS-0003/8.2.1/1"
spec = "TS-0003 V3.18.0"
clause = "8.2.1"
level = "shall"
subject = "Entity A"
text = "Entity A is always the client of the first association."
testable = "needs-trigger"
planned = "sae-psk"

[[requirement]]
id = "TS-0003/9.1.1.2/1"
spec = "TS-0003 V3.18.0"
clause = "9.1.1.2"
level = "shall"
subject = "MAF"
text = "The MAF gets its credentials by business logic."
testable = "not testable"
untestable = "how the MAF comes by its credentials is a matter of business"

[[requirement]]
id = "TS-0003/C.1/1"
spec = "TS-0003 V3.18.0"
clause = "C.1"
level = "may"
subject = "UICC"
text = "Administration of the card over the air."
testable = "not testable"
out_of_profile = "an interface of the mobile network"
"#;

const THREATS: &str = r#"
[[threat]]
id = 16
title = "Injection"
countermeasures = [20]
black_box_evidence = "Yes. Malformed input is refused."

[[threat]]
id = 17
title = "Side channels"
countermeasures = []
black_box_evidence = "No."

[[countermeasure]]
id = 20
title = "Rigorous input validation"
threats = [16]
black_box = "malformed input is refused"
"#;

const PICS: &str = r#"
[[pics]]
name = "PICS_ACP"
text = "<accessControlPolicy> decides requests"
"#;

const PIXIT: &str = r#"
[[pixit]]
name = "PIXIT_TWAIT"
text = "milliseconds to wait for an answer"
default = "3000"
"#;

const DISPUTES: &str = r#"
[[dispute]]
name = "window-outside"
text = "Retrieve outside every window"

[[dispute.reading]]
releases = [3]
codes = [4103]
clause = "TS-0004 V3.32.0, 7.3.3.15"

[[dispute.reading]]
releases = [1]
codes = [4105]
clause = "TS-0018"
"#;

fn purpose(number: u32) -> String {
    format!(
        "[[purpose]]\nid = \"CSE/ACP/OPS/{number:03}\"\ntitle = \"A retrieval outside the window is denied\"\n\
         requirements = [\"TS-0003/7.1.5/2\"]\nthreats = [16]\npics = []\nkind = \"invalid\"\n\
         scenario = {{ steps = [{{ name = \"stimulus\", retrieve = \"cntT\", expect = {{ dispute = \"window-outside\" }} }}] }}\n"
    )
}

/// The catalogue; it has more purposes than the example run selected.
pub fn catalogue() -> Catalogue {
    let purposes: String = (1..=12).map(purpose).collect();
    Catalogue::from_files([
        ("acp.toml", purposes.as_str()),
        ("requirements/ts-0003.toml", REQUIREMENTS),
        ("threats.toml", THREATS),
        ("pics.toml", PICS),
        ("pixit.toml", PIXIT),
        ("disputes.toml", DISPUTES),
    ])
    .unwrap()
}
