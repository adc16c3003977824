//! Small changes of a roster, at random.

use super::lists::Lists;
use super::setting::Shift;
use super::state::Roster;
use crate::solve::random::Random;

/// What a search may change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Freedom {
    /// Everything.
    All,
    /// Dates, doctors and activities; not how many sessions each vehicle has at each site.
    Dates,
}

/// A roster with what random changes of it look up.
pub(super) struct Moves<'m, 'a> {
    pub(super) lists: &'m Lists,
    pub(super) random: &'m mut Random,
    pub(super) roster: &'m mut Roster<'a>,
}

impl Moves<'_, '_> {
    /// Changes something; whether it could. What cannot be done may be left half done.
    pub(super) fn change(&mut self, freedom: Freedom) -> bool {
        let people = !self.roster.setting.territory().doctors.is_empty();
        let purposes = self.roster.setting.activities.len() > 1;
        let die = self.random.unit();
        if people && die < 0.2 {
            return self.change_doctors();
        }
        if purposes && die < 0.35 {
            return if self.random.unit() < 0.5 { self.call_in(freedom) } else { self.change_activities() };
        }
        let die = self.random.unit();
        let moved = match freedom {
            Freedom::Dates => self.change_dates(die),
            Freedom::All if die < 0.35 => self.change_dates(die / 0.35),
            Freedom::All => self.change_sites((die - 0.35) / 0.65),
        };
        moved && self.keep_doctors_sound()
    }

    fn change_dates(&mut self, die: f64) -> bool {
        match die {
            d if d < 0.5 => self.swap_slots(),
            d if d < 0.65 => self.shift_site(),
            d if d < 0.8 => self.join_usual_time(),
            d if d < 0.9 => self.swap_days(),
            _ => self.swap_columns(),
        }
    }

    fn change_sites(&mut self, die: f64) -> bool {
        match die {
            d if d < 0.5 => self.set_slot(),
            d if d < 0.6 => self.clear_slot(),
            d if d < 0.72 => self.replace_site(),
            d if d < 0.82 => self.set_day(),
            d if d < 0.88 => self.swap_vehicles(),
            d if d < 0.94 => self.bring_in(),
            _ => self.ruin_and_recreate(),
        }
    }

    fn any_slot(&mut self) -> Option<usize> {
        let slots = self.roster.setting.grid.slots.len();
        (slots > 0).then(|| self.random.below(slots))
    }

    /// A slot with a shift, if a few tries find one.
    pub(super) fn any_shift(&mut self) -> Option<(usize, Shift)> {
        (0..8).find_map(|_| {
            let slot = self.any_slot()?;
            Some((slot, self.roster.at(slot)?))
        })
    }

    pub(super) fn pick<T: Copy>(&mut self, of: &[T]) -> Option<T> {
        if of.is_empty() { None } else { Some(of[self.random.below(of.len())]) }
    }

    /// A slot of the same vehicle.
    fn another_of(&mut self, slot: usize) -> usize {
        let range = self.roster.setting.grid.of_vehicle(self.roster.setting.grid.slots[slot].vehicle);
        range.start + self.random.below(range.len())
    }

    /// Exchanges what is on two slots, where both shifts fit.
    fn exchange(&mut self, a: usize, b: usize) -> bool {
        let (on_a, on_b) = (self.roster.at(a), self.roster.at(b));
        let setting = self.roster.setting;
        let fits = |slot: usize, shift: Option<Shift>| shift.is_none_or(|shift| setting.fits(slot, &shift));
        if on_a == on_b || !fits(a, on_b) || !fits(b, on_a) {
            return false;
        }
        self.roster.put(a, on_b);
        self.roster.put(b, on_a);
        true
    }

    fn swap_slots(&mut self) -> bool {
        let Some((a, _)) = self.any_shift() else { return false };
        let b = self.another_of(a);
        self.exchange(a, b)
    }

    fn swap_days(&mut self) -> bool {
        let Some((a, _)) = self.any_shift() else { return false };
        let b = self.another_of(a);
        let grid = &self.roster.setting.grid;
        let (day_a, day_b) = (grid.days[grid.slots[a].work_day].1, grid.days[grid.slots[b].work_day].1);
        let mut done = false;
        for (a, b) in day_a.into_iter().zip(day_b) {
            if let (Some(a), Some(b)) = (a, b) {
                done |= self.exchange(a as usize, b as usize);
            }
        }
        done
    }

