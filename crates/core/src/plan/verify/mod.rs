//! Whether a plan keeps every rule and everything it claims holds, checked without any code of the solver.
//!
//! The checker reads the territory and the travel times by name, as they stand in the files; it knows nothing of the
//! index that the solver works on, so that an error there shows here.

mod coverage;
mod days;
mod english;
mod facts;
mod french;
mod people;
mod places;
mod proof;
mod relaxed;
mod rhythm;
mod sessions;
#[cfg(test)]
mod tests;
mod violation;

pub use places::{Figure, Followed, List, Slot, VehicleDay};
pub use violation::Violation;

use super::{PLAN_FORMAT, Plan};
use crate::problem::Problem;
use facts::Facts;

/// How far a sum may be off, as a part of it and in units: what remains of a linear solver's tolerance (1e-9 to 1e-7 a
/// row) after thousands of terms are added. Drives and clocks are whole milliseconds and must be exact.
const TOLERANCE: f64 = 1e-6;

impl Plan {
    /// Checks the plan against the rules of the problem, and each of its own claims: times, sums, order, gap. Only
    /// that the bound is one cannot be checked from the plan alone.
    ///
    /// # Errors
    /// Everything that is wrong, all at once.
    pub fn verify(&self, problem: &Problem) -> Result<(), Vec<Violation>> {
        let facts = Facts::new(problem.territory(), problem.times());
        let mut violations = Vec::new();
        check_origin(self, problem, &mut violations);
        let roster = sessions::check(self, &facts, &mut violations);
        people::check(self, &facts, &roster, &mut violations);
        days::check(self, &facts, &roster, &mut violations);
        let followed = coverage::check(self, &facts, &roster, &mut violations);
        check_figures(self, &facts, facts.reached(&roster), followed, &mut violations);
        relaxed::check(self, &facts, &mut violations);
        rhythm::check(self, &facts, &mut violations);
        proof::check(self, &mut violations);
        if violations.is_empty() { Ok(()) } else { Err(violations) }
    }
}

/// Whether the plan was made from this problem.
fn check_origin(plan: &Plan, problem: &Problem, violations: &mut Vec<Violation>) {
    if plan.format != PLAN_FORMAT {
        violations.push(Violation::Format { found: plan.format.clone() });
    }
    let (name, digest, source) = (&problem.territory().name, problem.digest(), problem.times().source);
    if plan.territory != *name {
        violations.push(Violation::OtherTerritory { found: plan.territory.clone(), expected: name.clone() });
    }
    if plan.input != digest {
        violations.push(Violation::OtherInput { found: plan.input.clone(), expected: digest });
    }
    if plan.times != source {
        violations.push(Violation::OtherTimes { found: plan.times, expected: source });
    }
}

/// Whether reached, followed and objective are what the sessions and the coverage make them. `followed` is None where
/// the coverage holds a number that is none.
fn check_figures(
    plan: &Plan,
    facts: &Facts<'_>,
    reached: f64,
    followed: Option<f64>,
    violations: &mut Vec<Violation>,
) {
    let value = facts.territory.objective;
    let objective = followed.map(|followed| value.reached * reached + value.followed * followed);
    let figures = [
        (Figure::Reached, plan.reached, Some(reached)),
        (Figure::Followed, plan.followed, followed),
        (Figure::Objective, plan.objective, objective),
    ];
    for (figure, found, expected) in figures {
        match expected {
            _ if !found.is_finite() => violations.push(Violation::NotFinite(figure)),
            Some(expected) if !agree(found, expected) => {
                violations.push(Violation::WrongFigure { figure, found, expected });
            }
            _ => {}
        }
    }
}

/// Whether two sums are equal within [`TOLERANCE`]; never when one of them is no number.
fn agree(found: f64, expected: f64) -> bool {
    (found - expected).abs() <= TOLERANCE * expected.abs().max(1.0)
}

/// Whether a sum keeps its limit within [`TOLERANCE`]; never when one of them is no number.
fn within(sum: f64, limit: f64) -> bool {
    sum <= limit + TOLERANCE * limit.abs().max(1.0)
}
