//! Rules on a vehicle's day: its drives, the clock, the lunch break.

use std::collections::BTreeMap;

use medicobus_roads::{Metres, Millis};

use super::facts::Facts;
use super::places::{Figure, List, VehicleDay};
use super::sessions::{DayKey, DaySessions, Roster, slot, vehicle_day};
use super::violation::Violation;
use crate::calendar::{Clock, Half, Hours};
use crate::plan::{DayTrip, Plan, Session};
use crate::times::Trip;

/// The trips of a day, base to base.
#[derive(Debug)]
struct Way {
    out: Trip,
    /// None where morning and afternoon are at one site, or one of them is free.
    over_lunch: Option<Trip>,
    back: Trip,
}

impl Way {
    fn trips(&self) -> impl Iterator<Item = Trip> {
        [Some(self.out), self.over_lunch, Some(self.back)].into_iter().flatten()
    }

    fn drive(&self) -> Millis {
        self.trips().map(|trip| trip.time).sum()
    }

    fn length(&self) -> Option<Metres> {
        self.trips().map(|trip| trip.length).sum()
    }
}

pub(super) fn check(plan: &Plan, facts: &Facts<'_>, roster: &Roster<'_>, violations: &mut Vec<Violation>) {
    let stated = stated_days(plan, facts, roster, violations);
    for (key, sessions) in &roster.days {
        let (Some(first), Some(last)) = (sessions.iter().next(), sessions.iter().last()) else { continue };
        let trip = stated.get(key).copied();
        if trip.is_none() {
            violations.push(Violation::MissingDay(vehicle_day(first)));
        }
        match way(first, last, facts) {
            Ok(way) => {
                check_rules(*sessions, &way, facts, violations);
                if let Some(trip) = trip {
                    check_stated(trip, first, last, &way, violations);
                }
            }
            Err(no_way) => violations.push(no_way),
        }
    }
}

/// The listed days that have a session.
fn stated_days<'a>(
    plan: &'a Plan,
    facts: &Facts<'_>,
    roster: &Roster<'_>,
    violations: &mut Vec<Violation>,
) -> BTreeMap<DayKey, &'a DayTrip> {
    let mut stated = BTreeMap::new();
    let mut order = Vec::new();
    for trip in &plan.days {
        let Some(&(vehicle, _)) = facts.vehicles.get(&*trip.vehicle) else {
            violations.push(Violation::UnknownVehicle(trip.vehicle.clone()));
            continue;
        };
        let on = || VehicleDay { vehicle: trip.vehicle.clone(), week: trip.week, day: trip.day };
        if trip.length.is_some_and(|length| !length.0.is_finite()) {
            violations.push(Violation::NotFinite(Figure::Length(on())));
        }
        let key = (vehicle, trip.week, trip.day);
        order.push(key);
        if !roster.days.contains_key(&key) {
            violations.push(Violation::DayWithoutSession(on()));
        } else if stated.insert(key, trip).is_some() {
            violations.push(Violation::DuplicateDay(on()));
        }
    }
    if !order.is_sorted() {
        violations.push(Violation::OutOfOrder(List::Days));
    }
    stated
}

/// The trips of a day with these sessions, which may be one and the same.
fn way(first: &Session, last: &Session, facts: &Facts<'_>) -> Result<Way, Violation> {
    let trip = |from: &str, to: &str| {
        let no_way =
            || Violation::NoWay { day: vehicle_day(first), from: from.to_owned(), to: to.to_owned() };
        facts.times.trip(from, to).ok_or_else(no_way)
    };
    let base = format!("base:{}", first.vehicle);
    Ok(Way {
        out: trip(&base, &first.site)?,
        over_lunch: if first.site == last.site { None } else { Some(trip(&first.site, &last.site)?) },
        back: trip(&last.site, &base)?,
    })
}

