//! How much a solve has spent, and whether it must stop.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use medicobus_roads::Cancel;

use super::options::{Event, SolveOptions, Stop};

/// Share of the time limit that is spent on searching and proving.
const SEARCHING: f64 = 0.9;

/// The same, with what is spent on wishes.
const FINISHING: f64 = 0.96;

/// The same, while no plan is known that keeps all rules: what is left may go to finding out why.
const SEEKING: f64 = 0.6;

/// What all parts of a solve share: the clock, and what the caller is told.
pub(super) struct Clock<'a> {
    options: &'a SolveOptions,
    progress: &'a (dyn Fn(Event) + Sync),
    start: Instant,
    known: Mutex<Event>,
    /// Whether the first plans that were made break a hard rule, and whether one is known that breaks none.
    seeking: AtomicBool,
    found: AtomicBool,
}

/// Counts the work of one part of a solve and watches the limits. Work is counted in steps of about a microsecond.
///
/// Parts that run at the same time have a meter each, so that a work limit cuts them at the same place whatever the
/// other one does.
pub(super) struct Meter<'a> {
    clock: &'a Clock<'a>,
    limit: Option<u64>,
    work: AtomicU64,
    /// Share of the time limit at which the part must end.
    until: f64,
    /// Says when the part must stop because what it does will be thrown away.
    useless: Option<&'a AtomicBool>,
}

impl<'a> Clock<'a> {
    pub(super) fn new(options: &'a SolveOptions, progress: &'a (dyn Fn(Event) + Sync)) -> Clock<'a> {
        let known = Event { objective: 0.0, bound: f64::INFINITY, work: 0 };
        Clock {
            options,
            progress,
            start: Instant::now(),
            known: Mutex::new(known),
            seeking: AtomicBool::new(false),
            found: AtomicBool::new(false),
        }
    }

    /// Whether plans were made, and none of them keeps all rules.
    fn lacks_a_plan(&self) -> bool {
        self.seeking.load(Ordering::Relaxed) && !self.found.load(Ordering::Relaxed)
    }

    fn tell(&self, change: impl FnOnce(&mut Event)) {
        if let Ok(mut known) = self.known.lock() {
            change(&mut known);
            (self.progress)(*known);
        }
    }

    /// What is left by the clock of this share of the time limit; None without a limit. The rest of the time is for
    /// writing the plan out.
    fn time_left(&self, share: f64) -> Option<Duration> {
        self.options.time_limit.map(|limit| limit.mul_f64(share).saturating_sub(self.start.elapsed()))
    }
}

impl<'a> Meter<'a> {
    /// A meter for a part that may spend this share of the work limit.
    pub(super) fn new(clock: &'a Clock<'a>, share: f64) -> Meter<'a> {
        let limit = clock.options.work_limit.map(|limit| (limit as f64 * share) as u64);
        Meter { clock, limit, work: AtomicU64::new(0), until: SEARCHING, useless: None }
    }

    /// A meter for a part that may spend this share of the work limit, and ends when that share of the time is gone.
    pub(super) fn until(clock: &'a Clock<'a>, share: f64, until: f64) -> Meter<'a> {
        Meter { until, ..Meter::new(clock, share) }
    }

    /// A meter for a part that may spend so many steps.
    pub(super) fn of_steps(clock: &'a Clock<'a>, steps: u64) -> Meter<'a> {
        Meter { limit: Some(steps), ..Meter::new(clock, 1.0) }
    }

    /// A meter for one of so many parts that share what is left of the work limit; what it counts is still to be spent.
    pub(super) fn part(&self, parts: u64) -> Meter<'a> {
        let limit = self.limit.map(|limit| limit.saturating_sub(self.work()) / parts);
        Meter { limit, work: AtomicU64::new(0), ..*self }
    }

    /// A meter for what is left of the work limit, until the flag says that all that was done with it will be thrown away.
    /// So it does not tell of plans.
    pub(super) fn while_of_use(&self, useless: &'a AtomicBool) -> Meter<'a> {
        Meter { useless: Some(useless), ..self.part(1) }
    }

    /// A meter for wishes, which come last.
    pub(super) fn for_wishes(clock: &'a Clock<'a>, share: f64) -> Meter<'a> {
        Meter { until: FINISHING, ..Meter::new(clock, share) }
    }

    pub(super) fn spend(&self, steps: u64) {
        self.work.fetch_add(steps, Ordering::Relaxed);
    }

    pub(super) fn work(&self) -> u64 {
        self.work.load(Ordering::Relaxed)
    }

    /// The plans made first break a rule: until one is found that breaks none, less of the time is spent.
    pub(super) fn seeks_a_plan(&self) {
        self.clock.seeking.store(true, Ordering::Relaxed);
    }

    /// Tells the caller of a better plan.
    pub(super) fn improved(&self, objective: f64) {
        if self.useless.is_some() {
            return;
        }
        self.clock.found.store(true, Ordering::Relaxed);
        let work = self.work();
        self.clock.tell(|known| {
            known.objective = known.objective.max(objective);
            known.work = known.work.max(work);
        });
    }

    /// Tells the caller of a better bound.
    pub(super) fn bounded(&self, bound: f64) {
        let work = self.work();
        self.clock.tell(|known| {
            known.bound = known.bound.min(bound);
            known.work = known.work.max(work);
        });
    }

    /// Time left by the clock; None without a limit.
    pub(super) fn time_left(&self) -> Option<Duration> {
        let until = if self.clock.lacks_a_plan() { self.until.min(SEEKING) } else { self.until };
        self.clock.time_left(until)
    }

    /// Time left for what cannot be stopped but by the clock: none once the caller has cancelled.
    pub(super) fn time_to_wait(&self) -> Option<Duration> {
        if self.clock.options.cancel.is_cancelled() { Some(Duration::ZERO) } else { self.time_left() }
    }

    /// What the caller cancels the solve with.
    pub(super) fn cancel(&self) -> &'a Cancel {
        &self.clock.options.cancel
    }

    /// Why the part must stop now, if it must.
    pub(super) fn must_stop(&self) -> Option<Stop> {
        if self.clock.options.cancel.is_cancelled() {
            Some(Stop::Cancelled)
        } else if self.limit.is_some_and(|limit| self.work() >= limit) {
            Some(Stop::WorkLimit)
        } else if self.useless.is_some_and(|useless| useless.load(Ordering::Relaxed)) {
            Some(Stop::Gap)
        } else if self.time_left().is_some_and(|left| left.is_zero()) {
            Some(Stop::TimeLimit)
        } else {
            None
        }
    }
}