    /// Exchanges two times of the week of a vehicle, in all weeks.
    fn swap_columns(&mut self) -> bool {
        let Some((a, _)) = self.any_shift() else { return false };
        let b = self.another_of(a);
        let setting = self.roster.setting;
        let (a, b) = (setting.grid.slots[a], setting.grid.slots[b]);
        let whole_days = self.random.unit() < 0.5;
        let mut done = false;
        for week in 1..=setting.territory().calendar.cycle_weeks {
            let halves = if whole_days { crate::calendar::Half::ALL.to_vec() } else { vec![a.half] };
            for half in halves {
                let other = if whole_days { half } else { b.half };
                let pair = (
                    setting.grid.find(a.vehicle, week, a.day, half),
                    setting.grid.find(a.vehicle, week, b.day, other),
                );
                if let (Some(a), Some(b)) = pair {
                    done |= self.exchange(a, b);
                }
            }
        }
        done
    }

    /// Moves all sessions of a site by some weeks, or those at one time to another time.
    fn shift_site(&mut self) -> bool {
        let Some((slot, shift)) = self.any_shift() else { return false };
        let setting = self.roster.setting;
        let weeks = setting.territory().calendar.cycle_weeks;
        let from = setting.grid.slots[slot];
        let other = self.another_of(slot);
        let to = setting.grid.slots[other];
        let later = if self.random.unit() < 0.5 { self.random.below(weeks as usize) as u32 } else { 0 };
        let sources: Vec<usize> = self
            .roster
            .of_site(shift.site as usize)
            .iter()
            .map(|&slot| slot as usize)
            .filter(|&slot| setting.grid.slots[slot].vehicle == from.vehicle)
            .collect();
        let targets: Option<Vec<usize>> = sources
            .iter()
            .map(|&slot| {
                let place = setting.grid.slots[slot];
                let (day, half) =
                    if place.time() == from.time() { (to.day, to.half) } else { (place.day, place.half) };
                setting.grid.find(place.vehicle, (place.week - 1 + later) % weeks + 1, day, half)
            })
            .collect();
        let Some(targets) = targets else { return false };
        self.transplant(&sources, &targets)
    }

    /// Moves shifts from slots to others; whatever is there takes their old places.
    fn transplant(&mut self, sources: &[usize], targets: &[usize]) -> bool {
        let setting = self.roster.setting;
        let shifts: Vec<Option<Shift>> = sources.iter().map(|&slot| self.roster.at(slot)).collect();
        let moved_on: Vec<usize> = targets.iter().copied().filter(|slot| !sources.contains(slot)).collect();
        let left: Vec<usize> = sources.iter().copied().filter(|slot| !targets.contains(slot)).collect();
        let others: Vec<Option<Shift>> = moved_on.iter().map(|&slot| self.roster.at(slot)).collect();
        if left.is_empty() && sources == targets || left.len() != moved_on.len() {
            return false;
        }
        let placed = targets.iter().copied().zip(shifts).chain(left.into_iter().zip(others));
        let placed: Vec<(usize, Option<Shift>)> = placed.collect();
        let fits = |(slot, shift): &(usize, Option<Shift>)| shift.is_none_or(|s| setting.fits(*slot, &s));
        if !placed.iter().all(fits) {
            return false;
        }
        placed.into_iter().for_each(|(slot, shift)| self.roster.put(slot, shift));
        true
    }

    /// Moves a session to the time of another session of its site.
    fn join_usual_time(&mut self) -> bool {
        let Some((slot, shift)) = self.any_shift() else { return false };
        let own = self.roster.of_site(shift.site as usize).to_vec();
        let Some(like) = self.pick(&own) else { return false };
        let grid = &self.roster.setting.grid;
        let (from, like) = (grid.slots[slot], grid.slots[like as usize]);
        match grid.find(from.vehicle, from.week, like.day, like.half) {
            Some(to) if to != slot => self.exchange(slot, to),
            _ => false,
        }
    }

    /// Puts another site on a slot.
    fn set_slot(&mut self) -> bool {
        let Some(slot) = self.any_slot() else { return false };
        let now = self.roster.at(slot);
        let setting = self.roster.setting;
        let near = match now {
            Some(shift) if self.random.unit() < 0.5 => self.pick(self.lists.near(shift.site)),
            _ => self.pick(&self.lists.may_come[slot]),
        };
        let Some(site) = near.filter(|&site| setting.is_open(slot, site)) else { return false };
        if now.is_some_and(|shift| shift.site == site) {
            return false;
        }
        let shift = now.map_or(Shift::at(site), |shift| Shift { site, ..shift });
        let shift = if setting.fits(slot, &shift) { shift } else { Shift::at(site) };
        self.roster.put(slot, Some(shift));
        if setting.doctors_lacking(&shift) > 0 || self.random.unit() < 0.3 {
            self.roster.staff(slot);
        }
        true
    }

    fn clear_slot(&mut self) -> bool {
        let Some((slot, _)) = self.any_shift() else { return false };
        self.roster.put(slot, None);
        true
    }

