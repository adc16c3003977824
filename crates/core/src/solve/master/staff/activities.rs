//! Who holds the activities of a site.
//!
//! Half-days have more consultations or fewer, and a session is not held on a short one while its doctor is there on a
//! long one: each row holds for all half-days together, and for those of each length.

use super::Staff;
use crate::solve::master::Master;
use crate::solve::master::openings::{is_dedicated, takes_place};
use crate::solve::master::slots::Slots;
use crate::solve::program::{Bound, Terms};
use crate::territory::{ActivityKind, RuleKind};

impl Master<'_> {
    /// Specialties have doctors of theirs, but for those whose lack costs something: `missing`, where they have half-days
    /// of their own.
    pub(super) fn need_specialists(&mut self, staff: &Staff, site: usize, missing: &Terms) {
        let territory = self.problem.territory();
        for (rank, activity) in territory.activities.iter().enumerate() {
            let lengths = self.lengths(|held| held == rank, site);
            if lengths.is_empty()
                || activity.kind != ActivityKind::Specialty
                || !takes_place(self.problem, activity, site)
            {
                continue;
            }
            let own = |doctor: usize| territory.doctors[doctor].specialty.as_ref() == Some(&activity.id);
            let whole = is_dedicated(activity);
            let lack = if whole {
                missing.clone()
            } else {
                let lack = self.breach(RuleKind::DoctorNeeded, None, f64::INFINITY);
                lack.into_iter().map(|lack| (lack, 1.0)).collect()
            };
            for slots in lengths {
                if whole {
                    // Doctors of the specialty hold no other sessions.
                    let on = self.on(staff, site, own, |of| of.is_within(&slots));
                    let held = self.held_when(|held| held == rank, site, |of| of.meets(&slots));
                    self.program.row(on.into_iter().chain(held), Bound::AtMost, 0.0);
                }
                let held = self.held_when(|held| held == rank, site, |of| of.is_within(&slots));
                let on = self.on(staff, site, own, |of| of.meets(&slots));
                self.program.row(on.into_iter().chain(held).chain(lack.clone()), Bound::AtLeast, 0.0);
            }
        }
    }

    /// Doctors at a distance hold no other sessions than such.
    pub(super) fn keep_remote(&mut self, staff: &Staff, site: usize) {
        let territory = self.problem.territory();
        let far = |doctor: usize| {
            let doctor = &territory.doctors[doctor];
            doctor.specialty.is_none() && doctor.remote
        };
        let remote =
            |activity: usize| matches!(territory.activities[activity].kind, ActivityKind::Remote { .. });
        for slots in self.lengths(remote, site) {
            let on = self.on(staff, site, far, |of| of.is_within(&slots));
            if !on.is_empty() {
                let held = self.held_when(remote, site, |of| of.meets(&slots));
                self.program.row(on.into_iter().chain(held), Bound::AtMost, 0.0);
            }
        }
    }

    /// The half-days of a site that can hold some activities: all of them, then those of each length where there are
    /// several.
    fn lengths(&self, which: impl Fn(usize) -> bool, site: usize) -> Vec<Slots> {
        let here = self.held.iter().filter(|held| held.site == site && which(held.activity));
        let mut lengths: Vec<Slots> = Vec::new();
        for held in here {
            if !lengths.contains(&held.slots) {
                lengths.push(held.slots.clone());
            }
        }
        if !lengths.is_empty() {
            lengths.insert(0, lengths.iter().skip(1).fold(lengths[0].clone(), |all, of| all.or(of)));
        }
        lengths.dedup();
        lengths
    }

    /// Sessions of some activities of which `when` says that their half-days count, with a minus sign.
    fn held_when(&self, which: impl Fn(usize) -> bool, site: usize, when: impl Fn(&Slots) -> bool) -> Terms {
        let held = self.holding(|held| held.site == site && which(held.activity) && when(&held.slots));
        held.into_iter().map(|(sessions, n)| (sessions, -n)).collect()
    }

    /// Sessions of some doctors at a site of which `when` says that their half-days count.
    fn on(
        &self,
        staff: &Staff,
        site: usize,
        who: impl Fn(usize) -> bool,
        when: impl Fn(&Slots) -> bool,
    ) -> Terms {
        let here = self.half_days_at(site);
        staff.of(|duty| {
            let hours = &self.openings.hours[duty.doctor];
            duty.site == site && who(duty.doctor) && when(&staff.spans[duty.span].slots.and(&here).and(hours))
        })
    }
}
