//! The worth that is kept up to date, against that counted from nothing, and against whom the sessions cover.

use super::*;
use crate::people::{ByProfile, Patients, Profile};
use crate::plan::sample;
use crate::problem::Problem;
use crate::solve::cover::value_of;
use crate::solve::flow::tests::random_demand;
use crate::solve::random::Random;
use crate::territory::Capacity;

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-7 * b.abs().max(1.0)
}

/// The objective of these sessions, counted from nothing.
fn objective(demand: &Demand, capacity: Option<f64>, sessions: &[u32]) -> f64 {
    let by_site = demand.by_site();
    let mut worth = Worth::new(demand, &by_site, capacity);
    sessions.iter().enumerate().for_each(|(site, &n)| worth.add(site, n));
    worth.objective()
}

#[test]
fn no_sessions_with_so_many_consultations_in_all_are_worth_more_than_the_ceiling() {
    for seed in 0..300 {
        let mut random = Random::new(seed);
        let groups = 1 + random.below(3);
        let demand = random_demand(&mut random, groups);
        let by_site = demand.by_site();
        let [mut some, mut any] = [(); 2].map(|()| Worth::new(&demand, &by_site, None));
        let mut total = 0.0;
        for site in 0..demand.sites {
            let (open, given) = (random.unit() < 0.6, 30.0 * random.unit());
            if open {
                some.set(site, 1, given);
                any.set(site, 1, 1e12);
                total += given;
            }
        }
        let own = some.ceiling(&some.totals(), f64::INFINITY);
        assert!(close(own, some.objective()), "seed {seed}: {own}, not {}", some.objective());
        let ceiling = any.ceiling(&any.totals(), total);
        assert!(some.objective() <= ceiling + 1e-7, "seed {seed}: {} above {ceiling}", some.objective());
    }
}

#[test]
fn sessions_may_come_and_go_in_any_order() {
    for seed in 0..500 {
        let mut random = Random::new(seed);
        let groups = random.below(4);
        let demand = random_demand(&mut random, groups);
        let capacity = (groups > 0).then(|| 20.0 * random.unit());
        let by_site = demand.by_site();
        let mut worth = Worth::new(&demand, &by_site, capacity);
        for _ in 0..12 {
            let (site, more) = (random.below(demand.sites), 1 + random.below(3) as u32);
            if random.unit() < 0.3 {
                let to = random.below(worth.sessions()[site] as usize + 1) as u32;
                worth.reduce(&[(site, to)]);
            } else {
                let (before, gain) = (worth.objective(), worth.gain(site, more));
                assert!(close(worth.objective(), before), "seed {seed}: a trace is left in {demand:?}");
                worth.add(site, more);
                assert!(close(worth.objective() - before, gain), "seed {seed}: gain {gain} in {demand:?}");
            }
            let again = objective(&demand, capacity, worth.sessions());
            assert!(close(worth.objective(), again), "seed {seed}: {} is {again}", worth.objective());
        }
    }
}

#[test]
fn those_whom_sessions_cover_are_worth_what_the_search_counts() {
    let times = sample::times();
    for seed in 0..300 {
        let mut random = Random::new(seed);
        let mut territory = sample::territory();
        for commune in &mut territory.communes {
            let mut patients = || Patients(if random.unit() < 0.2 { 0.0 } else { 300.0 * random.unit() });
            commune.patients = ByProfile { ald: patients(), elderly: patients(), other: patients() };
        }
        for profile in Profile::ALL {
            territory.care.profiles[profile].weight = [0.0, 1.0, 3.0, 10.0][random.below(4)];
            territory.care.profiles[profile].visits_per_year = [1.0, 3.0, 6.0][random.below(3)];
        }
        territory.care.capacity = match random.below(5) {
            0 => Capacity::Unlimited,
            _ => Capacity::PerHalfDay(0.1 + 20.0 * random.unit()),
        };
        territory.objective.reached = random.unit();
        territory.objective.followed = 0.01 + random.unit();
        let problem = Problem::new(territory, &times).unwrap();
        let demand = Demand::new(&problem);
        let sessions: Vec<u32> = (0..demand.sites).map(|_| random.below(4) as u32).collect();
        let (covered, counted) =
            (value_of(&problem, &sessions).objective, objective(&demand, problem.capacity(), &sessions));
        assert!(close(covered, counted), "seed {seed}: {covered} and {counted} for {sessions:?}");
    }
}
