//! Doctors, activities, bookings, prices and a published calendar for a small territory, by chance.

use medicobus_core::Territory;
use medicobus_core::calendar::{HalfDays, Weeks};
use medicobus_core::territory::{
    Activity, ActivityKind, Away, Booking, BookingKind, Doctor, Fault, Published, PublishedSession, RuleKind,
    RuleName, Soft, faults,
};

use crate::random::Random;

/// Adds people to a territory, such that its own checks accept it.
pub(crate) fn with_people(territory: &Territory, random: &mut Random) -> Territory {
    loop {
        let mut peopled = territory.clone();
        peopled.activities = activities(&peopled, random);
        peopled.doctors = doctors(&peopled, random);
        peopled.bookings = (0..random.below(3)).map(|_| booking(&peopled, random)).collect();
        let published = published(&peopled, random);
        peopled.published = (!published.sessions.is_empty() && random.chance(40)).then_some(published);
        peopled.rules.same_time = random.pick(&[None, None, Some(true), Some(false)]);
        peopled.rules.doctors_per_site = random.chance(30).then(|| random.between(1, 2));
        peopled.rules.max_gap = random.chance(10).then_some(10);
        for kind in RuleKind::ALL.into_iter().filter(|kind| kind.can_be_soft()) {
            if random.chance(40) {
                let price = random.pick(&[1.0, 2.5, 40.0]);
                peopled.rules.soft.push(Soft { rule: RuleName::new(kind, None), price });
            }
        }
        if !faults(&peopled).iter().any(Fault::is_error) {
            return peopled;
        }
    }
}

fn some(days: HalfDays, random: &mut Random) -> HalfDays {
    days.iter().filter(|_| random.chance(70)).fold(HalfDays::NONE, |set, (day, half)| set.with(day, half))
}

fn some_weeks(territory: &Territory, random: &mut Random) -> Weeks {
    let week = random.between(1, territory.calendar.cycle_weeks);
    if random.chance(60) { Weeks::ALL } else { Weeks::NONE.with(week) }
}

fn site(territory: &Territory, random: &mut Random) -> String {
    territory.sites[random.below(territory.sites.len())].id.clone()
}

fn activities(territory: &Territory, random: &mut Random) -> Vec<Activity> {
    let kinds = [
        ("cardio", ActivityKind::Specialty),
        ("screening", ActivityKind::Prevention),
        // Fewer than any half-day gives: the checker knows no activities.
        ("remote", ActivityKind::Remote { consultations_per_half_day: 0.03 }),
    ];
    let mut all = Vec::new();
    for (id, kind) in kinds {
        if random.chance(40) {
            let is_whole = matches!(kind, ActivityKind::Remote { .. });
            all.push(Activity {
                id: id.to_owned(),
                name: random.chance(50).then(|| format!("Activité {id}")),
                kind,
                share: if is_whole { 1.0 } else { random.pick(&[1.0, 0.5]) },
                at_least: u32::from(random.chance(30)),
                at_most: random.chance(30).then_some(2),
                sites: random.chance(20).then(|| vec![site(territory, random)]),
            });
        }
    }
    all
}

fn doctors(territory: &Territory, random: &mut Random) -> Vec<Doctor> {
    let week = territory.vehicles[0].days;
    let mut doctors: Vec<Doctor> =
        (1..=random.between(1, 3)).map(|rank| Doctor::new(&format!("d{rank}"))).collect();
    for doctor in &mut doctors {
        doctor.name = random.chance(50).then(|| format!("Dr {}", doctor.id));
        doctor.days = some(week, random);
        doctor.weeks = some_weeks(territory, random);
        doctor.half_days_per_week = random.chance(30).then(|| random.between(1, 3));
        doctor.half_days_per_cycle = random.chance(30).then(|| random.between(1, 4));
        doctor.prefers = if random.chance(20) { vec![site(territory, random)] } else { Vec::new() };
        doctor.refuses = if random.chance(20) { vec![site(territory, random)] } else { Vec::new() };
        if random.chance(20) {
            let half_days = some(week, random);
            doctor.away = vec![Away { weeks: some_weeks(territory, random), half_days }];
        }
    }
    if territory.activities.iter().any(|activity| activity.id == "cardio") {
        let specialist = Doctor { specialty: Some("cardio".to_owned()), ..Doctor::new("specialist") };
        doctors.push(Doctor { days: some(week, random), ..specialist });
    }
    if territory.activities.iter().any(|activity| activity.id == "remote") && random.chance(50) {
        doctors.push(Doctor { remote: true, days: week, ..Doctor::new("far") });
    }
    doctors
}

fn booking(territory: &Territory, random: &mut Random) -> Booking {
    let kind = random.pick(&BookingKind::ALL);
    let locked = kind == BookingKind::Locked;
    let vehicle = &territory.vehicles[random.below(territory.vehicles.len())];
    let all: Vec<_> = vehicle.days.iter().collect();
    let (day, half) = all[random.below(all.len())];
    Booking {
        kind,
        vehicle: random.chance(50).then(|| vehicle.id.clone()),
        site: (kind != BookingKind::Forbidden || random.chance(60)).then(|| site(territory, random)),
        weeks: some_weeks(territory, random),
        half_days: HalfDays::NONE.with(day, half),
        doctor: (locked && random.chance(50)).then(|| territory.doctors[0].id.clone()),
        activity: None,
    }
}

fn published(territory: &Territory, random: &mut Random) -> Published {
    let vehicle = &territory.vehicles[0];
    let of_week = |week| vehicle.days.iter().map(move |(day, half)| (week, day, half));
    let slots: Vec<_> = (1..=territory.calendar.cycle_weeks).flat_map(of_week).collect();
    let sessions = slots.into_iter().filter(|_| random.chance(50)).collect::<Vec<_>>();
    let sessions = sessions.into_iter().map(|(week, day, half)| PublishedSession {
        vehicle: vehicle.id.clone(),
        week,
        day,
        half,
        site: site(territory, random),
        doctor: random.chance(60).then(|| territory.doctors[0].id.clone()),
        activity: None,
        specialist: None,
    });
    let sessions = sessions.collect();
    Published { sessions, max_changes: random.chance(60).then(|| random.between(0, 4)) }
}
