//! What the caller decides about a solve, what it hears meanwhile, and what it gets.

use std::num::NonZeroUsize;
use std::time::Duration;

use medicobus_roads::Cancel;

use crate::plan::{Plan, Status};
use crate::territory::RuleName;

/// Limits and choices of a solve. The default stops when the search has nothing left to try, and reproducibly.
#[derive(Clone, Debug)]
pub struct SolveOptions {
    /// Longest time by the clock. A plan that the clock cut may differ from one run to the next.
    pub time_limit: Option<Duration>,
    /// Most work, in steps of the search (about a microsecond each); cuts at the same place on every machine.
    pub work_limit: Option<u64>,
    /// Stop once (bound - objective) / bound is at most this.
    pub gap: f64,
    /// Seed of the local search.
    pub seed: u64,
    /// Threads to use; None: one a processor. The plan does not depend on it.
    pub threads: Option<NonZeroUsize>,
    /// A plan of the same territory to start from; sessions that break a rule of the problem are left out.
    pub warm_start: Option<Plan>,
    /// Cancels the solve from outside; the best plan so far is returned.
    pub cancel: Cancel,
}

impl Default for SolveOptions {
    fn default() -> SolveOptions {
        SolveOptions {
            time_limit: Some(Duration::from_secs(60)),
            work_limit: None,
            gap: 1e-4,
            seed: 0,
            threads: None,
            warm_start: None,
            cancel: Cancel::default(),
        }
    }
}

/// What a solve tells while it goes on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Event {
    /// Objective of the best plan so far.
    pub objective: f64,
    /// Upper bound so far.
    pub bound: f64,
    /// Work done so far, in steps.
    pub work: u64,
}

/// Why a solve stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// The gap asked for is proven.
    Gap,
    /// The search has nothing left to try.
    Exhausted,
    /// The clock.
    TimeLimit,
    /// The work limit.
    WorkLimit,
    /// The caller.
    Cancelled,
}

/// A plan, the proof that goes with it, and how it was come by.
#[derive(Clone, Debug)]
pub struct Solution {
    /// The best plan found; it satisfies every rule but those in `broken`.
    pub plan: Plan,
    /// Rules without a price that the plan breaks, because no plan was found that keeps them all. Usually none.
    pub broken: Vec<RuleName>,
    /// Why the search stopped.
    pub stop: Stop,
    /// Work done, in steps.
    pub work: u64,
}

impl Solution {
    /// Objective of the plan.
    pub fn objective(&self) -> f64 {
        self.plan.objective
    }

    /// No plan has a greater objective.
    pub fn bound(&self) -> f64 {
        self.plan.bound
    }

    /// Whether the plan is proven optimal.
    pub fn status(&self) -> Status {
        self.plan.status
    }
}
