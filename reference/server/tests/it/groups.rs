use onem2m_primitive::{Request, Response, ResponseStatusCode};
use serde_json::{Value, json};

use crate::bench::{
    ADMIN, BAD_REQUEST, Bench, CREATED, DENIED, NOT_FOUND, OK, UPDATED, container, instance,
    representation,
};

const INCONSISTENT: ResponseStatusCode = ResponseStatusCode::GROUP_MEMBER_TYPE_INCONSISTENT;
const EXCEEDED: ResponseStatusCode = ResponseStatusCode::MAX_NUMBER_OF_MEMBER_EXCEEDED;

/// Two containers of AE1, `cse-in/c1` for AE2 with these operations and `cse-in/c2` for AE2 to do everything.
async fn bench(acop: u32) -> Bench {
    let bench = Bench::with_two().await;
    for (name, acop) in [("c1", acop), ("c2", 63)] {
        let policy = bench
            .policy(
                &format!("acp-{name}"),
                json!([{ "acor": [ADMIN], "acop": 63 }, { "acor": ["CtpA2"], "acop": acop }]),
            )
            .await;
        let content = json!({ "m2m:cnt": { "rn": name, "acpi": [policy] } });
        create(&bench, 3, content).await;
    }
    bench
}

async fn create(bench: &Bench, kind: u32, content: Value) -> Response {
    let request = Request::create("cse-in", kind, content).from(ADMIN);
    let response = bench.send(request).await;
    assert_eq!(response.status, CREATED, "{response:?}");
    response
}

/// A group `cse-in/{name}` of the administrator, with a policy that gives AE2 these operations on its members.
async fn group(bench: &Bench, name: &str, members: &[&str], acop: u32) {
    let policy = bench
        .policy(
            &format!("acp-{name}"),
            json!([{ "acor": [ADMIN], "acop": 63 }, { "acor": ["CtpA2"], "acop": acop }]),
        )
        .await;
    let attributes = json!({ "rn": name, "mnm": 9, "mid": members, "macp": [policy] });
    create(bench, 9, json!({ "m2m:grp": attributes })).await;
}

async fn made(bench: &Bench, attributes: Value) -> Result<Value, ResponseStatusCode> {
    let request = Request::create("cse-in", 9, json!({ "m2m:grp": attributes })).from(ADMIN);
    let response = bench.send(request).await;
    match response.status {
        CREATED => Ok(representation(&response)),
        status => Err(status),
    }
}

/// The codes of the members in an aggregated response, each with its member.
fn codes(response: &Response) -> Vec<(String, u64)> {
    assert_eq!(response.status, OK, "{response:?}");
    let content = response.content.as_ref().unwrap();
    let members = content["m2m:agr"]["m2m:rsp"].as_array().unwrap();
    members
        .iter()
        .map(|member| {
            let from = member["fr"].as_str().unwrap().to_owned();
            (from, member["rsc"].as_u64().unwrap())
        })
        .collect()
}

fn code(member: &str, code: u64) -> (String, u64) {
    (member.to_owned(), code)
}

#[tokio::test]
async fn repeated_members_are_dropped_in_whatever_form() {
    let bench = bench(63).await;
    let members = ["cse-in/c1", "/id-in/cse-in/c1", "-/c1", "cse-in/c2"];
    let group = made(&bench, json!({ "mnm": 4, "mid": members })).await;
    let group = group.unwrap();
    assert_eq!(group["mid"], json!(["cse-in/c1", "cse-in/c2"]));
    assert_eq!(
        (&group["cnm"], &group["mt"], &group["csy"]),
        (&json!(2), &json!(0), &json!(1))
    );
}

#[tokio::test]
async fn members_of_another_type_are_dealt_with_by_the_strategy() {
    let bench = bench(63).await;
    let members = json!(["cse-in/c1", "CtpA1"]);
    let of = |strategy| json!({ "mnm": 2, "mid": members, "mt": 3, "csy": strategy });
    let abandoned = made(&bench, of(1)).await.unwrap();
    assert_eq!(abandoned["mid"], json!(["cse-in/c1"]));
    assert_eq!(abandoned["mtv"], json!(true));
    assert_eq!(made(&bench, of(2)).await, Err(INCONSISTENT));
    let mixed = made(&bench, of(3)).await.unwrap();
    assert_eq!((&mixed["mt"], &mixed["cnm"]), (&json!(0), &json!(2)));
    assert_eq!(made(&bench, of(4)).await, Err(BAD_REQUEST));
}

#[tokio::test]
async fn group_holds_no_more_than_it_may() {
    let bench = bench(63).await;
    let members = json!(["cse-in/c1", "cse-in/c2"]);
    let two = json!({ "rn": "g", "mnm": 2, "mid": members });
    assert_eq!(
        made(&bench, json!({ "mnm": 1, "mid": members })).await,
        Err(EXCEEDED)
    );
    assert!(made(&bench, two).await.is_ok());
    let many: Vec<String> = (0..1001)
        .map(|number| format!("cse-in/c{number}"))
        .collect();
    let many = json!({ "mnm": 5000, "mid": many });
    assert_eq!(made(&bench, many).await, Err(EXCEEDED));
    for attributes in [
        json!({ "mnm": 1 }),
        json!({ "mid": ["cse-in/c1", "cse-in/c2", "CtpA1"] }),
    ] {
        let update = Request::update("cse-in/g", json!({ "m2m:grp": attributes })).from(ADMIN);
        assert_eq!(bench.status(update).await, EXCEEDED);
    }
}

