//! Doctors: who holds the sessions of each site, within their hours and as often as they agreed to.

mod activities;
mod doctor_days;
mod limits;
mod sites;
mod teams;

use super::Master;
use super::openings::{is_dedicated, needs_doctors};
use super::slots::Slots;
use crate::calendar::{Day, Half, HalfDays};
use crate::solve::program::{Bound, Col, Terms};
use crate::territory::{Activity, ActivityKind, Doctor, RuleKind};
use doctor_days::DoctorDays;

/// So many sessions of a doctor at a site, on some half-days.
#[derive(Clone, Copy, Debug)]
pub(super) struct Duty {
    pub(super) doctor: usize,
    pub(super) site: usize,
    /// Rank of the half-days.
    pub(super) span: usize,
    pub(super) sessions: Col,
}

/// Half-days whose sessions are counted together.
#[derive(Debug)]
pub(super) struct Span {
    /// None where weeks are not told apart.
    week: Option<u32>,
    /// None where mornings and afternoons are not.
    half: Option<Half>,
    pub(super) slots: Slots,
    /// Doctors who work then, by rank, where that is told apart.
    at_work: Option<Vec<usize>>,
}

/// The sessions of doctors.
#[derive(Debug, Default)]
pub(super) struct Staff {
    pub(super) spans: Vec<Span>,
    pub(super) duties: Vec<Duty>,
    /// Whole days of doctors, where a site should have one.
    pub(super) whole_days: Vec<DoctorDays>,
    /// By doctor: half-days when they can work and some vehicle can be where they may.
    free: Vec<Slots>,
}

impl Staff {
    /// Spans by week where weeks are told apart, else all of them; each group with how many weeks it has.
    fn periods(&self, weeks: u32) -> Vec<(Vec<usize>, u32)> {
        let ranks = || 0..self.spans.len();
        if self.spans.iter().all(|span| span.week.is_none()) {
            return vec![(ranks().collect(), weeks)];
        }
        let of = |week: u32| ranks().filter(|&span| self.spans[span].week == Some(week)).collect();
        (1..=weeks).map(|week| (of(week), 1)).collect()
    }

    pub(super) fn of(&self, counts: impl Fn(&Duty) -> bool) -> Terms {
        self.duties.iter().filter(|duty| counts(duty)).map(|duty| (duty.sessions, 1.0)).collect()
    }
}

