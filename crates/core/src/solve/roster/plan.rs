//! From a problem with people to the best roster found: search, wishes, and what equal times cost.

use super::anneal::{Best, Course};
use super::moves::Freedom;
use super::{Roster, Rosters, Setting, restore};
use crate::problem::Problem;
use crate::solve::demand::Demand;
use crate::solve::meter::Meter;
use crate::solve::options::SolveOptions;
use crate::solve::random::Random;
use crate::territory::Territory;

/// Changes for each slot with which a roster under stricter rules is looked for.
const CHANGES: usize = 150;

/// A value less by this part is lost to rounding alone.
const NO_LOSS: f64 = 1e-9;

/// The roster that a plan is made of.
pub(in crate::solve) struct Outcome<'s> {
    pub(in crate::solve) roster: Roster<'s>,
    /// How much less the best roster found with equal times is worth, where this one's are not.
    pub(in crate::solve) same_time_cost: Option<f64>,
}

/// A problem with wishes of its planners as hard rules: None where something is no wish.
pub(in crate::solve) struct Wished<'s> {
    one_doctor: Option<Setting<'s>>,
    equal_times: Option<Setting<'s>>,
    both: Option<Setting<'s>>,
}

impl<'s> Wished<'s> {
    pub(in crate::solve) fn new(
        problem: &'s Problem,
        demand: &'s Demand,
        by_site: &'s [Vec<(u32, u8)>],
    ) -> Wished<'s> {
        let Territory { doctors, rules, calendar, .. } = problem.territory();
        let doctor = !doctors.is_empty() && rules.doctors_per_site.is_none();
        let times = calendar.cycle_weeks > 1 && rules.same_time.is_none();
        let setting = || Setting::new(problem, demand, by_site);
        Wished {
            one_doctor: doctor.then(|| setting().with_one_doctor()),
            equal_times: times.then(|| setting().with_equal_times()),
            both: (doctor && times).then(|| setting().with_one_doctor().with_equal_times()),
        }
    }
}

impl<'s> Rosters<'s> {
    /// Improves the wishes of a roster: with one doctor a site, then with equal times, where they cost nothing. One that
    /// breaks a hard rule is no plan, and stays as it is.
    fn finish(&self, mut roster: Roster<'s>, wished: &'s Wished<'s>, meter: &Meter<'_>) -> Outcome<'s> {
        let strictly = |setting: &'s Option<Setting<'s>>, near: &Roster<'s>| {
            setting.as_ref().and_then(|setting| Rosters::new(setting, self.options).near(near, meter))
        };
        if !roster.score().is_allowed() {
            return Outcome { roster, same_time_cost: None };
        }
        restore::restore(&mut roster);
        self.polish(&mut roster, meter);
        let score = roster.score();
        if score.wishes.doctors > 0
            && let Some(setting) = &wished.one_doctor
        {
            let rosters = Rosters::new(setting, self.options);
            let found =
                rosters.near(&roster, meter).filter(|found| !score.is_worth_more(&found.clone().score()));
            // What is worth as much may lie far away.
            let mut found = found.unwrap_or_else(|| rosters.find(score.value * (1.0 - NO_LOSS), meter));
            if found.score().is_better(&score) {
                roster.load(found.shifts());
                self.polish(&mut roster, meter);
            }
        }
        let score = roster.score();
        if score.wishes.other_times == 0 {
            return Outcome { roster, same_time_cost: None };
        }
        let mut same_time_cost = None;
        for setting in [&wished.both, &wished.equal_times] {
            let Some(mut found) = strictly(setting, &roster) else { continue };
            let at_equal_times = found.score();
            if score.is_worth_more(&at_equal_times) {
                let cost = score.value - at_equal_times.value;
                same_time_cost = Some(same_time_cost.map_or(cost, |least: f64| least.min(cost)));
            } else {
                // One doctor a site comes before equal times.
                if at_equal_times.is_better(&score) {
                    roster.load(found.shifts());
                }
                return Outcome { roster, same_time_cost: None };
            }
        }
        Outcome { roster, same_time_cost }
    }

    /// The best roster found near another one, under the rules of these; None when none keeps them all.
    fn near(&self, near: &Roster<'_>, meter: &Meter<'_>) -> Option<Roster<'s>> {
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
                heat: self.heat(session, best.score.value),
                enough: near.clone().score().value * (1.0 - NO_LOSS),
            };
            self.annealing(meter, 0.0).run(&mut roster, &mut best, course, &mut random);
        }
        roster.load(&best.shifts);
        self.polish(&mut roster, meter);
        roster.score().is_allowed().then_some(roster)
    }
}

impl Roster<'_> {
    /// Its objective less penalties; None when it breaks a hard rule.
    pub(in crate::solve) fn value(&mut self) -> Option<f64> {
        let score = self.score();
        score.is_allowed().then_some(score.value)
    }
}

/// A roster with better wishes: one doctor a site and equal times, where they cost nothing.
pub(in crate::solve) fn finish<'s>(
    roster: Roster<'s>,
    setting: &'s Setting<'s>,
    wished: &'s Wished<'s>,
    options: &'s SolveOptions,
    meter: &Meter<'_>,
) -> Outcome<'s> {
    Rosters::new(setting, options).finish(roster, wished, meter)
}

/// The demand of a problem whose sessions differ: with activities some are limited even where others are not.
pub(in crate::solve) fn demand(problem: &Problem) -> Demand {
    Demand::of(problem, problem.capacity().is_some() || !problem.territory().activities.is_empty())
}
