use super::agreed::Agreed;
use super::association::Association;
use super::channel::Channel;
use super::conduct::Conduct;
use super::credential::Credential;
use super::diagnosis::diagnose;
use super::end::Halt;
use super::layer::Layer;
use super::negotiation::Negotiation;
use super::offer::Previous;
use super::seen::Seen;
use super::session::Earlier;
use crate::tester::association_end::AssociationEnd;
use crate::tester::connection::Connection;
use crate::tester::link::LinkError;
use onem2m_association::Diagnosis;
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;
use std::time::Duration;

/// Everything that a handshake of the tester follows from.
#[derive(Debug, Clone)]
pub struct Handshake {
    /// What the tester does.
    pub conduct: Conduct,
    /// With what it authenticates itself.
    pub credential: Credential,
    /// The credential that a conduct may take parts of.
    pub another: Option<Credential>,
    /// What a conduct may take of an earlier handshake.
    pub earlier: Option<Earlier>,
    /// A cookie of DTLS that is at hand: the first ClientHello has it, as if a request for it had come.
    pub cookie: Option<Vec<u8>>,
    /// The name of the IUT.
    pub server_name: String,
    /// How long an answer may take.
    pub patience: Duration,
    /// From which all randomness of the tester follows.
    pub seed: [u8; 32],
}

impl Handshake {
    /// A handshake in which everything is right.
    pub fn new(
        credential: Credential,
        server_name: impl Into<String>,
        patience: Duration,
        seed: [u8; 32],
    ) -> Self {
        Self {
            conduct: Conduct::default(),
            credential,
            another: None,
            earlier: None,
            cookie: None,
            server_name: server_name.into(),
            patience,
            seed,
        }
    }
}

/// An attempt at an association.
pub struct Attempt<'a> {
    /// What it came to.
    pub end: AssociationEnd,
    /// What was seen.
    pub seen: Seen,
    /// The association, if it stands.
    pub association: Option<Association<'a>>,
    /// The connection, if it does not.
    pub connection: Option<Connection<'a>>,
    /// What it probably means that it does not, where the tester did everything right.
    pub diagnosis: Option<Box<Diagnosis>>,
}

impl<'a> Attempt<'a> {
    /// What a handshake on a channel came to.
    pub(super) fn of(
        channel: Channel<'a>,
        seen: Seen,
        end: AssociationEnd,
        agreed: Option<(Agreed, u16)>,
    ) -> Self {
        let (association, connection) = match agreed {
            Some((agreed, epoch)) => (Some(Association::new(channel, agreed, epoch)), None),
            None => (None, Some(channel.connection)),
        };
        Self {
            end,
            seen,
            association,
            connection,
            diagnosis: None,
        }
    }

    /// What it came to, in words.
    pub fn told(&self) -> String {
        match &self.diagnosis {
            Some(diagnosis) => format!("{}: {diagnosis}", self.end),
            None => self.end.to_string(),
        }
    }

    /// What it leaves to a later handshake.
    pub fn earlier(&self) -> Earlier {
        let association = self.association.as_ref();
        Earlier {
            session: association.map(|association| association.session().clone()),
            flight: self.seen.flight.clone(),
            signature: self.seen.signature.clone(),
        }
    }
}

/// Attempts an association on a connection on which nothing happened yet.
pub async fn establish<'a>(
    connection: Connection<'a>,
    handshake: &Handshake,
) -> Result<Attempt<'a>, LinkError> {
    let mut channel = Channel::new(connection, ChaCha20Rng::from_seed(handshake.seed));
    let is_datagram = matches!(channel.layer, Layer::Datagram(_));
    let mut seen = Seen::default();
    let (end, agreed) = negotiate(&mut channel, &mut seen, handshake, None).await?;
    let diagnosis = diagnose(handshake, is_datagram, &end).map(Box::new);
    Ok(Attempt {
        diagnosis,
        ..Attempt::of(channel, seen, end, agreed)
    })
}

/// Runs a handshake on a channel and records what it came to.
pub(super) async fn negotiate(
    channel: &mut Channel<'_>,
    seen: &mut Seen,
    handshake: &Handshake,
    previous: Option<(Previous, u16)>,
) -> Result<(AssociationEnd, Option<(Agreed, u16)>), LinkError> {
    let result = Negotiation::new(channel, seen, handshake, previous)
        .run()
        .await;
    conclude(channel, seen, result)
}

/// Records what a handshake came to.
pub(super) fn conclude(
    channel: &mut Channel<'_>,
    seen: &mut Seen,
    result: Result<(Agreed, u16), Halt>,
) -> Result<(AssociationEnd, Option<(Agreed, u16)>), LinkError> {
    let (end, agreed) = match result {
        Ok((agreed, epoch)) => {
            let end = AssociationEnd::Established {
                version: agreed.version.0,
                suite: agreed.suite.0,
                resumed: agreed.resumed,
            };
            (end, Some((agreed, epoch)))
        }
        Err(Halt::End(end)) => (end, None),
        Err(Halt::Left) => (AssociationEnd::Left, None),
        Err(Halt::Link(error)) => return Err(error),
    };
    seen.datagrams.clone_from(&channel.sizes);
    seen.in_the_clear = channel.is_in_the_clear();
    if let Layer::Datagram(layer) = &channel.layer {
        seen.fragments.clone_from(&layer.fragments);
    }
    channel.connection.conclude(&end);
    Ok((end, agreed))
}
