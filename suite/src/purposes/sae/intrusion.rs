//! What somebody without the keys of an association sends from the address of the tester.

use crate::catalogue::behaviour::{Intrusion, InvalidRecord, InvalidRecords};
use crate::tester::handshake::{Association, Delivered, Handshake, RecordFault};
use crate::tester::link::LinkError;
use onem2m_association::messages::ContentType;
use std::time::Duration;
use tokio::time::Instant;

/// The epoch of an association that stands.
const EPOCH: u16 = 1;
/// A number that no record of the handshake had.
const UNUSED: u64 = 1 << 20;
/// A content type that nothing is registered for (RFC 5246, 12).
const UNKNOWN: ContentType = ContentType(99);
/// Fewer octets than the header of a record has.
const TRUNCATED: usize = 7;

/// What an intruder can send.
#[derive(Debug)]
pub struct Intruder<'a> {
    /// The request of the holder as a datagram of CoAP.
    pub request: &'a [u8],
    /// The handshake whose ClientHello is sent.
    pub handshake: &'a Handshake,
}

impl Intruder<'_> {
    /// Sends it.
    pub async fn intrude(
        &self,
        association: &mut Association<'_>,
        intrusion: Intrusion,
    ) -> Result<(), LinkError> {
        let data = ContentType::APPLICATION_DATA;
        let datagram = match intrusion {
            Intrusion::ForgedRecord(number) => {
                association.seal_as(EPOCH, number, data, self.request, RecordFault::Mac)?
            }
            Intrusion::InvalidRecords(InvalidRecords { fault, times }) => {
                for number in (UNUSED..).take(times.try_into().unwrap_or(usize::MAX)) {
                    let datagram = invalid(association, fault, number, self.request)?;
                    association.send_octets(datagram).await?;
                }
                return Ok(());
            }
            Intrusion::ClearRecord => {
                association.seal_as(0, UNUSED, data, self.request, RecordFault::None)?
            }
            Intrusion::ClearDatagram => self.request.to_vec(),
            Intrusion::ClearAlert { level, description } => {
                let alert = [level, description];
                association.seal_as(0, UNUSED, ContentType::ALERT, &alert, RecordFault::None)?
            }
            Intrusion::ClientHello => return association.send_hello(self.handshake).await,
        };
        association.send_octets(datagram).await
    }
}

fn invalid(
    association: &mut Association<'_>,
    fault: InvalidRecord,
    number: u64,
    content: &[u8],
) -> Result<Vec<u8>, LinkError> {
    let (epoch, content_type) = match fault {
        InvalidRecord::WrongEpoch => (EPOCH + 1, ContentType::APPLICATION_DATA),
        InvalidRecord::UnknownType => (EPOCH, UNKNOWN),
        InvalidRecord::WrongTag | InvalidRecord::TruncatedHeader => {
            (EPOCH, ContentType::APPLICATION_DATA)
        }
    };
    let mut datagram =
        association.seal_as(epoch, number, content_type, content, RecordFault::Mac)?;
    if fault == InvalidRecord::TruncatedHeader {
        datagram.truncate(TRUNCATED);
    }
    Ok(datagram)
}

/// Whether an answer comes within the patience, in the clear or within the association: its holder asked for nothing yet.
pub async fn is_answered(
    association: &mut Association<'_>,
    patience: Duration,
) -> Result<bool, LinkError> {
    let deadline = Instant::now() + patience;
    loop {
        let left = deadline.saturating_duration_since(Instant::now());
        match association.receive(left).await? {
            Delivered::Closed | Delivered::Reset | Delivered::Silence => {
                return Ok(association.came_in_the_clear());
            }
            Delivered::Data(_) => return Ok(true),
            _ => {}
        }
    }
}
