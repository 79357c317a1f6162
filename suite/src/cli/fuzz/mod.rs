//! `fuzz`: hunts for what no purpose looks for.

mod folder;
mod watch;

use super::args::{FuzzArgs, MemoryArgs};
use super::output::{count, talk};
use super::run::inputs::drawn_seed;
use super::run::iut::Iut;
use super::{CliError, catalogue, profile};
use crate::campaign::field::Field;
use crate::campaign::finding::Circumstances;
use crate::campaign::hunt::{Hunted, hunt, prepare};
use crate::campaign::memory::Memory;
use crate::campaign::report::Account;
use crate::campaign::site::Site;
use crate::campaign::surface::Surface;
use crate::catalogue::Catalogue;
use crate::engine::setup::{Live, facts, network};
use crate::engine::sweep::sweep;
use crate::profile::Profile;
use crate::purposes::Facts;
use crate::report::Timestamp;
use crate::tester::link::LinkError;
use crate::tester::network::Network;
use folder::Folder;
use std::sync::Arc;
use std::time::Duration;
use watch::{Interruption, Watch};

/// Hunts; exit 0 if nothing was found, 1 if something was.
pub fn execute(args: &FuzzArgs) -> Result<u8, CliError> {
    let time = duration(&args.time)?;
    let catalogue = catalogue()?;
    let profile = profile(&args.profile, &catalogue)?;
    let memory = watched(&args.memory)?;
    let seed = args.seed.unwrap_or_else(drawn_seed);
    let runtime = tokio::runtime::Runtime::new()
        .map_err(|error| CliError::tester(format!("the runtime does not start: {error}")))?;
    let bounds = Bounds { time, seed, memory };
    runtime.block_on(campaign(args, bounds, &catalogue, &profile))
}

/// What a campaign is given beside its profile.
#[derive(Clone, Copy)]
struct Bounds {
    time: Duration,
    seed: u64,
    memory: Option<Memory>,
}

async fn campaign(
    args: &FuzzArgs,
    bounds: Bounds,
    catalogue: &Catalogue,
    profile: &Profile,
) -> Result<u8, CliError> {
    let Bounds { time, seed, memory } = bounds;
    let mut iut = Iut::open(profile).await?;
    let reached = iut.reached();
    let facts = facts(&iut.judged(), catalogue, seed);
    let surfaces = match args.surfaces.as_slice() {
        [] => vec![Surface::Http],
        chosen => chosen.to_vec(),
    };
    let mut doors = Vec::new();
    for surface in &surfaces {
        let (field, around) = door(*surface, &reached, &facts, seed).await?;
        doors.push((field.watching(memory), around));
    }
    let links = Live::new(iut.network(), &facts);
    let (gone, left) = sweep(&facts, &links).await;
    if gone + left.len() > 0 {
        let leftovers = count(gone, "leftover");
        talk(&format!(
            "{leftovers} of earlier runs removed, {} stay",
            left.len()
        ));
    }
    for (field, around) in &doors {
        prepare(field)
            .await
            .map_err(|error| tester(&error))?
            .map_err(|why| unprepared(&around.endpoint, &why))?;
    }
    let started = Timestamp::now();
    let folder = Folder::create(args, started)?;
    let share = time / u32::try_from(doors.len()).unwrap_or(1).max(1);
    let interruption = Interruption::listen();
    let held = memory.and_then(Memory::held);
    let mut found = Found::default();
    for (field, around) in &doors {
        talk(&format!(
            "fuzzing {} at {} ({}) for {} s, seed {seed}",
            profile.iut.name,
            around.endpoint,
            around.surface,
            share.as_secs()
        ));
        let mut watch = Watch::new(share, &folder, &interruption, found.count());
        let hunted = hunt(field, around, &mut iut, &mut watch).await;
        let hunted = hunted.map_err(|error| tester(&error))?;
        if let Some(error) = watch.trouble() {
            return Err(error);
        }
        talk(&watch.line(&hunted.standing));
        found.take(hunted, watch.elapsed());
    }
    if let (Some(before), Some(after)) = (held, memory.and_then(Memory::held)) {
        talk(&format!(
            "memory of the IUT: {} MiB before, {} MiB after",
            before >> 20,
            after >> 20
        ));
    }
    iut.close().await;
    let Some((_, around)) = doors.first() else {
        return Err(CliError::usage("no surface"));
    };
    folder.conclude(&Account {
        around,
        hunted: &found.hunted,
        started: started.into(),
        elapsed: found.elapsed,
        iut: &profile.iut.name,
    })?;
    tell(&found.hunted, &folder);
    Ok(u8::from(!found.hunted.findings.is_empty()))
}

