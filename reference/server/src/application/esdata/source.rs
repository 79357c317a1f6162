use onem2m_primitive::Request;
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;
use serde_json::{Value, json};

use super::order::SourceOrder;
use super::protecting::Unprotected;
use super::{Plan, Undone};
use crate::application::entity::Application;

/// The type number of a `<contentInstance>` (TS-0004 V3.32.0, 6.3.4.2.1).
const CONTENT_INSTANCE: u32 = 4;

impl Application {
    /// Creates contentInstances that are secured as the statement says, one after the other.
    ///
    /// # Errors
    ///
    /// The statement says something else than it has to, what it asks for cannot be made, or the CSE does not answer.
    pub async fn protect_data(&self, statement: &Value) -> Result<(), Undone> {
        let order = SourceOrder::read(statement)?;
        let clauses = &self.clauses.esdata;
        for number in 0..order.count {
            let envelope = self.envelope(&order)?;
            let content_info = (clauses.content_info)(&order.media_type, order.form);
            let content = json!({"m2m:cin": {"cnf": content_info, "con": envelope}});
            let request = Request::create(order.container.clone(), CONTENT_INSTANCE, content);
            let request = request.identified(format!("esdata-protect-{number}"));
            self.ask(&order.cse, request).await?;
        }
        Ok(())
    }

    fn envelope(&self, order: &SourceOrder) -> Result<String, Unprotected> {
        let clauses = &self.clauses.esdata;
        let plan = Plan {
            class: order.class,
            form: order.form,
            encryption: order.encryption,
            additional: order.additional.as_deref(),
            payload: &order.payload,
            recipients: &order.recipients,
            signers: &order.signers,
        };
        let mut random = ChaCha20Rng::from_seed((clauses.seed)(&plan)?);
        (clauses.compose)(clauses, &plan, &mut random)
    }
}

impl From<Unprotected> for Undone {
    fn from(reason: Unprotected) -> Self {
        Self::Unprotected(reason.to_string())
    }
}
