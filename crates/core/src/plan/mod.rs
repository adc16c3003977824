//! A plan: the sessions of every vehicle over the cycle, whom they cover, and the proof that goes with it.

pub mod by_hand;
pub mod compare;
mod explain;
mod indicators;
mod rules;
#[cfg(test)]
pub(crate) mod sample;
pub mod text;
mod verify;

use serde::{Deserialize, Serialize};

pub use explain::{Instead, NamedSite, Nearest, Obstacle, Reason, Unserved, WhyEmpty};
pub use indicators::{Consultations, Driving, HalfDaysOf, Indicators, ProfileCoverage};
pub use rules::{Breach, breaches, rhythm};
pub use verify::{Figure, Followed, List, Slot, VehicleDay, Violation};

use crate::calendar::{Clock, Day, Half};
use crate::people::{Patients, Profile};
use crate::territory::RuleName;
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
    /// What was relaxed and what that costs; None where no rule of the territory has a price.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priced: Option<Priced>,
    /// How the visits of each served site lie in the cycle, in the order of the territory. Empty for a cycle of one
    /// week without doctors, which leaves nothing to tell.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rhythm: Vec<Rhythm>,
    /// What sessions at the same times in every week would cost, where some are not: how much less the best plan found
    /// with them is worth.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub same_time_cost: Option<f64>,
}

impl Plan {
    /// objective - penalties: what plans are compared by.
    pub fn value(&self) -> f64 {
        self.priced.as_ref().map_or(self.objective, |priced| priced.value)
    }
}

/// What a plan is worth once its breaches of soft rules are paid.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Priced {
    /// objective - penalties.
    pub value: f64,
    /// The sum of what was relaxed.
    pub penalties: f64,
    /// No plan of this territory has a greater value. The plan's own `bound` is this and its penalties, so that it
    /// can be held against its objective; its `gap` is (bound - value) / bound of these here.
    pub bound: f64,
    /// In order of rule, then of subject as in the territory.
    pub relaxed: Vec<Relaxed>,
}

/// A soft rule that a plan breaks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Relaxed {
    /// Which, with its subject.
    pub rule: RuleName,
    /// How much, in the rule's unit.
    pub units: f64,
    /// What one unit costs.
    pub price: f64,
    /// The sessions concerned, where it is about some; by their place in the plan.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sessions: Vec<usize>,
}

/// How the visits of a site lie in the cycle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rhythm {
    /// Id of the site.
    pub site: String,
    /// Days with a session there.
    pub visits: u32,
    /// Most days from one visit to the next, across the end of the cycle too; the whole cycle for a single one.
    pub longest_gap: u32,
    /// Sessions at other times than the site's usual ones. With at most n sessions in any week, these are the n
    /// weekday and half-days that occur most often.
    pub other_times: u32,
    /// Doctors of general practice who come, where doctors are given.
    pub doctors: u32,
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
    /// Id of the activity that the half-day is given to, or shared with; None: general practice alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub activity: Option<String>,
    /// Id of the doctor: of the specialty, where the half-day is given to one, else of general practice. None where
    /// the territory has no doctors, or where the rule that asks for one is relaxed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub doctor: Option<String>,
    /// Id of the doctor of the specialty with whom general practice shares the half-day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub specialist: Option<String>,
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