/// The drives of a day and the clock.
fn check_rules(sessions: DaySessions<'_>, way: &Way, facts: &Facts<'_>, violations: &mut Vec<Violation>) {
    let Some(first) = sessions.iter().next() else { return };
    if let Some((_, vehicle)) = facts.vehicles.get(&*first.vehicle)
        && way.drive() > vehicle.max_drive_per_day
    {
        let (drive, most) = (way.drive(), vehicle.max_drive_per_day);
        violations.push(Violation::TooMuchDriving { day: vehicle_day(first), drive, most });
    }
    check_arrival(first, way.out, violations);
    if let (Some(am), Some(pm)) = (sessions.am, sessions.pm) {
        match way.over_lunch {
            Some(trip) => check_lunch(am, pm, trip, facts, violations),
            None if pm.leave.is_some() || pm.arrive.is_some() => {
                violations.push(Violation::AlreadyThere(slot(pm)))
            }
            None => {}
        }
    }
}

/// The drive to a session takes its time and ends before patients come.
fn check_arrival(session: &Session, trip: Trip, violations: &mut Vec<Violation>) {
    let (Some(leave), Some(arrive)) = (session.leave, session.arrive) else {
        violations.push(Violation::NoDriveStated(slot(session)));
        return;
    };
    if after(leave, trip.time) != Some(arrive) {
        violations.push(Violation::WrongDriveTime { slot: slot(session), leave, arrive, drive: trip.time });
    }
    if arrive > session.open {
        violations.push(Violation::ArrivesLate { slot: slot(session), arrive, open: session.open });
    }
}

/// The drive between two sites starts after the morning and leaves the break.
fn check_lunch(am: &Session, pm: &Session, trip: Trip, facts: &Facts<'_>, violations: &mut Vec<Violation>) {
    check_arrival(pm, trip, violations);
    if let Some(leave) = pm.leave.filter(|&leave| leave < am.close) {
        violations.push(Violation::LeavesEarly { slot: slot(pm), leave, close: am.close });
    }
    let calendar = &facts.territory.calendar;
    let between = |morning: Hours, afternoon: Hours| {
        let taken = morning.end.0.0.checked_add(calendar.lunch_break.0);
        taken.and_then(|taken| afternoon.start.0.0.checked_sub(taken)).map(Millis)
    };
    let own = facts
        .vehicles
        .get(&*pm.vehicle)
        .and_then(|(_, vehicle)| between(facts.hours(vehicle, Half::Am), facts.hours(vehicle, Half::Pm)));
    // A vehicle that works shorter hours has no more time to drive for it.
    let left = own.zip(between(calendar.morning, calendar.afternoon)).map(|(own, common)| own.min(common));
    if left.is_none_or(|left| trip.time > left) {
        violations.push(Violation::NoTimeOverLunch { day: vehicle_day(pm), drive: trip.time, left });
    }
}

/// What the list of days says of it.
fn check_stated(
    stated: &DayTrip,
    first: &Session,
    last: &Session,
    way: &Way,
    violations: &mut Vec<Violation>,
) {
    let day = || vehicle_day(first);
    if let Some(expected) = first.leave.filter(|&leave| leave != stated.leave) {
        violations.push(Violation::WrongStart { day: day(), found: stated.leave, expected });
    }
    let back = Clock(last.close.0 + way.back.time);
    if stated.back != back {
        violations.push(Violation::WrongReturn { day: day(), found: stated.back, expected: back });
    }
    if stated.drive != way.drive() {
        violations.push(Violation::WrongDriving { day: day(), found: stated.drive, expected: way.drive() });
    }
    let (found, expected) = (stated.length, way.length());
    let agree = match (found, expected) {
        (Some(found), Some(expected)) => !found.0.is_finite() || super::agree(found.0, expected.0),
        (found, expected) => found.is_none_or(|found| !found.0.is_finite()) && expected.is_none(),
    };
    if !agree {
        violations.push(Violation::WrongLength { day: day(), found, expected });
    }
}

/// The time of day after a drive; None beyond what a clock holds.
fn after(start: Clock, drive: Millis) -> Option<Clock> {
    start.0.0.checked_add(drive.0).map(|end| Clock(Millis(end)))
}
