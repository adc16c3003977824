//! Bookings: what they name exists, and what is locked can take place.

use std::collections::BTreeMap;

use super::doctors::comes;
use super::ids::Ids;
use super::{no_week, week_outside, weeks_in_cycle};
use crate::calendar::{Day, Half};
use crate::territory::fault::{BookingFault, Fault, FaultKind, Named, Where};
use crate::territory::{
    Activity, ActivityKind, Booking, BookingKind, Doctor, RuleKind, Site, Territory, Vehicle,
};

pub(super) fn check(territory: &Territory, ids: &Ids<'_>, faults: &mut Vec<Fault>) {
    let mut taken = BTreeMap::new();
    for (index, booking) in territory.bookings.iter().enumerate() {
        let before = faults.len();
        names(booking, index, ids, faults);
        weeks_in_cycle(booking.weeks, territory, key(index, "weeks"), faults);
        let mut wrong = |at, fault| faults.push(Fault::new(key(index, at), FaultKind::Booking(fault)));
        if booking.half_days.is_empty() {
            wrong("half_days", BookingFault::NoHalfDay);
        }
        if no_week(booking.weeks, territory) {
            wrong("weeks", BookingFault::NoWeek);
        }
        if faults.len() == before {
            possible(booking, index, territory, &mut taken, faults);
        }
    }
}

fn key(index: usize, key: &str) -> Where {
    Where::key(format!("booking[{index}].{key}"))
}

fn names(booking: &Booking, index: usize, ids: &Ids<'_>, faults: &mut Vec<Fault>) {
    for (at, of, name) in [
        ("vehicle", Named::Vehicle, &booking.vehicle),
        ("site", Named::Site, &booking.site),
        ("doctor", Named::Doctor, &booking.doctor),
        ("activity", Named::Activity, &booking.activity),
    ] {
        let Some(name) = name else { continue };
        if matches!(of, Named::Doctor | Named::Activity) && booking.kind != BookingKind::Locked {
            faults.push(Fault::new(key(index, at), FaultKind::Booking(BookingFault::OnlyLocked)));
        } else {
            ids.check(of, name, key(index, at), faults);
        }
    }
    if booking.site.is_none() && booking.kind != BookingKind::Forbidden {
        faults.push(Fault::new(key(index, "site"), FaultKind::MissingKey));
    }
}

/// What holds a vehicle or a doctor in a slot.
type Taken<'t> = BTreeMap<(Held<'t>, u32, Day, Half), usize>;

/// A vehicle or a doctor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Held<'t> {
    Vehicle(&'t str),
    Doctor(&'t str),
}

fn possible<'t>(
    booking: &'t Booking,
    index: usize,
    territory: &'t Territory,
    taken: &mut Taken<'t>,
    faults: &mut Vec<Fault>,
) {
    let rule = match booking.kind {
        BookingKind::Required => RuleKind::Required,
        BookingKind::Forbidden => RuleKind::Forbidden,
        BookingKind::Locked => RuleKind::Locked,
    };
    let number = (index + 1).to_string();
    let site = territory.sites.iter().find(|site| Some(&site.id) == booking.site.as_ref());
    let Some(site) = site.filter(|_| territory.rules.price(rule, Some(&number)).is_none()) else {
        return;
    };
    // A week that is wrong already is told where it stands.
    let weeks = territory.vehicles.iter().map(|vehicle| vehicle.weeks).chain([site.weeks]);
    if { weeks }.any(|weeks| week_outside(weeks, territory).is_some()) {
        return;
    }
    let can = |week, day, half| is_possible(booking, site, territory, week, day, half);
    let weeks = booking.weeks.of_cycle(territory.calendar.cycle_weeks);
    let mut wrong = |at, fault| faults.push(Fault::new(key(index, at), FaultKind::Booking(fault)));
    match booking.kind {
        BookingKind::Forbidden => {}
        BookingKind::Required => {
            let closed = |week: &u32| !booking.half_days.iter().any(|(day, half)| can(*week, day, half));
            if let Some(week) = { weeks }.find(closed) {
                wrong("half_days", BookingFault::WeekClosed { week });
            }
        }
        BookingKind::Locked => {
            let mut slots = weeks.flat_map(|week| booking.half_days.iter().map(move |(d, h)| (week, d, h)));
            let (mut closed, mut twice) = (None, None);
            for (week, day, half) in &mut slots {
                if !can(week, day, half) {
                    closed.get_or_insert(BookingFault::Closed { week, day, half });
                }
                for (who, name) in holds(booking, territory) {
                    let first = *taken.entry((who, week, day, half)).or_insert(index);
                    if first != index {
                        let name = name.to_owned();
                        twice.get_or_insert(BookingFault::Twice { name, first: first + 1, week, day, half });
                    }
                }
            }
            let is_free = closed.is_none() && twice.is_none();
            for fault in closed.into_iter().chain(twice) {
                wrong("half_days", fault);
            }
            let activities = &territory.activities;
            let activity = activities.iter().find(|activity| Some(&activity.id) == booking.activity.as_ref());
            let named = territory.doctors.iter().find(|doctor| Some(&doctor.id) == booking.doctor.as_ref());
            if let Some(doctor) = named.filter(|_| is_free) {
                for fault in doctor_of(booking, doctor, activity, site, territory) {
                    wrong("doctor", fault);
                }
            }
            if let Some(activity) = activity
                && activity.sites.as_ref().is_some_and(|sites| !sites.contains(&site.id))
            {
                let fault = BookingFault::NotAtSite { activity: activity.id.clone(), site: site.id.clone() };
                wrong("activity", fault);
            }
        }
    }
}

