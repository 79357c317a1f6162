use onem2m_identity::Entity;
use onem2m_primitive::Request;
use serde_json::{Value, json};

use super::cse::of_its_own;
use super::order::NoOrder;
use crate::cse::Cse;
use crate::end_to_end::information::ATTRIBUTE;
use crate::end_to_end::publish;
use crate::hop::Hop;
use crate::notify::Notice;
use crate::outbound::Addressing;

/// The type number of a `<remoteCSE>` (TS-0004 V3.32.0, 6.3.4.2.1).
const REMOTE_CSE: u32 = 16;

/// A CSE that registers with another one.
impl Cse {
    /// Does what a statement says: registers with a CSE, and tells it of end-to-end security there (TS-0003 V3.18.0, 8.4.2,
    /// step A).
    ///
    /// # Errors
    ///
    /// The statement says nothing that can be done.
    pub async fn register_with(&self, statement: &Value) -> Result<(), NoOrder> {
        let text = |name: &str| {
            let text = statement.get(name).and_then(Value::as_str);
            text.ok_or_else(|| NoOrder(format!("no text at {name}")))
        };
        let (registrar, cse) = (text("registrar")?, text("cse")?);
        let arrival = of_its_own(self);
        let information = self.with_tree(&arrival, |desk, tree| {
            publish(desk, tree);
            let base = tree.get(tree.root());
            base.and_then(|base| base.attribute(ATTRIBUTE).cloned())
        });
        let own = Entity::hosting(self.home());
        let identity = own.sp_relative();
        let mut remote = json!({
            "rn": identity.trim_start_matches('/'), "csi": identity, "rr": true, "srv": ["3"],
            "cb": format!("{}/{}", own.absolute(), self.configuration().cse_name),
        });
        let told = (self.clauses().end_to_end.told_to_registrar)(information);
        if let (Some(members), Some(information)) = (remote.as_object_mut(), told) {
            members.insert(ATTRIBUTE.to_owned(), information);
        }
        let request = Request::create(registrar.to_owned(), REMOTE_CSE, json!({"m2m:csr": remote}))
            .from(identity)
            .identified("register-1")
            .release("3");
        let notice = Notice {
            hops: vec![Hop::in_the_clear(cse.to_owned())],
            channel: None,
            is_for_itself: false,
            addressing: Addressing::Target,
            request,
        };
        // What it comes to is seen where it arrives.
        let _ = self.send(notice).await;
        Ok(())
    }
}
