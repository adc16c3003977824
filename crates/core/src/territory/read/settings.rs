//! `territory.toml`: everything of a territory but its tables.

use std::path::{Path, PathBuf};

use medicobus_roads::Position;
use toml::de::{DeTable, DeValue};

use super::toml::{Section, number};
use crate::people::{Profile, Share};
use crate::territory::fault::{Expected, Fault, FaultKind, Quantity, Where};
use crate::territory::{Base, Calendar, Capacity, Care, Objective, ProfileCare, ReachBand, Rules, Vehicle};

/// What `territory.toml` says. Where it says something wrong, the default stands in its place, so that one fault does
/// not bring others about.
#[derive(Debug)]
pub(super) struct Settings {
    pub(super) name: String,
    pub(super) communes: Option<PathBuf>,
    pub(super) sites: Option<PathBuf>,
    pub(super) times: Option<PathBuf>,
    pub(super) roads: Option<PathBuf>,
    pub(super) objective: Objective,
    pub(super) calendar: Calendar,
    pub(super) care: Care,
    pub(super) rules: Rules,
    pub(super) vehicles: Vec<Vehicle>,
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
            ],
            faults,
        );
        let mut file = |key| table_file(&root, key, folder, faults);
        let [communes, sites, times, roads] = ["communes", "sites", "times", "roads"].map(&mut file);
        if !root.has("communes") {
            root.missing::<()>("communes.file", faults);
        }
        if !root.has("name") {
            root.missing::<()>("name", faults);
        }
        let calendar = calendar(&root.section("calendar", faults), faults);
        Settings {
            name: root.text("name", faults).unwrap_or("?").to_owned(),
            communes,
            sites,
            times,
            roads,
            objective: objective(&root.section("objective", faults), faults),
            care: care(&root.section("care", faults), &calendar, faults),
            rules: rules(&root.section("rules", faults), faults),
            vehicles: vehicles(&root, faults),
            calendar,
        }
    }
}

/// The path in `[key] file = "..."`; None when there is no such section, or no usable path in it.
fn table_file(root: &Section<'_>, key: &str, folder: &Path, faults: &mut Vec<Fault>) -> Option<PathBuf> {
    let section = root.section(key, faults);
    section.knows_only(&["file"], faults);
    if !section.is_given() {
        return None;
    }
    if !section.has("file") {
        return section.missing("file", faults);
    }
    let file = section.text("file", faults)?;
    if file.trim().is_empty() {
        return section.note("file", FaultKind::Blank, faults);
    }
    Some(folder.join(file))
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
    section.knows_only(&["cycle_weeks", "weeks_per_year", "morning", "afternoon", "lunch_break"], faults);
    let default = Calendar::default();
    Calendar {
        cycle_weeks: count(section, "cycle_weeks", Quantity::CycleWeeks, faults)
            .unwrap_or(default.cycle_weeks),
        weeks_per_year: section.number("weeks_per_year", faults).unwrap_or(default.weeks_per_year),
        morning: section.hours("morning", faults).unwrap_or(default.morning),
        afternoon: section.hours("afternoon", faults).unwrap_or(default.afternoon),
        lunch_break: section.duration("lunch_break", faults).unwrap_or(default.lunch_break),
        ..default
    }
}

fn care(section: &Section<'_>, calendar: &Calendar, faults: &mut Vec<Fault>) -> Care {
    section.knows_only(
        &["consultations_per_half_day", "consultation", "reach", "ald", "elderly", "other"],
        faults,
    );
    let default = Care::default();
    let mut profiles = default.profiles;
    for profile in Profile::ALL {
        profile_care(&section.section(profile.code(), faults), &mut profiles[profile], faults);
    }
    Care {
        capacity: capacity(section, calendar, faults).unwrap_or(default.capacity),
        reach: reach(section, faults).unwrap_or(default.reach),
        profiles,
        unscheduled_share: 0.0,
    }
}

fn profile_care(section: &Section<'_>, care: &mut ProfileCare, faults: &mut Vec<Fault>) {
    section.knows_only(&["visits_per_year", "weight"], faults);
    care.visits_per_year = section.number("visits_per_year", faults).unwrap_or(care.visits_per_year);
    care.weight = section.number("weight", faults).unwrap_or(care.weight);
}

fn capacity(care: &Section<'_>, calendar: &Calendar, faults: &mut Vec<Fault>) -> Option<Capacity> {
    let stated = care.value("consultations_per_half_day").and_then(|value| match value {
        DeValue::String(text) if text == "unlimited" => Some(Capacity::Unlimited),
        value => number(value)
            .map(Capacity::PerHalfDay)
            .or_else(|| care.wrong("consultations_per_half_day", Expected::Capacity, value, faults)),
    });
    let from_durations = capacity_from_durations(&care.section("consultation", faults), calendar, faults);
    if care.has("consultations_per_half_day") && care.has("consultation") {
        return care.note("consultation", FaultKind::TwoCapacities, faults);
    }
    stated.or(from_durations)
}

