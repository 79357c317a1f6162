//! Is the IUT there? One light exchange, and the measure of what it means.

use super::purpose::Links;
use crate::catalogue::behaviour::{Endpoint, Role};
use crate::purposes::Facts;
use crate::purposes::answer::Answer;
use crate::purposes::world::World;
use crate::tester::recorder::Recorder;
use crate::tester::wire::Dial;
use onem2m_primitive::Request;
use std::time::Duration;

/// What the sanity exchange showed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Health {
    /// The administrator retrieves the CSEBase.
    Sane,
    /// It answers, but not as it should to the administrator.
    Odd(String),
    /// No answer.
    Dead(String),
}

/// The administrator retrieves the CSEBase.
pub async fn check(facts: &Facts, links: &dyn Links) -> Health {
    let Some(link) = links.open("sanity", 1) else {
        return Health::Dead("no link".into());
    };
    let recorder = Recorder::new(link.as_ref(), "sanity", 1, facts.seed);
    let world = World::new(&recorder, facts, "sanity", 1, false);
    let request = Request::retrieve(facts.cse_base.clone());
    let answer = world
        .send("ADM", "sanity", Role::SetUp, request, None, &[])
        .await;
    match answer {
        Ok(answer) if answer.succeeded() => Health::Sane,
        Ok(answer @ (Answer::Unreachable(_) | Answer::Timeout | Answer::Closed(_))) => {
            Health::Dead(answer.to_string())
        }
        Ok(answer) => Health::Odd(answer.to_string()),
        Err(stop) => Health::Odd(format!("{stop:?}")),
    }
}

/// The key services that are judged take connections.
pub async fn check_services(links: &dyn Links, services: &[Endpoint]) -> Health {
    let Some(link) = links.open("sanity", 1) else {
        return Health::Dead("no link".into());
    };
    let recorder = Recorder::new(link.as_ref(), "sanity", 1, 0);
    for service in services {
        let dial = Dial::new(*service);
        match recorder.connect("sanity", Role::SetUp, dial).await {
            Ok(Some(_)) => {}
            Ok(None) => {
                let detail = format!("no connection to endpoints.{}", service.key());
                return Health::Dead(detail);
            }
            Err(error) => return Health::Odd(error.to_string()),
        }
    }
    Health::Sane
}

/// Checks again for a while: a dead IUT may only be busy.
pub async fn is_dead(facts: &Facts, links: &dyn Links) -> bool {
    for _ in 0..3 {
        match check(facts, links).await {
            Health::Dead(_) => tokio::time::sleep(Duration::from_millis(200)).await,
            Health::Sane | Health::Odd(_) => return false,
        }
    }
    true
}
