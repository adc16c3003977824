//! The rules about doctors, and who best takes a shift.

use super::setting::{Breach, Setting, Shift};
use crate::territory::RuleKind;

impl Setting<'_> {
    /// Doctors that a shift needs and does not have; one who may not do its activity is none.
    pub(super) fn doctors_lacking(&self, shift: &Shift) -> u32 {
        if self.territory().doctors.is_empty() {
            return 0;
        }
        let terms = self.terms(shift.activity);
        let doctor = shift.doctor.is_some_and(|doctor| terms.doctors.contains(&doctor));
        let specialist = terms
            .specialists
            .as_ref()
            .is_none_or(|able| shift.specialist.is_some_and(|doctor| able.contains(&doctor)));
        u32::from(!doctor) + u32::from(!specialist)
    }

    /// What a doctor's sessions break: how often they are in two places at a time, and how many of their sessions are
    /// elsewhere than they would rather have them, where that has no price.
    pub(super) fn measure_doctor(
        &self,
        doctor: usize,
        slots: &[u32],
        at: &[Option<Shift>],
        tell: &mut dyn FnMut(Breach),
    ) -> (f64, u64) {
        let terms = &self.territory().doctors[doctor];
        let mut per_week = [0u32; 64];
        let mut moments: Vec<usize> = Vec::with_capacity(slots.len());
        let mut elsewhere = 0;
        let preferred = self.price(RuleKind::Prefers, doctor).is_some();
        for &number in slots {
            let slot = &self.grid.slots[number as usize];
            let Some(shift) = at[number as usize] else { continue };
            let site = shift.site as usize;
            per_week[slot.week as usize] += 1;
            moments.push(slot.moment());
            let mut tell_of = |rule: RuleKind, breached: bool| {
                if breached {
                    tell(Breach { rule, subject: doctor, units: 1.0, slot: Some(number) });
                }
            };
            tell_of(RuleKind::DoctorHours, !self.works[doctor][slot.moment()]);
            tell_of(RuleKind::Department, !self.authorised[doctor][site]);
            tell_of(RuleKind::Refuses, !self.willing[doctor][site]);
            let content = self.content[doctor][site];
            tell_of(RuleKind::Prefers, preferred && !content);
            elsewhere += u64::from(!preferred && !content);
        }
        let mut tell_of = |rule: RuleKind, units: u32| {
            if units > 0 {
                tell(Breach { rule, subject: doctor, units: f64::from(units), slot: None });
            }
        };
        if let Some(most) = terms.half_days_per_week {
            tell_of(RuleKind::DoctorWeek, per_week.iter().map(|n| n.saturating_sub(most)).sum());
        }
        if let Some(most) = terms.half_days_per_cycle {
            tell_of(RuleKind::DoctorCycle, (moments.len() as u32).saturating_sub(most));
        }
        moments.sort_unstable();
        let twice = moments.windows(2).filter(|pair| pair[0] == pair[1]).count();
        (twice as f64, elsewhere)
    }
}
