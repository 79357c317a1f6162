use crate::tester::handshake::agreed::Agreed;
use crate::tester::handshake::channel::{Channel, Deadline};
use crate::tester::handshake::conduct::{Stop, StopAt};
use crate::tester::handshake::conversation::Conversation;
use crate::tester::handshake::end::Halt;
use crate::tester::handshake::establish::Handshake;
use crate::tester::handshake::exporter::Exporter;
use crate::tester::handshake::flight::{Flight, FlightBuilder};
use crate::tester::handshake::keys::Keys;
use crate::tester::handshake::offer::{Offer, Previous};
use crate::tester::handshake::seen::Seen;
use crate::tester::handshake::server_flight::ServerFlight;
use crate::tester::handshake::transcript::Transcript;
use crate::tester::handshake::waits::Waits;
use onem2m_keys::MasterSecret;
use std::time::Duration;

/// How long the last flight of the IUT is waited for where it is to get lost (RFC 6347, 4.2.4.1).
const LOST: Duration = Duration::from_secs(1);

/// A handshake on a channel.
pub struct Negotiation<'c, 'a> {
    pub(super) handshake: &'c Handshake,
    pub(super) conversation: Conversation<'c, 'a>,
    pub(super) previous: Option<Previous>,
    /// The epoch in which the tester writes.
    pub(super) epoch: u16,
}

impl<'c, 'a> Negotiation<'c, 'a> {
    /// The first handshake of a channel, or one behind another in an epoch.
    pub fn new(
        channel: &'c mut Channel<'a>,
        seen: &'c mut Seen,
        handshake: &'c Handshake,
        previous: Option<(Previous, u16)>,
    ) -> Self {
        channel.forget_taken();
        let waits = Waits::new(handshake.patience, channel.layer.is_datagram());
        Self {
            handshake,
            conversation: Conversation {
                channel,
                seen,
                transcript: Transcript::default(),
                renegotiates: previous.is_some(),
                conduct: &handshake.conduct,
                waits,
                repeated: Vec::new(),
            },
            epoch: previous.map_or(0, |(_, epoch)| epoch),
            previous: previous.map(|(previous, _)| previous),
        }
    }

    /// Runs it. With what was agreed comes the epoch in which the tester writes from then on.
    pub async fn run(mut self) -> Result<(Agreed, u16), Halt> {
        let (offer, message) = self.hello().await?;
        let mut server = ServerFlight::read_hello(&mut self.conversation, &offer, &message)?;
        let spoken = server.version;
        self.conversation.channel.layer.set_version(spoken);
        match self.resumed(&offer, &server)? {
            Some(master) => self.resume(&offer, &server, master).await,
            None => {
                server.read_rest(&mut self.conversation, &offer).await?;
                self.complete(&offer, &server).await
            }
        }
    }

    pub(super) fn is_datagram(&self) -> bool {
        self.conversation.channel.layer.is_datagram()
    }

    /// The master secret of the session that the IUT resumes, if it does.
    fn resumed(&self, offer: &Offer, server: &ServerFlight) -> Result<Option<MasterSecret>, Halt> {
        if offer.session_id.is_empty() || server.session_id != offer.session_id {
            return Ok(None);
        }
        let earlier = self.handshake.earlier.as_ref();
        match earlier.and_then(|earlier| earlier.session.as_ref()) {
            Some(session) => Ok(Some(session.master.clone())),
            None => Err(Halt::unexpected("a session is resumed that never was")),
        }
    }

    async fn resume(
        mut self,
        offer: &Offer,
        server: &ServerFlight,
        master: MasterSecret,
    ) -> Result<(Agreed, u16), Halt> {
        let exporter = Exporter::new(master.clone(), server.randoms);
        self.conversation.seen.exporter = Some(exporter);
        let keys = Keys::new(master, &server.randoms, server.scripted.bulk);
        self.conversation.channel.layer.install_read(keys.server());
        self.server_finished(&keys).await?;
        let (flight, parts) = self.flight(offer, server, Some(keys))?;
        self.send(flight.pieces.clone(), parts, None).await?;
        Ok((self.agreed(server, &flight, true), flight.epoch))
    }

    async fn complete(
        mut self,
        offer: &Offer,
        server: &ServerFlight,
    ) -> Result<(Agreed, u16), Halt> {
        let stop = self.handshake.conduct.stop;
        if let Some(Stop {
            after: StopAt::ServerFlight,
            then,
        }) = stop
        {
            self.stop(then).await?;
        }
        let (flight, parts) = self.flight(offer, server, None)?;
        let stop = match stop {
            Some(Stop {
                after: StopAt::Flight(length),
                then,
            }) => Some((length, then)),
            _ => None,
        };
        let exporter = Exporter::new(flight.keys.master.clone(), server.randoms);
        self.conversation.seen.exporter = Some(exporter);
        let layer = &mut self.conversation.channel.layer;
        layer.install_read(flight.keys.server());
        self.send(flight.pieces.clone(), parts, stop).await?;
        for _ in 0..self.handshake.conduct.datagram.lost {
            let channel = &mut *self.conversation.channel;
            let dropped = channel.drain(Deadline::after(LOST)).await?;
            self.conversation.seen.dropped.push(dropped);
            self.conversation.repeat().await?;
        }
        self.server_finished(&flight.keys).await?;
        Ok((self.agreed(server, &flight, false), flight.epoch))
    }

    /// The flight of the tester, and what is sent of it: its own octets, or those of an earlier one in their place.
    fn flight(
        &mut self,
        offer: &Offer,
        server: &ServerFlight,
        keys: Option<Keys>,
    ) -> Result<(Flight, Vec<Vec<u8>>), Halt> {
        let (handshake, epoch) = (self.handshake, self.epoch);
        let conversation = &mut self.conversation;
        let flight =
            FlightBuilder::new(handshake, offer, server, conversation, epoch, keys).build()?;
        let conduct = &handshake.conduct;
        let mut parts = self.conversation.channel.encode(&flight.pieces, conduct)?;
        if conduct.datagram.reversed {
            parts.reverse();
        }
        if let (true, Some(earlier)) = (conduct.replay, &handshake.earlier) {
            parts.clone_from(&earlier.flight);
        }
        self.conversation.seen.flight.clone_from(&parts);
        Ok((flight, parts))
    }
}
