use onem2m_primitive::ResponseStatusCode;
use serde_json::Value;

use crate::cse::{Cse, Order};
use crate::receive::{self, FanOut, MemberAnswer};
use crate::refusal::Refusal;
use crate::scene::Arrival;

/// Asks the members of a group, one after the other, and makes one response of what they answer
/// (TS-0004 V3.32.0, 7.4.14.2.4 and 7.4.14.2.5).
pub(crate) async fn fan_out(
    cse: &Cse,
    arrival: &Arrival,
    fan_out: &FanOut,
) -> Result<(ResponseStatusCode, Option<Value>), Refusal> {
    let mut answers = Vec::with_capacity(fan_out.len());
    for position in 0..fan_out.len() {
        // One at a time, so that the Content is not kept for each member.
        let errand = cse.with_tree(arrival, |desk, tree| {
            fan_out.errand(&desk.scene(tree), position)
        });
        if let Some(errand) = errand {
            let result = cse.fulfil(Order::Errand(&errand), arrival).await;
            answers.push(MemberAnswer {
                response: receive::respond(cse.clauses(), &errand.request, result),
                member: errand.member,
            });
        }
    }
    cse.with_tree(arrival, |desk, tree| {
        receive::conclude(desk, tree, fan_out, &answers)
    })
}
