use std::net::IpAddr;

use ::http::HeaderMap;
use onem2m_access::{Decision, Location, Operation, Policy};
use onem2m_association::{Binding, ClientCredential};
use onem2m_identity::{AeStem, DomainName, Entity, Home, ResourceAddress};
use onem2m_primitive::coap::{Asked, MessageType};
use onem2m_primitive::{Request, Response};
use serde_json::{Map, Value};
use time::OffsetDateTime;

use crate::aggregations::Aggregation;
use crate::application;
use crate::associations;
use crate::authorize::{self, Attempt, Governance};
use crate::channels::Channels;
use crate::coap;
use crate::content;
use crate::conveyed::{self, Conveyed};
use crate::elsewhere::{self, Place};
use crate::end_to_end;
use crate::hop::{self, Way};
use crate::http::{self, Encoded};
use crate::key_services;
use crate::maf_client;
use crate::peer::{Associated, Peer};
use crate::receive::{self, Applicant, Errand, Identified, Requester, Target, Wish};
use crate::refusal::Refusal;
use crate::representation::{self, Viewer};
use crate::resource::{Kind, Policies, Resource, Write};
use crate::scene::Scene;
use crate::tokens;
use crate::tree::Tree;
use crate::{discovery, filter, forward, groups, location, notify};

/// The decisions of the CSE, each a function that can be replaced alone.
///
/// The access decision itself is the table of the access crate, the security association that of the association crate;
/// around them are the decisions that lead to it and follow
/// from it. [`Clauses::SPECIFICATION`] is the CSE as specified.
#[derive(Clone, Copy)]
pub struct Clauses {
    /// The access decision (TS-0003 V3.18.0, 7.1.5).
    pub access: onem2m_access::Clauses,
    /// How security associations come about (TS-0003 V3.18.0, 8.1, 8.2, 10.1 and 10.2).
    pub association: onem2m_association::Clauses,
    /// The same of those that this entity opens itself (TS-0003 V3.18.0, 8.1, 8.2, 10.1 and 10.2).
    pub opening: onem2m_association::Clauses,
    /// The decisions of an MAF (TS-0003 V3.18.0, 8.8).
    pub(crate) maf: key_services::Clauses,
    /// The decisions of this CSE as the client of an MAF (TS-0003 V3.18.0, 8.2.2.3).
    pub(crate) maf_client: maf_client::Clauses,
    /// The decisions of an MEF (TS-0003 V3.18.0, 8.3).
    pub(crate) mef: key_services::Clauses,

    /// End-to-end security (TS-0003 V3.18.0, 8.4).
    pub(crate) end_to_end: end_to_end::Clauses,

    /// Content and what is said of it (TS-0001 V3.36.0, 9.6.7 and 11.4.1).
    pub(crate) content: content::Clauses,

    /// Tokens of dynamic authorization (TS-0003 V3.18.0, 7.3.2).
    pub(crate) tokens: tokens::Clauses,

