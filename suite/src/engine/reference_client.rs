//! The reference as a client of associations over the network: where it finds the tester, and how it is made to act.

use super::provisioning::{Told, registrations};
use crate::profile::Profile;
use crate::tester::reference_actuator::ReferenceActuator;
use crate::tester::reference_application::ReferenceApplication;
use crate::tester::trigger::Actuator;
use onem2m_server::{Clauses, Configuration, Cse, SystemClock, TcpConnector};
use std::sync::Arc;
use std::time::Duration;

/// Opens the stands of the tester to a reference on the same host.
pub fn expect_reference(profile: &mut Profile) {
    let any = "127.0.0.1:0".to_owned();
    // Every host knows this name, and an address would be none for SNI.
    profile.tester.name = Some("localhost".into());
    profile.tester.registrar = Some(any.clone());
    profile.tester.beside = vec![any];
}

/// The reference, which the tester makes act itself: its AE, and its CSE.
pub fn reference_actuator(profile: &Profile, cse: Cse) -> Box<dyn Actuator> {
    let application = ReferenceApplication::new(
        registrations(&Configuration::default(), &Told::as_read(&profile.pixit)),
        Arc::new(SystemClock),
        Clauses::SPECIFICATION,
        Arc::new(TcpConnector),
        Duration::from_millis(profile.limits.response_timeout_ms),
    );
    Box::new(ReferenceActuator { application, cse })
}
