//! Client registrations at MAF and MEF (TS-0003 V3.18.0, 8.8.1, 8.8.2.3 to 8.8.2.6, 8.3.5.1 and 8.3.5.2.3 to 8.3.5.2.6).

use serde_json::{Value, json};
use time::Duration;

use super::Fault;
use super::of_both::of_both;
use crate::key_services::{Clauses, known_members};
use crate::resource::parse_timestamp;

const SPECIFIED: Clauses = Clauses::MEF;

pub(super) const FAULTS: &[Fault] = of_both![
    {
        "MafRegistrationNotKept": "TS-0003/8.8.2.3/6",
        "MefRegistrationNotKept": "TS-0003/8.3.5.2.3/7",
        "a client registration is acknowledged and not kept",
        |service| service.keep_registration = |_, _| {}
    },
    {
        "MafOneRegistrationPerClient": "TS-0003/8.8.2.3/6",
        "MefOneRegistrationPerClient": "TS-0003/8.3.5.2.3/4",
        "a registration for another stakeholder takes the place of the first",
        |service| service.keep_registration = |records, registration| {
            records.registrations.retain(|_, other| other.client != registration.client);
            (SPECIFIED.keep_registration)(records, registration);
        }
    },
    {
        "MafFqdnLeftOut": "TS-0003/8.8.2.3/4",
        "MefFqdnLeftOut": "TS-0003/8.3.5.2.3/3",
        "a registration without an FQDN is for this service",
        |service| {
            service.mandatory = |members, name| match members.get(name) {
                None if name == "fqdn" => Ok(""),
                _ => (SPECIFIED.mandatory)(members, name),
            };
            service.is_own_fqdn =
                |own, named| named.is_empty() || (SPECIFIED.is_own_fqdn)(own, named);
        }
    },
    {
        "MafAnyStakeholder": "TS-0003/8.8.2.3/4",
        "MefAnyStakeholder": "TS-0003/8.3.5.2.3/3",
        "adminFQDN is a text like any other",
        |service| service.is_authorized = |_, _, _| true
    },
    {
        "MafMalformedTimeTaken": "TS-0003/8.8.2.3/4",
        "MefMalformedTimeTaken": "TS-0003/8.3.5.2.3/3",
        "an expirationTime that is none means a day",
        |service| service.expiry = |scene, text| match parse_timestamp(text) {
            None => Ok(scene.now + Duration::DAY),
            Some(_) => (SPECIFIED.expiry)(scene, text),
        }
    },
    {
        "MafPastTimeTaken": "TS-0003/8.8.2.3/4",
        "MefPastTimeTaken": "TS-0003/8.3.5.2.3/3",
        "an expirationTime that is over is kept as it is",
        |service| service.expiry = |scene, text| match parse_timestamp(text) {
            Some(moment) if moment <= scene.now => Ok(moment),
            _ => (SPECIFIED.expiry)(scene, text),
        }
    },
    {
        "MafUpdateTellsAll": "TS-0003/8.8.2.5/3",
        "MefUpdateTellsAll": "TS-0003/8.3.5.2.5/4",
        "the response to an update of a client registration is the whole record",
        |service| service.echoed = |full, requested| match full.contains_key("adminFQDN")
            && !full.contains_key("relativeKeyID")
        {
            true => full,
            false => (SPECIFIED.echoed)(full, requested),
        }
    },
    {
        "MafUpdateNotKept": "TS-0003/8.8.2.5/2",
        "MefUpdateNotKept": "TS-0003/8.3.5.2.5/3",
        "an update of the labels of a client is acknowledged and not kept",
        |service| {
            service.change_registration = |registration, changes| {
                let labels = registration.labels.clone();
                (SPECIFIED.change_registration)(registration, changes);
                registration.labels = labels;
            };
            service.echoed = |mut full, requested| {
                full.extend(requested.clone());
                (SPECIFIED.echoed)(full, requested)
            };
        }
    },
    {
        "MafEmptyUpdateTaken": "TS-0003/8.8.2.5/1",
        "MefEmptyUpdateTaken": "TS-0003/8.3.5.2.5/2",
        "an update of nothing succeeds",
        |service| service.changes_something = known_members
    },
    {
        "MafAnybodyManagesClients": "TS-0003/8.8.2.6/2",
        "MefAnybodyManagesClients": "TS-0003/8.3.5.2.6/2",
        "whoever knows the identifier of a client registration may update and end it",
        |service| service.owns_registration = |_, _| true
    },
    {
        "MafExpiredClientsServed": "TS-0003/8.8.2.5/2",
        "MefExpiredClientsServed": "TS-0003/8.3.5.2.5/5",
        "a client registration has no end",
        |service| service.is_in_force = |_, _| true
    },
    {
        "MafConfigurationByStakeholder": "TS-0003/8.8.2.4/1",
        "MefConfigurationByStakeholder": "TS-0003/8.3.5.2.4/2",
        "a configuration is looked up by the stakeholder alone",
        |service| service.configuration = |scene, registration| {
            let mut clients = scene.settings.clients.iter();
            clients.find_map(|client| {
                let is_of = client.admin_fqdn == registration.admin_fqdn;
                client.configuration.clone().filter(|_| is_of)
            })
        }
    },
    {
        "MafEmptyConfiguration": "TS-0003/8.8.2.4/1",
        "MefEmptyConfiguration": "TS-0003/8.3.5.2.4/3",
        "a client without a configuration gets an empty one",
        |service| service.configuration = |scene, registration| {
            let told = (SPECIFIED.configuration)(scene, registration);
            told.or_else(|| Some(json!({})))
        }
    },
    {
        "MafEndedClientsServed": "TS-0003/8.8.2.6/1",
        "MefEndedClientsServed": "TS-0003/8.3.5.2.6/1",
        "the end of a client registration is acknowledged and nothing else",
        |service| service.end_registration = |_, _| {}
    },
    {
        "MafServesUnregistered": "TS-0003/8.8.1/2",
        "MefServesUnregistered": "TS-0003/8.3.5.1/2",
        "keys are registered for whoever has a session",
        |service| service.is_served = |_, _, _| true
    },
    {
        "MafServesForAnyStakeholder": "TS-0003/8.8.1/2",
        "MefServesForAnyStakeholder": "TS-0003/8.3.5.1/2",
        "a client that is registered for one stakeholder is served for all",
        |service| service.is_served = |scene, records, _| {
            let mut registrations = records.registrations.values();
            registrations.any(|it| it.client == scene.requester)
        }
    },
    {
        "MafIdOfClientReused": "TS-0003/8.8.2.3/6",
        "MefIdOfClientReused": "TS-0003/8.3.5.2.3/4",
        "all client registrations have the same identifier",
        |service| service.registration_id = |_| Ok("reg-1".to_owned())
    },
    {
        "MafOthersClientId": "TS-0003/8.8.2.3/7",
        "MefOthersClientId": "TS-0003/8.3.5.2.3/5",
        "the response names the client in its relative form",
        |service| service.registration = |scene, registration| {
            let mut members = (SPECIFIED.registration)(scene, registration);
            let relative = registration.client.rsplit('/').next();
            let relative = relative.map(Value::from).unwrap_or_default();
            members.insert(scene.settings.names.client_id.clone(), relative);
            members
        }
    },
];