    /// Puts another site on all slots of a site, or exchanges the two.
    fn replace_site(&mut self) -> bool {
        let Some((slot, shift)) = self.any_shift() else { return false };
        let setting = self.roster.setting;
        let near = if self.random.unit() < 0.5 {
            self.pick(self.lists.near(shift.site))
        } else {
            self.pick(&self.lists.may_come[slot])
        };
        let Some(site) = near.filter(|&site| site != shift.site) else { return false };
        let (ours, theirs) =
            (self.roster.of_site(shift.site as usize).to_vec(), self.roster.of_site(site as usize).to_vec());
        for (slots, site) in [(ours, site), (theirs, shift.site)] {
            for slot in slots.into_iter().map(|slot| slot as usize) {
                let Some(before) = self.roster.at(slot) else { return false };
                let after = Shift { site, ..before };
                if !setting.fits(slot, &after) {
                    return false;
                }
                self.roster.put(slot, Some(after));
            }
        }
        true
    }

    /// Fills a day with two sites that may each be too far to be served alone.
    fn set_day(&mut self) -> bool {
        let Some(slot) = self.any_slot() else { return false };
        let setting = self.roster.setting;
        let (_, [Some(am), Some(pm)]) = setting.grid.days[setting.grid.slots[slot].work_day] else {
            return false;
        };
        let (am, pm) = (am as usize, pm as usize);
        let Some(first) = self.pick(&self.lists.may_come[am]) else { return false };
        let after = setting.problem.index.after_lunch(first as usize);
        let second = match after {
            [] => first,
            _ if self.random.unit() < 0.3 => first,
            _ => after[self.random.below(after.len())].0,
        };
        if self.lists.may_come[pm].binary_search(&second).is_err() {
            return false;
        }
        for (slot, site) in [(am, first), (pm, second)] {
            if self.roster.at(slot).is_none_or(|shift| shift.site != site) {
                self.roster.put(slot, Some(Shift::at(site)));
                self.roster.staff(slot);
            }
        }
        true
    }

    /// Exchanges what two vehicles do at the same time, or gives a site to another vehicle.
    fn swap_vehicles(&mut self) -> bool {
        let Some((slot, shift)) = self.any_shift() else { return false };
        let setting = self.roster.setting;
        let vehicle = self.random.below(setting.territory().vehicles.len());
        if setting.grid.slots[slot].vehicle == vehicle {
            return false;
        }
        let slots = self.roster.of_site(shift.site as usize).to_vec();
        let mut done = false;
        for slot in slots.into_iter().map(|slot| slot as usize) {
            let Some(other) = setting.grid.beside(vehicle, slot) else { return false };
            done |= self.exchange(slot, other);
        }
        done
    }

    /// Brings in a site as a whole, for others that leave to make room.
    fn bring_in(&mut self) -> bool {
        let Some(slot) = self.any_slot() else { return false };
        let Some(site) = self.pick(&self.lists.may_come[slot]) else { return false };
        if !self.roster.of_site(site as usize).is_empty() {
            return self.roster.add_one(site);
        }
        if let Some(shift) = self.roster.at(slot) {
            self.roster.leave(shift.site as usize);
        }
        self.roster.enter(site)
    }

    /// Takes out a few sites that lie near each other, and fills the room with what gains most.
    fn ruin_and_recreate(&mut self) -> bool {
        let Some((_, shift)) = self.any_shift() else { return false };
        let mut candidates = vec![shift.site];
        self.roster.leave(shift.site as usize);
        for _ in 0..self.random.below(3) {
            let near = self.pick(self.lists.near(shift.site));
            let left = near.filter(|&site| !self.roster.of_site(site as usize).is_empty());
            if let Some(site) = left.or_else(|| self.any_shift().map(|(_, shift)| shift.site)) {
                self.roster.leave(site as usize);
                candidates.push(site);
            }
        }
        for _ in 0..6 {
            if let Some(site) = self.pick(self.lists.near(shift.site)) {
                candidates.push(site);
            }
            if let Some((_, other)) = self.any_shift() {
                candidates.push(other.site);
            }
        }
        candidates.sort_unstable();
        candidates.dedup();
        let noise = 0.5 * self.random.unit();
        let discounts: Vec<f64> = candidates.iter().map(|_| 1.0 - noise * self.random.unit()).collect();
        super::fill::fill(self.roster, &candidates, &discounts);
        true
    }

    /// Gives moved sessions other doctors where their own cannot follow.
    fn keep_doctors_sound(&mut self) -> bool {
        let setting = self.roster.setting;
        if setting.territory().doctors.is_empty() {
            return true;
        }
        let mut changed: Vec<usize> = self.roster.changed().collect();
        changed.sort_unstable();
        changed.dedup();
        for slot in changed {
            if self.roster.at(slot).is_some_and(|shift| !self.roster.suits(slot, &shift)) {
                self.roster.staff(slot);
            }
        }
        true
    }
}
