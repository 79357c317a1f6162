//! The keys, and the Finished that both sides send under them (RFC 5246, 7.4.9).

use onem2m_keys::{KeyBlock, MasterSecret, PremasterSecret, Sender, verify_data};

use super::incoming::unexpected;
use super::outgoing::Output;
use super::state::Handshake;
use crate::messages::{Codec, Finished, HandshakeMessage};
use crate::written_out::{Refusal, StoredSession};

impl Handshake {
    /// Makes the keys from the premaster secret, or from what the table says without one.
    pub(super) fn derive(&mut self, premaster: Option<&PremasterSecret>) -> Result<(), Refusal> {
        let agreed = self.agreed()?;
        let session_hash = agreed.extended.then(|| self.covered());
        let master = (self.clauses().master)(premaster, &agreed.randoms, session_hash.as_ref());
        match master {
            Some(master) => self.expand(master),
            None => Ok(()),
        }
    }

    pub(super) fn expand(&mut self, master: MasterSecret) -> Result<(), Refusal> {
        let agreed = self.agreed()?;
        let lengths = agreed.suite.cipher.key_lengths();
        self.keys = Some(KeyBlock::expand(&master, &agreed.randoms, lengths));
        self.master = Some(master);
        Ok(())
    }

    pub(super) fn finished(
        &mut self,
        message: &HandshakeMessage,
        octets: &[u8],
    ) -> Result<Vec<Output>, Refusal> {
        let got = Finished::decode(&message.body)?.verify_data;
        let expected = verify_data(self.master()?, Sender::Client, &self.covered());
        (self.clauses().finished)(&expected, &got)?;
        self.cover(message.message_type, octets);
        self.verify_data.client = got;
        let outputs = if self.progress.resumed {
            Vec::new()
        } else {
            vec![Output::ChangeCipherSpec, self.send_finished()?]
        };
        self.progress.finished = true;
        self.progress.renegotiation = false;
        self.store()?;
        Ok(outputs)
    }

    pub(super) fn send_finished(&mut self) -> Result<Output, Refusal> {
        let verify_data = verify_data(self.master()?, Sender::Server, &self.covered());
        self.verify_data.server = verify_data.to_vec();
        self.send(&Finished {
            verify_data: verify_data.to_vec(),
        })
    }

    pub(super) fn master(&self) -> Result<&MasterSecret, Refusal> {
        self.master
            .as_ref()
            .ok_or_else(|| unexpected("expected ClientKeyExchange before Finished"))
    }

    pub(super) fn store(&self) -> Result<(), Refusal> {
        let agreed = self.agreed()?;
        if !self.progress.resumed && !agreed.session_id.is_empty() {
            self.shared.sessions.insert(StoredSession {
                id: agreed.session_id.clone(),
                suite: agreed.suite,
                master: self.master()?.clone(),
                extended: agreed.extended,
                host: agreed.host,
                peer: self.peer.clone(),
                key: self.key.clone(),
            });
        }
        Ok(())
    }
}
