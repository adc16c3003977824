//! Rules on sessions: where and when there may be one, how many at a site and in a week.

use std::collections::{BTreeMap, BTreeSet};

use super::facts::Facts;
use super::places::{List, Slot, VehicleDay};
use super::violation::Violation;
use crate::calendar::{Day, Half};
use crate::plan::{Plan, Session};

/// The sessions of a plan whose vehicle and site the territory has.
#[derive(Debug, Default)]
pub(super) struct Roster<'a> {
    /// By rank of the vehicle, week and day.
    pub(super) days: BTreeMap<DayKey, DaySessions<'a>>,
    at: BTreeMap<&'a str, Vec<&'a Session>>,
}

/// Rank of a vehicle, week of the cycle, day.
pub(super) type DayKey = (usize, u32, Day);

/// What a vehicle does on a day.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct DaySessions<'a> {
    pub(super) am: Option<&'a Session>,
    pub(super) pm: Option<&'a Session>,
}

impl<'a> DaySessions<'a> {
    fn at(&mut self, half: Half) -> &mut Option<&'a Session> {
        match half {
            Half::Am => &mut self.am,
            Half::Pm => &mut self.pm,
        }
    }

    /// In the order of the day.
    pub(super) fn iter(self) -> impl Iterator<Item = &'a Session> {
        self.am.into_iter().chain(self.pm)
    }
}

impl<'a> Roster<'a> {
    /// Sessions of the cycle at a site.
    pub(super) fn at(&self, site: &str) -> &[&'a Session] {
        self.at.get(site).map_or(&[], Vec::as_slice)
    }

    /// Sites with a session.
    pub(super) fn served(&self) -> impl Iterator<Item = &'a str> {
        self.at.keys().copied()
    }
}

pub(super) fn check<'a>(plan: &'a Plan, facts: &Facts<'_>, violations: &mut Vec<Violation>) -> Roster<'a> {
    let mut roster = Roster::default();
    let mut in_week: BTreeMap<(usize, u32), u32> = BTreeMap::new();
    let mut vehicles_at: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let mut order = Vec::new();
    for session in &plan.sessions {
        let (vehicle, site) = (facts.vehicles.get(&*session.vehicle), facts.sites.get(&*session.site));
        if vehicle.is_none() {
            violations.push(Violation::UnknownVehicle(session.vehicle.clone()));
        }
        if site.is_none() {
            violations.push(Violation::UnknownSite(session.site.clone()));
        }
        let (Some(&(vehicle, _)), Some(_)) = (vehicle, site) else { continue };
        check_session(session, facts, violations);
        let day = roster.days.entry((vehicle, session.week, session.day)).or_default().at(session.half);
        if day.is_some() {
            violations.push(Violation::SeveralAtOnce(slot(session)));
        }
        day.get_or_insert(session);
        roster.at.entry(&session.site).or_default().push(session);
        *in_week.entry((vehicle, session.week)).or_default() += 1;
        vehicles_at.entry(&session.site).or_default().insert(&session.vehicle);
        order.push((vehicle, session.week, session.day, session.half));
    }
    if !order.is_sorted() {
        violations.push(Violation::OutOfOrder(List::Sessions));
    }
    check_weeks(&in_week, facts, violations);
    check_sites(&roster, &vehicles_at, facts, violations);
    roster
}

/// One session by itself.
fn check_session(session: &Session, facts: &Facts<'_>, violations: &mut Vec<Violation>) {
    let (Some((_, vehicle)), Some((_, site))) =
        (facts.vehicles.get(&*session.vehicle), facts.sites.get(&*session.site))
    else {
        return;
    };
    let calendar = &facts.territory.calendar;
    let in_cycle = (1..=calendar.cycle_weeks).contains(&session.week);
    if !in_cycle {
        violations.push(Violation::OutsideCycle { day: vehicle_day(session), weeks: calendar.cycle_weeks });
    }
    if !vehicle.days.contains(session.day, session.half) || in_cycle && !vehicle.weeks.contains(session.week)
    {
        violations.push(Violation::NotWorking(slot(session)));
    }
    if !site.open.contains(session.day, session.half) || in_cycle && !site.weeks.contains(session.week) {
        violations.push(Violation::Closed { slot: slot(session), site: site.id.clone() });
    }
    if session.commune != site.commune {
        violations.push(Violation::OtherCommune {
            site: site.id.clone(),
            found: session.commune.clone(),
            expected: site.commune.clone(),
        });
    }
    let hours = facts.hours(vehicle, session.half);
    if (session.open, session.close) != (hours.start, hours.end) {
        violations.push(Violation::WrongHours(slot(session)));
    }
}

fn check_weeks(in_week: &BTreeMap<(usize, u32), u32>, facts: &Facts<'_>, violations: &mut Vec<Violation>) {
    for (&(vehicle, week), &half_days) in in_week {
        let vehicle = &facts.territory.vehicles[vehicle];
        if let Some(most) = vehicle.half_days_per_week.filter(|&most| half_days > most) {
            violations.push(Violation::TooManyHalfDays {
                vehicle: vehicle.id.clone(),
                week,
                half_days,
                most,
            });
        }
    }
}

fn check_sites(
    roster: &Roster<'_>,
    vehicles_at: &BTreeMap<&str, BTreeSet<&str>>,
    facts: &Facts<'_>,
    violations: &mut Vec<Violation>,
) {
    let rules = &facts.territory.rules;
    for (&id, vehicles) in vehicles_at {
        let Some((_, site)) = facts.sites.get(id) else { continue };
        let sessions = roster.at(id).len() as u32;
        let least = site.min_half_days.unwrap_or(rules.min_half_days_per_site);
        let most = site.max_half_days.or(rules.max_half_days_per_site);
        if sessions < least || most.is_some_and(|most| sessions > most) {
            violations.push(Violation::SessionsAtSite { site: id.to_owned(), sessions, least, most });
        }
        if rules.one_vehicle_per_site && vehicles.len() > 1 {
            let vehicles = vehicles.iter().map(|&vehicle| vehicle.to_owned()).collect();
            violations.push(Violation::SharedSite { site: id.to_owned(), vehicles });
        }
    }
}

pub(super) fn vehicle_day(session: &Session) -> VehicleDay {
    VehicleDay { vehicle: session.vehicle.clone(), week: session.week, day: session.day }
}

pub(super) fn slot(session: &Session) -> Slot {
    Slot { on: vehicle_day(session), half: session.half }
}
