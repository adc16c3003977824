//! Every calendar of a tiny territory, and what it is worth, by the words of the rules.

use std::collections::{BTreeMap, BTreeSet};

use crate::calendar::{Day, Half, HalfDays};
use crate::people::Profile;
use crate::problem::Problem;
use crate::solve::program::{Bound, Ended, Program};
use crate::territory::{ActivityKind, BookingKind, RuleKind};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Session {
    vehicle: usize,
    week: u32,
    day: Day,
    half: Half,
    site: usize,
    activity: Option<usize>,
    doctor: Option<usize>,
    specialist: Option<usize>,
}

type Breaches = Vec<(RuleKind, Option<String>, f64)>;

/// The value of the best calendar for each number of sessions by vehicle and site that has any.
pub(super) fn best_by_counts(problem: &Problem) -> BTreeMap<Vec<Vec<u32>>, f64> {
    let territory = problem.territory();
    let mut slots = Vec::new();
    for (vehicle, of) in territory.vehicles.iter().enumerate() {
        for week in of.weeks.of_cycle(territory.calendar.cycle_weeks) {
            slots.extend(of.days.iter().map(|(day, half)| (vehicle, week, day, half)));
        }
    }
    let mut all =
        Enumeration { problem, best: BTreeMap::new(), objectives: BTreeMap::new(), sessions: Vec::new() };
    all.choose_sites(&slots);
    all.best
}

struct Enumeration<'a> {
    problem: &'a Problem,
    best: BTreeMap<Vec<Vec<u32>>, f64>,
    /// By consultations at each served site.
    objectives: BTreeMap<Vec<Option<u64>>, f64>,
    sessions: Vec<Session>,
}