#[tokio::test]
async fn fan_out_point_is_the_name_of_no_other_child() {
    let bench = bench(63).await;
    group(&bench, "g", &["cse-in/c1"], 63).await;
    let content = json!({ "m2m:sub": { "rn": "fopt", "nu": ["http://ae.example"] } });
    let below = Request::create("cse-in/g", 23, content).from(ADMIN);
    assert_eq!(bench.status(below).await, ResponseStatusCode::CONFLICT);
}

#[tokio::test]
async fn each_member_is_decided_for_the_originator() {
    let bench = bench(1).await;
    group(&bench, "g", &["cse-in/c1", "cse-in/c2", "cse-in/c3"], 63).await;
    let response = bench
        .send(Request::retrieve("cse-in/g/fopt").from("CtpA2"))
        .await;
    assert_eq!(
        codes(&response),
        [
            code("cse-in/c1", 4103),
            code("cse-in/c2", 2000),
            code("cse-in/c3", 4004)
        ]
    );
}

#[tokio::test]
async fn fan_out_needs_the_operation_in_the_policies_for_members() {
    let bench = bench(63).await;
    group(&bench, "g", &["cse-in/c1"], 2).await;
    let update = Request::update("cse-in/g/fopt", json!({ "m2m:cnt": { "lbl": ["x"] } }));
    assert_eq!(bench.status(update.from("CtpA2")).await, DENIED);
    let retrieve = Request::retrieve("cse-in/g/fopt").from("CtpA2");
    assert_eq!(bench.status(retrieve).await, OK);
    let itself = Request::retrieve("cse-in/g").from("CtpA2");
    assert_eq!(bench.status(itself).await, DENIED);
}

#[tokio::test]
async fn names_behind_the_fan_out_point_lead_below_each_member() {
    let bench = bench(63).await;
    group(&bench, "g", &["/id-in/cse-in/c1", "cse-in/c2"], 63).await;
    let create = Request::create("cse-in/g/fopt", 4, instance()).from("CtpA2");
    let created = bench.send(create).await;
    assert_eq!(
        codes(&created),
        [code("/id-in/cse-in/c1", 2001), code("cse-in/c2", 2001)]
    );
    let latest = Request::retrieve("cse-in/g/fopt/la").from("CtpA2");
    let response = bench.send(latest).await;
    assert_eq!(codes(&response).len(), 2);
    let content = response.content.unwrap();
    assert_eq!(
        content["m2m:agr"]["m2m:rsp"][0]["pc"]["m2m:cin"]["con"],
        json!("tp")
    );
}

#[tokio::test]
async fn deleted_members_leave_the_group() {
    let bench = bench(1).await;
    group(&bench, "g", &["cse-in/c1", "cse-in/c2"], 63).await;
    let response = bench
        .send(Request::delete("cse-in/g/fopt").from("CtpA2"))
        .await;
    assert_eq!(
        codes(&response),
        [code("cse-in/c1", 4103), code("cse-in/c2", 2002)]
    );
    assert_eq!(
        bench.attribute("cse-in/g", "mid").await,
        json!(["cse-in/c1"])
    );
    assert_eq!(bench.attribute("cse-in/g", "cnm").await, json!(1));
}

#[tokio::test]
async fn group_without_members_takes_no_request() {
    let bench = bench(63).await;
    group(&bench, "g", &[], 63).await;
    let request = Request::retrieve("cse-in/g/fopt").from("CtpA2");
    assert_eq!(bench.status(request).await, ResponseStatusCode::NO_MEMBERS);
}

#[tokio::test]
async fn groups_in_each_other_are_asked_once() {
    let bench = bench(63).await;
    let one = ["cse-in/g2/fopt", "cse-in/c1"];
    group(&bench, "g1", &one, 63).await;
    group(&bench, "g2", &["cse-in/g1/fopt", "cse-in/c2"], 63).await;
    let response = bench
        .send(Request::retrieve("cse-in/g1/fopt").from("CtpA2"))
        .await;
    assert_eq!(
        codes(&response),
        [code("cse-in/g2/fopt", 2000), code("cse-in/c1", 2000)]
    );
    let content = response.content.unwrap();
    let inner = &content["m2m:agr"]["m2m:rsp"][0]["pc"]["m2m:agr"]["m2m:rsp"];
    assert_eq!(inner[0]["rsc"], json!(4104));
    assert_eq!(inner[1]["rsc"], json!(2000));
}

#[tokio::test]
async fn endless_path_through_groups_ends() {
    let bench = bench(63).await;
    group(&bench, "g", &["cse-in/g/fopt/x", "cse-in/c1"], 63).await;
    let request = Request::retrieve("cse-in/g/fopt").from("CtpA2");
    let response = bench.send(request).await;
    assert_eq!(codes(&response)[0], code("cse-in/g/fopt/x", 4104));
}

