//! The command line: its verbs, arguments and options.
//!
//! Doc comments are the English help; [`french`](crate::french) holds the French one.

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::time::Duration;

use clap::{ArgAction, ArgGroup, Args, Parser, Subcommand};
use medicobus_core::lang::Lang;
use medicobus_roads::{Engine, Millis};

use crate::values;

/// Plans the fixed weekly itinerary of a médicobus, and proves how far it is from the best possible one.
#[derive(Debug, Parser)]
#[command(
    name = "medicobus",
    version,
    term_width = 80,
    disable_help_flag = true,
    disable_version_flag = true,
    disable_help_subcommand = true
)]
pub(crate) struct CommandLine {
    #[command(subcommand)]
    pub(crate) verb: Verb,

    /// Language: fr or en [default: fr]
    #[arg(
        long,
        value_name = "LANGUAGE",
        global = true,
        display_order = 100,
        default_value = "fr",
        hide_default_value = true
    )]
    #[arg(value_parser = values::lang)]
    pub(crate) lang: Lang,

    /// Shows this help
    #[arg(short, long, global = true, display_order = 101, action = ArgAction::Help)]
    help: Option<bool>,

    /// Shows the version
    #[arg(short = 'V', long, display_order = 102, action = ArgAction::Version)]
    version: Option<bool>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Verb {
    /// Computes the itinerary of a territory
    Plan(PlanArgs),
    /// Reads a territory and says everything that is wrong with it
    Check(CheckArgs),
    /// Measures a calendar made by hand, and says what the best plan would bring
    Evaluate(EvaluateArgs),
    /// Says what changes from one calendar to another, and for whom
    Compare(CompareArgs),
    /// Computes driving times on the roads of an OpenStreetMap extract
    Times(TimesArgs),
    /// Prepares roads, to be used many times
    Roads(RoadsArgs),
}

#[derive(Debug, Args)]
pub(crate) struct PlanArgs {
    #[command(flatten)]
    pub(crate) input: InputArgs,

    /// Folder for plan.json and times.csv [default: plan]
    #[arg(long, value_name = "FOLDER", default_value = "plan", hide_default_value = true)]
    pub(crate) out: PathBuf,

    #[command(flatten)]
    pub(crate) from: FromArgs,

    #[command(flatten)]
    pub(crate) limits: LimitArgs,

    #[command(flatten)]
    pub(crate) stats: StatsArgs,
}

#[derive(Debug, Args)]
pub(crate) struct CheckArgs {
    #[command(flatten)]
    pub(crate) input: InputArgs,

    #[command(flatten)]
    pub(crate) stats: StatsArgs,
}

/// A calendar to start from, and how much of it may change.
#[derive(Debug, Args)]
pub(crate) struct FromArgs {
    /// Calendar to start from (CSV: vehicle, week, day, half, site)
    #[arg(long = "from", id = "from", value_name = "SESSIONS")]
    pub(crate) calendar: Option<PathBuf>,

    /// Most sessions of it that may change
    #[arg(long, value_name = "N", value_parser = values::count, allow_negative_numbers = true, requires = "from")]
    pub(crate) max_changes: Option<u32>,

    /// What each change costs, in points of the objective; with --max-changes, each one above
    #[arg(long, value_name = "PRICE", value_parser = values::price, allow_negative_numbers = true, requires = "from")]
    pub(crate) change_price: Option<f64>,
}

/// When a search stops.
#[derive(Debug, Args)]
pub(crate) struct LimitArgs {
    /// Longest time to search: "60s", "10min", "1h30" [default: 60s]
    #[arg(long, value_name = "DURATION", default_value = "60s", hide_default_value = true)]
    #[arg(value_parser = values::time_limit)]
    pub(crate) time_limit: Duration,

    /// Stop once this close to the best possible plan, as a share of it [default: 1e-4]
    #[arg(long, value_name = "SHARE", default_value = "1e-4", hide_default_value = true)]
    #[arg(value_parser = values::gap, allow_negative_numbers = true)]
    pub(crate) gap: f64,

    /// Seed of the search [default: 0]
    #[arg(long, value_name = "N", default_value = "0", hide_default_value = true)]
    #[arg(value_parser = values::whole, allow_negative_numbers = true)]
    pub(crate) seed: u64,

    /// Threads; the plan does not depend on them [default: one a processor]
    #[arg(long, value_name = "N", value_parser = values::threads, allow_negative_numbers = true)]
    pub(crate) threads: Option<NonZeroUsize>,

    /// Most steps of the search: stops at the same plan on every machine
    #[arg(long, value_name = "N", value_parser = values::whole, allow_negative_numbers = true)]
    pub(crate) work_limit: Option<u64>,
}

#[derive(Debug, Args)]
pub(crate) struct EvaluateArgs {
    #[command(flatten)]
    pub(crate) input: InputArgs,

    /// Calendar made by hand (CSV: vehicle, week, day, half, site)
    #[arg(value_name = "SESSIONS")]
    pub(crate) sessions: PathBuf,

