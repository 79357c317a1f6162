use onem2m_association::{
    Allowed, ClientConfiguration, ClientCredential, Clock, Expected, Transport, Trust, TrustedPeer,
};
use onem2m_identity::PublicDomainName;
use onem2m_primitive::Request;

use super::exchange::Originator;
use super::outcome::Unprotected;
use super::peer::Receiver;
use crate::end_to_end::escertke::{export, initiate};

/// An Originator as Initiating End-Point (TS-0003 V3.18.0, 8.7.2).
impl Originator<'_> {
    /// Establishes a key with a Receiver whose certificate has this name, in the place of an earlier one.
    pub(crate) async fn establish(
        &self,
        receiver: &Receiver,
        name: &PublicDomainName,
    ) -> Result<(), Unprotected> {
        let own = self.settings.initiating.as_deref();
        let own = own.ok_or(Unprotected::NotSetUp)?;
        let now = self.clock.now();
        let credential = ClientCredential::Certificate(own.certificate.clone());
        let configuration = ClientConfiguration {
            trust: Trust {
                anchors: own.anchors.clone(),
                peers: vec![TrustedPeer {
                    expected: Expected::CseId(name.clone()),
                    allowed: Allowed::Unstated,
                }],
            },
            clock: Clock::new(move || now),
            ..ClientConfiguration::new(Transport::Tls, credential)
        };
        let send = |content| {
            let request = Request::notify(receiver.target.clone(), content);
            self.carrier.send(request)
        };
        let exchange = initiate(&self.clauses.escertke, configuration, send)
            .await
            .map_err(|reason| Unprotected::NotEstablished(reason.to_string()))?;
        let pair = export::of_exchange(&exchange, &receiver.entity);
        let renewed = self.settings.pairs.renew(pair);
        renewed.map_err(|_| Unprotected::NoKey)
    }
}