#[tokio::test]
async fn group_request_identifier_is_taken_once_for_a_target() {
    let bench = bench(63).await;
    let request = |to: &str| Request {
        group_request_identifier: Some("gid1".to_owned()),
        ..Request::retrieve(to).from("CtpA2")
    };
    assert_eq!(bench.status(request("cse-in/c1")).await, OK);
    assert_eq!(bench.status(request("cse-in/c2")).await, OK);
    assert_eq!(
        bench.status(request("/id-in/cse-in/c1")).await,
        ResponseStatusCode::GROUP_REQUEST_IDENTIFIER_EXISTS
    );
    bench.advance(61);
    assert_eq!(bench.status(request("cse-in/c1")).await, OK);
}

#[tokio::test]
async fn groups_nest_eight_deep_and_no_deeper() {
    let bench = bench(63).await;
    group(&bench, "g0", &["cse-in/c1"], 63).await;
    for number in 1..=9 {
        let member = format!("cse-in/g{}/fopt", number - 1);
        group(&bench, &format!("g{number}"), &[&member], 63).await;
    }
    let mut response = bench
        .send(Request::retrieve("cse-in/g9/fopt").from("CtpA2"))
        .await
        .content
        .unwrap();
    for _ in 0..8 {
        response = response["m2m:agr"]["m2m:rsp"][0]["pc"].clone();
    }
    assert_eq!(response["m2m:agr"]["m2m:rsp"][0]["rsc"], json!(5001));
}

/// Whether AE2 may retrieve a container whose policy names this group.
async fn group_lets_in(bench: &Bench, entry: &str, name: &str) -> bool {
    let policy = bench
        .policy(
            &format!("acp-{name}"),
            json!([{ "acor": [entry], "acop": 2 }]),
        )
        .await;
    let content = json!({ "m2m:cnt": { "rn": name, "acpi": [policy] } });
    create(bench, 3, content).await;
    let request = Request::retrieve(format!("cse-in/{name}")).from("CtpA2");
    let status = bench.status(request).await;
    assert!(matches!(status, OK | DENIED), "{status}");
    status == OK
}

#[tokio::test]
async fn group_stands_for_the_applications_in_it() {
    let bench = Bench::with_two().await;
    let members = json!({ "rn": "g", "mnm": 5, "mid": ["CtpA1", "/id-in/cse-in/CtpA2"] });
    let application = json!({ "m2m:cnt": { "rn": "CtpA2" } });
    create(&bench, 9, json!({ "m2m:grp": members })).await;
    create(&bench, 3, container()).await;
    create(&bench, 3, json!({ "m2m:cnt": { "rn": "n1" } })).await;
    let below = Request::create("cse-in/n1", 3, application).from(ADMIN);
    assert_eq!(bench.status(below).await, CREATED);
    for (attributes, name) in [
        (json!({ "rn": "h1", "mnm": 5, "mid": ["CtpA1"] }), "h1"),
        (json!({ "rn": "h2", "mnm": 5, "mid": [] }), "h2"),
        (
            json!({ "rn": "h3", "mnm": 5, "mid": ["cse-in/n1/CtpA2"] }),
            "h3",
        ),
        (
            json!({ "rn": "h4", "mnm": 5, "mid": ["cse-in/g/fopt", "cse-in/h4"] }),
            "h4",
        ),
    ] {
        create(&bench, 9, json!({ "m2m:grp": attributes })).await;
        assert!(
            !group_lets_in(&bench, &format!("cse-in/{name}"), &format!("of-{name}")).await,
            "{name}"
        );
    }
    for (number, entry) in ["cse-in/g", "-/g", "/id-in/cse-in/g", "grp0000001"]
        .iter()
        .enumerate()
    {
        assert!(
            group_lets_in(&bench, entry, &format!("t{number}")).await,
            "{entry}"
        );
    }
    for (number, entry) in [
        "cse-in/none",
        "cse-in/n1",
        "cse-in/g/fopt",
        "cse-in/*",
        "/other/g",
    ]
    .iter()
    .enumerate()
    {
        assert!(
            !group_lets_in(&bench, entry, &format!("f{number}")).await,
            "{entry}"
        );
    }
}

#[tokio::test]
async fn membership_is_that_of_the_moment() {
    let bench = Bench::with_two().await;
    create(
        &bench,
        9,
        json!({ "m2m:grp": { "rn": "g", "mnm": 5, "mid": ["CtpA2"] } }),
    )
    .await;
    assert!(group_lets_in(&bench, "cse-in/g", "t").await);
    let update = Request::update("cse-in/g", json!({ "m2m:grp": { "mid": ["CtpA1"] } }));
    assert_eq!(bench.status(update.from(ADMIN)).await, UPDATED);
    let retrieve = || Request::retrieve("cse-in/t").from("CtpA2");
    assert_eq!(bench.status(retrieve()).await, DENIED);
    let none = Request::retrieve("cse-in/none/fopt").from("CtpA2");
    assert_eq!(bench.status(none).await, NOT_FOUND);
}
