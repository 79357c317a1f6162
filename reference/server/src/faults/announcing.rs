//! How an AE with a stem of the service provider is announced at the IN-CSE (TS-0001 V3.36.0, 10.2.2.2; TS-0004 V3.32.0,
//! 7.4.5.2.1).

use onem2m_identity::AeStem;
use onem2m_primitive::Response;

use super::Fault;
use crate::peer::Associated;
use crate::receive::{self, Wish};
use crate::refusal::Refusal;
use crate::scene::Scene;

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "ProviderNotAsked",
        requirement: "TS-0001/10.2.2.2/6",
        summary: "a CSE of the field assigns stems of the service provider itself",
        apply: |clauses| clauses.concerns_provider = |_, _| false,
    },
    Fault {
        name: "ProvidedStemIgnored",
        requirement: "TS-0001/10.2.2.2/5",
        summary: "the AE gets a stem of the registrar's choice in place of that of the IN-CSE",
        apply: |clauses| clauses.provided_stem = |_| own_choice(),
    },
    Fault {
        name: "ProviderRefusalIgnored",
        requirement: "TS-0001/10.2.2.2/5",
        summary: "an AE that the IN-CSE refuses registers under a stem of the registrar's choice",
        apply: |clauses| clauses.provided = whatever_is_answered,
    },
    Fault {
        name: "CredentialLabelMissing",
        requirement: "TS-0001/10.2.2.2/6",
        summary: "the announcement says nothing of the credential",
        apply: |clauses| clauses.credential_labels = |_| Vec::new(),
    },
    Fault {
        name: "CredentialLabelBare",
        requirement: "TS-0001/10.2.2.2/6",
        summary: "the Credential-ID in the announcement lacks its type number",
        apply: |clauses| clauses.credential_labels = |scene| labels(&value(scene)),
    },
    Fault {
        name: "CredentialLabelOfOtherType",
        requirement: "TS-0001/10.2.2.2/6",
        summary: "every credential is announced as one of type 10",
        apply: |clauses| {
            clauses.credential_labels = |scene| labels(&format!("10-{}", value(scene)))
        },
    },
    Fault {
        name: "CredentialLabelWithoutWord",
        requirement: "TS-0001/10.2.2.2/6",
        summary: "the label is the Credential-ID alone",
        apply: |clauses| clauses.credential_labels = |scene| vec![credential(scene)],
    },
    Fault {
        name: "CredentialLabelSplitAtLastHyphen",
        requirement: "TS-0001/10.2.2.2/6",
        summary: "hyphens in the value of a Credential-ID are lost in the announcement",
        apply: |clauses| {
            clauses.credential_labels = |scene| {
                let credential = credential(scene);
                let kind = credential.split('-').next().unwrap_or_default();
                let last = credential.rsplit('-').next().unwrap_or_default();
                labels(&format!("{kind}-{last}"))
            }
        },
    },
    Fault {
        name: "CredentialLabelOfAnother",
        requirement: "TS-0004/7.4.5.2.1/S2",
        summary: "an AE outside any association is announced with the credential of another AE",
        apply: |clauses| {
            clauses.credential_labels = |scene| match scene.arrival.peer.association {
                Some(_) => receive::credential_labels(scene),
                None => labels(scene.tree.credentials().next().unwrap_or_default()),
            }
        },
    },
    Fault {
        name: "AnnouncedByCseAlone",
        requirement: "TS-0001/10.2.2.2/5",
        summary: "From of the announcement is the CSE-ID without the letter behind it",
        apply: |clauses| clauses.announced_from = |scene, _| scene.home.cse.to_string(),
    },
    Fault {
        name: "AnnouncedLinkRelative",
        requirement: "TS-0001/10.2.2.2/6",
        summary: "link of the announcement does not say which CSE the AE is at",
        apply: |clauses| clauses.announced_link = |_, stem| stem.to_owned(),
    },
];

fn credential(scene: &Scene<'_>) -> String {
    let association: Option<&Associated> = scene.arrival.peer.association.as_ref();
    association
        .and_then(|association| association.credential.clone())
        .unwrap_or_default()
}

fn value(scene: &Scene<'_>) -> String {
    let credential = credential(scene);
    let value = credential.split_once('-').map(|(_, value)| value);
    value.unwrap_or_default().to_owned()
}

fn labels(credential: &str) -> Vec<String> {
    vec![format!("Credential-ID:{credential}")]
}

fn whatever_is_answered(
    scene: &Scene<'_>,
    wish: &Wish,
    answer: Option<&Response>,
) -> Result<AeStem, Refusal> {
    match (receive::provided(scene, wish, answer), own_choice()) {
        (Err(_), Some(stem)) => Ok(stem),
        (provided, _) => provided,
    }
}

fn own_choice() -> Option<AeStem> {
    AeStem::parse("Sown").ok()
}
