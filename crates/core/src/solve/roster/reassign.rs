//! Random changes of who takes a session, and of what it is for.

use super::moves::Moves;
use super::setting::Shift;

impl Moves<'_, '_> {
    /// Gives sessions other doctors; whether it could.
    pub(super) fn change_doctors(&mut self) -> bool {
        let Some((slot, shift)) = self.any_shift() else { return false };
        let able = &self.roster.setting.terms(shift.activity).doctors;
        match self.random.unit() {
            die if die < 0.35 => {
                let doctor = self.pick(able);
                let specialists = self.roster.setting.terms(shift.activity).specialists.as_ref();
                let specialist = match specialists {
                    Some(able) if self.random.unit() < 0.5 => self.pick(able),
                    _ => shift.specialist,
                };
                self.roster.put(slot, Some(Shift { doctor, specialist, ..shift }));
                true
            }
            die if die < 0.55 => {
                self.roster.staff(slot);
                true
            }
            die if die < 0.75 => self.swap_doctors(slot, shift),
            _ => {
                let Some(doctor) = self.pick(able) else { return false };
                self.give_site(shift.site as usize, doctor)
            }
        }
    }

    /// Exchanges the doctors of two sessions; of the same moment, where there is another one then.
    fn swap_doctors(&mut self, slot: usize, shift: Shift) -> bool {
        let setting = self.roster.setting;
        let vehicle = self.random.below(setting.territory().vehicles.len());
        let other = match setting.grid.beside(vehicle, slot) {
            Some(beside) if beside != slot && self.random.unit() < 0.5 => {
                Some((beside, self.roster.at(beside)))
            }
            _ => self.any_shift().map(|(slot, shift)| (slot, Some(shift))),
        };
        let Some((other, Some(of_other))) = other else { return false };
        if of_other.doctor == shift.doctor {
            return false;
        }
        self.roster.put(slot, Some(Shift { doctor: of_other.doctor, ..shift }));
        self.roster.put(other, Some(Shift { doctor: shift.doctor, ..of_other }));
        true
    }

    /// Gives one doctor all sessions of a site that they can take; their own at those times go to the best of others.
    fn give_site(&mut self, site: usize, doctor: u16) -> bool {
        let setting = self.roster.setting;
        for slot in self.roster.of_site(site).to_vec().into_iter().map(|slot| slot as usize) {
            let Some(shift) = self.roster.at(slot) else { continue };
            let terms = setting.terms(shift.activity);
            if !terms.doctor_is_general || !terms.doctors.contains(&doctor) {
                continue;
            }
            let moment = setting.grid.slots[slot].moment();
            let elsewhere = self.roster.of_doctor(usize::from(doctor)).iter().map(|&slot| slot as usize);
            let elsewhere: Vec<usize> =
                elsewhere.filter(|&o| o != slot && setting.grid.slots[o].moment() == moment).collect();
            self.roster.put(slot, Some(Shift { doctor: Some(doctor), ..shift }));
            elsewhere.into_iter().for_each(|slot| self.roster.staff(slot));
        }
        self.roster.changes() > 0
    }

    /// Gives sessions other activities; whether it could.
    pub(super) fn change_activities(&mut self) -> bool {
        let Some((slot, shift)) = self.any_shift() else { return false };
        let setting = self.roster.setting;
        if self.random.unit() < 0.4 {
            let Some((other, of_other)) = self.any_shift() else { return false };
            let (here, there) = (
                Shift { activity: of_other.activity, ..shift },
                Shift { activity: shift.activity, ..of_other },
            );
            if here == shift || !setting.fits(slot, &here) || !setting.fits(other, &there) {
                return false;
            }
            self.roster.put(slot, Some(here));
            self.roster.put(other, Some(there));
            self.roster.staff(slot);
            self.roster.staff(other);
            return true;
        }
        let rank = self.random.below(setting.activities.len());
        let activity = rank.checked_sub(1).map(|rank| rank as u16);
        let after = Shift { activity, ..shift };
        if after == shift || !setting.fits(slot, &after) {
            return false;
        }
        self.roster.put(slot, Some(after));
        self.roster.staff(slot);
        true
    }
}
