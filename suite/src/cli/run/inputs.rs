//! What a run is given, and the folder that it fills.

use crate::catalogue::{Catalogue, Partition, Purpose};
use crate::cli::CliError;
use crate::cli::args::RunArgs;
use crate::profile::Profile;
use crate::purposes::Facts;
use crate::report::same_run::{self, Difference};
use crate::report::{
    Credential, Cse, Folder, Header, Identities, Iut, PurposeResult, Recorded, Resolved, Selected,
    Timestamp, Tool, Waiver,
};
use crate::verdict::{Scope, Verdict};
use std::collections::BTreeSet;
use std::hash::{BuildHasher, Hasher, RandomState};

/// What is asked of a run: by the command line, else by the run that it takes up.
pub struct Asked {
    /// Which purposes.
    pub patterns: Vec<String>,
    /// Which part of them.
    pub partition: Option<Partition>,
    /// The seed of everything random.
    pub seed: u64,
    /// Whether advisory fails count.
    pub strict: bool,
    /// The run that is taken up.
    pub earlier: Option<Recorded>,
}

impl Asked {
    /// Reads the arguments, and the results of the run that is taken up.
    pub fn read(args: &RunArgs) -> Result<Self, CliError> {
        let earlier = args.rerun.as_deref().map(Recorded::read).transpose()?;
        let before = earlier.as_ref().map(|earlier| &earlier.header);
        let partition = args.partition.as_deref().map(partition).transpose()?;
        let taken_up = before.filter(|_| args.patterns.is_empty() && partition.is_none());
        Ok(Self {
            patterns: match taken_up {
                Some(before) => before.selection.patterns.clone(),
                None => args.patterns.clone(),
            },
            partition: match taken_up {
                Some(before) => before.partition.clone(),
                None => partition.filter(|partition| !partition.is_whole()),
            },
            seed: args
                .seed
                .or(before.map(|before| before.seed))
                .unwrap_or_else(drawn_seed),
            strict: args.strict || before.is_some_and(|before| before.strict),
            earlier,
        })
    }

    /// What the run that is taken up judged already, its transcripts copied into the folder. What it
    /// judged without a transcript that can be copied is judged again.
    pub fn judged(
        &self,
        selection: &[&Purpose],
        folder: &Folder,
    ) -> Result<Vec<PurposeResult>, CliError> {
        let Some(earlier) = &self.earlier else {
            return Ok(Vec::new());
        };
        let is_meant = |result: &&PurposeResult| {
            let verdict = result.judgement.verdict;
            matches!(verdict, Verdict::Pass | Verdict::Fail)
                && selection.iter().any(|purpose| purpose.id == result.id)
        };
        let mut judged = Vec::new();
        for result in earlier.purposes.iter().filter(is_meant) {
            let mut result = result.clone();
            if folder
                .adopt_transcript(&mut result, earlier.folder())
                .is_ok()
            {
                judged.push(result);
            }
        }
        Ok(judged)
    }

    /// Refuses to take up a run whose verdicts depend on something else.
    pub fn refuse_another_run(&self, header: &Header) -> Result<(), CliError> {
        let Some(earlier) = &self.earlier else {
            return Ok(());
        };
        let all = same_run::differences(&earlier.header, header, same_run::VERDICTS);
        let Some(Difference { field, left, right }) = all.into_iter().next() else {
            return Ok(());
        };
        let path = earlier.path.display();
        Err(CliError::usage(format!(
            "{path} is of another run: {field} is {left} there, {right} here"
        ))
        .hint("take a run up with its own profile and version, and without --seed"))
    }
}

fn partition(text: &str) -> Result<Partition, CliError> {
    text.parse::<Partition>().map_err(|error| {
        CliError::usage(format!("--partition: {error}"))
            .hint("`--partition 1/3`, `2/3` and `3/3` together run everything")
    })
}

/// The folder of the run.
pub fn folder(args: &RunArgs, started: Timestamp) -> Result<Folder, CliError> {
    let folder = match &args.out {
        Some(path) => Folder::create(path),
        None => Folder::create_default(started),
    };
    folder.map_err(|error| CliError::usage(error.to_string()).hint(error.hint()))
}

/// A seed that nobody chose.
pub fn drawn_seed() -> u64 {
    RandomState::new().build_hasher().finish() & u64::from(u32::MAX)
}

/// What the results say of the run as a whole.
pub fn header(
    profile: &Profile,
    catalogue: &Catalogue,
    asked: &Asked,
    scope: Scope,
    facts: &Facts,
    started: Timestamp,
) -> Header {
    Header {
        tool: Tool::this(
            option_env!("ONEM2M_CONFORM_COMMIT").map(str::to_owned),
            catalogue.sha256.clone(),
            specifications(catalogue),
        ),
        profile_sha256: profile.sha256.clone(),
        iut: Iut {
            name: profile.iut.name.clone(),
            vendor: profile.iut.vendor.clone(),
            version: profile.iut.version.clone(),
        },
        seed: facts.seed,
        started,
        scope: match asked.partition {
            Some(_) => Scope::Selection,
            None => scope,
        },
        selection: Selected {
            patterns: asked.patterns.clone(),
            scope,
        },
        partition: asked.partition.clone(),
        strict: asked.strict,
        resolved: Resolved {
            roles: profile.iut.roles.iter().map(ToString::to_string).collect(),
            release: profile.iut.release,
            cse: Cse {
                id: profile.cse.id.clone(),
                base: profile.cse.base.clone(),
                sp_domain: profile.cse.sp_domain.clone(),
            },
            endpoints: profile.shown_endpoints(),
            identities: Identities {
                admin: profile.identities.admin.clone(),
                ae_stem: profile.identities.ae_stem.clone(),
            },
            sources: profile.tester.sources.clone(),
            pics: facts.pics.clone(),
            pixit: facts.pixit.clone(),
            defaults_used: profile.pixit_defaults(catalogue),
            credentials: profile.provisioned.iter().map(Credential::from).collect(),
        },
        waivers: profile
            .waiver
            .iter()
            .map(|waiver| Waiver {
                purpose: waiver.purpose.clone(),
                owner: waiver.owner.clone(),
                reason: waiver.reason.clone(),
                expires: waiver.expires,
            })
            .collect(),
    }
}

fn specifications(catalogue: &Catalogue) -> Vec<String> {
    let specifications: BTreeSet<&str> = catalogue
        .requirements
        .values()
        .map(|requirement| requirement.spec.as_str())
        .collect();
    specifications.into_iter().map(str::to_owned).collect()
}
