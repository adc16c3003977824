//! Who is where when, as a plan has it, and how a site that it leaves out can find a place there.

use std::collections::BTreeMap;

use crate::calendar::{Day, Half};
use crate::plan::Plan;
use crate::plan::explain::obstacle::sessions_of_vehicle;
use crate::problem::Problem;

/// Rank of a vehicle, week of the cycle, day.
pub(super) type DayKey = (usize, u32, Day);

/// Sites of the morning and of the afternoon.
pub(super) type Sites = [Option<usize>; 2];

/// The working days of all vehicles, with or without sessions.
#[derive(Clone)]
pub(super) struct Calendar<'p> {
    problem: &'p Problem,
    days: BTreeMap<DayKey, Sites>,
    /// By site.
    sessions: Vec<u32>,
}

/// A day changed so that it holds one or two sessions more at the site in question.
pub(super) struct Move {
    key: DayKey,
    sites: Sites,
    /// Sites that lose a session that day, in order of rank.
    given_up: Vec<usize>,
}

impl Move {
    /// Whether the same vehicle gives up the same sites.
    pub(super) fn gives_up_the_same(&self, other: &Move) -> bool {
        (self.key.0, &self.given_up) == (other.key.0, &other.given_up)
    }
}

impl<'p> Calendar<'p> {
    /// The sessions of a plan that keep to the days of the problem.
    pub(super) fn of(problem: &'p Problem, plan: &Plan) -> Calendar<'p> {
        let territory = problem.territory();
        let mut days = BTreeMap::new();
        for (vehicle, of) in territory.vehicles.iter().enumerate() {
            for week in 1..=territory.calendar.cycle_weeks {
                days.extend(of.days.iter().map(|(day, _)| ((vehicle, week, day), [None; 2])));
            }
        }
        let mut calendar = Calendar { problem, days, sessions: vec![0; territory.sites.len()] };
        let vehicles: BTreeMap<&str, usize> =
            territory.vehicles.iter().map(|vehicle| &*vehicle.id).zip(0..).collect();
        let sites: BTreeMap<&str, usize> = territory.sites.iter().map(|site| &*site.id).zip(0..).collect();
        for session in &plan.sessions {
            let (Some(&vehicle), Some(&site)) = (vehicles.get(&*session.vehicle), sites.get(&*session.site))
            else {
                continue;
            };
            let Some(day) = calendar.days.get_mut(&(vehicle, session.week, session.day)) else { continue };
            if day[session.half as usize].replace(site).is_none() {
                calendar.sessions[site] += 1;
            }
        }
        calendar
    }

    /// By site.
    pub(super) fn sessions(&self) -> &[u32] {
        &self.sessions
    }

    #[cfg(test)]
    pub(super) fn problem(&self) -> &'p Problem {
        self.problem
    }

    #[cfg(test)]
    pub(super) fn days(&self) -> impl Iterator<Item = (DayKey, Sites)> {
        self.days.iter().map(|(key, sites)| (*key, *sites))
    }

    /// Sessions that a site lacks to the least it may have.
    pub(super) fn lacks(&self, site: usize) -> u32 {
        self.problem.session_limits(site).0.max(1).saturating_sub(self.sessions[site])
    }

    /// All ways to hold one session more at a site, or two on one day where it lacks two; those that give up least
    /// for each come first. `worth` is that of one session, by site.
    pub(super) fn moves_to(&self, site: usize, worth: &[f64]) -> Vec<Move> {
        let alone = self.problem.territory().rules.one_vehicle_per_site;
        let holder = self.days.iter().find(|(_, sites)| sites.contains(&Some(site))).map(|(key, _)| key.0);
        let least = self.problem.session_limits(site).0.max(1);
        let could_hold = |vehicle: usize| sessions_of_vehicle(self.problem, vehicle, site) >= least;
        let mut moves: Vec<(f64, Move)> = Vec::new();
        for (&key, &now) in &self.days {
            if alone && holder.map_or(!could_hold(key.0), |holder| holder != key.0) {
                continue;
            }
            for sites in self.days_with(site, key, now) {
                let more = count(sites, site) - count(now, site);
                if self.room_in_week(key, site) >= more && more <= self.lacks(site) {
                    let given_up = given_up(now, sites);
                    let cost: f64 = given_up.iter().map(|&site| self.loss(site, worth)).sum();
                    moves.push((cost / f64::from(more), Move { key, sites, given_up }));
                }
            }
        }
        moves.sort_by(|(a, _), (b, _)| a.total_cmp(b));
        moves.into_iter().map(|(_, step)| step).collect()
    }