/// The IUT by one of its doors, and what a finding there carries along.
async fn door(
    surface: Surface,
    reached: &Profile,
    facts: &Facts,
    seed: u64,
) -> Result<(Field, Circumstances), CliError> {
    let site = Site::of(facts, &reached.tester.sources)
        .by(surface, facts)
        .ok_or_else(|| {
            CliError::usage(format!(
                "surface {surface}: the profile has no credentials of three AEs"
            ))
            .hint("credentials.psk.NAME with entity; profiles/template.toml explains them")
        })?;
    let (network, endpoint) = way(surface, reached).await?;
    let links = Arc::new(Live::new(network.clone(), facts));
    let field = Field::on_network(site.clone(), links, &network, seed, reached.limits.jobs);
    let around = Circumstances {
        seed,
        surface: surface.to_string(),
        endpoint,
        response_timeout_ms: reached.limits.response_timeout_ms,
        site,
    };
    Ok((field, around))
}

/// The network with the endpoints that a surface uses alone, and the URL of the one that it is about.
pub(super) async fn way(
    surface: Surface,
    reached: &Profile,
) -> Result<(Arc<Network>, String), CliError> {
    let own = surface.endpoint();
    let url = reached.endpoints.url(own).map(str::to_owned);
    let url = url.ok_or_else(|| {
        let key = own.key();
        CliError::usage(format!(
            "surface {surface}: the profile has no endpoints.{key}"
        ))
        .hint(format!(
            "`--set endpoints.{key}={key}://HOST:PORT` gives it"
        ))
    })?;
    let mut profile = reached.clone();
    let endpoints = &mut profile.endpoints;
    match surface {
        Surface::Http | Surface::Handshake | Surface::Https => endpoints.coaps = None,
        Surface::Coap => {
            endpoints.http = None;
            endpoints.https = None;
        }
        Surface::Coaps => endpoints.https = None,
    }
    let network = network(&profile)
        .await
        .map_err(|error| CliError::usage(error.to_string()))?;
    Ok((network, url))
}

/// What all surfaces came to.
#[derive(Default)]
struct Found {
    hunted: Hunted,
    elapsed: Duration,
}

impl Found {
    fn count(&self) -> usize {
        self.hunted.findings.len()
    }

    fn take(&mut self, mut hunted: Hunted, elapsed: Duration) {
        let all = &mut self.hunted;
        all.findings.append(&mut hunted.findings);
        all.left_behind.append(&mut hunted.left_behind);
        all.standing.sequences += hunted.standing.sequences;
        all.standing.requests += hunted.standing.requests;
        all.standing.shapes += hunted.standing.shapes;
        all.standing.findings = all.findings.len();
        all.ended = all.ended.take().or(hunted.ended);
        self.elapsed += elapsed;
    }
}

fn tell(hunted: &Hunted, folder: &Folder) {
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

/// The process whose memory is watched.
pub(super) fn watched(args: &MemoryArgs) -> Result<Option<Memory>, CliError> {
    let memory = args.pid.map(|pid| {
        Memory::of(pid).map_err(|error| {
            CliError::usage(format!("--pid {pid}: {error}"))
                .hint("it is the number of a process on this machine that runs as you do")
        })
    });
    memory.transpose()
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
