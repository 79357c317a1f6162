//! The reference as a client of associations over the network: where it finds the tester, and how it is made to act.

use super::provisioning::{Told, registrations};
use crate::profile::Profile;
use crate::tester::reference_actuator::ReferenceActuator;
use crate::tester::reference_application::ReferenceApplication;
use crate::tester::stand::Stand;
use crate::tester::trigger::Actuator;
use onem2m_server::{Clauses, Configuration, Cse, SystemClock, TcpConnector};
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;

/// Opens the stands of the tester to a reference on the same host.
pub fn expect_reference(profile: &mut Profile) {
    let any = "127.0.0.1:0".to_owned();
    // Every host knows this name, and an address would be none for SNI.
    profile.tester.name = Some("localhost".into());
    profile.tester.registrar = Some(any.clone());
    profile.tester.beside = vec![any];
}

/// Opens the MAFs of which a reference on the same host is the client, at ports that are free, and has it told of them.
pub async fn open_mafs(told: &mut Told) -> std::io::Result<Vec<(Stand, TcpListener)>> {
    let mut open = Vec::new();
    if let Some(maf) = &mut told.maf {
        let by_key = (Stand::Maf, &mut maf.listen);
        let certified = maf.by_certificate.as_mut();
        let by_certificate = certified.map(|maf| (Stand::MafByCertificate, &mut maf.listen));
        for (stand, listen) in [Some(by_key), by_certificate].into_iter().flatten() {
            let listener = TcpListener::bind("127.0.0.1:0").await?;
            *listen = Some(listener.local_addr()?.to_string());
            open.push((stand, listener));
        }
    }
    Ok(open)
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
