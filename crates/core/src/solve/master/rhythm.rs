//! Sites that must be served, and how often and how evenly they are.

use super::slots::Slots;
use super::{Detail, Master};
use crate::calendar::{Day, Half};
use crate::solve::program::{Bound, Col, Terms};
use crate::territory::RuleKind;

/// Days of a week.
const WEEK: u32 = 7;

/// Days of a cycle up to which its gaps are computed, rather than taken as equal.
const LONG: u32 = 9 * WEEK;

impl Master<'_> {
    /// The rows on sites that must be served, on their weeks, visits and gaps.
    pub(super) fn add_rhythm(&mut self) {
        let territory = self.problem.territory();
        for (rank, site) in territory.sites.iter().enumerate() {
            if site.required {
                let breach = self.breach(RuleKind::RequiredSite, Some(&site.id), 1.0);
                let opens = self.opens_of(rank, 1.0).into_iter().chain(breach.map(|lack| (lack, 1.0)));
                self.program.row(opens, Bound::AtLeast, 1.0);
            }
            if self.open_at[rank].is_empty() {
                continue;
            }
            if let Some(every) = site.every {
                self.space_weeks(rank, every);
            }
            if let Some(visits) = site.visits {
                self.count_visits(rank, f64::from(visits));
            }
            if let Some(gap) = site.max_gap.or(territory.rules.max_gap)
                && gap < WEEK * self.weeks()
            {
                self.limit_gaps(rank, gap);
            }
            if territory.rules.same_time == Some(true) && self.weeks() > 1 {
                // Only the rows on sites alone say when it costs something.
                self.breach_at(RuleKind::SameTime, rank, f64::INFINITY);
            }
        }
    }

    /// Sessions in the weeks that are `every` apart, and in no others.
    fn space_weeks(&mut self, site: usize, every: u32) {
        let firsts: Vec<Col> = (0..every).map(|_| self.program.count(0.0, 1.0)).collect();
        let one = firsts.iter().map(|&first| (first, 1.0)).chain(self.opens_of(site, -1.0));
        self.program.row(one, Bound::Exactly, 0.0);
        self.later.push(firsts.iter().map(|&first| vec![(first, 1.0)]).collect());
        let weeks: Vec<Slots> = (1..=self.weeks()).map(|week| self.week(week)).collect();
        let vehicles = 0..self.problem.territory().vehicles.len();
        let mut breaches = Vec::new();
        let mut most_from = vec![0.0; every as usize];
        for (rank, week) in weeks.iter().enumerate() {
            let from = rank % every as usize;
            let can = |v: usize| self.weekly(v, &self.openings.at(v, site).and(week));
            let most = f64::from(vehicles.clone().map(can).sum::<u32>().min(self.most_at(site)));
            most_from[from] += most;
            let breach = self.breach_at(RuleKind::Every, site, 1.0);
            breaches.extend(breach);
            let first = firsts[from];
            let some = self.touching(None, Some(site), week).into_iter().chain([(first, -1.0)]);
            self.program.row(some.chain(breach.map(|lack| (lack, 1.0))), Bound::AtLeast, 0.0);
            let none = self.within(None, Some(site), week);
            if !none.is_empty() {
                let none = none.into_iter().chain([(first, -most)]);
                self.program.row(none.chain(breach.map(|extra| (extra, -most))), Bound::AtMost, 0.0);
            }
        }
        let visited = f64::from(self.weeks() / every);
        let breaches = breaches.into_iter().map(|lack| (lack, 1.0));
        let terms: Terms =
            self.all_at(site).into_iter().chain(self.opens_of(site, -visited)).chain(breaches).collect();
        self.program.row(terms, Bound::AtLeast, 0.0);
    }

    /// Visits that are never fewer than there are, and where there are such, visits that are never more.
    fn visits_of(&self, site: usize) -> (Terms, Option<Terms>) {
        let one_vehicle = self.exclusive() || self.scope.vehicles.len() == 1;
        let sessions = self.all_at(site);
        if self.scope.detail != Detail::Paired {
            let half = sessions.iter().map(|&(sessions, n)| (sessions, 0.5 * n)).collect();
            return (sessions, one_vehicle.then_some(half));
        }
        let twice = self.fillings.iter().filter(|f| f.pattern.sessions_at(site as u32) == 2);
        let visits: Terms = sessions.into_iter().chain(twice.map(|f| (f.days, -1.0))).collect();
        (visits.clone(), one_vehicle.then_some(visits))
    }

    /// Days of the cycle, from 0, on which some vehicle can be at a site.
    fn days_at(&self, site: usize) -> Vec<u32> {
        let slots = self.half_days_at(site);
        let days = (1..=self.weeks()).flat_map(|week| Day::ALL.map(|day| (week, day)));
        let on =
            |&(week, day): &(u32, Day)| Half::ALL.into_iter().any(|half| slots.contains(week, day, half));
        days.filter(on).map(|(week, day)| (week - 1) * WEEK + day as u32).collect()
    }

    /// As many visits as the site says, if it has any.
    fn count_visits(&mut self, site: usize, visits: f64) {
        let most = f64::from(WEEK * self.weeks()) + visits;
        let breach = self.breach_at(RuleKind::Visits, site, most);
        let (at_most, at_least) = self.visits_of(site);
        let due = self.opens_of(site, -visits);
        let enough = at_most.into_iter().chain(due.clone()).chain(breach.map(|lack| (lack, 1.0)));
        self.program.row(enough, Bound::AtLeast, 0.0);
        if let Some(visits) = at_least {
            let few = visits.into_iter().chain(due).chain(breach.map(|extra| (extra, -1.0)));
            self.program.row(few, Bound::AtMost, 0.0);
        }
    }

    /// A visit at least every `gap` days, across the end of the cycle too.
    fn limit_gaps(&mut self, site: usize, gap: u32) {
        let days = WEEK * self.weeks();
        let (visits, _) = self.visits_of(site);
        let longest = longest_gaps(&self.days_at(site), days);
        if let Some(breach) = self.breach_at(RuleKind::MaxGap, site, f64::from(days)) {
            for (slope, at_none) in below(&longest) {
                let terms = visits.iter().map(|&(days, k)| (days, -slope * k));
                let due = self.opens_of(site, f64::from(gap) - at_none);
                self.program.row(terms.chain([(breach, 1.0)]).chain(due), Bound::AtLeast, 0.0);
            }
            return;
        }
        let enough = longest.iter().position(|&longest| longest <= gap);
        // Where no number of visits is enough the site cannot be served.
        let least = enough.map_or(f64::from(days) + 1.0, |rank| rank as f64 + 1.0);
        self.program.row(visits.into_iter().chain(self.opens_of(site, -least)), Bound::AtLeast, 0.0);
        let mut seen = vec![self.all_at(site)];
        for first in 0..days {
            let window = Slots::of(self.weeks(), |week, day, _| {
                (days + (week - 1) * WEEK + day as u32 - first) % days < gap
            });
            let visit = self.touching(None, Some(site), &window);
            if !seen.contains(&visit) {
                let terms = visit.iter().copied().chain(self.opens_of(site, -1.0));
                self.program.row(terms, Bound::AtLeast, 0.0);
                seen.push(visit);
            }
        }
    }
}

