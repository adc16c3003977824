//! A territory of ordinary size with all rules on.

use super::*;
use crate::territory::Employer;

/// Communes strewn over the plain, every second one with a site, and buses that leave from the largest ones.
fn strewn(communes: usize, buses: usize, cycle: u32, seed: u64) -> (Territory, TravelTimes) {
    let mut random = Random::new(seed);
    let side = (communes as f64 * 15.0).sqrt();
    let at: Vec<(f64, f64)> = (0..communes).map(|_| (side * random.unit(), side * random.unit())).collect();
    let minutes = |a: (f64, f64), b: (f64, f64)| {
        let km = (a.0 - b.0).hypot(a.1 - b.1);
        Millis::from_seconds((km * 80.0 + if km > 0.0 { 60.0 } else { 0.0 }).round()).unwrap()
    };
    let commune = |rank: usize, random: &mut Random| {
        let bell: f64 = (0..12).map(|_| random.unit()).sum::<f64>() - 6.0;
        let without = 60.0 * (1.05 * bell).exp();
        Commune {
            code: format!("26{rank:03}"),
            name: format!("Commune {rank}"),
            position: MIDDLE,
            population: None,
            patients: ByProfile {
                ald: Patients((0.10 * without).round()),
                elderly: Patients((0.08 * without).round()),
                other: Patients((0.82 * without).round()),
            },
            zone: None,
        }
    };
    let all: Vec<Commune> = (0..communes).map(|rank| commune(rank, &mut random)).collect();
    let mut sites = Territory::default_sites(&all);
    sites.truncate(communes / 2);
    let vehicles = (0..buses).map(|bus| Vehicle::new(&format!("bus-{bus}"), Base::At(MIDDLE))).collect();
    let trip = |time| Trip { time, length: None, ferry: false };
    let mut times = TravelTimes::new(TimesSource::Table);
    for (a, commune) in all.iter().enumerate() {
        for (b, site) in sites.iter().enumerate().filter(|&(b, _)| b != a) {
            let time = minutes(at[a], at[b]);
            if time <= Millis::from_minutes(30) {
                times.insert(&commune.code, &site.id, trip(time));
            }
        }
    }
    for bus in 0..buses {
        let base = at[bus * communes / buses];
        for (site, &place) in sites.iter().zip(&at) {
            times.insert(&format!("base:bus-{bus}"), &site.id, trip(minutes(base, place)));
            times.insert(&site.id, &format!("base:bus-{bus}"), trip(minutes(place, base)));
        }
    }
    let mut territory = Territory::new("Strewn", all, sites, vehicles);
    territory.calendar.cycle_weeks = cycle;
    territory.care.reach = [(10, 1.0), (15, 0.6667), (20, 0.3333)]
        .map(|(within, share)| ReachBand { within: Millis::from_minutes(within), share: Share(share) })
        .to_vec();
    let drive = if buses == 1 { 75 } else { 180 };
    territory.vehicles.iter_mut().for_each(|bus| bus.max_drive_per_day = Millis::from_minutes(drive));
    (territory, times)
}

