//! The arguments of the command line.

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Simulate asylum case backlogs: queues, waits and waiting populations under different policies.
#[derive(Debug, Parser)]
#[command(name = "caseload", version, arg_required_else_help = true)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Run one variant of a model or study over many futures
    Run(RunArgs),
    /// Run every variant of a study, or of a model with policies, on the same futures
    Compare(CompareArgs),
    /// Hold a model beside published figures: the page of a record
    Record(RecordArgs),
    /// Look for everything that is wrong with files, without running them
    Check(CheckArgs),
    /// Show one value of a file through time: who set it, where it comes from, who reads it
    Explain(ExplainArgs),
    /// Print or write the JSON Schemas of the scenario language
    Schema(SchemaArgs),
    /// Run the textbook models and hold them against theory
    Validate(ValidateArgs),
    /// Write the report of a run again, in another form or language, without simulating
    Report(ReportArgs),
    /// Run again what a report was made from, and say whether every table is identical
    Verify(VerifyArgs),
}

/// How to run.
#[derive(Debug, Args)]
pub struct Options {
    /// Number of futures, in place of what the study says
    #[arg(long, short = 'n', value_name = "N", allow_negative_numbers = true, value_parser = clap::value_parser!(u32).range(1..))]
    pub replications: Option<u32>,
    /// Master seed, in place of what the study says
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    pub seed: Option<u64>,
    /// Threads; all cores if not given. Results do not depend on it
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
    /// What is printed on standard output
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
    /// Folder for run.json or compare.json, figures.csv, series.csv, manifest.json and report.json
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Report to write: a page (.html), a text (.md) or every number (.csv, .parquet), by the end of its name
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,
    /// Language of a report that is a page or a text: en if not given; tables (.csv, .parquet) are the same in every language
    #[arg(long, value_enum, requires = "report")]
    pub lang: Option<Language>,
    /// Whether inputs with a range vary between futures, in place of what the study says
    #[arg(long, value_enum)]
    pub uncertain: Option<Uncertain>,
    /// No picture at the end, which a terminal gets
    #[arg(long)]
    pub plain: bool,
    /// No colours; the variable `NO_COLOR` does the same
    #[arg(long)]
    pub no_color: bool,
}

/// `run`.
#[derive(Debug, Args)]
pub struct RunArgs {
    /// A model or a study
    pub file: PathBuf,
    /// Variant to run: a policy of the study, or NAME=FILE[,FILE…]; the baseline if not given
    #[arg(long, value_name = "NAME[=FILE,…]")]
    pub policy: Option<String>,
    /// How to run.
    #[command(flatten)]
    pub options: Options,
}

/// `compare`.
#[derive(Debug, Args)]
pub struct CompareArgs {
    /// A study, or a model with at least one --policy
    pub file: PathBuf,
    /// A further variant: its name and policy files
    #[arg(long, value_name = "NAME=FILE[,FILE…]")]
    pub policy: Vec<String>,
    /// How to run.
    #[command(flatten)]
    pub options: Options,
}

/// `record`.
#[derive(Debug, Args)]
pub struct RecordArgs {
    /// A record
    pub file: PathBuf,
    /// Number of futures, in place of what the record says
    #[arg(long, short = 'n', value_name = "N", allow_negative_numbers = true, value_parser = clap::value_parser!(u32).range(1..))]
    pub replications: Option<u32>,
    /// Master seed, in place of what the record says
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    pub seed: Option<u64>,
    /// Threads; all cores if not given. Results do not depend on it
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
    /// Form of the page
    #[arg(long, value_enum, default_value_t = RecordFormat::Md)]
    pub format: RecordFormat,
    /// File to write the page to, in place of standard output
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

/// `check`.
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// Models, policies, studies or records
    #[arg(required = true)]
    pub files: Vec<PathBuf>,
}

/// `explain`.
#[derive(Debug, Args)]
pub struct ExplainArgs {
    /// A model or a study
    pub file: PathBuf,
    /// Path of a value, such as pool.ij.start
    pub path: String,
    /// Variant to look at; the baseline if not given
    #[arg(long, value_name = "NAME")]
    pub policy: Option<String>,
}

/// `schema`.
#[derive(Debug, Args)]
pub struct SchemaArgs {
    /// Folder to write model.json, policy.json, study.json, record.json and source.json to
    #[arg(long, value_name = "DIR")]
    pub dir: Option<PathBuf>,
    /// Which one to print
    #[arg(default_value = "model", value_parser = ["model", "policy", "study", "record", "source", "reference"])]
    pub kind: String,
}

/// `validate`.
#[derive(Debug, Args)]
pub struct ValidateArgs {
    /// Folder of the textbook models
    #[arg(default_value = "scenarios/textbook")]
    pub dir: PathBuf,
    /// Threads; all cores if not given
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
}

/// `report`.
#[derive(Debug, Args)]
pub struct ReportArgs {
    /// A folder that `--out` wrote, or a report
    pub run: PathBuf,
    /// Form; by the end of the name of the output if not given, else a page
    #[arg(long, value_enum)]
    pub format: Option<ReportFormat>,
    /// Language of a page or a text; tables (csv, parquet) and json are the same in every language
    #[arg(long, value_enum, default_value_t = Language::En)]
    pub lang: Language,
    /// File to write; standard output if not given
    #[arg(long, short = 'o', value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// `verify`.
#[derive(Debug, Args)]
pub struct VerifyArgs {
    /// A report (.html), or a folder that `--out` wrote
    pub report: PathBuf,
    /// Threads; all cores if not given
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
}

/// Forms of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ReportFormat {
    /// A page that needs nothing else
    Html,
    /// A text
    Md,
    /// Every number shown, one a row
    Csv,
    /// The same as typed columns for statistics programs
    Parquet,
    /// The document as data
    Json,
}

/// Languages of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Language {
    /// English
    En,
    /// Spanish
    Es,
}

/// Forms of output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Tables for people
    Text,
    /// One JSON document
    Json,
}

/// Forms of the page of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum RecordFormat {
    /// Blocks for a terminal
    Text,
    /// Markdown
    Md,
    /// One JSON document
    Json,
}

/// What becomes of inputs with a range.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Uncertain {
    /// They vary between futures
    Sample,
    /// They keep their central values: chance alone
    Central,
}
