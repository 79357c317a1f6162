use onem2m_primitive::Request;
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;
use serde_json::{Value, json};

use super::certificates::certificates;
use super::order::SourceOrder;
use super::protecting::Unprotected;
use super::{Plan, Recipient, Undone};
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
        let order = SourceOrder::read(
            statement,
            self.clauses.end_to_end.derived,
            self.clauses.esdata.technology,
        )?;
        let recipients = self.recipients(&order).await?;
        let clauses = &self.clauses.esdata;
        for number in 0..order.count {
            let envelope = self.envelope(&order, &recipients)?;
            let content_info = (clauses.content_info)(&order.media_type, order.form);
            let content = json!({"m2m:cin": {"cnf": content_info, "con": envelope}});
            let request = Request::create(order.container.clone(), CONTENT_INSTANCE, content);
            let request = request.identified(format!("esdata-protect-{number}"));
            self.ask_at(&order.cse, request).await?;
        }
        Ok(())
    }

    /// The Targets that the order names, and the one whose certificate is found where the order says.
    async fn recipients(&self, order: &SourceOrder) -> Result<Vec<Recipient>, Undone> {
        let mut recipients = order.recipients.clone();
        if let Some(intended) = &order.intended {
            let request = Request::retrieve(intended.resource.clone());
            let answer = self.ask_at(&order.cse, request.identified("esdata-certificates"));
            let content = answer.await?.content.unwrap_or_default();
            let information = content
                .get("m2m:ae")
                .and_then(|resource| resource.get("esi"));
            let offered = certificates(information.and_then(|found| found.get("escert")));
            let (clauses, now) = (&self.clauses.esdata, self.clock.now());
            let mut keys = offered.iter();
            let key = keys.find_map(|one| (clauses.trusted)(clauses, intended, one, &offered, now));
            recipients.push(Recipient {
                key: key.ok_or(Unprotected::NoCertificate)?,
                named_by: "x5t#S256",
            });
        }
        Ok(recipients)
    }

    fn envelope(
        &self,
        order: &SourceOrder,
        recipients: &[Recipient],
    ) -> Result<String, Unprotected> {
        let clauses = &self.clauses.esdata;
        let plan = Plan {
            class: order.class,
            form: order.form,
            encryption: order.encryption,
            additional: order.additional.as_deref(),
            payload: &order.payload,
            recipients,
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
