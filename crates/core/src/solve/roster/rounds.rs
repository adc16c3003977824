//! Rounds of annealing: courses side by side, from the best roster and from where the last course ended.

use rayon::prelude::*;

use super::anneal::{Best, Course};
use super::moves::Freedom;
use super::state::Roster;
use super::{RESERVE, Rosters};
use crate::solve::meter::Meter;
use crate::solve::random::Random;

/// Rounds of which each is twice as long as the one before; then they are short again.
const LENGTHS: usize = 6;

/// Changes of a course of the shortest round: so many, and so many more for each slot.
const CHANGES: (usize, usize) = (600, 100);

/// What the seeds of two courses of a round differ by.
const APART: u64 = 0x5DEE_CE66_D1CE_4E5B;

/// A search for rosters that goes on where it stopped.
pub(in crate::solve) struct Rounds<'r, 's> {
    rosters: &'r Rosters<'s>,
    /// From the best roster, and from where the last course ended.
    walks: [(Roster<'s>, Random); 2],
    best: Best,
    /// What a unit of breach of a hard rule weighs.
    weight: f64,
    /// Those done.
    rounds: usize,
}

impl<'r, 's> Rounds<'r, 's> {
    /// From a roster on.
    pub(super) fn new(rosters: &'r Rosters<'s>, mut roster: Roster<'s>, seed: u64) -> Rounds<'r, 's> {
        let best = Best::of(&mut roster);
        let weight = 2.0 * rosters.worth_of_a_session(&best.score, &best.shifts);
        let walks = [(roster.clone(), Random::new(seed)), (roster, Random::new(seed ^ APART))];
        Rounds { rosters, walks, best, weight, rounds: 0 }
    }

    /// The best roster seen. Where that one breaks rules 1 to 6, and so is none, the empty one, which breaks others alone.
    pub(in crate::solve) fn best(&self) -> Roster<'s> {
        if self.best.score.tally.base > 0.0 {
            return Roster::empty(self.rosters.setting);
        }
        let mut roster = self.walks[0].0.clone();
        roster.load(&self.best.shifts);
        roster
    }

    /// What it is worth; None when it breaks a hard rule.
    pub(in crate::solve) fn known(&self) -> Option<f64> {
        self.best.score.is_allowed().then_some(self.best.score.value)
    }

    /// Takes a roster over where it is the better one, wishes included: what is worth as much as a known plan does not
    /// take its place.
    pub(in crate::solve) fn see(&mut self, roster: &mut Roster<'s>) {
        if roster.score().is_better(&self.best.score) {
            self.best = Best::of(roster);
        }
    }

    /// Goes on until so many rounds in a row bring no better roster, for so many at most; worth `enough` it is good
    /// enough.
    pub(in crate::solve) fn run(&mut self, (patience, most): (usize, usize), enough: f64, meter: &Meter<'_>) {
        let session = self.rosters.worth_of_a_session(&self.best.score, &self.best.shifts);
        let slots = self.rosters.setting.grid.slots.len();
        let (mut idle, last) = (0, self.rounds + most);
        while idle < patience
            && self.rounds < last
            && !self.best.is_enough(enough)
            && !self.rosters.annealing(meter, RESERVE).must_stop()
        {
            let before = self.best.score;
            let course = Course {
                freedom: Freedom::All,
                changes: (CHANGES.0 + CHANGES.1 * slots) << (self.rounds % LENGTHS),
                weight: self.weight,
                heat: self.rosters.heat(session, before.value),
                enough,
            };
            self.round(course, meter);
            self.rounds += 1;
            idle = if self.best.score.is_worth_more(&before) { 0 } else { idle + 1 };
            if !self.best.score.is_allowed() {
                self.weight *= 3.0;
            }
        }
    }

    fn round(&mut self, course: Course, meter: &Meter<'_>) {
        let (rosters, known) = (self.rosters, &self.best);
        self.walks[0].0.load(&known.shifts);
        let courses = self.walks.len() as u64;
        // Each has a meter of its own, so that a work limit cuts it whatever the other one does.
        let ended: Vec<(Best, u64)> = self
            .walks
            .par_iter_mut()
            .map(|(roster, random)| {
                let (mut best, own) = (known.clone(), meter.part(courses));
                rosters.annealing(&own, RESERVE).run(roster, &mut best, course, random);
                (best, own.work())
            })
            .collect();
        for (best, work) in ended {
            meter.spend(work);
            if best.score.is_worth_more(&self.best.score) {
                self.best = best;
            }
        }
    }
}
