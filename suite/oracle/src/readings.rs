use std::collections::BTreeMap;

/// What the IUT claims where the specification leaves a choice (PIXIT).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Readings {
    /// `*` stands for no character too (PIXIT_WILDCARD_EMPTY).
    pub wildcard_matches_nothing: bool,
    /// `*` is a wildcard in SP domains too (PIXIT_DOMAIN_WILDCARD).
    pub wildcard_in_domain: bool,
    /// Of day of month and day of week one suffices where both are restricted (PIXIT_CRON_DAYS).
    pub classic_days: bool,
    /// resourceType in object details is compared for every operation (PIXIT_ACOD_NONCREATE).
    pub details_for_every_operation: bool,
}

impl Readings {
    /// The text of TS-0003 where it says something.
    pub const SPECIFICATION: Self = Self {
        wildcard_matches_nothing: true,
        wildcard_in_domain: false,
        classic_days: false,
        details_for_every_operation: false,
    };

    /// The readings of a profile.
    pub fn of(pixit: &BTreeMap<String, String>) -> Self {
        let is = |name: &str, value: &str| pixit.get(name).is_some_and(|read| read == value);
        Self {
            wildcard_matches_nothing: !is("PIXIT_WILDCARD_EMPTY", "does-not-match"),
            wildcard_in_domain: is("PIXIT_DOMAIN_WILDCARD", "TS-0004"),
            classic_days: is("PIXIT_CRON_DAYS", "classic"),
            details_for_every_operation: is("PIXIT_ACOD_NONCREATE", "compared"),
        }
    }
}
