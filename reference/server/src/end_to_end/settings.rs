use std::sync::Arc;
use std::time::Duration;

use onem2m_envelope::ContentEncryption;
use onem2m_envelope::esprim::Readings;

use super::escertke::{Initiating, Terminating};
use super::pairs::Pairs;
use super::randomness::Randomness;

/// How a CSE protects primitives end to end (TS-0003 V3.18.0, 8.4), and how it reads what the specification leaves open.
#[derive(Clone, Debug)]
pub struct EndToEnd {
    /// What it was provisioned with.
    pub pairs: Arc<Pairs>,
    /// How it derives session keys.
    pub readings: Readings,
    /// What it offers to encrypt with.
    pub protocols: Vec<ContentEncryption>,
    /// How long its rand objects are valid.
    pub lifetime: Duration,
    /// After how long a new shared rand object takes the place of the last; without, it publishes none.
    pub rotation: Option<Duration>,
    /// How it tells that an ESPrim Object is refused.
    pub errors: ErrorStyle,
    /// Whether a response brings the next rand object of the CSE (TS-0003 V3.18.0, 8.4.3.2).
    pub refreshes: bool,
    /// Whether an object that was opened is refused when it comes again (TR-0012, 6.2.2.2.3.2).
    pub detects_replays: bool,
    /// What it is provisioned with as Terminating End-Point of ESCertKE (TS-0003 V3.18.0, 8.7.2); without, it is none.
    pub terminating: Option<Arc<Terminating>>,
    /// What it is provisioned with as Initiating End-Point of ESCertKE; without, it establishes no keys.
    pub initiating: Option<Arc<Initiating>>,
    /// Where rand objects and initialization vectors come from.
    pub randomness: Randomness,
}

/// How an ESPrim Object is refused: TS-0004 V3.32.0, 7.6.2 and TS-0001 V3.36.0, 11.4.2 do not agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorStyle {
    /// With the Response Status Code of the outer response (TS-0004 V3.32.0, 7.6.2).
    Clear,
    /// Within the session of the pair if there is one, else so (TS-0001 V3.36.0, 11.4.2).
    Secured,
}

/// No pairs, the readings of this project, every algorithm, rand objects for ten minutes and on request only, and errors in the
/// clear.
impl Default for EndToEnd {
    fn default() -> Self {
        Self {
            pairs: Arc::default(),
            readings: Readings::default(),
            protocols: ContentEncryption::ALL.to_vec(),
            lifetime: Duration::from_secs(600),
            rotation: None,
            errors: ErrorStyle::Clear,
            refreshes: false,
            detects_replays: false,
            terminating: None,
            initiating: None,
            randomness: Randomness::system(),
        }
    }
}
