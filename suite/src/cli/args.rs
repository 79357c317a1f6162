//! The command line, as clap reads it.

use crate::campaign::surface::Surface;
use clap::{Args, Parser, Subcommand, ValueHint};
use clap_complete::Shell;
use std::net::SocketAddr;
use std::path::PathBuf;

/// The whole command line.
#[derive(Debug, Clone, Parser)]
#[command(
    name = "onem2m-conform",
    version,
    about = ABOUT,
    long_about = None,
    args_conflicts_with_subcommands = true,
    max_term_width = 100,
    disable_help_subcommand = true,
    after_help = EXAMPLES,
)]
pub struct CommandLine {
    /// The command; none means `run`.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// The arguments of `run` when no command is named.
    #[command(flatten)]
    pub run: RunArgs,
}

const ABOUT: &str = "\
Judge the security of oneM2M implementations

Drives an implementation under test (IUT) through test purposes derived from oneM2M TS-0003 and
gives verdicts with evidence. Without a command it runs the purposes; without a profile the embedded
reference implementation is the IUT.";

const EXAMPLES: &str = "\
Examples:
  onem2m-conform                                        judge the embedded reference implementation
  onem2m-conform acp --profile my-cse.toml              judge your CSE with the group acp
  onem2m-conform 'CSE/ACP/OPS/*' --set endpoints.http=http://127.0.0.1:8080
  onem2m-conform list 'CSE/ACP/*'                       name the purposes
  onem2m-conform show CSE/ACP/OPS/006                   read one of them
  onem2m-conform serve --http 127.0.0.1:8080            start the reference implementation

Exit codes of run: 0 conformant, 1 nonconformant, 2 usage or profile error, 3 unreachable,
4 partial, 5 error of the tester itself.";

/// What to do.
#[derive(Debug, Clone, Subcommand)]
pub enum Command {
    /// Judge an IUT
    #[command(after_help = RUN_EXAMPLES)]
    Run(RunArgs),
    /// List purposes with requirement, PICS and kind
    #[command(after_help = LIST_EXAMPLES)]
    List(ListArgs),
    /// Show a purpose: its text, its requirements, the faults that it kills
    #[command(after_help = "Example:\n  onem2m-conform show CSE/ACP/OPS/006")]
    Show(ShowArgs),
    /// Print which requirements are covered, by what; exit 1 if one has no disposition
    #[command(after_help = "Example:\n  onem2m-conform ledger --json")]
    Ledger(LedgerArgs),
    /// Start the reference implementation, with faults if asked
    #[command(after_help = SERVE_EXAMPLES)]
    Serve(ServeArgs),
    /// Show that each fault of the reference is killed by a purpose; exit 1 if one survives
    #[command(after_help = "Example:\n  onem2m-conform self-test --fault AcpIgnoresWindow")]
    SelfTest(SelfTestArgs),
    /// Judge a recorded run again, without the IUT; exit 1 if a verdict differs
    #[command(after_help = "Example:\n  onem2m-conform rejudge reports/latest")]
    Rejudge(RejudgeArgs),
    /// Convert results, and merge the parts of a run
    #[command(after_help = REPORT_EXAMPLES)]
    Report(ReportArgs),
    /// Compare two runs; exit 1 if a verdict, claim, reading, the catalogue or the IUT changed
    #[command(after_help = "Example:\n  onem2m-conform diff old/results.json new/results.json")]
    Diff(DiffArgs),
    /// Send one primitive and print the exchange
    #[command(after_help = SEND_EXAMPLES)]
    Send(SendArgs),
    /// Ask an IUT what it can do, and write a profile
    #[command(
        after_help = "Example:\n  onem2m-conform probe http://127.0.0.1:8080 --out my-cse.toml"
    )]
    Probe(ProbeArgs),
    /// Check or list the test vectors
    #[command(after_help = VECTORS_EXAMPLES, disable_help_subcommand = true)]
    Vectors(VectorsArgs),
    /// Print the completions for a shell
    #[command(after_help = COMPLETIONS_EXAMPLES)]
    Completions(CompletionsArgs),
    /// Fuzz a live IUT: sequences of requests, judged by a model of what it has to decide
    #[command(after_help = FUZZ_EXAMPLES)]
    Fuzz(FuzzArgs),
    /// Run the steps of a finding again; exit 1 if it is seen again, 0 if not
    #[command(after_help = REPLAY_EXAMPLES)]
    Replay(ReplayArgs),
    /// Make a finding a purpose: print its entry for the catalogue
    #[command(after_help = PROMOTE_EXAMPLES)]
    Promote(PromoteArgs),
    /// Measure the campaign
    #[command(hide = true, disable_help_subcommand = true)]
    Bench(BenchArgs),
}

