//! `fuzz`: hunts for what no purpose looks for.

mod folder;
mod watch;

use super::args::FuzzArgs;
use super::output::{count, talk};
use super::run::inputs::drawn_seed;
use super::run::iut::Iut;
use super::{CliError, catalogue, profile};
use crate::campaign::field::Field;
use crate::campaign::finding::Circumstances;
use crate::campaign::hunt::{Hunted, hunt, prepare};
use crate::campaign::report::Account;
use crate::campaign::site::Site;
use crate::catalogue::Catalogue;
use crate::engine::setup::{Live, facts};
use crate::engine::sweep::sweep;
use crate::profile::Profile;
use crate::report::Timestamp;
use crate::tester::link::LinkError;
use folder::Folder;
use std::sync::Arc;
use std::time::Duration;
use watch::Watch;

/// Hunts; exit 0 if nothing was found, 1 if something was.
pub fn execute(args: &FuzzArgs) -> Result<u8, CliError> {
    let time = duration(&args.time)?;
    let catalogue = catalogue()?;
    let profile = profile(&args.profile, &catalogue)?;
    let seed = args.seed.unwrap_or_else(drawn_seed);
    let runtime = tokio::runtime::Runtime::new()
        .map_err(|error| CliError::tester(format!("the runtime does not start: {error}")))?;
    runtime.block_on(campaign(args, time, seed, &catalogue, &profile))
}

async fn campaign(
    args: &FuzzArgs,
    time: Duration,
    seed: u64,
    catalogue: &Catalogue,
    profile: &Profile,
) -> Result<u8, CliError> {
    let mut iut = Iut::open(profile).await?;
    let profile = &iut.judged();
    let facts = facts(profile, catalogue, seed);
    let network = iut.network();
    let links = Arc::new(Live::new(network.clone(), &facts));
    let site = Site::of(&facts, &profile.tester.sources);
    let field = Field::on_network(site.clone(), links.clone(), &network, seed);
    let (gone, left) = sweep(&facts, links.as_ref()).await;
    if gone + left.len() > 0 {
        talk(&format!(
            "{} of earlier runs removed",
            count(gone, "leftover")
        ));
    }
    prepare(&field)
        .await
        .map_err(|error| tester(&error))?
        .map_err(|why| unprepared(&iut.endpoint(), &why))?;
    let started = Timestamp::now();
    let folder = Folder::create(args, started)?;
    talk(&format!(
        "fuzzing {} at {} for {} s, seed {seed}",
        profile.iut.name,
        iut.endpoint(),
        time.as_secs()
    ));
    let around = Circumstances {
        seed,
        surface: "http".to_owned(),
        endpoint: iut.endpoint(),
        response_timeout_ms: profile.limits.response_timeout_ms,
        site,
    };
    let mut watch = Watch::new(time, &folder);
    let hunted = hunt(&field, &around, &mut iut, &mut watch).await;
    let hunted = hunted.map_err(|error| tester(&error))?;
    if let Some(error) = watch.trouble() {
        return Err(error);
    }
    folder.conclude(&Account {
        around: &around,
        hunted: &hunted,
        started: started.into(),
        elapsed: watch.elapsed(),
        iut: &profile.iut.name,
    })?;
    tell(&hunted, &watch, &folder);
    iut.close().await;
    Ok(u8::from(!hunted.findings.is_empty()))
}

fn tell(hunted: &Hunted, watch: &Watch<'_>, folder: &Folder) {
    if let Some(why) = &hunted.ended {
        talk(why);
    }
    if !hunted.left_behind.is_empty() {
        let number = count(hunted.left_behind.len(), "resource");
        let names = hunted
            .left_behind
            .iter()
            .take(5)
            .cloned()
            .collect::<Vec<_>>();
        talk(&format!(
            "{number} could not be removed: {}",
            names.join(", ")
        ));
    }
    talk(&watch.line(&hunted.standing));
    talk(&format!("results: {}", folder.path().display()));
}

fn unprepared(endpoint: &str, why: &str) -> CliError {
    if why.contains("no connection") || why.contains("an IUT that can be reached") {
        return CliError::unreachable(format!("the IUT at {endpoint} was not reached: {why}"))
            .hint("is it up? `--set endpoints.http=http://HOST:PORT` names another");
    }
    CliError::usage(format!("nothing can be prepared at {endpoint}: {why}"))
        .hint("identities.admin creates below the CSEBase, and AEs whose AE-IDs begin with identities.ae_stem register")
}

fn tester(error: &LinkError) -> CliError {
    CliError::tester(error.to_string())
}

/// `90`, `90s`, `10m` or `1h`.
pub(super) fn duration(text: &str) -> Result<Duration, CliError> {
    let digits = text.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    let factor = match text.get(digits.len()..) {
        Some("" | "s") => Some(1),
        Some("m") => Some(60),
        Some("h") => Some(3600),
        _ => None,
    };
    let seconds = factor
        .zip(digits.parse::<u64>().ok())
        .and_then(|(factor, number)| number.checked_mul(factor))
        .filter(|seconds| *seconds > 0);
    seconds.map(Duration::from_secs).ok_or_else(|| {
        CliError::usage(format!("--time: expected a duration, got {text:?}"))
            .hint("for example 90s, 10m or 1h")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_have_units() {
        let seconds = |text| duration(text).map(|it| it.as_secs()).ok();
        assert_eq!(seconds("90"), Some(90));
        assert_eq!(seconds("20s"), Some(20));
        assert_eq!(seconds("10m"), Some(600));
        assert_eq!(seconds("1h"), Some(3600));
        for wrong in ["", "m", "0", "10d", "-1", "1m2", "99999999999999999999h"] {
            assert_eq!(seconds(wrong), None, "{wrong}");
        }
    }
}
