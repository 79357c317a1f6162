use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use time::OffsetDateTime;

use crate::{
    Addresses, Circle, CivilTime, Context, CountryCode, Element, Field, Grant, Location, Network,
    ObjectDetail, Operation, Operations, OriginatorEntry, Point, Policy, Region, Rule, Situation,
    Window, address, context, decide, object, operation, originator, region, wildcard, window,
};

/// The clauses of the access decision (TS-0003 V3.18.0, 7.1.5), each a function that can be replaced alone.
///
/// A clause reaches its sub-clauses through the table that it is given, so that a replacement holds wherever the clause
/// is used. [`Clauses::SPECIFICATION`] is the decision as specified.
#[derive(Clone, Copy, Debug)]
pub struct Clauses {
    /// Combination over policies; the rule that permits (7.1.5, permit-overrides).
    pub policies: fn(&Clauses, &Situation<'_>, &[Option<&Policy>]) -> Option<Grant>,
    /// res_acrs, combination over the rules of a policy; the position of the rule that permits (7.1.5).
    pub rules: fn(&Clauses, &Situation<'_>, &Policy) -> Option<usize>,
    /// res_acr, one rule (7.1.5).
    pub rule: fn(&Clauses, &Situation<'_>, &Rule) -> bool,

    /// res_authn, the flag of a rule against rq_authn (Table 7.1.5-1).
    pub authentication: fn(bool, bool) -> bool,

    /// res_origs, all entries of a rule (7.1.5).
    pub originators: fn(&Clauses, &Situation<'_>, &[OriginatorEntry]) -> bool,
    /// One entry in any of its meanings (TS-0001 V3.36.0, Table 9.6.2.1-1).
    pub originator: fn(&Clauses, &Situation<'_>, &OriginatorEntry) -> bool,
    /// An entry as the keyword for everybody (7.1.3).
    pub keyword: fn(&OriginatorEntry) -> bool,
    /// An entry as an SP domain (7.1.3).
    pub domain: fn(&Situation<'_>, &OriginatorEntry) -> bool,
    /// An entry as an AE-ID or CSE-ID (7.1.3).
    pub identifier: fn(&Clauses, &Situation<'_>, &OriginatorEntry) -> bool,
    /// An entry as the resource identifier of a group (7.1.3).
    pub group: fn(&Situation<'_>, &OriginatorEntry) -> bool,
    /// An entry as a Role-ID (7.1.3).
    pub role: fn(&Situation<'_>, &OriginatorEntry) -> bool,
    /// The absolute identifier of the originator (TS-0001 V3.36.0, Table 7.2-1).
    pub identity: fn(&Situation<'_>) -> String,
    /// The absolute forms of an entry (TS-0001 V3.36.0, Table 7.2-1).
    pub absolute: fn(&Situation<'_>, &OriginatorEntry) -> Vec<String>,
    /// An absolute pattern against an absolute identifier (7.1.3).
    pub pattern: fn(&Clauses, &str, &str) -> bool,
    /// One segment of a pattern against one of an identifier (7.1.3).
    pub segment: fn(&str, &str) -> bool,

    /// res_ops, the operations of a rule against the requested one (7.1.5).
    pub operations: fn(&Clauses, Operations, Operation) -> bool,
    /// The bit of an operation (TS-0004 V3.32.0, Table 6.3.4.2.29-1).
    pub operation_bit: fn(Operation) -> u8,

    /// res_ctxts, all contexts of a rule (7.1.5).
    pub contexts: fn(&Clauses, &Situation<'_>, &[Context]) -> bool,
    /// res_context, one context (7.1.5).
    pub context: fn(&Clauses, &Situation<'_>, &Context) -> bool,

    /// res_time, the windows of a context against the time of receipt (7.1.5).
    pub windows: fn(&Clauses, &[Window], OffsetDateTime) -> bool,
    /// The fields of a moment (TS-0004 V3.32.0, 7.4.9.1).
    pub civil_time: fn(OffsetDateTime) -> CivilTime,
    /// One window against a moment (TS-0004 V3.32.0, 7.4.9.1).
    pub window: fn(&Clauses, &Window, &CivilTime) -> bool,
    /// One field against a value (TS-0004 V3.32.0, 7.4.9.1).
    pub field: fn(&Clauses, &Field, u16) -> bool,
    /// One element of a field against a value (TS-0004 V3.32.0, 7.4.9.1).
    pub element: fn(&Element, u16) -> bool,

    /// res_ip, the networks of a context against the source address (7.1.5).
    pub addresses: fn(&Clauses, &Addresses, Option<IpAddr>) -> bool,
    /// One IPv4 network against a source (RFC 4632).
    pub ipv4: fn(&Network<Ipv4Addr>, Ipv4Addr) -> bool,
    /// One IPv6 network against a source (RFC 4291).
    pub ipv6: fn(&Network<Ipv6Addr>, Ipv6Addr) -> bool,

    /// res_loc, the region of a context against the location (7.1.5).
    pub region: fn(&Clauses, &Region, &Location) -> bool,
    /// The countries of a region against that of the originator (7.1.3).
    pub countries: fn(&[CountryCode], CountryCode) -> bool,
    /// A circle against the point where the originator is (7.1.3).
    pub circle: fn(&Clauses, &Circle, Point) -> bool,
    /// The distance of two points in metres (7.1.3).
    pub distance: fn(Point, Point) -> f64,

    /// res_objd, all object details of a rule (7.1.5).
    pub object_details: fn(&Clauses, &Situation<'_>, &[ObjectDetail]) -> bool,
    /// res_objdetails, one element (7.1.5).
    pub object_detail: fn(&Clauses, &Situation<'_>, &ObjectDetail) -> bool,
    /// res_resourceType (7.1.5).
    pub target_type: fn(&Situation<'_>, &ObjectDetail) -> bool,
    /// res_specializationType (7.1.5).
    pub specialization: fn(&Situation<'_>, &ObjectDetail) -> bool,
    /// res_childResource (7.1.5).
    pub child_type: fn(&Situation<'_>, &ObjectDetail) -> bool,
}

impl Clauses {
    /// Every clause as specified.
    pub const SPECIFICATION: Self = Self {
        policies: decide::policies,
        rules: decide::rules,
        rule: decide::rule,
        authentication: decide::authentication,
        originators: originator::originators,
        originator: originator::originator,
        keyword: originator::keyword,
        domain: originator::domain,
        identifier: originator::identifier,
        group: originator::group,
        role: originator::role,
        identity: originator::identity,
        absolute: originator::absolute,
        pattern: wildcard::pattern,
        segment: wildcard::segment,
        operations: operation::operations,
        operation_bit: Operation::bit,
        contexts: context::contexts,
        context: context::context,
        windows: window::windows,
        civil_time: window::civil_time,
        window: window::window,
        field: window::field,
        element: window::element,
        addresses: address::addresses,
        ipv4: address::ipv4,
        ipv6: address::ipv6,
        region: region::region,
        countries: region::countries,
        circle: region::circle,
        distance: region::distance,
        object_details: object::object_details,
        object_detail: object::object_detail,
        target_type: object::target_type,
        specialization: object::specialization,
        child_type: object::child_type,
    };
}

impl Default for Clauses {
    fn default() -> Self {
        Self::SPECIFICATION
    }
}
