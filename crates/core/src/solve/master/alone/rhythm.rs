//! What a site's half-days break of the rules on its rhythm.

use crate::calendar::{Day, Half};
use crate::problem::Problem;
use crate::territory::RuleKind;

/// Days of a week.
const WEEK: u32 = 7;

/// The rules on the rhythm of a site.
#[derive(Clone, Debug)]
pub(super) struct Rhythm {
    weeks: u32,
    every: Option<u32>,
    visits: Option<u32>,
    gap: Option<u32>,
    same_time: bool,
    /// What a unit of breach of each costs, in this order; None: it is hard.
    prices: [Option<f64>; 4],
}

impl Rhythm {
    pub(super) fn new(problem: &Problem, site: usize) -> Rhythm {
        let territory = problem.territory();
        let (of, rules) = (&territory.sites[site], &territory.rules);
        let weeks = territory.calendar.cycle_weeks;
        let kinds = [RuleKind::Every, RuleKind::Visits, RuleKind::MaxGap, RuleKind::SameTime];
        Rhythm {
            weeks,
            every: of.every,
            visits: of.visits,
            gap: of.max_gap.or(rules.max_gap).filter(|&gap| gap < WEEK * weeks),
            same_time: rules.same_time == Some(true) && weeks > 1,
            prices: kinds.map(|kind| rules.price(kind, Some(&of.id))),
        }
    }

    /// The penalty of sessions on some half-days, in order, of which there is one at least; None where they break a
    /// hard rule.
    pub(super) fn penalty(&self, sessions: &[(u32, Day, Half)]) -> Option<f64> {
        let mut days: Vec<u32> =
            sessions.iter().map(|&(week, day, _)| (week - 1) * WEEK + day as u32).collect();
        days.sort_unstable();
        days.dedup();
        let breaches = [
            self.every.map_or(0, |every| self.wrong_weeks(&days, every)),
            self.visits.map_or(0, |visits| visits.abs_diff(days.len() as u32)),
            self.gap.map_or(0, |gap| longest_gap(&days, WEEK * self.weeks).saturating_sub(gap)),
            if self.same_time { self.other_times(sessions) } else { 0 },
        ];
        let cost = |(units, price): (u32, Option<f64>)| {
            if units == 0 { Some(0.0) } else { price.map(|price| f64::from(units) * price) }
        };
        breaches.into_iter().zip(self.prices).map(cost).sum()
    }

    /// Weeks that have sessions and should not, or the other way round.
    fn wrong_weeks(&self, days: &[u32], every: u32) -> u32 {
        let has = |week: u32| days.iter().any(|day| day / WEEK == week);
        let wrong = |first: u32| (0..self.weeks).filter(|&week| has(week) != (week % every == first)).count();
        (0..every).map(|first| wrong(first) as u32).min().unwrap_or(0)
    }

    /// Sessions at other times than the site's usual ones.
    fn other_times(&self, sessions: &[(u32, Day, Half)]) -> u32 {
        let in_week = |week: u32| sessions.iter().filter(|(of, ..)| *of == week).count();
        let most = (1..=self.weeks).map(in_week).max().unwrap_or(0);
        let mut times = [0_u32; 14];
        sessions.iter().for_each(|&(_, day, half)| times[2 * day as usize + half as usize] += 1);
        times.sort_unstable_by(|a, b| b.cmp(a));
        times.iter().skip(most).sum()
    }
}

/// The longest gap between visits on these days, across the end of the cycle too.
fn longest_gap(days: &[u32], cycle: u32) -> u32 {
    let inner = days.windows(2).map(|pair| pair[1] - pair[0]).max().unwrap_or(0);
    let (Some(first), Some(last)) = (days.first(), days.last()) else { return cycle };
    inner.max(first + cycle - last)
}
