use super::*;

const REQUIREMENTS: &str = "\
[[requirement]]
id = \"TS-0003/7.1.5/1\"
spec = \"TS-0003 V3.18.0\"
clause = \"7.1.5\"
level = \"shall\"
subject = \"CSE\"
text = \"t\"
testable = \"black-box\"
";
const PICS: &str = "[[pics]]\nname = \"PICS_ACP\"\ntext = \"t\"\n";
const PIXIT: &str =
    "[[pixit]]\nname = \"PIXIT_X\"\ntext = \"t\"\ndefault = \"a\"\nvalues = [\"a\", \"b\"]\n";
const FAULTS: [(&str, &str); 2] = [
    ("AcpIgnoresWindow", "TS-0003/7.1.5/1"),
    ("AcpIgnoresAddress", "TS-0003/7.1.5/2"),
];
const DECISION: &str = "decision = { rule = { acop = 1 }, expect = \"deny\" }";

fn row(id: &str, behaviour: &str) -> String {
    format!(
        "[[purpose]]\nid = {id:?}\ntitle = \"t\"\nrequirements = [\"TS-0003/7.1.5/1\"]\n\
         pics = [\"PICS_ACP\"]\nkind = \"invalid\"\n{behaviour}\n"
    )
}

fn lint_with(requirements: &str, purposes: &str) -> Vec<Problem> {
    let files = [
        ("requirements/a.toml", requirements),
        ("pics.toml", PICS),
        ("pixit.toml", PIXIT),
        ("acp.toml", purposes),
    ];
    let catalogue = Catalogue::from_files(files).expect("a catalogue that reads");
    catalogue
        .lint(&FAULTS)
        .into_iter()
        .map(|error| error.problem)
        .collect()
}

fn lint(purposes: &str) -> Vec<Problem> {
    lint_with(REQUIREMENTS, purposes)
}

/// Steps by AE2 on a container, with what each case changes.
fn scenario(steps: &str, twin: &str) -> String {
    row(
        "CSE/ACP/OPS/001",
        &format!("scenario = {{ steps = [{steps}], twin = {{{twin}}} }}"),
    )
}

const TWIN: &str = "\"ask\" = { as = \"ADM\" }";
const ASK: &str = "{ name = \"ask\", retrieve = \"cntT\", expect = \"deny\" }";
const READ_BACK: &str =
    "{ name = \"seen\", role = \"read-back\", retrieve = \"cntT\", unchanged = true }";

fn unknown(kind: &'static str, name: &str) -> Vec<Problem> {
    let name = name.into();
    vec![Problem::Unknown { kind, name }]
}

#[test]
fn embedded_catalogue_is_clean() {
    let catalogue = Catalogue::embedded().expect("the catalogue");
    let faults: Vec<(&str, &str)> = onem2m_server::faults::all()
        .map(|fault| (fault.name, fault.requirement))
        .collect();
    let errors = catalogue.lint(&faults);
    let lines: Vec<String> = errors.iter().map(ToString::to_string).collect();
    assert!(errors.is_empty(), "{}", lines.join("\n"));
}

#[test]
fn sound_rows_pass() {
    assert_eq!(lint(&row("CSE/ACP/OPS/001", DECISION)), []);
    assert_eq!(lint(&scenario(&format!("{ASK}, {READ_BACK}"), TWIN)), []);
}

#[test]
fn repeated_id_is_found() {
    let twice = row("CSE/ACP/OPS/001", DECISION).repeat(2);
    assert_eq!(lint(&twice), [Problem::Repeated]);
}

#[test]
fn ids_of_another_form_are_found() {
    for id in [
        "CSE/ACP/001",
        "XYZ/ACP/OPS/001",
        "CSE/ACP/ops/001",
        "CSE/ACP/OPS/1",
        "CSE/ACP/OPS/001/2",
    ] {
        assert!(lint(&row(id, DECISION)).contains(&Problem::Id), "{id}");
    }
}