impl Master<'_> {
    /// The rows on doctors, where there are any.
    pub(super) fn add_staff(&mut self) {
        if self.problem.territory().doctors.is_empty() {
            return;
        }
        let mut staff = self.duties();
        self.count_doctor_days(&mut staff);
        self.need_doctors(&staff);
        for doctor in 0..staff.free.len() {
            self.limit_doctor(&staff, doctor);
            if self.is_loose() {
                self.limit_hours(&staff, doctor);
            }
        }
        if self.is_loose() {
            self.limit_teams(&staff);
        } else {
            self.limit_specialists(&staff);
        }
        self.limit_slots(&staff);
        self.limit_doctors_of_sites(&staff);
        self.lock_doctors(&staff);
        self.staff = staff;
    }

    pub(super) fn doctor(&self, rank: usize) -> &Doctor {
        &self.problem.territory().doctors[rank]
    }

    /// Sessions of each doctor wherever they may work, at what their rules on sites cost.
    fn duties(&mut self) -> Staff {
        let territory = self.problem.territory();
        let spans = self.spans();
        let (mut duties, mut free) = (Vec::new(), Vec::new());
        for (rank, doctor) in territory.doctors.iter().enumerate() {
            let mut used = Slots::of(self.weeks(), |_, _, _| false);
            for site in 0..territory.sites.len() {
                if self.open_at[site].is_empty()
                    || !self.openings.may[rank][site]
                    || !self.has_work(doctor, site)
                {
                    continue;
                }
                let here = self.half_days_at(site).and(&self.openings.hours[rank]);
                used = used.or(&here);
                let refuses = doctor.refuses.contains(&territory.sites[site].id);
                let elsewhere =
                    !doctor.prefers.is_empty() && !doctor.prefers.contains(&territory.sites[site].id);
                let price = |rule, applies: bool| {
                    if applies { territory.rules.price(rule, Some(&doctor.id)).unwrap_or(0.0) } else { 0.0 }
                };
                let on_site = price(RuleKind::Refuses, refuses) + price(RuleKind::Prefers, elsewhere);
                for (span, of) in spans.iter().enumerate() {
                    let most = here.and(&of.slots).len();
                    let free_then = of.at_work.as_ref().is_some_and(|at_work| !at_work.contains(&rank));
                    let price = on_site + price(RuleKind::DoctorHours, free_then);
                    if most > 0 {
                        let sessions = self.program.count(-price, f64::from(most));
                        duties.push(Duty { doctor: rank, site, span, sessions });
                    }
                }
            }
            free.push(used);
        }
        Staff { spans, duties, whole_days: Vec::new(), free }
    }

    /// Half-days on which the same doctors are at work, by week where weeks are told apart, and by half-day where it matters
    /// who is there on the longer ones; without dates, all of them.
    fn spans(&self) -> Vec<Span> {
        if self.is_loose() {
            return vec![Span { week: None, half: None, slots: self.cycle(), at_work: None }];
        }
        let doctors = &self.problem.territory().doctors;
        let by_week = self.weeks() > 1 && doctors.iter().any(|doctor| doctor.half_days_per_week.is_some());
        let by_half = self.has_longer_half_days();
        let mut spans: Vec<Span> = Vec::new();
        for (week, day, half, slot) in self.each_slot() {
            let works = |d: &usize| doctors[*d].works(week, day, half);
            let at_work = Some((0..doctors.len()).filter(works).collect::<Vec<usize>>());
            let (week, half) = (by_week.then_some(week), by_half.then_some(half));
            let alike = |span: &&mut Span| span.week == week && span.half == half && span.at_work == at_work;
            match spans.iter_mut().find(alike) {
                Some(span) => span.slots = span.slots.or(&slot),
                None => spans.push(Span { week, half, slots: slot, at_work }),
            }
        }
        spans
    }

    /// Whether a half-day is longer than another and some activity takes it as a whole.
    fn has_longer_half_days(&self) -> bool {
        let whole = |activity: &Activity| {
            is_dedicated(activity) || matches!(activity.kind, ActivityKind::Remote { .. })
        };
        let differ = |&vehicle: &usize| {
            let [am, pm] = Half::ALL.map(|half| self.problem.consultations(vehicle, half, None));
            am != pm
        };
        self.problem.territory().activities.iter().any(whole) && self.scope.vehicles.iter().any(differ)
    }

    /// Every half-day of the cycle, alone.
    pub(super) fn each_slot(&self) -> Vec<(u32, Day, Half, Slots)> {
        let weeks = self.weeks();
        let of_week = |week| HalfDays::ALL.iter().map(move |(day, half)| (week, day, half));
        let alone =
            |(week, day, half)| (week, day, half, Slots::of(weeks, |w, d, h| (w, d, h) == (week, day, half)));
        (1..=weeks).flat_map(of_week).map(alone).collect()
    }

    /// Whether a site can have something for a doctor to do.
    fn has_work(&self, doctor: &Doctor, site: usize) -> bool {
        let activities = &self.problem.territory().activities;
        let mut held =
            self.held.iter().filter(|held| held.site == site).map(|held| &activities[held.activity]);
        match &doctor.specialty {
            Some(specialty) => held.any(|activity| activity.id == *specialty),
            None if doctor.remote => {
                held.any(|activity| matches!(activity.kind, ActivityKind::Remote { .. }))
            }
            None => true,
        }
    }

    /// Whether some session of a site that is served is held by a general practitioner or a doctor at a distance: general
    /// practice goes on at each site.
    pub(super) fn needs_general(&self, site: usize) -> bool {
        needs_doctors(self.problem) && self.scope.given[site] == 0
    }

    /// Half-days on which some vehicle can be at a site.
    pub(super) fn half_days_at(&self, site: usize) -> Slots {
        let none = Slots::of(self.weeks(), |_, _, _| false);
        let here = self.cells.iter().filter(|cell| cell.site == site);
        here.fold(none, |all, cell| all.or(&cell.slots.and(self.openings.at(cell.vehicle, site))))
    }

    /// Every session has the doctors that it needs.
    fn need_doctors(&mut self, staff: &Staff) {
        let territory = self.problem.territory();
        let general = |doctor: usize| territory.doctors[doctor].specialty.is_none();
        let dedicated = |doctor: usize| {
            let own =
                |activity: &Activity| territory.doctors[doctor].specialty.as_ref() == Some(&activity.id);
            territory.activities.iter().any(|activity| is_dedicated(activity) && own(activity))
        };
        for site in 0..self.open_at.len() {
            if self.open_at[site].is_empty() {
                continue;
            }
            let mut missing = Terms::new();
            for (span, weeks) in staff.spans.iter().enumerate() {
                let on = staff.of(|duty| {
                    (duty.site, duty.span) == (site, span) && (general(duty.doctor) || dedicated(duty.doctor))
                });
                let sessions: Terms =
                    self.within(None, Some(site), &weeks.slots).into_iter().map(|(c, n)| (c, -n)).collect();
                if !sessions.is_empty() {
                    let lack =
                        self.breach(RuleKind::DoctorNeeded, None, f64::INFINITY).map(|lack| (lack, 1.0));
                    missing.extend(lack);
                    self.program.row(on.into_iter().chain(sessions).chain(lack), Bound::AtLeast, 0.0);
                }
            }
            self.need_specialists(staff, site, &missing);
            self.keep_remote(staff, site);
        }
    }
}
