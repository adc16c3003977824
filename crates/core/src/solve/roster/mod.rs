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
mod like;
mod lists;
mod moves;
mod pack;
mod people;
mod places;
mod plan;
mod polish;
mod purposes;
mod realise;
mod reassign;
mod report;
mod restore;
mod rounds;
mod setting;
mod staff;
mod start;
mod state;
mod tally;
#[cfg(test)]
mod tests;
mod valuation;

use std::time::Duration;

pub(super) use pack::Packing;
pub(super) use plan::{Outcome, Wished, demand, finish};
pub(super) use setting::Setting;
pub(super) use state::Roster;

use super::draft::Draft;
use super::master::Outline;
use super::meter::Meter;
use super::options::SolveOptions;
use super::random::Random;
use crate::calendar::Half;
use anneal::Annealing;
use lists::Lists;
use moves::Freedom;
pub(super) use rounds::Rounds;
use tally::Score;

/// Rounds of annealing without a better roster before a search gives up, and rounds at most.
const PATIENCE: (usize, usize) = (2, 5);

/// The same while only some sites come.
const AMONG: (usize, usize) = (3, 5);

/// Heat of a course, in parts of what a session is worth: at first, and at its end.
const HEAT: (f64, f64) = (0.3, 0.003);

/// Heat at the end of a course, in parts of the gap asked for, where that is less: rosters whose difference matters are
/// told apart. And the least that there is of it.
const COLD: f64 = 0.2;
const COLDEST: f64 = 1e-5;

/// Changes that polish wishes, for each slot: so many without a better roster, and at most.
const POLISH: (usize, usize) = (60, 400);

/// Parts of the time limit that are kept for polishing wishes, and for the same with equal times.
const RESERVE: f64 = 0.15;

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

    /// The best roster found from this one on while only these sites come, `times` telling searches at the same sites
    /// apart; worth `enough` it is good enough.
    pub(super) fn find_among(
        &self,
        sites: &[bool],
        from: Roster<'s>,
        times: u64,
        enough: f64,
        meter: &Meter<'_>,
    ) -> Roster<'s> {
        let few = Rosters { lists: self.lists.among(sites), ..*self };
        let mut search = Rounds::new(&few, from, self.options.seed.wrapping_add(times));
        search.run(AMONG, enough, meter);
        search.best()
    }

    /// The same from a roster that is like a relaxed solution, while sites come only where that one or the best roster has
    /// them.
    pub(super) fn find_like(
        &self,
        outline: &Outline,
        best: &Roster<'s>,
        times: u64,
        enough: f64,
        meter: &Meter<'_>,
    ) -> Roster<'s> {
        let setting = self.setting;
        let comes = |slot: usize, site: u32| {
            let of = setting.grid.slots[slot];
            best.at(slot).is_some_and(|shift| shift.site == site)
                || outline.sessions(of.vehicle, site as usize, (of.week, of.day, of.half)) > 0.0
        };
        let few = Rosters { lists: self.lists.on(comes), ..*self };
        let territory = setting.territory();
        let mut left = vec![vec![u32::MAX; territory.sites.len()]; territory.vehicles.len()];
        let mut from = like::like(setting, outline, &mut left);
        start::complete(&mut from, &few.lists);
        let mut search = Rounds::new(&few, from, self.options.seed.wrapping_add(times));
        search.run(AMONG, enough, meter);
        search.best()
    }

    /// The best roster found; worth `enough` it is good enough.
    pub(super) fn find(&self, enough: f64, meter: &Meter<'_>) -> Roster<'s> {
        let mut search = self.start(meter);
        search.run(PATIENCE, enough, meter);
        search.best()
    }

    /// A search from the best of a few simple rosters on.
    pub(super) fn start(&self, meter: &Meter<'_>) -> Rounds<'_, 's> {
        let mut starts = vec![start::from_nothing(self.setting, &self.lists)];
        let given = self.options.warm_start.as_ref().map(|plan| start::from_plan(self.setting, plan));
        for roster in start::from_published(self.setting).into_iter().chain(given) {
            let mut more = roster.clone();
            starts.push(roster);
            start::complete(&mut more, &self.lists);
            starts.push(more);
        }
        let mut search = Rounds::new(self, starts.swap_remove(0), self.options.seed);
        starts.iter_mut().for_each(|roster| search.see(roster));
        match search.known() {
            Some(value) => meter.improved(value),
            None => meter.seeks_a_plan(),
        }
        search
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

    /// Heat of a course where a session is worth so much: at first, and at its end.
    fn heat(&self, session: f64, value: f64) -> (f64, f64) {
        let cold = (COLD * self.options.gap * value.abs()).clamp(COLDEST * session, HEAT.1 * session);
        (HEAT.0 * session, cold)
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
