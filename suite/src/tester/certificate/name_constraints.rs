use super::der::{concatenate, constructed, element, sequence};
use super::{CertificateError, GeneralName};

/// The names that an authority may give (RFC 5280, 4.2.1.10), in an extension that is critical.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NameConstraints {
    /// Subtrees in which names of their form have to be.
    pub permitted: Vec<GeneralName>,
    /// Subtrees in which no name may be.
    pub excluded: Vec<GeneralName>,
}

impl NameConstraints {
    /// Permits these subtrees alone, for names of their forms.
    pub fn permitting(permitted: Vec<GeneralName>) -> Self {
        Self {
            permitted,
            excluded: Vec::new(),
        }
    }

    pub(super) fn to_der(&self) -> Result<Vec<u8>, CertificateError> {
        let lists = [(0, &self.permitted), (1, &self.excluded)];
        let lists: Result<Vec<_>, CertificateError> = lists
            .into_iter()
            .filter(|(_, subtrees)| !subtrees.is_empty())
            .map(|(number, subtrees)| Ok(element(constructed(number), &list(subtrees)?)))
            .collect();
        Ok(sequence(lists?))
    }
}

fn list(subtrees: &[GeneralName]) -> Result<Vec<u8>, CertificateError> {
    let subtrees: Result<Vec<_>, CertificateError> = subtrees
        .iter()
        .map(|base| Ok(sequence([base.to_der()?])))
        .collect();
    Ok(concatenate(subtrees?))
}
