use onem2m_association::{Allowed as Bound, Binding};

use crate::peer::{Allowed, Associated};

/// What the CSE knows of whom an association is with (TS-0003 V3.18.0, 8.2.1 and 10.4); `None` if nobody was authenticated,
/// and then nothing is served.
pub(crate) fn associated(binding: Option<&Binding>) -> Option<Associated> {
    let binding = binding?;
    let allowed = match &binding.allowed {
        Bound::Unstated => Allowed::Unknown,
        Bound::Entity(entity) => Allowed::One(entity.clone()),
        Bound::Applications(applications) => Allowed::Several(applications.clone()),
    };
    let associated = Associated::of(allowed);
    Some(match &binding.credential_id {
        Some(credential) => associated.by(credential.to_string()),
        None => associated,
    })
}