    /// The ways of a day that hold more sessions at the site than now.
    fn days_with(&self, site: usize, (vehicle, _, day): DayKey, now: Sites) -> impl Iterator<Item = Sites> {
        let [am, pm] = now;
        let it = Some(site);
        let ways = [[it, pm], [am, it], [it, None], [None, it], [it, it]];
        let is_open = move |half: Half, at: Option<usize>| {
            at.is_none_or(|site| self.problem.is_open(vehicle, site, day, half))
        };
        ways.into_iter().enumerate().filter_map(move |(place, [am, pm])| {
            let is_new = !ways[..place].contains(&[am, pm]) && count([am, pm], site) > count(now, site);
            let is_possible = is_open(Half::Am, am)
                && is_open(Half::Pm, pm)
                && self.problem.day_drive(vehicle, am, pm).is_some();
            (is_new && is_possible).then_some([am, pm])
        })
    }

    /// Sessions at the site that still fit in the vehicle's week, if all others are given up.
    fn room_in_week(&self, (vehicle, week, _): DayKey, site: usize) -> u32 {
        let there: u32 = self.week(vehicle, week).map(|(_, sites)| count(sites, site)).sum();
        self.problem.weekly_limit(vehicle).saturating_sub(there)
    }

    fn week(&self, vehicle: usize, week: u32) -> impl Iterator<Item = (DayKey, Sites)> {
        self.days
            .range((vehicle, week, Day::Mon)..=(vehicle, week, Day::Sun))
            .map(|(key, sites)| (*key, *sites))
    }

    /// What giving up one session at a site costs; all of them, where it may not have fewer.
    fn loss(&self, site: usize, worth: &[f64]) -> f64 {
        let (least, sessions) = (self.problem.session_limits(site).0, self.sessions[site]);
        if sessions > least { worth[site] } else { worth[site] * f64::from(sessions) }
    }

    /// Makes a move, and gives up what the rules then forbid: sessions beyond the week's limit, the rest of a site's
    /// that has too few, days that can no longer be driven. Those at `site` stay.
    pub(super) fn make(&mut self, step: &Move, site: usize, worth: &[f64]) {
        self.set(step.key, step.sites);
        let (vehicle, week, _) = step.key;
        while self.week(vehicle, week).map(|(_, sites)| sites.iter().flatten().count() as u32).sum::<u32>()
            > self.problem.weekly_limit(vehicle)
        {
            let others =
                self.week(vehicle, week).flat_map(|(key, sites)| [0, 1].map(|half| (key, half, sites[half])));
            let others = others.filter_map(|(key, half, at)| Some((key, half, at.filter(|&at| at != site)?)));
            let cheapest = others.min_by(|a, b| self.loss(a.2, worth).total_cmp(&self.loss(b.2, worth)));
            let Some((key, half, _)) = cheapest else { break };
            self.clear(key, half);
        }
        while self.give_up_one(site) {}
    }

    /// Gives up one thing that the rules forbid; false when there is none.
    fn give_up_one(&mut self, site: usize) -> bool {
        let undrivable = |(key, [am, pm]): (&DayKey, &Sites)| {
            self.problem.day_drive(key.0, *am, *pm).is_none().then_some(*key)
        };
        if let Some(key) = self.days.iter().find_map(undrivable) {
            let kept = self.days[&key].map(|at| at.filter(|&at| at == site));
            // Where even that cannot be driven alone, the day is free.
            self.set(key, if kept == self.days[&key] { [None; 2] } else { kept });
            return true;
        }
        let too_few = |&other: &usize| {
            let sessions = self.sessions[other];
            other != site && sessions > 0 && sessions < self.problem.session_limits(other).0
        };
        let Some(other) = (0..self.sessions.len()).find(too_few) else { return false };
        for key in self.days.keys().copied().collect::<Vec<_>>() {
            let kept = self.days[&key].map(|at| at.filter(|&at| at != other));
            self.set(key, kept);
        }
        true
    }

    fn clear(&mut self, key: DayKey, half: usize) {
        if let Some(mut sites) = self.days.get(&key).copied() {
            sites[half] = None;
            self.set(key, sites);
        }
    }

    fn set(&mut self, key: DayKey, sites: Sites) {
        let before = self.days.insert(key, sites).unwrap_or_default();
        before.into_iter().flatten().for_each(|site| self.sessions[site] -= 1);
        sites.into_iter().flatten().for_each(|site| self.sessions[site] += 1);
    }
}

fn count(sites: Sites, site: usize) -> u32 {
    sites.into_iter().flatten().filter(|&at| at == site).count() as u32
}

fn given_up(now: Sites, then: Sites) -> Vec<usize> {
    let mut given_up: Vec<usize> =
        (0..2).filter(|&half| now[half] != then[half]).filter_map(|half| now[half]).collect();
    given_up.sort_unstable();
    given_up
}
