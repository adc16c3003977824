//! What a coordinator holds: communes and their patients, sites, vehicles, calendar, care and rules.
//!
//! These are plain data, built in memory or read from files; [`Problem::new`](crate::Problem::new) checks them.

mod activity;
mod booking;
mod check;
mod clash;
mod doctor;
pub mod duration;
pub(crate) mod fault;
mod origin;
pub(crate) mod read;
mod relax;
mod rules;

pub use activity::{Activity, ActivityKind, GENERAL};
pub use booking::{Booking, BookingKind, Published, PublishedSession};
pub use check::{faults, faults_with_times};
pub use doctor::{Away, Doctor, Employer};
pub use fault::{
    ActivityFault, BookingFault, DoctorFault, Expected, Fault, FaultKind, First, Idle, LocatedFault,
    Lookalike, Named, PriceFault, Quantity, ReadError, RhythmFault, Severity, Unreadable, Where,
};
pub use origin::origin;
pub use read::{
    FileDigest, InputDigest, RulePlace, SessionTable, Sources, read, read_sessions, read_with_times,
};
pub use rules::{RuleKind, RuleName, Rules, Soft};

use std::collections::BTreeSet;

use medicobus_roads::{Millis, Position};
use serde::{Deserialize, Serialize};

use crate::calendar::{Half, HalfDays, Hours, Weeks};
use crate::people::{ByProfile, Patients, Share};

/// Everything that defines a planning question, but for the travel times.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Territory {
    /// What people call it.
    pub name: String,
    /// Where patients live. Codes are unique.
    pub communes: Vec<Commune>,
    /// Where a vehicle can park. Ids are unique.
    pub sites: Vec<Site>,
    /// The médicobus. Ids are unique.
    pub vehicles: Vec<Vehicle>,
    /// What is maximised.
    #[serde(default)]
    pub objective: Objective,
    /// The cycle and its hours.
    #[serde(default)]
    pub calendar: Calendar,
    /// What patients need and how far they come.
    #[serde(default)]
    pub care: Care,
    /// What a plan must respect.
    #[serde(default)]
    pub rules: Rules,
    /// The doctors. Ids are unique. With none, sessions name no doctor and no rule on doctors holds.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub doctors: Vec<Doctor>,
    /// What sessions are for besides general practice. Ids are unique.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub activities: Vec<Activity>,
    /// Sessions that are required, forbidden or locked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bookings: Vec<Booking>,
    /// The calendar in force, and how much of it may change.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<Published>,
}

impl Territory {
    /// A territory with the defaults for all that is not named here.
    pub fn new(name: &str, communes: Vec<Commune>, sites: Vec<Site>, vehicles: Vec<Vehicle>) -> Territory {
        Territory {
            name: name.to_owned(),
            communes,
            sites,
            vehicles,
            objective: Objective::default(),
            calendar: Calendar::default(),
            care: Care::default(),
            rules: Rules::default(),
            doctors: Vec::new(),
            activities: Vec::new(),
            bookings: Vec::new(),
            published: None,
        }
    }

    /// The sites of a territory that names none: one at the centre of each commune, or, where any commune has a
    /// zone, of each commune in a priority zone (ZIP or ZAC). A code that is there twice, by mistake, has one site.
    pub fn default_sites(communes: &[Commune]) -> Vec<Site> {
        let zoned = communes.iter().any(|commune| commune.zone.is_some());
        let eligible = |commune: &&Commune| !zoned || commune.zone.as_deref().is_some_and(is_priority_zone);
        let mut seen = BTreeSet::new();
        let codes = communes.iter().filter(eligible).map(|commune| commune.code.as_str());
        codes.filter(|code| seen.insert(*code)).map(Site::at_centre).collect()
    }
}

/// Zone d'intervention prioritaire or zone d'action complémentaire (ZAP is an older name of ZAC).
fn is_priority_zone(zone: &str) -> bool {
    matches!(zone, "ZIP" | "ZAC" | "ZAP")
}

