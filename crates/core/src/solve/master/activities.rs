//! Activities: which sessions hold one, what that takes from general practice, and how many must or may.

use super::Master;
use super::bookings::locked_slots;
use super::openings::{is_dedicated, rule_of, takes_place};
use super::slots::Slots;
use crate::solve::program::{Bound, Col, Terms};
use crate::territory::{Activity, ActivityKind, Booking, BookingKind, RuleKind};

/// So many sessions at a site that hold an activity, of those with as many consultations.
#[derive(Clone, Debug)]
pub(super) struct Held {
    /// Rank of the activity.
    pub(super) activity: usize,
    pub(super) site: usize,
    /// When such sessions can be.
    pub(super) slots: Slots,
    pub(super) sessions: Col,
}

impl Master<'_> {
    /// Sessions that hold activities, and the rows on them.
    pub(super) fn add_activities(&mut self) {
        let territory = self.problem.territory();
        for site in 0..self.open_at.len() {
            if !self.open_at[site].is_empty() {
                self.hold_at(site);
            }
        }
        for (rank, activity) in territory.activities.iter().enumerate() {
            let all: Terms = self.holding(|held| held.activity == rank);
            if activity.at_least > 0 {
                let least = f64::from(activity.at_least);
                let breach = self.breach(RuleKind::ActivityAtLeast, Some(&activity.id), least);
                let terms = all.iter().copied().chain(breach.map(|lack| (lack, 1.0)));
                self.program.row(terms, Bound::AtLeast, least);
            }
            if let Some(most) = activity.at_most
                && !all.is_empty()
            {
                let breach = self.breach(RuleKind::ActivityAtMost, Some(&activity.id), f64::INFINITY);
                let terms = all.iter().copied().chain(breach.map(|extra| (extra, -1.0)));
                self.program.row(terms, Bound::AtMost, f64::from(most));
            }
        }
        let prevention = |activity: &Activity| activity.kind == ActivityKind::Prevention;
        self.limit_share(RuleKind::PreventionShare, territory.rules.prevention_share, prevention);
        // More than half is asked for; exactly half is let pass.
        self.limit_share(RuleKind::Majority, 0.5, takes_from_general);
        let by_site: Vec<Terms> = (0..self.open_at.len())
            .flat_map(|site| (0..territory.activities.len()).map(move |activity| (site, activity)))
            .map(|(site, activity)| self.holding(|held| (held.site, held.activity) == (site, activity)))
            .filter(|terms| !terms.is_empty())
            .collect();
        self.later.push(by_site);
    }

    /// Sessions of a site that hold each activity, by the consultations of those half-days.
    fn hold_at(&mut self, site: usize) {
        let territory = self.problem.territory();
        let here: Vec<usize> = (0..territory.activities.len())
            .filter(|&rank| {
                takes_place(self.problem, &territory.activities[rank], site) && self.is_wanted(rank)
            })
            .collect();
        let cells: Vec<usize> = (0..self.cells.len()).filter(|&cell| self.cells[cell].site == site).collect();
        let mut kinds: Vec<(Option<f64>, Vec<usize>)> = Vec::new();
        for cell in cells {
            let given = self.cells[cell].given;
            match kinds.iter_mut().find(|(of, _)| *of == given) {
                Some((_, alike)) => alike.push(cell),
                None => kinds.push((given, vec![cell])),
            }
        }
        let enough = self.all_needed();
        for (given, alike) in kinds {
            let mut held = Terms::new();
            let none = Slots::of(self.weeks(), |_, _, _| false);
            let slots = alike.iter().fold(none, |all, &cell| all.or(&self.cells[cell].slots));
            let most: f64 = alike.iter().map(|&cell| self.program.columns[self.cells[cell].sessions].1).sum();
            for &activity in &here {
                let (vehicle, half) = (self.cells[alike[0]].vehicle, self.cells[alike[0]].half);
                let left = self.problem.consultations(vehicle, half, Some(activity));
                let sessions = self.program.count(0.0, most);
                let more = left.unwrap_or(enough) - given.unwrap_or(enough);
                self.consultations_at[site].push((sessions, more));
                self.held.push(Held { activity, site, slots: slots.clone(), sessions });
                held.push((sessions, 1.0));
            }
            let all = alike.iter().map(|&cell| (self.cells[cell].sessions, -1.0));
            if !held.is_empty() {
                self.program.row(held.into_iter().chain(all), Bound::AtMost, 0.0);
            }
        }
        let without: Terms = self.holding(|held| {
            held.site == site
                && territory.activities[held.activity].share == 1.0
                && takes_from_general(&territory.activities[held.activity])
        });
        if !without.is_empty() {
            let sessions = self.all_at(site).into_iter().map(|(sessions, n)| (sessions, -n));
            let terms = without.into_iter().chain(sessions).chain(self.opens_of(site, 1.0));
            self.program.row(terms, Bound::AtMost, 0.0);
        }
    }

    /// Whether sessions would ever hold an activity: it is asked for, or it gives or frees something.
    fn is_wanted(&self, rank: usize) -> bool {
        let territory = self.problem.territory();
        let activity = &territory.activities[rank];
        let frees = is_dedicated(activity) && !territory.doctors.is_empty();
        let locked = |booking: &Booking| booking.activity.as_ref() == Some(&activity.id);
        activity.at_least > 0
            || frees
            || matches!(activity.kind, ActivityKind::Remote { .. })
            || territory.bookings.iter().any(locked)
    }

    /// Sessions that hold something.
    pub(super) fn holding(&self, counts: impl Fn(&Held) -> bool) -> Terms {
        self.held.iter().filter(|held| counts(held)).map(|held| (held.sessions, 1.0)).collect()
    }

    /// At most this share of all half-days for some activities.
    fn limit_share(&mut self, rule: RuleKind, share: f64, counts: impl Fn(&Activity) -> bool) {
        let activities = &self.problem.territory().activities;
        let of = |held: &&Held| counts(&activities[held.activity]);
        let taken: Terms = self
            .held
            .iter()
            .filter(of)
            .map(|held| (held.sessions, activities[held.activity].share))
            .collect();
        if taken.is_empty() {
            return;
        }
        let breach = self.breach(rule, None, f64::INFINITY);
        let all: Terms = self.cells.iter().map(|cell| (cell.sessions, -share)).collect();
        let terms = taken.into_iter().chain(all).chain(breach.map(|extra| (extra, -1.0)));
        self.program.row(terms, Bound::AtMost, 0.0);
    }

    /// What locked sessions hold: an activity, or general practice alone.
    pub(super) fn hold_locked(&mut self) {
        let territory = self.problem.territory();
        let mut floors: Vec<(usize, Option<usize>, Vec<_>)> = Vec::new();
        for (rank, booking) in territory.bookings.iter().enumerate() {
            let hard = territory.rules.price(rule_of(booking.kind), Some(&(rank + 1).to_string())).is_none();
            let site = booking.site.as_ref().and_then(|id| self.site_rank(id)).map(|site| site as usize);
            let Some(site) = site.filter(|_| booking.kind == BookingKind::Locked) else { continue };
            let named = booking.activity.as_ref();
            let activity = named.and_then(|id| territory.activities.iter().position(|a| a.id == *id));
            if !hard {
                let (count, lacks) = self.due_within(rank, &self.cycle());
                let terms = self.holding_just(site, activity).into_iter().chain(lacks);
                self.program.row(terms, Bound::AtLeast, count);
                continue;
            }
            let at = floors.iter().position(|(s, a, _)| (*s, *a) == (site, activity)).unwrap_or_else(|| {
                floors.push((site, activity, Vec::new()));
                floors.len() - 1
            });
            for slot in locked_slots(booking, self.weeks()) {
                if !floors[at].2.contains(&slot) {
                    floors[at].2.push(slot);
                }
            }
        }
        for (site, activity, slots) in floors {
            let held = self.holding_just(site, activity);
            self.program.row(held, Bound::AtLeast, slots.len() as f64);
        }
    }

    /// Sessions at a site that hold an activity, or none.
    fn holding_just(&self, site: usize, activity: Option<usize>) -> Terms {
        if let Some(activity) = activity {
            return self.holding(|held| (held.site, held.activity) == (site, activity));
        }
        let held = self.holding(|held| held.site == site).into_iter().map(|(held, n)| (held, -n));
        self.all_at(site).into_iter().chain(held).collect()
    }
}

/// Whether an activity takes its share from general practice.
fn takes_from_general(activity: &Activity) -> bool {
    !matches!(activity.kind, ActivityKind::Remote { .. })
}