/// The vehicle and the doctor that a locked session holds; the only vehicle, where it names none.
fn holds<'t>(booking: &'t Booking, territory: &'t Territory) -> impl Iterator<Item = (Held<'t>, &'t str)> {
    let only = match &territory.vehicles[..] {
        [vehicle] => Some(vehicle.id.as_str()),
        _ => None,
    };
    let vehicle = booking.vehicle.as_deref().or(only).map(|id| (Held::Vehicle(id), id));
    let doctor = booking.doctor.as_deref().map(|id| (Held::Doctor(id), id));
    vehicle.into_iter().chain(doctor)
}

/// Why the doctor of a locked session cannot hold it.
fn doctor_of(
    booking: &Booking,
    doctor: &Doctor,
    activity: Option<&Activity>,
    site: &Site,
    territory: &Territory,
) -> impl Iterator<Item = BookingFault> {
    let called = || doctor.called().to_owned();
    let hard = |rule| territory.rules.price(rule, Some(&doctor.id)).is_none();
    // That someone never comes, may work nowhere, or that nobody does this, is told of the doctors.
    let comes = week_outside(doctor.weeks, territory).is_none() && comes(doctor, territory);
    let comes = comes && hard(RuleKind::DoctorHours);
    let anywhere = territory.sites.iter().any(|site| doctor.is_authorised(site));
    let others_can = territory.doctors.iter().any(|doctor| can_do(doctor, activity));
    let other = (others_can && !can_do(doctor, activity)).then(|| BookingFault::OtherDoctor {
        doctor: called(),
        activity: activity.map(|activity| activity.id.clone()),
    });
    let weeks = booking.weeks.of_cycle(territory.calendar.cycle_weeks);
    let mut slots = weeks.flat_map(|week| booking.half_days.iter().map(move |(d, h)| (week, d, h)));
    let away = slots.find(|&(week, day, half)| comes && !doctor.works(week, day, half));
    let away = away.map(|(week, day, half)| BookingFault::DoctorAway { doctor: called(), week, day, half });
    let refused = doctor.refuses.contains(&site.id) && !doctor.prefers.contains(&site.id);
    let refused = refused && hard(RuleKind::Refuses);
    let elsewhere = refused || anywhere && !doctor.is_authorised(site);
    let elsewhere =
        elsewhere.then(|| BookingFault::DoctorElsewhere { doctor: called(), site: site.id.clone() });
    other.into_iter().chain(away).chain(elsewhere)
}

/// Whether a doctor is one of those whom a session needs.
fn can_do(doctor: &Doctor, activity: Option<&Activity>) -> bool {
    let on_board = doctor.specialty.is_none() && !doctor.remote;
    let Some(activity) = activity else { return on_board };
    let of_it = doctor.specialty.as_ref() == Some(&activity.id);
    match activity.kind {
        ActivityKind::Remote { .. } => doctor.specialty.is_none(),
        ActivityKind::Specialty if activity.share == 1.0 => of_it,
        ActivityKind::Specialty => of_it || on_board,
        ActivityKind::Prevention => on_board,
    }
}

/// Whether the site is open and a vehicle of the booking works.
fn is_possible(
    booking: &Booking,
    site: &Site,
    territory: &Territory,
    week: u32,
    day: Day,
    half: Half,
) -> bool {
    let named = |vehicle: &&Vehicle| booking.vehicle.as_ref().is_none_or(|id| vehicle.id == *id);
    let works = |vehicle: &Vehicle| vehicle.weeks.contains(week) && vehicle.days.contains(day, half);
    site.weeks.contains(week)
        && site.open.contains(day, half)
        && territory.vehicles.iter().filter(named).any(works)
}
