//! Objective, calendar, care, rules and the working time of vehicles.

use medicobus_roads::Millis;

use super::{no_week, range, weeks_in_cycle};
use crate::calendar::{Clock, Half, Hours};
use crate::people::Profile;
use crate::territory::fault::{Fault, FaultKind, Quantity, Where};
use crate::territory::{Base, Calendar, Capacity, Care, Objective, Rules, Territory, Vehicle};

const DAY: Millis = Millis::from_minutes(24 * 60);

pub(super) fn check(territory: &Territory, faults: &mut Vec<Fault>) {
    objective(&territory.objective, faults);
    calendar(&territory.calendar, faults);
    care(&territory.care, faults);
    capacity(territory, faults);
    rules(&territory.rules, faults);
    for (index, vehicle) in territory.vehicles.iter().enumerate() {
        working_time(vehicle, index, faults);
        if no_week(vehicle.weeks, territory) {
            faults.push(Fault::new(Where::Vehicle { index, key: "weeks" }, FaultKind::NeverWorks));
        }
        weeks_in_cycle(vehicle.weeks, territory, Where::Vehicle { index, key: "weeks" }, faults);
        own_hours(vehicle, index, &territory.calendar, faults);
    }
}

fn objective(objective: &Objective, faults: &mut Vec<Fault>) {
    range(Where::key("objective.reached"), Quantity::ObjectiveWeight, objective.reached, faults);
    range(Where::key("objective.followed"), Quantity::ObjectiveWeight, objective.followed, faults);
    if objective.reached == 0.0 && objective.followed == 0.0 {
        faults.push(Fault::new(Where::key("objective"), FaultKind::NoObjective));
    }
}

fn calendar(calendar: &Calendar, faults: &mut Vec<Fault>) {
    range(Where::key("calendar.cycle_weeks"), Quantity::CycleWeeks, calendar.cycle_weeks.into(), faults);
    range(Where::key("calendar.weeks_per_year"), Quantity::WeeksPerYear, calendar.weeks_per_year, faults);
    let day = [calendar.morning, calendar.afternoon];
    let places = ["morning", "afternoon", "lunch_break"].map(|key| Where::key(format!("calendar.{key}")));
    hours(day, calendar.lunch_break, places, faults);
}

/// A vehicle's own hours, with those of the calendar where it has none.
fn own_hours(vehicle: &Vehicle, index: usize, calendar: &Calendar, faults: &mut Vec<Fault>) {
    let key = match (vehicle.morning, vehicle.afternoon) {
        (None, None) => return,
        (Some(_), None) => "morning",
        _ => "afternoon",
    };
    // What is wrong with the hours of the calendar has been said there.
    if vehicle.morning.is_none() && !is_in_order(calendar.morning)
        || vehicle.afternoon.is_none() && !is_in_order(calendar.afternoon)
    {
        return;
    }
    let place = |key| Where::Vehicle { index, key };
    let day = Half::ALL.map(|half| vehicle.hours(half, calendar));
    hours(day, calendar.lunch_break, [place("morning"), place(key), place(key)], faults);
}

fn is_in_order(Hours { start, end }: Hours) -> bool {
    start < end && end <= Clock(DAY)
}

/// The hours of a day and the break between them; `places` are those of the morning, the afternoon and the break.
fn hours(day: [Hours; 2], lunch: Millis, places: [Where; 3], faults: &mut Vec<Fault>) {
    let [at_morning, at_afternoon, at_lunch] = places;
    let before = faults.len();
    for (Hours { start, end }, place) in day.into_iter().zip([at_morning, at_afternoon.clone()]) {
        if end <= start {
            faults.push(Fault::new(place, FaultKind::EndsBeforeStart { start, end }));
        } else if end > Clock(DAY) {
            faults.push(Fault::new(place, FaultKind::PastMidnight(end)));
        }
    }
    if faults.len() > before {
        return;
    }
    let [Hours { end: morning_end, .. }, Hours { start: afternoon_start, .. }] = day;
    if afternoon_start < morning_end {
        let kind = FaultKind::AfternoonTooEarly { morning_end, afternoon_start };
        return faults.push(Fault::new(at_afternoon, kind));
    }
    let gap = afternoon_start.0 - morning_end.0;
    if lunch > gap {
        faults.push(Fault::new(at_lunch, FaultKind::LunchTooLong { lunch, gap }));
    }
}

