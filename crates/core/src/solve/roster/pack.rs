//! Rosters packed exactly: which calendars sites have so that all of them find room.
//!
//! Where half-days are scarce, a better roster may have most sessions elsewhere than a good one, at almost the same
//! sites; small changes never come there, since all on the way is worse. Here each site has one doctor and a calendar
//! that is chosen as a whole, depth first: for each set of sites near those of a roster. Doctors keep their hours and
//! limits, even those that have a price. This is a search for good rosters only; no bound relies on what it leaves out.

mod calendars;
mod search;
#[cfg(test)]
mod tests;

use super::Rosters;
use super::moves::Freedom;
use super::setting::{Setting, Shift, UNLIMITED};
use super::state::Roster;
use crate::solve::meter::Meter;
use crate::solve::worth::Worth;
use crate::territory::RuleKind;
use calendars::{Calendar, Holders, calendars};
use search::{Search, Slots};

/// Slots of a problem that is packed, at most: as many as a set of them has bits.
const MOST_SLOTS: usize = 64;

/// Sets of sites of which the value is looked at, at most.
const MOST_SETS: usize = 8_000;

/// Partial packings of a set of sites that are looked at, each time that all sets are.
const MOST: [u64; 4] = [2_000, 8_000, 32_000, 128_000];

/// Work of a whole packing, of a listed calendar, and of looking at a set of sites.
const LEAF: u64 = 1_500;
const LISTED: u64 = 1;
const SET: u64 = 50;

/// Work that is done at a time.
const TURN: u64 = 1_000_000;

/// Losses that differ by less are equal.
const GRAIN: f64 = 1e-6;

/// What is known of a problem for packing.
pub(in crate::solve) struct Packing<'s> {
    setting: &'s Setting<'s>,
    slots: Slots,
    holders: Holders,
    /// By site: its calendars with one doctor, with what each costs beyond the cheapest one of the site.
    calendars: Vec<Vec<Calendar>>,
    /// By site: what it costs at least that it is served, and that it is not; infinite where that cannot be.
    served: Vec<f64>,
    absent: Vec<f64>,
    worth: Worth<'s>,
    /// The value of the roster whose neighbours were sought last; how often all of them were, and how many this time.
    known: f64,
    times: usize,
    next: usize,
}

/// A set of sites, by rank.
struct Sites {
    sites: Vec<usize>,
    /// What it costs at least beyond the sites of the best roster; with what it loses against all sites.
    penalty: f64,
    lost: f64,
}

/// What a packing is compared with.
#[derive(Clone, Copy)]
struct Aim {
    /// The value of the best roster, which is to be beaten.
    known: f64,
    /// Consultations that all doctors can hold in all, and what all sites are worth with them.
    total: f64,
    all: f64,
    /// What a roster may lose against that.
    room: f64,
}