    #[command(flatten)]
    pub(crate) limits: LimitArgs,

    #[command(flatten)]
    pub(crate) stats: StatsArgs,
}

#[derive(Debug, Args)]
pub(crate) struct CompareArgs {
    /// Plan (plan.json, or its folder) or calendar (CSV) before
    #[arg(value_name = "BEFORE")]
    pub(crate) before: PathBuf,

    /// The same, after
    #[arg(value_name = "AFTER")]
    pub(crate) after: PathBuf,

    /// Territory of both (TOML): calendars can be read, and names and reach are known
    #[arg(id = "common", value_name = "TERRITORY")]
    pub(crate) territory: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) network: NetworkArgs,

    /// Table of travel times (CSV: from, to, seconds)
    #[arg(long, value_name = "CSV", conflicts_with_all = ["osm", "roads"])]
    pub(crate) times: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) stats: StatsArgs,
}

/// A territory, and travel times given beside it.
#[derive(Debug, Args)]
pub(crate) struct InputArgs {
    /// Territory file (TOML)
    #[arg(value_name = "TERRITORY")]
    pub(crate) territory: PathBuf,

    #[command(flatten)]
    pub(crate) network: NetworkArgs,

    /// Table of travel times (CSV: from, to, seconds)
    #[arg(long, value_name = "CSV", conflicts_with_all = ["osm", "roads"])]
    pub(crate) times: Option<PathBuf>,
}

/// The roads that travel times are computed on.
#[derive(Debug, Args)]
pub(crate) struct NetworkArgs {
    /// OpenStreetMap extract (.osm.pbf) to compute travel times on; several are read as one map
    #[arg(long, value_name = "EXTRACT", action = ArgAction::Append)]
    pub(crate) osm: Vec<PathBuf>,

    /// Roads that `medicobus roads build` saved, instead of an extract
    #[arg(long, value_name = "ROADS", conflicts_with = "osm")]
    pub(crate) roads: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) vehicle: VehicleArgs,

    /// How to search ways, for the same times: dijkstra, hierarchy or auto, the faster one [default: auto]
    #[arg(long, value_name = "ENGINE", value_parser = values::engine)]
    pub(crate) search: Option<Engine>,
}

impl NetworkArgs {
    /// The files of roads that are named, none when there are none.
    pub(crate) fn files(&self) -> Vec<PathBuf> {
        self.osm.iter().chain(&self.roads).cloned().collect()
    }
}

/// What is driven, and when.
#[derive(Debug, Args)]
pub(crate) struct VehicleArgs {
    /// Profile of the vehicle (TOML) [default: a light van]
    #[arg(long, value_name = "PROFILE")]
    pub(crate) profile: Option<PathBuf>,

    /// Closes the roads that are shut in winter
    #[arg(long)]
    pub(crate) winter: bool,
}

#[derive(Debug, Args)]
pub(crate) struct StatsArgs {
    /// File for what the work took: seconds, memory (JSON)
    #[arg(long = "stats", value_name = "JSON")]
    pub(crate) file: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct RoadsArgs {
    #[command(subcommand)]
    pub(crate) verb: RoadsVerb,
}

#[derive(Debug, Subcommand)]
pub(crate) enum RoadsVerb {
    /// Builds the road network of extracts, and saves it
    Build(BuildArgs),
}

#[derive(Debug, Args)]
pub(crate) struct BuildArgs {
    /// OpenStreetMap extracts (.osm.pbf), read as one map
    #[arg(value_name = "EXTRACT", required = true)]
    pub(crate) extracts: Vec<PathBuf>,

    /// File for the roads
    #[arg(long, value_name = "ROADS")]
    pub(crate) out: PathBuf,

    #[command(flatten)]
    pub(crate) vehicle: VehicleArgs,

    #[command(flatten)]
    pub(crate) stats: StatsArgs,
}

#[derive(Debug, Args)]
#[command(group = ArgGroup::new("places").required(true).args(["territory", "points"]))]
#[command(group = ArgGroup::new("network").args(["osm", "roads"]).multiple(true))]
pub(crate) struct TimesArgs {
    /// Territory file (TOML): the times that its plans can use
    #[arg(value_name = "TERRITORY")]
    pub(crate) territory: Option<PathBuf>,

    /// Points (CSV: id, lat, lon): the times between all of them
    #[arg(long, value_name = "POINTS", requires = "network")]
    pub(crate) points: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) network: NetworkArgs,

    /// Table to write (CSV)
    #[arg(long, value_name = "CSV")]
    pub(crate) out: PathBuf,

    /// Leave out longer trips [default between points: 60min]
    #[arg(long, value_name = "DURATION", value_parser = values::duration)]
    pub(crate) within: Option<Millis>,

    /// Table of all pairs, also those without a trip, and why (CSV)
    #[arg(long, value_name = "CSV")]
    pub(crate) details: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) stats: StatsArgs,
}