#[test]
fn purpose_in_a_foreign_file_is_found() {
    let file = "acp".into();
    assert_eq!(
        lint(&row("CSE/DAC/OPS/001", DECISION)),
        [Problem::Group { file }]
    );
}

#[test]
fn names_that_refer_to_nothing_are_found() {
    let good = row("CSE/ACP/OPS/001", DECISION);
    let foreign = good.replace(
        "[\"TS-0003/7.1.5/1\"]",
        "[\"TS-0003/7.1.5/1\", \"TS-0003/7.1.5/9\"]",
    );
    assert_eq!(lint(&foreign), unknown("requirement", "TS-0003/7.1.5/9"));
    assert_eq!(
        lint(&good.replace("\"PICS_ACP\"", "\"!PICS_ACP|PICS_X\"")),
        unknown("claim", "PICS_X")
    );
    assert_eq!(
        lint(&good.replace("kind", "threats = [14]\nkind")),
        unknown("threat", "14")
    );
    assert_eq!(
        lint(&good.replace("kind", "kills = [\"None\"]\nkind")),
        unknown("fault", "None")
    );
}

#[test]
fn kill_of_a_foreign_fault_is_found() {
    let kills = row(
        "CSE/ACP/OPS/001",
        &format!("kills = [\"AcpIgnoresAddress\"]\n{DECISION}"),
    );
    let (fault, requirement) = ("AcpIgnoresAddress".into(), "TS-0003/7.1.5/2".into());
    assert_eq!(lint(&kills), [Problem::ForeignFault { fault, requirement }]);
    assert_eq!(lint(&kills.replace("Address", "Window")), []);
}

#[test]
fn purpose_that_is_not_judged_kills_nothing_and_tests_nothing() {
    let prose = "[purpose.function]\ninitial = \"i\"\nstimulus = \"s\"\nexpected = \"e\"\n";
    let killing = row(
        "CSE/ACP/OPS/001",
        &format!("kills = [\"AcpIgnoresWindow\"]\n{prose}"),
    );
    assert_eq!(lint(&killing), []);
    let untested = Problem::Dispositions {
        expected: 1,
        got: 0,
    };
    let lacking = format!("{killing}lacks = \"a binding\"\n");
    assert_eq!(lint(&lacking), [Problem::KillsUnjudged, untested.clone()]);
    let silent = lacking.replace("kills = [\"AcpIgnoresWindow\"]", "");
    assert_eq!(lint(&silent), [untested]);
}

#[test]
fn more_than_five_kills_need_a_reason() {
    let kills = |count: usize| {
        let names = vec!["\"AcpIgnoresWindow\""; count].join(", ");
        lint(&row(
            "CSE/ACP/OPS/001",
            &format!("kills = [{names}]\n{DECISION}"),
        ))
    };
    assert_eq!(kills(5), []);
    assert_eq!(kills(6), [Problem::KillsReason(6)]);
}

#[test]
fn no_behaviour_and_two_behaviours_are_found() {
    assert_eq!(lint(&row("CSE/ACP/OPS/001", "")), [Problem::Behaviours(0)]);
    let two = format!("{DECISION}\nspoof = {{ from = \"x\", expect = \"deny\" }}");
    assert_eq!(
        lint(&row("CSE/ACP/OPS/001", &two)),
        [Problem::Behaviours(2)]
    );
}

#[test]
fn broken_steps_are_found() {
    let broken = lint(&scenario("{ retrieve = \"cntT\", delete = \"cntT\" }", ""));
    assert!(
        matches!(broken.as_slice(), [Problem::Step(_)]),
        "{broken:?}"
    );
    let twin = lint(&scenario(
        &format!("{ASK}, {READ_BACK}"),
        "\"other\" = { as = \"ADM\" }",
    ));
    assert!(matches!(twin.as_slice(), [Problem::Step(_)]), "{twin:?}");
}

