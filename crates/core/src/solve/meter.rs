//! How much a solve has spent, and whether it must stop.

use std::cell::Cell;
use std::time::Instant;

use super::options::{Event, SolveOptions, Stop};

/// Counts work and watches the limits. Work is counted in steps of about a microsecond.
pub(super) struct Meter<'a> {
    options: &'a SolveOptions,
    progress: &'a (dyn Fn(Event) + Sync),
    start: Instant,
    work: Cell<u64>,
    objective: Cell<f64>,
    bound: Cell<f64>,
}

impl<'a> Meter<'a> {
    pub(super) fn new(options: &'a SolveOptions, progress: &'a (dyn Fn(Event) + Sync)) -> Meter<'a> {
        Meter {
            options,
            progress,
            start: Instant::now(),
            work: Cell::new(0),
            objective: Cell::new(0.0),
            bound: Cell::new(f64::INFINITY),
        }
    }

    pub(super) fn spend(&self, steps: u64) {
        self.work.set(self.work.get() + steps);
    }

    pub(super) fn work(&self) -> u64 {
        self.work.get()
    }

    /// Tells the caller of a better plan.
    pub(super) fn improved(&self, objective: f64) {
        self.objective.set(objective);
        self.report();
    }

    /// Tells the caller of a better bound.
    pub(super) fn bounded(&self, bound: f64) {
        self.bound.set(self.bound.get().min(bound));
        self.report();
    }

    fn report(&self) {
        (self.progress)(Event { objective: self.objective.get(), bound: self.bound.get(), work: self.work() });
    }

    /// Seconds left by the clock; None without a limit.
    pub(super) fn time_left(&self) -> Option<std::time::Duration> {
        self.options.time_limit.map(|limit| limit.saturating_sub(self.start.elapsed()))
    }

    /// Why the solve must stop now, if it must.
    pub(super) fn must_stop(&self) -> Option<Stop> {
        if self.options.cancel.is_cancelled() {
            Some(Stop::Cancelled)
        } else if self.options.work_limit.is_some_and(|limit| self.work() >= limit) {
            Some(Stop::WorkLimit)
        } else if self.time_left().is_some_and(|left| left.is_zero()) {
            Some(Stop::TimeLimit)
        } else {
            None
        }
    }
}
