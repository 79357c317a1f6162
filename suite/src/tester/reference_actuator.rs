//! The reference over the network, which the tester makes act itself.

use super::instruction::{Act, Instruction};
use super::link::{BoxFuture, LinkError};
use super::provisioning::{KeyAnswer, KeyOrder};
use super::reference_application::{ReferenceApplication, acting};
use super::reference_keys;
use super::stands::Stands;
use super::trigger::{Actuator, Trigger};
use onem2m_server::Cse;

/// The AE of the reference, and its CSE.
pub struct ReferenceActuator {
    /// The AE, which registers when it is told to.
    pub application: ReferenceApplication,
    /// The CSE, whose keys may change.
    pub cse: Cse,
}

impl Actuator for ReferenceActuator {
    fn pull<'a>(
        &'a self,
        trigger: Trigger,
        stands: &'a Stands,
    ) -> BoxFuture<'a, Result<(), LinkError>> {
        Box::pin(async move {
            let url = stands.url(&trigger.stand()).await?;
            self.application.act(trigger, &url)
        })
    }

    fn change_keys<'a>(
        &'a self,
        change: &'a KeyOrder,
    ) -> BoxFuture<'a, Result<KeyAnswer, LinkError>> {
        Box::pin(async move { Ok(reference_keys::change(&self.cse, change)) })
    }

    fn secure<'a>(&'a self, order: &'a Instruction) -> BoxFuture<'a, Result<(), LinkError>> {
        match order.role {
            Act::OriginatorCse | Act::RegistreeCse => acting(&self.cse, order),
            _ => self.application.secure(order),
        }
        Box::pin(async { Ok(()) })
    }
}
