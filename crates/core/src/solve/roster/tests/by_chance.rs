//! Tiny territories in which any rule may hold, hard or at a price.

use medicobus_roads::{Millis, Position};

use crate::calendar::{Day, Half, HalfDays, Hours, Weeks};
use crate::people::{ByProfile, Patients, Share};
use crate::solve::random::Random;
use crate::territory::{
    Activity, ActivityKind, Base, Booking, BookingKind, Capacity, Commune, Doctor, Published,
    PublishedSession, ReachBand, RuleKind, RuleName, Site, Soft, Territory, Vehicle, faults,
};
use crate::times::{TimesSource, TravelTimes, Trip};

const TIMES: [(Day, Half); 3] = [(Day::Mon, Half::Am), (Day::Mon, Half::Pm), (Day::Thu, Half::Am)];

fn chance(random: &mut Random, percent: usize) -> bool {
    random.below(100) < percent
}

fn pick<T: Clone>(random: &mut Random, of: &[T]) -> T {
    of[random.below(of.len())].clone()
}

fn some_times(random: &mut Random, percent: usize) -> HalfDays {
    let times = TIMES.iter().filter(|_| chance(random, percent));
    let set = times.fold(HalfDays::NONE, |set, &(day, half)| set.with(day, half));
    if set.is_empty() { HalfDays::NONE.with(TIMES[0].0, TIMES[0].1) } else { set }
}

fn some_weeks(random: &mut Random, weeks: u32) -> Weeks {
    let week = 1 + random.below(weeks as usize) as u32;
    if chance(random, 60) { Weeks::ALL } else { Weeks::NONE.with(week) }
}

/// At most four slots where there are activities, six where there are none.
pub(in crate::solve::roster) fn territory_by_chance(random: &mut Random) -> (Territory, TravelTimes) {
    loop {
        let territory = by_chance(random);
        if faults(&territory).iter().all(|fault| !fault.is_error()) {
            let times = times(&territory, random);
            return (territory, times);
        }
    }
}

fn by_chance(random: &mut Random) -> Territory {
    let communes: Vec<Commune> = (0..3).map(|rank| commune(rank, random)).collect();
    let mut sites: Vec<Site> = communes.iter().map(|commune| Site::at_centre(&commune.code)).collect();
    let with_activity = chance(random, 40);
    let weeks = 2;
    if with_activity || chance(random, 50) {
        sites.truncate(2);
    }
    for site in &mut sites {
        rhythm(site, weeks, random);
    }
    let base = Base::Commune(communes[0].code.clone());
    let mut vehicles = vec![Vehicle::new("bus-1", base.clone())];
    vehicles[0].days = some_times(random, if with_activity { 60 } else { 85 });
    if with_activity && vehicles[0].days.len() > 2 {
        vehicles[0].days = HalfDays::NONE.with(Day::Mon, Half::Am).with(Day::Thu, Half::Am);
    }
    if !with_activity && chance(random, 40) {
        vehicles[0].days = HalfDays::NONE.with(Day::Mon, Half::Am).with(Day::Thu, Half::Am);
        let mut second = Vehicle::new("bus-2", base);
        second.days = HalfDays::NONE.with(Day::Mon, Half::Am);
        vehicles.push(second);
    }
    for vehicle in &mut vehicles {
        vehicle.max_drive_per_day = Millis::from_minutes(pick(random, &[30, 60, 120]));
        vehicle.half_days_per_week = chance(random, 20).then_some(1);
        vehicle.weeks = if chance(random, 15) { Weeks::NONE.with(2) } else { Weeks::ALL };
        vehicle.morning = chance(random, 20).then(|| Hours::new((9, 30), (11, 30)));
    }
    let mut territory = Territory::new("by chance", communes, sites, vehicles);
    territory.calendar.cycle_weeks = weeks;
    let band = |minutes, share| ReachBand { within: Millis::from_minutes(minutes), share: Share(share) };
    territory.care.reach = vec![band(10, 1.0), band(20, 0.5)];
    territory.care.capacity = pick(
        random,
        &[
            Capacity::PerHalfDay(9.0),
            Capacity::PerHalfDay(3.5),
            Capacity::Timed { setup: Millis::from_minutes(30), mean: 1500.0 },
        ],
    );
    territory.care.unscheduled_share = pick(random, &[0.0, 0.0, 0.1]);
    let rules = &mut territory.rules;
    rules.one_vehicle_per_site = chance(random, 50);
    rules.max_gap = chance(random, 10).then_some(10);
    rules.same_time = pick(random, &[None, None, Some(true), Some(false)]);
    rules.doctors_per_site = chance(random, 30).then_some(1);
    rules.prevention_share = pick(random, &[0.1, 0.3, 0.5]);
    if with_activity {
        territory.activities = vec![activity("more", &territory.sites, random)];
    }
    if with_activity || chance(random, 60) {
        territory.doctors = doctors(&territory, random);
    }
    for _ in 0..random.below(3) {
        let booking = booking(&territory, random);
        territory.bookings.push(booking);
    }
    if chance(random, 20) {
        territory.published = Some(published(&territory, random));
    }
    for kind in RuleKind::ALL.into_iter().filter(|kind| kind.can_be_soft()) {
        if chance(random, 35) {
            let price = pick(random, &[1.0, 20.0, 150.0]);
            territory.rules.soft.push(Soft { rule: RuleName::new(kind, None), price });
        }
    }
    if with_activity && chance(random, 35) {
        second_activity(&mut territory, random);
    }
    territory
}

