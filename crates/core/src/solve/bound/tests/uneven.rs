//! Half-days of unequal length, and activities that take one as a whole.

use super::*;
use crate::calendar::Clock as At;
use crate::solve::interior::Ranges;
use crate::solve::master::{Alone, Shares};

/// A site, and a bus on two days, with two hours in the afternoon and four in the morning.
fn short_afternoons() -> (Territory, TravelTimes) {
    let (mut territory, times) = near_each_other(1, 1);
    territory.calendar.cycle_weeks = 1;
    territory.calendar.afternoon.end = At::at(16, 0);
    territory.care.capacity = Capacity::Timed { setup: Millis::from_minutes(30), mean: 3600.0 };
    territory.vehicles[0].days = half_days(&["mon", "tue"]);
    territory.doctors = vec![Doctor::new("alix"), Doctor::new("berthe")];
    (territory, times)
}

fn extra(kind: ActivityKind, at_least: u32) -> Activity {
    let id = "extra".to_owned();
    Activity { id, name: None, kind, share: 1.0, at_least, at_most: None, sites: None }
}

/// The bound of the root, and the value of the best calendar.
fn root_and_best(territory: &Territory, times: &TravelTimes) -> (f64, f64) {
    let problem = Problem::new(territory.clone(), times).unwrap();
    let top = brute::best_by_counts(&problem).into_values().fold(f64::NEG_INFINITY, f64::max);
    (bounded(&problem, f64::NEG_INFINITY, 1, &mut |_, _, _| None).bound, top)
}

#[test]
fn a_specialty_is_on_the_half_day_of_its_doctor() {
    for (hours, other) in [("mon-am", "mon-pm"), ("mon-pm", "mon-am")] {
        let (mut territory, times) = short_afternoons();
        territory.activities = vec![extra(ActivityKind::Specialty, 1)];
        territory.doctors[1].specialty = Some("extra".to_owned());
        let (root, best) = root_and_best(&territory, &times);
        assert!((root - best).abs() < 1e-3, "whenever it likes: {root}, {best}");
        territory.doctors[1].days = half_days(&[hours]);
        let (root, top) = root_and_best(&territory, &times);
        assert!((root - top).abs() < 1e-3, "{hours}: the root says {root}, the best calendar is worth {top}");
        assert_eq!(top < best - 1e-3, other == "mon-pm", "{hours}: {top}, {best} whenever it likes");
    }
}

#[test]
fn a_specialty_does_not_take_the_half_day_of_another_doctor() {
    let (mut territory, times) = short_afternoons();
    territory.activities = vec![extra(ActivityKind::Specialty, 1)];
    territory.doctors[1].specialty = Some("extra".to_owned());
    // One session on Monday, in the morning or in the afternoon; the others are short whatever it is.
    territory.vehicles[0].days = half_days(&["mon", "wed-pm", "fri-pm"]);
    territory.doctors[0].days = half_days(&["wed-pm", "fri-pm"]);
    territory.doctors[1].days = half_days(&["mon"]);
    let (root, top) = root_and_best(&territory, &times);
    assert!((root - top).abs() < 1e-3, "the root says {root}, the best calendar is worth {top}");
}

#[test]
fn care_at_a_distance_is_on_the_half_day_of_its_doctor() {
    let (mut territory, times) = short_afternoons();
    territory.activities = vec![extra(ActivityKind::Remote { consultations_per_half_day: 1.0 }, 0)];
    territory.doctors[1].remote = true;
    territory.doctors[0].days = half_days(&["mon-pm", "tue"]);
    territory.doctors[1].days = half_days(&["mon-am"]);
    let (root, top) = root_and_best(&territory, &times);
    assert!((root - top).abs() < 1e-3, "the root says {root}, the best calendar is worth {top}");
}

#[test]
fn a_specialist_does_not_share_the_half_day_of_a_doctor_at_a_distance() {
    let (mut territory, times) = short_afternoons();
    let apart = extra(ActivityKind::Remote { consultations_per_half_day: 2.0 }, 0);
    let shared = Activity { id: "shared".to_owned(), share: 0.5, ..extra(ActivityKind::Specialty, 1) };
    territory.activities = vec![apart, shared];
    territory.doctors.push(Doctor::new("claude"));
    territory.vehicles[0].days = half_days(&["mon-am", "tue-am"]);
    territory.doctors[0].days = half_days(&["mon-am"]);
    territory.doctors[1].remote = true;
    territory.doctors[2].specialty = Some("shared".to_owned());
    soft(&mut territory, RuleKind::ActivityAtLeast, None, 900.0);
    let (root, best) = root_and_best(&territory, &times);
    territory.doctors[2].days = half_days(&["tue-am"]);
    let (later, top) = root_and_best(&territory, &times);
    assert!((root - best).abs() < 1e-3, "on Monday: the root says {root}, the best calendar is worth {best}");
    assert!(
        (later - top).abs() < 1e-3,
        "on Tuesday: the root says {later}, the best calendar is worth {top}"
    );
    assert!(top < best - 1e-3, "{top} on Tuesday, {best} on Monday");
}