/// Doctors, activities, bookings and a published calendar; a price on some of the rules.
fn with_all_rules(territory: &mut Territory, doctors: usize) {
    let cycle = territory.calendar.cycle_weeks;
    let days: [&[&str]; 5] = [
        &["mon", "tue", "wed"],
        &["wed-pm", "thu", "fri"],
        &["mon", "thu", "fri-am"],
        &["tue", "fri"],
        &["mon", "wed", "thu"],
    ];
    for rank in 0..doctors {
        let mut doctor = Doctor::new(&format!("d{rank}"));
        doctor.days = half_days(days[rank % days.len()]);
        doctor.half_days_per_week = Some(3 + rank as u32 % 2);
        doctor.half_days_per_cycle = (rank % 3 == 0).then_some(3 * cycle);
        doctor.employer = Some(Employer::Territorial);
        doctor.departments = Some(vec!["26".to_owned()]);
        doctor.refuses = vec![territory.sites[rank].id.clone()];
        doctor.prefers = if rank == 1 { vec![territory.sites[2].id.clone()] } else { Vec::new() };
        territory.doctors.push(doctor);
    }
    territory.doctors[doctors - 1].specialty = Some("cardio".to_owned());
    territory.doctors[doctors - 1].half_days_per_cycle = Some(3);
    territory.doctors[1].away = vec![Away { weeks: weeks(&[2]), half_days: half_days(&["thu"]) }];
    let activity = |id: &str, kind, share, at_least| Activity {
        id: id.to_owned(),
        name: None,
        kind,
        share,
        at_least,
        at_most: Some(4),
        sites: None,
    };
    territory.activities = vec![
        activity("cardio", ActivityKind::Specialty, 1.0, 2),
        activity("prevention", ActivityKind::Prevention, 0.5, 1),
        activity("remote", ActivityKind::Remote { consultations_per_half_day: 9.0 }, 1.0, 0),
    ];
    territory.rules.doctors_per_site = Some(1);
    territory.rules.max_gap = Some(14);
    territory.rules.same_time = Some(true);
    territory.sites[0].required = true;
    territory.sites[3].every = Some(1);
    territory.sites[5].every = Some(2);
    territory.sites[4].visits = Some(cycle);
    territory.sites[6].weeks = weeks(&[1]);
    territory.care.unscheduled_share = 0.05;
    territory.calendar.afternoon.end = crate::calendar::Clock::at(17, 30);
    let site = |rank: usize| Some(rank);
    let mut required = booking(BookingKind::Required, site(1), half_days(&["tue-am", "thu-am"]));
    required.site = Some(territory.sites[1].id.clone());
    let mut forbidden = booking(BookingKind::Forbidden, site(2), half_days(&["mon-am"]));
    forbidden.site = Some(territory.sites[2].id.clone());
    let mut locked = booking(BookingKind::Locked, site(7), half_days(&["wed-am"]));
    locked.site = Some(territory.sites[7].id.clone());
    locked.weeks = weeks(&[1]);
    territory.bookings = vec![required, forbidden, locked];
    let published = |rank: usize, day, half| PublishedSession {
        vehicle: "bus-0".to_owned(),
        week: 1,
        day,
        half,
        site: territory.sites[rank].id.clone(),
        doctor: None,
        activity: None,
        specialist: None,
    };
    let sessions = vec![
        published(1, Day::Tue, Half::Am),
        published(3, Day::Fri, Half::Pm),
        published(4, Day::Mon, Half::Am),
    ];
    territory.published = Some(Published { sessions, max_changes: None });
    soft(territory, RuleKind::Changes, None, 0.5);
    soft(territory, RuleKind::SameTime, None, 3.0);
    soft(territory, RuleKind::Prefers, None, 1.0);
    soft(territory, RuleKind::Every, None, 50.0);
}

/// Plans a territory within a limit of work, and looks for its proof.
fn prove(territory: Territory, times: &TravelTimes, name: &str) {
    let problem = Problem::new(territory, times).unwrap();
    let options = SolveOptions { time_limit: None, work_limit: Some(50_000_000), ..SolveOptions::default() };
    let solution = crate::solve::solve(&problem, &options, &|_| {});
    assert_eq!(solution.broken, [], "{name}");
    assert_eq!(solution.plan.verify(&problem), Ok(()), "{name}");
    assert!(solution.plan.gap <= 1e-4, "{name}: {}", solution.plan.gap);
}

#[test]
fn forty_communes_with_all_rules_are_proven() {
    for seed in 0..8 {
        let (mut territory, times) = strewn(40, 1, 2, seed);
        with_all_rules(&mut territory, 5);
        prove(territory, &times, &format!("seed {seed}"));
    }
}

#[test]
fn forty_communes_with_a_price_on_every_rule_are_proven() {
    let (mut territory, times) = strewn(40, 1, 2, 2);
    with_all_rules(&mut territory, 5);
    territory.rules.soft.clear();
    for kind in RuleKind::ALL.into_iter().filter(|kind| kind.can_be_soft()) {
        soft(&mut territory, kind, None, 20.0);
    }
    prove(territory, &times, "all at 20");
}
