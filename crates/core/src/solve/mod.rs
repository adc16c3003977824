//! From a problem to a plan with a proven bound.
//!
//! 1. A greedy calendar, then ruin and recreate: a good plan in little time. At the same time the linear relaxation of
//!    the whole model: a bound.
//! 2. Branch and bound over that relaxation: for one vehicle of ordinary size the best plan there is. With more
//!    vehicles, first one at a time while the others stay as they are.
//! 3. Each vehicle's sessions are laid on dates so that least is driven.
//!
//! Where half-days differ, or there are more rules than 1 to 6, `people` does all of it: rosters are sought on dates, and
//! bounded in models that tell apart more and more, by a branch and bound of their own, `dated`.

mod assemble;
mod bound;
mod branch;
mod calendar;
mod cover;
mod cuts;
mod dated;
mod decision;
mod demand;
mod draft;
mod flow;
mod interior;
mod keep;
mod lay;
mod master;
mod meter;
mod options;
mod patterns;
mod people;
mod program;
mod random;
mod roster;
mod search;
#[cfg(feature = "highs")]
mod whole;
mod worth;

pub use cover::value_of;
pub(crate) use cover::{cover, value_given};
pub use demand::Value;
pub(crate) use keep::{Kept, is_impossible, keep};
pub use options::{Event, Solution, SolveOptions, Stop};

use crate::plan::BoundMethod;
use crate::problem::Problem;
use branch::{Proof, Target};
use demand::Demand;
use draft::Draft;
use master::{Detail, Master, Scope};
use meter::{Clock, Meter};
use people::assemble_roster;
use random::Random;
use roster::{Setting, Wished};
use search::{Search, State};

/// Rounds of ruin and recreate without a better plan before the search gives up: for one vehicle, which is then
/// planned exactly, and for several.
const PATIENCE: [u32; 2] = [150, 400];

/// Programs solved at most: for one vehicle, for several, and for one of several while the others stay.
const NODES: [usize; 3] = [20_000, 300, 200];

/// Ways to fill a day up to which days are told apart by which sites fit together.
const ORDINARY: usize = 6_000;

/// Plans made from the relaxed solution of the whole model, and rounds without a better one for each.
const ROUNDINGS: (usize, u32) = (10, 30);

/// Part of the work limit that is spent on wishes, beyond it.
const FOR_WISHES: f64 = 0.1;

/// What the order of the terms may change of a sum, as a part of it.
const ROUNDING: f64 = 1e-12;

/// A bound below this share of the counting bound is what rounding leaves of nothing.
const NOTHING: f64 = 1e-12;

/// Plans a problem.
///
/// A plan always comes back: the best one known when a limit cuts the search, and at least the empty one. It does not
/// depend on the number of threads, and only a clock makes it differ from run to run: one that runs out, or that
/// interrupts a linear program which takes more than a tenth of the time left and then goes on.
pub fn solve(problem: &Problem, options: &SolveOptions, progress: &(dyn Fn(Event) + Sync)) -> Solution {
    let clock = Clock::new(options, progress);
    in_pool(options, || match problem.is_plain() {
        true => solve_plain(problem, options, &clock),
        false => people::solve(problem, options, &clock),
    })
}

/// Runs on as many threads as asked for.
fn in_pool<T: Send>(options: &SolveOptions, run: impl FnOnce() -> T + Send) -> T {
    let threads = options.threads.map_or(0, std::num::NonZeroUsize::get);
    match rayon::ThreadPoolBuilder::new().num_threads(threads).build() {
        Ok(pool) => pool.install(run),
        Err(_) => run(),
    }
}

/// Plans a problem whose half-days are all alike, under rules 1 to 6.
fn solve_plain(problem: &Problem, options: &SolveOptions, clock: &Clock<'_>) -> Solution {
    let demand = Demand::new(problem);
    let by_site = demand.by_site();
    let search = Search::new(problem, &demand, &by_site);
    let empty = State::empty(problem, &demand, &by_site);
    Solver { problem, demand: &demand, search: &search, empty: &empty, options, clock }.run()
}

/// An upper bound on every plan.
#[derive(Clone, Copy, Debug)]
struct Bound {
    value: f64,
    method: BoundMethod,
}

#[derive(Clone, Copy)]
struct Solver<'s> {
    problem: &'s Problem,
    demand: &'s Demand,
    search: &'s Search<'s>,
    empty: &'s State<'s>,
    options: &'s SolveOptions,
    clock: &'s Clock<'s>,
}

