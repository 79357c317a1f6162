use onem2m_association::{ClientConfiguration, ClientCredential, Clock, Transport, Trust};
use onem2m_identity::AeStem;

use crate::clauses::Clauses;
use crate::hop::Way;

/// What an AE was told of a CSE with which it registers (TS-0003 V3.18.0, 8.2.1).
#[derive(Clone, Debug)]
pub struct Registration {
    /// Host and port of the CSE.
    pub authority: String,
    /// The name of the host.
    pub name: Option<String>,
    /// What carries the association.
    pub transport: Transport,
    /// With what the AE authenticates itself.
    pub credential: ClientCredential,
    /// Whom it expects, where the CSE shows a certificate or a raw public key.
    pub trust: Trust,
    /// The AE-ID-Stem that it asks for.
    pub stem: AeStem,
    /// The resource name of the `<CSEBase>`.
    pub base: String,
}

/// What is tried to reach a registrar, one after the other.
pub(crate) type Registering = fn(&Clauses, &Clock, &Registration, &[Registration]) -> Vec<Way>;

/// One association, over the credential that is meant for this registrar. Without it the AE does not register: an AE of the
/// field domain says nothing in the clear (TS-0003 V3.18.0, 6.1.2.2.1 and 8.2.1).
pub(crate) fn ways(
    clauses: &Clauses,
    clock: &Clock,
    registration: &Registration,
    _others: &[Registration],
) -> Vec<Way> {
    vec![within(clauses, clock, registration)]
}

/// Within an association over the credential of a registration.
pub(crate) fn within(clauses: &Clauses, clock: &Clock, registration: &Registration) -> Way {
    let credential = registration.credential.clone();
    Way::Within(Box::new(ClientConfiguration {
        trust: registration.trust.clone(),
        server_name: (clauses.asked_name)(registration.name.as_deref()),
        clock: clock.clone(),
        clauses: clauses.opening,
        ..ClientConfiguration::new(registration.transport, credential)
    }))
}
