//! A territory from its files: `territory.toml` and the tables that it names.

mod activities;
mod bookings;
mod cell;
mod communes;
pub(crate) mod csv_table;
mod digest;
mod doctors;
mod document;
pub(crate) mod header;
mod lines;
mod lookalike;
pub(crate) mod open;
mod places;
mod rules;
mod sessions;
mod settings;
mod sites;
mod toml;
mod vehicles;

use std::io::Read;
use std::path::{Path, PathBuf};

pub(crate) use cell::{number, yes_or_no};
pub(crate) use digest::file_name;
pub use digest::{FileDigest, InputDigest};
pub(crate) use lookalike::closest;
pub use sessions::{SessionTable, read_sessions};

use self::communes::{CommuneTable, read_communes};
use self::places::Places;
use self::sessions::read_rows_of;
use self::settings::Settings;
use self::sites::{SiteTable, read_sites};
use super::fault::{Fault, FaultKind, LocatedFault, Named, ReadError, Report, Where};
use super::{Published, RuleKind, RuleName, Territory, check, origin};
use crate::times::TravelTimes;
use crate::times::table;

/// A territory and where it was read.
#[derive(Clone, Debug)]
pub struct Sources {
    /// What the files say; no error is left in it.
    pub territory: Territory,
    /// The table of travel times that the territory names.
    pub times: Option<PathBuf>,
    /// The OpenStreetMap extracts, or the saved roads, that the territory names.
    pub roads: Vec<PathBuf>,
    /// What a planner should look at, and may leave as it is.
    pub warnings: Vec<LocatedFault>,
    /// Every file that was read.
    pub digest: InputDigest,
    places: Places,
}

impl Sources {
    /// The file and line of a fault that was found later, when the problem was built for instance.
    pub fn locate(&self, fault: Fault) -> LocatedFault {
        self.places.locate(fault)
    }

    /// Every file that the territory is made of, or that it names.
    pub fn files(&self) -> impl Iterator<Item = &Path> {
        let Places { territory, communes, sites, sessions, .. } = &self.places;
        let tables = [&communes.0, &sites.0, &sessions.0, &self.times].into_iter().flatten();
        [territory].into_iter().chain(tables).chain(&self.roads).map(PathBuf::as_path)
    }

    /// Where the files set a rule; None where they do not, or where no site, doctor, activity or booking bears the name
    /// of its subject. See [`origin()`].
    pub fn rule_place(&self, rule: &RuleName) -> Option<RulePlace> {
        const SHARE: &str = "rules.prevention_share";
        let stated = rule.kind == RuleKind::PreventionShare && self.places.keys.has(SHARE);
        let found = origin(&self.territory, rule)?;
        let place = if stated { Where::key(SHARE) } else { found };
        let (file, line) = self.places.find(&place);
        Some(RulePlace { file, line, label: place.label() })
    }
}

/// Where the files of a territory set a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RulePlace {
    /// The file, as it was opened.
    pub file: PathBuf,
    /// Its line, from 1; None for a file that has none.
    pub line: Option<u64>,
    /// The column of a table, or the dotted key: `max_gap`, `doctor[0].days`.
    pub label: String,
}

/// Reads a territory, without travel times: `path` is its TOML file, or a folder with a `territory.toml`. The paths
/// in it are relative to its folder.
///
/// A base in a commune that is not listed is an error here, unless the territory names a table of travel times, which
/// may know it: then it is for [`Problem::new`](crate::Problem::new) to judge.
///
/// # Errors
/// Every file that cannot be read and everything wrong in the others, at once.
pub fn read(path: &Path) -> Result<Sources, ReadError> {
    let mut draft = Draft::read(path);
    let times_may_know_bases = draft.times.is_some();
    for fault in check::faults(&draft.territory) {
        if !(times_may_know_bases && matches!(fault.kind, FaultKind::UnknownBase { .. })) {
            draft.note(fault);
        }
    }
    draft.finish()
}

/// Reads a territory with its table of travel times: the one given, else the one that the territory names; None when
/// there is neither.
///
/// # Errors
/// Every file that cannot be read and everything wrong in the others, at once.
pub fn read_with_times(
    path: &Path,
    given: Option<&Path>,
) -> Result<(Sources, Option<TravelTimes>), ReadError> {
    let mut draft = Draft::read(path);
    let Some(table) = given.map(Path::to_owned).or_else(|| draft.times.clone()) else {
        for fault in check::faults(&draft.territory) {
            draft.note(fault);
        }
        return Ok((draft.finish()?, None));
    };
    draft.places.times = Some(table.clone());
    let read = table::read_reporting(&table, &mut draft.report);
    let faults = match &read {
        Some((times, digest)) => {
            draft.digest.files.push(digest.clone());
            check::faults_with_times(&draft.territory, times)
        }
        None => check::faults(&draft.territory),
    };
    for fault in faults {
        if !(read.is_none() && matches!(fault.kind, FaultKind::UnknownBase { .. })) {
            draft.note(fault);
        }
    }
    Ok((draft.finish()?, read.map(|(times, _)| times)))
}

