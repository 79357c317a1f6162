//! Every purpose that applies to the reference, and what it says of a server.

use onem2m_conform::catalogue::{Catalogue, Purpose};
use onem2m_conform::engine::in_process::claiming;
use onem2m_conform::engine::purpose::{Finished, Links, repeated};
use onem2m_conform::engine::setup::facts;
use onem2m_conform::profile::Profile;
use onem2m_conform::purposes::{Behaviour, Facts};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinSet;

/// Nothing in the same process takes longer to arrive, on a busy machine either.
const PATIENCE: Duration = Duration::from_millis(100);

/// Purposes that run at a time.
const JOBS: usize = 8;

/// The purposes with what they need to know.
pub struct Applicable {
    pub facts: Arc<Facts>,
    pub purposes: Vec<(Arc<Purpose>, Arc<Behaviour>)>,
}

impl Applicable {
    /// Those that apply to the reference within this process.
    pub fn to_the_reference() -> Self {
        let catalogue = Catalogue::embedded().unwrap();
        let profile = claiming(Profile::load("reference", &[], &catalogue).unwrap());
        let mut facts = facts(&profile, &catalogue, 1);
        facts.patience = PATIENCE;
        // A server that does not do its work shows it in a few cases.
        facts.pixit.insert("PIXIT_MODEL_CASES".into(), "8".into());
        let applies = |purpose: &&Purpose| catalogue.applicable(purpose, &profile).is_ok();
        let ready = |purpose: &Purpose| {
            let behaviour = Behaviour::of(purpose).unwrap();
            (Arc::new(purpose.clone()), Arc::new(behaviour))
        };
        Self {
            facts: Arc::new(facts),
            purposes: catalogue
                .purposes
                .iter()
                .filter(applies)
                .map(ready)
                .collect(),
        }
    }

    /// Runs each of them against a server; what it showed, by id.
    pub fn judge(&self, links: impl Links + 'static) -> BTreeMap<String, Finished> {
        let links: Arc<dyn Links> = Arc::new(links);
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime.block_on(async {
            let mut finished = BTreeMap::new();
            let mut running = JoinSet::new();
            for (purpose, behaviour) in self.purposes.iter().cloned() {
                if running.len() == JOBS {
                    finished.extend(running.join_next().await.map(Result::unwrap));
                }
                let (facts, links) = (self.facts.clone(), links.clone());
                running.spawn(async move {
                    let shown = repeated(&purpose, &behaviour, &facts, links.as_ref(), 1).await;
                    (purpose.id.clone(), shown)
                });
            }
            finished.extend(running.join_all().await);
            finished
        })
    }
}
