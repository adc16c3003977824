//! How much a doctor works, and when.

use std::collections::BTreeSet;

use super::Staff;
use crate::solve::master::Master;
use crate::solve::master::slots::Slots;
use crate::solve::program::Bound;
use crate::territory::RuleKind;

impl Master<'_> {
    /// Half-days of a doctor among some, by the hard limit a week.
    pub(super) fn weekly_of(&self, doctor: usize, slots: &Slots) -> u32 {
        let (_, hard) = self.week_limit(doctor);
        (1..=self.weeks()).map(|week| slots.and(&self.week(week)).len().min(hard)).sum()
    }

    /// The limit a week of a doctor where it has a price, and where it is hard.
    fn week_limit(&self, doctor: usize) -> (Option<u32>, u32) {
        let doctor = self.doctor(doctor);
        let soft = self.problem.territory().rules.price(RuleKind::DoctorWeek, Some(&doctor.id)).is_some();
        let limit = doctor.half_days_per_week;
        if soft { (limit, u32::MAX) } else { (None, limit.unwrap_or(u32::MAX)) }
    }

    /// Half-days of a doctor, in all, a week and a cycle.
    pub(super) fn limit_doctor(&mut self, staff: &Staff, doctor: usize) {
        let id = &self.problem.territory().doctors[doctor].id;
        for (spans, weeks) in staff.periods(self.weeks()) {
            let none = Slots::of(self.weeks(), |_, _, _| false);
            let slots = spans.iter().fold(none, |all, &span| all.or(&staff.spans[span].slots));
            let on = staff.of(|duty| duty.doctor == doctor && spans.contains(&duty.span));
            if on.is_empty() {
                continue;
            }
            let most = self.weekly_of(doctor, &staff.free[doctor].and(&slots));
            self.program.row(on.iter().copied(), Bound::AtMost, f64::from(most));
            self.limit_doctor_days(staff, doctor, &slots, most, None);
            if let (Some(limit), _) = self.week_limit(doctor) {
                let breach = self.breach(RuleKind::DoctorWeek, Some(id), f64::INFINITY);
                let terms = on.into_iter().chain(breach.map(|extra| (extra, -1.0)));
                self.program.row(terms, Bound::AtMost, f64::from(limit * weeks));
                self.limit_doctor_days(staff, doctor, &slots, limit * weeks, breach);
            }
        }
        if !self.is_loose() {
            for (rank, span) in staff.spans.iter().enumerate() {
                let on = staff.of(|duty| (duty.doctor, duty.span) == (doctor, rank));
                let most = staff.free[doctor].and(&span.slots).len();
                if !on.is_empty() {
                    self.program.row(on, Bound::AtMost, f64::from(most));
                }
            }
        }
        let on = staff.of(|duty| duty.doctor == doctor);
        if let Some(limit) = self.doctor(doctor).half_days_per_cycle
            && !on.is_empty()
        {
            let breach = self.breach(RuleKind::DoctorCycle, Some(id), f64::INFINITY);
            let terms = on.into_iter().chain(breach.map(|extra| (extra, -1.0)));
            self.program.row(terms, Bound::AtMost, f64::from(limit));
            self.limit_doctor_days(staff, doctor, &self.cycle(), limit, breach);
        }
    }

    /// Sessions of a doctor only where there are some within their hours.
    pub(super) fn limit_hours(&mut self, staff: &Staff, doctor: usize) {
        let of = self.doctor(doctor);
        let id = of.id.clone();
        let works = Slots::of(self.weeks(), |week, day, half| of.works(week, day, half));
        for (span, of_span) in staff.spans.iter().enumerate() {
            let hours = works.and(&of_span.slots);
            let breach = self.breach(RuleKind::DoctorHours, Some(&id), f64::INFINITY);
            let extra = || breach.map(|extra| (extra, -1.0));
            if breach.is_some() {
                let on = staff.of(|duty| (duty.doctor, duty.span) == (doctor, span));
                let most = f64::from(staff.free[doctor].and(&hours).len());
                self.program.row(on.into_iter().chain(extra()), Bound::AtMost, most);
            }
            for duty in staff.duties.iter().filter(|duty| (duty.doctor, duty.span) == (doctor, span)) {
                let all = self.touching(None, Some(duty.site), &of_span.slots);
                let on_hours = self.touching(None, Some(duty.site), &hours);
                if on_hours.len() < all.len() {
                    let sessions = on_hours.into_iter().map(|(c, n)| (c, -n));
                    let terms = sessions.chain([(duty.sessions, 1.0)]).chain(extra());
                    self.program.row(terms, Bound::AtMost, 0.0);
                }
            }
        }
    }

    /// No more sessions of specialists and of doctors at a distance than there are sessions: each holds one activity, and
    /// has one of them at most.
    pub(super) fn limit_specialists(&mut self, staff: &Staff) {
        let doctors = &self.problem.territory().doctors;
        let special = |doctor: usize| doctors[doctor].specialty.is_some();
        let one_of_them = |doctor: usize| special(doctor) || doctors[doctor].remote;
        let places: BTreeSet<(usize, usize)> = staff
            .duties
            .iter()
            .filter(|duty| special(duty.doctor))
            .map(|duty| (duty.site, duty.span))
            .collect();
        for (site, span) in places {
            let on = staff.of(|duty| (duty.site, duty.span) == (site, span) && one_of_them(duty.doctor));
            let there = self.touching(None, Some(site), &staff.spans[span].slots);
            let terms = there.into_iter().map(|(c, n)| (c, -n)).chain(on);
            self.program.row(terms, Bound::AtMost, 0.0);
        }
    }
}
