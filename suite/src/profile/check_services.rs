//! What has to hold of the key services of a profile.

use super::check::Checks;
use super::error::ProfileError;
use super::{KeyServiceForm, ServiceKeys};
use onem2m_identity::DomainName;
use onem2m_server::ServiceRole;
use std::collections::BTreeMap;

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
        let certified = form.by_certificate.as_ref();
        let fqdns = std::iter::once(&form.fqdn).chain(certified.map(|maf| &maf.fqdn));
        for fqdn in fqdns {
            self.demand(
                DomainName::parse(fqdn).is_ok(),
                &["served_maf", "fqdn"],
                || format!("expected the FQDN of an MAF, got {fqdn:?}"),
            )?;
        }
        let addresses = [
            form.listen.as_ref(),
            certified.and_then(|maf| maf.listen.as_ref()),
        ];
        for listen in addresses.into_iter().flatten() {
            let is_address = listen.parse::<std::net::SocketAddr>().is_ok();
            self.demand(is_address, &["served_maf", "listen"], || {
                format!("expected an address and a port such as \"127.0.0.1:9643\", got {listen:?}")
            })?;
        }
        if let Err(error) = form.wire_names() {
            self.demand(false, &["served_maf", "names"], || error)?;
        }
        let keys = BTreeMap::from([("served_maf".to_owned(), key.clone())]);
        self.readable(&[], &keys, super::check_credentials::LONGEST_KEY)
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