impl Enumeration<'_> {
    fn choose_sites(&mut self, slots: &[(usize, u32, Day, Half)]) {
        let Some((&(vehicle, week, day, half), rest)) = slots.split_first() else {
            if self.is_possible() {
                self.choose_activities(0);
            }
            return;
        };
        self.choose_sites(rest);
        for site in 0..self.problem.territory().sites.len() {
            if self.problem.is_open(vehicle, site, day, half)
                && self.problem.territory().sites[site].weeks.contains(week)
            {
                let (activity, doctor, specialist) = (None, None, None);
                self.sessions.push(Session { vehicle, week, day, half, site, activity, doctor, specialist });
                self.choose_sites(rest);
                self.sessions.pop();
            }
        }
    }

    fn counts(&self) -> Vec<Vec<u32>> {
        let territory = self.problem.territory();
        let mut counts = vec![vec![0; territory.sites.len()]; territory.vehicles.len()];
        self.sessions.iter().for_each(|session| counts[session.vehicle][session.site] += 1);
        counts
    }

    /// Rules 4 to 6.
    fn is_possible(&self) -> bool {
        let (problem, territory) = (self.problem, self.problem.territory());
        let counts = self.counts();
        let limits = (0..territory.sites.len()).all(|site| {
            let (least, most) = problem.session_limits(site);
            let n: u32 = counts.iter().map(|of| of[site]).sum();
            let vehicles = counts.iter().filter(|of| of[site] > 0).count();
            (n == 0 || (least..=most).contains(&n)) && (vehicles < 2 || !territory.rules.one_vehicle_per_site)
        });
        let days: BTreeSet<(usize, u32, Day)> =
            self.sessions.iter().map(|s| (s.vehicle, s.week, s.day)).collect();
        let drives = days.iter().all(|&(vehicle, week, day)| {
            let at = |half| {
                let here = |s: &&Session| (s.vehicle, s.week, s.day, s.half) == (vehicle, week, day, half);
                self.sessions.iter().find(here).map(|s| s.site)
            };
            problem.day_drive(vehicle, at(Half::Am), at(Half::Pm)).is_some()
        });
        let weeks: BTreeSet<(usize, u32)> = self.sessions.iter().map(|s| (s.vehicle, s.week)).collect();
        let weekly = weeks.iter().all(|&(vehicle, week)| {
            let n = self.sessions.iter().filter(|s| (s.vehicle, s.week) == (vehicle, week)).count();
            n as u32 <= problem.weekly_limit(vehicle)
        });
        limits && drives && weekly
    }

    fn choose_activities(&mut self, rank: usize) {
        if rank == self.sessions.len() {
            if self.gives_general_practice() {
                let objective = self.objective();
                let known = self.best.get(&self.counts()).copied().unwrap_or(f64::NEG_INFINITY);
                if objective > known {
                    self.choose_doctors(0, objective);
                }
            }
            return;
        }
        self.choose_activities(rank + 1);
        for activity in 0..self.problem.territory().activities.len() {
            let site = &self.problem.territory().sites[self.sessions[rank].site].id;
            let sites = &self.problem.territory().activities[activity].sites;
            if sites.as_ref().is_none_or(|sites| sites.contains(site)) {
                self.sessions[rank].activity = Some(activity);
                self.choose_activities(rank + 1);
            }
        }
        self.sessions[rank].activity = None;
    }

    /// Each site with sessions has one where general practice goes on.
    fn gives_general_practice(&self) -> bool {
        let activities = &self.problem.territory().activities;
        let gives = |s: &Session| {
            s.activity.map(|rank| &activities[rank]).is_none_or(|activity| {
                activity.share < 1.0 || matches!(activity.kind, ActivityKind::Remote { .. })
            })
        };
        let sites: BTreeSet<usize> = self.sessions.iter().map(|s| s.site).collect();
        sites.iter().all(|&site| self.sessions.iter().any(|s| s.site == site && gives(s)))
    }

    fn choose_doctors(&mut self, rank: usize, objective: f64) {
        if rank == self.sessions.len() {
            if let Some(penalties) = self.penalties() {
                let best = self.best.entry(self.counts()).or_insert(f64::NEG_INFINITY);
                *best = best.max(objective - penalties);
            }
            return;
        }
        let [first, second] = needed(self.problem, &self.sessions[rank]);
        for &doctor in &first {
            for &specialist in &second {
                (self.sessions[rank].doctor, self.sessions[rank].specialist) = (doctor, specialist);
                self.choose_doctors(rank + 1, objective);
            }
        }
        (self.sessions[rank].doctor, self.sessions[rank].specialist) = (None, None);
    }

    fn objective(&mut self) -> f64 {
        let territory = self.problem.territory();
        let mut given: Vec<Option<f64>> = vec![None; territory.sites.len()];
        for s in &self.sessions {
            let more = self.problem.consultations(s.vehicle, s.half, s.activity).unwrap_or(1e6);
            given[s.site] = Some(given[s.site].unwrap_or(0.0) + more);
        }
        let key = given.iter().map(|given| given.map(f64::to_bits)).collect();
        let problem = self.problem;
        *self.objectives.entry(key).or_insert_with(|| objective_of(problem, &given))
    }

    /// Penalties of the sessions; None when a rule without a price is broken.
    fn penalties(&self) -> Option<f64> {
        let mut sum = 0.0;
        for (kind, subject, units) in self.breaches()? {
            if units > 0.0 {
                sum += units * self.problem.territory().rules.price(kind, subject.as_deref())?;
            }
        }
        Some(sum)
    }

    /// How much each rule is broken; None when a doctor is in two places or out of their department.
    fn breaches(&self) -> Option<Breaches> {
        let mut found = Vec::new();
        self.of_doctors(&mut found)?;
        self.of_bookings(&mut found);
        self.of_activities(&mut found);
        self.of_sites(&mut found);
        Some(found)
    }

    fn of_sites(&self, found: &mut Breaches) {
        let territory = self.problem.territory();
        let cycle = territory.calendar.cycle_weeks;
        for (rank, site) in territory.sites.iter().enumerate() {
            let here: Vec<&Session> = self.sessions.iter().filter(|s| s.site == rank).collect();
            let mut add = |kind, units: u32| found.push((kind, Some(site.id.clone()), f64::from(units)));
            if here.is_empty() {
                add(RuleKind::RequiredSite, u32::from(site.required));
                continue;
            }
            let in_week = |week: u32| here.iter().filter(|s| s.week == week).count();
            if let Some(every) = site.every {
                let wrong = |r: u32| (1..=cycle).filter(|w| (in_week(*w) > 0) != (w % every == r)).count();
                add(RuleKind::Every, (0..every).map(wrong).min().unwrap() as u32);
            }
            let days: BTreeSet<u32> = here.iter().map(|s| (s.week - 1) * 7 + s.day as u32).collect();
            if let Some(visits) = site.visits {
                add(RuleKind::Visits, visits.abs_diff(days.len() as u32));
            }
            if let Some(most) = site.max_gap.or(territory.rules.max_gap) {
                let days: Vec<u32> = days.into_iter().collect();
                let inner = days.windows(2).map(|pair| pair[1] - pair[0]).max().unwrap_or(0);
                let gap = inner.max(days[0] + 7 * cycle - days[days.len() - 1]);
                add(RuleKind::MaxGap, gap.saturating_sub(most));
            }
            if territory.rules.same_time == Some(true) {
                let n = (1..=cycle).map(in_week).max().unwrap();
                let at = |day, half| here.iter().filter(|s| (s.day, s.half) == (day, half)).count();
                let mut times: Vec<usize> = HalfDays::ALL.iter().map(|(day, half)| at(day, half)).collect();
                times.sort_by_key(|&count| std::cmp::Reverse(count));
                let usual: usize = times.iter().take(n).sum();
                add(RuleKind::SameTime, (here.len() - usual) as u32);
            }
        }
    }

    fn of_bookings(&self, found: &mut Breaches) {
        let territory = self.problem.territory();
        for (rank, booking) in territory.bookings.iter().enumerate() {
            let there = |s: &Session| {
                booking.vehicle.as_ref().is_none_or(|id| territory.vehicles[s.vehicle].id == *id)
                    && booking.site.as_ref().is_none_or(|id| territory.sites[s.site].id == *id)
            };
            let as_said = |s: &Session| {
                let doctors = [s.doctor, s.specialist].map(|d| d.map(|d| &territory.doctors[d].id));
                booking.doctor.as_ref().is_none_or(|id| doctors.contains(&Some(id)))
                    && s.activity.map(|a| &territory.activities[a].id) == booking.activity.as_ref()
            };
            let then = |s: &Session, week: u32| s.week == week && booking.half_days.contains(s.day, s.half);
            let weeks = booking.weeks.of_cycle(territory.calendar.cycle_weeks);
            let (kind, units) = match booking.kind {
                BookingKind::Required => {
                    let lacks = |&week: &u32| !self.sessions.iter().any(|s| then(s, week) && there(s));
                    (RuleKind::Required, weeks.filter(lacks).count())
                }
                BookingKind::Forbidden => {
                    let on = |s: &&Session| booking.weeks.contains(s.week) && then(s, s.week) && there(s);
                    (RuleKind::Forbidden, self.sessions.iter().filter(on).count())
                }
                BookingKind::Locked => {
                    let slots =
                        weeks.flat_map(|week| booking.half_days.iter().map(move |(d, h)| (week, d, h)));
                    let holds = |s: &Session, slot| (s.week, s.day, s.half) == slot && there(s) && as_said(s);
                    let lacks = |slot: &(u32, Day, Half)| !self.sessions.iter().any(|s| holds(s, *slot));
                    (RuleKind::Locked, slots.filter(lacks).count())
                }
            };
            found.push((kind, Some((rank + 1).to_string()), units as f64));
        }
        if let Some(published) = &territory.published {
            let is_published = |s: &&Session| {
                published.sessions.iter().any(|p| {
                    p.vehicle == territory.vehicles[s.vehicle].id
                        && p.site == territory.sites[s.site].id
                        && (p.week, p.day, p.half) == (s.week, s.day, s.half)
                })
            };
            let kept = self.sessions.iter().filter(is_published).count();
            let changes = (published.sessions.len() - kept).max(self.sessions.len() - kept) as u32;
            let priced = territory.rules.price(RuleKind::Changes, None).is_some();
            let free = published.max_changes.unwrap_or(if priced { 0 } else { u32::MAX });
            found.push((RuleKind::Changes, None, f64::from(changes.saturating_sub(free))));
        }
    }

    fn of_doctors(&self, found: &mut Breaches) -> Option<()> {
        let territory = self.problem.territory();
        if territory.doctors.is_empty() {
            return Some(());
        }
        let lacking = |s: &Session| {
            let shared = s.activity.map(|a| &territory.activities[a]);
            let shared = shared.is_some_and(|a| a.kind == ActivityKind::Specialty && a.share < 1.0);
            u32::from(s.doctor.is_none()) + u32::from(shared && s.specialist.is_none())
        };
        let lacking: u32 = self.sessions.iter().map(lacking).sum();
        found.push((RuleKind::DoctorNeeded, None, f64::from(lacking)));
        for (rank, doctor) in territory.doctors.iter().enumerate() {
            let own = |s: &&Session| s.doctor == Some(rank) || s.specialist == Some(rank);
            let own: Vec<&Session> = self.sessions.iter().filter(own).collect();
            let times: BTreeSet<(u32, Day, Half)> = own.iter().map(|s| (s.week, s.day, s.half)).collect();
            if times.len() < own.len() || own.iter().any(|s| !doctor.is_authorised(&territory.sites[s.site]))
            {
                return None;
            }
            let count = |counts: &dyn Fn(&Session) -> bool| own.iter().filter(|s| counts(s)).count() as u32;
            let mut add = |kind, units: u32| found.push((kind, Some(doctor.id.clone()), f64::from(units)));
            add(RuleKind::DoctorHours, count(&|s| !doctor.works(s.week, s.day, s.half)));
            if let Some(most) = doctor.half_days_per_week {
                let weeks = 1..=territory.calendar.cycle_weeks;
                add(RuleKind::DoctorWeek, weeks.map(|w| count(&|s| s.week == w).saturating_sub(most)).sum());
            }
            if let Some(most) = doctor.half_days_per_cycle {
                add(RuleKind::DoctorCycle, (own.len() as u32).saturating_sub(most));
            }
            let at = |s: &Session| &territory.sites[s.site].id;
            add(RuleKind::Refuses, count(&|s| doctor.refuses.contains(at(s))));
            let priced = territory.rules.price(RuleKind::Prefers, Some(&doctor.id)).is_some();
            if !doctor.prefers.is_empty() && priced {
                add(RuleKind::Prefers, count(&|s| !doctor.prefers.contains(at(s))));
            }
        }
        if let Some(most) = territory.rules.doctors_per_site {
            for (rank, site) in territory.sites.iter().enumerate() {
                let here = self.sessions.iter().filter(|s| s.site == rank).filter_map(|s| s.doctor);
                let come: BTreeSet<usize> =
                    here.filter(|&d| territory.doctors[d].specialty.is_none()).collect();
                let extra = (come.len() as u32).saturating_sub(most);
                found.push((RuleKind::DoctorsPerSite, Some(site.id.clone()), f64::from(extra)));
            }
        }
        Some(())
    }

    fn of_activities(&self, found: &mut Breaches) {
        let territory = self.problem.territory();
        let (mut prevention, mut general) = (0.0, 0.0);
        for s in &self.sessions {
            let activity = s.activity.map(|rank| &territory.activities[rank]);
            general += activity.map_or(1.0, |activity| match activity.kind {
                ActivityKind::Remote { .. } => 1.0,
                _ => 1.0 - activity.share,
            });
            prevention += activity
                .filter(|a| a.kind == ActivityKind::Prevention)
                .map_or(0.0, |activity| activity.share);
        }
        for (rank, activity) in territory.activities.iter().enumerate() {
            let held = self.sessions.iter().filter(|s| s.activity == Some(rank)).count() as u32;
            let mut add = |kind, units: u32| found.push((kind, Some(activity.id.clone()), f64::from(units)));
            add(RuleKind::ActivityAtLeast, activity.at_least.saturating_sub(held));
            add(RuleKind::ActivityAtMost, held.saturating_sub(activity.at_most.unwrap_or(u32::MAX)));
        }
        let all = self.sessions.len() as f64;
        let extra = prevention - territory.rules.prevention_share * all;
        found.push((RuleKind::PreventionShare, None, if extra > 1e-9 { extra } else { 0.0 }));
        let lacks = if all > 0.0 && general <= all / 2.0 { (all / 2.0 - general).max(1e-9) } else { 0.0 };
        found.push((RuleKind::Majority, None, lacks));
    }
}

