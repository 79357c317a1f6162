//! Purposes of group `acp` that a list of steps cannot express.

mod aggregation;
mod hostile;
mod long_list;
mod metamorphic;
mod model;
mod non_blocking;
mod parallel;
mod polling;
mod replay;

use super::Function;
use super::scenario;
use super::stop::Stop;
use super::world::World;
use crate::catalogue::behaviour::Scenario;
use model::Group;
use serde_json::Value;

/// The function of a purpose.
pub fn function(id: &str) -> Option<Function> {
    let function: Function = match id {
        "CSE/ACP/ORG/039" => |twin, tested| Box::pin(long_list::thousand_originators(twin, tested)),
        "CSE/ACP/ALG/010" => |twin, tested| Box::pin(parallel::same_decision(twin, tested)),
        "CSE/ACP/TIM/023" => |twin, tested| Box::pin(non_blocking::execution_time(twin, tested)),
        "CSE/ACP/ATT/022" => |twin, tested| Box::pin(hostile::large_policy(twin, tested)),
        "CSE/ACP/ATT/023" => |twin, tested| Box::pin(hostile::deep_policy(twin, tested)),
        "CSE/ACP/ATT/024" => |twin, tested| Box::pin(hostile::duplicate_members(twin, tested)),
        "CSE/ACP/DEF/017" => |twin, tested| Box::pin(non_blocking::owner_of_request(twin, tested)),
        "CSE/ACP/DEF/018" => |twin, tested| Box::pin(non_blocking::denied_result(twin, tested)),
        "CSE/ACP/ERR/015" => |twin, tested| Box::pin(replay::withdrawn_right(twin, tested)),
        "CSE/ACP/DEF/020" => |twin, tested| Box::pin(polling::owner_of_channel(twin, tested)),
        "CSE/ACP/DEF/022" => |twin, tested| Box::pin(polling::right_to_notify(twin, tested)),
        "CSE/ACP/NTF/004" => |twin, tested| Box::pin(aggregation::members_only(twin, tested)),
        "CSE/ACP/MODEL/001" => {
            |twin, tested| Box::pin(model::check(Group::Originators, twin, tested))
        }
        "CSE/ACP/MODEL/002" => {
            |twin, tested| Box::pin(model::check(Group::Wildcards, twin, tested))
        }
        "CSE/ACP/MODEL/003" => {
            |twin, tested| Box::pin(model::check(Group::Operations, twin, tested))
        }
        "CSE/ACP/MODEL/004" => |twin, tested| Box::pin(model::check(Group::Windows, twin, tested)),
        "CSE/ACP/MODEL/005" => {
            |twin, tested| Box::pin(model::check(Group::Addresses, twin, tested))
        }
        "CSE/ACP/MODEL/006" => |twin, tested| Box::pin(model::check(Group::Regions, twin, tested)),
        "CSE/ACP/MODEL/007" => {
            |twin, tested| Box::pin(model::check(Group::Authentication, twin, tested))
        }
        "CSE/ACP/MODEL/008" => {
            |twin, tested| Box::pin(model::check(Group::ObjectDetails, twin, tested))
        }
        "CSE/ACP/MODEL/009" => |twin, tested| Box::pin(model::check(Group::Contexts, twin, tested)),
        "CSE/ACP/MODEL/010" => {
            |twin, tested| Box::pin(model::check(Group::Combination, twin, tested))
        }
        "CSE/ACP/MODEL/011" => {
            |twin, tested| Box::pin(model::check(Group::SelfPrivileges, twin, tested))
        }
        "CSE/ACP/MODEL/012" => {
            |twin, tested| Box::pin(model::check(Group::Meaningless, twin, tested))
        }
        "CSE/ACP/MODEL/013" => {
            |twin, tested| Box::pin(model::check(Group::Everything, twin, tested))
        }
        "CSE/ACP/MET/007" => |twin, tested| Box::pin(metamorphic::paths(twin, tested)),
        "CSE/ACP/MET/008" => |twin, tested| Box::pin(metamorphic::members(twin, tested)),
        _ => return None,
    };
    Some(function)
}

/// Runs steps that are made by code.
pub(super) async fn run(
    world: &mut World<'_>,
    given: Vec<Value>,
    steps: Vec<Value>,
) -> Result<(), Stop> {
    let scenario = Scenario {
        given,
        steps,
        ..Scenario::default()
    };
    let steps = scenario
        .tested()
        .map_err(|error| Stop::error("steps", error.to_string()))?;
    scenario::run(world, &steps).await
}
