//! Whole days of doctors, whichever site they are at: of an odd number of half-days one is left over, and takes a day of
//! a vehicle that nobody fills, or a second doctor at the site.
//!
//! Where a site should have one doctor, a whole day there is one of a doctor, unless the site has several, or a
//! specialty. That is known of each site alone; here it is added up over all of them.

use super::Staff;
use crate::solve::master::Master;
use crate::solve::master::openings::is_dedicated;
use crate::solve::master::slots::Slots;
use crate::solve::program::{Bound, Col, Terms};
use crate::territory::RuleKind;

/// So many whole days of a doctor with a vehicle, each at one site.
#[derive(Clone, Debug)]
pub(in crate::solve::master) struct DoctorDays {
    doctor: usize,
    vehicle: usize,
    /// Mornings and afternoons of the days that they can be.
    halves: [Slots; 2],
    pub(in crate::solve::master) days: Col,
}

impl Master<'_> {
    /// The whole days of doctors of general practice, where a site should have one doctor: each takes two of their
    /// half-days.
    pub(super) fn count_doctor_days(&mut self, staff: &mut Staff) {
        let territory = self.problem.territory();
        if territory.rules.doctors_per_site != Some(1)
            || territory.rules.price(RuleKind::DoctorNeeded, None).is_some()
        {
            return;
        }
        let kinds = self.kinds_of_doubles();
        let general = (0..territory.doctors.len()).filter(|&d| territory.doctors[d].specialty.is_none());
        for doctor in general {
            for (vehicle, halves) in kinds.iter().cloned() {
                let works = |half: &Slots| {
                    let on = |span: usize| staff.spans[span].slots.meets(half);
                    staff.duties.iter().any(|duty| duty.doctor == doctor && on(duty.span))
                };
                if halves.iter().all(works) {
                    let days = self.program.count(0.0, f64::from(halves[0].len()));
                    staff.whole_days.push(DoctorDays { doctor, vehicle, halves, days });
                }
            }
            for (rank, span) in staff.spans.iter().enumerate() {
                let taken = staff.whole_days.iter().filter(|full| full.doctor == doctor).map(|full| {
                    let halves = full.halves.iter().filter(|half| half.is_within(&span.slots));
                    (full.days, halves.count() as f64)
                });
                let on = staff.of(|duty| (duty.doctor, duty.span) == (doctor, rank));
                let taken: Terms = taken.filter(|&(_, halves)| halves > 0.0).collect();
                if !taken.is_empty() {
                    let terms = taken.into_iter().chain(on.into_iter().map(|(c, n)| (c, -n)));
                    self.program.row(terms, Bound::AtMost, 0.0);
                }
            }
        }
    }

    /// Of so many half-days of a doctor among some, or so many more, two make a whole day.
    pub(super) fn limit_doctor_days(
        &mut self,
        staff: &Staff,
        doctor: usize,
        among: &Slots,
        most: u32,
        more: Option<Col>,
    ) {
        let full = staff.whole_days.iter().filter(|full| full.doctor == doctor);
        let full = full.filter(|full| full.halves.iter().all(|half| half.is_within(among)));
        let terms: Terms = full.map(|full| (full.days, 1.0)).collect();
        // Of an even number the rows on half-days say as much.
        if !terms.is_empty() && most % 2 == 1 {
            let terms = terms.into_iter().chain(more.map(|more| (more, -1.0)));
            self.program.row(terms, Bound::AtMost, f64::from(most / 2));
        }
    }

    /// Whole days at sites are those of doctors, of a specialty, or of sites with more doctors than one: by site so many
    /// more.
    pub(super) fn share_doctor_days(&mut self, staff: &Staff, more: &[(usize, Col)]) {
        if staff.whole_days.is_empty() {
            return;
        }
        let activities = &self.problem.territory().activities;
        let special = self.holding(|held| is_dedicated(&activities[held.activity]));
        for (vehicle, halves) in self.kinds_of_doubles() {
            let mut terms: Terms = special.iter().map(|&(held, n)| (held, -n)).collect();
            for double in self.doubles.iter().filter(|of| of.vehicle == vehicle && of.halves == halves) {
                terms.push((double.days, 1.0));
                let most = halves[0].len().min(self.most_at(double.site) / 2);
                let here = more.iter().filter(|(site, _)| *site == double.site);
                terms.extend(here.map(|&(_, more)| (more, -f64::from(most))));
            }
            let own = staff.whole_days.iter().filter(|full| full.vehicle == vehicle && full.halves == halves);
            terms.extend(own.map(|full| (full.days, -1.0)));
            self.program.row(terms, Bound::AtMost, 0.0);
        }
    }

    /// Vehicles with mornings and afternoons that they can be at one site for.
    fn kinds_of_doubles(&self) -> Vec<(usize, [Slots; 2])> {
        let mut kinds: Vec<(usize, [Slots; 2])> = Vec::new();
        for double in &self.doubles {
            if !kinds.iter().any(|(vehicle, halves)| *vehicle == double.vehicle && *halves == double.halves) {
                kinds.push((double.vehicle, double.halves.clone()));
            }
        }
        kinds
    }
}
