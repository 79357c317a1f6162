use onem2m_primitive::Request;
use serde_json::Value;

use super::entity::Application;
use crate::end_to_end::EndToEnd;
use crate::end_to_end::originator::{
    Carrier, NoOrder, Order, Originator, Sending, Sessions, Unprotected,
};
use crate::hop::Hop;
use crate::outbound::{Addressing, send_to_first};

/// An AE as Originator of ESPrim Objects (TS-0003 V3.18.0, 8.4.2).
impl Application {
    /// Does what a statement says: sends a request to a CSE inside an ESPrim Object, and shows what came of it.
    ///
    /// # Errors
    ///
    /// The statement says nothing that can be done.
    pub async fn originate(&self, statement: &Value, memory: &Sessions) -> Result<(), NoOrder> {
        let order = Order::read(statement, self.clauses.end_to_end.derived)?;
        let carrier = ToCse {
            application: self,
            cse: order.cse.as_deref().unwrap_or_default(),
            memory,
        };
        let settings = order.settings(&self.end_to_end);
        let outcome = match &settings {
            Err(failure) => Err(failure.clone()),
            Ok(settings) => self.exchange(&order, settings, &carrier, memory).await,
        };
        // Where it does not arrive, nothing is shown.
        let _ = carrier.send(order.shown(&outcome)).await;
        Ok(())
    }

    async fn exchange(
        &self,
        order: &Order,
        settings: &EndToEnd,
        carrier: &ToCse<'_>,
        memory: &Sessions,
    ) -> Result<onem2m_primitive::Response, Unprotected> {
        let originator = Originator {
            clauses: &self.clauses.end_to_end,
            settings,
            clock: self.clock.as_ref(),
            carrier,
            memory,
        };
        let number = memory.next_number();
        let request = self.own(order.request.clone());
        let request = request.identified(format!("protected-{number:07}"));
        order.carried_out(&originator, request).await
    }

    /// A request as one of the AE.
    fn own(&self, request: Request) -> Request {
        let stem = self.registrations.first().map(|told| told.stem.to_string());
        request.from(stem.unwrap_or_default()).release("3")
    }
}

/// The CSE that an AE was told of.
struct ToCse<'a> {
    application: &'a Application,
    cse: &'a str,
    memory: &'a Sessions,
}

impl Carrier for ToCse<'_> {
    fn send(&self, request: Request) -> Sending<'_> {
        Box::pin(async move {
            let application = self.application;
            // An inner request has an identifier of its own.
            let number = self.memory.next_number();
            let request = application.own(request);
            let request = request.identified(format!("outer-{number:07}"));
            let hops = [Hop::in_the_clear(self.cse.to_owned())];
            let connector = application.connector.as_ref();
            let patience = application.patience;
            let answer =
                send_to_first(connector, &hops, Addressing::Target, &request, patience).await;
            answer.ok()
        })
    }
}
