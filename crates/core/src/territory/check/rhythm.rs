//! Weeks, visits and gaps of sites: whether each site can have what it asks for.

use std::collections::BTreeSet;

use super::{range, weeks_in_cycle};
use crate::calendar::{Day, Weeks};
use crate::territory::fault::{Fault, FaultKind, Idle, Quantity, RhythmFault, Where};
use crate::territory::{RuleKind, Site, Territory};

pub(super) fn check(territory: &Territory, faults: &mut Vec<Fault>) {
    for (index, site) in territory.sites.iter().enumerate() {
        let place = |column| Where::Site { index, column };
        let before = faults.len();
        weeks_in_cycle(site.weeks, territory, place("weeks"), faults);
        for (column, quantity, value) in [
            ("every", Quantity::EveryWeeks, site.every),
            ("visits", Quantity::Visits, site.visits),
            ("max_gap", Quantity::GapDays, site.max_gap),
        ] {
            if let Some(value) = value {
                range(place(column), quantity, value.into(), faults);
            }
        }
        if faults.len() == before && Weeks::ALL.contains(territory.calendar.cycle_weeks) {
            let asks = Asks::of(site, territory);
            asks.clashes(|column, fault| faults.push(Fault::new(place(column), FaultKind::Rhythm(fault))));
        }
        beyond_cycle(site.max_gap, place("max_gap"), territory, faults);
    }
}

/// Notes a limit on gaps that no gap can reach.
pub(super) fn beyond_cycle(
    max_gap: Option<u32>,
    place: Where,
    territory: &Territory,
    faults: &mut Vec<Fault>,
) {
    let days = 7 * territory.calendar.cycle_weeks.min(Weeks::MOST);
    if max_gap.is_some_and(|gap| gap > days) {
        faults.push(Fault::new(place, FaultKind::Idle(Idle::BeyondCycle { days })));
    }
}

/// What a site asks for that has no price, and thus must hold.
#[derive(Debug)]
struct Asks {
    cycle_weeks: u32,
    /// As the site says, price or none.
    stated_every: Option<u32>,
    every: Option<u32>,
    visits: Option<u32>,
    max_gap: Option<u32>,
    required: bool,
    /// Least and most half-days a cycle.
    half_days: (u32, u32),
    /// Weeks of the cycle in which the site is open.
    weeks: BTreeSet<u32>,
    /// Days of the week on which it is open.
    days: BTreeSet<Day>,
    /// Sessions that a visit can have.
    a_visit: u32,
}

impl Asks {
    fn of(site: &Site, territory: &Territory) -> Asks {
        let (rules, cycle_weeks) = (&territory.rules, territory.calendar.cycle_weeks);
        let hard = |kind| rules.price(kind, Some(&site.id)).is_none();
        let days: BTreeSet<Day> = site.open.iter().map(|(day, _)| day).collect();
        let halves = |day: &Day| site.open.iter().filter(|(open, _)| open == day).count() as u32;
        let vehicles = if rules.one_vehicle_per_site { 1 } else { territory.vehicles.len() as u32 };
        Asks {
            cycle_weeks,
            stated_every: site.every,
            every: site.every.filter(|_| hard(RuleKind::Every)),
            visits: site.visits.filter(|_| hard(RuleKind::Visits)),
            max_gap: site.max_gap.or(rules.max_gap).filter(|_| hard(RuleKind::MaxGap)),
            required: site.required && hard(RuleKind::RequiredSite),
            half_days: (
                site.min_half_days.unwrap_or(rules.min_half_days_per_site),
                site.max_half_days.or(rules.max_half_days_per_site).unwrap_or(u32::MAX),
            ),
            weeks: site.weeks.of_cycle(cycle_weeks).collect(),
            a_visit: days.iter().map(halves).max().unwrap_or(0).saturating_mul(vehicles),
            days,
        }
    }

    /// What cannot be had together, each with the column to blame.
    fn clashes(&self, mut note: impl FnMut(&'static str, RhythmFault)) {
        let cycle_weeks = self.cycle_weeks;
        if let Some(every) = self.stated_every.filter(|every| !cycle_weeks.is_multiple_of(*every)) {
            return note("every", RhythmFault::NotInCycle { every, cycle_weeks });
        }
        if self.weeks.is_empty() || self.days.is_empty() {
            if self.required {
                note("required", RhythmFault::RequiredClosed);
            }
            return;
        }
        if let Some(every) = self.every {
            self.clashes_of_weeks(every, &mut note);
        }
        if let Some(visits) = self.visits {
            self.clashes_of_visits(visits, &mut note);
        }
        if let Some(fault) = self.clash_of_gap() {
            note("max_gap", fault);
        }
    }

    fn clashes_of_weeks(&self, every: u32, note: &mut impl FnMut(&'static str, RhythmFault)) {
        let open = |first: u32| {
            (first..=self.cycle_weeks).step_by(every as usize).all(|week| self.weeks.contains(&week))
        };
        if !(1..=every).any(open) {
            return note("every", RhythmFault::WeeksClosed { every });
        }
        let (weeks, max) = (self.cycle_weeks / every, self.half_days.1);
        if weeks > max {
            note("every", RhythmFault::WeeksOverHalfDays { every, weeks, max });
        }
        if let Some(visits) = self.visits.filter(|visits| *visits < weeks) {
            note("visits", RhythmFault::FewerThanWeeks { visits, every, weeks });
        }
    }

    fn clashes_of_visits(&self, visits: u32, note: &mut impl FnMut(&'static str, RhythmFault)) {
        let weeks = self.every.map_or(self.weeks.len() as u32, |every| self.cycle_weeks / every);
        let days = weeks * self.days.len() as u32;
        let (min, max) = self.half_days;
        if visits > days {
            note("visits", RhythmFault::MoreThanDays { visits, days });
        }
        if visits > max {
            note("visits", RhythmFault::MoreThanHalfDays { visits, max });
        }
        if visits.saturating_mul(self.a_visit) < min {
            note("visits", RhythmFault::FewerThanHalfDays { visits, min });
        }
    }

    /// The longest gap that there must be, where it is longer than allowed.
    fn clash_of_gap(&self) -> Option<RhythmFault> {
        let max_gap = self.max_gap?;
        let rank = |day: Option<&Day>| day.map_or(0, |day| *day as u32);
        // From the last open day of a week to the first one of the next week with sessions.
        let over_weeks = |every: u32| {
            let least = 7 * every - (rank(self.days.last()) - rank(self.days.first()));
            (least, RhythmFault::GapUnderWeeks { max_gap, every, least })
        };
        let over_visits = |visits: u32| {
            let least = (7 * self.cycle_weeks).div_ceil(visits);
            (least, RhythmFault::GapUnderVisits { max_gap, visits, least })
        };
        let gaps = self.every.map(over_weeks).into_iter().chain(self.visits.map(over_visits));
        let longest = gaps.max_by_key(|(least, _)| *least);
        longest.filter(|(least, _)| *least > max_gap).map(|(_, fault)| fault)
    }
}