const RUN_EXAMPLES: &str = "\
Examples:
  onem2m-conform run acp --profile my-cse.toml --out reports/nightly
  onem2m-conform run 'CSE/ACP/OPS/*' --jobs 1 --fail-fast
  onem2m-conform run --rerun reports/latest/results.jsonl
  onem2m-conform run --partition 1/3 --seed 7 --out part-1
  onem2m-conform run --profile my-cse.toml --set limits.response_timeout_ms=10000";

const LIST_EXAMPLES: &str = "\
Examples:
  onem2m-conform list
  onem2m-conform list acp --json | jq '.purposes[].id'
  onem2m-conform list --ts0018
  onem2m-conform list TP/oneM2M/CSE/SEC/ACP/001";

const SERVE_EXAMPLES: &str = "\
Examples:
  onem2m-conform serve --http 127.0.0.1:8080
  onem2m-conform serve --http 127.0.0.1:8080 --fault AcpIgnoresWindow
  onem2m-conform serve --coap 127.0.0.1:5683
  onem2m-conform serve --list-faults";

const REPORT_EXAMPLES: &str = "\
Examples:
  onem2m-conform report part-1/results.json part-2/results.json --out whole
  onem2m-conform report reports/latest/results.json --junit junit.xml
  onem2m-conform report reports/latest/results.jsonl

Without a format it prints the summary. It exits with 0 whatever the outcome is.";

const SEND_EXAMPLES: &str = "\
Examples:
  onem2m-conform send request.json --profile my-cse.toml
  echo '{\"op\":2,\"to\":\"cse-in\",\"fr\":\"CAdmin\",\"rqi\":\"1\",\"rvi\":\"3\"}' | onem2m-conform send -";

const VECTORS_EXAMPLES: &str = "\
Examples:
  onem2m-conform vectors check
  onem2m-conform vectors list keys
  onem2m-conform vectors list 'jose/JWE/*' --json | jq '.vectors[].source'";

const VECTORS_CHECK_EXAMPLES: &str = "\
Examples:
  onem2m-conform vectors check
  onem2m-conform vectors check keys 'jose/JW?/3*'
  onem2m-conform vectors check my-keys.json

Exit codes: 0 all are as they say, 1 one is not, 2 usage error.";

const VECTORS_LIST_EXAMPLES: &str = "\
Examples:
  onem2m-conform vectors list
  onem2m-conform vectors list esprim --json | jq '.vectors[] | select(.expected.result == \"acceptable\")'";

const COMPLETIONS_EXAMPLES: &str = "\
Examples:
  onem2m-conform completions bash > ~/.local/share/bash-completion/completions/onem2m-conform
  onem2m-conform completions zsh > \"${fpath[1]}/_onem2m-conform\"";

const FUZZ_EXAMPLES: &str = "\
Examples:
  onem2m-conform fuzz --profile my-cse.toml --time 10m
  onem2m-conform fuzz --time 20s --seed 7 --out fuzz-out
  onem2m-conform fuzz --profile my-cse.toml --surface http --surface coap --surface handshake
  onem2m-conform fuzz --profile my-cse.toml --set limits.requests_per_second=20
  onem2m-conform fuzz --profile my-cse.toml --pid 4711

Sequences of requests are drawn from a model of what the tester has made of the IUT; what has to come of each is
forecast by the suite's own access decision. Beyond that an IUT has to answer, in time, with a primitive, never
with an internal error; must not show anybody what he may not retrieve, nor tell him of it; must keep what was written and nothing of
what it refused; and has to serve others as before. What is wrong is seen again five times or called flaky, made as
small as it gets, and written into findings/, a file each, for `replay` and `promote`. Ctrl-C ends the
sequence, removes what was made and keeps what was found.

Exit codes: 0 nothing found, 1 findings, 2 usage or profile error, 3 unreachable, 5 error of the tester.";

const PROMOTE_EXAMPLES: &str = "\
Examples:
  onem2m-conform promote fuzz-out/findings/001-leak.json
  onem2m-conform promote finding.json --into suite/catalogue/acp.toml

