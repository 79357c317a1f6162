//! The purposes of the model check against the reference in this process.

use onem2m_conform::catalogue::Catalogue;
use onem2m_conform::engine::in_process::InProcess;
use onem2m_conform::engine::lanes::Item;
use onem2m_conform::engine::purpose::{Finished, Links, repeated};
use onem2m_conform::engine::setup;
use onem2m_conform::profile::Profile;
use onem2m_conform::purposes::{Behaviour, Facts};
use onem2m_server::Configuration;
use onem2m_server::faults::Fault;
use std::sync::Arc;
use std::time::Duration;

/// The applicable purposes of the model check.
pub struct Model {
    pub items: Vec<Item>,
    facts: Facts,
}

impl Model {
    /// Purposes that decide so many cases each.
    pub fn load(seed: u64, cases: usize) -> Self {
        let catalogue = Catalogue::embedded().unwrap();
        let profile = Profile::load("reference", &[], &catalogue).unwrap();
        let items = catalogue
            .purposes
            .iter()
            .filter(|purpose| purpose.subgroup() == "MODEL")
            .filter(|purpose| catalogue.applicable(purpose, &profile).is_ok())
            .map(|purpose| Item {
                purpose: Arc::new(purpose.clone()),
                behaviour: Arc::new(Behaviour::of(purpose).unwrap()),
            })
            .collect();
        let mut facts = setup::facts(&profile, &catalogue, seed);
        facts.patience = Duration::from_millis(20);
        facts
            .pixit
            .insert("PIXIT_MODEL_CASES".into(), cases.to_string());
        Self { items, facts }
    }

    /// What a purpose shows of the reference with these faults.
    pub async fn judge(&self, item: &Item, faults: Vec<&'static Fault>) -> Finished {
        let links = InProcess::new(Configuration::default(), faults);
        self.over(item, &links).await
    }

    /// What a purpose shows over these links.
    pub async fn over(&self, item: &Item, links: &dyn Links) -> Finished {
        repeated(&item.purpose, &item.behaviour, &self.facts, links, 1).await
    }
}
