//! On random territories, what is said of serving a commune comes from plans that keep every rule.

use medicobus_roads::{Cancel, Position};

use super::super::super::sample;
use super::*;
use crate::calendar::{Day, Half, HalfDays};
use crate::people::{ByProfile, Patients};
use crate::plan::Session;
use crate::solve::{SolveOptions, solve};
use crate::territory::{Base, Commune, Territory, Vehicle};
use crate::times::{TimesSource, TravelTimes};

/// Splitmix64.
struct Draw(u64);

impl Draw {
    fn below(&mut self, end: u32) -> u32 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((bits ^ (bits >> 31)) % u64::from(end)) as u32
    }
}

fn commune(name: usize, ald: Patients, other: Patients) -> Commune {
    Commune {
        code: format!("c{name}"),
        name: format!("C{name}"),
        position: Position::new(45.0, 5.0).unwrap(),
        population: None,
        patients: ByProfile { ald, elderly: Patients(0.0), other },
        zone: None,
    }
}

/// Six communes at random minutes of each other, with a site each; `buses` with few half-days.
fn random(seed: u64, buses: u32) -> Problem {
    let mut draw = Draw(seed);
    let mut count = |most| Patients(f64::from(draw.below(most)));
    let communes: Vec<Commune> = (0..6).map(|name| commune(name, count(60), count(300))).collect();
    let mut territory =
        Territory { sites: Territory::default_sites(&communes), communes, ..sample::territory() };
    territory.vehicles.clear();
    for bus in 0..buses {
        let mut vehicle = Vehicle::new(&format!("b{bus}"), Base::At(Position::new(45.0, 5.0).unwrap()));
        vehicle.days =
            [Day::Mon, Day::Tue].into_iter().fold(HalfDays::NONE, |days, day| days.with(day, Half::Am));
        if draw.below(2) == 0 {
            vehicle.days = vehicle.days.with(Day::Mon, Half::Pm);
        }
        vehicle.half_days_per_week = Some(1 + draw.below(2));
        territory.vehicles.push(vehicle);
    }
    territory.calendar.cycle_weeks = 1 + draw.below(2);
    territory.rules.one_vehicle_per_site = draw.below(2) == 0;
    for site in &mut territory.sites {
        site.min_half_days = Some(1 + draw.below(2));
        if draw.below(4) == 0 {
            site.open = HalfDays::NONE.with(Day::Mon, Half::Am).with(Day::Mon, Half::Pm);
        }
    }
    let mut times = TravelTimes::new(TimesSource::Table);
    let sites: Vec<String> = territory.sites.iter().map(|site| site.id.clone()).collect();
    for from in &sites {
        for to in sites.iter().filter(|to| *to != from) {
            times.insert(from, to, sample::trip(5 + draw.below(45)));
        }
        for bus in 0..buses {
            times.insert(&format!("base:b{bus}"), from, sample::trip(5 + draw.below(60)));
            times.insert(from, &format!("base:b{bus}"), sample::trip(5 + draw.below(60)));
        }
    }
    Problem::new(territory, &times).unwrap()
}

fn best(problem: &Problem) -> Plan {
    let options = SolveOptions { time_limit: None, cancel: Cancel::default(), ..SolveOptions::default() };
    solve(problem, &options, &|_| {}).plan
}

#[test]
fn a_plan_that_serves_another_commune_keeps_every_rule() {
    let mut tried = 0;
    for seed in 0..60 {
        let problem = random(seed, 1 + (seed % 2) as u32);
        let plan = best(&problem);
        assert_eq!(plan.verify(&problem), Ok(()), "seed {seed}");
        let calendar = Calendar::of(&problem, &plan);
        let worth = Worth::of(&problem, &calendar);
        for site in (0..6).filter(|&site| calendar.sessions()[site] == 0) {
            if super::super::obstacle::obstacle(&problem, site).is_some() {
                continue;
            }
            let plans = serving(&calendar, site, &worth);
            assert!(!plans.is_empty(), "seed {seed}: no way to serve site {site}");
            for other in plans {
                assert_eq!(other.broken_rule(), None, "seed {seed}, site {site}");
                assert_eq!(other.lacks(site), 0, "seed {seed}, site {site}");
                tried += 1;
            }
        }
    }
    assert!(tried > 100, "only {tried} plans");
}

