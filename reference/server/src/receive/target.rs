use onem2m_primitive::{Operation, Request};

use crate::address::{self, FAN_OUT_POINT, Located, Virtual};
use crate::refusal::Refusal;
use crate::scene::Scene;

/// The resource that a request applies to.
#[derive(Clone, Debug)]
pub(crate) struct Target {
    pub(crate) id: String,
    /// How it was addressed.
    pub(crate) way: Way,
}

/// How a resource was addressed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    Itself,
    /// As the latest or oldest instance.
    Instance,
    /// By the `<fanOutPoint>` of the group, with the names that follow it.
    FanOut(Vec<String>),
    /// By the `<pollingChannelURI>` of the channel.
    Channel,
    /// By this aggregation URI of the group.
    Aggregation(String),
}

impl Target {
    /// One text for the resource that is addressed, virtual ones apart from their parents.
    pub(super) fn identity(&self) -> String {
        match self.way {
            Way::Itself | Way::Instance | Way::Channel => self.id.clone(),
            Way::Aggregation(ref aggregation) => aggregation.clone(),
            Way::FanOut(_) => format!("{}/{FAN_OUT_POINT}", self.id),
        }
    }
}

/// Recv-6.1 and Recv-6.2, the hosting CSE and the existence of the resource (TS-0004 V3.32.0, 7.3.2.8 and 7.3.3.1), of a
/// target that this CSE hosts.
pub(crate) fn find(scene: &Scene<'_>, request: &Request) -> Result<Target, Refusal> {
    match address::locate(scene.tree, scene.home, &request.to) {
        None => Err(Refusal::not_found("there is no such resource")),
        Some(Located::Resource(resource)) => Ok(Target {
            id: resource.id.clone(),
            way: Way::Itself,
        }),
        Some(Located::Virtual(..))
            if !matches!(request.operation, Operation::Retrieve | Operation::Delete) =>
        {
            Err(Refusal::not_allowed(
                "latest and oldest can be retrieved and deleted only",
            ))
        }
        Some(Located::FanOut(group, below)) => Ok(Target {
            id: group.id.clone(),
            way: Way::FanOut(below),
        }),
        Some(Located::Channel(_))
            if !matches!(request.operation, Operation::Retrieve | Operation::Notify) =>
        {
            Err(Refusal::not_allowed(
                "a polling channel URI can be retrieved and notified only",
            ))
        }
        Some(Located::Channel(channel)) => Ok(Target {
            id: channel.id.clone(),
            way: Way::Channel,
        }),
        Some(Located::Aggregation(_)) if request.operation != Operation::Notify => Err(
            Refusal::not_allowed("an aggregation URI can be notified only"),
        ),
        Some(Located::Aggregation(aggregation)) => Ok(Target {
            id: aggregation.group.clone(),
            way: Way::Aggregation(aggregation.id.clone()),
        }),
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
                    way: Way::Instance,
                }),
            }
        }
    }
}
