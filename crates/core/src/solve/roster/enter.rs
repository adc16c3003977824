//! Sites that come into a roster as a whole, in the rhythm that their rules ask for.

use super::setting::Shift;
use super::state::Roster;
use super::tally::{Tally, Wishes};

/// Times of the week that are tried for a site.
const TIMES: usize = 4;

impl Roster<'_> {
    /// Sessions with which a site comes in: as many as its rules ask for.
    pub(super) fn first_sessions(&self, site: usize) -> u32 {
        let territory = self.setting.territory();
        let (terms, weeks) = (&territory.sites[site], territory.calendar.cycle_weeks);
        let (least, _) = self.setting.problem.session_limits(site);
        let of_weeks = terms.every.map_or(0, |every| weeks / every.max(1));
        let of_gap = match (terms.visits, terms.max_gap.or(territory.rules.max_gap)) {
            (None, Some(gap)) => (7 * weeks).div_ceil(gap.max(1)),
            _ => 0,
        };
        terms.visits.unwrap_or(1).max(least).max(of_weeks).max(of_gap)
    }

    /// Whether a site can have one session more without breaking its rhythm.
    pub(super) fn can_have_more(&self, site: usize) -> bool {
        let (_, most) = self.setting.problem.session_limits(site);
        (self.of_site(site).len() as u32) < most
    }

    /// Whether nothing is on a slot and its vehicle may work then.
    pub(super) fn is_free(&self, slot: usize) -> bool {
        let place = &self.setting.grid.slots[slot];
        self.at(slot).is_none()
            && self.sessions_in(place.vehicle, place.week) < self.setting.problem.weekly_limit(place.vehicle)
    }

    /// Puts a site that is not served on free slots, where it breaks least; whether there are any.
    pub(super) fn enter(&mut self, site: u32) -> bool {
        let setting = self.setting;
        let territory = setting.territory();
        let every = territory.sites[site as usize].every.unwrap_or(1).max(1);
        let mut best: Option<(f64, Tally, Wishes, Vec<usize>)> = None;
        for vehicle in 0..territory.vehicles.len() {
            for first in 0..every {
                let weeks: Vec<u32> =
                    (1..=territory.calendar.cycle_weeks).filter(|week| (week - 1) % every == first).collect();
                for time in self.free_times(vehicle, site, &weeks) {
                    let start = self.changes();
                    let Some(slots) = self.lay(vehicle, site, &weeks, time) else {
                        self.undo_to(start);
                        continue;
                    };
                    slots.iter().for_each(|&slot| self.staff(slot));
                    let (tally, wishes) = self.weigh();
                    self.undo_to(start);
                    let cost = 2.0 * tally.base + tally.hard;
                    let better = best.as_ref().is_none_or(|(least, of, wished, _)| {
                        precedes((cost, tally.penalties, wishes), (*least, of.penalties, *wished))
                    });
                    if better {
                        best = Some((cost, tally, wishes, slots));
                    }
                }
            }
        }
        let Some((_, _, _, slots)) = best else { return false };
        slots.iter().for_each(|&slot| self.put(slot, Some(Shift::at(site))));
        slots.iter().for_each(|&slot| self.staff(slot));
        true
    }

    /// Times of the week at which a vehicle is free for a site in most of these weeks, those first.
    fn free_times(&self, vehicle: usize, site: u32, weeks: &[u32]) -> Vec<usize> {
        let mut free = [0u32; 14];
        for slot in self.setting.grid.of_vehicle(vehicle) {
            let place = &self.setting.grid.slots[slot];
            if self.is_free(slot) && self.setting.is_open(slot, site) && weeks.contains(&place.week) {
                free[place.time()] += 1;
            }
        }
        let mut times: Vec<usize> = (0..14).filter(|&time| free[time] > 0).collect();
        times.sort_by_key(|&time| (std::cmp::Reverse(free[time]), time));
        times.truncate(TIMES);
        times
    }

    /// Puts a site on free slots of a vehicle: the sessions it comes in with, evenly over these weeks, at about this
    /// time; None when there are not enough.
    fn lay(&mut self, vehicle: usize, site: u32, weeks: &[u32], time: usize) -> Option<Vec<usize>> {
        let wanted = self.first_sessions(site as usize) as usize;
        let mut slots = Vec::with_capacity(wanted);
        for visit in 0..wanted {
            let week = weeks[visit * weeks.len() / wanted];
            let in_week = wanted.div_ceil(weeks.len());
            let day = time / 2 + (visit % in_week) * 7 / in_week;
            let ideal = 2 * (day % 7) + time % 2;
            let setting = self.setting;
            let off = |slot: usize| {
                let place = &setting.grid.slots[slot];
                let days = (place.time() / 2).abs_diff(ideal / 2);
                (place.week.abs_diff(week), days.min(7 - days), place.time() % 2 != ideal % 2)
            };
            let slot = setting
                .grid
                .of_vehicle(vehicle)
                .filter(|&slot| self.is_free(slot) && setting.is_open(slot, site))
                .min_by_key(|&slot| off(slot))?;
            self.put(slot, Some(Shift::at(site)));
            slots.push(slot);
        }
        Some(slots)
    }

    /// Gives a site one session more on the free slot where it breaks least; whether there is one.
    pub(super) fn add_one(&mut self, site: u32) -> bool {
        let setting = self.setting;
        let owner =
            self.of_site(site as usize).first().map(|&slot| setting.grid.slots[slot as usize].vehicle);
        let alone = setting.territory().rules.one_vehicle_per_site;
        let mut best: Option<(f64, f64, Wishes, usize)> = None;
        for slot in 0..setting.grid.slots.len() {
            let other = alone && owner.is_some_and(|owner| owner != setting.grid.slots[slot].vehicle);
            if other || !self.is_free(slot) || !setting.is_open(slot, site) {
                continue;
            }
            let start = self.changes();
            self.put(slot, Some(Shift::at(site)));
            self.staff(slot);
            let (tally, wishes) = self.weigh();
            self.undo_to(start);
            let cost = 2.0 * tally.base + tally.hard;
            let better = best.is_none_or(|(least, penalties, wished, _)| {
                precedes((cost, tally.penalties, wishes), (least, penalties, wished))
            });
            if better {
                best = Some((cost, tally.penalties, wishes, slot));
            }
        }
        let Some((_, _, _, slot)) = best else { return false };
        self.put(slot, Some(Shift::at(site)));
        self.staff(slot);
        true
    }

    /// Takes a site out of the roster.
    pub(super) fn leave(&mut self, site: usize) {
        self.of_site(site).to_vec().into_iter().for_each(|slot| self.put(slot as usize, None));
    }
}

/// Whether breaches, penalties and wishes come before others, in this order.
fn precedes(a: (f64, f64, Wishes), b: (f64, f64, Wishes)) -> bool {
    a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)).then(a.2.cmp(&b.2)).is_lt()
}
