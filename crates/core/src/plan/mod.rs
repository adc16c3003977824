//! A plan: the sessions of every vehicle over the cycle, whom they cover, and the proof that goes with it.

mod explain;
mod indicators;
#[cfg(test)]
pub(crate) mod sample;
pub mod text;
mod verify;

use serde::{Deserialize, Serialize};

pub use explain::{Instead, NamedSite, Nearest, Obstacle, Reason, Unserved, WhyEmpty};
pub use indicators::{Consultations, Driving, Indicators, ProfileCoverage};
pub use verify::{Figure, Followed, List, Slot, VehicleDay, Violation};

use crate::calendar::{Clock, Day, Half};
use crate::people::{Patients, Profile};
use crate::times::TimesSource;
use medicobus_roads::{Metres, Millis};

/// The version of the plan format that this library writes.
pub const PLAN_FORMAT: &str = "medicobus-plan/1";

/// A fixed itinerary for every vehicle and whom it covers. Written as `plan.json`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Plan {
    /// [`PLAN_FORMAT`].
    pub format: String,
    /// The territory's name.
    pub territory: String,
    /// SHA-256 of the territory and the travel times it was planned with, in hexadecimal.
    pub input: String,
    /// Whether the plan is proven optimal.
    pub status: Status,
    /// objective = reached and followed, each times its coefficient in the territory.
    pub objective: f64,
    /// People who now have a doctor within reach, weighted by profile.
    pub reached: f64,
    /// People with enough consultations for a year, weighted by profile.
    pub followed: f64,
    /// No plan of this territory has a greater objective.
    pub bound: f64,
    /// How the bound was proven.
    pub bound_method: BoundMethod,
    /// (bound - objective) / bound; 0 when both are 0.
    pub gap: f64,
    /// What the travel times are.
    pub times: TimesSource,
    /// In order of vehicle (as in the territory), week, day and half-day.
    pub sessions: Vec<Session>,
    /// The drives of each day, in the same order.
    pub days: Vec<DayTrip>,
    /// In order of commune, profile and site (as in the territory).
    pub coverage: Vec<Coverage>,
}

/// Whether a plan is proven optimal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// The gap is at most 1e-4.
    Optimal,
    /// It satisfies every rule; a better one may exist.
    Feasible,
}

/// How an upper bound was proven.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BoundMethod {
    /// Every patient reached and every consultation given to whom counts most.
    Counting,
    /// The linear relaxation of the whole model.
    LinearRelaxation,
    /// Branch and bound over the linear relaxation.
    BranchAndBound,
}

/// One vehicle at one site on one half-day of the cycle.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Session {
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
    /// Code of the site's commune.
    pub commune: String,
    /// When the vehicle sets out for it; None when it is already there since the morning.
    pub leave: Option<Clock>,
    /// When it arrives; None when it is already there.
    pub arrive: Option<Clock>,
    /// When patients are received.
    pub open: Clock,
    /// When the session ends.
    pub close: Clock,
}

/// The drives of one vehicle on one day, base to base.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DayTrip {
    /// Id of the vehicle.
    pub vehicle: String,
    /// Week of the cycle, from 1.
    pub week: u32,
    /// Day of that week.
    pub day: Day,
    /// When the vehicle leaves its base.
    pub leave: Clock,
    /// When it is back.
    pub back: Clock,
    /// Driving of the day, in milliseconds.
    pub drive: Millis,
    /// Length of that driving; None where the travel times do not tell it.
    pub length: Option<Metres>,
}

/// Patients of one profile in one commune who are followed at one site.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Coverage {
    /// Code of the commune they live in.
    pub commune: String,
    /// Their profile.
    pub profile: Profile,
    /// Id of the site they go to.
    pub site: String,
    /// How many they are, more than 0.
    pub patients: Patients,
}
