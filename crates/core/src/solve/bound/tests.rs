//! No calendar is worth more than the bound, by brute force.

mod brute;
mod decided;
mod forty;
mod tight;
mod turns;
mod uneven;
mod whole_days;

use std::collections::BTreeMap;

use medicobus_roads::{Millis, Position};

use super::*;
use crate::calendar::{Day, Half, HalfDays, Weeks};
use crate::people::{ByProfile, Patients, Share};
use crate::solve::dated::{Anew, Realise, Tree};
use crate::solve::master::Outline;
use crate::solve::meter::{Clock, Meter};
use crate::solve::options::SolveOptions;
use crate::solve::random::Random;
use crate::territory::{
    Activity, ActivityKind, Away, Base, Booking, BookingKind, Capacity, Commune, Doctor, Published,
    PublishedSession, ReachBand, RuleKind, RuleName, Soft, Territory, Vehicle,
};
use crate::times::{TimesSource, TravelTimes, Trip};

const MIDDLE: Position = Position { lat: 45.0, lon: 5.0 };

fn half_days(words: &[&str]) -> HalfDays {
    words.iter().filter_map(|word| HalfDays::parse_word(word)).fold(HalfDays::NONE, HalfDays::union)
}

fn weeks(of: &[u32]) -> Weeks {
    of.iter().fold(Weeks::NONE, |set, &week| set.with(week))
}

/// A territory with so many sites, one a commune, all of them minutes apart, and its travel times.
fn near_each_other(sites: usize, vehicles: usize) -> (Territory, TravelTimes) {
    let commune = |rank: usize| Commune {
        code: format!("260{rank:02}"),
        name: format!("Commune {rank}"),
        position: MIDDLE,
        population: None,
        patients: ByProfile {
            ald: Patients(30.0 + 10.0 * rank as f64),
            elderly: Patients(40.0),
            other: Patients(100.0),
        },
        zone: None,
    };
    let communes: Vec<Commune> = (0..sites).map(commune).collect();
    let places = Territory::default_sites(&communes);
    let buses = (0..vehicles).map(|bus| Vehicle::new(&format!("bus-{bus}"), Base::At(MIDDLE))).collect();
    let mut territory = Territory::new("Tiny", communes, places, buses);
    territory.care.reach = vec![
        ReachBand { within: Millis::from_minutes(10), share: Share(1.0) },
        ReachBand { within: Millis::from_minutes(20), share: Share(0.5) },
    ];
    let mut times = TravelTimes::new(TimesSource::Table);
    let trip = |minutes| Trip { time: Millis::from_minutes(minutes), length: None, ferry: false };
    for a in 0..sites {
        for b in (0..sites).filter(|&b| b != a) {
            times.insert(&format!("260{a:02}"), &format!("260{b:02}"), trip(12 + 5 * (a + b) as u32));
        }
        for bus in 0..vehicles {
            times.insert(&format!("base:bus-{bus}"), &format!("260{a:02}"), trip(20));
            times.insert(&format!("260{a:02}"), &format!("base:bus-{bus}"), trip(20));
        }
    }
    (territory, times)
}

fn soft(territory: &mut Territory, kind: RuleKind, subject: Option<&str>, price: f64) {
    territory.rules.soft.push(Soft { rule: RuleName::new(kind, subject), price });
}

fn booking(kind: BookingKind, site: Option<usize>, half_days: HalfDays) -> Booking {
    Booking {
        kind,
        vehicle: None,
        site: site.map(|site| format!("260{site:02}")),
        weeks: Weeks::ALL,
        half_days,
        doctor: None,
        activity: None,
    }
}

/// Bounds the value of every plan of a problem in one detail.
fn bound(
    problem: &Problem,
    demand: &Demand,
    detail: Detail,
    target: Target,
    realise: Realise<'_>,
    meter: &Meter<'_>,
) -> Proof {
    let Some(master) = whole(problem, demand, detail) else { return Proof::of_nothing() };
    some_plan(match Tree::plant(&master, target, meter) {
        Ok(mut tree) => {
            tree.tighten_root();
            tree.go_on(target, u64::MAX, realise)
        }
        Err(proof) => proof,
    })
}

