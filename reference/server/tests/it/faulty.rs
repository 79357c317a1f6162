use onem2m_primitive::Request;
use onem2m_server::{Clauses, faults};
use serde_json::json;

use crate::bench::{ADMIN, Bench, CREATED, OK, instance};

/// A fault shows at the exchange that is about it: what every test bed sets up works in spite of it. Where only the first
/// policy of a list is judged, that of the administrator is not; where policies are asked about a registration, nobody
/// registers.
#[tokio::test]
async fn set_up_works_in_spite_of_each_fault() {
    let spoils = ["PoliciesFirstOnly", "RegistrationAsksPolicies"];
    for fault in faults::all().filter(|fault| !spoils.contains(&fault.name)) {
        let mut clauses = Clauses::SPECIFICATION;
        (fault.apply)(&mut clauses);
        let bench = Bench::judging_by(clauses).register_two().await;
        bench
            .container(json!([{ "acor": ["CtpA1"], "acop": 63 }]))
            .await;
        let create = Request::create("cse-in/cntT", 4, instance()).from(ADMIN);
        assert_eq!(bench.status(create).await, CREATED, "{fault:?}");
        let retrieve = Request::retrieve("cse-in/cntT").from(ADMIN);
        assert_eq!(bench.status(retrieve).await, OK, "{fault:?}");
    }
}

#[test]
fn faults_have_names_of_their_own_and_are_found_by_them() {
    let names: Vec<&str> = faults::all().map(|fault| fault.name).collect();
    for (position, name) in names.iter().enumerate() {
        assert!(!names[..position].contains(name), "{name} twice");
        assert_eq!(faults::find(name).unwrap().name, *name);
        assert!(name.starts_with(|first: char| first.is_ascii_uppercase()));
        assert!(name.bytes().all(|octet| octet.is_ascii_alphanumeric()));
    }
    assert!(faults::find("AcpIsPerfect").is_none());
}
