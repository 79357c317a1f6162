//! The campaign: a network fuzzer whose oracles know what an IUT has to decide.
//!
//! Sequences of requests are drawn from a model of what the tester has made of the IUT (`generate`, `model`). What has to come of
//! each is forecast by the second evaluator of access decisions (`forecast`); what comes is judged (`judge`). What is
//! wrong is seen again on fresh resources, made small, and written down as steps that mean the same on another instance.

pub mod confirm;
mod curl;
mod effect;
pub mod field;
pub mod finding;
mod flight;
pub mod forecast;
pub mod generate;
pub mod hunt;
mod judge;
pub mod kind;
mod line;
pub mod memory;
pub mod minimise;
pub mod model;
pub mod novelty;
pub mod planted;
pub mod promote;
pub mod rate;
pub mod report;
mod request;
pub mod site;
pub mod step;
pub mod surface;
pub mod trial;
pub mod trouble;