#[test]
fn repeated_step_names_are_found() {
    let steps = format!("{ASK}, {READ_BACK}, {READ_BACK}");
    assert_eq!(
        lint(&scenario(&steps, TWIN)),
        [Problem::RepeatedStep("seen".into())]
    );
}

#[test]
fn step_depends_on_earlier_ones_alone() {
    let dependent = READ_BACK.replace("role", "when = \"seen\", role");
    let (step, on) = ("seen".into(), "seen".into());
    let found = lint(&scenario(&format!("{ASK}, {dependent}"), TWIN));
    assert_eq!(found, [Problem::Dependence { step, on }]);
    let unless = READ_BACK.replace("role", "unless = \"ask\", role");
    assert_eq!(lint(&scenario(&format!("{ASK}, {unless}"), TWIN)), []);
}

#[test]
fn invalid_purpose_needs_twin_and_read_back() {
    assert_eq!(
        lint(&scenario(&format!("{ASK}, {READ_BACK}"), "")),
        [Problem::NoTwin]
    );
    assert_eq!(lint(&scenario(ASK, TWIN)), [Problem::NoReadBack]);
    assert_eq!(
        lint(&scenario(&format!("{READ_BACK}, {ASK}"), TWIN)),
        [Problem::NoReadBack]
    );
}

#[test]
fn explicit_twin_counts_before_the_stimulus_alone() {
    let twin = "{ name = \"may\", as = \"AE1\", role = \"twin\", retrieve = \"cntT\" }";
    assert_eq!(
        lint(&scenario(&format!("{twin}, {ASK}, {READ_BACK}"), "")),
        []
    );
    assert_eq!(
        lint(&scenario(&format!("{ASK}, {twin}, {READ_BACK}"), "")),
        [Problem::NoTwin]
    );
}

#[test]
fn purpose_without_a_stimulus_is_found() {
    assert_eq!(lint(&scenario(READ_BACK, "")), [Problem::NoStimulus]);
}

#[test]
fn readings_cover_the_values() {
    let reading = |readings: &str| {
        let expect = format!("expect = {{ pixit = \"PIXIT_X\", readings = {{ {readings} }} }}");
        lint(&row(
            "CSE/ACP/OPS/001",
            &format!("decision = {{ {expect} }}"),
        ))
    };
    assert_eq!(reading("a = \"deny\", b = \"permit\""), []);
    assert!(matches!(
        reading("a = \"deny\"").as_slice(),
        [Problem::Readings { .. }]
    ));
}

#[test]
fn disputes_exist() {
    let expect = row(
        "CSE/ACP/OPS/001",
        "decision = { expect = { dispute = \"d\" } }",
    );
    assert_eq!(lint(&expect), unknown("dispute", "d"));
}

#[test]
fn requirement_has_one_disposition_and_none_beside_a_purpose() {
    let both = format!("{REQUIREMENTS}planned = \"dac\"\n");
    let found = lint_with(&both, &row("CSE/ACP/OPS/001", DECISION));
    assert_eq!(
        found,
        [Problem::Dispositions {
            expected: 0,
            got: 1
        }]
    );
    let gap = format!(
        "{REQUIREMENTS}{}",
        REQUIREMENTS.replace("7.1.5/1", "7.1.5/2")
    );
    let found = lint_with(&gap, &row("CSE/ACP/OPS/001", DECISION));
    assert_eq!(
        found,
        [Problem::Dispositions {
            expected: 1,
            got: 0
        }]
    );
}

#[test]
fn credentials_of_its_own_are_shared_with_nobody() {
    let acting = |id: &str, set: usize| row(id, &format!("credential_set = {set}\n{DECISION}"));
    let two = |first, second| {
        lint(&format!(
            "{}{}",
            acting("CSE/ACP/OPS/001", first),
            acting("CSE/ACP/OPS/002", second)
        ))
    };
    assert_eq!(two(1, 2), []);
    assert_eq!(two(1, 1), [Problem::CredentialSet(1)]);
    assert_eq!(two(0, 1), [Problem::CredentialSet(0)]);
}