/// A commune and its patients without a médecin traitant.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Commune {
    /// Any text; the INSEE code where there is one.
    pub code: String,
    /// What people call it.
    pub name: String,
    /// Its centre, by custom the mairie.
    pub position: Position,
    /// Inhabitants, where known.
    pub population: Option<f64>,
    /// People without a médecin traitant; a person has one profile, ALD before elderly before other.
    pub patients: ByProfile<Patients>,
    /// Zoning of médecins: ZIP, ZAC, ...; None where not given.
    pub zone: Option<String>,
}

/// A place where a vehicle can park.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Site {
    /// Unique among sites; may equal the code of its own commune, when it stands at that commune's centre.
    pub id: String,
    /// The code of the commune it lies in.
    pub commune: String,
    /// What people call it; None: the name of its commune.
    pub name: Option<String>,
    /// None: at its commune's centre.
    pub position: Option<Position>,
    /// The half-days on which it can be used.
    pub open: HalfDays,
    /// The weeks of the cycle in which it can be used.
    #[serde(default = "every_week", skip_serializing_if = "is_every_week")]
    pub weeks: Weeks,
    /// Least sessions a cycle, if it has any; None: the rule of the territory.
    pub min_half_days: Option<u32>,
    /// Most sessions a cycle; None: the rule of the territory.
    pub max_half_days: Option<u32>,
    /// Whether it must have a session at all.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub required: bool,
    /// Weeks from one week with sessions to the next, if it has any: 1 for every week, 2 for every second week. The
    /// other weeks have none. It divides the weeks of the cycle. None: any weeks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub every: Option<u32>,
    /// Visits a cycle, if it has any: days with a session there. None: any number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visits: Option<u32>,
    /// Most days from one visit to the next, across the end of the cycle too; None: the rule of the territory.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_gap: Option<u32>,
}

impl Site {
    /// A site at the centre of a commune, with that commune's code as its id, always open.
    pub fn at_centre(commune: &str) -> Site {
        Site {
            id: commune.to_owned(),
            commune: commune.to_owned(),
            name: None,
            position: None,
            open: HalfDays::ALL,
            weeks: Weeks::ALL,
            min_half_days: None,
            max_half_days: None,
            required: false,
            every: None,
            visits: None,
            max_gap: None,
        }
    }
}

/// One médicobus.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Vehicle {
    /// Unique among vehicles.
    pub id: String,
    /// Where its days start and end.
    pub base: Base,
    /// The half-days on which it works.
    #[serde(default = "working_week")]
    pub days: HalfDays,
    /// The weeks of the cycle in which it works.
    #[serde(default = "every_week", skip_serializing_if = "is_every_week")]
    pub weeks: Weeks,
    /// Its own morning hours; None: those of the calendar.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub morning: Option<Hours>,
    /// Its own afternoon hours; None: those of the calendar.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub afternoon: Option<Hours>,
    /// Most half-days a week; None: every half-day of its days.
    #[serde(default)]
    pub half_days_per_week: Option<u32>,
    /// Most driving a day, base to base.
    #[serde(default = "two_hours")]
    pub max_drive_per_day: Millis,
}

impl Vehicle {
    /// A vehicle that works all half-days from Monday to Friday and drives at most two hours a day.
    pub fn new(id: &str, base: Base) -> Vehicle {
        Vehicle {
            id: id.to_owned(),
            base,
            days: working_week(),
            weeks: Weeks::ALL,
            morning: None,
            afternoon: None,
            half_days_per_week: None,
            max_drive_per_day: two_hours(),
        }
    }

    /// The hours of its sessions on a half-day.
    pub fn hours(&self, half: Half, calendar: &Calendar) -> Hours {
        match half {
            Half::Am => self.morning.unwrap_or(calendar.morning),
            Half::Pm => self.afternoon.unwrap_or(calendar.afternoon),
        }
    }
}

const fn every_week() -> Weeks {
    Weeks::ALL
}

fn is_every_week(weeks: &Weeks) -> bool {
    *weeks == Weeks::ALL
}

fn is_nothing(share: &f64) -> bool {
    *share == 0.0
}

const fn working_week() -> HalfDays {
    HalfDays::WORKING_WEEK
}

