//! The solver against every calendar there is, on small territories in which all rules bind by chance.

#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "a test may stop, and says what it measured")]

#[path = "common/brute_force.rs"]
mod brute_force;
#[path = "common/random.rs"]
mod random;
#[path = "common/random_territory.rs"]
mod random_territory;
#[path = "common/simplex.rs"]
mod simplex;

use brute_force::{BruteForce, Sessions};
use medicobus_core::plan::{Plan, Status};
use medicobus_core::times::TravelTimes;
use medicobus_core::{Problem, SolveOptions, Territory, solve};
use random::Random;
use random_territory::{Size, random_territory};

/// What is left of rounding, as a part of a value.
const ROUNDING: f64 = 1e-9;

/// A territory, with what tells it apart when it fails.
struct Case {
    seed: u64,
    territory: Territory,
    times: TravelTimes,
    problem: Problem,
}

impl Case {
    fn new(seed: u64, size: Size) -> Case {
        let (territory, times) = random_territory(&mut Random(seed), size);
        let problem = Problem::new(territory.clone(), &times).unwrap();
        Case { seed, territory, times, problem }
    }

    fn solve(&self, work_limit: Option<u64>) -> Plan {
        let options = SolveOptions { gap: 1e-9, work_limit, time_limit: None, ..SolveOptions::default() };
        let plan = solve(&self.problem, &options, &|_| {}).plan;
        let verified = plan.verify(&self.problem);
        self.check(verified.is_ok(), || format!("{verified:?} in {}", serde_json::to_string(&plan).unwrap()));
        plan
    }

    fn check(&self, holds: bool, what: impl Fn() -> String) {
        assert!(
            holds,
            "seed {}: {}\nterritory: {}\ntimes: {}",
            self.seed,
            what(),
            serde_json::to_string(&self.territory).unwrap(),
            serde_json::to_string(&self.times).unwrap()
        );
    }

    /// No plan beats the optimum, and no bound is below it.
    fn check_between(&self, plan: &Plan, optimum: f64) {
        let slack = ROUNDING * optimum;
        self.check(plan.objective <= optimum + slack, || {
            format!("objective {} over the optimum {optimum}", plan.objective)
        });
        self.check(optimum > 0.0 || plan.objective == 0.0 && plan.bound.is_sign_positive(), || {
            format!("objective {} and bound {} where nothing can be had", plan.objective, plan.bound)
        });
        self.check(plan.bound >= optimum - slack, || {
            format!("bound {} ({:?}) under the optimum {optimum}", plan.bound, plan.bound_method)
        });
    }

    /// Each vehicle drives no more than its sessions take.
    fn check_driving(&self, plan: &Plan, all: &BruteForce<'_>) {
        for (vehicle, calendars) in self.territory.vehicles.iter().zip(&all.by_vehicle) {
            let mut sessions = Sessions::default();
            for session in plan.sessions.iter().filter(|session| session.vehicle == vehicle.id) {
                sessions[self.territory.sites.iter().position(|site| site.id == session.site).unwrap()] += 1;
            }
            let days = plan.days.iter().filter(|day| day.vehicle == vehicle.id);
            let drive: u64 = days.map(|day| u64::from(day.drive.0)).sum();
            self.check(drive == calendars[&sessions], || {
                format!("{} drives {drive} ms where {} do: {sessions:?}", vehicle.id, calendars[&sessions])
            });
        }
    }
}

fn close(found: f64, optimum: f64) -> bool {
    (found - optimum).abs() <= 1e-6 * optimum
}

#[test]
fn one_vehicle_is_planned_as_well_as_can_be() {
    for seed in 0..400 {
        let case = Case::new(seed, Size { vehicles: 1, half_days: 12 });
        let all = BruteForce::new(&case.territory, &case.times);
        let optimum = all.optimum();
        let plan = case.solve(None);
        case.check_between(&plan, optimum);
        case.check(close(plan.objective, optimum), || format!("{} where {optimum} can be", plan.objective));
        case.check(plan.status == Status::Optimal, || format!("not proven: bound {}", plan.bound));
        case.check(close(plan.bound, optimum), || format!("bound {} over {optimum}", plan.bound));
        // Over several weeks visits that are evenly spread come before driving.
        if case.territory.calendar.cycle_weeks == 1 {
            case.check_driving(&plan, &all);
        }
    }
}

#[test]
fn two_vehicles_are_planned_within_their_bound() {
    let (cases, mut best, mut proven) = (200, 0, 0);
    for seed in 1_000..1_000 + cases {
        let case = Case::new(seed, Size { vehicles: 2, half_days: 8 });
        let all = BruteForce::new(&case.territory, &case.times);
        let optimum = all.optimum();
        let plan = case.solve(None);
        case.check_between(&plan, optimum);
        // Over several weeks visits that are evenly spread come before driving.
        if case.territory.calendar.cycle_weeks == 1 {
            case.check_driving(&plan, &all);
        }
        best += u32::from(close(plan.objective, optimum));
        if plan.status == Status::Optimal {
            proven += 1;
            case.check(plan.objective >= optimum * (1.0 - 1e-4) - ROUNDING, || {
                format!("{} is called optimal where {optimum} can be", plan.objective)
            });
        }
    }
    eprintln!("two vehicles, {cases} cases: {best} as well as can be, {proven} proven");
}

#[test]
fn a_search_cut_short_still_bounds_every_plan() {
    for seed in 2_000..2_060 {
        let size = Size { vehicles: 1 + (seed % 2) as u32, half_days: 4 };
        let case = Case::new(seed, size);
        let optimum = BruteForce::new(&case.territory, &case.times).optimum();
        for work in [0, 10, 100, 1_000, 10_000] {
            case.check_between(&case.solve(Some(work)), optimum);
        }
    }
}