    /// By which ways a registree is reached at an address (TS-0003 V3.18.0, 8.2.1).
    pub(crate) ways: fn(&Scene<'_>, &str, &Entity) -> Vec<Way>,
    /// The credential of an association that this CSE opens with a registree (TS-0003 V3.18.0, 8.2.1).
    pub(crate) second_credential: fn(&Scene<'_>, &str, &Entity) -> Option<ClientCredential>,
    /// The name of a host for SNI (TS-0003 V3.18.0, 10.2.1).
    pub(crate) asked_name: fn(Option<&str>) -> Option<DomainName>,
    /// What an AE tries to reach its registrar (TS-0003 V3.18.0, 8.2.1).
    pub(crate) registering: application::Registering,
    /// What an AE does as Target and Source of secured content (TS-0003 V3.18.0, 8.5).
    pub(crate) esdata: application::esdata::Clauses,

    /// What is done with a connection on which an association is expected (TS-0003 V3.18.0, 8.2.1).
    pub(crate) accept: associations::Accept,
    /// What the CSE knows of whom an association is with (TS-0003 V3.18.0, 8.2.1).
    pub(crate) associated: fn(Option<&Binding>) -> Option<Associated>,

    /// The request primitive in an HTTP request (TS-0009 V3.9.1, 6.2 and 6.4).
    pub(crate) decode: http::Decode,
    /// What is taken of a body that broke off (RFC 9112, 8).
    pub(crate) broken_off: http::BrokenOff,
    /// The request primitive in a CoAP request (TS-0008 V3.9.0, 6.2).
    pub(crate) decode_coap: coap::Decode,
    /// Whether a message with a Message ID that came before is that one again (RFC 7252, 4.5).
    pub(crate) message_repeated: fn(MessageType) -> bool,
    /// Who sends a request on a connection with a peer (TS-0003 V3.18.0, 7.2.1).
    pub(crate) sender: fn(&Peer, Conveyed) -> Peer,
    /// Whether the parameters of a primitive apart from From are valid (TS-0004 V3.32.0, 7.3.2.1).
    pub(crate) validity: fn(&Scene<'_>, &Request) -> Result<(), Refusal>,
    /// Who the originator is and whether it may send at all (TS-0004 V3.32.0, 7.3.2.1).
    pub(crate) requester: fn(&Scene<'_>, &Request) -> Result<Requester, Refusal>,
    /// Whether an AE is registered at this moment (TS-0004 V3.32.0, 7.3.2.1).
    pub(crate) registered: fn(&Scene<'_>, &Entity) -> bool,
    /// What becomes of a registration whose `<AE>` is gone (TS-0001 V3.36.0, 10.2.2.5).
    pub(crate) deregister: receive::Deregister,

    /// Whether a request may come outside a security association at all (TS-0003 V3.18.0, 6.1.2.2.1).
    pub(crate) protection: fn(&Scene<'_>, &Request) -> Result<(), Refusal>,
    /// Whom a security association stands for (TS-0003 V3.18.0, 8.2.1).
    pub(crate) identified: fn(&Scene<'_>, &Associated) -> Identified,
    /// Whether further AEs may register within an association that AEs are bound to (TS-0003 V3.18.0, 8.2.1).
    pub(crate) may_host_more: fn(&Associated) -> bool,
    /// Makes a credential stand for the AE that registered with it (TS-0003 V3.18.0, 8.2.1).
    pub(crate) bind: fn(&mut Tree, &Associated, &Entity),
    /// From within an association whose entity is not known (TS-0003 V3.18.0, 8.2.1).
    pub(crate) unidentified: fn(&Scene<'_>, &Request) -> Result<Requester, Refusal>,

    /// Whether an AE may register, and under what stems (TS-0004 V3.32.0, 7.3.2.7).
    pub(crate) admission: fn(&Scene<'_>, &Applicant) -> Result<Option<String>, Refusal>,
    /// The Credential-ID of the association of a request (TS-0003 V3.18.0, 10.4).
    pub(crate) credential: fn(&Scene<'_>) -> Option<String>,
    /// Whether an AE is the one of its certificate (TS-0001 V3.36.0, 10.2.2.2, step 003).
    pub(crate) certified: fn(&Applicant) -> Option<bool>,
    /// The nodes of a Registrar CSE in the service subscriptions (TS-0004 V3.32.0, 7.3.2.7).
    pub(crate) subscribed_nodes: for<'a> fn(&Scene<'a>, &Entity) -> Option<Vec<&'a Resource>>,
    /// The rules that a node links to (TS-0001 V3.36.0, 9.6.20).
    pub(crate) app_rules: for<'a> fn(&Scene<'a>, &Resource) -> Vec<&'a Resource>,
    /// Whether a rule lists an AE, and by what pattern of stems (TS-0001 V3.36.0, 9.6.29).
    pub(crate) complies: fn(&Scene<'_>, &Resource, &Applicant) -> Option<String>,
    /// Whether a rule lists a Credential-ID (TS-0001 V3.36.0, Table 9.6.29-2).
    pub(crate) lists_credential: fn(&Scene<'_>, &Resource, Option<&str>) -> bool,
    /// Whether a rule lists an App-ID (TS-0001 V3.36.0, Table 9.6.29-2).
    pub(crate) lists_app_id: fn(&Scene<'_>, &Resource, &str) -> bool,
    /// The pattern by which a rule lists an AE-ID-Stem (TS-0001 V3.36.0, Table 9.6.29-2).
    pub(crate) lists_stem: fn(&Scene<'_>, &Resource, &Wish) -> Option<String>,
    /// Whether an element of a list covers an identifier (TS-0001 V3.36.0, Table 9.6.29-2).
    pub(crate) listed: fn(&str, &str) -> bool,
    /// The answer where no service subscription has a node for the CSE (TS-0004 V3.32.0, 7.3.2.7).
    pub(crate) not_subscribed: fn() -> Refusal,
    /// The answer where no rule lists an AE (TS-0004 V3.32.0, 7.3.2.7).
    pub(crate) no_rule: fn() -> Refusal,

    /// Whether the IN-CSE has a say in a stem (TS-0001 V3.36.0, 10.2.2.2, step 004).
    pub(crate) concerns_provider: fn(&Scene<'_>, &Wish) -> bool,
    /// The request that announces an AE at the IN-CSE (TS-0004 V3.32.0, 7.4.5.2.1).
    pub(crate) announcement: fn(&Scene<'_>, &Wish, &Resource) -> Request,
    /// From of an announcement (TS-0004 V3.32.0, 7.4.5.2.1).
    pub(crate) announced_from: fn(&Scene<'_>, &str) -> String,
    /// link of an announcement (TS-0004 V3.32.0, 7.4.5.2.1).
    pub(crate) announced_link: fn(&Scene<'_>, &str) -> String,
    /// labels of an announcement (TS-0004 V3.32.0, 7.4.5.2.1).
    pub(crate) credential_labels: fn(&Scene<'_>) -> Vec<String>,
    /// What the answer to an announcement means for the registration (TS-0001 V3.36.0, 10.2.2.2, steps 008a and 008b).
    pub(crate) provided: fn(&Scene<'_>, &Wish, Option<&Response>) -> Result<AeStem, Refusal>,
    /// The stem in the answer to an announcement (TS-0001 V3.36.0, 10.2.2.2, step 008a).
    pub(crate) provided_stem: fn(&Value) -> Option<AeStem>,
    /// The Credential-ID in the labels of an announcement (TS-0001 V3.36.0, 10.2.2.2, step 006a).
    pub(crate) announced_credential: fn(&Map<String, Value>) -> Option<String>,

    /// The registration of an AE (TS-0004 V3.32.0, 7.4.5.2.1).
    pub(crate) register: receive::Register,
    /// The AE-ID-Stem that a registering AE gets (TS-0001 V3.36.0, 10.2.2.2, step 004).
    pub(crate) stem: fn(&Scene<'_>, &Request, &Wish) -> Result<AeStem, Refusal>,
    /// An AE-ID-Stem with the given first character for an AE that names none (TS-0001 V3.36.0, 10.2.2.2, step 005c).
    pub(crate) assigned_stem: fn(&Scene<'_>, &Request, char) -> String,
    /// Whether a text may be the App-ID of an AE (TS-0004 V3.32.0, 7.4.5.2.1).
    pub(crate) app_id: fn(&str) -> bool,

    /// Which resource a request applies to (TS-0004 V3.32.0, 7.3.2.8 and 7.3.3.1).
    pub(crate) target: fn(&Scene<'_>, &Request) -> Result<Target, Refusal>,

    /// From outside a security association (TS-0004 V3.32.0, 7.3.2.1).
    pub(crate) in_the_clear: fn(&Scene<'_>, &Request) -> Result<Requester, Refusal>,
    /// From within the security association of an AE (TS-0004 V3.32.0, 7.3.2.1).
    pub(crate) within_application:
        fn(&Scene<'_>, &Request, &[Entity]) -> Result<Requester, Refusal>,
    /// Whether an AE may use an identifier within its association (TS-0003 V3.18.0, 7.2.1).
    pub(crate) allowed_within: fn(&[Entity], &Entity) -> bool,
    /// From within the security association of a CSE (TS-0004 V3.32.0, 7.3.2.1).
    pub(crate) within_cse: fn(&Scene<'_>, &Request, &Entity) -> Result<Requester, Refusal>,
    /// Whether From is a stem that means nothing between CSEs (TS-0004 V3.32.0, 7.3.2.1).
    pub(crate) is_stem_over_mcc: fn(&str, &Entity) -> bool,
    /// Whether From belongs to another CSE than that of the association (TS-0004 V3.32.0, 7.3.2.1).
    pub(crate) is_of_another: fn(&Scene<'_>, &Entity, &Entity) -> bool,
    /// Whether a CSE is this one.
    pub(crate) is_own: fn(&Scene<'_>, &Entity) -> bool,

    /// Whether an originator may register as a CSE (TS-0004 V3.32.0, 7.4.4.2.1).
    pub(crate) may_register: fn(&Scene<'_>, &Entity) -> Result<(), Refusal>,
    /// Whether a CSE is registered already (TS-0004 V3.32.0, 7.4.4.2.1).
    pub(crate) is_registered_cse: fn(&Scene<'_>, &Entity) -> bool,
    /// Gives a new `<remoteCSE>` its CSE-ID (TS-0004 V3.32.0, 7.4.4.2.1).
    pub(crate) identify: fn(&mut Resource, &Request),

    /// The `<remoteCSE>` that leads to another CSE (TS-0004 V3.32.0, 7.3.2.6).
    pub(crate) next_hop: for<'a> fn(&Scene<'a>, &Entity) -> Option<&'a Resource>,
    /// From of a forwarded request (TS-0004 V3.32.0, 7.3.2.6).
    pub(crate) forwarded_from: fn(&Scene<'_>, &str, &Entity, &Entity) -> String,
    /// From of a request that the CSE makes to decide another (TS-0001 V3.36.0, 7.2).
    pub(crate) asking_from: fn(&Home, &Request) -> String,
    /// Whether a response to such a request tells anything (TS-0004 V3.32.0, 6.6.3).
    pub(crate) is_told: fn(&Response) -> bool,
    /// The policy in what such a response tells (TS-0004 V3.32.0, 7.4.2.1).
    pub(crate) policy_told: fn(&Value) -> Option<&Value>,
    /// The decision by policies that other CSEs host (TS-0004 V3.32.0, 7.3.3.15).
    pub(crate) decide_elsewhere: fn(&Scene<'_>, &Attempt<'_>) -> Decision,
    /// The CSE in whose context a policy or group is written (TS-0001 V3.36.0, 7.2).
    pub(crate) context_of: fn(&Scene<'_>, &Place) -> Home,
    /// Whether a policy permits that cannot be read (TS-0003 V3.18.0, 7.1.5).
    pub(crate) unread_policy: fn() -> bool,
    /// Whom a group stands for that cannot be read (TS-0003 V3.18.0, 7.1.5).
    pub(crate) unread_group: fn(&Scene<'_>, &Entity) -> Vec<Entity>,

    /// Permit or deny (TS-0004 V3.32.0, 7.3.3.15).
    pub(crate) decide: fn(&Scene<'_>, &Attempt<'_>) -> Decision,
    /// What a request counts as (TS-0003 V3.18.0, 7.1.3).
    pub(crate) operation: fn(&Request) -> Operation,
    /// rq_time (TS-0003 V3.18.0, 7.1.2).
    pub(crate) request_time: fn(&Scene<'_>, &Request) -> OffsetDateTime,
    /// rq_ip, from the connection and the head of the message (TS-0003 V3.18.0, 7.1.2).
    pub(crate) source: fn(&Peer, &HeaderMap) -> IpAddr,
    /// rq_loc (TS-0003 V3.18.0, 7.1.2).
    pub(crate) location: fn(&Scene<'_>, &Attempt<'_>) -> Location,
    /// rq_authn (TS-0003 V3.18.0, 7.1.2).
    pub(crate) authenticated: fn(&Scene<'_>, &Attempt<'_>) -> bool,
    /// What governs a target (TS-0001 V3.36.0, 9.6.1.3.2).
    pub(crate) governance: for<'a> fn(&Scene<'a>, &Attempt<'a>) -> Governance<'a>,
    /// Which resource's policies a resource is governed by: an instance by those of its parent (TS-0001 V3.36.0, 9.6.7).
    pub(crate) governor: for<'a> fn(&Scene<'a>, &'a Resource) -> &'a Resource,
    /// The rules that judge an `<accessControlPolicy>` itself (TS-0003 V3.18.0, 7.1.1).
    pub(crate) own_rules: for<'a> fn(&'a Policies) -> Vec<&'a Policy>,
    /// The rules that judge a resource which links to an `<accessControlPolicy>` (TS-0003 V3.18.0, 7.1.1).
    pub(crate) linked_rules: for<'a> fn(&'a Policies) -> Vec<&'a Policy>,
    /// What an accessControlPolicyIDs value stands for (TS-0001 V3.36.0, 9.6.1.3.2).
    pub(crate) linked: for<'a> fn(&Scene<'a>, &[&str]) -> Vec<Option<&'a Policies>>,
    /// Whether the default policy permits (TS-0001 V3.36.0, 9.6.1.3.2).
    pub(crate) default_policy: fn(&Scene<'_>, &Attempt<'_>) -> bool,

    /// The right to Create below a parent (TS-0001 V3.36.0, 10.1.2).
    pub(crate) create_right: fn(&Scene<'_>, &Attempt<'_>) -> Decision,
    /// The further right that a `<subscription>` needs on its parent (TS-0004 V3.32.0, 7.4.8.2.1).
    pub(crate) subscription_right: fn(&Scene<'_>, &Attempt<'_>) -> Decision,
    /// The right of the creator of a subscription to Notify its target (TS-0004 V3.32.0, 7.5.1.2.3).
    pub(crate) verification_creator: fn(&Scene<'_>, &Attempt<'_>) -> Decision,
    /// The right of the CSE with the subscription to Notify its target (TS-0004 V3.32.0, 7.5.1.2.3).
    pub(crate) verification_host: fn(&Scene<'_>, &Attempt<'_>) -> Decision,
    /// The right to Delete (TS-0001 V3.36.0, 10.1.5).
    pub(crate) delete_right: fn(&Scene<'_>, &Attempt<'_>) -> Decision,
    /// The right to Update accessControlPolicyIDs (TS-0001 V3.36.0, 9.6.1.3.2).
    pub(crate) policy_links_right: fn(&Scene<'_>, &Attempt<'_>) -> Decision,
    /// The right to retrieve some attributes only (TS-0001 V3.36.0, 10.1.3).
    pub(crate) partial_right: fn(&Scene<'_>, &Attempt<'_>) -> Decision,
    /// The right to reach an instance as `<latest>` or `<oldest>` (TS-0001 V3.36.0, 9.6.27).
    pub(crate) virtual_right: fn(&Scene<'_>, &Attempt<'_>) -> Decision,
    /// The `<group>` that an identifier in accessControlOriginators names (TS-0001 V3.36.0, Table 9.6.2.1-1).
    pub(crate) group: for<'a> fn(&Scene<'a>, &ResourceAddress) -> Option<&'a Resource>,
    /// The originators that are members of a group (TS-0001 V3.36.0, 9.6.2.1).
    pub(crate) members: fn(&Scene<'_>, &Resource) -> Vec<Entity>,
    /// Whom a member of a group stands for (TS-0001 V3.36.0, 9.6.2.1).
    pub(crate) member: fn(&Scene<'_>, &str) -> Option<Entity>,

    /// The right to reach the members of a group by its `<fanOutPoint>` (TS-0004 V3.32.0, 7.4.14.3).
    pub(crate) fan_out_right: fn(&Scene<'_>, &Attempt<'_>) -> Decision,
    /// What governs a `<fanOutPoint>` (TS-0001 V3.36.0, 9.6.14).
    pub(crate) fan_out_governance: for<'a> fn(&Scene<'a>, &Attempt<'a>) -> Governance<'a>,
    /// In whose name the members are asked (TS-0004 V3.32.0, 7.4.14.2.4).
    pub(crate) fan_out_originator: fn(&Scene<'_>, &Entity, &Resource) -> Entity,
    /// What a decision about a member means for the request that was fanned out (TS-0001 V3.36.0, 10.2.7).
    pub(crate) fanned_out: fn(&Scene<'_>, &Attempt<'_>, &Errand, Decision) -> Decision,
    /// What is done with a request whose Group Request Identifier came or did not come for its target before
    /// (TS-0004 V3.32.0, 7.3.3.2).
    pub(crate) repeated: fn(bool) -> Result<(), Refusal>,
    /// The response to a request that was fanned out (TS-0004 V3.32.0, 7.4.14.2.5).
    pub(crate) aggregate: receive::Aggregate,

    /// Whether a notification at an aggregation URI comes from a member of the group (TS-0004 V3.32.0, 7.5.1.2.6).
    pub(crate) sent_by_member: fn(&Scene<'_>, &Attempt<'_>, &Aggregation) -> Decision,

    /// The right to a `<pollingChannel>` and its `<pollingChannelURI>` (TS-0004 V3.32.0, 7.4.21.2 and 7.4.22.2).
    pub(crate) channel_right: fn(&Scene<'_>, &Attempt<'_>) -> Decision,
    /// The request that a poll gets (TS-0004 V3.32.0, 7.4.22.2.2).
    pub(crate) polled: fn(&mut Channels, &str, OffsetDateTime) -> Option<Request>,

    /// What a decision means for a non-blocking request (TS-0003 V3.18.0, 6.1.2.2.2).
    pub(crate) non_blocking: fn(Decision) -> Decision,

    /// Lets an operation through or stops it (TS-0003 V3.18.0, 6.2.2).
    pub(crate) enforce: receive::Enforce,
    /// How a denial is answered (TS-0004 V3.32.0, 7.3.3.15).
    pub(crate) denial: fn(&Scene<'_>, &Attempt<'_>) -> Refusal,

    /// Whether a type may be created below another (TS-0004 V3.32.0, 7.3.3.3).
    pub(crate) child_type: fn(Kind, Kind) -> bool,
    /// The attributes of a request against the table of their type (TS-0004 V3.32.0, 7.3.3.3 and 7.3.3.4).
    pub(crate) attributes: receive::CheckAttributes,
    /// creator in a Create (TS-0001 V3.36.0, 10.1.2); gives what the attribute becomes.
    pub(crate) creator: fn(&Value, &Entity, &Home) -> Result<Value, Refusal>,
    /// Whether selfPrivileges holds a rule, at Recv-1.0 (TS-0004 V3.32.0, 7.4.2.2.1 and 7.4.2.2.3).
    pub(crate) self_privileges: fn(Option<&Value>, Write) -> bool,
    /// privileges and selfPrivileges as data of their type (TS-0004 V3.32.0, 6.3.5.27).
    pub(crate) policy: fn(&Value) -> Result<Policy, Refusal>,
    /// The rules in force behind an Update of an `<accessControlPolicy>`, from those before and those written.
    pub(crate) policies_in_force: fn(&Policies, Policies) -> Policies,
    /// Whether accessControlPolicyIDs is alone in an Update (TS-0001 V3.36.0, 9.6.1.3.2).
    pub(crate) policy_links_alone: fn(&Map<String, Value>) -> Result<(), Refusal>,
    /// The value of accessControlPolicyIDs (TS-0004 V3.32.0, 6.3.3).
    pub(crate) policy_links: fn(&Scene<'_>, &Value) -> Result<(), Refusal>,
    /// What an Update makes of a resource (TS-0004 V3.32.0, 7.3.3.7).
    pub(crate) apply: fn(&mut Resource, &Map<String, Value>),
    /// Whether a resource is past its expirationTime (TS-0004 V3.32.0, 7.3.3.5).
    pub(crate) expired: fn(&Resource, OffsetDateTime) -> bool,

    /// Whether a discovery from a root may go on (TS-0004 V3.32.0, 7.3.3.14).
    pub(crate) discovery_root: fn(&Scene<'_>, &Attempt<'_>) -> Decision,
    /// Whether a resource may appear in the result of a discovery (TS-0004 V3.32.0, 7.3.3.14).
    pub(crate) discoverable: fn(&Scene<'_>, &Attempt<'_>) -> Decision,
    /// Whether a child or a reference to it may appear in the result of a Retrieve (TS-0001 V3.36.0, 10.2.6.2).
    pub(crate) nested: fn(&Scene<'_>, &Attempt<'_>) -> Decision,
    /// Which of the matching resources a result holds (TS-0004 V3.32.0, 7.3.3.17.10 and 7.3.3.17.15).
    pub(crate) page: filter::Page,
    /// What a filter may look at (TS-0004 V3.32.0, 7.3.3.17.9).
    pub(crate) filterable: fn(&Scene<'_>, Viewer<'_>, &Resource, &str) -> bool,
    /// Who sees which attribute (TS-0001 V3.36.0, 9.6.5).
    pub(crate) visible: fn(&Scene<'_>, Viewer<'_>, &Resource, &str) -> bool,
    /// The subscriptions whose subscribers are told of an event of a resource (TS-0001 V3.36.0, 9.6.8).
    pub(crate) subscriptions: for<'a> fn(&Scene<'a>, &'a Resource) -> Vec<&'a Resource>,
    /// Which subscriber sees which attribute in a notification (TS-0001 V3.36.0, 9.6.5).
    pub(crate) notified: fn(&Scene<'_>, Viewer<'_>, &Resource, &str) -> bool,
    /// privileges and selfPrivileges of a `<request>` for its originator (TS-0004 V3.32.0, Table 7.3.2.2-1).
    pub(crate) request_policies: fn(&Entity, &Entity) -> [Value; 2],

    /// The parameters that a response takes over from its request (TS-0004 V3.32.0, 7.3.3.12).
    pub(crate) answer: fn(&Request, Response) -> Response,
    /// The HTTP response that carries a response primitive (TS-0009 V3.9.1, 6.3 and 6.4).
    pub(crate) encode: fn(&Response) -> Encoded,
    /// The CoAP response that carries a response primitive (TS-0008 V3.9.0, 6.2).
    pub(crate) encode_coap: fn(&Response, Asked) -> coap::Message,
}

impl Clauses {
    /// Every clause as specified.
    pub const SPECIFICATION: Self = Self {
        access: onem2m_access::Clauses::SPECIFICATION,
        association: onem2m_association::Clauses::SPECIFICATION,
        opening: onem2m_association::Clauses::SPECIFICATION,
        end_to_end: end_to_end::Clauses::SPECIFICATION,
        content: content::Clauses::SPECIFICATION,
        tokens: tokens::Clauses::SPECIFICATION,
        ways: hop::ways,
        second_credential: hop::second_credential,
        asked_name: hop::asked_name,
        registering: application::ways,
        esdata: application::esdata::Clauses::SPECIFICATION,
        maf: key_services::Clauses::MAF,
        maf_client: maf_client::Clauses::SPECIFICATION,
        mef: key_services::Clauses::MEF,
        accept: associations::accept,
        associated: associations::associated,
        decode: onem2m_primitive::http::decode_request,
        broken_off: http::broken_off,
        decode_coap: onem2m_primitive::coap::decode_request,
        message_repeated: |_| true,
        sender: conveyed::sender,
        validity: receive::validity,
        requester: receive::requester,
        registered: receive::registered,
        deregister: receive::deregister,
        protection: receive::protection,
        identified: receive::identified,
        may_host_more: receive::may_host_more,
        bind: receive::bind,
        unidentified: receive::unidentified,
        admission: receive::admission,
        credential: receive::credential,
        certified: receive::certified,
        subscribed_nodes: receive::subscribed_nodes,
        app_rules: receive::app_rules,
        complies: receive::complies,
        lists_credential: receive::lists_credential,
        lists_app_id: receive::lists_app_id,
        lists_stem: receive::lists_stem,
        listed: receive::listed,
        not_subscribed: receive::not_subscribed,
        no_rule: receive::no_rule,
        concerns_provider: receive::concerns_provider,
        announcement: receive::announcement,
        announced_from: receive::announced_from,
        announced_link: receive::announced_link,
        credential_labels: receive::credential_labels,
        provided: receive::provided,
        provided_stem: receive::provided_stem,
        announced_credential: receive::announced_credential,
        register: receive::register,
        stem: receive::stem,
        assigned_stem: receive::assigned_stem,
        app_id: receive::app_id,
        target: receive::target,
        in_the_clear: receive::in_the_clear,
        within_application: receive::within_application,
        allowed_within: receive::allowed_within,
        within_cse: receive::within_cse,
        is_stem_over_mcc: receive::is_stem_over_mcc,
        is_of_another: receive::is_of_another,
        is_own: receive::is_own,
        may_register: receive::may_register,
        is_registered_cse: receive::is_registered_cse,
        identify: receive::identify,
        next_hop: forward::next_hop,
        forwarded_from: forward::forwarded_from,
        asking_from: elsewhere::asking_from,
        is_told: elsewhere::is_told,
        policy_told: elsewhere::policy_told,
        decide_elsewhere: elsewhere::decide,
        context_of: elsewhere::context_of,
        unread_policy: elsewhere::unread_policy,
        unread_group: elsewhere::unread_group,
        decide: authorize::decide,
        operation: authorize::operation,
        request_time: authorize::request_time,
        source: http::source,
        location: location::location,
        authenticated: authorize::authenticated,
        governance: authorize::governance,
        governor: authorize::governor,
        own_rules: authorize::own_rules,
        linked_rules: authorize::linked_rules,
        linked: authorize::linked,
        default_policy: authorize::default_policy,
        create_right: authorize::right,
        subscription_right: authorize::subscription_right,
        verification_creator: authorize::right,
        verification_host: authorize::right,
        delete_right: authorize::right,
        policy_links_right: authorize::policy_links_right,
        partial_right: authorize::right,
        virtual_right: authorize::right,
        group: groups::group,
        members: groups::members,
        member: groups::member,
        fan_out_right: authorize::fan_out_right,
        fan_out_governance: authorize::fan_out_governance,
        fan_out_originator: receive::originator,
        fanned_out: receive::fanned_out,
        repeated: receive::repeated,
        aggregate: receive::aggregate,
        sent_by_member: receive::sent_by_member,
        channel_right: receive::channel_right,
        polled: receive::polled,
        non_blocking: receive::non_blocking,
        enforce: receive::enforce,
        denial: receive::denial,
        child_type: receive::child_type,
        attributes: receive::attributes,
        creator: receive::creator,
        self_privileges: receive::self_privileges,
        policy: receive::policy,
        policies_in_force: receive::policies_in_force,
        policy_links_alone: receive::policy_links_alone,
        policy_links: receive::policy_links,
        apply: receive::apply,
        expired: receive::expired,
        discovery_root: discovery::root,
        discoverable: authorize::right,
        nested: authorize::right,
        page: filter::page,
        filterable: filter::filterable,
        visible: representation::visible,
        subscriptions: notify::subscriptions,
        notified: notify::notified,
        request_policies: receive::request_policies,
        answer: receive::answer,
        encode: http::encode,
        encode_coap: coap::encode,
    };
}

impl Default for Clauses {
    fn default() -> Self {
        Self::SPECIFICATION
    }
}