Exit code 2: what is odd about the finding has no place in a step of the catalogue, such as broken octets.";

const REPLAY_EXAMPLES: &str = "\
Examples:
  onem2m-conform replay fuzz-out/findings/001-leak.json
  onem2m-conform replay finding.json --set endpoints.http=http://127.0.0.1:8080 --times 20";

/// Arguments of `run`.
#[derive(Debug, Clone, Args)]
pub struct RunArgs {
    /// Purposes to run: globs over ids, groups, or official names (TS-0018); all if none
    #[arg(value_name = "ID-GLOB|GROUP")]
    pub patterns: Vec<String>,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub profile: ProfileArgs,
    /// Purposes that run at a time [default: limits.jobs of the profile]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1024))]
    pub jobs: Option<u32>,
    /// Run the I-th of N parts; `report` merges the results of all of them
    #[arg(long, value_name = "I/N")]
    pub partition: Option<String>,
    /// Seed of everything random [default: drawn, and printed]
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
    /// Run each purpose N times; verdicts that differ are inconclusive (flaky)
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
    pub repeat: u32,
    /// Folder of the results [default: reports/run-TIMESTAMP]
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub out: Option<PathBuf>,
    /// Start no further purpose after so many seconds
    #[arg(long, value_name = "SECS", value_parser = clap::value_parser!(u64).range(1..))]
    pub deadline: Option<u64>,
    /// Stop at the first mandatory fail
    #[arg(long)]
    pub fail_fast: bool,
    /// Let advisory fails count
    #[arg(long)]
    pub strict: bool,
    /// Take up the run of these results (json or jsonl): run what they do not judge yet
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub rerun: Option<PathBuf>,
    /// Compare the verdicts with this file; exit 0 if they match, 1 if any differs or is missing
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub expect: Option<PathBuf>,
    /// Write the keys of the associations
    #[arg(long, value_name = "FILE", hide = true)]
    pub keylog: Option<PathBuf>,
}

/// The profile, and what the command line changes in it.
#[derive(Debug, Clone, Args)]
pub struct ProfileArgs {
    /// Profile of the IUT: `reference`, or a file
    #[arg(long, value_name = "NAME|FILE", default_value = "reference", value_hint = ValueHint::FilePath)]
    pub profile: String,
    /// Set a key of the profile, such as limits.jobs=1
    #[arg(long = "set", value_name = "KEY=VALUE")]
    pub sets: Vec<String>,
}

/// Arguments of `list`.
#[derive(Debug, Clone, Args)]
pub struct ListArgs {
    /// Purposes to list: globs over ids, groups, or official names (TS-0018); all if none
    #[arg(value_name = "ID-GLOB|GROUP")]
    pub patterns: Vec<String>,
    /// Print JSON: the purposes, and every claim (PICS) and value (PIXIT) of a profile
    #[arg(long)]
    pub json: bool,
    /// List the official security test cases (TS-0018) and the purposes that cover each
    #[arg(long)]
    pub ts0018: bool,
}

/// Arguments of `show`.
#[derive(Debug, Clone, Args)]
pub struct ShowArgs {
    /// Id of the purpose
    #[arg(value_name = "ID")]
    pub id: String,
}

