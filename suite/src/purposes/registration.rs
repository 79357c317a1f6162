//! What the entities of the tester register with.

use super::facts::Facts;
use crate::catalogue::behaviour::{ResourceKind, is_cse};
use serde_json::{Map, Value, json};

/// Type and attributes of the registration of an entity, to be filled: an `<AE>` that cannot be reached, or a
/// `<remoteCSE>` that can (TS-0004 V3.32.0, 7.4.4.1 and 7.4.5.1).
pub fn usual(entity: &str, identity: &str, facts: &Facts) -> (ResourceKind, Map<String, Value>) {
    let mut attributes = Map::new();
    attributes.insert("rn".into(), json!(format!("{{rn:{entity}}}")));
    let kind = match is_cse(entity) {
        true => {
            attributes.insert("cb".into(), json!(format!("{identity}/tpcb")));
            attributes.insert("csi".into(), json!(identity));
            attributes.insert("rr".into(), json!(true));
            attributes.insert("poa".into(), json!([format!("{{POA:{entity}}}")]));
            ResourceKind::Csr
        }
        false => {
            attributes.insert("api".into(), json!("Nconform"));
            attributes.insert("rr".into(), json!(false));
            ResourceKind::Ae
        }
    };
    if let Some(version) = facts.release_version() {
        attributes.insert("srv".into(), json!([version]));
    }
    (kind, attributes)
}
