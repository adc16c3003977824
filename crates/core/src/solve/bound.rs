//! A bound on the value of all plans where rules on calendar and people hold.

use super::branch::{self, Proof, Realise, Target};
use super::demand::Demand;
use super::master::{Master, Scope};
use super::meter::Meter;
use crate::problem::Problem;

#[cfg(test)]
mod tests;

/// Ways to fill a day up to which days are told apart.
const ORDINARY: usize = 6_000;

/// Programs solved at most with days that are not told apart, before they are.
const LOOSE_NODES: usize = 200;

/// The bound of the linear relaxation with half-days that are only counted: soon there, and often close. Minus infinity
/// says that no plan keeps the hard rules.
pub(super) fn relax(problem: &Problem, demand: &Demand, meter: &Meter<'_>) -> Proof {
    let target = Target { known: f64::NEG_INFINITY, gap: 0.0, nodes: 1 };
    branch::search_dated(&whole(problem, demand, true), target, &mut |_, _| None, meter)
}

/// A proof that holds for plans that break hard rules, too, when it says that there are no others.
fn some_plan(proof: Proof) -> Proof {
    let bound = if proof.bound == f64::NEG_INFINITY { f64::INFINITY } else { proof.bound };
    Proof { bound, ..proof }
}

/// Bounds the value of every plan of a problem: objective less penalties.
///
/// First with half-days that are only counted, then, where that does not prove what the target asks, with every kind of
/// day. `realise` is asked for calendars on the way and keeps the good ones. Where no plan seems to keep the hard rules
/// there is nothing to bound, and the bound is infinite.
pub(super) fn bound(
    problem: &Problem,
    demand: &Demand,
    target: Target,
    realise: Realise<'_>,
    meter: &Meter<'_>,
) -> Proof {
    let mut known = target.known;
    let mut keep = |counts: &[Vec<u32>], enough: f64| {
        let value = realise(counts, enough);
        known = value.map_or(known, |value| value.max(known));
        value
    };
    let loose = whole(problem, demand, true);
    let nodes = target.nodes.min(LOOSE_NODES);
    let first = some_plan(branch::search_dated(&loose, Target { nodes, ..target }, &mut keep, meter));
    let proven = |bound: f64, known: f64| bound - known <= target.gap * bound.abs();
    if proven(first.bound, known) || meter.must_stop().is_some() {
        return first;
    }
    let exact = whole(problem, demand, false);
    if exact.fillings.len() > ORDINARY {
        return first;
    }
    let second = some_plan(branch::search_dated(&exact, Target { known, ..target }, realise, meter));
    Proof { bound: first.bound.min(second.bound), best: None, branched: first.branched || second.branched }
}

/// The model of all vehicles together.
fn whole<'a>(problem: &'a Problem, demand: &'a Demand, loose: bool) -> Master<'a> {
    let vehicles = (0..problem.territory().vehicles.len()).collect();
    Master::new(problem, demand, Scope { vehicles, given: vec![0; demand.sites], loose })
}
