//! `territory.toml`: everything of a territory but its tables.

use std::path::{Path, PathBuf};

use toml::de::{DeTable, DeValue};

use super::activities::activities;
use super::bookings::bookings;
use super::doctors::doctors;
use super::rules::rules;
use super::toml::{Section, number};
use super::vehicles::vehicles;
use crate::people::{Profile, Share};
use crate::territory::fault::{Expected, Fault, FaultKind, Quantity};
use crate::territory::{
    Activity, Booking, Calendar, Capacity, Care, Doctor, Objective, ProfileCare, ReachBand, Rules, Vehicle,
};

/// What `territory.toml` says. Where it says something wrong, the default stands in its place, so that one fault does
/// not bring others about.
#[derive(Debug)]
pub(super) struct Settings {
    pub(super) name: String,
    pub(super) communes: Option<PathBuf>,
    pub(super) sites: Option<PathBuf>,
    pub(super) times: Option<PathBuf>,
    pub(super) roads: Vec<PathBuf>,
    pub(super) objective: Objective,
    pub(super) calendar: Calendar,
    pub(super) care: Care,
    pub(super) rules: Rules,
    pub(super) vehicles: Vec<Vehicle>,
    pub(super) doctors: Vec<Doctor>,
    pub(super) activities: Vec<Activity>,
    pub(super) bookings: Vec<Booking>,
    pub(super) published: Option<PathBuf>,
    pub(super) max_changes: Option<u32>,
}

impl Settings {
    /// Reads a document; its paths are relative to `folder`.
    pub(super) fn read(document: &DeTable<'_>, folder: &Path, faults: &mut Vec<Fault>) -> Settings {
        let root = Section::root(document);
        root.knows_only(
            &[
                "name",
                "communes",
                "sites",
                "times",
                "roads",
                "objective",
                "calendar",
                "care",
                "rules",
                "vehicle",
                "doctor",
                "activity",
                "booking",
                "published",
            ],
            faults,
        );
        let mut file = |key| table_file(&root, key, &["file"], folder, faults);
        let [communes, sites, times] = ["communes", "sites", "times"].map(&mut file);
        let roads = road_files(&root, folder, faults);
        let published = table_file(&root, "published", &["file", "max_changes"], folder, faults);
        if !root.has("communes") {
            root.missing::<()>("communes.file", faults);
        }
        if !root.has("name") {
            root.missing::<()>("name", faults);
        }
        Settings {
            name: root.text("name", faults).unwrap_or("?").to_owned(),
            communes,
            sites,
            times,
            roads,
            objective: objective(&root.section("objective", faults), faults),
            calendar: calendar(&root.section("calendar", faults), faults),
            care: care(&root.section("care", faults), faults),
            rules: rules(&root.section("rules", faults), faults),
            vehicles: vehicles(&root, faults),
            doctors: doctors(&root, faults),
            activities: activities(&root, faults),
            bookings: bookings(&root, faults),
            // Whether it is a section has been judged above.
            max_changes: root.section("published", &mut Vec::new()).count(
                "max_changes",
                Quantity::Changes,
                faults,
            ),
            published,
        }
    }
}

/// The path in `[key] file = "..."`; None when there is no such section, or no usable path in it.
fn table_file(
    root: &Section<'_>,
    key: &str,
    known: &'static [&'static str],
    folder: &Path,
    faults: &mut Vec<Fault>,
) -> Option<PathBuf> {
    let section = file_section(root, key, known, faults)?;
    let file = section.text("file", faults)?;
    if file.trim().is_empty() {
        return section.note("file", FaultKind::Blank, faults);
    }
    Some(folder.join(file))
}

/// The section `[key]` where it has a `file`.
fn file_section<'t>(
    root: &Section<'t>,
    key: &str,
    known: &'static [&'static str],
    faults: &mut Vec<Fault>,
) -> Option<Section<'t>> {
    let section = root.section(key, faults);
    section.knows_only(known, faults);
    if section.is_given() && !section.has("file") {
        section.missing::<()>("file", faults);
    }
    section.has("file").then_some(section)
}

/// The paths in `[roads] file = "..."` or `file = ["...", "..."]`; none when there is no such section.
fn road_files(root: &Section<'_>, folder: &Path, faults: &mut Vec<Fault>) -> Vec<PathBuf> {
    let Some(section) = file_section(root, "roads", &["file"], faults) else { return Vec::new() };
    let files = match section.value("file") {
        Some(DeValue::Array(_)) => section.texts("file", faults),
        Some(DeValue::String(file)) => Some(vec![file.to_string()]),
        Some(other) => section.wrong("file", Expected::Files, other, faults),
        None => None,
    };
    let Some(files) = files else { return Vec::new() };
    if files.is_empty() || files.iter().any(|file| file.trim().is_empty()) {
        section.note::<()>("file", FaultKind::Blank, faults);
    }
    files.iter().map(|file| folder.join(file)).collect()
}

