//! Certificates that stand in a resource.

use crate::catalogue::behaviour::{Role, Step};
use crate::purposes::scenario;
use crate::purposes::stop::Stop;
use crate::purposes::world::World;
use serde_json::{Map, Value, json};

/// CSE/ESDATA/TOK/022: a certificate in escert of an `<AE>` is trusted by nobody for that alone.
pub async fn is_no_trust_anchor(world: &mut World<'_>) -> Result<(), Stop> {
    world.register("AE1", &Map::new()).await?;
    let certificate = world.certificate_to_publish("publish")?;
    let right = json!({"issuer": "certified"});
    let forged = json!({"issuer": "certified", "forged": "published"});
    let read_back = json!({
        "name": "read-back", "as": "ADM", "role": "read-back", "retrieve": "cntT", "sees": {"cni": 1},
    });
    let steps = [
        json!({"role": "set-up", "create": "acpT", "type": "acp", "pv": [{"acor": ["{ADM}"], "acop": 63}]}),
        json!({"role": "set-up", "create": "cntT", "type": "cnt", "with": {"acpi": ["acpT"]}}),
        json!({"role": "set-up", "as": "AE1", "name": "publish", "update": "AE1", "with": {"esi": {"esf": [45], "escert": [certificate]}}}),
        instance("twin", "twin", "permit".into(), &right),
        instance("published", "stimulus", json!([4000, 4102, 4103]), &forged),
        read_back,
        instance("control", "read-back", "permit".into(), &right),
    ];
    let read = steps.iter().map(|step| Step::read(step, Role::Stimulus));
    let steps: Result<Vec<Step>, _> = read.collect();
    let steps = steps.map_err(|error| Stop::error("steps", error.to_string()))?;
    scenario::run(world, &steps).await
}

fn instance(name: &str, role: &str, expect: Value, token: &Value) -> Value {
    json!({
        "name": name, "role": role, "as": "AE1", "create": name, "type": "cin", "in": "cntT",
        "content": {"m2m:cin": {"con": "tpE"}}, "expect": expect, "tokens": [token],
    })
}