fn bounded(problem: &Problem, known: f64, nodes: usize, realise: Realise<'_>) -> Proof {
    let options = SolveOptions { time_limit: None, ..SolveOptions::default() };
    let clock = Clock::new(&options, &|_| {});
    let demand = crate::solve::roster::demand(problem);
    let (mut least, mut known) = (Proof::of_nothing(), known);
    for detail in [Detail::Counted, Detail::Dated, Detail::Paired] {
        let target = Target { known, gap: 1e-6, nodes };
        let mut keep = |counts: &[Vec<u32>], outline: &Outline, enough: f64| {
            let value = realise(counts, outline, enough);
            known = value.map_or(known, |value| value.max(known));
            value
        };
        let proof = bound(problem, &demand, detail, target, &mut keep, &Meter::new(&clock, 1.0));
        if proof.bound < least.bound {
            least = proof;
        }
    }
    least
}

/// A random territory with some rules of each sort, hard or at a price.
fn random_territory(random: &mut Random) -> (Territory, TravelTimes) {
    let vehicles = 1 + usize::from(random.unit() < 0.3);
    let sites = if vehicles == 1 { 2 + random.below(2) } else { 2 };
    let (mut territory, times) = near_each_other(sites, vehicles);
    territory.calendar.cycle_weeks = 1 + random.below(2) as u32;
    let cycle = territory.calendar.cycle_weeks as usize;
    let chance = |random: &mut Random, of: f64| random.unit() < of;
    for commune in &mut territory.communes {
        commune.patients.ald = Patients(random.below(40) as f64);
        commune.patients.other = Patients(random.below(200) as f64);
    }
    territory.care.capacity = match random.below(4) {
        0 => Capacity::Unlimited,
        1 => Capacity::Timed { setup: Millis::from_minutes(30), mean: 5000.0 },
        _ => Capacity::PerHalfDay(1.0 + 0.5 * random.below(9) as f64),
    };
    if chance(random, 0.3) {
        territory.calendar.morning.end = crate::calendar::Clock::at(12, 0);
    }
    territory.care.unscheduled_share = if chance(random, 0.3) { 0.1 } else { 0.0 };
    territory.rules.one_vehicle_per_site = chance(random, 0.6);
    // At most five half-days of vehicles in all.
    let words: &[&[&str]] = match (vehicles * cycle, random.below(3)) {
        (1, 0) => &[&["mon", "tue-am", "thu"]],
        (1, _) => &[&["mon", "wed"]],
        (2, 0) => &[&["mon"], &["tue"]],
        (2, 1) => &[&["mon-am", "wed-pm"], &["mon"]],
        (2, _) => &[&["mon-am", "thu-am"], &["mon-am", "mon-pm"], &["mon-pm", "tue-am"]],
        _ => &[&["mon-am"], &["tue-pm"]],
    };
    for (rank, vehicle) in territory.vehicles.iter_mut().enumerate() {
        vehicle.days = half_days(words[(rank + random.below(2)) % words.len()]);
        if cycle == 2 && chance(random, 0.2) {
            vehicle.weeks = weeks(&[1 + random.below(2) as u32]);
        }
        if chance(random, 0.2) {
            vehicle.half_days_per_week = Some(1 + random.below(2) as u32);
        }
    }
    for site in &mut territory.sites {
        if chance(random, 0.15) {
            site.weeks = weeks(&[1]);
        }
        site.required = chance(random, 0.2);
        if chance(random, 0.2) {
            site.every = Some(1 + random.below(cycle) as u32);
        }
        if chance(random, 0.15) {
            site.visits = Some(1 + random.below(2) as u32);
        }
        if chance(random, 0.25) {
            site.max_gap = Some([3, 4, 7, 8, 10][random.below(5)]);
        }
        site.max_half_days = chance(random, 0.2).then_some(2);
    }
    if chance(random, 0.6) {
        let gp = |id: &str, random: &mut Random| {
            let mut doctor = Doctor::new(id);
            if random.unit() < 0.5 {
                doctor.days =
                    half_days([&["mon-am", "wed", "thu"][..], &["mon-pm", "tue"], &["mon"]][random.below(3)]);
            }
            if random.unit() < 0.2 {
                doctor.away = vec![Away { weeks: weeks(&[1]), half_days: half_days(&["mon-am"]) }];
            }
            doctor.half_days_per_week = (random.unit() < 0.3).then(|| 1 + random.below(2) as u32);
            doctor.half_days_per_cycle = (random.unit() < 0.3).then(|| 1 + random.below(3) as u32);
            if random.unit() < 0.2 {
                doctor.refuses = vec!["26000".to_owned()];
            }
            if random.unit() < 0.2 {
                doctor.prefers = vec!["26001".to_owned()];
            }
            if random.unit() < 0.1 {
                doctor.departments = Some(vec!["38".to_owned()]);
            }
            doctor
        };
        territory.doctors.push(gp("alix", random));
        if chance(random, 0.7) {
            let mut second = gp("berthe", random);
            if chance(random, 0.4) && !territory.activities.is_empty() {
                second.specialty = Some("extra".to_owned());
            }
            territory.doctors.push(second);
        }
        territory.rules.doctors_per_site = chance(random, 0.4).then_some(1);
    }
    if chance(random, 0.5) {
        let kind = match random.below(3) {
            0 => ActivityKind::Specialty,
            1 => ActivityKind::Prevention,
            _ => ActivityKind::Remote { consultations_per_half_day: 0.5 + 0.5 * random.below(8) as f64 },
        };
        let remote = matches!(kind, ActivityKind::Remote { .. });
        territory.activities.push(Activity {
            id: "extra".to_owned(),
            name: None,
            kind,
            share: if remote || chance(random, 0.5) { 1.0 } else { 0.5 },
            at_least: random.below(2) as u32,
            at_most: chance(random, 0.3).then_some(1),
            sites: chance(random, 0.2).then(|| vec!["26000".to_owned()]),
        });
        territory.rules.prevention_share = if chance(random, 0.5) { 0.5 } else { 0.1 };
        if let Some(last) = territory.doctors.last_mut()
            && last.id == "berthe"
            && chance(random, 0.5)
        {
            match kind {
                ActivityKind::Specialty => last.specialty = Some("extra".to_owned()),
                ActivityKind::Remote { .. } => last.remote = true,
                ActivityKind::Prevention => {}
            }
        }
    }
    for _ in 0..random.below(3) {
        let kind = BookingKind::ALL[random.below(3)];
        let site = (kind != BookingKind::Forbidden || chance(random, 0.5)).then(|| random.below(sites));
        let mut new =
            booking(kind, site, half_days([&["mon-am"][..], &["mon"], &["wed-pm", "tue"]][random.below(3)]));
        if kind == BookingKind::Locked {
            new.half_days = half_days([&["mon-am"][..], &["mon-pm"]][random.below(2)]);
            new.doctor = (!territory.doctors.is_empty() && chance(random, 0.2)).then(|| "alix".to_owned());
            new.activity =
                (!territory.activities.is_empty() && chance(random, 0.2)).then(|| "extra".to_owned());
        }
        if chance(random, 0.3) {
            new.vehicle = Some("bus-0".to_owned());
        }
        if chance(random, 0.3) {
            new.weeks = weeks(&[1]);
        }
        territory.bookings.push(new);
    }
    if chance(random, 0.2) {
        let at = |day, half, site: usize| PublishedSession {
            vehicle: "bus-0".to_owned(),
            week: 1,
            day,
            half,
            site: format!("260{site:02}"),
            doctor: None,
            activity: None,
            specialist: None,
        };
        let sessions =
            vec![at(Day::Mon, Half::Am, random.below(sites)), at(Day::Mon, Half::Pm, random.below(sites))];
        territory.published =
            Some(Published { sessions, max_changes: chance(random, 0.6).then(|| random.below(3) as u32) });
    }
    territory.rules.max_gap = chance(random, 0.25).then(|| [5, 7, 8][random.below(3)]);
    territory.rules.same_time = [None, Some(false), Some(true), Some(true)][random.below(4)];
    for kind in RuleKind::ALL {
        if kind.can_be_soft() && chance(random, 0.45) {
            let price = [0.5, 5.0, 20.0, 100.0][random.below(4)];
            soft(&mut territory, kind, None, price);
        }
    }
    (territory, times)
}

