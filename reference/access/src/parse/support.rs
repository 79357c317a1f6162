use super::PolicyError;
use crate::{Context, Policy, Region, Rule};

/// Which optional members of an access control rule a CSE supports.
///
/// A restriction that is not supported is refused and never dropped, since that would widen the rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Support {
    /// accessControlWindow.
    pub windows: bool,
    /// accessControlIpAddresses.
    pub addresses: bool,
    /// countryCode in accessControlLocationRegion.
    pub countries: bool,
    /// circRegion in accessControlLocationRegion.
    pub circles: bool,
    /// accessControlAuthenticationFlag with the value `true`.
    pub authentication_flag: bool,
    /// accessControlObjectDetails.
    pub object_details: bool,
}

impl Support {
    /// Everything.
    pub const ALL: Self = Self {
        windows: true,
        addresses: true,
        countries: true,
        circles: true,
        authentication_flag: true,
        object_details: true,
    };

    pub(super) fn check(&self, policy: &Policy) -> Result<(), PolicyError> {
        policy
            .rules
            .iter()
            .enumerate()
            .try_for_each(|(index, rule)| self.check_rule(&format!("acr[{index}]"), rule))
    }

    fn check_rule(&self, path: &str, rule: &Rule) -> Result<(), PolicyError> {
        for (index, context) in rule.contexts.iter().enumerate() {
            self.check_context(&format!("{path}.acco[{index}]"), context)?;
        }
        require(
            self.authentication_flag || !rule.authentication_flag,
            "accessControlAuthenticationFlag",
            || format!("{path}.acaf"),
        )?;
        require(
            self.object_details || rule.object_details.is_empty(),
            "accessControlObjectDetails",
            || format!("{path}.acod"),
        )
    }

    fn check_context(&self, path: &str, context: &Context) -> Result<(), PolicyError> {
        let has_countries = matches!(context.region, Some(Region::Countries(_)));
        let has_circle = matches!(context.region, Some(Region::Circle(_)));
        require(
            self.windows || context.windows.is_empty(),
            "accessControlWindow",
            || format!("{path}.actw"),
        )?;
        require(
            self.addresses || context.addresses.is_none(),
            "accessControlIpAddresses",
            || format!("{path}.acip"),
        )?;
        require(self.countries || !has_countries, "countryCode", || {
            format!("{path}.aclr.accc")
        })?;
        require(self.circles || !has_circle, "circRegion", || {
            format!("{path}.aclr.accr")
        })
    }
}

impl Default for Support {
    fn default() -> Self {
        Self::ALL
    }
}

fn require(
    holds: bool,
    feature: &'static str,
    path: impl FnOnce() -> String,
) -> Result<(), PolicyError> {
    if holds {
        Ok(())
    } else {
        Err(PolicyError::NotImplemented {
            path: path(),
            feature,
        })
    }
}