/// Who can be the doctor of a session, and its specialist.
fn needed(problem: &Problem, session: &Session) -> [Vec<Option<usize>>; 2] {
    let territory = problem.territory();
    let of = |able: &dyn Fn(usize) -> bool| {
        [None].into_iter().chain((0..territory.doctors.len()).filter(|&d| able(d)).map(Some)).collect()
    };
    let specialty = |d: usize| territory.doctors[d].specialty.as_deref();
    let on_board = |d: usize| specialty(d).is_none() && !territory.doctors[d].remote;
    let Some(activity) = session.activity.map(|rank| &territory.activities[rank]) else {
        return [of(&on_board), vec![None]];
    };
    let expert = |d: usize| specialty(d) == Some(&activity.id);
    match activity.kind {
        ActivityKind::Specialty if activity.share == 1.0 => [of(&expert), vec![None]],
        ActivityKind::Specialty => [of(&on_board), of(&expert)],
        ActivityKind::Prevention => [of(&on_board), vec![None]],
        ActivityKind::Remote { .. } => [of(&|d| specialty(d).is_none()), vec![None]],
    }
}

/// The best coverage with so many consultations at each served site: rules 1 to 3 as they stand.
fn objective_of(problem: &Problem, given: &[Option<f64>]) -> f64 {
    let territory = problem.territory();
    let weight = |profile: Profile| territory.care.profiles[profile].weight;
    let mut reached = 0.0;
    let mut program = Program::default();
    let mut taken = vec![Vec::new(); given.len()];
    for commune in 0..territory.communes.len() {
        let share = |site: usize| problem.share(commune, site).map_or(0.0, |share| share.0);
        let served: Vec<usize> =
            (0..given.len()).filter(|&site| given[site].is_some() && share(site) > 0.0).collect();
        reached += problem.weight(commune) * served.iter().map(|&site| share(site)).fold(0.0, f64::max);
        for profile in Profile::ALL {
            let n = territory.communes[commune].patients[profile].0;
            let worth = territory.objective.followed * weight(profile);
            let columns: Vec<(usize, usize)> =
                served.iter().map(|&site| (site, program.column(worth, share(site) * n))).collect();
            for &(site, column) in &columns {
                taken[site].push((column, problem.index.visits[profile]));
                let far = columns.iter().filter(|(other, _)| share(*other) <= share(site));
                program.row(far.map(|&(_, column)| (column, 1.0)), Bound::AtMost, share(site) * n);
            }
        }
    }
    for (site, terms) in taken.into_iter().enumerate() {
        program.row(terms, Bound::AtMost, given[site].unwrap_or(0.0));
    }
    let Ended::Solved(optimum) = program.relax(&|| None) else { panic!("coverage of {given:?} not found") };
    territory.objective.reached * reached + optimum.objective()
}
