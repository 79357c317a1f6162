//! Key retrieval at MAF and MEF, and commands of an MEF (TS-0003 V3.18.0, 8.8.2.8, 8.3.5.2.8, 8.3.9, 10.7 and 12.4).

use onem2m_primitive::ResponseStatusCode;
use serde_json::json;

use super::Fault;
use super::of_both::of_both;
use crate::end_to_end::base64_text;
use crate::key_services::Clauses;
use crate::refusal::Refusal;

const SPECIFIED: Clauses = Clauses::MEF;

pub(super) const FAULTS: &[Fault] = of_both![
    {
        "MafAnyClientIsTarget": "TS-0003/8.8.2.8/3",
        "MefAnyClientIsTarget": "TS-0003/8.3.5.2.8/3",
        "a key is given to every registered client",
        |service| service.is_target = |_, _| true
    },
    {
        "MafExpiredKeyServed": "TS-0003/8.8.2.8/3",
        "MefExpiredKeyServed": "TS-0003/8.3.5.2.8/3",
        "a key is given to its target after its expirationTime too",
        |service| service.is_key_in_force = |_, _| true
    },
    {
        "MafRetrievalWithoutSuid": "TS-0003/8.8.2.8/4",
        "MefRetrievalWithoutSuid": "TS-0003/8.3.5.2.8/4",
        "a target is not told the usage of its key",
        |service| service.retrieved = |scene, key| {
            let mut members = (SPECIFIED.retrieved)(scene, key);
            members.remove(&scene.settings.names.suid);
            members
        }
    },
    {
        "MafRetrievalNamesTarget": "TS-0003/8.8.2.8/4",
        "MefRetrievalNamesTarget": "TS-0003/8.3.5.2.8/4",
        "the source of a key is who retrieves it",
        |service| service.retrieved = |scene, key| {
            let mut members = (SPECIFIED.retrieved)(scene, key);
            members.insert(scene.settings.names.source_id.clone(), json!(scene.requester));
            members
        }
    },
    {
        "MafKeyInRefusal": "TS-0003/8.8.2.8/3",
        "MefKeyInRefusal": "TS-0003/8.3.5.2.8/3",
        "the refusal to whom a key is not for says what it is",
        |service| service.no_key = |key| match key {
            None => (SPECIFIED.no_key)(None),
            Some(key) => Refusal::new(
                ResponseStatusCode::NOT_FOUND,
                format!("{} is not for this client", base64_text(&key.key)),
            ),
        }
    },
    {
        "MafKeyByBeginOfId": "TS-0003/8.8.2.8/3",
        "MefKeyByBeginOfId": "TS-0003/8.3.5.2.8/3",
        "a key is found by the begin of its RelativeKeyID",
        |service| service.find_key = |records, id| {
            records.keys.values().find(|key| key.relative_key_id.starts_with(id))
        }
    },
];

pub(super) const COMMANDS: &[Fault] = &[
    Fault {
        name: "MefReissuedAsIssued",
        requirement: "TS-0003/8.3.9.2/7",
        summary: "MEF: a command that comes again is said to be new",
        apply: |clauses| clauses.mef.command_status = |_| 10,
    },
    Fault {
        name: "MefOldReportTaken",
        requirement: "TS-0003/8.3.9.3/4",
        summary: "MEF: a report on any command closes the latest one",
        apply: |clauses| clauses.mef.is_latest = |_, _| true,
    },
    Fault {
        name: "MefBadReportTaken",
        requirement: "TS-0003/8.3.9.3/3",
        summary: "MEF: a report with a status that is none closes its command",
        apply: |clauses| clauses.mef.reported_status = |_| Some(20),
    },
    Fault {
        name: "MefCommandsOfOthers",
        requirement: "TS-0003/8.3.9.2/5",
        summary: "MEF: whoever knows the identifier of a registration gets its commands",
        apply: |clauses| clauses.mef.owns_commands = |_, _| true,
    },
    Fault {
        name: "MefTwoRowsOfArguments",
        requirement: "TS-0003/12.4.5/S1",
        summary: "MEF: a command has arguments of its class and empty ones of another",
        apply: |clauses| {
            clauses.mef.next_command = |scene, registration| {
                let mut command = (SPECIFIED.next_command)(scene, registration);
                if let Some(args) = command.get_mut("cmdArgs").and_then(|it| it.as_object_mut()) {
                    args.entry("noMoreCmdArgs").or_insert_with(|| json!({}));
                    args.entry("devCfgCmdArgs").or_insert_with(|| json!({}));
                }
                command
            };
        },
    },
    Fault {
        name: "MefForeignServerInCommand",
        requirement: "TS-0003/8.3.9.7/2",
        summary: "MEF: certificates are provisioned by a server of another name",
        apply: |clauses| {
            clauses.mef.next_command = |scene, registration| {
                let mut command = (SPECIFIED.next_command)(scene, registration);
                let uri = command.pointer_mut("/cmdArgs/certProvCmdArgs/URI");
                if let Some(uri) = uri {
                    *uri = json!("https://est.example.org/.well-known/est");
                }
                command
            };
        },
    },
    Fault {
        name: "MefNoRetryDuration",
        requirement: "TS-0003/8.3.9.6/1",
        summary: "MEF: NO_MORE_COMMANDS does not say when to ask again",
        apply: |clauses| {
            clauses.mef.next_command = |scene, registration| {
                let mut command = (SPECIFIED.next_command)(scene, registration);
                let args = command.pointer_mut("/cmdArgs/noMoreCmdArgs");
                if let Some(args) = args {
                    *args = json!({});
                }
                command
            };
        },
    },
    Fault {
        name: "MefDeviceProtocolUnknown",
        requirement: "TS-0003/12.2/S3",
        summary: "MEF: deviceConfigURI has no number of its protocol",
        apply: |clauses| {
            clauses.mef.next_command = |scene, registration| {
                let mut command = (SPECIFIED.next_command)(scene, registration);
                let uri = command.pointer_mut("/cmdArgs/devCfgCmdArgs/deviceConfigURI");
                if let Some(uri) = uri {
                    let bare = uri.as_str().and_then(|text| text.split_once(':'));
                    *uri = json!(bare.map(|(_, bare)| bare));
                }
                command
            };
        },
    },
    Fault {
        name: "MefSuidForAnchors",
        requirement: "TS-0003/8.3.9.9.1/1",
        summary: "MEF: MO_NODE has a SUID for objects that have none",
        apply: |clauses| {
            clauses.mef.next_command = |scene, registration| {
                let mut command = (SPECIFIED.next_command)(scene, registration);
                let kind = command.pointer_mut("/cmdArgs/MONodeCmdArgs/objectTypeID");
                if let Some(kind) = kind {
                    *kind = json!(2);
                }
                command
            };
        },
    },
];