/// Arguments of `ledger`.
#[derive(Debug, Clone, Args)]
pub struct LedgerArgs {
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// Arguments of `serve`.
#[derive(Debug, Clone, Args)]
pub struct ServeArgs {
    /// Listen for HTTP at this address; may be given again
    #[arg(long, value_name = "ADDR", required_unless_present_any = ["list_faults", "coap", "coaps", "https", "maf", "mef"])]
    pub http: Vec<SocketAddr>,
    /// Listen for CoAP at this address; may be given again
    #[arg(long, value_name = "ADDR")]
    pub coap: Vec<SocketAddr>,
    /// Listen for HTTP within security associations at this address; may be given again
    #[arg(long, value_name = "ADDR")]
    pub https: Vec<SocketAddr>,
    /// Listen for CoAP within security associations at this address; may be given again
    #[arg(long, value_name = "ADDR")]
    pub coaps: Vec<SocketAddr>,
    /// Listen as MAF within security associations at this address; may be given again
    #[arg(long, value_name = "ADDR")]
    pub maf: Vec<SocketAddr>,
    /// Listen as MEF within security associations at this address; may be given again
    #[arg(long, value_name = "ADDR")]
    pub mef: Vec<SocketAddr>,
    /// Keep what MAF and MEF register in this directory, encrypted
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub state: Option<PathBuf>,
    /// Know the credentials of this profile in place of those of the reference's own
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub profile: Option<String>,
    /// Start with this fault; may be given again
    #[arg(long = "fault", value_name = "NAME")]
    pub faults: Vec<String>,
    /// List the faults in place of starting
    #[arg(long)]
    pub list_faults: bool,
    /// Print the list as JSON
    #[arg(long, requires = "list_faults")]
    pub json: bool,
}

/// Arguments of `self-test`.
#[derive(Debug, Clone, Args)]
pub struct SelfTestArgs {
    /// Test this fault alone; may be given again
    #[arg(long = "fault", value_name = "NAME")]
    pub faults: Vec<String>,
    /// Run what killed nothing against every fault, and name the purposes that kill none
    #[arg(long)]
    pub full: bool,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// Arguments of `rejudge`.
#[derive(Debug, Clone, Args)]
pub struct RejudgeArgs {
    /// Folder of a run
    #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub folder: PathBuf,
    /// The profile of the IUT, which has the keys that no recording holds
    #[command(flatten)]
    pub profile: ProfileArgs,
}

/// Arguments of `probe`.
#[derive(Debug, Clone, Args)]
pub struct ProbeArgs {
    /// The endpoint of the IUT: http, https, coap or coaps
    #[arg(value_name = "URL", value_hint = ValueHint::Url)]
    pub url: String,
    /// File of a trust anchor of the IUT's certificate, PEM; may be given several times
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub trust_anchor: Vec<PathBuf>,
    /// Write the profile into this file, not to standard output
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub out: Option<PathBuf>,
    /// Resource name of the CSEBase [default: tried out]
    #[arg(long, value_name = "NAME")]
    pub base: Option<String>,
}

/// Arguments of `report`.
#[derive(Debug, Clone, Args)]
pub struct ReportArgs {
    /// Results of a run (json, or jsonl of a killed one), or of all parts of one
    #[arg(value_name = "FILE", required = true, value_hint = ValueHint::FilePath)]
    pub files: Vec<PathBuf>,
    /// Write JUnit; `-` is standard output, here and below
    #[arg(long, value_name = "F", value_hint = ValueHint::FilePath)]
    pub junit: Option<PathBuf>,
    /// Write a page for people
    #[arg(long, value_name = "F", value_hint = ValueHint::FilePath)]
    pub html: Option<PathBuf>,
    /// Write JSON
    #[arg(long, value_name = "F", value_hint = ValueHint::FilePath)]
    pub json: Option<PathBuf>,
    /// Write a summary for CI jobs
    #[arg(long, value_name = "F", value_hint = ValueHint::FilePath)]
    pub markdown: Option<PathBuf>,
    /// Write a folder like that of a run, with the transcripts
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub out: Option<PathBuf>,
}

/// Arguments of `diff`.
#[derive(Debug, Clone, Args)]
pub struct DiffArgs {
    /// Results of the earlier run (json, or jsonl of a killed one)
    #[arg(value_name = "OLD.json", value_hint = ValueHint::FilePath)]
    pub old: PathBuf,
    /// Results of the later run
    #[arg(value_name = "NEW.json", value_hint = ValueHint::FilePath)]
    pub new: PathBuf,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// Arguments of `vectors`.
#[derive(Debug, Clone, Args)]
pub struct VectorsArgs {
    /// What to do with them.
    #[command(subcommand)]
    pub command: VectorsCommand,
}

/// What to do with vectors.
#[derive(Debug, Clone, Subcommand)]
pub enum VectorsCommand {
    /// Hold the reference against vectors; exit 1 if one is not as it says
    #[command(after_help = VECTORS_CHECK_EXAMPLES)]
    Check(ChosenVectors),
    /// List vectors with what must happen, why and by what source
    #[command(after_help = VECTORS_LIST_EXAMPLES)]
    List(VectorsListArgs),
}

/// Which vectors are meant.
#[derive(Debug, Clone, Args)]
pub struct ChosenVectors {
    /// Files of vectors (*.json) in place of those of this version, and which of their vectors: globs over ids, or groups; all if none
    #[arg(value_name = "FILE|ID-GLOB|GROUP", value_hint = ValueHint::FilePath)]
    pub patterns: Vec<String>,
}

/// Arguments of `vectors list`.
#[derive(Debug, Clone, Args)]
pub struct VectorsListArgs {
    #[command(flatten)]
    #[allow(missing_docs)]
    pub chosen: ChosenVectors,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// Arguments of `completions`.
#[derive(Debug, Clone, Args)]
pub struct CompletionsArgs {
    /// The shell
    #[arg(value_name = "SHELL")]
    pub shell: Shell,
}

/// Arguments of `send`.
#[derive(Debug, Clone, Args)]
pub struct SendArgs {
    /// File with one request primitive in JSON, or octets to send as they are; `-` is standard input
    #[arg(value_name = "FILE|-", value_hint = ValueHint::FilePath)]
    pub file: PathBuf,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub profile: ProfileArgs,
}

/// Arguments of `fuzz`.
#[derive(Debug, Clone, Args)]
pub struct FuzzArgs {
    #[command(flatten)]
    #[allow(missing_docs)]
    pub profile: ProfileArgs,
    /// How long: 90s, 10m, 1h
    #[arg(long, value_name = "DURATION", default_value = "10m")]
    pub time: String,
    /// Seed of everything random [default: drawn, and printed]
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
    /// The door: may be given again; each has its share of the time [default: http]
    #[arg(long = "surface", value_name = "NAME", value_enum)]
    pub surfaces: Vec<Surface>,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub memory: MemoryArgs,
    /// Folder of the results [default: reports/fuzz-TIMESTAMP]
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub out: Option<PathBuf>,
}

/// The process of an IUT on this machine.
#[derive(Debug, Clone, Args)]
pub struct MemoryArgs {
    /// Process of the IUT, if it runs here: its memory is watched
    #[arg(long, value_name = "N")]
    pub pid: Option<u32>,
}

/// Arguments of `replay`.
#[derive(Debug, Clone, Args)]
pub struct ReplayArgs {
    /// The finding
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub file: PathBuf,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub profile: OtherProfileArgs,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub memory: MemoryArgs,
    /// How many times
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
    pub times: u32,
}

/// A profile in place of the one that a file describes.
#[derive(Debug, Clone, Args)]
pub struct OtherProfileArgs {
    /// Profile of the IUT [default: the IUT as the finding describes it]
    #[arg(long, value_name = "NAME|FILE", value_hint = ValueHint::FilePath)]
    pub profile: Option<String>,
    /// Set a key of the profile, such as endpoints.http=http://127.0.0.1:8080
    #[arg(long = "set", value_name = "KEY=VALUE")]
    pub sets: Vec<String>,
}

impl OtherProfileArgs {
    /// The same for commands that always have a profile.
    pub fn given(&self) -> ProfileArgs {
        ProfileArgs {
            profile: self
                .profile
                .clone()
                .unwrap_or_else(|| "reference".to_owned()),
            sets: self.sets.clone(),
        }
    }
}

/// Arguments of `bench`.
#[derive(Debug, Clone, Args)]
pub struct BenchArgs {
    /// What to measure.
    #[command(subcommand)]
    pub command: BenchCommand,
}

/// What `bench` measures.
#[derive(Debug, Clone, Subcommand)]
pub enum BenchCommand {
    /// How many planted faults a campaign finds, how fast, and how small
    Planted(PlantedArgs),
    /// How fast a campaign is, as a share of a bare loop of requests
    Rate(RateArgs),
}

/// Arguments of `bench planted`.
#[derive(Debug, Clone, Args)]
pub struct PlantedArgs {
    /// Hunt this fault alone; may be given again
    #[arg(long = "fault", value_name = "NAME")]
    pub faults: Vec<String>,
    /// The longest time for each fault
    #[arg(long, value_name = "DURATION", default_value = "60s")]
    pub time: String,
    /// Seed of everything random
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// Arguments of `bench rate`.
#[derive(Debug, Clone, Args)]
pub struct RateArgs {
    #[command(flatten)]
    #[allow(missing_docs)]
    pub profile: ProfileArgs,
    /// How long each is measured
    #[arg(long, value_name = "DURATION", default_value = "10s")]
    pub time: String,
    /// Seed of everything random
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
}

/// Arguments of `promote`.
#[derive(Debug, Clone, Args)]
pub struct PromoteArgs {
    /// The finding
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub file: PathBuf,
    /// Append the entry to this file of the catalogue, and do not print it
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub into: Option<PathBuf>,
}
