//! Who best takes a shift: the doctor whose other sessions leave room for it, and who knows the site.

use super::setting::Shift;
use super::state::Roster;
use super::tally::Tally;
use crate::territory::RuleKind;

/// What a breach of a hard rule weighs against penalties when a doctor is chosen.
const HARD: f64 = 1e9;

/// What a doctor who is new to a site weighs, a session elsewhere than preferred, and each other session of theirs.
const STRANGER: f64 = 1e-3;
const ELSEWHERE: f64 = 1e-4;
const LOAD: f64 = 1e-6;

impl Roster<'_> {
    /// Gives the shift of a slot the doctors that suit it best, in place of those it has.
    pub(super) fn staff(&mut self, slot: usize) {
        let Some(shift) = self.at(slot) else { return };
        if self.setting.territory().doctors.is_empty() {
            return;
        }
        self.put(slot, Some(Shift { doctor: None, specialist: None, ..shift }));
        let setting = self.setting;
        let terms = setting.terms(shift.activity);
        let doctor = self.best_of(slot, &terms.doctors, terms.doctor_is_general);
        let specialist =
            terms.specialists.as_ref().and_then(|specialists| self.best_of(slot, specialists, false));
        self.put(slot, Some(Shift { doctor, specialist, ..shift }));
    }

    /// The best of these for a shift without doctor; None when nobody is better.
    fn best_of(&self, slot: usize, able: &[u16], general: bool) -> Option<u16> {
        let setting = self.setting;
        let needed =
            super::setting::Breach { rule: RuleKind::DoctorNeeded, subject: 0, units: 1.0, slot: None };
        let mut best = (weight(setting.charge(needed)), None);
        for &doctor in able {
            let cost = self.cost_of(slot, doctor, general);
            if cost < best.0 {
                best = (cost, Some(doctor));
            }
        }
        best.1
    }

    /// What it costs that a doctor takes the shift of a slot.
    fn cost_of(&self, slot: usize, doctor: u16, general: bool) -> f64 {
        let setting = self.setting;
        let rank = usize::from(doctor);
        let before = self.of_doctor(rank);
        let mut with = before.to_vec();
        with.push(slot as u32);
        with.sort_unstable();
        let cost = |slots: &[u32]| {
            let mut tally = Tally::default();
            let tell = &mut |breach| tally += setting.charge(breach);
            let (base, elsewhere) = setting.measure_doctor(rank, slots, self.shifts(), tell);
            tally.base += base;
            weight(tally) + ELSEWHERE * elsewhere as f64
        };
        let mut total = cost(&with) - cost(before) + LOAD * before.len() as f64;
        if general && let Some(shift) = self.at(slot) {
            let site = shift.site as usize;
            let visits = setting.visits(self.of_site(site), self.shifts());
            if !visits.doctors.contains(&doctor) {
                total += STRANGER * visits.doctors.len() as f64;
                let full = setting.doctors_per_site;
                if full.is_some_and(|most| visits.doctors.len() as u32 >= most) {
                    let rule = RuleKind::DoctorsPerSite;
                    let breach = super::setting::Breach { rule, subject: site, units: 1.0, slot: None };
                    total += weight(setting.charge(breach));
                }
            }
        }
        total
    }
}

fn weight(tally: Tally) -> f64 {
    HARD * (2.0 * tally.base + tally.hard) + tally.penalties
}

impl Roster<'_> {
    /// Whether the doctors of a shift can be there then, and may.
    pub(super) fn suits(&self, slot: usize, shift: &Shift) -> bool {
        let setting = self.setting;
        let moment = setting.grid.slots[slot].moment();
        let site = shift.site as usize;
        let suits = |doctor: u16| {
            let doctor = usize::from(doctor);
            let here = |&&other: &&u32| setting.grid.slots[other as usize].moment() == moment;
            setting.works[doctor][moment]
                && setting.authorised[doctor][site]
                && setting.willing[doctor][site]
                && self.of_doctor(doctor).iter().filter(here).count() <= 1
        };
        setting.doctors_lacking(shift) == 0 && shift.doctors().all(suits)
    }
}
