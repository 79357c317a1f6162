use super::*;

const GOOD: &str = "\
[iut]
name = \"n\"
vendor = \"v\"
version = \"1\"
roles = [\"CSE\"]
release = 3
[cse]
id = \"/id-in\"
base = \"cse-in\"
[endpoints]
http = \"http://127.0.0.1:8080\"
[identities]
admin = \"CAdmin\"
ae_stem = \"Cconf\"
";

const CATALOGUE: [(&str, &str); 3] = [
    (
        "pics.toml",
        "[[pics]]\nname = \"PICS_ACP\"\ntext = \"t\"\nmandatory = true\n\
         [[pics]]\nname = \"PICS_SUB\"\ntext = \"t\"\n",
    ),
    (
        "pixit.toml",
        "[[pixit]]\nname = \"PIXIT_ORDER\"\ntext = \"t\"\ndefault = \"a\"\nvalues = [\"a\", \"b\"]\n\
         [[pixit]]\nname = \"PIXIT_TWAIT\"\ntext = \"t\"\ndefault = \"3000\"\n\
         [[pixit]]\nname = \"PIXIT_TEXPIRE\"\ntext = \"t\"\ndefault = \"2\"\n",
    ),
    (
        "acp.toml",
        "[[purpose]]\nid = \"CSE/ACP/OPS/001\"\ntitle = \"t\"\nrequirements = []\npics = []\nkind = \"valid\"\n",
    ),
];

fn catalogue() -> Catalogue {
    Catalogue::from_files(CATALOGUE).expect("a small catalogue")
}

fn read_with(text: &str, sets: &[&str]) -> Result<Profile, ProfileError> {
    let sets: Vec<String> = sets.iter().map(ToString::to_string).collect();
    Source::new("p.toml", PathBuf::new(), text.to_owned()).read(&sets, &catalogue())
}

fn refused(text: &str, sets: &[&str]) -> (String, Option<String>) {
    let error = read_with(text, sets).expect_err("a wrong profile");
    (error.to_string(), error.hint())
}

#[test]
fn embedded_profile_and_template_read() {
    let catalogue = Catalogue::embedded().expect("the catalogue");
    let reference = Profile::load("reference", &[], &catalogue).expect("the reference profile");
    assert!(reference.starts_reference());
    let template = include_str!("../../../profiles/template.toml");
    let source = Source::new("template.toml", PathBuf::new(), template.to_owned());
    source.read(&[], &catalogue).expect("the template");
}

#[test]
fn template_names_every_key_but_those_of_lists() {
    let template = include_str!("../../../profiles/template.toml");
    for key in Shape::of_profile().root().keys() {
        assert!(template.contains(&format!("[{key}")), "{key} is missing");
    }
}

#[test]
fn endpoint_set_for_the_reference_starts_nothing() {
    let catalogue = Catalogue::embedded().expect("the catalogue");
    let sets = ["endpoints.http=http://127.0.0.1:1".to_owned()];
    let profile = Profile::load("reference", &sets, &catalogue).expect("the reference profile");
    assert!(!profile.starts_reference());
}

#[test]
fn shown_endpoint_has_no_user_information() {
    let sets = ["endpoints.http=http://user:secret@host:80/cse/?token=secret"];
    let shown = read_with(GOOD, &sets).expect("a profile").shown_endpoints();
    assert_eq!(shown, [("http".into(), "http://host:80/cse".into())].into());
}

#[test]
fn absent_tables_have_their_defaults() {
    let profile = read_with(GOOD, &[]).expect("a good profile");
    assert_eq!(
        (profile.limits.response_timeout_ms, profile.limits.jobs),
        (3000, 8)
    );
    assert_eq!(profile.tester.sources, ["127.0.0.1"]);
}

#[test]
fn unknown_key_is_named_with_line_and_suggestion() {
    let text = format!("{GOOD}[limits]\njosb = 2\n");
    let (message, hint) = refused(&text, &[]);
    assert_eq!(message, "p.toml:16: unknown key `josb`");
    assert_eq!(hint.as_deref(), Some("did you mean `jobs`?"));
}

#[test]
fn unknown_table_is_named() {
    let (message, hint) = refused(&format!("{GOOD}[limit]\njobs = 2\n"), &[]);
    assert_eq!(message, "p.toml:15: unknown key `limit`");
    assert_eq!(hint.as_deref(), Some("did you mean `limits`?"));
}

#[test]
fn unknown_key_of_a_waiver_is_named() {
    let (message, _) = refused(&format!("{GOOD}[[waiver]]\nexpire = 2027-03-31\n"), &[]);
    assert_eq!(message, "p.toml:16: unknown key `expire`");
}

#[test]
fn unknown_claim_is_named_with_suggestion() {
    let (message, hint) = refused(&format!("{GOOD}[pics]\nPICS_SUBS = true\n"), &[]);
    assert_eq!(message, "p.toml:16: unknown claim `PICS_SUBS`");
    assert_eq!(hint.as_deref(), Some("did you mean `PICS_SUB`?"));
}

#[test]
fn wrong_type_is_named_with_line() {
    let (message, _) = refused(&format!("{GOOD}[limits]\njobs = \"two\"\n"), &[]);
    assert!(
        message.starts_with("p.toml:16: invalid type: string \"two\""),
        "{message}"
    );
}

#[test]
fn wrong_setting_is_named_as_such() {
    let (message, _) = refused(GOOD, &["limits.jobs=two"]);
    assert!(
        message.starts_with("--set limits.jobs: invalid type"),
        "{message}"
    );
    let (message, hint) = refused(GOOD, &["limits.job=2"]);
    assert_eq!(message, "--set limits.job: unknown key `job`");
    assert_eq!(hint.as_deref(), Some("did you mean `jobs`?"));
    let (message, _) = refused(GOOD, &["endpoints.http=localhost:80"]);
    assert!(
        message.starts_with("--set endpoints.http: expected http://HOST:PORT"),
        "{message}"
    );
}

#[test]
fn setting_repairs_what_the_file_leaves_out() {
    let without = GOOD.replace("release = 3\n", "");
    assert!(read_with(&without, &[]).is_err());
    let profile = read_with(&without, &["iut.release=2"]).expect("a repaired profile");
    assert_eq!(profile.iut.release, 2);
}

#[test]
fn digest_covers_settings() {
    let digest = |sets: &[&str]| read_with(GOOD, sets).expect("a good profile").sha256;
    assert_ne!(digest(&[]), digest(&["limits.jobs=1"]));
}

#[test]
fn waiver_needs_owner_reason_and_expiry() {
    let full = [
        "purpose = \"CSE/ACP/OPS/001\"\n",
        "owner = \"o\"\n",
        "reason = \"r\"\n",
        "expires = 2027-03-31\n",
    ];
    let text = |parts: &[&str]| format!("{GOOD}[[waiver]]\n{}", parts.concat());
    let profile = read_with(&text(&full), &[]).expect("a whole waiver");
    assert_eq!(profile.waiver.len(), 1);
    for left_out in 0..full.len() {
        let mut parts = full.to_vec();
        parts.remove(left_out);
        let (message, hint) = refused(&text(&parts), &[]);
        let member = full[left_out].split_once(' ').map_or("", |(name, _)| name);
        let expected = format!("p.toml:15: a waiver without `{member}`");
        assert_eq!(message, expected);
        assert!(hint.is_some_and(|hint| hint.contains("expires = 2027-03-31")));
    }
}

#[test]
fn wrong_member_of_a_waiver_is_named_with_its_line() {
    let purpose = "purpose = \"CSE/ACP/OPS/001\"\n";
    let rest = "owner = \"o\"\nreason = \"r\"\nexpires = 2027-03-31\n";
    let waiver = format!("[[waiver]]\n{purpose}{rest}");
    let changed = |from: &str, to: &str| waiver.replace(from, to);
    let date = "a date without quotes, such as 2027-03-31, got";
    for (text, expected) in [
        (
            changed("2027-03-31", "\"soon\""),
            format!("19: `expires`: expected {date} \"soon\""),
        ),
        (
            changed("2027-03-31", "\"2027-03-31\""),
            format!("19: `expires`: expected {date} \"2027-03-31\""),
        ),
        (
            changed("2027-03-31", "2027-03-31T10:00:00Z"),
            format!("19: `expires`: expected {date} 2027-03-31T10:00:00Z"),
        ),
        (
            changed("2027-03-31", "10:00:00"),
            format!("19: `expires`: expected {date} 10:00:00"),
        ),
        (
            changed("\"o\"", "3"),
            "17: `owner`: expected text, got 3".into(),
        ),
        (
            changed("\"o\"", "\" \""),
            "17: `owner`: expected some words, got none".into(),
        ),
        (
            changed("\"r\"", "\"\""),
            "18: `reason`: expected some words, got none".into(),
        ),
        (
            format!("{waiver}{waiver}"),
            "21: CSE/ACP/OPS/001 is waived already".into(),
        ),
    ] {
        let (message, hint) = refused(&format!("{GOOD}{text}"), &[]);
        assert_eq!(message, format!("p.toml:{expected}"));
        assert!(hint.is_some());
    }
}

#[test]
fn day_that_does_not_exist_is_refused() {
    let waiver = "[[waiver]]\npurpose = \"CSE/ACP/OPS/001\"\nowner = \"o\"\nreason = \"r\"\n";
    for day in ["2027-02-30", "2027-13-01", "2027-00-01"] {
        let (message, _) = refused(&format!("{GOOD}{waiver}expires = {day}\n"), &[]);
        assert!(message.starts_with("p.toml:19: "), "{message}");
    }
}

#[test]
fn waiver_on_one_line_is_checked_too() {
    let waiver =
        "waiver = [{ purpose = \"CSE/ACP/OPS/001\", reason = \"r\", expires = 2027-03-31 }]\n";
    let (message, _) = refused(&format!("{waiver}{GOOD}"), &[]);
    assert_eq!(message, "p.toml:1: a waiver without `owner`");
}

#[test]
fn waiver_of_an_unknown_purpose_is_refused() {
    let text = format!(
        "{GOOD}[[waiver]]\npurpose = \"CSE/ACP/OPS/002\"\nowner = \"o\"\nreason = \"r\"\nexpires = 2027-03-31\n"
    );
    let (message, hint) = refused(&text, &[]);
    assert_eq!(message, "p.toml:16: unknown purpose `CSE/ACP/OPS/002`");
    assert_eq!(hint.as_deref(), Some("did you mean `CSE/ACP/OPS/001`?"));
}

#[test]
fn mandatory_claim_holds_in_silence_and_cannot_be_declined() {
    let profile = read_with(GOOD, &[]).expect("a good profile");
    assert!(profile.claims("PICS_ACP", &catalogue()));
    assert!(!profile.claims("PICS_SUB", &catalogue()));
    let (message, _) = refused(&format!("{GOOD}[pics]\nPICS_ACP = false\n"), &[]);
    assert_eq!(
        message,
        "p.toml:16: PICS_ACP is mandatory for a CSE and cannot be declined"
    );
}

#[test]
fn reading_outside_its_list_is_refused() {
    let (message, _) = refused(&format!("{GOOD}[pixit]\nPIXIT_ORDER = \"c\"\n"), &[]);
    assert_eq!(
        message,
        "p.toml:16: expected one of a, b for PIXIT_ORDER, got \"c\""
    );
}

#[test]
fn values_come_from_profile_default_and_alias() {
    let text = format!("{GOOD}[pixit]\nPIXIT_TEXPIRE = 5\n");
    let (profile, catalogue) = (read_with(&text, &[]).expect("a good profile"), catalogue());
    let value = |name| profile.pixit(name, &catalogue);
    assert_eq!(value("PIXIT_TEXPIRE").as_deref(), Some("5"));
    assert_eq!(value("PIXIT_ORDER").as_deref(), Some("a"));
    assert_eq!(value("PIXIT_TWAIT").as_deref(), Some("3000"));
    assert_eq!(value("PIXIT_ADM").as_deref(), Some("CAdmin"));
    assert_eq!(value("PIXIT_NONE"), None);
    assert_eq!(profile.pixit_defaults(&catalogue), ["PIXIT_ORDER"]);
}

#[test]
fn alias_is_set_at_its_own_place_alone() {
    let (message, _) = refused(&format!("{GOOD}[pixit]\nPIXIT_TWAIT = 5\n"), &[]);
    assert!(message.contains("limits.response_timeout_ms"), "{message}");
}

#[test]
fn judged_role_needs_an_endpoint() {
    let (message, _) = refused(&GOOD.replace("\"CSE\"]", "\"CSE\", \"MAF\"]"), &[]);
    assert!(
        message.starts_with("p.toml:10: role MAF is judged"),
        "{message}"
    );
}

#[test]
fn key_never_shows_in_a_message() {
    let psk = |key: &str| {
        format!("{GOOD}[credentials.psk.a]\nidentity = \"i\"\nentity = \"Ca\"\n{key}\n")
    };
    let (message, _) = refused(&psk("key_hex = \"c0ffeex\""), &[]);
    assert!(!message.contains("c0ffee"), "{message}");
    let (message, _) = refused(&psk("key_hex = 1234567"), &[]);
    assert!(!message.contains("1234567"), "{message}");
    let profile = read_with(&psk("key_hex = \"c0ffee\""), &[]).expect("a good key");
    assert!(!format!("{profile:?}").contains("c0ffee"));
}

#[test]
fn key_or_identity_of_a_wrong_length_is_named_with_its_line() {
    let psk = |identity: &str, digits: &str| {
        format!(
            "{GOOD}[credentials.psk.a]\nentity = \"Ca\"\nidentity = \"{identity}\"\nkey_hex = \"{digits}\"\n"
        )
    };
    let lines = GOOD.lines().count();
    for (octets, fits) in [(1, true), (64, true), (65, false)] {
        let read = read_with(&psk("i", &"c0".repeat(octets)), &[]);
        assert_eq!(read.is_ok(), fits, "{octets}");
    }
    for (digits, expected) in [
        ("c0".repeat(65), "expected a key of 1 to 64 octets, got 65"),
        (
            String::new(),
            "expected a key as an even number of hexadecimal digits",
        ),
        (
            "c0f".into(),
            "expected a key as an even number of hexadecimal digits",
        ),
    ] {
        let (message, _) = refused(&psk("i", &digits), &[]);
        let place = format!("p.toml:{}: {expected}", lines + 4);
        assert!(message.starts_with(&place), "{message}");
    }
    assert!(read_with(&psk(&"i".repeat(128), "c0"), &[]).is_ok());
    for (identity, expected) in [
        (
            "i".repeat(129),
            "expected an identity of 1 to 128 octets (RFC 4279, 5.3), got 129",
        ),
        (
            String::new(),
            "expected an identity of 1 to 128 octets (RFC 4279, 5.3), got 0",
        ),
        (
            "i\\u0000".into(),
            "expected an identity without zero octets",
        ),
    ] {
        let (message, _) = refused(&psk(&identity, "c0"), &[]);
        let place = format!("p.toml:{}: {expected}", lines + 3);
        assert_eq!(message, place);
    }
}

#[test]
fn key_has_exactly_one_source() {
    let text = format!("{GOOD}[credentials.psk.a]\nidentity = \"i\"\nentity = \"Ca\"\n");
    let (message, _) = refused(&text, &[]);
    assert!(
        message.contains("expected exactly one of key_hex, key_file and key_env"),
        "{message}"
    );
}

#[test]
fn control_and_triggers_read() {
    let text = format!(
        "{GOOD}[control]\nstart = \"s\"\nready = {{ delay_ms = 500 }}\n[trigger.notify]\ncommand = \"c\"\n"
    );
    let profile = read_with(&text, &[]).expect("a good profile");
    let ready = profile.control.and_then(|control| control.ready);
    assert_eq!(ready, Some(super::super::Ready::DelayMs(500)));
    assert!(profile.trigger.contains_key("notify"));
}

#[test]
fn ready_rule_is_one_that_the_endpoint_can_show() {
    let text = |endpoint: &str, ready: &str| {
        let head = GOOD.replace("http = \"http://127.0.0.1:8080\"", endpoint);
        format!("{head}[control]\nstart = \"s\"\n{ready}\n")
    };
    let coap = "coap = \"coap://127.0.0.1:5683\"";
    assert!(read_with(&text(coap, "ready = { delay_ms = 500 }"), &[]).is_ok());
    for ready in ["ready = { tcp = true }", "ready = { http = 200 }", ""] {
        let (message, _) = refused(&text(coap, ready), &[]);
        assert!(
            message.contains("expected a rule that endpoints.coap can show"),
            "{message}"
        );
    }
}

#[test]
fn missing_file_is_said_with_advice() {
    let error = Profile::load("none.toml", &[], &catalogue()).expect_err("no such file");
    assert!(
        error
            .to_string()
            .starts_with("profile none.toml cannot be read")
    );
    assert!(error.hint().is_some());
}

const PEERS: &str = "[credentials.authority.a]\nseed = \"s\"\n[credentials.peer.p]\n";

#[test]
fn peers_of_every_flavour_read() {
    for peer in [
        "flavour = \"cse_id\"\nauthority = \"a\"\nnames = [\"dns:c.in.example\"]\nentities = [\"/c\"]",
        "flavour = \"ae_id\"\nauthority = \"a\"\nnames = [\"uri://in.example/S1\"]\nentities = [\"S1\"]",
        "flavour = \"device\"\nauthority = \"a\"\nnames = [\"oid:0.2.481.1/1.2\"]\nentities = [\"S1\", \"C2\"]",
        "flavour = \"node_id\"\nauthority = \"a\"\nnames = [\"uri:urn:x:1\"]",
        "flavour = \"raw_key\"\nauthority = \"a\"\ndigest_bits = 120\nentities = [\"C2\"]",
    ] {
        let text = format!("{GOOD}{PEERS}{peer}\n");
        assert_eq!(read_with(&text, &[]).err(), None, "{peer}");
    }
}

#[test]
fn peer_that_its_flavour_does_not_allow_is_refused() {
    let cse = "flavour = \"cse_id\"\nauthority = \"a\"\nnames = [\"dns:c.in.example\"]\nentities = [\"/c\"]";
    let raw = "flavour = \"raw_key\"\nauthority = \"a\"";
    for (peer, expected) in [
        (
            cse.replace("\"a\"", "\"b\""),
            "expected a name below credentials.authority (a)",
        ),
        (cse.replace("dns:", "uri:"), "expected one dns: name"),
        (
            cse.replace("/c", "C1"),
            "expected the CSE-ID for flavour cse_id",
        ),
        (cse.replace("dns:c", "c"), "expected a name such as"),
        (
            cse.replace("\nauthority = \"a\"", ""),
            "expected an authority",
        ),
        (
            format!("{cse}\ndigest_bits = 120"),
            "of raw public keys alone",
        ),
        (
            format!("{raw}\ndigest_bits = 100"),
            "expected 256, 128, 120, 96, 64 or 32, got 100",
        ),
        (
            format!("{raw}\nnames = [\"dns:c.in.example\"]"),
            "neither names nor permitted",
        ),
        (
            format!("{raw}\nentities = [\"C1\", \"C2\"]"),
            "one entity at most",
        ),
        (
            raw.replace("\nauthority = \"a\"", ""),
            "either key or an authority",
        ),
    ] {
        let (message, _) = refused(&format!("{GOOD}{PEERS}{peer}\n"), &[]);
        assert!(message.contains(expected), "{peer}: {message}");
        assert!(message.starts_with("p.toml:"), "{message}");
    }
}

#[test]
fn authority_needs_certificate_and_key_or_a_seed() {
    let authority = |members: &str| {
        refused(
            &format!("{GOOD}[credentials.authority.a]\n{members}\n"),
            &[],
        )
        .0
    };
    let message = authority("certificate = \"a.pem\"");
    assert!(
        message.contains("expected certificate and key, or seed"),
        "{message}"
    );
    let message = authority("certificate = \"no-such.pem\"\nkey = \"no-such.key\"");
    assert!(message.contains("no-such.pem cannot be read"), "{message}");
}
