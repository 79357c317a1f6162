//! `replay`: runs the steps of a finding again.

use super::args::ReplayArgs;
use super::fuzz::{watched, way};
use super::output::talk;
use super::run::iut::Iut;
use super::{CliError, catalogue, profile};
use crate::campaign::confirm::Confirmation;
use crate::campaign::field::Field;
use crate::campaign::finding::{Finding, SCHEMA};
use crate::campaign::memory::{CLASS, Memory};
use crate::campaign::site::Site;
use crate::campaign::trial::Seen;
use crate::catalogue::Catalogue;
use crate::engine::setup::{Live, facts};
use crate::profile::Profile;
use crate::report::text::bounded;
use std::path::Path;
use std::sync::Arc;

/// Exit 1 if the finding was seen again, 0 if not.
pub fn execute(args: &ReplayArgs) -> Result<u8, CliError> {
    let finding = read(&args.file)?;
    let memory = watched(&args.memory)?;
    if finding.trouble.class == CLASS && memory.is_none() {
        return Err(
            CliError::usage("the finding is about the memory of the IUT")
                .hint("`--pid N` names its process on this machine"),
        );
    }
    let catalogue = catalogue()?;
    let profile = match &args.profile.profile {
        Some(_) => profile(&args.profile.given(), &catalogue)?,
        None => described(&finding, &args.profile.sets, &catalogue)?,
    };
    let runtime = tokio::runtime::Runtime::new()
        .map_err(|error| CliError::tester(format!("the runtime does not start: {error}")))?;
    runtime.block_on(replay(args, &finding, memory, &catalogue, &profile))
}

async fn replay(
    args: &ReplayArgs,
    finding: &Finding,
    memory: Option<Memory>,
    catalogue: &Catalogue,
    profile: &Profile,
) -> Result<u8, CliError> {
    let iut = Iut::open(profile).await?;
    let judged = iut.judged();
    let facts = facts(&judged, catalogue, finding.seed);
    let surface = finding.site.surface;
    let (network, _) = way(surface, &iut.reached()).await?;
    let links = Arc::new(Live::new(network.clone(), &facts));
    let site = Site::of(&facts, &judged.tester.sources);
    let site = site.by(surface, &facts).ok_or_else(|| {
        CliError::usage("the finding needs credentials, which no file of a finding holds")
            .hint("`--profile FILE` names the profile that has them")
    })?;
    let field = Field::on_network(site, links, &network, finding.seed, 1).watching(memory);
    // Names that no campaign and no earlier replay has.
    let run = super::run::inputs::drawn_seed() >> 8;
    let mut confirmation = Confirmation::new(&field, run);
    let (mut shown, mut reached) = (0, false);
    for _ in 0..args.times {
        let trial = confirmation.run(&finding.steps).await;
        let trial = trial.map_err(|error| CliError::tester(error.to_string()))?;
        let seen = trial.seen.as_ref();
        reached |= !seen.is_some_and(|seen| seen.is_dead && seen.at == 0);
        match seen {
            Some(seen) if seen.trouble.is_like(&finding.trouble) => {
                shown += 1;
                talk(&told("reproduced", seen));
            }
            Some(seen) => talk(&told("something else", seen)),
            None => talk("not reproduced"),
        }
    }
    let endpoint = iut.endpoint();
    iut.close().await;
    if !reached {
        return Err(
            CliError::unreachable(format!("the IUT at {endpoint} was not reached"))
                .hint("`--set endpoints.http=http://HOST:PORT` names another"),
        );
    }
    super::output::data(&format!("{shown} of {} reproduced\n", args.times))?;
    Ok(u8::from(shown > 0))
}

fn told(what: &str, seen: &Seen) -> String {
    let text = format!(
        "{what} at {}: expected {}, observed {}",
        seen.step, seen.trouble.expected, seen.trouble.observed
    );
    bounded(&text, 500).into_owned()
}

/// Reads a finding's file.
pub(super) fn read(path: &Path) -> Result<Finding, CliError> {
    let name = path.display();
    let unreadable = |error: String| {
        CliError::usage(format!("{name}: {error}")).hint("`fuzz` writes such files into findings/")
    };
    let text = std::fs::read_to_string(path).map_err(|error| unreadable(error.to_string()))?;
    let finding: Finding =
        serde_json::from_str(&text).map_err(|error| unreadable(error.to_string()))?;
    match finding.schema == SCHEMA {
        true => Ok(finding),
        false => Err(unreadable(format!(
            "expected the schema {SCHEMA}, got {:?}",
            finding.schema
        ))),
    }
}

/// The IUT as the finding describes it.
fn described(
    finding: &Finding,
    sets: &[String],
    catalogue: &Catalogue,
) -> Result<Profile, CliError> {
    let site = &finding.site;
    let (scheme, _) = finding.endpoint.split_once("://").unwrap_or_default();
    let mut document = toml::Table::new();
    let mut put = |table: &str, key: &str, value: toml::Value| {
        let entry = document
            .entry(table)
            .or_insert_with(|| toml::Value::Table(toml::Table::new()));
        if let toml::Value::Table(table) = entry {
            table.insert(key.to_owned(), value);
        }
    };
    for key in ["name", "vendor", "version"] {
        put("iut", key, "as the finding says".into());
    }
    put("iut", "roles", vec!["CSE".to_owned()].into());
    put("iut", "release", i64::from(site.release).into());
    put("cse", "id", format!("/{}", site.cse_id).into());
    put("cse", "base", site.cse_base.clone().into());
    if !site.sp_domain.is_empty() {
        put("cse", "sp_domain", site.sp_domain.clone().into());
    }
    put("endpoints", scheme, finding.endpoint.clone().into());
    put("identities", "admin", site.administrator.clone().into());
    put("identities", "ae_stem", site.ae_stem.clone().into());
    put("tester", "sources", site.sources.clone().into());
    for (name, claimed) in &site.pics {
        put("pics", name, (*claimed).into());
    }
    for (name, value) in &site.pixit {
        put("pixit", name, value.clone().into());
    }
    let patience = i64::try_from(finding.response_timeout_ms).unwrap_or(3000);
    put("limits", "response_timeout_ms", patience.into());
    let text = toml::to_string(&document)
        .map_err(|error| CliError::tester(format!("no profile can be written: {error}")))?;
    Ok(Profile::read_with("the finding", text, sets, catalogue)?)
}
