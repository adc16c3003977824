//! Plans with people: rosters of who is where on every half-day, for problems with doctors, activities, bookings,
//! rhythms or half-days that differ.
//!
//! A roster gives each slot (a half-day of a vehicle) at most one shift: a site, an activity, and doctors. Rules are
//! measured by rank and counted again where a change concerns them; breaches of hard rules come before value (objective
//! less penalties), value before wishes. The search starts from a greedy roster and anneals it; then wishes are polished
//! at no loss of value.

mod anneal;
mod bookings;
mod call_in;
mod enter;
mod fill;
mod grid;
mod lists;
mod moves;
mod people;
mod places;
mod plan;
mod polish;
mod purposes;
mod realise;
mod reassign;
mod report;
mod setting;
mod staff;
mod start;
mod state;
mod tally;
#[cfg(test)]
mod tests;

use std::time::Duration;

pub(super) use plan::{Outcome, Wished, demand, finish};
pub(super) use setting::Setting;
pub(super) use state::Roster;

use super::draft::Draft;
use super::meter::Meter;
use super::options::SolveOptions;
use super::random::Random;
use crate::calendar::Half;
use anneal::{Annealing, Best, Course};
use lists::Lists;
use moves::Freedom;
use tally::Score;

/// Courses of annealing without a better roster before the search gives up, and courses at most.
const PATIENCE: usize = 3;
const COURSES: usize = 10;

/// Changes of the first course: so many, and so many more for each slot. Each course is longer than the one before.
const CHANGES: (usize, usize) = (600, 100);
const LONGER: f64 = 1.5;

/// Heat of a course, in parts of what a session is worth: at first, and at its end.
const HEAT: (f64, f64) = (0.3, 0.003);

/// Changes that polish wishes, for each slot: so many without a better roster, and at most.
const POLISH: (usize, usize) = (60, 400);

/// Parts of the time limit that are kept for polishing wishes, and for the same with equal times.
const RESERVE: f64 = 0.25;

/// Looks for good rosters of a problem.
pub(super) struct Rosters<'s> {
    setting: &'s Setting<'s>,
    lists: Lists,
    options: &'s SolveOptions,
}

impl<'s> Rosters<'s> {
    pub(super) fn new(setting: &'s Setting<'s>, options: &'s SolveOptions) -> Rosters<'s> {
        Rosters { setting, lists: Lists::new(setting), options }
    }

    /// The best roster found; worth `enough` it is good enough.
    pub(super) fn find(&self, enough: f64, meter: &Meter<'_>) -> Roster<'s> {
        let mut starts = vec![start::from_nothing(self.setting, &self.lists)];
        let given = self.options.warm_start.as_ref().map(|plan| start::from_plan(self.setting, plan));
        for roster in start::from_published(self.setting).into_iter().chain(given) {
            let mut more = roster.clone();
            starts.push(roster);
            start::complete(&mut more, &self.lists);
            starts.push(more);
        }
        let mut roster = starts.swap_remove(0);
        let mut best = Best::of(&mut roster);
        for mut other in starts {
            let other = Best::of(&mut other);
            if other.score.is_better(&best.score) {
                best = other;
            }
        }
        if best.score.is_allowed() {
            meter.improved(best.score.value);
        }
        self.improve(&mut roster, &mut best, enough, meter);
        roster.load(&best.shifts);
        roster
    }

    /// Anneals again and again, longer each time, from the best roster, or from where the last course ended.
    fn improve(&self, roster: &mut Roster<'s>, best: &mut Best, enough: f64, meter: &Meter<'_>) {
        let annealing = self.annealing(meter, RESERVE);
        let mut random = Random::new(self.options.seed);
        let slots = self.setting.grid.slots.len();
        let session = self.worth_of_a_session(&best.score, &best.shifts);
        let (mut weight, mut changes, mut idle) = (2.0 * session, (CHANGES.0 + CHANGES.1 * slots) as f64, 0);
        for course in 0..COURSES {
            if idle >= PATIENCE || annealing.must_stop() {
                return;
            }
            let before = best.score;
            if course % 2 == 0 {
                roster.load(&best.shifts);
            }
            let of_course = Course {
                freedom: Freedom::All,
                changes: changes as usize,
                weight,
                heat: (HEAT.0 * session, HEAT.1 * session),
                enough,
            };
            annealing.run(roster, best, of_course, &mut random);
            idle = if best.score.is_worth_more(&before) { 0 } else { idle + 1 };
            changes *= LONGER;
            if !best.score.is_allowed() {
                weight *= 3.0;
            }
        }
    }

    /// Improves the wishes of a roster, at no loss of value.
    pub(super) fn polish(&self, roster: &mut Roster<'_>, meter: &Meter<'_>) {
        let mut random = Random::new(self.options.seed);
        let slots = self.setting.grid.slots.len();
        let changes = (POLISH.0 * slots, POLISH.1 * slots);
        for freedom in [Freedom::Dates, Freedom::All] {
            polish::polish(roster, &self.annealing(meter, 0.0), freedom, changes, &mut random);
        }
    }

    fn annealing<'m>(&'m self, meter: &'m Meter<'m>, reserve: f64) -> Annealing<'m> {
        let reserve = self.options.time_limit.map_or(Duration::ZERO, |limit| limit.mul_f64(reserve));
        Annealing { lists: &self.lists, meter, reserve }
    }

    /// What a session of a roster is worth on the whole, or what one would be worth of an empty one.
    fn worth_of_a_session(&self, score: &Score, shifts: &[Option<setting::Shift>]) -> f64 {
        let sessions = shifts.iter().flatten().count();
        let most = self.lists.most_gain.iter().copied().fold(0.0, f64::max);
        let mean = (score.value + score.tally.penalties) / sessions.max(1) as f64;
        if mean > 0.0 { mean } else { most.max(1.0) }
    }
}

/// The roster of a calendar without doctors.
pub(super) fn of_draft<'s>(setting: &'s Setting<'s>, draft: &Draft<'_>) -> Roster<'s> {
    let mut roster = Roster::empty(setting);
    for day in draft.days() {
        for half in Half::ALL {
            let slot = setting.grid.find(day.vehicle as usize, day.week, day.day, half);
            if let (Some(slot), Some(site)) = (slot, day.at[half as usize]) {
                roster.put(slot, Some(setting::Shift::at(site)));
            }
        }
    }
    roster.keep();
    roster
}
