//! Calendars of given sites that have no slot in common, depth first.

use std::collections::BTreeMap;

use super::calendars::{Calendar, Holders, Left, Load};
use crate::solve::meter::Meter;
use crate::solve::roster::setting::{Setting, UNLIMITED};
use crate::solve::worth::Worth;

/// Partial packings between two looks at the limits.
const STRETCH: u64 = 256;

/// Numbers of consultations that are remembered, at most.
const KEPT: usize = 100_000;

/// Work of a partial packing, and how many calendars are looked at for as much as one step more.
const NODE: u64 = 2;
const CALENDARS: u64 = 64;

/// What sets of slots are looked up for.
#[derive(Clone, Debug)]
pub(super) struct Slots {
    /// By slot, of a morning: the afternoon of its day; of an afternoon: the morning.
    after: Vec<u64>,
    before: Vec<u64>,
    /// By slot: those of other vehicles at the same time.
    beside: Vec<u64>,
    /// Slots of each vehicle and week, and how many sessions these may have.
    weeks: Vec<(u64, u32)>,
}

/// A search for calendars of some sites.
pub(super) struct Search<'p, 's> {
    setting: &'p Setting<'s>,
    slots: &'p Slots,
    holders: &'p Holders,
    sites: &'p [usize],
    /// What a packing must be worth, were the rest as good as can be, less its penalties.
    least: f64,
    worth: Worth<'s>,
    /// By consultations of each site: those that can be taken, by group.
    totals: BTreeMap<Vec<u64>, Vec<f64>>,
    /// By vehicle, then ranks of two sites: whether one can be served in the morning, and the other one after it.
    drives: Vec<Vec<Vec<bool>>>,
    /// By rank of the site.
    chosen: Vec<Option<Calendar>>,
    /// Partial packings looked at so far.
    nodes: u64,
    most: u64,
    is_over: bool,
}

/// Is told of a packing: sites, each with its calendar; and answers whether it is good enough.
pub(super) type Tell<'t> = &'t mut dyn FnMut(&[(usize, Calendar)]) -> bool;

/// What is left to choose.
struct Rest {
    /// Sites by rank, with the calendars that still fit.
    sites: Vec<(usize, Vec<Calendar>)>,
    /// Slots that are free.
    free: u64,
    load: Load,
}

impl Slots {
    pub(super) fn new(setting: &Setting<'_>) -> Slots {
        let grid = &setting.grid;
        let bit = |slot: Option<u32>| slot.map_or(0, |slot| 1_u64 << slot);
        let mate = |slot: usize, of: usize| {
            let (_, halves) = grid.days[grid.slots[slot].work_day];
            if halves[of] == Some(slot as u32) { bit(halves[1 - of]) } else { 0 }
        };
        let all = 0..grid.slots.len();
        let of_same = |slot: usize, same: &dyn Fn(usize) -> bool| {
            all.clone().filter(|&other| other != slot && same(other)).fold(0, |all, other| all | 1 << other)
        };
        let mut weeks = Vec::new();
        for vehicle in 0..setting.territory().vehicles.len() {
            for week in 1..=setting.territory().calendar.cycle_weeks {
                let own = grid.of_vehicle(vehicle).filter(|&slot| grid.slots[slot].week == week);
                let slots = own.fold(0, |all, slot| all | 1 << slot);
                weeks.push((slots, setting.problem.weekly_limit(vehicle)));
            }
        }
        let moment = |slot: usize| grid.slots[slot].moment();
        Slots {
            after: all.clone().map(|slot| mate(slot, 0)).collect(),
            before: all.clone().map(|slot| mate(slot, 1)).collect(),
            beside: all.clone().map(|slot| of_same(slot, &|other| moment(other) == moment(slot))).collect(),
            weeks,
        }
    }

    /// The slots of a set.
    pub(super) fn of(&self, mut slots: u64) -> impl Iterator<Item = usize> + use<> {
        std::iter::from_fn(move || {
            let slot = (slots != 0).then_some(slots.trailing_zeros() as usize);
            slots &= slots.wrapping_sub(1);
            slot
        })
    }