/// One more activity, and one site, so that there are few calendars all the same.
fn second_activity(territory: &mut Territory, random: &mut Random) {
    territory.sites.truncate(1);
    let other = activity("other", &territory.sites, random);
    if other.kind == ActivityKind::Specialty {
        let days = some_times(random, 80);
        let specialist = Doctor { specialty: Some("other".to_owned()), days, ..Doctor::new("c") };
        territory.doctors.push(specialist);
    }
    territory.activities.push(other);
}

fn commune(rank: usize, random: &mut Random) -> Commune {
    let mut patients = |most: usize| Patients(random.below(most + 1) as f64);
    Commune {
        code: ["01001", "01002", "02001"][rank].to_owned(),
        name: format!("Commune {rank}"),
        position: Position::new(45.0 + 0.05 * rank as f64, 5.0).unwrap(),
        population: None,
        patients: ByProfile { ald: patients(40), elderly: patients(60), other: patients(100) },
        zone: None,
    }
}

fn rhythm(site: &mut Site, weeks: u32, random: &mut Random) {
    site.required = chance(random, 15);
    site.every = chance(random, 20).then(|| 1 + random.below(2) as u32);
    site.visits = chance(random, 20).then(|| 1 + random.below(2) as u32);
    site.max_gap = chance(random, 15).then(|| pick(random, &[7, 10, 11]));
    site.min_half_days = chance(random, 20).then_some(2);
    site.max_half_days = chance(random, 20).then_some(3);
    if chance(random, 20) {
        site.weeks = some_weeks(random, weeks);
    }
    if chance(random, 25) {
        site.open = some_times(random, 60);
    }
}

fn activity(id: &str, sites: &[Site], random: &mut Random) -> Activity {
    let kind = pick(
        random,
        &[
            ActivityKind::Specialty,
            ActivityKind::Specialty,
            ActivityKind::Prevention,
            ActivityKind::Remote { consultations_per_half_day: 5.0 },
        ],
    );
    let whole = matches!(kind, ActivityKind::Remote { .. });
    Activity {
        id: id.to_owned(),
        name: None,
        kind,
        share: if whole { 1.0 } else { pick(random, &[1.0, 0.5, 0.25]) },
        at_least: random.below(3) as u32,
        at_most: chance(random, 30).then_some(2),
        sites: chance(random, 20).then(|| vec![sites[0].id.clone()]),
    }
}

fn doctors(territory: &Territory, random: &mut Random) -> Vec<Doctor> {
    let mut doctors: Vec<Doctor> = ["a", "b"].map(Doctor::new).to_vec();
    for doctor in &mut doctors {
        doctor.days = some_times(random, 80);
        doctor.weeks = if chance(random, 10) { Weeks::NONE.with(1) } else { Weeks::ALL };
        doctor.half_days_per_week = chance(random, 20).then_some(1);
        doctor.half_days_per_cycle = chance(random, 20).then_some(3);
        doctor.departments = chance(random, 25).then(|| vec!["01".to_owned()]);
        doctor.remote = chance(random, 10);
        let site = || territory.sites[territory.sites.len() - 1].id.clone();
        doctor.refuses = if chance(random, 15) { vec![site()] } else { Vec::new() };
        doctor.prefers = if chance(random, 15) { vec![site()] } else { Vec::new() };
    }
    if !territory.activities.is_empty() && territory.activities[0].kind == ActivityKind::Specialty {
        doctors[1].specialty = Some("more".to_owned());
        doctors[1].remote = false;
    }
    doctors
}

fn booking(territory: &Territory, random: &mut Random) -> Booking {
    let kind = pick(random, &BookingKind::ALL);
    let named = kind != BookingKind::Forbidden || chance(random, 70);
    let locked = kind == BookingKind::Locked;
    let site = territory.sites[random.below(territory.sites.len())].id.clone();
    let (day, half) = pick(random, &TIMES);
    Booking {
        kind,
        vehicle: chance(random, 30).then(|| territory.vehicles[0].id.clone()),
        site: named.then_some(site),
        weeks: some_weeks(random, 2),
        half_days: if locked { HalfDays::NONE.with(day, half) } else { some_times(random, 50) },
        doctor: (locked && chance(random, 30))
            .then(|| territory.doctors.first().map(|doctor| doctor.id.clone()))
            .flatten(),
        activity: None,
    }
}

fn published(territory: &Territory, random: &mut Random) -> Published {
    let sessions = (0..2).map(|rank| {
        let (day, half) = pick(random, &TIMES);
        PublishedSession {
            vehicle: territory.vehicles[0].id.clone(),
            week: 1 + rank,
            day,
            half,
            site: territory.sites[random.below(territory.sites.len())].id.clone(),
            doctor: None,
            activity: None,
            specialist: None,
        }
    });
    Published { sessions: sessions.collect(), max_changes: chance(random, 50).then_some(2) }
}

fn times(territory: &Territory, random: &mut Random) -> TravelTimes {
    let mut times = TravelTimes::new(TimesSource::Table);
    let mut trip = |most: usize| Trip {
        time: Millis::from_minutes(5 + random.below(most) as u32),
        length: None,
        ferry: false,
    };
    let codes: Vec<&str> = territory.communes.iter().map(|commune| commune.code.as_str()).collect();
    for from in &codes {
        for to in codes.iter().filter(|to| *to != from) {
            times.insert(from, to, trip(25));
        }
        for vehicle in &territory.vehicles {
            let base = format!("base:{}", vehicle.id);
            times.insert(&base, from, trip(30));
            times.insert(from, &base, trip(30));
        }
    }
    times
}
