use super::conduct::ServerConduct;
use super::reception::Reception;
use crate::tester::connection::Connection;
use crate::tester::handshake::channel::Channel;
use crate::tester::handshake::conduct::Conduct;
use crate::tester::handshake::credential::Credential;
use crate::tester::handshake::establish::{Attempt, conclude};
use crate::tester::handshake::seen::Seen;
use crate::tester::link::LinkError;
use onem2m_association::messages::EcdheServerKeyExchange;
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;
use std::time::Duration;

/// Everything that a handshake follows from in which the tester is the server.
#[derive(Debug, Clone)]
pub struct Service {
    /// What the tester does.
    pub conduct: ServerConduct,
    /// With what it authenticates itself, or the pre-shared key that it knows.
    pub credential: Credential,
    /// Another pre-shared key that it knows.
    pub another: Option<Credential>,
    /// The ServerKeyExchange of an earlier handshake, for a conduct that repeats it.
    pub earlier: Option<EcdheServerKeyExchange>,
    /// How long an answer may take.
    pub patience: Duration,
    /// From which all randomness of the tester follows.
    pub seed: [u8; 32],
}

impl Service {
    /// A handshake in which everything is right.
    pub fn new(credential: Credential, patience: Duration, seed: [u8; 32]) -> Self {
        Self {
            conduct: ServerConduct::default(),
            credential,
            another: None,
            earlier: None,
            patience,
            seed,
        }
    }
}

/// Answers on a connection that the IUT opened, and on which nothing was read yet.
pub async fn serve<'a>(
    connection: Connection<'a>,
    service: &Service,
) -> Result<Attempt<'a>, LinkError> {
    let mut channel = Channel::new(connection, ChaCha20Rng::from_seed(service.seed));
    let mut seen = Seen::default();
    let layout = Conduct::default();
    let result = Reception::new(&mut channel, &mut seen, service, &layout)
        .run()
        .await;
    let (end, agreed) = conclude(&mut channel, &mut seen, result)?;
    Ok(Attempt::of(channel, seen, end, agreed))
}
