use crate::{Addresses, Clauses, Region, Situation, Window};

/// One element of accessControlContexts (TS-0003 V3.18.0, Table 7.1.3-3). A member that is absent is no restriction.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Context {
    /// accessControlWindow; none means at any time.
    pub windows: Vec<Window>,
    /// accessControlIpAddresses.
    pub addresses: Option<Addresses>,
    /// accessControlLocationRegion.
    pub region: Option<Region>,
}

/// res_ctxts of TS-0003 V3.18.0, 7.1.5: one and the same context holds. A rule without contexts accepts any.
pub(crate) fn contexts(clauses: &Clauses, situation: &Situation<'_>, contexts: &[Context]) -> bool {
    contexts.is_empty()
        || contexts
            .iter()
            .any(|context| (clauses.context)(clauses, situation, context))
}

/// res_context of TS-0003 V3.18.0, 7.1.5: time, address and location all hold.
///
/// The formulas for an absent member are pictures in the published text; "absent is no restriction" is read, as for the
/// absent whole.
pub(crate) fn context(clauses: &Clauses, situation: &Situation<'_>, context: &Context) -> bool {
    let request = situation.request;
    (clauses.windows)(clauses, &context.windows, request.time)
        && context
            .addresses
            .as_ref()
            .is_none_or(|addresses| (clauses.addresses)(clauses, addresses, request.address))
        && context
            .region
            .as_ref()
            .is_none_or(|region| (clauses.region)(clauses, region, &request.location))
}
