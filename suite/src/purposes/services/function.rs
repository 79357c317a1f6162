//! Purposes of key services that differ in more than one thing. MAF and MEF are judged by the same functions.

use super::certificates::{self, Wrong};
use super::desk::Desk;
use super::{clients, commands, end_to_end, enrolments, expiry, handshakes, keys, retrievals};
use crate::purposes::Function;
use onem2m_server::ServiceRole;

/// The function that runs `$judge` at the desk of a service, and removes what it made.
macro_rules! at_desk {
    ($role:expr, $judge:path) => {{
        let function: Function = |_, world| {
            Box::pin(async move {
                let mut desk = Desk::new(world, $role)?;
                let result = $judge(&mut desk).await;
                desk.clean_up().await;
                result.and_then(|()| desk.open.map_or(Ok(()), Err))
            })
        };
        function
    }};
}

/// The same function for both services.
macro_rules! of_either {
    ($role:expr, $judge:path) => {
        match $role {
            ServiceRole::Maf => at_desk!(ServiceRole::Maf, $judge),
            ServiceRole::Mef => at_desk!(ServiceRole::Mef, $judge),
        }
    };
}

/// The function of a purpose.
pub fn function(id: &str) -> Option<Function> {
    let of_maf = id.strip_prefix("MAF/MAF/").map(|it| (ServiceRole::Maf, it));
    let of_mef = id.strip_prefix("MEF/MEF/").map(|it| (ServiceRole::Mef, it));
    let Some((role, purpose)) = of_maf.or(of_mef) else {
        return of_commands(id)
            .or_else(|| of_certificates(id))
            .or_else(|| of_certified_enrolments(id))
            .or_else(|| of_end_to_end_keys(id));
    };
    Some(match purpose {
        "HS/001" => of_either!(role, handshakes::identifies_by_key),
        "HS/005" => of_either!(role, handshakes::identifies_by_certificate),
        "HS/008" => of_either!(role, handshakes::serves_nobody_in_the_clear),
        "HS/009" => of_either!(role, handshakes::folds_the_relative_part),
        "CLR/001" => of_either!(role, clients::is_recorded),
        "CLR/002" => of_either!(role, clients::comes_from_the_session),
        "CLR/007" => of_either!(role, clients::are_kept_apart),
        "CLR/008" => of_either!(role, clients::is_not_doubled),
        "CLR/009" => of_either!(role, clients::is_updated),
        "CLR/012" => of_either!(role, expiry::registration),
        "CLR/013" => of_either!(role, clients::configuration_is_its_own),
        "CLR/014" => of_either!(role, clients::is_ended),
        "KEY/001" => of_either!(role, keys::is_exported),
        "KEY/002" => of_either!(role, keys::is_exported_from_either_master),
        "KEY/003" => of_either!(role, keys::is_exported_of_a_resumed_session),
        "KEY/004" => of_either!(role, keys::is_exported_once),
        "KEY/005" => of_either!(role, keys::is_kept),
        "KEY/011" => of_either!(role, keys::has_an_identifier_of_its_own),
        "KEY/012" => of_either!(role, keys::tells_the_source),
        "KEY/013" => of_either!(role, keys::is_updated),
        "KEY/014" => of_either!(role, keys::has_new_targets_at_once),
        "KEY/017" => of_either!(role, expiry::updated_key),
        "KEY/018" => of_either!(role, keys::is_ended),
        "RET/001" => of_either!(role, retrievals::by_the_target),
        "RET/006" => of_either!(role, expiry::retrieved_key),
        "RET/008" => of_either!(role, retrievals::among_changes),
        _ => return None,
    })
}

fn of_end_to_end_keys(id: &str) -> Option<Function> {
    let of_maf = id.strip_prefix("MAF/E2EKEY/TEF/");
    let of_maf = of_maf.map(|it| (ServiceRole::Maf, it));
    let of_mef = id.strip_prefix("MEF/E2EKEY/TEF/");
    let (role, purpose) = of_maf.or(of_mef.map(|it| (ServiceRole::Mef, it)))?;
    Some(match purpose {
        "001" => of_either!(role, end_to_end::reach_all_targets),
        "003" => of_either!(role, end_to_end::need_a_session_of_the_target),
        "004" => of_either!(role, end_to_end::are_for_one_receiver),
        "005" => of_either!(role, end_to_end::end_with_their_time),
        "006" => of_either!(role, end_to_end::end_with_their_registration),
        "007" => of_either!(role, end_to_end::are_withdrawn),
        "009" => of_either!(role, end_to_end::stay_what_they_are),
        "010" => of_either!(role, end_to_end::do_not_collide),
        "015" => of_either!(role, end_to_end::shows_no_key),
        "017" => of_either!(role, end_to_end::reach_the_receiver),
        _ => return None,
    })
}

