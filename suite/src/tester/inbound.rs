//! What a request of the IUT says: operation, From and To of the HTTP binding (TS-0009 V3.9.1, 6.2 and 6.4).

use super::link::Inbound;
use crate::catalogue::behaviour::InboundOperation;

impl Inbound {
    /// The operation; none for a method that the binding does not use.
    pub fn operation(&self) -> Option<InboundOperation> {
        let has_type = self
            .header("content-type")
            .is_some_and(|value| value.split(';').any(|part| part.trim().starts_with("ty=")));
        match self.method.as_str() {
            "GET" => Some(InboundOperation::Retrieve),
            "PUT" => Some(InboundOperation::Update),
            "DELETE" => Some(InboundOperation::Delete),
            "POST" if has_type => Some(InboundOperation::Create),
            "POST" => Some(InboundOperation::Notify),
            _ => None,
        }
    }

    /// From.
    pub fn from(&self) -> Option<&str> {
        self.header("x-m2m-origin")
    }

    /// The Request Identifier.
    pub fn identifier(&self) -> Option<&str> {
        self.header("x-m2m-ri")
    }

    /// To, if it is SP-relative or absolute.
    pub fn to(&self) -> Option<String> {
        let path = self.target.split('?').next().unwrap_or_default();
        let path = path.strip_suffix('/').unwrap_or(path);
        match (path.strip_prefix("/~/"), path.strip_prefix("/_/")) {
            (Some(relative), _) => Some(format!("/{relative}")),
            (None, Some(absolute)) => Some(format!("//{absolute}")),
            (None, None) => None,
        }
    }

    fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        let found = headers.find(|(header, _)| header.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }
}

/// Whether two identifiers name the same resource of a tester whose names are unique: the domain is left out where one of
/// them leaves it out.
pub fn same_target(one: &str, other: &str) -> bool {
    match (one.starts_with("//"), other.starts_with("//")) {
        (true, false) => within_domain(one) == other,
        (false, true) => one == within_domain(other),
        _ => one == other,
    }
}

/// An absolute identifier without its domain.
fn within_domain(absolute: &str) -> &str {
    let behind = absolute.trim_start_matches('/');
    let start = behind.find('/').unwrap_or(behind.len());
    behind.get(start..).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tester::link::Octets;

    fn inbound(method: &str, target: &str, content_type: &str) -> Inbound {
        Inbound {
            method: method.into(),
            target: target.into(),
            headers: vec![
                ("X-M2M-Origin".into(), "/id-in".into()),
                ("content-type".into(), content_type.into()),
            ],
            body: Octets::default(),
        }
    }

    #[test]
    fn requests_are_read_by_the_binding() {
        let create = inbound("POST", "/~/tpc2/cb/x/?rcn=1", "application/json;ty=3");
        assert_eq!(create.operation(), Some(InboundOperation::Create));
        assert_eq!(create.from(), Some("/id-in"));
        assert_eq!(create.to().as_deref(), Some("/tpc2/cb/x"));
        let notify = inbound("POST", "/_/sp.example/tpc2", "application/json");
        assert_eq!(notify.operation(), Some(InboundOperation::Notify));
        assert_eq!(notify.to().as_deref(), Some("//sp.example/tpc2"));
        assert_eq!(inbound("GET", "/cb", "").to(), None);
    }

    #[test]
    fn a_domain_is_compared_only_where_both_have_one() {
        assert!(same_target("//sp.example/tpc2/x", "/tpc2/x"));
        assert!(same_target("/tpc2", "//sp.example/tpc2"));
        assert!(!same_target("//a.example/tpc2", "//b.example/tpc2"));
        assert!(!same_target("/tpc2/x", "/tpc2/y"));
    }
}
