//! A calendar with given sessions by vehicle and site that keeps all hard rules.

use super::Rosters;
use super::anneal::{Best, Course};
use super::like::like;
use super::moves::Freedom;
use super::setting::Shift;
use super::start::staff_where_lacking;
use super::state::Roster;
use crate::solve::master::Outline;
use crate::solve::meter::Meter;
use crate::solve::random::Random;
use crate::solve::worth::Worth;

/// What is left to gain below this part of a value is rounding.
const NO_GAIN: f64 = 1e-9;

/// Courses of annealing, and changes of each for every slot.
const COURSES: usize = 4;
const CHANGES: usize = 300;

impl<'s> Rosters<'s> {
    /// A roster with exactly these sessions, by vehicle and then site, that keeps all hard rules; None when none was
    /// found. Among those found, near a relaxed solution, the one worth most; worth `enough` it is good enough.
    pub(in crate::solve) fn realise(
        &self,
        counts: &[Vec<u32>],
        outline: &Outline,
        enough: f64,
        meter: &Meter<'_>,
    ) -> Option<Roster<'s>> {
        let mut roster = self.lay_out(counts, outline)?;
        let mut best = Best::of(&mut roster);
        let mut random = Random::new(self.options.seed);
        let slots = self.setting.grid.slots.len();
        let session = self.worth_of_a_session(&best.score, &best.shifts);
        let mut weight = 2.0 * session;
        let enough = enough.min(self.most_of(counts) * (1.0 - NO_GAIN));
        for _ in 0..COURSES {
            let before = best.score;
            let course = Course {
                freedom: Freedom::Dates,
                changes: CHANGES * slots,
                weight,
                heat: self.heat(session, best.score.value),
                enough,
            };
            self.annealing(meter, 0.0).run(&mut roster, &mut best, course, &mut random);
            if best.score.is_allowed() && !best.score.is_worth_more(&before) {
                break;
            }
            roster.load(&best.shifts);
            weight *= 2.0;
        }
        roster.load(&best.shifts);
        best.score.is_allowed().then_some(roster)
    }

    /// What these sessions are worth at most: were each of them as long as any, and nothing relaxed.
    fn most_of(&self, counts: &[Vec<u32>]) -> f64 {
        let setting = self.setting;
        let mut worth = Worth::new(setting.demand, setting.by_site, None);
        for site in 0..setting.territory().sites.len() {
            let sessions: u32 = counts.iter().map(|sites| sites[site]).sum();
            let given: f64 = counts
                .iter()
                .enumerate()
                .map(|(vehicle, sites)| f64::from(sites[site]) * setting.most_consultations(vehicle))
                .sum();
            if sessions > 0 {
                worth.set(site, sessions, given);
            }
        }
        worth.objective()
    }

    /// These sessions, first where a relaxed solution has them, then on some slots each, those of sites with the fewest
    /// slots first; None where a vehicle has no slot left for one.
    fn lay_out(&self, counts: &[Vec<u32>], outline: &Outline) -> Option<Roster<'s>> {
        let setting = self.setting;
        let mut left = counts.to_vec();
        let mut roster = like(setting, outline, &mut left);
        for (vehicle, sites) in left.iter().enumerate() {
            let open = |site: usize| {
                setting.grid.of_vehicle(vehicle).filter(|&slot| setting.is_open(slot, site as u32)).count()
            };
            let mut order: Vec<(usize, usize)> =
                (0..sites.len()).filter(|&site| sites[site] > 0).map(|site| (open(site), site)).collect();
            order.sort_unstable();
            for (_, site) in order {
                for _ in 0..sites[site] {
                    self.lay_one(&mut roster, vehicle, site as u32)?;
                }
            }
        }
        staff_where_lacking(&mut roster);
        roster.place_activities(&self.lists, Freedom::Dates);
        roster.keep();
        Some(roster)
    }

    /// Puts a session on the free slot of a vehicle where least is broken; another session moves where none is free.
    fn lay_one(&self, roster: &mut Roster<'s>, vehicle: usize, site: u32) -> Option<()> {
        let setting = self.setting;
        let slots = || setting.grid.of_vehicle(vehicle);
        let mut best: Option<(f64, usize)> = None;
        for slot in slots().filter(|&slot| setting.is_open(slot, site)) {
            if roster.at(slot).is_some() {
                continue;
            }
            let start = roster.changes();
            roster.put(slot, Some(Shift::at(site)));
            let (tally, _) = roster.weigh();
            roster.undo_to(start);
            let cost = 2.0 * tally.base + tally.hard;
            if best.is_none_or(|(least, _)| cost < least) {
                best = Some((cost, slot));
            }
        }
        if let Some((_, slot)) = best {
            roster.put(slot, Some(Shift::at(site)));
            return Some(());
        }
        let (slot, shift, to) = slots().filter(|&slot| setting.is_open(slot, site)).find_map(|slot| {
            let shift = roster.at(slot)?;
            let to = slots().find(|&to| roster.at(to).is_none() && setting.fits(to, &shift))?;
            Some((slot, shift, to))
        })?;
        roster.put(to, Some(shift));
        roster.put(slot, Some(Shift::at(site)));
        Some(())
    }
}
