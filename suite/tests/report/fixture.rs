//! Results made by hand.

use onem2m_conform::catalogue::{Disposition, Kind, Ledger, LedgerCounts, LedgerEntry, Level};
use onem2m_conform::report::{
    Cse, Header, Identities, Iut, PurposeResult, Resolved, Results, Selected, Tool, Waiver,
};
use onem2m_conform::verdict::{Cause, Judgement, Reason, Scope, Verdict};
use std::time::Duration;
use time::Date;
use time::macros::{date, datetime};

/// The day on which all runs here started.
const TODAY: Date = date!(2026 - 11 - 21);

pub fn header(strict: bool, waivers: Vec<Waiver>) -> Header {
    Header {
        tool: Tool {
            name: "onem2m-conform".into(),
            version: "0.1.0".into(),
            commit: None,
            catalogue_sha256: "00".repeat(32),
            specifications: vec!["TS-0003 V3.18.0".into()],
        },
        profile_sha256: "11".repeat(32),
        iut: Iut {
            name: "Example CSE".into(),
            vendor: "Example".into(),
            version: "1.0".into(),
        },
        seed: 42,
        started: datetime!(2026-11-21 23:59:59.5 UTC).into(),
        scope: Scope::Full,
        selection: Selected {
            patterns: vec![],
            scope: Scope::Full,
        },
        partition: None,
        strict,
        resolved: Resolved {
            roles: vec!["CSE".into()],
            release: 3,
            cse: Cse {
                id: "/id-in".into(),
                base: "cse-in".into(),
                sp_domain: None,
            },
            endpoints: [("http".into(), "http://127.0.0.1:8080".into())].into(),
            identities: Identities {
                admin: "CAdmin".into(),
                ae_stem: "Cconf".into(),
            },
            sources: vec!["127.0.0.1".into()],
            pics: [("PICS_ACP".into(), true)].into(),
            pixit: [("PIXIT_TWAIT".into(), "3000".into())].into(),
            defaults_used: vec!["PIXIT_TWAIT".into()],
            credentials: Vec::new(),
        },
        waivers,
    }
}

pub fn judgement(verdict: Verdict) -> Judgement {
    match verdict {
        Verdict::Pass => Judgement::pass(),
        Verdict::Fail => Judgement::fail(
            Cause::WrongDecision,
            "response status code 4103",
            "response status code 2000",
        )
        .at("stimulus"),
        Verdict::Inconclusive => Judgement::inconclusive(Reason::Timeout, "no answer in 3 s"),
        Verdict::Error => Judgement::error("the transcript cannot be written"),
        Verdict::NotApplicable => Judgement::not_applicable("PICS_ACP is not claimed"),
    }
}

pub fn result(id: &str, judgement: Judgement) -> PurposeResult {
    let was_run = judgement.verdict != Verdict::NotApplicable;
    PurposeResult {
        id: id.into(),
        group: id.split('/').nth(1).unwrap().to_lowercase(),
        title: "A retrieval outside the window is denied".into(),
        kind: Kind::Invalid,
        judgement,
        advisory: false,
        requirements: vec!["TS-0003/7.1.5/2".into()],
        threats: vec![16],
        reproduce: was_run.then(|| format!("onem2m-conform run {id} --seed 42")),
        transcript: was_run.then(|| format!("transcripts/{}.jsonl", id.replace('/', "."))),
        duration_ms: if was_run { 559 } else { 0 },
        waiver: None,
        attempts: None,
    }
}

pub fn waiver(purpose: &str, expires: Date) -> Waiver {
    Waiver {
        purpose: purpose.into(),
        owner: "access team".into(),
        reason: "fixed in 1.1".into(),
        expires,
    }
}

/// A waiver on its last day.
pub fn valid_waiver(purpose: &str) -> Waiver {
    waiver(purpose, TODAY)
}

/// A waiver on the day after its last.
pub fn expired_waiver(purpose: &str) -> Waiver {
    waiver(purpose, TODAY.previous_day().unwrap())
}

pub fn conclude(header: Header, purposes: Vec<PurposeResult>) -> Results {
    let ledger = Ledger {
        counts: LedgerCounts {
            total: 1,
            tested: 1,
            ..LedgerCounts::default()
        },
        requirements: vec![LedgerEntry {
            id: "TS-0003/7.1.5/2".into(),
            level: Level::Shall,
            disposition: Disposition::Tested {
                purposes: purposes.iter().map(|it| it.id.clone()).collect(),
            },
        }],
    };
    Results::conclude(header, purposes, ledger, Duration::from_millis(1234))
}