impl<'s> Solver<'s> {
    fn run(&self) -> Solution {
        let several = self.problem.territory().vehicles.len() > 1;
        let meters = [0.4, 0.2, 0.4].map(|share| Meter::new(self.clock, share));
        let [searching, bounding, proving] = &meters;
        let enough = counting_bound(self.problem, self.demand);
        let counted = Bound { value: enough * (1.0 + ROUNDING), method: BoundMethod::Counting };
        searching.bounded(counted.value);
        let mut random = Random::new(self.options.seed);
        let (mut best, mut bound) = rayon::join(
            || self.find(&mut random, PATIENCE[usize::from(several)], enough, searching),
            || if several { self.relax(counted, bounding) } else { counted },
        );
        if several {
            self.polish(&mut best, bound.value, proving);
        }
        self.prove(&mut best, &mut bound, &mut random, proving);
        if bound.value <= NOTHING * counted.value {
            bound.value = 0.0;
        }
        let gap = (bound.value - best.worth.objective()) / bound.value.abs().max(f64::MIN_POSITIVE);
        let cut = meters.iter().find_map(Meter::must_stop);
        let stop = match cut {
            _ if gap <= self.options.gap => Stop::Gap,
            Some(stop) => stop,
            None => Stop::Exhausted,
        };
        calendar::drive_less(self.problem, &mut best);
        let work = meters.iter().map(Meter::work).sum();
        if self.problem.territory().calendar.cycle_weeks > 1 {
            return self.with_wishes(&best.draft, bound, stop, work);
        }
        let plan = assemble::assemble(self.problem, &best.draft, bound.value, bound.method);
        Solution { plan, broken: Vec::new(), stop, work }
    }

    /// The plan of a calendar of several weeks, on the dates that planners would rather have.
    fn with_wishes(&self, draft: &Draft<'_>, bound: Bound, stop: Stop, work: u64) -> Solution {
        let by_site = self.demand.by_site();
        let setting = Setting::new(self.problem, self.demand, &by_site);
        let wished = Wished::new(self.problem, self.demand, &by_site);
        let meter = Meter::for_wishes(self.clock, FOR_WISHES);
        let roster = roster::of_draft(&setting, draft);
        let outcome = roster::finish(roster, &setting, &wished, self.options, &meter);
        assemble_roster(self.problem, outcome, bound, stop, work + meter.work())
    }

    /// The better of a greedy plan and the warm start, improved.
    fn find(&self, random: &mut Random, patience: u32, enough: f64, meter: &Meter<'_>) -> State<'s> {
        let mut start = self.empty.clone();
        self.search.recreate(&mut start, &mut |_| 1.0, meter);
        if let Some(plan) = &self.options.warm_start {
            let mut warm = self.empty.clone();
            calendar::take_sessions(self.problem, plan, &mut warm);
            self.search.recreate(&mut warm, &mut |_| 1.0, meter);
            if warm.worth.objective() >= start.worth.objective() {
                start = warm;
            }
        }
        meter.improved(start.worth.objective());
        self.search.improve(start, patience, enough, random, meter)
    }

    /// The model of all vehicles together; loose when it would be large.
    fn whole(&self, detail: Detail) -> Master<'s> {
        let vehicles = (0..self.problem.territory().vehicles.len()).collect();
        Master::new(self.problem, self.demand, Scope { vehicles, given: vec![0; self.demand.sites], detail })
    }

    /// The bound of the linear relaxation. With days of two half-days that can be spent at one site, which sites fit
    /// together does not change it, so the loose model will do.
    fn relax(&self, bound: Bound, meter: &Meter<'_>) -> Bound {
        let target = Target { known: f64::NEG_INFINITY, gap: 0.0, nodes: 1 };
        let proof = branch::search(&self.whole(Detail::Counted), target, &mut |_, _| None, meter);
        proof.improve(bound)
    }

    /// Branches on the whole model, if it is of ordinary size.
    fn prove(&self, best: &mut State<'s>, bound: &mut Bound, random: &mut Random, meter: &Meter<'_>) {
        let several = self.problem.territory().vehicles.len() > 1;
        if self.is_proven(best, *bound) {
            return;
        }
        let mut master = self.whole(Detail::Paired);
        let exact = master.fillings.len() <= ORDINARY;
        if !exact {
            if several {
                return;
            }
            master = self.whole(Detail::Counted);
        }
        let nodes = if exact && !self.has_highs() { NODES[usize::from(several)] } else { 1 };
        let target = Target { known: best.worth.objective(), gap: self.options.gap, nodes };
        let mut guided = |open: &[f64], known: f64| {
            let found = self.round_off(open, random, meter);
            let objective = found.worth.objective();
            (objective > known).then(|| {
                *best = found;
                objective
            })
        };
        let proof = branch::search(&master, target, &mut guided, meter);
        *bound = proof.improve(*bound);
        calendar::adopt(self.problem, best, &master, &proof, meter);
        #[cfg(feature = "highs")]
        if exact && self.has_highs() && !self.is_proven(best, *bound) {
            let target = Target { known: best.worth.objective(), ..target };
            let proof = whole::search(&master, target, meter);
            *bound = proof.improve(*bound);
            calendar::adopt(self.problem, best, &master, &proof, meter);
        }
    }

