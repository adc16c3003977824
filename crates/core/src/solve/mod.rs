//! From a problem to a plan with a proven bound.
//!
//! 1. A greedy calendar, then ruin and recreate ([`search`](mod@self)): a good plan in little time.
//! 2. The linear relaxation of the model, and branch and bound over it: a bound, and for one vehicle of ordinary size
//!    the best plan there is. With more vehicles, one at a time while the others stay as they are.
//! 3. Each vehicle's sessions are laid on dates so that least is driven.

mod assemble;
mod branch;
mod cover;
mod demand;
mod draft;
mod flow;
mod lay;
mod master;
mod meter;
mod options;
mod patterns;
mod random;
mod search;
mod worth;

pub use cover::value_of;
pub use demand::Value;
pub use options::{Event, Solution, SolveOptions, Stop};

use crate::plan::{BoundMethod, Plan};
use crate::problem::Problem;
use branch::{Proof, Target};
use demand::Demand;
use draft::Draft;
use master::{Column, Master, Scope};
use meter::Meter;
use random::Random;
use search::{Search, State};
use worth::Worth;

/// Rounds of ruin and recreate without a better plan before the search gives up: for a vehicle that is then planned
/// exactly, and for several.
const PATIENCE: [u32; 2] = [150, 400];

/// Programs solved at most: for the whole model, and for one vehicle while the others stay.
const NODES: [usize; 2] = [20_000, 200];

/// Columns up to which one vehicle is planned exactly.
const ORDINARY: usize = 6_000;

/// Plans a problem.
///
/// A plan always comes back: the best one known when a limit cuts the search, and at least the empty one. It does not
/// depend on the number of threads, and only a clock that runs out makes it differ from run to run.
pub fn solve(problem: &Problem, options: &SolveOptions, progress: &(dyn Fn(Event) + Sync)) -> Solution {
    let meter = Meter::new(options, progress);
    let demand = Demand::new(problem);
    let by_site = demand.by_site();
    let search = Search::new(problem, &demand, &by_site);
    let mut bound = Bound { value: counting_bound(problem, &demand), method: BoundMethod::Counting };
    let solver = Solver { problem, demand: &demand, search: &search, options, meter: &meter };

    let empty = State { draft: Draft::new(problem), worth: Worth::new(&demand, &by_site, problem.capacity()) };
    let mut best = solver.start(&empty);
    meter.improved(best.worth.objective());
    meter.bounded(bound.value);
    let mut random = Random::new(options.seed);
    let several = problem.territory().vehicles.len() > 1;
    best = search.improve(best, PATIENCE[usize::from(several)], bound.value, &mut random, &meter);

    let finished = solver.prove(&mut best, &mut bound);
    if several {
        solver.polish(&mut best);
    }
    let stop = solver.why_stopped(&best, &bound, finished);
    solver.lay(&mut best);
    let plan = assemble::assemble(problem, &best.draft, bound.value, bound.method);
    Solution { plan, stop, work: meter.work() }
}

/// An upper bound on every plan.
struct Bound {
    value: f64,
    method: BoundMethod,
}

struct Solver<'s> {
    problem: &'s Problem,
    demand: &'s Demand,
    search: &'s Search<'s>,
    options: &'s SolveOptions,
    meter: &'s Meter<'s>,
}

