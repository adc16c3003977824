//! Objective, calendar, care, rules and the working time of vehicles.

use medicobus_roads::Millis;

use super::range;
use crate::calendar::{Clock, Hours};
use crate::people::Profile;
use crate::territory::fault::{Fault, FaultKind, Quantity, Where};
use crate::territory::{Base, Calendar, Capacity, Care, Objective, Rules, Territory, Vehicle};

const DAY: Millis = Millis::from_minutes(24 * 60);

pub(super) fn check(territory: &Territory, faults: &mut Vec<Fault>) {
    objective(&territory.objective, faults);
    calendar(&territory.calendar, faults);
    care(&territory.care, faults);
    rules(&territory.rules, faults);
    for (index, vehicle) in territory.vehicles.iter().enumerate() {
        working_time(vehicle, index, faults);
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
    let before = faults.len();
    hours("calendar.morning", calendar.morning, faults);
    hours("calendar.afternoon", calendar.afternoon, faults);
    if faults.len() > before {
        return;
    }
    let (morning_end, afternoon_start) = (calendar.morning.end, calendar.afternoon.start);
    let (gap, lunch) = (afternoon_start.0 - morning_end.0, calendar.lunch_break);
    if afternoon_start < morning_end {
        let kind = FaultKind::AfternoonTooEarly { morning_end, afternoon_start };
        faults.push(Fault::new(Where::key("calendar.afternoon"), kind));
    } else if lunch > gap {
        faults.push(Fault::new(Where::key("calendar.lunch_break"), FaultKind::LunchTooLong { lunch, gap }));
    }
}

fn hours(key: &str, Hours { start, end }: Hours, faults: &mut Vec<Fault>) {
    if end <= start {
        faults.push(Fault::new(Where::key(key), FaultKind::EndsBeforeStart { start, end }));
    } else if end > Clock(DAY) {
        faults.push(Fault::new(Where::key(key), FaultKind::PastMidnight(end)));
    }
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