#[test]
fn no_commune_could_have_been_served_at_a_profit_where_the_plan_is_optimal() {
    for seed in 100..140 {
        let problem = random(seed, 1);
        let plan = best(&problem);
        let slack = plan.bound - plan.objective + 1e-6 * plan.bound;
        for unserved in plan.unserved(&problem, 6) {
            if let super::super::Reason::Instead(instead) = unserved.reason {
                assert!(instead.loss >= -slack, "seed {seed}: {instead:?} in a plan of gap {}", plan.gap);
            }
        }
    }
}

/// Two buses with a site for each of their mornings: c0 to c5 for the first, from Monday to Saturday, c6 to c12 for
/// the second. A site needs seven half-days where `least` is 7, and few people live where the first bus goes.
fn every_morning_taken(least: u32) -> (Problem, Plan) {
    let patients = |site| Patients(if site < 6 { 1.0 } else { 100.0 });
    let communes: Vec<Commune> = (0..14).map(|site| commune(site, patients(site), Patients(0.0))).collect();
    let mut territory =
        Territory { sites: Territory::default_sites(&communes), communes, ..sample::territory() };
    territory.sites[13].min_half_days = Some(least);
    let mut times = TravelTimes::new(TimesSource::Table);
    for (vehicle, days) in territory.vehicles.iter_mut().zip([6, 7]) {
        let mornings = Day::ALL.into_iter().take(days);
        vehicle.days = mornings.fold(HalfDays::NONE, |set, day| set.with(day, Half::Am));
        for site in &territory.sites {
            times.insert(&format!("base:{}", vehicle.id), &site.id, sample::trip(20));
            times.insert(&site.id, &format!("base:{}", vehicle.id), sample::trip(20));
        }
    }
    territory.calendar.cycle_weeks = 1;
    let mut plan = sample::plan().0;
    plan.sessions = (0..13)
        .map(|site| Session {
            vehicle: territory.vehicles[usize::from(site >= 6)].id.clone(),
            day: Day::ALL[if site < 6 { site } else { site - 6 }],
            ..sample::session(1, Half::Am, &format!("c{site}"), None)
        })
        .collect();
    (Problem::new(territory, &times).unwrap(), plan)
}

#[test]
fn a_site_that_one_vehicle_alone_may_serve_goes_to_one_that_can_hold_all_its_sessions() {
    let given_up = |least| {
        let (problem, plan) = every_morning_taken(least);
        let instead = Trials::new(&problem, &plan).serve_one_of(&[13]).unwrap();
        instead.instead_of.into_iter().map(|(site, _)| site.id).collect::<Vec<_>>()
    };
    assert_eq!(given_up(6), ["c0", "c1", "c2", "c3", "c4", "c5"]);
    assert_eq!(given_up(7), ["c6", "c7", "c8", "c9", "c10", "c11", "c12"]);
}

impl Calendar<'_> {
    /// The first rule that the calendar breaks, in words.
    fn broken_rule(&self) -> Option<String> {
        let problem = self.problem();
        let mut sessions = vec![0; self.sessions().len()];
        let mut holders = vec![std::collections::BTreeSet::new(); sessions.len()];
        let mut weeks = std::collections::BTreeMap::<_, u32>::new();
        for ((vehicle, week, day), [am, pm]) in self.days() {
            if problem.day_drive(vehicle, am, pm).is_none() {
                return Some(format!("the day {am:?} {pm:?} of vehicle {vehicle} cannot be driven"));
            }
            for (half, site) in Half::ALL.into_iter().zip([am, pm]) {
                let Some(site) = site else { continue };
                if !problem.is_open(vehicle, site, day, half) {
                    return Some(format!("site {site} is closed on {day} {half}"));
                }
                sessions[site] += 1;
                holders[site].insert(vehicle);
                *weeks.entry((vehicle, week)).or_default() += 1;
            }
        }
        let over = weeks.iter().find(|((vehicle, _), count)| **count > problem.weekly_limit(*vehicle));
        let outside = (0..sessions.len()).find(|&site| {
            let (least, most) = problem.session_limits(site);
            sessions[site] > 0 && !(least..=most).contains(&sessions[site])
        });
        let alone = problem.territory().rules.one_vehicle_per_site;
        let shared = holders.iter().position(|holders| alone && holders.len() > 1);
        if sessions != self.sessions() {
            return Some("sessions are miscounted".to_owned());
        }
        over.map(|week| format!("too many half-days in {week:?}"))
            .or(outside.map(|site| format!("{} sessions at site {site}", sessions[site])))
            .or(shared.map(|site| format!("site {site} is shared")))
    }
}