/// A territory with all the faults found so far.
#[derive(Debug)]
struct Draft {
    territory: Territory,
    times: Option<PathBuf>,
    roads: Vec<PathBuf>,
    digest: InputDigest,
    places: Places,
    report: Report,
    known: Known,
}

/// Which parts of a territory could be read whole: what is missing from the others proves nothing.
#[derive(Clone, Copy, Debug)]
struct Known {
    settings: bool,
    calendar: bool,
    people: bool,
    bookings: bool,
    communes: bool,
    sites: bool,
}

impl Draft {
    fn read(path: &Path) -> Draft {
        let file = open::territory_file(path);
        let folder = file.parent().unwrap_or(Path::new("")).to_owned();
        let (mut report, mut digest) = (Report::default(), InputDigest::default());
        let document::Document { settings, lines, whole, calendar, people, bookings } =
            document::read(&file, &folder, &mut report, &mut digest);
        let communes = read_table(settings.communes.as_deref(), read_communes, &mut report, &mut digest);
        let sites = read_table(settings.sites.as_deref(), read_sites, &mut report, &mut digest);
        let published = read_table(settings.published.as_deref(), read_rows_of, &mut report, &mut digest);
        let Settings { name, communes: communes_file, sites: sites_file, times, roads, .. } = settings;
        let published = published.unwrap_or_default();
        let communes = communes.unwrap_or_default();
        let known = Known {
            settings: whole,
            calendar,
            people,
            bookings,
            communes: communes.complete,
            sites: sites.as_ref().map_or(sites_file.is_none() && communes.complete, |table| table.complete),
        };
        let sites = sites.unwrap_or_else(|| default_sites(&communes, sites_file.is_some()));
        let places = Places {
            territory: file,
            keys: lines,
            sites: (sites_file.or(communes_file.clone()), sites.lines),
            communes: (communes_file, communes.lines),
            sessions: (settings.published.clone(), published.lines),
            times: None,
        };
        let territory = Territory {
            name,
            communes: communes.communes,
            sites: sites.sites,
            vehicles: settings.vehicles,
            objective: settings.objective,
            calendar: settings.calendar,
            care: settings.care,
            rules: settings.rules,
            doctors: settings.doctors,
            activities: settings.activities,
            bookings: settings.bookings,
            published: settings
                .published
                .map(|_| Published { sessions: published.sessions, max_changes: settings.max_changes }),
        };
        Draft { territory, times, roads, digest, places, report, known }
    }

    /// Notes a fault of the territory, unless it may come from what could not be read.
    fn note(&mut self, fault: Fault) {
        let founded = match fault.kind {
            FaultKind::NoVehicle => self.known.settings,
            FaultKind::NoCommune => self.known.communes,
            FaultKind::UnknownCommune { .. } | FaultKind::UnknownBase { .. } => self.known.communes,
            FaultKind::UnknownName { of: Named::Site, .. } => self.known.sites && self.known.settings,
            FaultKind::UnknownName { .. } => self.known.people,
            FaultKind::Doctor(_) | FaultKind::Activity(_) => {
                self.known.people && self.known.calendar && self.known.sites
            }
            FaultKind::Price(_) => self.known.people && self.known.bookings && self.known.sites,
            // Weeks that could not be read are not there.
            FaultKind::WeekOutsideCycle { .. } => self.known.calendar,
            FaultKind::Rhythm(_) | FaultKind::Booking(_) => {
                self.known.calendar && self.known.people && self.known.sites
            }
            FaultKind::Idle(_) => self.known.people && self.known.calendar,
            FaultKind::NoSite => self.known.communes && self.known.sites && self.known.settings,
            FaultKind::TimesOfUnknownPlaces { .. } | FaultKind::SitesWithoutTimes { .. } => {
                !self.report.has_errors()
            }
            _ => true,
        };
        if founded {
            self.report.push_located(self.places.locate(fault));
        }
    }

    fn finish(self) -> Result<Sources, ReadError> {
        let Draft { territory, times, roads, digest, places, report, .. } = self;
        let warnings = report.finish()?;
        Ok(Sources { territory, times, roads, warnings, digest, places })
    }
}

/// Opens and reads a table; None when there is none, or it cannot be opened.
fn read_table<T>(
    path: Option<&Path>,
    read: impl FnOnce(&mut dyn Read, &Path, &mut Report) -> T,
    report: &mut Report,
    digest: &mut InputDigest,
) -> Option<T> {
    let path = path?;
    let mut input = open::open(path, report)?;
    let table = read(&mut input, path, report);
    digest.files.push(input.finish(file_name(path)));
    Some(table)
}

/// The sites of a territory that names none, each on the line of its commune; none where its table could not be read.
fn default_sites(communes: &CommuneTable, unreadable: bool) -> SiteTable {
    if unreadable {
        return SiteTable::default();
    }
    let sites = Territory::default_sites(&communes.communes);
    let mut rows = communes.communes.iter().zip(&communes.lines);
    // Default sites are in the order of their communes, so that one pass finds each one's line.
    let lines = sites
        .iter()
        .map(|site| rows.find(|(commune, _)| commune.code == site.id).map_or(0, |(_, line)| *line));
    SiteTable { lines: lines.collect(), sites, complete: communes.complete }
}