/// The function that judges whether requests with these things wrong are refused.
macro_rules! refuses {
    ($($wrong:ident),+ $(,)?) => {{
        let function: Function = |_, world| {
            Box::pin(async move {
                let mut desk = Desk::new(world, ServiceRole::Mef)?;
                certificates::certifies_nobody_else(&mut desk, &[$(Wrong::$wrong),+]).await
            })
        };
        function
    }};
}

fn of_certified_enrolments(id: &str) -> Option<Function> {
    Some(match id.strip_prefix("MEF/RSPF/CERT/")? {
        "001" => at_desk!(ServiceRole::Mef, enrolments::of_certificates),
        "002" => at_desk!(ServiceRole::Mef, enrolments::of_raw_public_keys),
        "003" => at_desk!(ServiceRole::Mef, enrolments::none_of_wrong_certificates),
        "004" => at_desk!(ServiceRole::Mef, enrolments::shows_its_certificate),
        _ => return None,
    })
}

fn of_certificates(id: &str) -> Option<Function> {
    Some(match id.strip_prefix("MEF/RSPF/EST/")? {
        "001" => at_desk!(ServiceRole::Mef, certificates::gives_authorities),
        "002" => at_desk!(ServiceRole::Mef, certificates::gives_attributes),
        "003" => at_desk!(ServiceRole::Mef, certificates::issues_to_clients),
        "004" => refuses![NameOfAnother, NameBeside],
        "005" => refuses![NoName, CommonName],
        "006" => refuses![
            OtherChallenge,
            NoChallenge,
            EmptyChallenge,
            ChallengeOfAnother
        ],
        "007" => refuses![SignedByAnother, SignatureBit],
        "008" => refuses![Rsa, P384, Compressed],
        "009" => refuses![Authority, CertificateSigning, Wildcard, NameOfTheService],
        "010" => at_desk!(ServiceRole::Mef, certificates::serves_clients_alone),
        "011" => at_desk!(ServiceRole::Mef, certificates::asks_for_no_password),
        "012" => at_desk!(ServiceRole::Mef, certificates::renews),
        "013" => at_desk!(ServiceRole::Mef, certificates::generates_keys_or_not),
        "014" => at_desk!(ServiceRole::Mef, certificates::broken),
        _ => return None,
    })
}

fn of_commands(id: &str) -> Option<Function> {
    Some(match id {
        "MEF/RSPF/CMD/001" => at_desk!(ServiceRole::Mef, commands::are_issued),
        "MEF/RSPF/CMD/002" => at_desk!(ServiceRole::Mef, commands::are_reissued),
        "MEF/RSPF/PSK/001" => at_desk!(ServiceRole::Mef, enrolments::is_derived),
        "MEF/RSPF/PSK/002" => at_desk!(ServiceRole::Mef, enrolments::is_derived_in_one_way),
        "MEF/RSPF/PSK/003" => at_desk!(ServiceRole::Mef, enrolments::depends_on_the_usage),
        "MEF/RSPF/PSK/005" => at_desk!(ServiceRole::Mef, enrolments::in_whatever_case),
        "MEF/RSPF/PSK/006" => at_desk!(ServiceRole::Mef, enrolments::is_new_each_time),
        "MEF/RSPF/PSK/007" => at_desk!(ServiceRole::Mef, enrolments::none_of_a_wrong_key),
        "MEF/RSPF/PSK/008" => at_desk!(ServiceRole::Mef, enrolments::none_of_an_unknown_identity),
        "MEF/RSPF/PSK/009" => at_desk!(ServiceRole::Mef, enrolments::none_of_another_domain),
        "MEF/RSPF/PSK/010" => at_desk!(ServiceRole::Mef, enrolments::none_of_half_a_handshake),
        "MEF/RSPF/PSK/014" => at_desk!(ServiceRole::Mef, enrolments::under_other_identifiers),
        "MEF/RSPF/PSK/015" => at_desk!(ServiceRole::Mef, enrolments::by_another_client),
        "MEF/RSPF/PSK/016" => at_desk!(ServiceRole::Mef, enrolments::for_other_usages),
        "MEF/RSPF/PSK/017" => at_desk!(ServiceRole::Mef, enrolments::by_from),
        "MEF/RSPF/PSK/018" => at_desk!(ServiceRole::Mef, enrolments::has_an_end),
        "MEF/RSPF/CMD/003" => at_desk!(ServiceRole::Mef, commands::have_their_arguments),
        _ => return None,
    })
}
