//! What has to hold of a profile beyond its form.

use super::answer::{IPV6_ENDPOINT, alias};
use super::error::{Place, ProfileError};
use super::location::{STATEMENTS, Stated};
use super::{Profile, Ready, Trigger};
use crate::catalogue::Catalogue;
use crate::catalogue::behaviour::Endpoint;
use crate::suggest::nearest;
use std::collections::BTreeSet;
use std::net::IpAddr;
use std::path::Path;

/// The releases of oneM2M.
const RELEASES: std::ops::RangeInclusive<u8> = 1..=5;

/// A profile under check.
pub(super) struct Checks<'a> {
    pub(super) profile: &'a Profile,
    pub(super) catalogue: &'a Catalogue,
    /// The folder that relative files start from.
    pub(super) folder: &'a Path,
    /// Where the value at a path was given.
    pub(super) place: &'a dyn Fn(&[&str]) -> Place,
}

impl Checks<'_> {
    pub(super) fn all(&self) -> Result<(), ProfileError> {
        self.identity()?;
        self.endpoints()?;
        self.ready_rule()?;
        self.tester()?;
        self.triggers()?;
        self.claims()?;
        self.values()?;
        self.waivers()?;
        self.credentials()
    }

    fn identity(&self) -> Result<(), ProfileError> {
        let Profile {
            iut,
            cse,
            identities,
            limits,
            ..
        } = self.profile;
        let release = RELEASES.contains(&iut.release);
        self.demand(release, &["iut", "release"], || {
            format!("expected a release from 1 to 5, got {}", iut.release)
        })?;
        self.demand(!iut.roles.is_empty(), &["iut", "roles"], || {
            "expected at least one role".into()
        })?;
        let id_form = cse.id.strip_prefix('/').is_some_and(is_segment);
        self.demand(id_form, &["cse", "id"], || {
            format!("expected a CSE-ID such as \"/id-in\", got {:?}", cse.id)
        })?;
        self.demand(is_segment(&cse.base), &["cse", "base"], || {
            format!(
                "expected a resource name such as \"cse-in\", got {:?}",
                cse.base
            )
        })?;
        let domain = cse.sp_domain.as_deref().is_none_or(is_segment);
        self.demand(domain, &["cse", "sp_domain"], || {
            "expected a domain without slashes".into()
        })?;
        self.demand(
            !identities.admin.is_empty(),
            &["identities", "admin"],
            || "expected an originator".into(),
        )?;
        let stem = identities.ae_stem.starts_with(['C', 'S']) && is_segment(&identities.ae_stem);
        self.demand(stem, &["identities", "ae_stem"], || {
            format!(
                "expected the begin of an AE-ID-Stem (C… or S…), got {:?}",
                identities.ae_stem
            )
        })?;
        self.demand(limits.jobs > 0, &["limits", "jobs"], || {
            "expected at least 1".into()
        })?;
        let timeout = limits.response_timeout_ms > 0;
        self.demand(timeout, &["limits", "response_timeout_ms"], || {
            "expected at least 1".into()
        })
    }

    fn endpoints(&self) -> Result<(), ProfileError> {
        for (name, url, schemes) in self.profile.endpoints.urls() {
            let Some(url) = url else { continue };
            let uri = url.parse::<http::Uri>().ok();
            let right = uri.is_some_and(|uri| {
                uri.host().is_some_and(|host| !host.is_empty())
                    && uri
                        .scheme_str()
                        .is_some_and(|scheme| schemes.contains(&scheme))
            });
            self.demand(right, &["endpoints", name], || {
                format!(
                    "expected {}://HOST:PORT, got {url:?}",
                    schemes.join(":// or ")
                )
            })?;
        }
        for role in &self.profile.iut.roles {
            if !self.profile.has_endpoint(*role) {
                return Err(ProfileError::NoEndpoint {
                    place: (self.place)(&["endpoints"]),
                    role: role.to_string(),
                });
            }
        }
        Ok(())
    }

    /// The endpoint of ordinary requests can show that the IUT is ready.
    fn ready_rule(&self) -> Result<(), ProfileError> {
        let Some(control) = &self.profile.control else {
            return Ok(());
        };
        let endpoint = self.profile.endpoints.ordinary();
        let shows = match (&control.ready, endpoint) {
            (Some(Ready::Log(_) | Ready::DelayMs(_)), _) | (_, None) => true,
            (Some(Ready::Http(_)), Some(endpoint)) => endpoint == Endpoint::Http,
            (Some(Ready::Tcp(_)) | None, Some(endpoint)) => !endpoint.is_datagram(),
        };
        let starts = control.start.is_some();
        self.demand(shows || !starts, &["control", "ready"], || {
            let key = endpoint.map(Endpoint::key).unwrap_or_default();
            format!("expected a rule that endpoints.{key} can show: log or delay_ms")
        })
    }

    fn tester(&self) -> Result<(), ProfileError> {
        let tester = &self.profile.tester;
        let listen = tester.listen.parse::<std::net::SocketAddr>().is_ok();
        self.demand(listen, &["tester", "listen"], || {
            format!(
                "expected an address and a port such as \"127.0.0.1:0\", got {:?}",
                tester.listen
            )
        })?;
        let advertise = tester
            .advertise
            .parse::<http::Uri>()
            .is_ok_and(|uri| uri.host().is_some());
        self.demand(advertise, &["tester", "advertise"], || {
            format!(
                "expected a URL such as \"http://192.0.2.1\", got {:?}",
                tester.advertise
            )
        })?;
        let is_address = |text: &String| text.parse::<std::net::SocketAddr>().is_ok();
        let registrar = tester.registrar.as_ref().is_none_or(is_address);
        self.demand(registrar, &["tester", "registrar"], || {
            let got = tester.registrar.as_deref().unwrap_or_default();
            format!("expected an address and a port such as \"127.0.0.1:8443\", got {got:?}")
        })?;
        let beside = tester.beside.iter().all(is_address);
        self.demand(beside, &["tester", "beside"], || {
            format!(
                "expected addresses with ports such as \"127.0.0.1:8080\", got {:?}",
                tester.beside
            )
        })?;
        let sources = tester
            .sources
            .iter()
            .all(|source| source.parse::<IpAddr>().is_ok());
        self.demand(
            sources && !tester.sources.is_empty(),
            &["tester", "sources"],
            || format!("expected at least one IP address, got {:?}", tester.sources),
        )
    }

    fn triggers(&self) -> Result<(), ProfileError> {
        for (name, trigger) in &self.profile.trigger {
            let Trigger::Http(url) = trigger else {
                continue;
            };
            let right = url
                .parse::<http::Uri>()
                .is_ok_and(|uri| uri.scheme_str() == Some("http") && uri.host().is_some());
            self.demand(right, &["trigger", name, "http"], || {
                format!("expected a URL such as \"http://192.0.2.1:8080/register\", got {url:?}")
            })?;
        }
        Ok(())
    }

    fn claims(&self) -> Result<(), ProfileError> {
        for (name, claimed) in &self.profile.pics {
            let place = || (self.place)(&["pics", name]);
            let Some(pics) = self.catalogue.pics.get(name) else {
                return Err(unknown(place(), "claim", name, self.catalogue.pics.keys()));
            };
            if pics.mandatory && !claimed && self.profile.judges(&pics.role) {
                return Err(ProfileError::Mandatory {
                    place: place(),
                    name: name.clone(),
                    role: pics.role.clone(),
                });
            }
        }
        Ok(())
    }

    fn values(&self) -> Result<(), ProfileError> {
        for (name, value) in &self.profile.pixit {
            let path = ["pixit", name.as_str()];
            if let Some(key) = alias(name) {
                let message = format!("{name} is another spelling of {key}, which is set there");
                let place = (self.place)(&path);
                return Err(ProfileError::Value { place, message });
            }
            let Some(pixit) = self.catalogue.pixit.get(name) else {
                return Err(unknown(
                    (self.place)(&path),
                    "value",
                    name,
                    self.catalogue.pixit.keys(),
                ));
            };
            self.value_form(name, value, &path)?;
            let allowed = pixit.values.is_empty() || pixit.values.contains(value);
            self.demand(allowed, &path, || {
                format!(
                    "expected one of {} for {name}, got {value:?}",
                    pixit.values.join(", ")
                )
            })?;
        }
        Ok(())
    }

    /// Values that are more than text.
    fn value_form(&self, name: &str, value: &str, path: &[&str]) -> Result<(), ProfileError> {
        if STATEMENTS.iter().any(|(_, statement)| *statement == name) {
            return self.demand(Stated::read(value).is_some(), path, || {
                format!(
                    "expected 60.0,24.0 or FI or 60.0,24.0,FI or unknown or none, got {value:?}"
                )
            });
        }
        let is_url = value
            .parse::<http::Uri>()
            .is_ok_and(|uri| uri.scheme_str() == Some("http") && uri.host().is_some());
        let readable = name != IPV6_ENDPOINT || value == "none" || is_url;
        self.demand(readable, path, || {
            format!("expected http://[ADDRESS]:PORT or none, got {value:?}")
        })
    }

    fn waivers(&self) -> Result<(), ProfileError> {
        let mut waived = BTreeSet::new();
        for (index, waiver) in self.profile.waiver.iter().enumerate() {
            let index = index.to_string();
            let place = |member: &str| (self.place)(&["waiver", &index, member]);
            let refused = |member: &str, message: String| {
                let place = place(member);
                Err(ProfileError::Waiver { place, message })
            };
            let id = &waiver.purpose;
            if self.catalogue.purpose(id).is_none() {
                let ids = self.catalogue.purposes.iter().map(|purpose| &purpose.id);
                return Err(unknown(place("purpose"), "purpose", id, ids));
            }
            if !waived.insert(id) {
                return refused("purpose", format!("{id} is waived already"));
            }
            for (member, word) in [("owner", &waiver.owner), ("reason", &waiver.reason)] {
                if word.trim().is_empty() {
                    return refused(member, format!("`{member}`: expected some words, got none"));
                }
            }
        }
        Ok(())
    }

    fn credentials(&self) -> Result<(), ProfileError> {
        self.key_services()?;
        self.served_maf()?;
        self.symmetric_keys()?;
        self.certificates()?;
        self.ordinary_association()?;
        self.authorities()?;
        self.peers()?;
        self.token_issuers()
    }

    pub(super) fn demand(
        &self,
        holds: bool,
        path: &[&str],
        message: impl FnOnce() -> String,
    ) -> Result<(), ProfileError> {
        if holds {
            return Ok(());
        }
        Err(ProfileError::Value {
            place: (self.place)(path),
            message: message(),
        })
    }
}

fn is_segment(text: &str) -> bool {
    !text.is_empty() && !text.contains(|letter: char| letter == '/' || letter.is_whitespace())
}

fn unknown<'a>(
    place: Place,
    kind: &'static str,
    name: &str,
    candidates: impl Iterator<Item = &'a String>,
) -> ProfileError {
    ProfileError::Unknown {
        place,
        kind,
        name: name.into(),
        suggestion: nearest(name, candidates.map(String::as_str)).map(str::to_owned),
        known: Vec::new(),
    }
}