/// A site with two sessions on Mondays, when there is a general practitioner, or on Tuesdays, when there is a specialist.
fn all_of_one_or_of_the_other() -> (Territory, TravelTimes) {
    let (mut territory, times) = short_afternoons();
    territory.calendar.cycle_weeks = 2;
    territory.rules.same_time = Some(true);
    territory.rules.max_gap = Some(7);
    territory.sites[0].max_half_days = Some(2);
    territory.activities = vec![extra(ActivityKind::Specialty, 1)];
    soft(&mut territory, RuleKind::ActivityAtLeast, None, 900.0);
    territory.vehicles[0].days = half_days(&["mon-am", "tue-am"]);
    territory.doctors[0].days = half_days(&["mon-am"]);
    territory.doctors[1].days = half_days(&["tue-am"]);
    territory.doctors[1].specialty = Some("extra".to_owned());
    (territory, times)
}

#[test]
fn a_site_is_not_left_to_a_specialist_half_of_the_time() {
    let (territory, times) = all_of_one_or_of_the_other();
    let (root, top) = root_and_best(&territory, &times);
    assert!((root - top).abs() < 1e-3, "the root says {root}, the best calendar is worth {top}");
}

#[test]
fn nothing_is_off_once_calendars_are_complete() {
    let (territory, times) = all_of_one_or_of_the_other();
    let problem = Problem::new(territory, &times).unwrap();
    let options = SolveOptions { time_limit: None, ..SolveOptions::default() };
    let clock = Clock::new(&options, &|_| {});
    let (demand, meter) = (crate::solve::roster::demand(&problem), Meter::new(&clock, 1.0));
    let master = whole(&problem, &demand, Detail::Dated).unwrap();
    let (mut alone, ranges) = (Alone::default(), Ranges::of(&master.program));
    let mut shares = Shares::new(&master, &mut alone, &[], (&ranges, f64::INFINITY), &meter);
    while !shares.is_done() {
        shares.sweep(&alone, &meter);
    }
    let (lost, raises) = shares.off();
    // The specialist's session would be worth 900, more than it costs at first to be off.
    assert!(lost < 1.0 && raises > 0, "{lost} is lost by what is off, after {raises} raises");
}

#[test]
fn no_calendar_with_uneven_half_days_is_worth_more_than_the_bound() {
    let wanted: u64 = std::env::var("CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(160);
    let first: u64 = std::env::var("SEED").ok().and_then(|n| n.parse().ok()).unwrap_or(0);
    let (mut equal, mut held) = (0, 0_u64);
    for seed in first..first + wanted {
        let random = &mut Random::new(seed);
        let vehicles = 1 + usize::from(random.unit() < 0.4);
        let (mut territory, times) = near_each_other(2, vehicles);
        territory.calendar.cycle_weeks = 1;
        territory.calendar.afternoon.end = At::at(15 + random.below(3) as u32, 0);
        territory.care.capacity = Capacity::Timed { setup: Millis::from_minutes(30), mean: 3600.0 };
        territory.rules.one_vehicle_per_site = random.unit() < 0.5;
        let days: [&[&str]; 4] = [&["mon"], &["mon", "tue-am"], &["mon-pm", "tue"], &["mon-am", "wed-pm"]];
        for vehicle in &mut territory.vehicles {
            vehicle.days = half_days(days[if vehicles == 1 { random.below(4) } else { 3 * random.below(2) }]);
        }
        if vehicles == 2 && random.unit() < 0.5 {
            // Their mornings are not as long as each other's.
            territory.vehicles[1].morning =
                Some(crate::calendar::Hours { start: At::at(10, 0), end: At::at(12, 0) });
        }
        let hours: [&[&str]; 5] =
            [&["mon-am", "wed"], &["mon-pm", "tue-am"], &["tue", "wed"], &["mon"], &["mon", "tue", "wed"]];
        for id in ["alix", "berthe", "claude"].into_iter().take(2 + random.below(2)) {
            territory.doctors.push(Doctor { days: half_days(hours[random.below(5)]), ..Doctor::new(id) });
        }
        let kind = match random.below(3) {
            0 => ActivityKind::Remote { consultations_per_half_day: 1.0 + random.below(4) as f64 },
            _ => ActivityKind::Specialty,
        };
        match kind {
            ActivityKind::Specialty => territory.doctors[0].specialty = Some("extra".to_owned()),
            _ => territory.doctors[0].remote = true,
        }
        let share = if kind == ActivityKind::Specialty && random.unit() < 0.3 { 0.5 } else { 1.0 };
        territory.activities = vec![Activity { share, ..extra(kind, random.below(2) as u32) }];
        if share < 1.0 && random.unit() < 0.5 {
            let kind = ActivityKind::Remote { consultations_per_half_day: 1.0 + random.below(4) as f64 };
            territory.activities.push(Activity { id: "remote".to_owned(), ..extra(kind, 0) });
            territory.doctors[1].remote = true;
        }
        for kind in [RuleKind::ActivityAtLeast, RuleKind::DoctorHours, RuleKind::DoctorNeeded] {
            if random.unit() < 0.4 {
                soft(&mut territory, kind, None, [0.5, 5.0, 50.0][random.below(3)]);
            }
        }
        let problem = Problem::new(territory.clone(), &times).unwrap();
        let best = brute::best_by_counts(&problem);
        let top = best.values().copied().fold(f64::NEG_INFINITY, f64::max);
        let proof = bounded(&problem, f64::NEG_INFINITY, 60, &mut |counts, _, _| best.get(counts).copied());
        assert!(proof.bound >= top - 1e-6, "seed {seed}: bound {}, best {top}: {territory:#?}", proof.bound);
        held += u64::from(top.is_finite());
        equal += u64::from(top.is_finite() && proof.bound <= top + 1e-6 * top.abs());
    }
    assert!(
        2 * held > wanted && 10 * equal >= 9 * held,
        "the bound is the value of the best calendar in {equal} of {held}"
    );
}
