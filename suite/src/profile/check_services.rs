//! What has to hold of the key services of a profile.

use super::check::Checks;
use super::error::ProfileError;
use super::{KeyServiceForm, ServiceKeys};
use onem2m_identity::DomainName;
use onem2m_server::ServiceRole;
use std::collections::BTreeMap;
use std::net::SocketAddr;

impl Checks<'_> {
    pub(super) fn served_maf(&self) -> Result<(), ProfileError> {
        let form = self.profile.served_maf.as_ref();
        let key = self.profile.credentials.served_maf.as_ref();
        self.demand(form.is_some() == key.is_some(), &["served_maf"], || {
            "expected both [served_maf] and [credentials.served_maf], or neither".into()
        })?;
        let (Some(form), Some(key)) = (form, key) else {
            return Ok(());
        };
        self.place_of_maf(&["served_maf"], &form.fqdn, form.listen.as_deref())?;
        if let Some(maf) = &form.by_certificate {
            let path = ["served_maf", "by_certificate"];
            self.place_of_maf(&path, &maf.fqdn, maf.listen.as_deref())?;
        }
        let is_name = DomainName::parse(&form.stakeholder).is_ok();
        self.demand(is_name, &["served_maf", "stakeholder"], || {
            format!(
                "expected the FQDN of a stakeholder, got {:?}",
                form.stakeholder
            )
        })?;
        if let Err(error) = form.wire_names() {
            self.demand(false, &["served_maf", "names"], || error)?;
        }
        let keys = BTreeMap::from([("served_maf".to_owned(), key.clone())]);
        self.readable(&[], &keys, super::check_credentials::LONGEST_KEY)
    }

    fn place_of_maf(
        &self,
        path: &[&str],
        fqdn: &str,
        listen: Option<&str>,
    ) -> Result<(), ProfileError> {
        let is_name = DomainName::parse(fqdn).is_ok();
        self.demand(is_name, &[path, &["fqdn"]].concat(), || {
            format!("expected the FQDN of an MAF, got {fqdn:?}")
        })?;
        let is_address = listen.is_none_or(|listen| listen.parse::<SocketAddr>().is_ok());
        self.demand(is_address, &[path, &["listen"]].concat(), || {
            let listen = listen.unwrap_or_default();
            format!("expected an address and a port such as \"127.0.0.1:9643\", got {listen:?}")
        })
    }

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
