use onem2m_identity::Entity;

/// Whom an Originator sends protected requests to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receiver {
    /// Who it is: the entity of the pairwise key.
    pub entity: Entity,
    /// Its `<CSEBase>` or `<AE>`, which is notified.
    pub target: String,
    /// The resource whose e2eSecInfo speaks of it: its `<remoteCSE>`, `<CSEBase>` or `<AE>`.
    pub information: String,
}
