//! Containers in which everybody may do everything, and what is in them.

use crate::purposes::acp::run;
use crate::purposes::stop::Stop;
use crate::purposes::world::World;
use serde_json::json;

/// Makes containers with a canary among their labels.
pub async fn make(world: &mut World<'_>, names: &[&str]) -> Result<(), Stop> {
    let policy =
        json!({"create": "acpT", "type": "acp", "pv": [{"acor": ["{ADM}", "all"], "acop": 63}]});
    let container = |name: &&str| json!({"create": name, "type": "cnt", "with": {"acpi": ["acpT"], "lbl": ["tpT"]}});
    let given = std::iter::once(policy).chain(names.iter().map(container));
    run(world, given.collect(), Vec::new()).await
}

/// The administrator finds so many contentInstances in a container.
pub async fn hold(world: &mut World<'_>, name: &str, count: u32) -> Result<(), Stop> {
    let look = json!({
        "name": format!("read-back-{name}"), "as": "ADM", "role": "read-back", "retrieve": name,
        "sees": {"cni": count, "lbl": ["tpT"]},
    });
    run(world, Vec::new(), vec![look]).await
}