impl<'s> Solver<'s> {
    /// The better of a greedy plan and the warm start, which is completed greedily.
    fn start(&self, empty: &State<'s>) -> State<'s> {
        let mut greedy = empty.clone();
        self.search.recreate(&mut greedy, None, self.meter);
        let Some(plan) = &self.options.warm_start else { return greedy };
        let mut warm = empty.clone();
        take_sessions(self.problem, plan, &mut warm);
        self.search.recreate(&mut warm, None, self.meter);
        if warm.worth.objective() >= greedy.worth.objective() { warm } else { greedy }
    }

    /// Bounds the whole model; for one vehicle of ordinary size, finds the best plan. Whether nothing is left to try.
    fn prove(&self, best: &mut State<'s>, bound: &mut Bound) -> bool {
        let vehicles: Vec<usize> = (0..self.problem.territory().vehicles.len()).collect();
        let scope = Scope { vehicles, given: vec![0; self.demand.sites], loose: false };
        let mut master = Master::new(self.problem, self.demand, scope.clone());
        let exact = master.columns.len() <= ORDINARY;
        if !exact {
            master = Master::new(self.problem, self.demand, Scope { loose: true, ..scope });
        }
        let nodes = if exact { NODES[0] } else { 1 };
        let target = Target { known: best.worth.objective(), gap: self.options.gap, nodes };
        let Proof { bound: proven, best: plan, branched } = branch::search(&mut master, target, self.meter);
        if proven < bound.value {
            bound.value = proven;
            bound.method = if branched { BoundMethod::BranchAndBound } else { BoundMethod::LinearRelaxation };
        }
        if let Some((_, columns)) = plan {
            self.adopt(best, &master, &columns);
        }
        exact
    }

    /// Plans one vehicle at a time exactly, in turn, as long as that helps.
    fn polish(&self, best: &mut State<'s>) {
        let vehicles = self.problem.territory().vehicles.len();
        let mut idle = 0;
        let mut vehicle = 0;
        while idle < vehicles && self.meter.must_stop().is_none() {
            let own = best.draft.sessions_of(vehicle);
            let given = best.draft.sessions().iter().zip(&own).map(|(all, own)| all - own).collect();
            let scope = Scope { vehicles: vec![vehicle], given, loose: false };
            let mut master = Master::new(self.problem, self.demand, scope);
            let target = Target { known: best.worth.objective(), gap: 1e-6, nodes: NODES[1] };
            let proof = branch::search(&mut master, target, self.meter);
            idle += 1;
            if let Some((_, columns)) = proof.best
                && self.adopt(best, &master, &columns)
            {
                idle = 0;
            }
            vehicle = (vehicle + 1) % vehicles;
        }
    }

    /// Takes over the calendars of a model's vehicles if that is better; whether it is.
    fn adopt(&self, best: &mut State<'s>, master: &Master<'_>, columns: &[(Column, u32)]) -> bool {
        let mut next = best.clone();
        for (vehicle, periods) in &master.periods {
            next.draft.clear_vehicle(*vehicle);
            let uses = columns.iter().filter(|(column, _)| column.vehicle == *vehicle);
            let uses: Vec<lay::Use> = uses
                .map(|&(column, days)| lay::Use {
                    period: column.period,
                    class: column.class,
                    pattern: column.pattern,
                    days,
                })
                .collect();
            let Some(dated) = lay::deal(periods, &uses, self.problem.weekly_limit(*vehicle)) else { return false };
            place(&mut next.draft, *vehicle, &dated);
        }
        rebuild(&mut next);
        let better = next.worth.objective() > best.worth.objective();
        if better {
            *best = next;
            self.meter.improved(best.worth.objective());
        }
        better
    }

    /// Lays each vehicle's sessions so that least is driven.
    fn lay(&self, best: &mut State<'s>) {
        for vehicle in 0..self.problem.territory().vehicles.len() {
            let sessions = best.draft.sessions_of(vehicle);
            let Some(dated) = lay::least_driving(self.problem, vehicle, &sessions) else { continue };
            let mut next = best.draft.clone();
            next.clear_vehicle(vehicle);
            place(&mut next, vehicle, &dated);
            if next.drive() <= best.draft.drive() && next.sessions() == best.draft.sessions() {
                best.draft = next;
            }
        }
    }

    fn why_stopped(&self, best: &State<'s>, bound: &Bound, finished: bool) -> Stop {
        let gap = (bound.value - best.worth.objective()) / bound.value.abs().max(f64::MIN_POSITIVE);
        if gap <= self.options.gap {
            Stop::Gap
        } else {
            self.meter.must_stop().unwrap_or(if finished { Stop::WorkLimit } else { Stop::Exhausted })
        }
    }
}

fn place(draft: &mut Draft<'_>, vehicle: usize, dated: &[lay::Dated]) {
    for date in dated {
        let day = draft.days_of(vehicle).find(|&d| (draft.days()[d].week, draft.days()[d].day) == (date.week, date.day));
        for (half, site) in date.sessions() {
            if let Some(day) = day {
                draft.place(day, half, site);
            }
        }
    }
}

/// Brings the worth of a state in line with its calendar.
fn rebuild(state: &mut State<'_>) {
    let sites = state.draft.sessions().len();
    let none: Vec<(usize, u32)> = (0..sites).map(|site| (site, 0)).collect();
    state.worth.reduce(&none);
    for site in 0..sites {
        state.worth.add(site, state.draft.sessions()[site]);
    }
}

/// Places the sessions of a plan that the problem allows.
fn take_sessions(problem: &Problem, plan: &Plan, state: &mut State<'_>) {
    let territory = problem.territory();
    for session in &plan.sessions {
        let vehicle = territory.vehicles.iter().position(|vehicle| vehicle.id == session.vehicle);
        let site = territory.sites.iter().position(|site| site.id == session.site);
        let (Some(vehicle), Some(site)) = (vehicle, site) else { continue };
        let day = state.draft.days_of(vehicle).find(|&d| {
            let day = &state.draft.days()[d];
            (day.week, day.day) == (session.week, session.day)
        });
        let Some(day) = day else { continue };
        let below = state.draft.sessions()[site] < problem.session_limits(site).1;
        if below && state.draft.is_free_for(vehicle, site) && state.draft.extra_drive(day, session.half, site).is_some() {
            state.draft.place(day, session.half, site);
        }
    }
    state.draft.settle();
    rebuild(state);
}

/// Everyone within reach of any site reached, every half-day filled with the worthiest consultations.
fn counting_bound(problem: &Problem, demand: &Demand) -> f64 {
    let half_days: u32 = (0..problem.territory().vehicles.len())
        .map(|vehicle| problem.weekly_limit(vehicle) * problem.territory().calendar.cycle_weeks)
        .sum();
    let capacity = problem.capacity().unwrap_or(0.0) * f64::from(half_days);
    let share = |near: &[crate::problem::Near]| near.first().map_or(0.0, |near| demand.band_share[near.band as usize]);
    let reached: f64 = demand.communes.iter().map(|commune| commune.weight * share(&commune.near)).sum();
    let followed = demand.groups.iter().enumerate().map(|(group, of)| {
        let supply: f64 = demand.communes.iter().map(|commune| commune.supply[group] * share(&commune.near)).sum();
        of.step * supply.min(capacity)
    });
    demand.reached * reached + followed.sum::<f64>()
}

