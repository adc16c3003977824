//! Sessions that are settled before planning: required, forbidden, locked, or published.

use serde::{Deserialize, Serialize};

use super::{every_week, is_every_week};
use crate::calendar::{Day, Half, HalfDays, Weeks};

/// What is settled of some sessions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Booking {
    /// What is settled.
    pub kind: BookingKind,
    /// Id of the vehicle; None: any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vehicle: Option<String>,
    /// Id of the site; None: any. A required or locked one names it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site: Option<String>,
    /// Weeks of the cycle.
    #[serde(default = "every_week", skip_serializing_if = "is_every_week")]
    pub weeks: Weeks,
    /// Half-days of those weeks.
    pub half_days: HalfDays,
    /// Id of the doctor, of a locked session only; None: any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub doctor: Option<String>,
    /// Id of the activity, of a locked session only; None: general practice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub activity: Option<String>,
}

/// What can be settled of sessions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum BookingKind {
    /// In each of the weeks, at least one session on one of the half-days: « a morning a week at the town hall ».
    Required,
    /// No session on any of these half-days: « not on market days ».
    Forbidden,
    /// A session on every one of these half-days, as it says: « as published ».
    Locked,
}

impl BookingKind {
    /// All of them.
    pub const ALL: [BookingKind; 3] = [BookingKind::Required, BookingKind::Forbidden, BookingKind::Locked];

    /// Its name in files.
    pub const fn code(self) -> &'static str {
        ["required", "forbidden", "locked"][self as usize]
    }
}

/// The calendar in force, and how much of it may change.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Published {
    /// Its sessions.
    pub sessions: Vec<PublishedSession>,
    /// Most changes; None: any number. The changes of a plan are the greater of the number of published sessions that
    /// it lacks and the number of its sessions that are not published; vehicle, week, day, half-day and site count,
    /// doctor and activity do not. A change can be given a price as the soft rule `changes`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_changes: Option<u32>,
}

/// A session as a calendar made by hand has it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PublishedSession {
    /// Id of the vehicle.
    pub vehicle: String,
    /// Week of the cycle, from 1.
    pub week: u32,
    /// Day of that week.
    pub day: Day,
    /// Morning or afternoon.
    pub half: Half,
    /// Id of the site.
    pub site: String,
    /// Id of the doctor, where it names one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub doctor: Option<String>,
    /// Id of the activity; None: general practice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub activity: Option<String>,
    /// Id of the doctor of a specialty beside that of general practice, where they share the half-day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub specialist: Option<String>,
}
