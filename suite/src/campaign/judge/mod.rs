//! What each oracle says of an answer.

mod answered;
mod canary;
mod listing;
mod notified;
mod shown;

pub use answered::answered;
pub use notified::{CLASS as NOTIFICATION, told_too_much};

use super::forecast::Forecast;
use super::model::Model;
use super::step::{Oddity, Step};
use super::trouble::Trouble;
use crate::purposes::answer::Answer;
use crate::tester::link::OutgoingRequest;

/// What is wrong with the answer to a step, in the state before it; the first thing that is.
pub fn judge(
    model: &Model,
    step: &Step,
    forecast: &Forecast,
    answer: &Answer,
    sent: &OutgoingRequest,
) -> Option<Trouble> {
    let trouble = match step.oddities.iter().any(Oddity::is_damage) {
        // What octets that were changed ask for, and in whose name, is not known.
        true => answered(step, &Forecast::Open, answer)?,
        false => answered(step, forecast, answer)
            .or_else(|| canary::leaked(model, step, answer, sent))
            .or_else(|| listing::judged(model, step, answer))
            .or_else(|| shown::judged(model, step, answer))?,
    };
    let class = class(model, step, answer, &trouble.class);
    Some(trouble.of_class(class))
}

/// What makes findings the same: operation, types, way and what came.
fn class(model: &Model, step: &Step, answer: &Answer, detail: &str) -> String {
    let target = model
        .slot(&step.on.slot)
        .map_or("none", |resource| resource.kind.short());
    let made = step.makes.as_ref().map_or("", |makes| makes.kind.short());
    let below = step.on.below.map_or("", |below| below.segment());
    let odd: Vec<&str> = step.oddities.iter().map(|oddity| oddity.word()).collect();
    let code = answer
        .code()
        .map_or_else(|| "none".to_owned(), |code| code.to_string());
    let verb = match step.is_discovery() {
        true => "discovers",
        false => step.operation.verb(),
    };
    format!(
        "{verb} {target}/{below} {made} {} {code} {detail}",
        odd.join(",")
    )
}
