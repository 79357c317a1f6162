//! Keys that the IUT is given for the time of a purpose.

use super::World;
use crate::profile::{Provisioned, SymmetricKey};
use crate::purposes::stop::Stop;
use crate::tester::provisioning::{GivenPair, KeyAnswer, KeyOrder};
use crate::verdict::Reason;
use sha2::{Digest, Sha256};

/// The issuer of KpsaIDs where the profile names no key.
const ISSUER: &str = "conform.example";

impl World<'_> {
    /// A key that nobody has yet, of 32 octets that follow from the seed of the run, the world and its name.
    pub fn fresh_key(&self, name: &str) -> SymmetricKey {
        let tag = self.words.naming.tag();
        let text = format!("{}/{tag}/key {name}", self.facts.seed);
        let octets: [u8; 32] = Sha256::digest(text).into();
        octets.into()
    }

    /// A KpsaID that nobody has yet, of the issuer of the first key of the profile (TS-0003 V3.18.0, 10.5).
    pub fn fresh_identity(&self, name: &str) -> String {
        let issuer = self.facts.provisioned.iter().find_map(|known| {
            let (_, issuer) = known.identity.split_once('@')?;
            Some(issuer)
        });
        let tag = self.words.naming.tag();
        format!("{tag}-{name}@{}", issuer.unwrap_or(ISSUER))
    }

    /// Has the IUT given a key. It is withdrawn when the world is cleaned up.
    pub async fn provision(&mut self, step: &str, given: &Provisioned) -> Result<KeyAnswer, Stop> {
        let order = KeyOrder::Provision(given.clone());
        let answer = self.order(step, &order).await?;
        let is_new = self.given.iter().all(|it| it.identity != given.identity);
        if answer == KeyAnswer::Done && is_new {
            self.given.push(given.clone());
        }
        Ok(answer)
    }

    /// Has a key withdrawn.
    pub async fn withdraw(&self, step: &str, identity: &str) -> Result<KeyAnswer, Stop> {
        self.order(step, &KeyOrder::Withdraw(identity.to_owned()))
            .await
    }

    /// Has the IUT given a key that it has to take, so that anything can be said of it.
    pub async fn equip(&mut self, step: &str, given: &Provisioned) -> Result<(), Stop> {
        let answer = self.provision(step, given).await?;
        is_done(step, answer)
    }

    /// Has a key withdrawn that the IUT has.
    pub async fn dispossess(&self, step: &str, identity: &str) -> Result<(), Stop> {
        let answer = self.withdraw(step, identity).await?;
        is_done(step, answer)
    }

    /// Has the IUT given a pairwise key that it has to take. It is withdrawn when the world is cleaned up.
    pub async fn share(&mut self, step: &str, given: &GivenPair) -> Result<(), Stop> {
        let order = KeyOrder::ProvisionPairwise(given.clone());
        let answer = self.order(step, &order).await?;
        if answer == KeyAnswer::Done {
            self.shared.push(given.key.identity.clone());
        }
        is_done(step, answer)
    }

    /// Has a pairwise key withdrawn that the IUT has.
    pub async fn unshare(&mut self, step: &str, identity: &str) -> Result<(), Stop> {
        let order = KeyOrder::WithdrawPairwise(identity.to_owned());
        let answer = self.order(step, &order).await?;
        self.shared.retain(|shared| shared != identity);
        is_done(step, answer)
    }

    /// Has every key that the IUT was given once more in its place, whatever became of it.
    pub async fn restore_keys(&self) {
        for given in self.given.iter().filter(|given| given.entity.is_some()) {
            let step = "clean up: key";
            // Where it does not work, what the holder made is left behind.
            let _ = self.withdraw(step, &given.identity).await;
            let order = KeyOrder::Provision(given.clone());
            let _ = self.order(step, &order).await;
        }
    }

    /// Has every key that the IUT was given withdrawn.
    pub async fn withdraw_keys(&self) {
        for given in &self.given {
            let _ = self.withdraw("clean up: key", &given.identity).await;
        }
        for identity in &self.shared {
            let order = KeyOrder::WithdrawPairwise(identity.clone());
            let _ = self.order("clean up: key", &order).await;
        }
    }

    async fn order(&self, step: &str, order: &KeyOrder) -> Result<KeyAnswer, Stop> {
        let answer = self.recorder.change_keys(step, order).await;
        answer.map_err(|error| Stop::link(step, &error))
    }
}

fn is_done(step: &str, answer: KeyAnswer) -> Result<(), Stop> {
    match answer {
        KeyAnswer::Done => Ok(()),
        KeyAnswer::Refused(why) => {
            let detail = format!("expected a change of keys, got a refusal: {why}");
            Err(Stop::inconclusive(step, Reason::Precondition, detail))
        }
    }
}
