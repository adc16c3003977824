//! From a problem with people to the best roster found: search, wishes, and what equal times cost.

use super::anneal::{Best, Course};
use super::moves::Freedom;
use super::{HEAT, Roster, Rosters, Setting};
use crate::problem::Problem;
use crate::solve::demand::Demand;
use crate::solve::meter::Meter;
use crate::solve::options::SolveOptions;
use crate::solve::random::Random;

/// Changes for each slot with which a roster with equal times is looked for.
const CHANGES: usize = 150;

/// A value less by this part is lost to rounding alone.
const NO_LOSS: f64 = 1e-9;

/// The roster that a plan is made of.
pub(in crate::solve) struct Outcome<'s> {
    pub(in crate::solve) roster: Roster<'s>,
    /// How much less the best roster found with equal times is worth, where this one's are not.
    pub(in crate::solve) same_time_cost: Option<f64>,
}

impl<'s> Rosters<'s> {
    /// Improves the wishes of a roster; with equal times, where they cost nothing.
    ///
    /// `equal` are the same problem's rosters with equal times as a rule; None where times do not matter.
    fn finish(&self, mut roster: Roster<'s>, equal: Option<&Rosters<'s>>, meter: &Meter<'_>) -> Outcome<'s> {
        self.polish(&mut roster, meter);
        let score = roster.score();
        let other_times = score.wishes.other_times > 0;
        let found = equal.filter(|_| other_times).and_then(|equal| equal.at_equal_times(&roster, meter));
        let Some(mut found) = found else { return Outcome { roster, same_time_cost: None } };
        let at_equal_times = found.score();
        if score.is_worth_more(&at_equal_times) {
            let cost = score.value - at_equal_times.value;
            return Outcome { roster, same_time_cost: Some(cost) };
        }
        // One doctor a site comes before equal times.
        if !at_equal_times.is_better(&score) {
            return Outcome { roster, same_time_cost: None };
        }
        roster.load(found.shifts());
        Outcome { roster, same_time_cost: None }
    }

    /// The best roster found near another one, with times as these rosters have them; None when none keeps all rules.
    fn at_equal_times(&self, near: &Roster<'_>, meter: &Meter<'_>) -> Option<Roster<'s>> {
        let mut roster = Roster::empty(self.setting);
        roster.load(near.shifts());
        let mut best = Best::of(&mut roster);
        let mut random = Random::new(self.options.seed);
        let session = self.worth_of_a_session(&best.score, &best.shifts);
        for freedom in [Freedom::Dates, Freedom::All] {
            roster.load(&best.shifts);
            let course = Course {
                freedom,
                changes: CHANGES * self.setting.grid.slots.len(),
                weight: session,
                heat: (HEAT.0 * session, HEAT.1 * session),
                enough: near.clone().score().value * (1.0 - NO_LOSS),
            };
            self.annealing(meter, 0.0).run(&mut roster, &mut best, course, &mut random);
        }
        roster.load(&best.shifts);
        self.polish(&mut roster, meter);
        roster.score().is_allowed().then_some(roster)
    }
}

/// Whether equal times are a wish of a problem's planners.
pub(in crate::solve) fn wishes_equal_times(problem: &Problem) -> bool {
    let territory = problem.territory();
    territory.calendar.cycle_weeks > 1 && territory.rules.same_time.is_none()
}

impl Roster<'_> {
    /// Its objective less penalties; None when it breaks a hard rule.
    pub(in crate::solve) fn value(&mut self) -> Option<f64> {
        let score = self.score();
        score.is_allowed().then_some(score.value)
    }
}

/// A roster with better wishes, and with equal times where they cost nothing.
pub(in crate::solve) fn finish<'s>(
    roster: Roster<'s>,
    setting: &'s Setting<'s>,
    equal: Option<&'s Setting<'s>>,
    options: &'s SolveOptions,
    meter: &Meter<'_>,
) -> Outcome<'s> {
    let equal = equal.map(|setting| Rosters::new(setting, options));
    Rosters::new(setting, options).finish(roster, equal.as_ref(), meter)
}

/// The demand of a problem whose sessions differ: with activities some are limited even where others are not.
pub(in crate::solve) fn demand(problem: &Problem) -> Demand {
    Demand::of(problem, problem.capacity().is_some() || !problem.territory().activities.is_empty())
}
