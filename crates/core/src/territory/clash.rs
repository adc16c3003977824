//! Rules of which two alone cannot be kept together, as the territory itself says.

use super::{Booking, BookingKind, Doctor, RuleKind, RuleName, Territory};

impl Territory {
    /// Pairs of rules without a price that no plan keeps together: a locked session, and what its doctor cannot or will
    /// not do. In order of booking.
    pub fn clashes(&self) -> Vec<[RuleName; 2]> {
        let mut found = Vec::new();
        for (number, booking) in (1..).zip(&self.bookings) {
            let number: usize = number;
            let locked = RuleName::new(RuleKind::Locked, Some(&number.to_string()));
            let named = self.doctors.iter().find(|doctor| Some(&doctor.id) == booking.doctor.as_ref());
            let Some(doctor) = named.filter(|_| booking.kind == BookingKind::Locked) else { continue };
            for (kind, clashes) in [
                (RuleKind::DoctorHours, self.is_away(doctor, booking)),
                (RuleKind::Department, !self.may_work_there(doctor, booking)),
                (RuleKind::Refuses, booking.site.as_ref().is_some_and(|site| doctor.refuses.contains(site))),
            ] {
                let own = RuleName::new(kind, Some(&doctor.id));
                let is_hard =
                    |rule: &RuleName| self.rules.price(rule.kind, rule.subject.as_deref()).is_none();
                if clashes && is_hard(&locked) && is_hard(&own) {
                    found.push([locked.clone(), own]);
                }
            }
        }
        found
    }

    /// Whether a doctor does not work on some half-day of a booking.
    fn is_away(&self, doctor: &Doctor, booking: &Booking) -> bool {
        let mut weeks = booking.weeks.of_cycle(self.calendar.cycle_weeks);
        weeks.any(|week| booking.half_days.iter().any(|(day, half)| !doctor.works(week, day, half)))
    }

    fn may_work_there(&self, doctor: &Doctor, booking: &Booking) -> bool {
        let site = self.sites.iter().find(|site| Some(&site.id) == booking.site.as_ref());
        site.is_none_or(|site| doctor.is_authorised(site))
    }
}
