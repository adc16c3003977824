//! What the work took: time by its parts, memory, and the size of the roads. The only output that holds clock times.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use medicobus_core::lang::Lang;
use medicobus_roads::{Phase, RoadNetwork};
use serde::Serialize;

use crate::exit::{Exit, Failure};
use crate::files;

/// A part of the work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Part {
    /// Files other than roads; arguments; whatever else is not told apart.
    Other,
    Read,
    Build,
    Contract,
    Load,
    Snap,
    Search,
    Solve,
    Write,
}

impl From<Phase> for Part {
    fn from(phase: Phase) -> Part {
        match phase {
            Phase::Read => Part::Read,
            Phase::Build => Part::Build,
            Phase::Contract => Part::Contract,
            Phase::Load => Part::Load,
            Phase::Snap => Part::Snap,
            Phase::Search => Part::Search,
        }
    }
}

/// Seconds by the clock, and of all processors together where the system tells.
#[derive(Clone, Copy, Debug, Default, Serialize)]
struct Seconds {
    wall_seconds: f64,
    cpu_seconds: Option<f64>,
}

/// A moment.
#[derive(Clone, Copy, Debug)]
struct Moment {
    wall: Instant,
    cpu: Option<f64>,
}

impl Moment {
    fn now() -> Moment {
        Moment { wall: Instant::now(), cpu: usage::cpu_seconds() }
    }

    fn since(self, before: Moment) -> Seconds {
        Seconds {
            wall_seconds: self.wall.duration_since(before.wall).as_secs_f64(),
            cpu_seconds: self.cpu.zip(before.cpu).map(|(now, before)| now - before),
        }
    }
}

/// A stopwatch that knows which part of the work goes on. Steps may come from any thread.
#[derive(Debug)]
pub(crate) struct Stats(Mutex<Record>);

#[derive(Debug)]
struct Record {
    start: Moment,
    part: Part,
    since: Moment,
    spent: BTreeMap<Part, Seconds>,
    roads: Option<Roads>,
}

/// The size of a road network.
#[derive(Clone, Copy, Debug, Serialize)]
struct Roads {
    nodes: u64,
    arcs: u64,
}

/// The file.
#[derive(Serialize)]
struct Report<'a> {
    format: &'static str,
    version: &'static str,
    command: &'a str,
    parts: Vec<Spent>,
    total: Seconds,
    roads: Option<Roads>,
    peak_memory_bytes: Option<u64>,
}

#[derive(Serialize)]
struct Spent {
    part: Part,
    #[serde(flatten)]
    seconds: Seconds,
}

impl Record {
    fn enter(&mut self, part: Part) {
        if part == self.part {
            return;
        }
        let now = Moment::now();
        let seconds = now.since(self.since);
        let spent =
            self.spent.entry(self.part).or_insert(Seconds { cpu_seconds: Some(0.0), ..Seconds::default() });
        spent.wall_seconds += seconds.wall_seconds;
        spent.cpu_seconds = spent.cpu_seconds.zip(seconds.cpu_seconds).map(|(before, more)| before + more);
        (self.part, self.since) = (part, now);
    }
}

impl Stats {
    /// A stopwatch that runs from now on.
    pub(crate) fn start() -> Stats {
        let start = Moment::now();
        Stats(Mutex::new(Record {
            start,
            part: Part::Other,
            since: start,
            spent: BTreeMap::new(),
            roads: None,
        }))
    }

    /// From now on this part of the work goes on.
    pub(crate) fn enter(&self, part: Part) {
        self.with(|record| record.enter(part));
    }

    /// The roads that the work is about.
    pub(crate) fn roads(&self, network: &RoadNetwork) {
        let summary = network.summary();
        let roads = Roads { nodes: summary.junctions, arcs: summary.arcs };
        self.with(|record| record.roads = Some(roads));
    }

    /// Writes what the command took, if a file is asked for.
    pub(crate) fn save(&self, path: Option<&Path>, command: &str, lang: Lang) -> Result<(), Failure> {
        let Some(path) = path else { return Ok(()) };
        let mut json = self
            .with(|record| {
                record.enter(Part::Other);
                let part = |(&part, &seconds): (&Part, &Seconds)| Spent { part, seconds };
                serde_json::to_vec_pretty(&Report {
                    format: "medicobus-stats/1",
                    version: env!("CARGO_PKG_VERSION"),
                    command,
                    parts: record.spent.iter().map(part).collect(),
                    total: Moment::now().since(record.start),
                    roads: record.roads,
                    peak_memory_bytes: usage::peak_memory_bytes(),
                })
            })
            .map_err(|error| Failure::new(Exit::Internal, error.to_string()))?;
        json.push(b'\n');
        files::write_all(&[(path.to_owned(), json)]).map_err(|error| error.into_failure(lang))
    }

    fn with<T>(&self, change: impl FnOnce(&mut Record) -> T) -> T {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Says early, before long work, that the file of statistics cannot be written.
pub(crate) fn check_file(path: Option<&Path>, lang: Lang) -> Result<(), Failure> {
    path.map_or(Ok(()), files::check_file).map_err(|error| error.into_failure(lang))
}

/// Says early that the file of statistics would take the place of one that the work reads.
pub(crate) fn check_apart<'a>(
    path: Option<&Path>,
    read: impl IntoIterator<Item = &'a Path>,
    lang: Lang,
) -> Result<(), Failure> {
    let written: Vec<&Path> = path.into_iter().collect();
    files::check_apart(read, &written).map_err(|error| error.into_failure(lang))
}

/// What the system knows of this process.
#[cfg(unix)]
mod usage {
    use nix::sys::resource::{Usage, UsageWho, getrusage};
    use nix::sys::time::TimeVal;

    fn usage() -> Option<Usage> {
        getrusage(UsageWho::RUSAGE_SELF).ok()
    }

    pub(super) fn cpu_seconds() -> Option<f64> {
        let seconds = |time: TimeVal| time.tv_sec() as f64 + time.tv_usec() as f64 / 1e6;
        usage().map(|usage| seconds(usage.user_time()) + seconds(usage.system_time()))
    }

    /// Linux counts it in kibibytes, Apple's systems in bytes.
    pub(super) fn peak_memory_bytes() -> Option<u64> {
        let unit = if cfg!(target_os = "linux") {
            1024
        } else if cfg!(target_vendor = "apple") {
            1
        } else {
            return None;
        };
        u64::try_from(usage()?.max_rss()).ok().map(|most| most * unit)
    }
}

#[cfg(not(unix))]
mod usage {
    pub(super) fn cpu_seconds() -> Option<f64> {
        None
    }

    pub(super) fn peak_memory_bytes() -> Option<u64> {
        None
    }
}