/// Whether consultations fit into each half-day that a vehicle works, and no more than any doctor gives.
fn capacity(territory: &Territory, faults: &mut Vec<Fault>) {
    let Capacity::Timed { setup, mean } = territory.care.capacity else {
        return;
    };
    let key = |key: &str| Where::key(format!("care.consultation.{key}"));
    if !(mean > 0.0 && mean.is_finite()) {
        return faults.push(Fault::new(key("first"), FaultKind::NoConsultationTime));
    }
    let calendar = &territory.calendar;
    let worked = territory.vehicles.iter().flat_map(|vehicle| {
        let works = |half: &Half| vehicle.days.iter().any(|(_, worked)| worked == *half);
        Half::ALL.into_iter().filter(works).map(|half| vehicle.hours(half, calendar)).collect::<Vec<_>>()
    });
    let sessions: Vec<Hours> = worked.filter(|hours| is_in_order(*hours)).collect();
    let Some(shortest) = sessions.iter().map(|hours| hours.length()).min() else {
        return;
    };
    if setup >= shortest {
        let kind = FaultKind::SetupFillsSession { setup, session: shortest };
        return faults.push(Fault::new(key("setup"), kind));
    }
    let consultations = sessions.iter().filter_map(|hours| territory.care.capacity.of(*hours));
    let most = consultations.fold(0.0, f64::max);
    range(key("first"), Quantity::Consultations, most, faults);
}

fn care(care: &Care, faults: &mut Vec<Fault>) {
    if let Capacity::PerHalfDay(consultations) = care.capacity {
        let place = Where::key("care.consultations_per_half_day");
        range(place, Quantity::Consultations, consultations, faults);
    }
    for profile in Profile::ALL {
        let (path, of_profile) = (format!("care.{profile}"), care.profiles[profile]);
        let key = |key: &str| Where::key(format!("{path}.{key}"));
        range(key("visits_per_year"), Quantity::VisitsPerYear, of_profile.visits_per_year, faults);
        range(key("weight"), Quantity::Weight, of_profile.weight, faults);
    }
    reach(care, faults);
}

fn reach(care: &Care, faults: &mut Vec<Fault>) {
    if care.reach.is_empty() {
        faults.push(Fault::new(Where::key("care.reach"), FaultKind::NoBand));
    }
    for (index, band) in care.reach.iter().enumerate() {
        let key = |key: &str| Where::key(format!("care.reach[{index}].{key}"));
        range(key("share"), Quantity::Share, band.share.0, faults);
        at_most_a_day(key("within"), band.within, faults);
        let Some(before) = index.checked_sub(1).and_then(|previous| care.reach.get(previous)) else {
            continue;
        };
        if band.within <= before.within {
            let kind = FaultKind::BandNotFurther { within: band.within, previous: before.within };
            faults.push(Fault::new(key("within"), kind));
        }
        if band.share.0 >= before.share.0 {
            let kind = FaultKind::ShareNotLower { share: band.share.0, previous: before.share.0 };
            faults.push(Fault::new(key("share"), kind));
        }
    }
}

fn rules(rules: &Rules, faults: &mut Vec<Fault>) {
    let min = rules.min_half_days_per_site;
    range(Where::key("rules.min_half_days_per_site"), Quantity::HalfDays, min.into(), faults);
    let Some(max) = rules.max_half_days_per_site else {
        return;
    };
    range(Where::key("rules.max_half_days_per_site"), Quantity::HalfDays, max.into(), faults);
    if min > max {
        faults
            .push(Fault::new(Where::key("rules.max_half_days_per_site"), FaultKind::MinOverMax { min, max }));
    }
}

fn working_time(vehicle: &Vehicle, index: usize, faults: &mut Vec<Fault>) {
    let key = |key: &'static str| Where::Vehicle { index, key };
    if let Some(half_days) = vehicle.half_days_per_week {
        range(key("half_days_per_week"), Quantity::HalfDaysPerWeek, half_days.into(), faults);
    }
    if vehicle.days.is_empty() || vehicle.half_days_per_week == Some(0) {
        faults.push(Fault::new(key("days"), FaultKind::NeverWorks));
    }
    at_most_a_day(key("max_drive_per_day"), vehicle.max_drive_per_day, faults);
    if let Base::At(position) = vehicle.base {
        range(key("base"), Quantity::Latitude, position.lat, faults);
        range(key("base"), Quantity::Longitude, position.lon, faults);
    }
}

fn at_most_a_day(place: Where, duration: Millis, faults: &mut Vec<Fault>) {
    if duration > DAY {
        faults.push(Fault::new(place, FaultKind::TooLong { duration, most: DAY }));
    }
}
