//! What has to hold of the key services of a profile.

use super::check::Checks;
use super::error::ProfileError;
use super::{KeyServiceForm, ServiceKeys};
use onem2m_identity::DomainName;
use onem2m_server::ServiceRole;
use std::collections::BTreeMap;

impl Checks<'_> {
    pub(super) fn key_services(&self) -> Result<(), ProfileError> {
        let credentials = &self.profile.credentials;
        let services = [
            (ServiceRole::Maf, "MAF", &self.profile.maf, &credentials.maf),
            (ServiceRole::Mef, "MEF", &self.profile.mef, &credentials.mef),
        ];
        for (role, judged, form, keys) in services {
            self.key_service(role, judged, form.as_ref(), keys.as_ref())?;
        }
        Ok(())
    }

    fn key_service(
        &self,
        role: ServiceRole,
        judged: &str,
        form: Option<&KeyServiceForm>,
        keys: Option<&ServiceKeys>,
    ) -> Result<(), ProfileError> {
        let name = role.name();
        let is_needed = self.profile.judges(judged) || form.is_some() || keys.is_some();
        self.demand(form.is_some() || !is_needed, &["iut", "roles"], || {
            format!("expected [{name}], which says how the {judged} names itself, got none")
        })?;
        self.demand(keys.is_some() || !is_needed, &[name], || {
            format!("expected source, target and other in [credentials.{name}], got none")
        })?;
        let (Some(form), Some(keys)) = (form, keys) else {
            return Ok(());
        };
        let is_name = DomainName::parse(&form.fqdn).is_ok();
        self.demand(is_name, &[name, "fqdn"], || {
            format!("expected the FQDN of the {judged}, got {:?}", form.fqdn)
        })?;
        if let Err(error) = form.wire_names(role) {
            self.demand(false, &[name, "names"], || error)?;
        }
        let keys = BTreeMap::from_iter([
            ("source".to_owned(), keys.source.clone()),
            ("target".to_owned(), keys.target.clone()),
            ("other".to_owned(), keys.other.clone()),
        ]);
        for (party, key) in &keys {
            let path = ["credentials", name, party, "entity"];
            self.demand(!key.entity.is_empty(), &path, || {
                "expected the entity that the key stands for, got none".into()
            })?;
        }
        self.readable(&[name], &keys, super::check_credentials::LONGEST_KEY)
    }
}
