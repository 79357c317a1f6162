//! Sends records in which something is wrong.

use crate::catalogue::behaviour::Role;
use crate::purposes::stop::Stop;
use crate::tester::handshake::{Association, RecordFault};
use onem2m_association::messages::{AlertDescription, ContentType};

/// The alert for a record that does not open (RFC 5246, 7.2.2).
pub const BAD_RECORD_MAC: u8 = AlertDescription::BAD_RECORD_MAC.0;

/// Sends application data in one record with a fault.
pub async fn send(
    association: &mut Association<'_>,
    step: &str,
    content: &[u8],
    fault: RecordFault,
) -> Result<(), Stop> {
    let record = seal(association, step, content, fault)?;
    send_octets(association, step, record).await
}

/// A record with the next number, which is not sent yet.
pub fn seal(
    association: &mut Association<'_>,
    step: &str,
    content: &[u8],
    fault: RecordFault,
) -> Result<Vec<u8>, Stop> {
    association
        .seal(ContentType::APPLICATION_DATA, content, fault)
        .map_err(|error| Stop::link(step, &error))
}

/// Sends octets as a stimulus.
pub async fn send_octets(
    association: &mut Association<'_>,
    step: &str,
    octets: Vec<u8>,
) -> Result<(), Stop> {
    association.begin(step, Role::Stimulus);
    association
        .send_octets(octets)
        .await
        .map_err(|error| Stop::link(step, &error))
}
