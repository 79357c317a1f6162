//! What a profile answers to the purposes.

use super::{Endpoints, Profile, RoleName};
use crate::catalogue::Catalogue;
use crate::catalogue::behaviour::Endpoint;
use std::collections::BTreeMap;

/// The value that names where the IUT is reached over IPv6.
pub(super) const IPV6_ENDPOINT: &str = "PIXIT_IPV6_ENDPOINT";

impl Profile {
    /// Whether a capability is claimed; a mandatory one needs no claim.
    pub fn claims(&self, name: &str, catalogue: &Catalogue) -> bool {
        match self.pics.get(name) {
            Some(claimed) => *claimed,
            None => catalogue
                .pics
                .get(name)
                .is_some_and(|pics| pics.mandatory && self.judges(&pics.role)),
        }
    }

    /// Whether a role is judged.
    pub fn judges(&self, role: &str) -> bool {
        self.iut
            .roles
            .iter()
            .any(|judged| judged.to_string() == role)
    }

    /// The endpoints of the key services that are judged.
    pub fn judged_services(&self) -> Vec<Endpoint> {
        let services = [("MAF", Endpoint::Maf), ("MEF", Endpoint::Mef)];
        let judged = services.into_iter().filter(|(role, _)| self.judges(role));
        judged.map(|(_, endpoint)| endpoint).collect()
    }

    /// A value or reading: that of the profile, else the default; none if there is no such name.
    pub fn pixit(&self, name: &str, catalogue: &Catalogue) -> Option<String> {
        match name {
            "PIXIT_TWAIT" => Some(self.limits.response_timeout_ms.to_string()),
            "PIXIT_ADM" => Some(self.identities.admin.clone()),
            name => self
                .pixit
                .get(name)
                .or_else(|| catalogue.pixit.get(name).map(|pixit| &pixit.default))
                .cloned(),
        }
    }

    /// The values and readings that the profile leaves to their defaults, by name.
    pub fn pixit_defaults(&self, catalogue: &Catalogue) -> Vec<String> {
        let silent = |name: &&String| alias(name).is_none() && !self.pixit.contains_key(*name);
        catalogue.pixit.keys().filter(silent).cloned().collect()
    }

    /// The URL at which the IUT is reached over IPv6, if it has one of its own.
    pub fn ipv6_endpoint(&self) -> Option<&str> {
        let url = self.pixit.get(IPV6_ENDPOINT).map(String::as_str);
        url.filter(|url| *url != "none")
    }

    /// Takes back what an IUT claims that is not reached over IPv6 after all, or says where it is.
    pub fn reached_over_ipv6(&mut self, url: Option<String>) {
        let is_reached = url.is_some();
        self.pics.insert("PICS_IPV6".into(), is_reached);
        self.pixit
            .insert(IPV6_ENDPOINT.into(), url.unwrap_or_else(|| "none".into()));
    }

    /// Whether the IUT is the reference implementation, which the runner starts in its own process.
    pub fn starts_reference(&self) -> bool {
        self.embedded
            && self
                .endpoints
                .urls()
                .iter()
                .all(|(_, url, _)| url.is_none())
    }

    /// Where the IUT is reached, by the key of the endpoint: what a report may show, without user
    /// information and query.
    pub fn shown_endpoints(&self) -> BTreeMap<String, String> {
        let shown = |(name, url, _): (&str, Option<&str>, _)| {
            let uri: http::Uri = url?.parse().ok()?;
            let authority = uri.authority()?.as_str();
            let host = authority.rsplit('@').next().unwrap_or(authority);
            let path = uri.path().trim_end_matches('/');
            let url = format!("{}://{host}{path}", uri.scheme_str()?);
            Some((name.to_owned(), url))
        };
        self.endpoints
            .urls()
            .into_iter()
            .filter_map(shown)
            .collect()
    }

    /// Whether an IUT of this role can be reached; an AE reaches the tester.
    pub(super) fn has_endpoint(&self, role: RoleName) -> bool {
        let given = |names: &[&str]| {
            let urls = self.endpoints.urls();
            urls.iter()
                .any(|(name, url, _)| url.is_some() && names.contains(name))
        };
        match role {
            RoleName::Cse => {
                self.embedded
                    || given(&[
                        "http", "https", "coap", "coaps", "mqtt", "mqtts", "ws", "wss",
                    ])
            }
            RoleName::Maf => self.embedded || given(&["maf"]),
            RoleName::Mef => self.embedded || given(&["mef"]),
            RoleName::Ae => true,
        }
    }
}

/// The key of the profile of which a PIXIT is another spelling.
pub(super) fn alias(pixit: &str) -> Option<&'static str> {
    match pixit {
        "PIXIT_TWAIT" => Some("limits.response_timeout_ms"),
        "PIXIT_ADM" => Some("identities.admin"),
        _ => None,
    }
}

impl Endpoints {
    /// The endpoint of ordinary requests: the first of http, https, coap and coaps that is given.
    pub fn ordinary(&self) -> Option<Endpoint> {
        let given = |endpoint: &Endpoint| self.url(*endpoint).is_some();
        Endpoint::ALL.into_iter().find(given)
    }

    /// The URL of an endpoint, if it is given.
    pub fn url(&self, endpoint: Endpoint) -> Option<&str> {
        match endpoint {
            Endpoint::Http => self.http.as_deref(),
            Endpoint::Https => self.https.as_deref(),
            Endpoint::Coap => self.coap.as_deref(),
            Endpoint::Coaps => self.coaps.as_deref(),
            Endpoint::Maf => self.maf.as_deref(),
            Endpoint::Mef => self.mef.as_deref(),
        }
    }

    /// Each endpoint: its key, its URL if it is given, and the schemes that the URL may have.
    pub(super) fn urls(&self) -> [(&'static str, Option<&str>, &'static [&'static str]); 10] {
        [
            ("http", self.http.as_deref(), &["http"]),
            ("https", self.https.as_deref(), &["https"]),
            ("coap", self.coap.as_deref(), &["coap"]),
            ("coaps", self.coaps.as_deref(), &["coaps"]),
            ("mqtt", self.mqtt.as_deref(), &["mqtt"]),
            ("mqtts", self.mqtts.as_deref(), &["mqtts"]),
            ("ws", self.ws.as_deref(), &["ws"]),
            ("wss", self.wss.as_deref(), &["wss"]),
            ("maf", self.maf.as_deref(), &["https", "coaps"]),
            ("mef", self.mef.as_deref(), &["https", "coaps"]),
        ]
    }
}