const fn two_hours() -> Millis {
    Millis::from_minutes(120)
}

/// Where a vehicle spends the night.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Base {
    /// At the centre of the commune with this code, which may lie outside the territory's list only if travel
    /// times name it.
    Commune(String),
    /// At a place of its own.
    At(Position),
}

/// objective = `reached` x people reached + `followed` x people followed, both weighted by profile.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Objective {
    /// What one (weighted) person within reach of a served site counts.
    pub reached: f64,
    /// What one (weighted) person with enough consultations for a year counts.
    pub followed: f64,
}

impl Default for Objective {
    fn default() -> Objective {
        Objective { reached: 1.0, followed: 1.0 }
    }
}

/// The cycle that repeats, and its hours.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Calendar {
    /// Weeks of the cycle, 1 to 52.
    pub cycle_weeks: u32,
    /// Weeks of activity a year.
    pub weeks_per_year: f64,
    /// Hours of a morning session.
    pub morning: Hours,
    /// Hours of an afternoon session.
    pub afternoon: Hours,
    /// Rest between morning and afternoon; the vehicle moves in what is left.
    pub lunch_break: Millis,
    /// The year that is planned, for the ages of doctors.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<u32>,
}

impl Default for Calendar {
    fn default() -> Calendar {
        Calendar {
            cycle_weeks: 1,
            weeks_per_year: 46.0,
            morning: Hours::new((9, 0), (13, 0)),
            afternoon: Hours::new((14, 0), (18, 0)),
            lunch_break: Millis::from_minutes(30),
            year: None,
        }
    }
}

/// What patients need, what a half-day gives, and how far people come.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Care {
    /// Consultations a half-day.
    pub capacity: Capacity,
    /// Share of people ready to come, by driving time; nearest band first, shares falling.
    pub reach: Vec<ReachBand>,
    /// Need and weight of each profile.
    pub profiles: ByProfile<ProfileCare>,
    /// Share of each half-day that is kept free for unscheduled care, 0 to 0.15.
    #[serde(default, skip_serializing_if = "is_nothing")]
    pub unscheduled_share: f64,
}

impl Default for Care {
    fn default() -> Care {
        let band = |minutes, share| ReachBand { within: Millis::from_minutes(minutes), share: Share(share) };
        Care {
            capacity: Capacity::PerHalfDay(12.0),
            reach: vec![band(10, 1.0), band(15, 0.6667), band(20, 0.3333)],
            profiles: ByProfile {
                ald: ProfileCare { visits_per_year: 6.0, weight: 10.0 },
                elderly: ProfileCare { visits_per_year: 4.5, weight: 5.0 },
                other: ProfileCare { visits_per_year: 2.2, weight: 1.0 },
            },
            unscheduled_share: 0.0,
        }
    }
}

/// How many consultations a half-day gives.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Capacity {
    /// Everyone who comes is seen.
    Unlimited,
    /// Consultations a half-day, not necessarily a whole number, whatever its hours.
    PerHalfDay(f64),
    /// As many as fit into the hours of the half-day.
    Timed {
        /// Setting up, before the first consultation.
        setup: Millis,
        /// The mean length of a consultation, in seconds.
        mean: f64,
    },
}

impl Capacity {
    /// Consultations of a half-day of these hours; None when unlimited.
    pub fn of(self, hours: Hours) -> Option<f64> {
        match self {
            Capacity::Unlimited => None,
            Capacity::PerHalfDay(consultations) => Some(consultations),
            Capacity::Timed { setup, mean } => {
                let open = hours.end.0.0.saturating_sub(hours.start.0.0).saturating_sub(setup.0);
                Some(Millis(open).seconds() / mean)
            }
        }
    }
}

/// People who live within `within` of a site: this share of them is ready to come.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReachBand {
    /// Longest driving time of the band.
    pub within: Millis,
    /// Share of people ready to come from there, above 0, at most 1.
    pub share: Share,
}

/// Need and weight of a profile.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProfileCare {
    /// Consultations a patient needs a year, above 0.
    pub visits_per_year: f64,
    /// What a patient counts in the objective, 0 or more.
    pub weight: f64,
}
