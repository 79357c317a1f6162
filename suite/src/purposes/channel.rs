//! A polling channel, `pchT`, from the side of the AE that polls (TS-0001 V3.36.0, 9.6.21 and 9.6.22).

use super::stop::Stop;
use super::world::World;
use onem2m_primitive::Request;
use serde_json::{Value, json};

/// Asks what there is.
pub fn poll(world: &World<'_>) -> Result<Request, Stop> {
    Ok(Request::retrieve(uri(world)?))
}

/// Answers a request that came through the channel with success and a Content.
pub fn response(world: &World<'_>, identifier: &str, content: &Value) -> Result<Request, Stop> {
    let response = json!({"m2m:rsp": {
        "rsc": 2000, "rqi": identifier, "rvi": world.facts().release_version(), "pc": content,
    }});
    Ok(Request::notify(uri(world)?, response))
}

fn uri(world: &World<'_>) -> Result<String, Stop> {
    world.find("target", "pchT/pcu")
}