/// Consultations that fit in a morning after setting up, when a given share of them are first visits.
fn capacity_from_durations(
    section: &Section<'_>,
    calendar: &Calendar,
    faults: &mut Vec<Fault>,
) -> Option<Capacity> {
    const KEYS: &[&str] = &["first", "follow_up", "first_share", "setup"];
    section.knows_only(KEYS, faults);
    if !section.is_given() {
        return None;
    }
    for key in KEYS.iter().filter(|key| !section.has(key)) {
        section.missing::<()>(key, faults);
    }
    let [first, follow_up, setup] = ["first", "follow_up", "setup"].map(|key| section.duration(key, faults));
    let first_share = section.number("first_share", faults).and_then(|share| {
        let kind = FaultKind::OutOfRange { quantity: Quantity::FirstShare, value: share };
        if Quantity::FirstShare.admits(share) {
            Some(share)
        } else {
            section.note("first_share", kind, faults)
        }
    });
    let (session, setup, first_share) = (calendar.morning.length(), setup?, first_share?);
    if session.0 > 0 && setup >= session {
        return section.note("setup", FaultKind::SetupFillsSession { setup, session }, faults);
    }
    let mean = first_share * first?.seconds() + (1.0 - first_share) * follow_up?.seconds();
    if mean <= 0.0 {
        return section.note("first", FaultKind::NoConsultationTime, faults);
    }
    Some(Capacity::PerHalfDay((session.seconds() - setup.seconds()) / mean))
}

fn reach(care: &Section<'_>, faults: &mut Vec<Fault>) -> Option<Vec<ReachBand>> {
    let mut bands = Vec::new();
    let mut complete = true;
    for section in care.sections("reach", faults)? {
        section.knows_only(&["within", "share"], faults);
        for key in ["within", "share"].into_iter().filter(|key| !section.has(key)) {
            section.missing::<()>(key, faults);
        }
        match (section.duration("within", faults), section.number("share", faults)) {
            (Some(within), Some(share)) => bands.push(ReachBand { within, share: Share(share) }),
            _ => complete = false,
        }
    }
    complete.then_some(bands)
}

fn rules(section: &Section<'_>, faults: &mut Vec<Fault>) -> Rules {
    section.knows_only(&["one_vehicle_per_site", "min_half_days_per_site", "max_half_days_per_site"], faults);
    let default = Rules::default();
    let mut half_days = |key| count(section, key, Quantity::HalfDays, faults);
    let (min, max) = (half_days("min_half_days_per_site"), half_days("max_half_days_per_site"));
    Rules {
        one_vehicle_per_site: section
            .boolean("one_vehicle_per_site", faults)
            .unwrap_or(default.one_vehicle_per_site),
        min_half_days_per_site: min.unwrap_or(default.min_half_days_per_site),
        max_half_days_per_site: max.or(default.max_half_days_per_site),
        ..default
    }
}

fn vehicles(root: &Section<'_>, faults: &mut Vec<Fault>) -> Vec<Vehicle> {
    if !root.has("vehicle") {
        root.missing::<()>("vehicle", faults);
    }
    let sections = root.sections("vehicle", faults).unwrap_or_default();
    sections.iter().enumerate().map(|(index, section)| vehicle(section, index, faults)).collect()
}

fn vehicle(section: &Section<'_>, index: usize, faults: &mut Vec<Fault>) -> Vehicle {
    section.knows_only(&["id", "base", "days", "half_days_per_week", "max_drive_per_day"], faults);
    for key in ["id", "base"].into_iter().filter(|key| !section.has(key)) {
        section.missing::<()>(key, faults);
    }
    // A vehicle whose name could not be read keeps its place, so that the lines of the others stay right.
    let nameless = format!("vehicle[{index}]");
    let id = section.text("id", faults).unwrap_or(&nameless);
    let nowhere = Base::At(Position { lat: 0.0, lon: 0.0 });
    let default = Vehicle::new(id, base(section, faults).unwrap_or(nowhere));
    Vehicle {
        days: section.half_days("days", faults).unwrap_or(default.days),
        half_days_per_week: count(section, "half_days_per_week", Quantity::HalfDaysPerWeek, faults),
        max_drive_per_day: section.duration("max_drive_per_day", faults).unwrap_or(default.max_drive_per_day),
        ..default
    }
}

fn base(section: &Section<'_>, faults: &mut Vec<Fault>) -> Option<Base> {
    let value = section.value("base")?;
    let base = match value {
        DeValue::String(code) => Some(Base::Commune(code.to_string())),
        DeValue::Array(items) => match items.as_ref() {
            [lat, lon] => number(lat.get_ref())
                .zip(number(lon.get_ref()))
                .map(|(lat, lon)| Base::At(Position { lat, lon })),
            _ => None,
        },
        _ => None,
    };
    base.or_else(|| section.wrong("base", Expected::Base, value, faults))
}

/// A whole number in the range of its quantity.
fn count(section: &Section<'_>, key: &str, quantity: Quantity, faults: &mut Vec<Fault>) -> Option<u32> {
    let value = section.whole(key, faults)?;
    if quantity.admits(value) {
        return Some(value as u32);
    }
    faults.push(Fault::new(Where::key(section.path_of(key)), FaultKind::OutOfRange { quantity, value }));
    None
}
