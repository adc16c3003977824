//! What sessions are for.

use serde::{Deserialize, Serialize};

/// The name of general practice where an activity is named.
pub const GENERAL: &str = "general";

/// What a session is for, besides general practice.
///
/// A half-day is either given to an activity, or shared: then general practice goes on beside it with what is left of
/// the consultations. A site where other activities take place has general practice, on board or at a distance, on at
/// least one half-day of the cycle.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Activity {
    /// Unique among activities, and not [`GENERAL`].
    pub id: String,
    /// What people call it; None: the id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What it is.
    pub kind: ActivityKind,
    /// Share of a half-day that it takes, above 0, at most 1. Always 1 for general practice at a distance.
    #[serde(default = "whole")]
    pub share: f64,
    /// Least half-days a cycle that hold it.
    #[serde(default)]
    pub at_least: u32,
    /// Most half-days a cycle that hold it; None: no limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_most: Option<u32>,
    /// Ids of the sites where it can take place; None: all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sites: Option<Vec<String>>,
}

/// What kinds of activities there are.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActivityKind {
    /// A specialty, with a doctor of that specialty. Its consultations follow nobody's long-term care.
    Specialty,
    /// Prevention, at most [`prevention_share`](super::Rules::prevention_share) of all half-days.
    Prevention,
    /// General practice with a nurse on board and a doctor at a distance. Counts as general practice.
    Remote {
        /// Consultations a half-day, above 0.
        consultations_per_half_day: f64,
    },
}

const fn whole() -> f64 {
    1.0
}
