//! What changes from one calendar to another: session by session, and commune by commune.

mod people;
mod sessions;
#[cfg(test)]
mod tests;

pub use people::{CommuneChange, Nearby};
pub use sessions::{SessionChange, When, Who};

use super::Plan;
use crate::problem::Problem;
use crate::times::TravelTimes;

/// What changes from one plan to another.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// Every session of both, in order of vehicle, week, day and half-day, as it is before where it is both.
    pub sessions: Vec<SessionChange>,
    /// Communes for which anything changes; those most concerned come first.
    pub communes: Vec<CommuneChange>,
}

/// What is known beside the two plans.
#[derive(Clone, Copy, Debug)]
pub enum Knowledge<'a> {
    /// The question that both answer: communes have names, and reach is known.
    Problem(&'a Problem),
    /// Travel times alone, by which the nearest session of a commune is known.
    Times(&'a TravelTimes),
    /// Nothing.
    Plans,
}

impl<'a> Knowledge<'a> {
    fn problem(self) -> Option<&'a Problem> {
        match self {
            Knowledge::Problem(problem) => Some(problem),
            _ => None,
        }
    }

    fn times(self) -> Option<&'a TravelTimes> {
        match self {
            Knowledge::Problem(problem) => Some(problem.times()),
            Knowledge::Times(times) => Some(times),
            Knowledge::Plans => None,
        }
    }
}

/// What changes from one plan to another, with what is known beside them.
pub fn compare(before: &Plan, after: &Plan, known: Knowledge<'_>) -> Comparison {
    Comparison {
        sessions: sessions::changes(&before.sessions, &after.sessions),
        communes: people::changes([before, after], known),
    }
}
