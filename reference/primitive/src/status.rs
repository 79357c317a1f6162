//! Response status codes.

use std::fmt;

/// A Response Status Code (TS-0004 V3.32.0, 6.6.3).
///
/// Any number can be carried, since an implementation may send one that the specification does not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ResponseStatusCode(u16);

macro_rules! codes {
    ($($constant:ident = $number:literal, $name:literal;)+) => {
        impl ResponseStatusCode {
            $(
                #[doc = concat!(stringify!($number), " ", $name, ".")]
                pub const $constant: Self = Self($number);
            )+

            /// Every code of TS-0004 V3.32.0, 6.6.3, ascending.
            pub const ALL: &[Self] = &[$(Self::$constant),+];

            /// The name that TS-0004 gives the code; `None` for a code it does not know.
            pub const fn name(self) -> Option<&'static str> {
                match self.0 {
                    $($number => Some($name),)+
                    _ => None,
                }
            }
        }
    };
}

codes! {
    ACCEPTED = 1000, "ACCEPTED";
    ACCEPTED_SYNCH = 1001, "ACCEPTED for nonBlockingRequestSynch";
    ACCEPTED_ASYNCH = 1002, "ACCEPTED for nonBlockingRequestAsynch";
    OK = 2000, "OK";
    CREATED = 2001, "CREATED";
    DELETED = 2002, "DELETED";
    UPDATED = 2004, "UPDATED";
    BAD_REQUEST = 4000, "BAD_REQUEST";
    RELEASE_VERSION_NOT_SUPPORTED = 4001, "RELEASE_VERSION_NOT_SUPPORTED";
    NOT_FOUND = 4004, "NOT_FOUND";
    OPERATION_NOT_ALLOWED = 4005, "OPERATION_NOT_ALLOWED";
    REQUEST_TIMEOUT = 4008, "REQUEST_TIMEOUT";
    UNSUPPORTED_MEDIA_TYPE = 4015, "UNSUPPORTED_MEDIA_TYPE";
    SUBSCRIPTION_CREATOR_HAS_NO_PRIVILEGE = 4101, "SUBSCRIPTION_CREATOR_HAS_NO_PRIVILEGE";
    CONTENTS_UNACCEPTABLE = 4102, "CONTENTS_UNACCEPTABLE";
    ORIGINATOR_HAS_NO_PRIVILEGE = 4103, "ORIGINATOR_HAS_NO_PRIVILEGE";
    GROUP_REQUEST_IDENTIFIER_EXISTS = 4104, "GROUP_REQUEST_IDENTIFIER_EXISTS";
    CONFLICT = 4105, "CONFLICT";
    ORIGINATOR_NOT_AUTHENTICATED = 4106, "ORIGINATOR_NOT_AUTHENTICATED";
    SECURITY_ASSOCIATION_REQUIRED = 4107, "SECURITY_ASSOCIATION_REQUIRED";
    INVALID_CHILD_RESOURCE_TYPE = 4108, "INVALID_CHILD_RESOURCE_TYPE";
    NO_MEMBERS = 4109, "NO_MEMBERS";
    GROUP_MEMBER_TYPE_INCONSISTENT = 4110, "GROUP_MEMBER_TYPE_INCONSISTENT";
    ESPRIM_UNSUPPORTED_OPTION = 4111, "ESPRIM_UNSUPPORTED_OPTION";
    ESPRIM_UNKNOWN_KEY_ID = 4112, "ESPRIM_UNKNOWN_KEY_ID";
    ESPRIM_UNKNOWN_ORIG_RAND_ID = 4113, "ESPRIM_UNKNOWN_ORIG_RAND_ID";
    ESPRIM_UNKNOWN_RECV_RAND_ID = 4114, "ESPRIM_UNKNOWN_RECV_RAND_ID";
    ESPRIM_BAD_MAC = 4115, "ESPRIM_BAD_MAC";
    ESPRIM_IMPERSONATION_ERROR = 4116, "ESPRIM_IMPERSONATION_ERROR";
    ORIGINATOR_HAS_ALREADY_REGISTERED = 4117, "ORIGINATOR_HAS_ALREADY_REGISTERED";
    ONTOLOGY_NOT_AVAILABLE = 4118, "ONTOLOGY_NOT_AVAILABLE";
    LINKED_SEMANTICS_NOT_AVAILABLE = 4119, "LINKED_SEMANTICS_NOT_AVAILABLE";
    INVALID_SEMANTICS = 4120, "INVALID_SEMANTICS";
    MASHUP_MEMBER_NOT_FOUND = 4121, "MASHUP_MEMBER_NOT_FOUND";
    INVALID_TRIGGER_PURPOSE = 4122, "INVALID_TRIGGER_PURPOSE";
    ILLEGAL_TRANSACTION_STATE_TRANSITION_ATTEMPTED = 4123, "ILLEGAL_TRANSACTION_STATE_TRANSITION_ATTEMPTED";
    BLOCKING_SUBSCRIPTION_ALREADY_EXISTS = 4124, "BLOCKING_SUBSCRIPTION_ALREADY_EXISTS";
    SPECIALIZATION_SCHEMA_NOT_FOUND = 4125, "SPECIALIZATION_SCHEMA_NOT_FOUND";
    APP_RULE_VALIDATION_FAILED = 4126, "APP_RULE_VALIDATION_FAILED";
    OPERATION_DENIED_BY_REMOTE_ENTITY = 4127, "OPERATION_DENIED_BY_REMOTE_ENTITY";
    SERVICE_SUBSCRIPTION_NOT_ESTABLISHED = 4128, "SERVICE_SUBSCRIPTION_NOT_ESTABLISHED";
    INVALID_SPARQL_QUERY = 4143, "INVALID_SPARQL_QUERY";
    INTERNAL_SERVER_ERROR = 5000, "INTERNAL_SERVER_ERROR";
    NOT_IMPLEMENTED = 5001, "NOT_IMPLEMENTED";
    TARGET_NOT_REACHABLE = 5103, "TARGET_NOT_REACHABLE";
    RECEIVER_HAS_NO_PRIVILEGE = 5105, "RECEIVER_HAS_NO_PRIVILEGE";
    ALREADY_EXISTS = 5106, "ALREADY_EXISTS";
    REMOTE_ENTITY_NOT_REACHABLE = 5107, "REMOTE_ENTITY_NOT_REACHABLE";
    TARGET_NOT_SUBSCRIBABLE = 5203, "TARGET_NOT_SUBSCRIBABLE";
    SUBSCRIPTION_VERIFICATION_INITIATION_FAILED = 5204, "SUBSCRIPTION_VERIFICATION_INITIATION_FAILED";
    SUBSCRIPTION_HOST_HAS_NO_PRIVILEGE = 5205, "SUBSCRIPTION_HOST_HAS_NO_PRIVILEGE";
    NON_BLOCKING_SYNCH_REQUEST_NOT_SUPPORTED = 5206, "NON_BLOCKING_SYNCH_REQUEST_NOT_SUPPORTED";
    NOT_ACCEPTABLE = 5207, "NOT_ACCEPTABLE";
    DISCOVERY_DENIED_BY_IPE = 5208, "DISCOVERY_DENIED_BY_IPE";
    GROUP_MEMBERS_NOT_RESPONDED = 5209, "GROUP_MEMBERS_NOT_RESPONDED";
    ESPRIM_DECRYPTION_ERROR = 5210, "ESPRIM_DECRYPTION_ERROR";
    ESPRIM_ENCRYPTION_ERROR = 5211, "ESPRIM_ENCRYPTION_ERROR";
    SPARQL_UPDATE_ERROR = 5212, "SPARQL_UPDATE_ERROR";
    TARGET_HAS_NO_SESSION_CAPABILITY = 5214, "TARGET_HAS_NO_SESSION_CAPABILITY";
    SESSION_IS_ONLINE = 5215, "SESSION_IS_ONLINE";
    JOIN_MULTICAST_GROUP_FAILED = 5216, "JOIN_MULTICAST_GROUP_FAILED";
    LEAVE_MULTICAST_GROUP_FAILED = 5217, "LEAVE_MULTICAST_GROUP_FAILED";
    TRIGGERING_DISABLED_FOR_RECIPIENT = 5218, "TRIGGERING_DISABLED_FOR_RECIPIENT";
    UNABLE_TO_REPLACE_REQUEST = 5219, "UNABLE_TO_REPLACE_REQUEST";
    UNABLE_TO_RECALL_REQUEST = 5220, "UNABLE_TO_RECALL_REQUEST";
    CROSS_RESOURCE_OPERATION_FAILURE = 5221, "CROSS_RESOURCE_OPERATION_FAILURE";
    TRANSACTION_PROCESSING_IS_INCOMPLETE = 5222, "TRANSACTION_PROCESSING_IS_INCOMPLETE";
    EXTERNAL_OBJECT_NOT_REACHABLE = 6003, "EXTERNAL_OBJECT_NOT_REACHABLE";
    EXTERNAL_OBJECT_NOT_FOUND = 6005, "EXTERNAL_OBJECT_NOT_FOUND";
    MAX_NUMBER_OF_MEMBER_EXCEEDED = 6010, "MAX_NUMBER_OF_MEMBER_EXCEEDED";
    MGMT_SESSION_CANNOT_BE_ESTABLISHED = 6020, "MGMT_SESSION_CANNOT_BE_ESTABLISHED";
    MGMT_SESSION_ESTABLISHMENT_TIMEOUT = 6021, "MGMT_SESSION_ESTABLISHMENT_TIMEOUT";
    INVALID_CMDTYPE = 6022, "INVALID_CMDTYPE";
    INVALID_ARGUMENTS = 6023, "INVALID_ARGUMENTS";
    INSUFFICIENT_ARGUMENTS = 6024, "INSUFFICIENT_ARGUMENTS";
    MGMT_CONVERSION_ERROR = 6025, "MGMT_CONVERSION_ERROR";
    MGMT_CANCELLATION_FAILED = 6026, "MGMT_CANCELLATION_FAILED";
    ALREADY_COMPLETE = 6028, "ALREADY_COMPLETE";
    MGMT_COMMAND_NOT_CANCELLABLE = 6029, "MGMT_COMMAND_NOT_CANCELLABLE";
    EXTERNAL_OBJECT_NOT_REACHABLE_BEFORE_RQET_TIMEOUT = 6030, "EXTERNAL_OBJECT_NOT_REACHABLE_BEFORE_RQET_TIMEOUT";
    EXTERNAL_OBJECT_NOT_REACHABLE_BEFORE_OET_TIMEOUT = 6031, "EXTERNAL_OBJECT_NOT_REACHABLE_BEFORE_OET_TIMEOUT";
}