    /// Whether the gap that was asked for is proven.
    fn is_proven(&self, best: &State<'_>, bound: Bound) -> bool {
        bound.value - best.worth.objective() <= self.options.gap * bound.value.abs()
    }

    /// Whether HiGHS branches on whole models; it knows no work limit.
    fn has_highs(&self) -> bool {
        cfg!(feature = "highs") && self.options.work_limit.is_none()
    }

    /// The best of a few plans that open what a relaxed solution opens.
    fn round_off(&self, open: &[f64], random: &mut Random, meter: &Meter<'_>) -> State<'s> {
        let mut best = self.empty.clone();
        for _ in 0..ROUNDINGS.0 {
            let mut next = self.empty.clone();
            self.search.recreate(&mut next, &mut |site| open[site] * random.unit().sqrt() + 1e-3, meter);
            let next = self.search.improve(next, ROUNDINGS.1, f64::INFINITY, random, meter);
            if next.worth.objective() > best.worth.objective() {
                best = next;
            }
        }
        best
    }

    /// Plans one vehicle at a time exactly, in turn, as long as that helps.
    fn polish(&self, best: &mut State<'s>, enough: f64, meter: &Meter<'_>) {
        let vehicles = self.problem.territory().vehicles.len();
        let (mut idle, mut vehicle) = (0, 0);
        while idle < vehicles
            && enough - best.worth.objective() > self.options.gap * enough.abs()
            && meter.must_stop().is_none()
        {
            let own = best.draft.sessions_of(vehicle);
            let given = best.draft.sessions().iter().zip(&own).map(|(all, own)| all - own).collect();
            let scope = Scope { vehicles: vec![vehicle], given, detail: Detail::Paired };
            let master = Master::new(self.problem, self.demand, scope);
            let target = Target { known: best.worth.objective(), gap: 1e-6, nodes: NODES[2] };
            let proof = branch::search(&master, target, &mut |_, _| None, meter);
            idle = if calendar::adopt(self.problem, best, &master, &proof, meter) { 0 } else { idle + 1 };
            vehicle = (vehicle + 1) % vehicles;
        }
    }
}

impl Proof {
    /// The better of its bound and another.
    fn improve(&self, bound: Bound) -> Bound {
        let method = if self.branched { BoundMethod::BranchAndBound } else { BoundMethod::LinearRelaxation };
        if self.bound < bound.value { Bound { value: self.bound, method } } else { bound }
    }
}

/// Everyone within reach of any site reached, every half-day filled with the worthiest consultations.
fn counting_bound(problem: &Problem, demand: &Demand) -> f64 {
    let half_days: u32 = (0..problem.territory().vehicles.len())
        .map(|vehicle| problem.weekly_limit(vehicle) * problem.territory().calendar.cycle_weeks)
        .sum();
    let capacity = most_consultations(problem) * f64::from(half_days);
    let share = |near: &[crate::problem::Near]| {
        near.first().map_or(0.0, |near| demand.band_share[near.band as usize])
    };
    let reached: f64 = demand.communes.iter().map(|commune| commune.weight * share(&commune.near)).sum();
    let followed = demand.groups.iter().enumerate().map(|(group, of)| {
        let supply: f64 =
            demand.communes.iter().map(|commune| commune.supply[group] * share(&commune.near)).sum();
        of.step * supply.min(capacity)
    });
    demand.reached * reached + followed.sum::<f64>()
}

/// Most consultations that any half-day gives; without a limit, more than anyone needs.
fn most_consultations(problem: &Problem) -> f64 {
    let territory = problem.territory();
    let activities = || std::iter::once(None).chain((0..territory.activities.len()).map(Some));
    let given = (0..territory.vehicles.len()).flat_map(|vehicle| {
        let halves = crate::calendar::Half::ALL.into_iter();
        halves.flat_map(move |half| activities().map(move |activity| (vehicle, half, activity)))
    });
    given
        .map(|(vehicle, half, activity)| problem.consultations(vehicle, half, activity).unwrap_or(f64::MAX))
        .fold(0.0, f64::max)
}
