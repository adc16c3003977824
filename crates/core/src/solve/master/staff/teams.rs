//! Doctors together: vehicles and doctors that are out at the same time.

use super::Staff;
use crate::solve::master::Master;
use crate::solve::master::slots::Slots;
use crate::solve::program::Bound;
use crate::territory::RuleKind;

/// Doctors up to which every set of them is held against the half-days on which they work.
const FEW: usize = 6;

impl Master<'_> {
    /// Several doctors together hold no more sessions than vehicles can be out for on the half-days when any of them
    /// works. With dates the places and limits of each doctor say as much.
    pub(super) fn limit_teams(&mut self, staff: &Staff) {
        let general: Vec<usize> =
            (0..staff.free.len()).filter(|&d| self.doctor(d).specialty.is_none()).collect();
        for team in teams(&general) {
            let most = self.most_together(staff, &team);
            let apart: u32 = team.iter().map(|&d| self.weekly_of(d, &staff.free[d])).sum();
            if most < apart {
                let on = staff.of(|duty| team.contains(&duty.doctor));
                self.program.row(on, Bound::AtMost, f64::from(most));
            }
        }
    }

    /// Sessions that some doctors can hold.
    fn most_together(&self, staff: &Staff, team: &[usize]) -> u32 {
        let out: Vec<Slots> = self.scope.vehicles.iter().map(|&vehicle| self.half_days_of(vehicle)).collect();
        let at = |slot: &Slots| {
            let vehicles = out.iter().filter(|slots| slots.meets(slot)).count();
            let doctors = team.iter().filter(|&&d| staff.free[d].meets(slot)).count();
            vehicles.min(doctors) as u32
        };
        self.each_slot().iter().map(|(.., slot)| at(slot)).sum()
    }

    /// Half-days on which a vehicle can be somewhere.
    fn half_days_of(&self, vehicle: usize) -> Slots {
        let none = Slots::of(self.weeks(), |_, _, _| false);
        let cells = self.cells.iter().filter(|cell| cell.vehicle == vehicle);
        cells.fold(none, |all, cell| all.or(&cell.slots.and(self.openings.at(vehicle, cell.site))))
    }

    /// On half-days with fewer doctors at work than vehicles, no more sessions than doctors.
    pub(super) fn limit_slots(&mut self, staff: &Staff) {
        if self.scope.vehicles.len() < 2
            || self.problem.territory().rules.price(RuleKind::DoctorNeeded, None).is_some()
        {
            return;
        }
        let out: Vec<Slots> = self.scope.vehicles.iter().map(|&vehicle| self.half_days_of(vehicle)).collect();
        let mut groups: Vec<((Vec<usize>, u32), Slots, u32)> = Vec::new();
        let by_week = staff.spans.iter().any(|span| span.week.is_some());
        for (week, _, _, slot) in self.each_slot() {
            let doctors: Vec<usize> = (0..staff.free.len()).filter(|&d| staff.free[d].meets(&slot)).collect();
            let vehicles = out.iter().filter(|slots| slots.meets(&slot)).count();
            if doctors.len() >= vehicles {
                continue;
            }
            let most = doctors.len() as u32;
            let key = (doctors, if by_week { week } else { 0 });
            match groups.iter_mut().find(|(known, ..)| *known == key) {
                Some((_, slots, sum)) => {
                    *slots = slots.or(&slot);
                    *sum += most;
                }
                None => groups.push((key, slot, most)),
            }
        }
        for (_, slots, most) in groups {
            let sessions = self.within(None, None, &slots);
            if !sessions.is_empty() {
                self.program.row(sessions, Bound::AtMost, f64::from(most));
            }
        }
    }
}

/// Sets of two doctors or more: all of them where they are few, else the pairs and everyone.
fn teams(doctors: &[usize]) -> Vec<Vec<usize>> {
    let member = |set: usize| {
        let of = doctors.iter().enumerate().filter(move |(rank, _)| set & (1 << rank) != 0);
        of.map(|(_, &doctor)| doctor).collect::<Vec<usize>>()
    };
    if doctors.len() <= FEW {
        return (0..1_usize << doctors.len()).map(member).filter(|team| team.len() > 1).collect();
    }
    let pairs = doctors
        .iter()
        .enumerate()
        .flat_map(|(rank, &a)| doctors[rank + 1..].iter().map(move |&b| vec![a, b]));
    pairs.chain([doctors.to_vec()]).collect()
}