/// The class of a status code (TS-0004 V3.32.0, Table 6.6.2-1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ResponseStatusClass {
    /// 1xxx: received, still in progress.
    Informational,
    /// 2xxx: accepted.
    Success,
    /// 3xxx: not used.
    Redirection,
    /// 4xxx: the originator's mistake.
    OriginatorError,
    /// 5xxx: the receiver's failure.
    ReceiverError,
    /// 6xxx: the network's failure.
    NetworkError,
}

impl ResponseStatusCode {
    /// The number.
    pub const fn number(self) -> u16 {
        self.0
    }

    /// The class; `None` outside 1000..=6999.
    pub const fn class(self) -> Option<ResponseStatusClass> {
        match self.0 / 1000 {
            1 => Some(ResponseStatusClass::Informational),
            2 => Some(ResponseStatusClass::Success),
            3 => Some(ResponseStatusClass::Redirection),
            4 => Some(ResponseStatusClass::OriginatorError),
            5 => Some(ResponseStatusClass::ReceiverError),
            6 => Some(ResponseStatusClass::NetworkError),
            _ => None,
        }
    }

    /// Whether the request was carried out (2xxx).
    pub const fn is_success(self) -> bool {
        matches!(self.class(), Some(ResponseStatusClass::Success))
    }
}