/// By number of visits, from 1: the least that the longest gap between them can be, on these days of a cycle.
fn longest_gaps(days: &[u32], cycle: u32) -> Vec<u32> {
    if cycle > LONG {
        return (1..=days.len().max(1) as u32).map(|visits| cycle.div_ceil(visits)).collect();
    }
    let visits_for = |gap: u32| days.iter().filter_map(|&first| visits_from(first, days, cycle, gap)).min();
    let mut longest = vec![cycle];
    for gap in (1..cycle).rev() {
        let Some(visits) = visits_for(gap) else { break };
        while longest.len() < visits {
            longest.push(longest[longest.len() - 1]);
        }
        longest[visits - 1..].fill(gap);
    }
    longest
}

/// Fewest visits from this day on, until the same day of the next cycle, with no longer gap than this.
fn visits_from(first: u32, days: &[u32], cycle: u32, gap: u32) -> Option<usize> {
    let (mut last, mut visits) = (first, 1);
    while first + cycle - last > gap {
        let ahead = |&day: &u32| if day > first { day } else { day + cycle };
        let next = days.iter().map(ahead).filter(|day| (last + 1..=last + gap).contains(day)).max()?;
        (last, visits) = (next, visits + 1);
    }
    Some(visits)
}

/// Lines below a falling row of points, the first at 1, as slope and value at 0: the highest ones that there are.
fn below(points: &[u32]) -> Vec<(f64, f64)> {
    let at = |rank: usize| (rank as f64 + 1.0, f64::from(points[rank]));
    let slope = |from: usize, to: usize| (at(to).1 - at(from).1) / (at(to).0 - at(from).0);
    let (mut lines, mut from) = (Vec::new(), 0);
    while let Some(to) = (from + 1..points.len()).min_by(|&a, &b| slope(from, a).total_cmp(&slope(from, b))) {
        lines.push((slope(from, to), at(from).1 - slope(from, to) * at(from).0));
        from = to;
    }
    let lowest = points.last().copied().unwrap_or(0);
    lines.push((0.0, f64::from(lowest)));
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_gap_is_at_least_what_the_days_allow() {
        // Monday and Wednesday: five days from Wednesday to Monday.
        assert_eq!(longest_gaps(&[0, 2], 7), [7, 5]);
        // Mondays and Thursdays of two weeks.
        assert_eq!(longest_gaps(&[0, 3, 7, 10], 14), [14, 7, 7, 4]);
        assert_eq!(longest_gaps(&[], 14), [14]);
        for line in below(&[14, 7, 7, 4]) {
            let above = |(visits, gap): (f64, f64)| gap >= line.0 * visits + line.1 - 1e-9;
            assert!([(1.0, 14.0), (2.0, 7.0), (3.0, 7.0), (4.0, 4.0), (9.0, 4.0)].into_iter().all(above));
        }
    }
}
