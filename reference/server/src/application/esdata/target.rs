use onem2m_primitive::{Request, Response};
use serde_json::{Value, json};

use super::finding::shown;
use super::order::TargetOrder;
use super::{Failure, Found, Situation, Undone};
use crate::application::entity::Application;

/// The type number of a `<contentInstance>` (TS-0004 V3.32.0, 6.3.4.2.1).
const CONTENT_INSTANCE: u32 = 4;

impl Application {
    /// Opens the latest instance of a container, as the statement says, and shows what came of it in another container of
    /// the same CSE. Gives the answer to that.
    ///
    /// # Errors
    ///
    /// The statement says something else than it has to, or the CSE does not answer.
    pub async fn open_data(&self, statement: &Value) -> Result<Response, Undone> {
        let order = TargetOrder::read(statement, self.clauses.end_to_end.derived)?;
        let request = Request::retrieve(format!("{}/la", order.container));
        let answer = self
            .ask_at(&order.cse, request.identified("esdata-open"))
            .await?;
        let shown = shown(&self.opened(&order, answer.content.as_ref()));
        let content = json!({"m2m:cin": {"cnf": "application/json:0", "con": shown.to_string()}});
        let request = Request::create(order.observe, CONTENT_INSTANCE, content);
        self.ask_at(&order.cse, request.identified("esdata-show"))
            .await
    }

    fn opened(&self, order: &TargetOrder, content: Option<&Value>) -> Result<Found, Failure> {
        let instance = content.and_then(|content| content.get("m2m:cin"));
        let text = |name| instance.and_then(|instance| instance.get(name)?.as_str());
        let content = text("con").ok_or(Failure::NoInstance)?;
        let situation = Situation {
            keys: &order.keys,
            expected: order.expected,
            now: self.clock.now(),
        };
        let clauses = &self.clauses.esdata;
        (clauses.opened)(clauses, &situation, text("cnf"), content)
    }
}
