//! Doctors: names, availability, specialty, employer and places.

use super::ids::Ids;
use super::names::unique;
use super::{range, weeks_in_cycle};
use crate::territory::fault::{DoctorFault, Fault, FaultKind, Named, Quantity, Where};
use crate::territory::{ActivityKind, Doctor, Employer, Territory};

/// The age at which the territorial civil service ends (code général de la fonction publique, art. L556-1).
const LAST_AGE: u32 = 67;

pub(super) fn check(territory: &Territory, ids: &Ids<'_>, faults: &mut Vec<Fault>) {
    let names = territory.doctors.iter().map(|doctor| doctor.id.as_str());
    unique(names, |index| key(index, "id"), faults);
    for (index, doctor) in territory.doctors.iter().enumerate() {
        let mut doubt = |at, fault| faults.push(Fault::new(key(index, at), FaultKind::Doctor(fault)));
        specialty(doctor, territory, &mut doubt);
        places(doctor, territory, &mut doubt);
        if let Some(year) = territory.calendar.year {
            age(doctor, year, &mut doubt);
        }
        availability(doctor, index, territory, faults);
        if let Some(specialty) = &doctor.specialty {
            ids.check(Named::Activity, specialty, key(index, "specialty"), faults);
        }
        for (list, sites) in [("prefers", &doctor.prefers), ("refuses", &doctor.refuses)] {
            for (rank, site) in sites.iter().enumerate() {
                ids.check(Named::Site, site, key(index, &format!("{list}[{rank}]")), faults);
            }
        }
        if let Some(born) = doctor.born {
            range(key(index, "born"), Quantity::Year, born.into(), faults);
        }
    }
    together(territory, faults);
}

fn key(index: usize, key: &str) -> Where {
    Where::key(format!("doctor[{index}].{key}"))
}

fn availability(doctor: &Doctor, index: usize, territory: &Territory, faults: &mut Vec<Fault>) {
    let before = faults.len();
    weeks_in_cycle(doctor.weeks, territory, key(index, "weeks"), faults);
    for (rank, away) in doctor.away.iter().enumerate() {
        weeks_in_cycle(away.weeks, territory, key(index, &format!("away[{rank}].weeks")), faults);
    }
    for (at, quantity, most) in [
        ("half_days_per_week", Quantity::HalfDaysPerWeek, doctor.half_days_per_week),
        ("half_days_per_cycle", Quantity::HalfDays, doctor.half_days_per_cycle),
    ] {
        if let Some(most) = most {
            range(key(index, at), quantity, most.into(), faults);
        }
    }
    if faults.len() > before {
        return;
    }
    let weeks: Vec<u32> = doctor.weeks.of_cycle(territory.calendar.cycle_weeks).collect();
    let in_week = |week: &u32| doctor.days.iter().any(|(day, half)| doctor.works(*week, day, half));
    let none_left = doctor.half_days_per_week == Some(0) || doctor.half_days_per_cycle == Some(0);
    let mut doubt = |fault| faults.push(Fault::new(key(index, "days"), FaultKind::Doctor(fault)));
    let called = || doctor.called().to_owned();
    if none_left || !weeks.iter().any(in_week) {
        doubt(DoctorFault::NeverAvailable(called()));
    } else if !territory.vehicles.is_empty() && !comes(doctor, territory) {
        doubt(DoctorFault::NeverMeets(called()));
    }
}

/// Whether a doctor works on any half-day on which a vehicle does.
pub(super) fn comes(doctor: &Doctor, territory: &Territory) -> bool {
    let mut weeks = doctor.weeks.of_cycle(territory.calendar.cycle_weeks);
    weeks.any(|week| meets(doctor, week, territory))
}

/// Whether a doctor and some vehicle both work on some half-day of a week.
fn meets(doctor: &Doctor, week: u32, territory: &Territory) -> bool {
    let in_week = territory.vehicles.iter().filter(|vehicle| vehicle.weeks.contains(week));
    in_week.flat_map(|vehicle| vehicle.days.iter()).any(|(day, half)| doctor.works(week, day, half))
}

fn specialty(doctor: &Doctor, territory: &Territory, doubt: &mut impl FnMut(&'static str, DoctorFault)) {
    let activities = &territory.activities;
    let remote = |kind: &ActivityKind| matches!(kind, ActivityKind::Remote { .. });
    if let Some(specialty) = &doctor.specialty {
        let named = activities.iter().find(|activity| activity.id == *specialty);
        if named.is_some_and(|activity| activity.kind != ActivityKind::Specialty) {
            doubt("specialty", DoctorFault::NotASpecialty(specialty.clone()));
        }
    }
    if doctor.remote && doctor.specialty.is_some() {
        doubt("remote", DoctorFault::RemoteSpecialist);
    } else if doctor.remote && !activities.iter().any(|activity| remote(&activity.kind)) {
        doubt("remote", DoctorFault::NothingRemote(doctor.called().to_owned()));
    }
}

fn places(doctor: &Doctor, territory: &Territory, doubt: &mut impl FnMut(&'static str, DoctorFault)) {
    if let Some(site) = doctor.prefers.iter().find(|site| doctor.refuses.contains(site)) {
        doubt("refuses", DoctorFault::PreferredAndRefused(site.clone()));
    }
    let Some(departments) = &doctor.departments else {
        return;
    };
    let is_code = |code: &&String| {
        let length = code.chars().count();
        (length == 2 || length == 3) && code.chars().all(|c| c.is_ascii_alphanumeric())
    };
    if departments.is_empty() {
        doubt("departments", DoctorFault::NoDepartment);
    } else if let Some(bad) = departments.iter().find(|code| !is_code(code)) {
        doubt("departments", DoctorFault::NotADepartment(bad.clone()));
    } else if !territory.sites.is_empty() && !territory.sites.iter().any(|site| doctor.is_authorised(site)) {
        doubt("departments", DoctorFault::NoSiteThere(doctor.called().to_owned()));
    }
}

fn age(doctor: &Doctor, year: u32, doubt: &mut impl FnMut(&'static str, DoctorFault)) {
    let age = doctor.born.and_then(|born| year.checked_sub(born));
    if let Some(age) = age.filter(|age| doctor.employer == Some(Employer::Territorial) && *age > LAST_AGE) {
        let name = doctor.called().to_owned();
        doubt("born", DoctorFault::PastRetirement { name, age, year });
    }
}

/// What is doubtful with the doctors as a whole, told at the first concerned.
fn together(territory: &Territory, faults: &mut Vec<Fault>) {
    let doctors = &territory.doctors;
    let mut doubt = |at: Where, fault| faults.push(Fault::new(at, FaultKind::Doctor(fault)));
    if !doctors.is_empty() && doctors.iter().all(|doctor| doctor.specialty.is_some()) {
        doubt(key(0, "specialty"), DoctorFault::NoGeneralPractitioner);
    }
    let ages = |doctor: &Doctor| doctor.employer == Some(Employer::Territorial) && doctor.born.is_some();
    if let (None, Some(index)) = (territory.calendar.year, doctors.iter().position(ages)) {
        doubt(key(index, "born"), DoctorFault::YearNeeded);
    }
}
