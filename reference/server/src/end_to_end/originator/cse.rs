use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::OnceLock;

use onem2m_identity::{Entity, ResourceAddress};
use onem2m_primitive::{Request, Response};
use serde_json::Value;

use super::carrier::{Carrier, Sending};
use super::exchange::Originator;
use super::order::{NoOrder, Order};
use super::outcome::Unprotected;
use crate::cse::Cse;
use crate::elsewhere::Elsewhere;
use crate::forward::{hops_to, host};
use crate::notify::Notice;
use crate::outbound::Addressing;
use crate::peer::Peer;
use crate::scene::Arrival;

/// A CSE as Originator.
impl Cse {
    /// Does what a statement says: sends a request to another CSE inside an ESPrim Object (TS-0003 V3.18.0, 8.4.2, step C), and
    /// shows what came of it.
    ///
    /// # Errors
    ///
    /// The statement says nothing that can be done.
    pub async fn originate(&self, statement: &Value) -> Result<(), NoOrder> {
        let order = Order::read(statement, self.clauses().end_to_end.derived)?;
        let outcome = self.request_protected(&order).await;
        // Where it does not arrive, nothing is shown.
        let _ = Outward(self).send(order.shown(&outcome)).await;
        Ok(())
    }

    async fn request_protected(&self, order: &Order) -> Result<Response, Unprotected> {
        let settings = self.configuration().end_to_end.as_deref();
        let settings = order.settings(settings.ok_or(Unprotected::NotSetUp)?)?;
        let arrival = of_its_own(self);
        let memory = self.with_tree(&arrival, |_, tree| tree.end_to_end.originating());
        let originator = Originator {
            clauses: &self.clauses().end_to_end,
            settings: &settings,
            clock: self.clock(),
            carrier: &Outward(self),
            memory: &memory,
        };
        let from = Entity::hosting(self.home()).sp_relative();
        let number = memory.next_number();
        let request = order.request.clone().from(from).release("3");
        let request = request.identified(format!("protected-{number:07}"));
        order.carried_out(&originator, request).await
    }
}

/// What a CSE sends of its own accord, by the way on which it forwards.
struct Outward<'a>(&'a Cse);

impl Carrier for Outward<'_> {
    fn send(&self, request: Request) -> Sending<'_> {
        let Self(cse) = *self;
        Box::pin(async move {
            let host = host(&ResourceAddress::parse(&request.to).ok()?, cse.home());
            let arrival = of_its_own(cse);
            let hops = cse.with_tree(&arrival, |desk, tree| {
                let scene = desk.scene(tree);
                let next = (scene.clauses.next_hop)(&scene, &host)?;
                Some(hops_to(&scene, next))
            })?;
            let from = Entity::hosting(cse.home()).sp_relative();
            let notice = Notice {
                hops,
                channel: None,
                is_for_itself: false,
                addressing: Addressing::Target,
                request: request.from(from).release("3"),
            };
            cse.send(notice).await
        })
    }
}

/// Nobody asked for what a CSE does of its own accord.
pub(super) fn of_its_own(cse: &Cse) -> Arrival {
    let now = cse.clock().now();
    Arrival {
        received: now,
        at: now,
        peer: Peer::plain(SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 0)),
        elsewhere: Elsewhere::default(),
        announced: None,
        protected: None,
        tokens: OnceLock::new(),
    }
}
