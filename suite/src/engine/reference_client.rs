//! The reference as a client of associations over the network: where it finds the tester, and how it is made to act.

use super::provisioning::{Told, registrations};
use crate::profile::Profile;
use crate::tester::reference_application::ReferenceApplication;
use crate::tester::trigger::Actuator;
use onem2m_server::{Clauses, Configuration, SystemClock, TcpConnector};
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

/// The AE of the reference, which the tester makes act itself.
pub fn reference_application(profile: &Profile) -> Box<dyn Actuator> {
    Box::new(ReferenceApplication::new(
        registrations(&Configuration::default(), &Told::of_reference()),
        Arc::new(SystemClock),
        Clauses::SPECIFICATION,
        Arc::new(TcpConnector),
        Duration::from_millis(profile.limits.response_timeout_ms),
    ))
}
