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

/// How much a bound tells apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Detail {
    /// Half-days are only counted.
    Counted,
    /// Half-days of each kind are told apart.
    Dated,
    /// And so is which sites fit together on a day.
    Paired,
}

/// Bounds the value of every plan of a problem: objective less penalties.
///
/// `realise` is asked for calendars on the way and keeps the good ones. Where no plan seems to keep the hard rules
/// there is nothing to bound, and the bound is infinite.
pub(super) fn bound(
    problem: &Problem,
    demand: &Demand,
    detail: Detail,
    target: Target,
    realise: Realise<'_>,
    meter: &Meter<'_>,
) -> Proof {
    let nothing = Proof { bound: f64::INFINITY, best: None, branched: false };
    if meter.must_stop().is_some() || detail == Detail::Dated {
        return nothing;
    }
    let master = whole(problem, demand, detail == Detail::Counted);
    if master.fillings.len() > ORDINARY {
        return nothing;
    }
    let nodes = if detail == Detail::Counted { target.nodes.min(LOOSE_NODES) } else { target.nodes };
    some_plan(branch::search_dated(&master, Target { nodes, ..target }, realise, meter))
}

/// The model of all vehicles together.
fn whole<'a>(problem: &'a Problem, demand: &'a Demand, loose: bool) -> Master<'a> {
    let vehicles = (0..problem.territory().vehicles.len()).collect();
    Master::new(problem, demand, Scope { vehicles, given: vec![0; demand.sites], loose })
}