impl<'s> Packing<'s> {
    /// None where there are too many slots, or calendars.
    pub(in crate::solve) fn new(rosters: &Rosters<'s>, meter: &Meter<'_>) -> Option<Packing<'s>> {
        let setting = rosters.setting;
        if setting.grid.slots.len() > MOST_SLOTS {
            return None;
        }
        let holders = Holders::new(setting);
        let sites = setting.territory().sites.len();
        let mut listed = 0;
        let mut of_sites = Vec::with_capacity(sites);
        for site in 0..sites {
            of_sites.push(calendars(setting, &holders, site, &mut listed)?);
        }
        meter.spend(LISTED * listed);
        let least =
            |calendars: &Vec<Calendar>| calendars.iter().map(|c| c.penalty).fold(f64::INFINITY, f64::min);
        let served: Vec<f64> = of_sites.iter().map(least).collect();
        for (calendars, least) in of_sites.iter_mut().zip(&served) {
            calendars.iter_mut().for_each(|calendar| calendar.penalty -= least);
        }
        Some(Packing {
            setting,
            slots: Slots::new(setting),
            holders,
            calendars: of_sites,
            served,
            absent: (0..sites).map(|site| calendars::absent(setting, site)).collect(),
            worth: Worth::new(setting.demand, setting.by_site, None),
            known: f64::NEG_INFINITY,
            times: 0,
            next: 0,
        })
    }

    /// A roster that is worth more than `best`, at almost the same sites, where no roster is worth more than `bound`; None
    /// where none is found for now. Each call goes on where the last one stopped, and those after the last set of sites look
    /// longer at each of them, some times.
    pub(in crate::solve) fn better(
        &mut self,
        best: &Roster<'s>,
        bound: f64,
        rosters: &Rosters<'_>,
        meter: &Meter<'_>,
    ) -> Option<Roster<'s>> {
        let mut best = best.clone();
        let known = best.value()?;
        if (known - self.known).abs() > GRAIN {
            (self.known, self.times, self.next) = (known, 0, 0);
        }
        let most = *MOST.get(self.times)?;
        let total = self.holders.most(self.slots.all(&self.calendars), None);
        let all = self.all(total);
        let room = self.room(&best, bound, all);
        let aim = Aim { known, total, all, room };
        let near = self.near(&best, aim, meter);
        let until = meter.work().saturating_add(TURN);
        while let Some(sites) = near.get(self.next) {
            if meter.work() >= until || meter.must_stop().is_some() {
                return None;
            }
            let found = self.pack(sites, &best, (aim, most), rosters, meter);
            if found.is_some() {
                return found;
            }
            self.next += 1;
        }
        (self.times, self.next) = (self.times + 1, 0);
        None
    }

    /// What all sites that can be served are worth with so many consultations in all.
    fn all(&mut self, total: f64) -> f64 {
        for site in 0..self.calendars.len() {
            self.open(site, !self.calendars[site].is_empty());
        }
        self.worth.ceiling(&self.worth.totals(), total)
    }

    /// What a roster may lose against all sites so that it may be worth more: at first what the best one is below the
    /// bound; every other time what the best one loses itself, for the bound may have lost some, too.
    fn room(&mut self, best: &Roster<'s>, bound: f64, all: f64) -> f64 {
        let near = bound - self.known;
        if self.times.is_multiple_of(2) {
            return near;
        }
        for site in 0..self.calendars.len() {
            self.worth.set(site, best.of_site(site).len() as u32, best.consultations(site));
        }
        near.max(all - self.worth.objective())
    }

    /// Opens a site for any number of consultations, or closes it.
    fn open(&mut self, site: usize, open: bool) {
        self.worth.set(site, u32::from(open), if open { UNLIMITED } else { 0.0 });
    }

    /// The sets of sites of which two at most leave and two come, that may lose less than `room`: small ones first, then
    /// those that lose least.
    fn near(
        &mut self,
        best: &Roster<'s>,
        Aim { total, all, room, .. }: Aim,
        meter: &Meter<'_>,
    ) -> Vec<Sites> {
        let served = best.served();
        let sites = 0..served.len();
        let leave: Vec<usize> =
            sites.clone().filter(|&site| served[site] && self.absent[site].is_finite()).collect();
        let come: Vec<usize> =
            sites.clone().filter(|&site| !served[site] && !self.calendars[site].is_empty()).collect();
        let (mut leaving, mut coming) = (up_to_two(&leave), up_to_two(&come));
        if leaving.len() * coming.len() > MOST_SETS {
            [&mut leaving, &mut coming].into_iter().for_each(|sets| sets.retain(|set| set.len() < 2));
        }
        sites.clone().for_each(|site| self.open(site, served[site]));
        let cost = |site: usize| {
            let cost = self.served[site] - self.absent[site];
            if cost.is_finite() { cost } else { 0.0 }
        };
        let costs: Vec<f64> = sites.clone().map(cost).collect();
        let mut near = Vec::new();
        for out in &leaving {
            out.iter().for_each(|&site| self.open(site, false));
            for new in &coming {
                new.iter().for_each(|&site| self.open(site, true));
                let penalty = new.iter().map(|&site| costs[site]).sum::<f64>()
                    - out.iter().map(|&site| costs[site]).sum::<f64>();
                let lost = all - self.worth.ceiling(&self.worth.totals(), total) + penalty;
                if lost < room {
                    let here = |&site: &usize| served[site] && !out.contains(&site) || new.contains(&site);
                    near.push(Sites { sites: sites.clone().filter(here).collect(), penalty, lost });
                }
                new.iter().for_each(|&site| self.open(site, false));
            }
            out.iter().for_each(|&site| self.open(site, true));
        }
        meter.spend(SET * (leaving.len() * coming.len()) as u64);
        let rank = |of: &Sites| (of.sites.len(), (of.lost / GRAIN).round() as i64);
        near.sort_by(|a, b| rank(a).cmp(&rank(b)).then_with(|| a.sites.cmp(&b.sites)));
        near
    }

    /// A roster of a set of sites that is worth more than the best one. Each site keeps its doctor but those that come, and
    /// one; where that was tried twice, any of them has any doctor.
    fn pack(
        &mut self,
        of: &Sites,
        best: &Roster<'s>,
        (aim, most): (Aim, u64),
        rosters: &Rosters<'_>,
        meter: &Meter<'_>,
    ) -> Option<Roster<'s>> {
        let served = best.served();
        (0..served.len()).for_each(|site| self.open(site, of.sites.contains(&site)));
        let stays: Vec<usize> = of.sites.iter().copied().filter(|&site| served[site]).collect();
        let free: Vec<Option<usize>> = match self.times {
            0 | 1 if !stays.is_empty() => stays.into_iter().map(Some).collect(),
            _ => vec![None],
        };
        let owner = |site: usize| {
            let slot = best.of_site(site).first()?;
            best.at(*slot as usize)?.doctor
        };
        let least = aim.all + of.penalty - aim.room;
        let worth = (least, self.worth.clone());
        let mut search = Search::new(self.setting, &self.slots, &self.holders, &of.sites, worth);
        let mut roster = best.clone();
        for changes in free {
            let may = |site: usize, calendar: &Calendar| {
                let kept = served[site] && changes.is_some_and(|changes| changes != site);
                calendar.penalty < aim.room && (!kept || self.holders.doctor(calendar.holder) == owner(site))
            };
            let calendars =
                |&site: &usize| self.calendars[site].iter().copied().filter(|of| may(site, of)).collect();
            let calendars: Vec<Vec<Calendar>> = of.sites.iter().map(calendars).collect();
            let mut found = None;
            search.run(calendars, most, meter, &mut |chosen| {
                meter.spend(LEAF);
                found = self.roster(&mut roster, chosen, aim.known, rosters);
                found.is_some()
            });
            if found.is_some() || meter.must_stop().is_some() {
                return found;
            }
        }
        None
    }

    /// The roster with these calendars of sites, and the activities that are asked for, where it is worth more than `known`.
    fn roster(
        &self,
        roster: &mut Roster<'s>,
        chosen: &[(usize, Calendar)],
        known: f64,
        rosters: &Rosters<'_>,
    ) -> Option<Roster<'s>> {
        let mut shifts: Vec<Option<Shift>> = vec![None; self.setting.grid.slots.len()];
        for (site, calendar) in chosen {
            let shift = self.holders.shift(calendar.holder, *site);
            self.slots.of(calendar.slots).for_each(|slot| shifts[slot] = Some(shift));
        }
        roster.load(&shifts);
        let (tally, _) = roster.weigh();
        // More activities lower nothing but what it costs that they lack.
        let lacking = roster.breaches().into_iter().filter(|breach| breach.rule == RuleKind::ActivityAtLeast);
        let lacking: f64 = lacking.map(|breach| self.setting.charge(breach).penalties).sum();
        if tally.base > 0.0 || roster.objective() - (tally.penalties - lacking) <= known {
            return None;
        }
        roster.place_activities(&rosters.lists, Freedom::Dates);
        let score = roster.score();
        roster.keep();
        (score.is_allowed() && score.value > known + GRAIN).then(|| roster.clone())
    }
}

/// All sets of none, one or two of these.
fn up_to_two(of: &[usize]) -> Vec<Vec<usize>> {
    let one = of.iter().map(|&a| vec![a]);
    let two = of.iter().enumerate().flat_map(|(rank, &a)| of[rank + 1..].iter().map(move |&b| vec![a, b]));
    std::iter::once(Vec::new()).chain(one).chain(two).collect()
}
