//! Sites that must be served, and how often and how evenly they are.

use super::Master;
use super::slots::Slots;
use crate::solve::program::{Bound, Col, Terms};
use crate::territory::RuleKind;

/// Days of a week.
const WEEK: u32 = 7;

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
                self.space_weeks(rank, &site.id, every);
            }
            if let Some(visits) = site.visits {
                self.count_visits(rank, &site.id, f64::from(visits));
            }
            if let Some(gap) = site.max_gap.or(territory.rules.max_gap)
                && gap < WEEK * self.weeks()
            {
                self.limit_gaps(rank, &site.id, gap);
            }
        }
    }

    /// Sessions in the weeks that are `every` apart, and in no others.
    fn space_weeks(&mut self, site: usize, id: &str, every: u32) {
        let firsts: Vec<Col> = (0..every).map(|_| self.program.column(0.0, 1.0)).collect();
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
            let breach = self.breach(RuleKind::Every, Some(id), 1.0);
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
        if self.scope.loose {
            let half = sessions.iter().map(|&(sessions, n)| (sessions, 0.5 * n)).collect();
            return (sessions, one_vehicle.then_some(half));
        }
        let twice = self.fillings.iter().filter(|f| f.pattern.sessions_at(site as u32) == 2);
        let visits: Terms = sessions.into_iter().chain(twice.map(|f| (f.days, -1.0))).collect();
        (visits.clone(), one_vehicle.then_some(visits))
    }

    /// As many visits as the site says, if it has any.
    fn count_visits(&mut self, site: usize, id: &str, visits: f64) {
        let most = f64::from(WEEK * self.weeks()) + visits;
        let breach = self.breach(RuleKind::Visits, Some(id), most);
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
    fn limit_gaps(&mut self, site: usize, id: &str, gap: u32) {
        let days = WEEK * self.weeks();
        let (visits, _) = self.visits_of(site);
        if let Some(breach) = self.breach(RuleKind::MaxGap, Some(id), f64::from(days)) {
            // The longest gap of n visits is at least days / n, which is convex in n: above each of its chords.
            let (all, gap) = (f64::from(days), f64::from(gap));
            let steps = (1..=days).map(f64::from).take_while(|n| all / n > gap);
            for n in steps {
                let slope = all / (n * (n + 1.0));
                let at_none = all / n + all / (n + 1.0) - gap;
                let terms = visits.iter().map(|&(days, k)| (days, slope * k));
                let terms = terms.chain([(breach, 1.0)]).chain(self.opens_of(site, -at_none));
                self.program.row(terms, Bound::AtLeast, 0.0);
            }
            return;
        }
        let least = f64::from(days.div_ceil(gap));
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
