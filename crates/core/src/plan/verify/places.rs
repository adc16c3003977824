//! What a violation is about: a day, a half-day, patients, a figure, a list.

use crate::calendar::{Day, Half};
use crate::people::Profile;

/// A vehicle on a day of the cycle.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct VehicleDay {
    /// Id of the vehicle.
    pub vehicle: String,
    /// Week of the cycle, from 1.
    pub week: u32,
    /// Day of that week.
    pub day: Day,
}

/// A vehicle on a half-day of the cycle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    /// The vehicle and the day.
    pub on: VehicleDay,
    /// Morning or afternoon.
    pub half: Half,
}

/// The patients of one entry of the coverage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Followed {
    /// Code of their commune.
    pub commune: String,
    /// Their profile.
    pub profile: Profile,
    /// Id of the site they go to.
    pub site: String,
}

/// A number that a plan states.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Figure {
    /// The objective.
    Objective,
    /// Weighted people within reach.
    Reached,
    /// Weighted people followed.
    Followed,
    /// The upper bound.
    Bound,
    /// The gap.
    Gap,
    /// Objective less penalties.
    Value,
    /// The sum of what was relaxed.
    Penalties,
    /// The upper bound on the value.
    ValueBound,
    /// What sessions at the same times in every week would cost.
    SameTimeCost,
    /// Length of the driving of a day.
    Length(VehicleDay),
    /// Patients of an entry of the coverage.
    Patients(Followed),
}

/// A list of a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum List {
    /// By vehicle, week, day and half-day.
    Sessions,
    /// By vehicle, week and day.
    Days,
    /// By commune, profile and site.
    Coverage,
    /// By rule, then subject as in the territory.
    Relaxed,
    /// By site.
    Rhythm,
}
