//! Who comes to a site.

use super::Staff;
use crate::solve::master::Master;
use crate::solve::program::{Bound, Terms};
use crate::territory::{BookingKind, RuleKind};

impl Master<'_> {
    /// At most so many doctors of general practice at a site.
    pub(super) fn limit_doctors_of_sites(&mut self, staff: &Staff) {
        let territory = self.problem.territory();
        let Some(limit) = territory.rules.doctors_per_site else { return };
        let mut several = Vec::new();
        for site in 0..territory.sites.len() {
            let mut come = Terms::new();
            for (rank, doctor) in territory.doctors.iter().enumerate() {
                let on = staff.of(|duty| (duty.site, duty.doctor) == (site, rank));
                if doctor.specialty.is_some() || on.is_empty() {
                    continue;
                }
                let here = self.half_days_at(site).and(&self.openings.hours[rank]);
                let cycle = territory.rules.price(RuleKind::DoctorCycle, Some(&doctor.id)).is_none();
                let agreed = doctor.half_days_per_cycle.filter(|_| cycle).unwrap_or(u32::MAX);
                let most = self.weekly_of(rank, &here).min(self.most_at(site)).min(agreed);
                let comes = self.program.count(0.0, 1.0);
                self.program.row(on.into_iter().chain([(comes, -f64::from(most))]), Bound::AtMost, 0.0);
                come.push((comes, 1.0));
            }
            if come.len() > limit as usize {
                self.later.push(come.iter().map(|&one| vec![one]).collect());
                let breach = self.breach_at(RuleKind::DoctorsPerSite, site, f64::INFINITY);
                several.extend(breach.map(|more| (site, more)));
                if limit == 1 {
                    self.watch_whole_days(staff, site, breach);
                }
                let most = self.opens_of(site, -f64::from(limit));
                let terms = come.into_iter().chain(most).chain(breach.map(|extra| (extra, -1.0)));
                self.program.row(terms, Bound::AtMost, 0.0);
            }
        }
        self.share_doctor_days(staff, &several);
    }

    /// Doctors whom locked sessions name.
    pub(super) fn lock_doctors(&mut self, staff: &Staff) {
        let territory = self.problem.territory();
        for (rank, booking) in territory.bookings.iter().enumerate() {
            let site = booking.site.as_ref().and_then(|id| self.site_rank(id)).map(|site| site as usize);
            let doctor =
                booking.doctor.as_ref().and_then(|id| territory.doctors.iter().position(|d| d.id == *id));
            let (Some(site), Some(doctor)) = (site, doctor) else { continue };
            if booking.kind != BookingKind::Locked {
                continue;
            }
            for (span, of) in staff.spans.iter().enumerate() {
                let on = staff.of(|duty| (duty.doctor, duty.site, duty.span) == (doctor, site, span));
                let (count, lacks) = self.due_within(rank, &of.slots);
                if count > 0.0 {
                    self.program.row(on.into_iter().chain(lacks), Bound::AtLeast, count);
                }
            }
        }
    }
}