#[test]
fn no_calendar_is_worth_more_than_the_bound() {
    let wanted: usize = std::env::var("CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(60);
    let mut random = Random::new(std::env::var("SEED").ok().and_then(|n| n.parse().ok()).unwrap_or(4));
    let (mut equal, mut root_equal, mut checked, mut empty) = (0, 0, 0, 0);
    while checked < wanted {
        let (territory, times) = random_territory(&mut random);
        let problem = match Problem::new(territory.clone(), &times) {
            Ok(problem) if !problem.is_plain() => problem,
            _ => continue,
        };
        checked += 1;
        let best: BTreeMap<Vec<Vec<u32>>, f64> = brute::best_by_counts(&problem);
        let top = best.values().copied().fold(f64::NEG_INFINITY, f64::max);
        let slack = if top.is_finite() { 1e-6 * top.abs().max(1.0) } else { 0.0 };
        for (nodes, loose) in [(1, false), (300, false), (300, true)] {
            let proof = bounded(&problem, f64::NEG_INFINITY, nodes, &mut |counts, _, _| {
                if loose { None } else { best.get(counts).copied() }
            });
            assert!(
                proof.bound >= top - slack,
                "case {checked}: a calendar is worth {top}, the bound with {nodes} nodes says {} in\n{territory:#?}",
                proof.bound
            );
            if nodes == 1 && proof.bound <= top + slack {
                root_equal += 1;
            }
            if nodes > 1 && !loose {
                if proof.bound <= top + slack {
                    equal += 1;
                } else if std::env::var("SHOW").is_ok() {
                    eprintln!("case {checked}: best {top}, bound {}", proof.bound);
                }
            }
        }
        empty += usize::from(top == f64::NEG_INFINITY);
    }
    eprintln!("{checked} cases, {empty} without a plan: bound equal {equal}, at the root {root_equal}");
    let possible = checked - empty;
    assert!(
        10 * equal >= 8 * possible,
        "the bound is the value of the best calendar in {equal} of {possible}"
    );
}

#[test]
fn what_a_plan_at_hand_lets_be_left_out_is_not_worth_more_than_the_bound() {
    let mut random = Random::new(4);
    let options = SolveOptions { time_limit: None, ..SolveOptions::default() };
    let mut checked = 0;
    while checked < 60 {
        let (territory, times) = random_territory(&mut random);
        let problem = match Problem::new(territory.clone(), &times) {
            Ok(problem) if !problem.is_plain() => problem,
            _ => continue,
        };
        let best = brute::best_by_counts(&problem);
        let top = best.values().copied().fold(f64::NEG_INFINITY, f64::max);
        if !top.is_finite() || top <= 1.0 {
            continue;
        }
        checked += 1;
        let demand = crate::solve::roster::demand(&problem);
        for detail in [Detail::Counted, Detail::Dated, Detail::Paired] {
            for (gap, part) in [
                (0.0, 0.0),
                (1e-4, 0.5),
                (1e-3, 0.8),
                (0.01, 0.2),
                (0.01, 0.5),
                (0.01, 0.8),
                (0.05, 0.7),
                (0.01, 2.0),
                (0.2, 0.5),
            ] {
                let known = top * (1.0 - part * gap);
                let clock = Clock::new(&options, &|_| {});
                let target = Target { known, gap, nodes: 300 };
                let meter = Meter::new(&clock, 1.0);
                let proof = bound(&problem, &demand, detail, target, &mut |_, _, _| None, &meter);
                assert!(
                    proof.bound >= top * (1.0 - 1e-9),
                    "case {checked}, {detail:?}, gap {gap}: the best is worth {top}, with {known} known the bound says {} in\n{territory:#?}",
                    proof.bound
                );
            }
        }
    }
}
