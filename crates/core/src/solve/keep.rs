//! Whether some plan keeps all hard rules of a problem, whatever it is worth.

use super::branch::Target;
use super::dated;
use super::master::Outline;
use super::meter::{Clock, Meter};
use super::options::{SolveOptions, Stop};
use super::roster::{self, Outcome, Rosters, Rounds, Setting};
use super::{Bound, bound, in_pool, people};
use crate::plan::{BoundMethod, Session};
use crate::problem::Problem;

/// Steps of a search before it is asked whether there is anything to find.
const SHORT: u64 = 200_000;

/// Rounds of a search without a better roster, and at most: before that, and after.
const ROUNDS: [(usize, usize); 2] = [(2, 3), (4, 8)];

/// Programs solved at most for sessions of which calendars are made.
const NODES: usize = 200;

/// Whether some plan keeps all hard rules.
#[derive(Clone, Debug)]
pub(crate) enum Kept {
    /// These sessions do.
    By(Vec<Session>),
    /// None does, as the linear relaxation proves.
    Never,
    /// None was found within the limits.
    NotFound,
}

/// Looks for a plan that keeps all hard rules of a problem, within the limits of `options`. `dear` is the same problem
/// with other prices: the plan tends to break few rules that have one there.
pub(crate) fn keep(problem: &Problem, dear: &Problem, options: &SolveOptions) -> Kept {
    match dear.is_plain() {
        true => Kept::By(Vec::new()),
        false => in_pool(options, || seek(problem, dear, options)),
    }
}

fn seek(problem: &Problem, dear: &Problem, options: &SolveOptions) -> Kept {
    let clock = Clock::new(options, &|_| {});
    let (short, meter) = (Meter::of_steps(&clock, SHORT), Meter::until(&clock, 1.0, 1.0));
    let found = with_search(dear, options, &short, |_, search| {
        search.run(ROUNDS[0], f64::INFINITY, &short);
    });
    if let Some(sessions) = found {
        return Kept::By(sessions);
    }
    if bound::is_impossible(problem, &roster::demand(problem), &meter) {
        return Kept::Never;
    }
    let found = with_search(problem, options, &meter, |rosters, search| {
        search.run(ROUNDS[1], f64::NEG_INFINITY, &meter);
        if search.known().is_none() {
            let target = Target { known: f64::NEG_INFINITY, gap: f64::INFINITY, nodes: NODES };
            let mut realise = |counts: &[Vec<u32>], outline: &Outline, enough: f64| {
                let mut found = rosters.realise(counts, outline, enough, &meter)?;
                search.see(&mut found);
                found.value()
            };
            let demand = roster::demand(problem);
            if let Some(master) = bound::finest(problem, &demand) {
                dated::search(&master, target, &mut realise, &meter);
            }
        }
    });
    found.map_or(Kept::NotFound, Kept::By)
}

/// The sessions of the best roster after some work, if it keeps all hard rules.
fn with_search(
    problem: &Problem,
    options: &SolveOptions,
    meter: &Meter<'_>,
    work: impl for<'r, 's> FnOnce(&'r Rosters<'s>, &mut Rounds<'r, 's>),
) -> Option<Vec<Session>> {
    let demand = roster::demand(problem);
    let by_site = demand.by_site();
    let setting = Setting::new(problem, &demand, &by_site);
    let rosters = Rosters::new(&setting, options);
    let mut search = rosters.start(meter);
    work(&rosters, &mut search);
    search.known()?;
    let outcome = Outcome { roster: search.best(), same_time_cost: None };
    let bound = Bound { value: f64::INFINITY, method: BoundMethod::Counting };
    Some(people::assemble_roster(problem, outcome, bound, Stop::Exhausted, 0).plan.sessions)
}

/// Whether the linear relaxation of a problem shows that no plan keeps its hard rules. False says nothing.
pub(crate) fn is_impossible(problem: &Problem, options: &SolveOptions) -> bool {
    let clock = Clock::new(options, &|_| {});
    let meter = Meter::until(&clock, 1.0, 1.0);
    !problem.is_plain() && bound::is_impossible(problem, &roster::demand(problem), &meter)
}
