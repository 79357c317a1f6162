//! Procedures of a key service in words.

use super::Description;
use crate::catalogue::behaviour::{Deviation, DeviationEnds, Party, Procedure, Procedures};

/// What is there before, each attempt with what it has to come to, and the twin.
pub(super) fn describe(procedures: &Procedures) -> Description {
    let procedure = name(procedures.procedure);
    let mut steps: Vec<String> = procedures
        .runs
        .iter()
        .map(|run| {
            let procedure = run.procedure.map_or(procedure, name);
            format!(
                "{}: {procedure}{}; {}",
                run.name,
                otherwise(run),
                ends(run.ends)
            )
        })
        .collect();
    steps.push("read-back: what the twin made is as it was, and the service goes on".to_owned());
    Description {
        initial: given(procedures),
        steps,
        twin: vec![format!(
            "{procedure} as it has to be, by the client that may ask for it, succeeds"
        )],
    }
}

fn name(procedure: Procedure) -> &'static str {
    match procedure {
        Procedure::Handshake => "a handshake by the source, and client registration within it",
        Procedure::RegisterClient => "client registration by the source",
        Procedure::UpdateClient => "update of its client registration by the source",
        Procedure::EndClient => "client de-registration by the source",
        Procedure::Configuration => "retrieval of its client configuration by the source",
        Procedure::RegisterKey => "key registration by the source",
        Procedure::RetrieveKey => "key retrieval by the target",
        Procedure::UpdateKey => "update of its key registration by the source",
        Procedure::EndKey => "key de-registration by the source",
        Procedure::RetrieveCommand => "retrieval of its command by the source",
        Procedure::ReportCommand => "report on its command by the source",
    }
}

fn given(procedures: &Procedures) -> Vec<String> {
    let mut given = vec!["source, target and another client are registered".to_owned()];
    match procedures.procedure {
        Procedure::Handshake | Procedure::RegisterClient => given.clear(),
        Procedure::RetrieveKey | Procedure::UpdateKey | Procedure::EndKey => {
            given.push("the source has registered a key for the target".to_owned());
        }
        _ => {}
    }
    given.extend(
        procedures
            .suid
            .map(|suid| format!("keys are registered with SUID {suid}")),
    );
    given
}

fn otherwise(run: &Deviation) -> String {
    let mut told = Vec::new();
    if let Some(party) = run.party {
        told.push(match party {
            Party::Source => "by the source".to_owned(),
            Party::Target => "by the target".to_owned(),
            Party::Other => "by another client".to_owned(),
        });
    }
    told.extend(
        run.with
            .iter()
            .map(|(name, value)| format!("with {name} {value}")),
    );
    told.extend(run.without.iter().map(|name| format!("without {name}")));
    told.extend(run.twice.iter().map(|name| format!("with {name} twice")));
    told.extend(run.id.iter().map(|id| format!("under {id:?}")));
    told.extend(run.from.iter().map(|from| format!("with From {from:?}")));
    told.extend(run.credential.iter().map(|it| format!("over {it}")));
    told.extend(run.defect.iter().map(|it| format!("with the defect {it}")));
    for conduct in [&run.conduct].into_iter().chain(&run.variants) {
        if !conduct.is_empty() {
            told.push(serde_json::json!(conduct).to_string());
        }
    }
    if run.empty {
        told.push("without parameters".to_owned());
    }
    if run.unregistered {
        told.push("after the end of its registration".to_owned());
    }
    match told.is_empty() {
        true => String::new(),
        false => format!(", {}", told.join(", ")),
    }
}

fn ends(ends: DeviationEnds) -> &'static str {
    match ends {
        DeviationEnds::Refused => "it has to be refused",
        DeviationEnds::Granted => "it has to succeed",
        DeviationEnds::Open => "it has to be refused; success is inconclusive",
        DeviationEnds::Ineffective => "it has to be refused, or to change nothing",
        DeviationEnds::Harmless => "it has to be refused, or nobody gets the key",
        DeviationEnds::Served => "it has to succeed, and target and other get the key",
        DeviationEnds::Kept => "it has to be refused, or the target gets the Key Value",
        DeviationEnds::OneTarget => "it has to be refused, or the response has one target",
        DeviationEnds::ToCome => "it has to be refused, or the response has a time to come",
        DeviationEnds::Unbound => "it has to be refused, at the latest within the association",
        DeviationEnds::Noted => "what it comes to is noted",
    }
}
