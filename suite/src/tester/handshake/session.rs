use onem2m_keys::MasterSecret;

/// A session that can be resumed.
#[derive(Debug, Clone)]
pub struct Session {
    /// The session id that the IUT gave; empty if it gave none.
    pub id: Vec<u8>,
    /// The ticket that the IUT gave.
    pub ticket: Option<Vec<u8>>,
    /// The master secret.
    pub master: MasterSecret,
}

/// What an earlier handshake leaves to a later one.
#[derive(Debug, Clone, Default)]
pub struct Earlier {
    /// Its session, if it was completed.
    pub session: Option<Session>,
    /// The tester's last flight: octets of the stream in one, or datagrams.
    pub flight: Vec<Vec<u8>>,
    /// The signature of the tester's CertificateVerify.
    pub signature: Option<Vec<u8>>,
}