    /// The slots of any calendar.
    pub(super) fn all(&self, calendars: &[Vec<Calendar>]) -> u64 {
        calendars.iter().flatten().fold(0, |all, of| all | of.slots)
    }

    fn union(&self, of: &[u64], slots: u64) -> u64 {
        self.of(slots).fold(0, |all, slot| all | of[slot])
    }

    /// Whether vehicles may have these sessions in their weeks.
    fn keeps_weeks(&self, slots: u64) -> bool {
        self.weeks.iter().all(|&(week, most)| (week & slots).count_ones() <= most)
    }
}

impl<'p, 's> Search<'p, 's> {
    /// A search for packings of these sites that may be worth `least`.
    pub(super) fn new(
        setting: &'p Setting<'s>,
        slots: &'p Slots,
        holders: &'p Holders,
        sites: &'p [usize],
        (least, worth): (f64, Worth<'s>),
    ) -> Search<'p, 's> {
        let can = |vehicle: usize, am: usize, pm: usize| {
            setting.problem.day_drive(vehicle, Some(am), Some(pm)).is_some()
        };
        let drives = (0..setting.territory().vehicles.len()).map(|vehicle| {
            sites.iter().map(|&am| sites.iter().map(|&pm| can(vehicle, am, pm)).collect()).collect()
        });
        Search {
            setting,
            slots,
            holders,
            sites,
            least,
            worth,
            totals: BTreeMap::new(),
            drives: drives.collect(),
            chosen: vec![None; sites.len()],
            nodes: 0,
            most: 0,
            is_over: false,
        }
    }

    /// Tells of packings made of these calendars of each site, until told that one is good enough, or so many more partial
    /// packings were looked at.
    pub(super) fn run(
        &mut self,
        calendars: Vec<Vec<Calendar>>,
        most: u64,
        meter: &Meter<'_>,
        tell: Tell<'_>,
    ) {
        (self.most, self.is_over) = (self.nodes + most, false);
        let free = self.slots.all(&calendars);
        let sites = calendars.into_iter().enumerate().collect();
        self.go(Rest { sites, free, load: self.holders.idle() }, meter, tell);
    }

    fn go(&mut self, rest: Rest, meter: &Meter<'_>, tell: Tell<'_>) {
        self.nodes += 1;
        let calendars: usize = rest.sites.iter().map(|(_, calendars)| calendars.len()).sum();
        meter.spend(NODE + calendars as u64 / CALENDARS);
        self.is_over |=
            self.nodes > self.most || self.nodes.is_multiple_of(STRETCH) && meter.must_stop().is_some();
        if self.is_over
            || rest.sites.iter().any(|(_, calendars)| calendars.is_empty())
            || !self.is_worth_it(&rest)
        {
            return;
        }
        let Some(fewest) = rest.sites.iter().map(|(_, calendars)| calendars.len()).min() else {
            let chosen = self.chosen.iter().zip(self.sites);
            let chosen: Vec<_> = chosen.filter_map(|(of, &site)| Some((site, (*of)?))).collect();
            self.is_over = tell(&chosen);
            return;
        };
        // A slot that few calendars have, or a site that has few.
        let mut cover = [0_usize; 64];
        for calendar in rest.sites.iter().flat_map(|(_, calendars)| calendars) {
            self.slots.of(calendar.slots).for_each(|slot| cover[slot] += 1);
        }
        let scarce = (0..64).filter(|&slot| cover[slot] > 0).min_by_key(|&slot| cover[slot]);
        let scarce = scarce.filter(|&slot| cover[slot] < fewest).map(|slot| 1_u64 << slot);
        let mut next: Vec<(usize, Calendar)> = Vec::new();
        for (rank, calendars) in &rest.sites {
            match scarce {
                Some(slot) => {
                    next.extend(calendars.iter().filter(|of| of.slots & slot != 0).map(|of| (*rank, *of)))
                }
                None if calendars.len() == fewest && next.is_empty() => {
                    next.extend(calendars.iter().map(|of| (*rank, *of)));
                }
                None => {}
            }
        }
        next.sort_by_key(|(_, of)| std::cmp::Reverse(of.slots.count_ones()));
        for (rank, calendar) in next {
            if let Some(rest) = self.after(&rest, rank, &calendar) {
                self.chosen[rank] = Some(calendar);
                self.go(rest, meter, tell);
                self.chosen[rank] = None;
            }
            if self.is_over {
                return;
            }
        }
        // Or nobody is there then.
        if let Some(slot) = scarce {
            let without = |(rank, calendars): &(usize, Vec<Calendar>)| {
                (*rank, calendars.iter().copied().filter(|of| of.slots & slot == 0).collect())
            };
            let sites = rest.sites.iter().map(without).collect();
            self.go(Rest { sites, free: rest.free & !slot, load: rest.load }, meter, tell);
        }
    }

    /// What is left once a site has a calendar; None where it cannot have it.
    fn after(&self, rest: &Rest, rank: usize, calendar: &Calendar) -> Option<Rest> {
        let Slots { after, before, beside, .. } = self.slots;
        let slots = calendar.slots;
        let vehicle = self.setting.grid.slots[slots.trailing_zeros() as usize % 64].vehicle;
        let [after, before, beside] = [after, before, beside].map(|of| self.slots.union(of, slots));
        let drives = &self.drives[vehicle];
        let taken = self.chosen.iter().flatten().fold(slots, |all, of| all | of.slots);
        if after & slots != 0 && !drives[rank][rank] || !self.slots.keeps_weeks(taken) {
            return None;
        }
        let mut load = rest.load.clone();
        self.holders.give(&mut load, calendar);
        let has_doctor = self.holders.doctor(calendar.holder).is_some();
        let fits = |other: usize, of: &Calendar| {
            of.slots & !rest.free == 0
                && of.slots & slots == 0
                && (of.slots & after == 0 || drives[rank][other])
                && (of.slots & before == 0 || drives[other][rank])
                && (of.holder != calendar.holder
                    || (!has_doctor || of.slots & beside == 0) && self.holders.can(&load, of))
        };
        let left = rest.sites.iter().filter(|(other, _)| *other != rank).map(|(other, calendars)| {
            (*other, calendars.iter().copied().filter(|of| fits(*other, of)).collect())
        });
        Some(Rest { sites: left.collect(), free: rest.free & !slots, load })
    }

    /// Whether a packing may still be worth enough, were the slots that are left as good as can be.
    fn is_worth_it(&mut self, rest: &Rest) -> bool {
        let holders = self.holders.len();
        let mut left = Left { slots: vec![0; holders], sessions: vec![0; holders] };
        let mut slots = 0;
        for (_, calendars) in &rest.sites {
            let mut most = vec![0; holders];
            for of in calendars {
                slots |= of.slots;
                left.slots[of.holder] |= of.slots;
                most[of.holder] = of.slots.count_ones().max(most[of.holder]);
            }
            left.sessions.iter_mut().zip(most).for_each(|(sum, most)| *sum += most);
        }
        let chosen = || self.chosen.iter().flatten();
        let given: f64 = chosen().map(|of| of.given).sum();
        let penalty: f64 = chosen().map(|of| of.penalty).sum();
        let total = given + self.holders.most(slots & rest.free, Some((&rest.load, &left)));
        let key = self.chosen.iter().map(|of| of.map_or(0, |of| of.given.to_bits())).collect();
        if self.totals.len() >= KEPT {
            self.totals.clear();
        }
        let totals = self.totals.entry(key).or_insert_with(|| {
            for (of, &site) in self.chosen.iter().zip(self.sites) {
                self.worth.set(site, 1, of.map_or(UNLIMITED, |of| of.given));
            }
            self.worth.totals()
        });
        self.worth.ceiling(totals, total) - penalty > self.least
    }
}
