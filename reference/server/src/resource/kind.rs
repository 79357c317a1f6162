use super::attribute::Attribute;
use super::{
    access_control_policy, announced_application, app_rule, application_entity, container,
    content_instance, cse_base, group, polling_channel, remote_cse, request,
    service_subscription_profile, subscribed_node, subscription, time_series, time_series_instance,
};

/// A resource type that the CSE implements (m2m:resourceType, TS-0004 V3.32.0, Table 6.3.4.2.1-1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Kind {
    AccessControlPolicy = 1,
    ApplicationEntity = 2,
    Container = 3,
    ContentInstance = 4,
    CseBase = 5,
    Group = 9,
    ServiceSubscriptionProfile = 11,
    PollingChannel = 15,
    RemoteCse = 16,
    Request = 17,
    AppRule = 19,
    SubscribedNode = 20,
    Subscription = 23,
    TimeSeries = 29,
    TimeSeriesInstance = 30,
    AnnouncedApplication = 10002,
}

/// A value of the Resource Type parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TypeNumber {
    /// The CSE implements it.
    Implemented(Kind),
    /// TS-0004 lists it, the CSE does not implement it.
    Listed,
    /// TS-0004 does not list it.
    Unknown,
}

impl Kind {
    pub(crate) const ALL: [Self; 16] = [
        Self::AccessControlPolicy,
        Self::ApplicationEntity,
        Self::Container,
        Self::ContentInstance,
        Self::CseBase,
        Self::Group,
        Self::ServiceSubscriptionProfile,
        Self::PollingChannel,
        Self::RemoteCse,
        Self::Request,
        Self::AppRule,
        Self::SubscribedNode,
        Self::Subscription,
        Self::TimeSeries,
        Self::TimeSeriesInstance,
        Self::AnnouncedApplication,
    ];

    pub(crate) fn number(self) -> u32 {
        self as u32
    }

    /// The short name of the type (TS-0004 V3.32.0, 8.2.4).
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::AccessControlPolicy => "acp",
            Self::ApplicationEntity => "ae",
            Self::Container => "cnt",
            Self::ContentInstance => "cin",
            Self::CseBase => "cb",
            Self::Group => "grp",
            Self::ServiceSubscriptionProfile => "mssp",
            Self::PollingChannel => "pch",
            Self::RemoteCse => "csr",
            Self::Request => "req",
            Self::AppRule => "asar",
            Self::SubscribedNode => "svsn",
            Self::Subscription => "sub",
            Self::TimeSeries => "ts",
            Self::TimeSeriesInstance => "tsi",
            Self::AnnouncedApplication => "aeA",
        }
    }

    /// The root element of a representation.
    pub(crate) fn root(self) -> String {
        format!("m2m:{}", self.name())
    }

    /// The attribute table of the type.
    pub(crate) fn attributes(self) -> &'static [Attribute] {
        match self {
            Self::AccessControlPolicy => access_control_policy::ATTRIBUTES,
            Self::ApplicationEntity => application_entity::ATTRIBUTES,
            Self::Container => container::ATTRIBUTES,
            Self::ContentInstance => content_instance::ATTRIBUTES,
            Self::CseBase => cse_base::ATTRIBUTES,
            Self::Group => group::ATTRIBUTES,
            Self::ServiceSubscriptionProfile => service_subscription_profile::ATTRIBUTES,
            Self::PollingChannel => polling_channel::ATTRIBUTES,
            Self::RemoteCse => remote_cse::ATTRIBUTES,
            Self::Request => request::ATTRIBUTES,
            Self::AppRule => app_rule::ATTRIBUTES,
            Self::SubscribedNode => subscribed_node::ATTRIBUTES,
            Self::Subscription => subscription::ATTRIBUTES,
            Self::TimeSeries => time_series::ATTRIBUTES,
            Self::TimeSeriesInstance => time_series_instance::ATTRIBUTES,
            Self::AnnouncedApplication => announced_application::ATTRIBUTES,
        }
    }

    /// The types that the table of child resources of this type allows, of those that the CSE implements.
    pub(crate) fn children(self) -> &'static [Self] {
        match self {
            Self::AccessControlPolicy => access_control_policy::CHILDREN,
            Self::ApplicationEntity => application_entity::CHILDREN,
            Self::Container => container::CHILDREN,
            Self::CseBase => cse_base::CHILDREN,
            Self::Group => group::CHILDREN,
            Self::ServiceSubscriptionProfile => service_subscription_profile::CHILDREN,
            Self::RemoteCse => remote_cse::CHILDREN,
            Self::Request => request::CHILDREN,
            Self::AppRule => app_rule::CHILDREN,
            Self::SubscribedNode => subscribed_node::CHILDREN,
            Self::TimeSeries => time_series::CHILDREN,
            Self::AnnouncedApplication => announced_application::CHILDREN,
            Self::ContentInstance
            | Self::PollingChannel
            | Self::Subscription
            | Self::TimeSeriesInstance => &[],
        }
    }

    pub(crate) fn attribute(self, name: &str) -> Option<&'static Attribute> {
        self.attributes()
            .iter()
            .find(|attribute| attribute.name == name)
    }

    /// Whether only an IN-CSE has resources of the type (TS-0004 V3.32.0, Table 6.3.4.2.1-1).
    pub(crate) fn is_for_infrastructure(self) -> bool {
        matches!(
            self,
            Self::ServiceSubscriptionProfile | Self::AppRule | Self::SubscribedNode
        )
    }

    /// Whether the type has accessControlPolicyIDs. Those without are governed otherwise
    /// (TS-0001 V3.36.0, 9.6.1.3.2).
    pub(crate) fn has_policy_links(self) -> bool {
        self.attribute("acpi").is_some()
    }

    /// Whether the type is an instance in a container, which has its policies from there
    /// (TS-0001 V3.36.0, 9.6.7 and 9.6.37).
    pub(crate) fn is_instance(self) -> bool {
        matches!(self, Self::ContentInstance | Self::TimeSeriesInstance)
    }

    /// Whether the type holds instances and so has the virtual children `<latest>` and `<oldest>`.
    pub(crate) fn holds_instances(self) -> bool {
        matches!(self, Self::Container | Self::TimeSeries)
    }
}

impl From<u32> for TypeNumber {
    fn from(number: u32) -> Self {
        match Kind::ALL.into_iter().find(|kind| kind.number() == number) {
            Some(kind) => Self::Implemented(kind),
            None if matches!(number, 1..=65 | 10001..=10065) => Self::Listed,
            None => Self::Unknown,
        }
    }
}
