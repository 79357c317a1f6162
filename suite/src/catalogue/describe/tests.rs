use super::*;

fn describe(behaviour: &str) -> Description {
    let purpose = format!(
        "[[purpose]]\nid = \"CSE/ACP/OPS/001\"\ntitle = \"t\"\nrequirements = []\npics = []\nkind = \"valid\"\n{behaviour}\n"
    );
    let disputes = "[[dispute]]\nname = \"d\"\ntext = \"t\"\n\
                    [[dispute.reading]]\nreleases = [2]\ncodes = [4000]\nclause = \"TS-0004\"\n\
                    [[dispute.reading]]\ncodes = [4102]\nclause = \"TS-0001\"\n";
    let catalogue =
        Catalogue::from_files([("acp.toml", purpose.as_str()), ("disputes.toml", disputes)])
            .expect("a small catalogue");
    let purpose = catalogue
        .purpose("CSE/ACP/OPS/001")
        .expect("its one purpose");
    catalogue.describe(purpose).expect("steps that read")
}

#[test]
fn denial_names_its_rule_its_code_and_its_twin() {
    let description =
        describe("decision = { rule = { acop = 62 }, operation = \"create\", expect = \"deny\" }");
    assert_eq!(
        description.initial,
        [
            "make-acpCtl: ADM creates m2m:acp acpCtl in {CB} with \
             pv={\"acr\":[{\"acor\":[\"{ADM}\"],\"acop\":63}]}, pvs={\"acr\":[{\"acor\":[\"{ADM}\"],\"acop\":63}]}",
            "make-acpT: ADM creates m2m:acp acpT in {CB} with \
             pv={\"acr\":[{\"acor\":[\"CtpA2\"],\"acop\":62}]}, pvs={\"acr\":[{\"acor\":[\"{ADM}\"],\"acop\":63}]}",
            "make-cntT: ADM creates m2m:cnt cntT in {CB} with acpi=[\"acpT\",\"acpCtl\"], lbl=[\"tpT\"]",
        ]
    );
    assert_eq!(
        description.steps,
        [
            "request: AE2 creates m2m:cin cinT in cntT with con=\"tp\"; it is denied with \
             4103 ORIGINATOR_HAS_NO_PRIVILEGE, and the answer shows nothing of what is protected",
            "read-back: ADM retrieves cntT; it succeeds and it is as it was before the stimulus",
        ]
    );
    assert_eq!(
        description.twin,
        ["make-acpT: pv=[{\"acor\":[\"CtpA2\"],\"acop\":63}] instead"]
    );
}

#[test]
fn discovery_names_what_it_finds() {
    let description = describe("decision = { operation = \"discover\", expect = \"permit\" }");
    let request = description.steps.first().expect("a request");
    assert_eq!(
        request,
        "request: AE2 discovers below {CB} by labels tpT; it succeeds and lists cntT"
    );
}

#[test]
fn dispute_names_what_each_text_says() {
    let steps = "{ name = \"ask\", retrieve = \"cntT\", expect = { dispute = \"d\" } }";
    let description = describe(&format!("scenario = {{ steps = [{steps}] }}"));
    assert_eq!(
        description.steps,
        [
            "ask: AE2 retrieves cntT; it is answered with 4000 BAD_REQUEST by TS-0004 in release 2 \
          or 4102 CONTENTS_UNACCEPTABLE by TS-0001"
        ]
    );
}

#[test]
fn function_speaks_its_own_words() {
    let description =
        describe("function = { initial = \"i\", stimulus = \"s\", expected = \"e\" }");
    assert_eq!(
        (description.initial, description.steps),
        (vec!["i".into()], vec!["s".into(), "e".into()])
    );
}

#[test]
fn every_purpose_of_the_catalogue_has_a_text() {
    let catalogue = Catalogue::embedded().expect("the catalogue");
    for purpose in &catalogue.purposes {
        let description = catalogue.describe(purpose).expect("steps that read");
        assert!(!description.steps.is_empty(), "{}", purpose.id);
    }
}
