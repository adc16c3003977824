//! Plans for problems whose half-days differ, or that have more rules than 1 to 6: a search for rosters and proofs, in
//! turn.

use super::bound;
use super::branch::{Proof, Target};
use super::demand::Demand;
use super::master::Detail;
use super::meter::{Clock, Meter};
use super::options::{Solution, SolveOptions, Stop};
use super::roster::{self, Outcome, Rosters, Rounds, Setting, Wished};
use super::{Bound, NODES, ROUNDING, assemble, counting_bound};
use crate::plan::BoundMethod;
use crate::problem::Problem;

/// Steps of a search for a plan where there should be none.
const SHORT: u64 = 200_000;

/// Part of the gap asked for within which a roster is good enough. The rest is room for rounding.
const OF_THE_GAP: f64 = 0.9;

/// Where the gap is at most so many times the one asked for, more luck may close it.
const NEAR: f64 = 30.0;

/// Where dates take less than this part from a bound they tell nothing new.
const TIGHTER: f64 = 1e-6;

/// Rounds of a search before the first proof, without a better roster and at most.
const FIRST: (usize, usize) = (2, 3);

/// Rounds of a search that goes on because little lacks, after each proof.
const AGAIN: [usize; 4] = [12, 18, 24, 60];

/// The same where more lacks, once: so many rounds without a better roster, and at most.
const FAR: (usize, usize) = (2, 4);

/// Programs solved at most by the first proof that branches: a search may be luckier.
const FEW_NODES: usize = 200;

/// Plans a problem whose half-days differ, or that has more rules than 1 to 6.
pub(super) fn solve(problem: &Problem, options: &SolveOptions, clock: &Clock<'_>) -> Solution {
    let demand = roster::demand(problem);
    let by_site = demand.by_site();
    let setting = Setting::new(problem, &demand, &by_site);
    let wished = Wished::new(problem, &demand, &by_site);
    let meters =
        [Meter::until(clock, 0.4, 0.8), Meter::until(clock, 0.4, 0.8), Meter::for_wishes(clock, 0.2)];
    let [searching, proving, finishing] = &meters;
    let counted = counting_bound(problem, &demand);
    let mut bound = Bound { value: counted * (1.0 + ROUNDING), method: BoundMethod::Counting };
    searching.bounded(bound.value);
    let relaxed = bound::relax(problem, &demand, searching);
    // No plan keeps the hard rules then, unless rounding deceives: a short search is enough to see that.
    let impossible = relaxed.bound == f64::NEG_INFINITY;
    if !impossible {
        bound = relaxed.improve(bound);
    }
    let rosters = Rosters::new(&setting, options);
    let short = Meter::of_steps(clock, SHORT);
    let mut search = rosters.start(searching);
    let mut chase = Chase { counted, bound, gap: options.gap };
    search.run(FIRST, chase.enough(), if impossible { &short } else { searching });
    if !impossible || search.known().is_some() {
        let nodes = NODES[usize::from(problem.territory().vehicles.len() > 1)];
        let prover = Prover { problem, demand: &demand, rosters: &rosters, gap: options.gap, meter: proving };
        let mut detail = Detail::Counted;
        for (step, rounds) in AGAIN.into_iter().enumerate() {
            if chase.is_proven(&search) || step > 1 && !bound::can_be_dated(problem) {
                break;
            }
            let proof = match step {
                0 => prover.prove(Detail::Dated, 1, &mut search),
                1 => prover.prove(detail, nodes.min(FEW_NODES), &mut search),
                2 => prover.prove(detail, nodes, &mut search),
                _ => prover.prove(Detail::Paired, nodes, &mut search),
            };
            // Where dates tell nothing new the smaller model does, and is soon searched. Else the bound may well be met.
            if step == 0 && chase.bound.value - proof.bound > TIGHTER * proof.bound.abs() {
                detail = Detail::Dated;
            }
            chase.bound = proof.improve(chase.bound);
            if chase.is_near(&search) && (step > 0 || detail == Detail::Dated) {
                search.run((rounds, rounds), chase.enough(), searching);
            } else if chase.is_far(&search) && step == 0 {
                search.run(FAR, chase.enough(), searching);
            }
        }
    }
    let stop = meters.iter().find_map(Meter::must_stop).unwrap_or(Stop::Exhausted);
    let outcome = roster::finish(search.best(), &setting, &wished, options, finishing);
    let work = meters.iter().map(Meter::work).sum();
    let mut solution = assemble_roster(problem, outcome, chase.bound, stop, work);
    if solution.plan.gap <= options.gap && solution.broken.is_empty() {
        solution.stop = Stop::Gap;
    }
    solution
}

/// Bounds plans, and lets a search see those that are made on the way.
struct Prover<'a, 's> {
    problem: &'a Problem,
    demand: &'a Demand,
    rosters: &'a Rosters<'s>,
    /// The gap that is asked for.
    gap: f64,
    meter: &'a Meter<'a>,
}

impl<'s> Prover<'_, 's> {
    /// With so many programs solved at most.
    fn prove(&self, detail: Detail, nodes: usize, search: &mut Rounds<'_, 's>) -> Proof {
        let known = search.known().unwrap_or(f64::NEG_INFINITY);
        let target = Target { known, gap: self.gap, nodes };
        let mut realise = |counts: &[Vec<u32>], enough: f64| {
            let mut found = self.rosters.realise(counts, enough, self.meter)?;
            search.see(&mut found);
            found.value()
        };
        bound::bound(self.problem, self.demand, detail, target, &mut realise, self.meter)
    }
}

/// How far a search is from its bound.
struct Chase {
    /// The counting bound, which can be met.
    counted: f64,
    bound: Bound,
    /// The gap that is asked for.
    gap: f64,
}

impl Chase {
    /// A value that closes the gap.
    fn enough(&self) -> f64 {
        self.counted.min(self.bound.value - OF_THE_GAP * self.gap * self.bound.value.abs())
    }

    fn is_within(&self, search: &Rounds<'_, '_>, gap: f64) -> bool {
        search.known().is_some_and(|known| self.bound.value - known <= gap * self.bound.value.abs())
    }

    fn is_proven(&self, search: &Rounds<'_, '_>) -> bool {
        self.is_within(search, self.gap)
    }

    /// Whether much lacks.
    fn is_far(&self, search: &Rounds<'_, '_>) -> bool {
        !self.is_within(search, NEAR * self.gap)
    }

    /// Whether the gap is open, but not by much.
    fn is_near(&self, search: &Rounds<'_, '_>) -> bool {
        self.is_within(search, NEAR * self.gap) && !self.is_proven(search)
    }
}

/// The plan of a roster.
pub(super) fn assemble_roster(
    problem: &Problem,
    Outcome { roster, same_time_cost }: Outcome<'_>,
    bound: Bound,
    stop: Stop,
    work: u64,
) -> Solution {
    let found = roster.found();
    let cover = (found.served.as_slice(), found.given.as_slice());
    let mut plan = assemble::assemble_days(problem, &found.days, cover, bound.value, bound.method);
    let broken = roster.complete(&mut plan, bound.value);
    plan.same_time_cost = same_time_cost;
    Solution { plan, broken, stop, work }
}