impl From<u16> for ResponseStatusCode {
    fn from(number: u16) -> Self {
        Self(number)
    }
}

impl fmt::Display for ResponseStatusCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.name() {
            Some(name) => write!(formatter, "{} {name}", self.0),
            None => write!(formatter, "{}", self.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_codes_are_shown_with_their_names() {
        assert_eq!(
            ResponseStatusCode::ORIGINATOR_HAS_NO_PRIVILEGE.to_string(),
            "4103 ORIGINATOR_HAS_NO_PRIVILEGE"
        );
        assert_eq!(
            ResponseStatusCode::from(4107).name(),
            Some("SECURITY_ASSOCIATION_REQUIRED")
        );
        assert_eq!(
            ResponseStatusCode::from(4005).name(),
            Some("OPERATION_NOT_ALLOWED")
        );
    }

    #[test]
    fn unknown_codes_are_carried() {
        let code = ResponseStatusCode::from(4999);
        assert_eq!(code.to_string(), "4999");
        assert_eq!(code.class(), Some(ResponseStatusClass::OriginatorError));
        assert_eq!(ResponseStatusCode::from(200).class(), None);
    }

    #[test]
    fn codes_are_distinct_and_ascending() {
        assert!(ResponseStatusCode::ALL.is_sorted_by(|earlier, later| earlier < later));
        assert_eq!(ResponseStatusCode::ALL.len(), 81);
    }

    #[test]
    fn only_2xxx_is_success() {
        assert!(ResponseStatusCode::UPDATED.is_success());
        assert!(!ResponseStatusCode::ACCEPTED.is_success());
        assert!(!ResponseStatusCode::BAD_REQUEST.is_success());
    }
}
