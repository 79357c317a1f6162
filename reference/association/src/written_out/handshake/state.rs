//! How far a handshake is, and what it came to.

use std::sync::Arc;

use onem2m_keys::{KeyBlock, MasterSecret, Psk, export_keying_material};
use p256::ecdsa::VerifyingKey;
use zeroize::Zeroizing;

use super::agreed::Agreed;
use super::incoming::unexpected;
use super::server_flight::Ephemeral;
use crate::PeerCredential;
use crate::messages::{Alert, ProtocolVersion};
use crate::written_out::framing::Framing;
use crate::written_out::server::Shared;
use crate::written_out::{Agreement, Clauses, Progress, Protection, Refusal, VerifyData};

/// The server side of one handshake, whatever carries its messages (RFC 5246, 7.3).
#[derive(Debug)]
pub(crate) struct Handshake {
    pub(super) shared: Arc<Shared>,
    pub(super) framing: Framing,
    pub(super) progress: Progress,
    /// The messages that Finished covers, with their headers.
    pub(super) transcript: Vec<u8>,
    /// What the Finished of the handshake before said, in a renegotiation.
    pub(super) previous: Option<VerifyData>,
    pub(super) verify_data: VerifyData,
    pub(super) agreed: Option<Agreed>,
    pub(super) ephemeral: Option<Ephemeral>,
    pub(super) master: Option<MasterSecret>,
    pub(super) keys: Option<KeyBlock>,
    pub(super) peer: Option<PeerCredential>,
    /// The key behind the identity of the peer.
    pub(super) key: Option<Psk>,
    /// Keys that the identity may stand for if that one does not fit.
    pub(super) other_keys: Vec<Psk>,
    /// The key in the certificate of the peer.
    pub(super) public_key: Option<VerifyingKey>,
}

impl Handshake {
    pub(crate) fn new(shared: Arc<Shared>, framing: Framing) -> Self {
        Self {
            shared,
            framing,
            progress: Progress::default(),
            transcript: Vec::new(),
            previous: None,
            verify_data: VerifyData::default(),
            agreed: None,
            ephemeral: None,
            master: None,
            keys: None,
            peer: None,
            key: None,
            other_keys: Vec::new(),
            public_key: None,
        }
    }

    /// The handshake that follows this one in the same association.
    pub(crate) fn renegotiate(&self) -> Self {
        Self {
            progress: Progress {
                renegotiation: true,
                ..Progress::default()
            },
            previous: Some(self.verify_data.clone()),
            peer: self.peer.clone(),
            ..Self::new(Arc::clone(&self.shared), self.framing.clone())
        }
    }

    /// Numbers the messages of the server from `message_seq`, where they have numbers.
    pub(crate) fn count_from(&mut self, message_seq: u16) {
        self.framing.count_from(message_seq);
    }

    pub(crate) fn progress(&self) -> &Progress {
        &self.progress
    }

    /// The version, once it is agreed.
    pub(crate) fn version(&self) -> Option<ProtocolVersion> {
        self.agreed.as_ref().map(|agreed| agreed.version)
    }

    /// What was agreed.
    pub(crate) fn agreement(&self) -> Option<Agreement> {
        self.agreed.as_ref().map(|agreed| Agreement {
            suite: agreed.suite,
            host: agreed.host,
            is_resumed: self.progress.resumed,
        })
    }

    /// Whom this handshake authenticated, once it is over.
    pub(crate) fn peer(&self) -> Option<&PeerCredential> {
        self.peer.as_ref().filter(|_| self.progress.finished)
    }

    /// How the client protects its records, once it changed its cipher state and there are keys.
    pub(crate) fn client_protection(&self) -> Option<Protection> {
        let (keys, agreed) = self.keys.as_ref().zip(self.agreed.as_ref())?;
        self.progress.change_cipher_spec.then(|| Protection {
            cipher: agreed.suite.cipher,
            keys: keys.client.clone(),
        })
    }

    /// How the client protects its records under the next key that its identity may stand for, while it has not been seen
    /// which one it is.
    pub(crate) fn other_client_protection(&mut self) -> Option<Protection> {
        if self.progress.finished {
            return None;
        }
        let key = self.other_keys.pop()?;
        let premaster = (self.clauses().psk_premaster)(&key);
        self.derive(Some(&premaster)).ok()?;
        self.key = Some(key);
        self.client_protection()
    }

    /// How the server protects its records, once there are keys.
    pub(crate) fn server_protection(&self) -> Option<Protection> {
        let (keys, agreed) = self.keys.as_ref().zip(self.agreed.as_ref())?;
        Some(Protection {
            cipher: agreed.suite.cipher,
            keys: keys.server.clone(),
        })
    }

    /// Keying material without context, once the handshake is over (RFC 5705, 4).
    pub(crate) fn export(&self, label: &str, length: usize) -> Option<Zeroizing<Vec<u8>>> {
        let (master, agreed) = self.master.as_ref().zip(self.agreed.as_ref())?;
        let mut output = Zeroizing::new(vec![0; length]);
        export_keying_material(master, &agreed.randoms, label, None, &mut output).ok()?;
        self.progress.finished.then_some(output)
    }

    /// Forgets the session if an alert asks for it.
    pub(crate) fn forget(&self, alert: &Alert) {
        if let Some(agreed) = &self.agreed
            && (self.clauses().forgets)(alert)
        {
            self.shared.sessions.remove(&agreed.session_id);
        }
    }

    pub(super) fn clauses(&self) -> &Clauses {
        &self.shared.configuration.clauses
    }

    pub(super) fn agreed(&self) -> Result<&Agreed, Refusal> {
        self.agreed
            .as_ref()
            .ok_or_else(|| unexpected("expected ClientHello before anything else"))
    }
}
