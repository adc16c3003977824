//! A bound on the value of all plans where rules on calendar and people hold.

use super::branch::{Proof, Target};
use super::dated;
use super::demand::Demand;
use super::master::{Detail, Master, Scope};
use super::meter::Meter;
use crate::problem::Problem;

#[cfg(test)]
mod tests;

/// Ways to fill a day up to which days are told apart by them.
const ORDINARY: usize = 6_000;

/// The same up to which they are at first.
const FEW_WAYS: usize = 3_000;

/// Sites, half-days of vehicles, and one more than there are doctors: up to this product of them half-days are told
/// apart.
const MANY: usize = 20_000;

/// The bound of the linear relaxation with half-days that are only counted: soon there, and often close. Minus infinity
/// says that no plan keeps the hard rules.
pub(super) fn relax(problem: &Problem, demand: &Demand, meter: &Meter<'_>) -> Proof {
    let target = Target { known: f64::NEG_INFINITY, gap: 0.0, nodes: 1 };
    whole(problem, demand, Detail::Counted)
        .map_or_else(Proof::of_nothing, |master| dated::search(&master, target, &mut |_, _, _| None, meter))
}

/// Whether the linear relaxation shows that no plan keeps the hard rules: with half-days that are counted, then, where
/// that is not too much, told apart. False says nothing.
pub(super) fn is_impossible(problem: &Problem, demand: &Demand, meter: &Meter<'_>) -> bool {
    let target = Target { known: f64::NEG_INFINITY, gap: 0.0, nodes: 1 };
    [Detail::Counted, Detail::Dated, Detail::Paired].into_iter().any(|detail| {
        whole(problem, demand, detail).is_some_and(|master| {
            dated::search(&master, target, &mut |_, _, _| None, meter).bound == f64::NEG_INFINITY
        })
    })
}

/// The finest model of a problem that is not too large: with days, where there are few ways to fill them, else with
/// half-days; None where it is too large with these, too.
pub(super) fn finest<'a>(problem: &'a Problem, demand: &'a Demand) -> Option<Master<'a>> {
    whole(problem, demand, Detail::Paired)
        .filter(|master| master.fillings.len() <= FEW_WAYS)
        .or_else(|| whole(problem, demand, Detail::Dated))
}

/// A proof that holds for plans that break hard rules, too, when it says that there are no others.
pub(super) fn some_plan(proof: Proof) -> Proof {
    let bound = if proof.bound == f64::NEG_INFINITY { f64::INFINITY } else { proof.bound };
    Proof { bound, ..proof }
}

/// The model of all vehicles together; None where it would be too large.
pub(super) fn whole<'a>(problem: &'a Problem, demand: &'a Demand, detail: Detail) -> Option<Master<'a>> {
    if detail != Detail::Counted && !can_be_dated(problem) {
        return None;
    }
    let vehicles = (0..problem.territory().vehicles.len()).collect();
    let master = Master::new(problem, demand, Scope { vehicles, given: vec![0; demand.sites], detail });
    (master.fillings.len() <= ORDINARY).then_some(master)
}

/// Whether a problem is small enough for its half-days to be told apart.
pub(super) fn can_be_dated(problem: &Problem) -> bool {
    let territory = problem.territory();
    let weeks = territory.calendar.cycle_weeks as usize;
    let half_days: usize = territory.vehicles.iter().map(|of| of.days.len() as usize * weeks).sum();
    territory.sites.len() * half_days * (1 + territory.doctors.len()) <= MANY
}
