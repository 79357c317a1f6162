use onem2m_primitive::{Operation, Request};

use crate::address::{self, Located, Virtual};
use crate::refusal::Refusal;
use crate::scene::Scene;

/// The resource that a request applies to.
#[derive(Clone, Debug)]
pub(super) struct Target {
    pub(super) id: String,
    /// Whether it was addressed as the latest or oldest instance.
    pub(super) is_virtual: bool,
}

/// Recv-6.1 and Recv-6.2, the hosting CSE and the existence of the resource (TS-0004 V3.32.0, 7.3.2.8 and 7.3.3.1). of a target that this
/// CSE hosts.
pub(super) fn find(scene: &Scene<'_>, request: &Request) -> Result<Target, Refusal> {
    match address::locate(scene.tree, scene.home, &request.to) {
        None => Err(Refusal::not_found("there is no such resource")),
        Some(Located::Resource(resource)) => Ok(Target {
            id: resource.id.clone(),
            is_virtual: false,
        }),
        Some(Located::Virtual(..))
            if !matches!(request.operation, Operation::Retrieve | Operation::Delete) =>
        {
            Err(Refusal::not_allowed(
                "latest and oldest can be retrieved and deleted only",
            ))
        }
        Some(Located::Virtual(holder, position)) => {
            let mut instances = scene.tree.instances(holder);
            let instance = match position {
                Virtual::Latest => instances.next_back(),
                Virtual::Oldest => instances.next(),
            };
            match instance {
                None => Err(Refusal::not_found("there is no instance")),
                Some(instance) => Ok(Target {
                    id: instance.id.clone(),
                    is_virtual: true,
                }),
            }
        }
    }
}
