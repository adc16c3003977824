//! Plans for problems whose half-days differ, or that have more rules than 1 to 6: a search for rosters and proofs, in
//! turn.

use super::bound;
use super::branch::Target;
use super::dated::Tree;
use super::demand::Demand;
use super::master::{Detail, Master};
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

/// A site that is open by less in a relaxed solution is closed there.
const OPEN: f64 = 1e-3;

/// Rounds of a search before the first proof, without a better roster and at most.
const FIRST: (usize, usize) = (2, 3);

/// Rounds of a search that goes on because little lacks, after each part of a proof.
const AGAIN: usize = 1;

/// The same where more lacks, once: so many rounds without a better roster, and at most.
const FAR: (usize, usize) = (1, 2);

/// Share of the time limit at which searching and proving end: where more than wishes is left to do, and else.
const EARLY: f64 = 0.8;
const LATE: f64 = 0.94;

/// Programs solved for decisions, at most, by each part of a proof that branches: a search may be luckier.
const FEW_NODES: usize = 20;

/// Plans a problem whose half-days differ, or that has more rules than 1 to 6.
pub(super) fn solve(problem: &Problem, options: &SolveOptions, clock: &Clock<'_>) -> Solution {
    let demand = roster::demand(problem);
    let by_site = demand.by_site();
    let setting = Setting::new(problem, &demand, &by_site);
    let wished = Wished::new(problem, &demand, &by_site);
    // Where times must be equal anyway, no plan with equal times is sought at the end.
    let until = if problem.territory().rules.same_time.is_some() { LATE } else { EARLY };
    let meters =
        [Meter::until(clock, 0.4, until), Meter::until(clock, 0.4, until), Meter::for_wishes(clock, 0.2)];
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
    let mut chase = Chase { counted, bound, gap: options.gap, times: 0 };
    search.run(FIRST, chase.enough(), if impossible { &short } else { searching });
    if !impossible || search.known().is_some() {
        let prover = Prover { problem, demand: &demand, rosters: &rosters, options, searching, proving };
        prover.close(&mut chase, &mut search);
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
    options: &'a SolveOptions,
    searching: &'a Meter<'a>,
    proving: &'a Meter<'a>,
}

impl<'s> Prover<'_, 's> {
    /// Proves and searches in turn until the gap is closed or the time is over.
    fn close(&self, chase: &mut Chase, search: &mut Rounds<'_, 's>) {
        let Some(fine) = bound::finest(self.problem, self.demand) else {
            return self.close_counted(chase, search);
        };
        let Some(mut tree) = self.plant(&fine, search) else { return };
        let before = chase.bound.value;
        self.prove(&mut tree, 1, chase, search);
        self.search_near(&tree, chase, search);
        // Where dates tell nothing new the smaller model does, and is soon searched. Else the bound may well be met.
        if before - chase.bound.value <= TIGHTER * before.abs() {
            if chase.is_far(search) {
                search.run(FAR, chase.enough(), self.searching);
            }
            self.close_counted(chase, search);
        } else {
            self.search(FAR, AGAIN, chase, search);
        }
        self.search_tree(&mut tree, chase, search);
    }

    /// The same where half-days are only counted.
    fn close_counted(&self, chase: &mut Chase, search: &mut Rounds<'_, 's>) {
        if chase.is_proven(search) {
            return;
        }
        if let Some(counted) = bound::whole(self.problem, self.demand, Detail::Counted)
            && let Some(mut tree) = self.plant(&counted, search)
        {
            self.search_tree(&mut tree, chase, search);
        }
    }

    fn plant<'m>(&'m self, master: &'m Master<'m>, search: &Rounds<'_, 's>) -> Option<Tree<'m, 'm>> {
        let known = search.known().unwrap_or(f64::NEG_INFINITY);
        let target = Target { known, gap: self.options.gap, nodes: 1 };
        let mut tree = Tree::plant(master, target, self.proving).ok()?;
        tree.tighten_root();
        Some(tree)
    }

    /// Searches a model to its end, in parts, and searches between them.
    fn search_tree(&self, tree: &mut Tree<'_, '_>, chase: &mut Chase, search: &mut Rounds<'_, 's>) {
        let most = NODES[usize::from(self.problem.territory().vehicles.len() > 1)];
        let (nodes, mut all) = (FEW_NODES.min(most), 0);
        while !chase.is_proven(search) && all < most && self.proving.must_stop().is_none() && !tree.is_over()
        {
            self.prove(tree, nodes, chase, search);
            self.search_near(tree, chase, search);
            self.search((0, 0), AGAIN, chase, search);
            all += nodes;
        }
    }

    /// With so many programs more at most.
    fn prove(&self, tree: &mut Tree<'_, '_>, nodes: usize, chase: &mut Chase, search: &mut Rounds<'_, 's>) {
        let known = search.known().unwrap_or(f64::NEG_INFINITY);
        let target = Target { known, gap: self.options.gap, nodes };
        let mut realise = |counts: &[Vec<u32>], enough: f64| {
            let mut found = self.rosters.realise(counts, enough, self.proving)?;
            search.see(&mut found);
            found.value()
        };
        let proof = bound::some_plan(tree.go_on(target, &mut realise));
        chase.bound = proof.improve(chase.bound);
    }

    /// Looks for a better roster at the sites that a relaxed solution opens, and those of the best roster.
    fn search_near(&self, tree: &Tree<'_, '_>, chase: &mut Chase, search: &mut Rounds<'_, 's>) {
        let Some(open) = tree.openness().filter(|_| !chase.is_proven(search)) else { return };
        let best = search.best();
        let sites: Vec<bool> =
            open.iter().zip(best.served()).map(|(&open, served)| served || open > OPEN).collect();
        let mut found = self.rosters.find_among(&sites, best, chase.times, chase.enough(), self.searching);
        search.see(&mut found);
        chase.times += 1;
    }

    /// Looks on for a better roster: so many rounds where much lacks, or where little does.
    fn search(&self, far: (usize, usize), near: usize, chase: &Chase, search: &mut Rounds<'_, 's>) {
        if chase.is_near(search) {
            search.run((near, near), chase.enough(), self.searching);
        } else if chase.is_far(search) && far.1 > 0 {
            search.run(far, chase.enough(), self.searching);
        }
    }
}

/// How far a search is from its bound.
struct Chase {
    /// The counting bound, which can be met.
    counted: f64,
    bound: Bound,
    /// The gap that is asked for.
    gap: f64,
    /// Searches near relaxed solutions so far.
    times: u64,
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
