//! Simulated annealing: random changes, of which bad ones are accepted less and less.

use std::time::Duration;

use super::lists::Lists;
use super::moves::{Freedom, Moves};
use super::setting::Shift;
use super::state::Roster;
use super::tally::Score;
use crate::solve::meter::Meter;
use crate::solve::random::Random;

/// Changes between two looks at the limits, and what each of them is taken to cost in steps, worth apart.
const STRETCH: usize = 32;
const STEPS: u64 = 5;

/// What breaches of rules 1 to 6 weigh against others.
const BASE: f64 = 2.0;

/// The best roster that a search has seen.
#[derive(Clone, Debug)]
pub(super) struct Best {
    pub(super) shifts: Vec<Option<Shift>>,
    pub(super) score: Score,
}

impl Best {
    pub(super) fn of(roster: &mut Roster<'_>) -> Best {
        Best { score: roster.score(), shifts: roster.shifts().to_vec() }
    }

    /// Whether it keeps all rules and is worth so much.
    pub(super) fn is_enough(&self, enough: f64) -> bool {
        self.score.is_allowed() && self.score.value >= enough
    }

    /// Takes a roster over where it is worth more; whether it was.
    pub(super) fn see(&mut self, roster: &mut Roster<'_>) -> bool {
        let score = roster.score();
        let better = score.is_worth_more(&self.score);
        if better {
            self.score = score;
            self.shifts.copy_from_slice(roster.shifts());
        }
        better
    }
}

/// One course of annealing.
#[derive(Clone, Copy, Debug)]
pub(super) struct Course {
    pub(super) freedom: Freedom,
    pub(super) changes: usize,
    /// What a unit of breach of a hard rule weighs against value.
    pub(super) weight: f64,
    /// Loss that is accepted about every third time, at the beginning and at the end.
    pub(super) heat: (f64, f64),
    /// Enough of a value for a roster that keeps all rules.
    pub(super) enough: f64,
}

/// What all courses of a search share.
pub(super) struct Annealing<'s> {
    pub(super) lists: &'s Lists,
    pub(super) meter: &'s Meter<'s>,
    /// Time that is left for others.
    pub(super) reserve: Duration,
}

impl Annealing<'_> {
    pub(super) fn must_stop(&self) -> bool {
        self.meter.must_stop().is_some() || self.meter.time_left().is_some_and(|left| left <= self.reserve)
    }

    /// Changes a roster at random as the course says. `best` is the best roster seen.
    pub(super) fn run(&self, roster: &mut Roster<'_>, best: &mut Best, course: Course, random: &mut Random) {
        roster.keep();
        let mut now = roster.score();
        let energy =
            |score: &Score| course.weight * (BASE * score.tally.base + score.tally.hard) - score.value;
        let (hot, cold) = course.heat;
        let mut heat = hot;
        for change in 0..course.changes {
            if change % STRETCH == 0 {
                if self.must_stop() || best.is_enough(course.enough) {
                    return;
                }
                heat = hot * (cold / hot).powf(change as f64 / course.changes as f64);
            }
            let before = roster.steps();
            let done = Moves { lists: self.lists, random: &mut *random, roster: &mut *roster }
                .change(course.freedom);
            let limit = energy(&now) + heat * -random.unit().max(f64::MIN_POSITIVE).ln();
            if done && self.may_be_accepted(roster, &now, course.weight, limit) {
                let score = roster.score();
                if energy(&score) <= limit {
                    now = score;
                    if best.see(roster) && score.is_allowed() {
                        self.meter.improved(score.value);
                    }
                    roster.keep();
                }
            }
            roster.undo();
            self.meter.spend((roster.steps() - before) / 16 + STEPS);
        }
    }

    /// Whether a changed roster can be accepted, were all its new sessions worth what they could be at best; which is
    /// told without counting what they are worth.
    fn may_be_accepted(&self, roster: &mut Roster<'_>, before: &Score, weight: f64, limit: f64) -> bool {
        let (tally, _) = roster.weigh();
        let gains = roster.gained().map(|site| self.lists.most_gain[site as usize]).sum::<f64>();
        let value = before.value + before.tally.penalties + gains - tally.penalties;
        weight * (BASE * tally.base + tally.hard) - value <= limit
    }
}