fn objective(section: &Section<'_>, faults: &mut Vec<Fault>) -> Objective {
    section.knows_only(&["reached", "followed"], faults);
    let default = Objective::default();
    Objective {
        reached: section.number("reached", faults).unwrap_or(default.reached),
        followed: section.number("followed", faults).unwrap_or(default.followed),
    }
}

fn calendar(section: &Section<'_>, faults: &mut Vec<Fault>) -> Calendar {
    section.knows_only(
        &["cycle_weeks", "weeks_per_year", "morning", "afternoon", "lunch_break", "year"],
        faults,
    );
    let default = Calendar::default();
    Calendar {
        cycle_weeks: section
            .count("cycle_weeks", Quantity::CycleWeeks, faults)
            .unwrap_or(default.cycle_weeks),
        weeks_per_year: section.number("weeks_per_year", faults).unwrap_or(default.weeks_per_year),
        morning: section.hours("morning", faults).unwrap_or(default.morning),
        afternoon: section.hours("afternoon", faults).unwrap_or(default.afternoon),
        lunch_break: section.duration("lunch_break", faults).unwrap_or(default.lunch_break),
        year: section.count("year", Quantity::Year, faults),
    }
}

fn care(section: &Section<'_>, faults: &mut Vec<Fault>) -> Care {
    section.knows_only(
        &[
            "consultations_per_half_day",
            "consultation",
            "unscheduled_share",
            "reach",
            "ald",
            "elderly",
            "other",
        ],
        faults,
    );
    let default = Care::default();
    let mut profiles = default.profiles;
    for profile in Profile::ALL {
        profile_care(&section.section(profile.code(), faults), &mut profiles[profile], faults);
    }
    Care {
        capacity: capacity(section, faults).unwrap_or(default.capacity),
        reach: reach(section, faults).unwrap_or(default.reach),
        profiles,
        unscheduled_share: section.number("unscheduled_share", faults).unwrap_or(default.unscheduled_share),
    }
}

fn profile_care(section: &Section<'_>, care: &mut ProfileCare, faults: &mut Vec<Fault>) {
    section.knows_only(&["visits_per_year", "weight"], faults);
    care.visits_per_year = section.number("visits_per_year", faults).unwrap_or(care.visits_per_year);
    care.weight = section.number("weight", faults).unwrap_or(care.weight);
}

fn capacity(care: &Section<'_>, faults: &mut Vec<Fault>) -> Option<Capacity> {
    let stated = care.value("consultations_per_half_day").and_then(|value| match value {
        DeValue::String(text) if text == "unlimited" => Some(Capacity::Unlimited),
        value => number(value)
            .map(Capacity::PerHalfDay)
            .or_else(|| care.wrong("consultations_per_half_day", Expected::Capacity, value, faults)),
    });
    let from_durations = capacity_from_durations(&care.section("consultation", faults), faults);
    if care.has("consultations_per_half_day") && care.has("consultation") {
        return care.note("consultation", FaultKind::TwoCapacities, faults);
    }
    stated.or(from_durations)
}

/// A mean length of consultations, of which a given share are first visits.
fn capacity_from_durations(section: &Section<'_>, faults: &mut Vec<Fault>) -> Option<Capacity> {
    const KEYS: &[&str] = &["first", "follow_up", "first_share", "setup"];
    section.knows_only(KEYS, faults);
    if !section.is_given() {
        return None;
    }
    section.require(KEYS, faults);
    let [first, follow_up, setup] = ["first", "follow_up", "setup"].map(|key| section.duration(key, faults));
    let first_share = section.number("first_share", faults).and_then(|share| {
        let kind = FaultKind::OutOfRange { quantity: Quantity::FirstShare, value: share };
        if Quantity::FirstShare.admits(share) {
            Some(share)
        } else {
            section.note("first_share", kind, faults)
        }
    });
    let (setup, first_share) = (setup?, first_share?);
    let mean = first_share * first?.seconds() + (1.0 - first_share) * follow_up?.seconds();
    Some(Capacity::Timed { setup, mean })
}

fn reach(care: &Section<'_>, faults: &mut Vec<Fault>) -> Option<Vec<ReachBand>> {
    let mut bands = Vec::new();
    let mut complete = true;
    for section in care.sections("reach", faults)? {
        section.knows_only(&["within", "share"], faults);
        section.require(&["within", "share"], faults);
        match (section.duration("within", faults), section.number("share", faults)) {
            (Some(within), Some(share)) => bands.push(ReachBand { within, share: Share(share) }),
            _ => complete = false,
        }
    }
    complete.then_some(bands)
}
