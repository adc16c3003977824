//! What other programs rely on when they embed the libraries: types that cross threads, and that they can store.

#![allow(clippy::unwrap_used, reason = "a test may stop")]

#[path = "common/random.rs"]
mod random;
#[path = "common/random_territory.rs"]
mod random_territory;

use medicobus_core::plan::{Indicators, PLAN_FORMAT, Plan, Violation};
use medicobus_core::problem::PROBLEM_FORMAT;
use medicobus_core::solve::{Event, Solution};
use medicobus_core::territory::{Fault, ReadError, Sources};
use medicobus_core::{Problem, SolveOptions, Territory, TravelTimes, solve};
use medicobus_roads::{Cancel, RoadNetwork};
use random::Random;
use random_territory::{Size, random_territory};
use serde_json::{Value, json};

#[test]
fn values_cross_threads() {
    const fn crosses<T: Send + Sync + 'static>() {}
    const {
        crosses::<Territory>();
        crosses::<Sources>();
        crosses::<Fault>();
        crosses::<ReadError>();
        crosses::<RoadNetwork>();
        crosses::<medicobus_roads::Error>();
        crosses::<TravelTimes>();
        crosses::<Problem>();
        crosses::<SolveOptions>();
        crosses::<Cancel>();
        crosses::<Event>();
        crosses::<Solution>();
        crosses::<Plan>();
        crosses::<Indicators>();
        crosses::<Violation>();
    }
}

fn territories() -> impl Iterator<Item = (Territory, TravelTimes)> {
    (0..50).map(|seed| random_territory(&mut Random(seed), Size { vehicles: 2, half_days: 6 }))
}

macro_rules! back {
    ($value:expr) => {
        serde_json::from_str(&serde_json::to_string($value).unwrap()).unwrap()
    };
}

#[test]
fn what_is_stored_is_what_is_read_back() {
    for (territory, times) in territories() {
        let again: Territory = back!(&territory);
        assert_eq!(again, territory);
        let again: TravelTimes = back!(&times);
        assert_eq!(again, times);
        let problem = Problem::new(territory, &times).unwrap();
        let same: Problem = back!(&problem);
        assert_eq!((same.territory(), same.times()), (problem.territory(), problem.times()));
        assert_eq!(same.digest(), problem.digest());
        let options = SolveOptions { work_limit: Some(1_000), ..SolveOptions::default() };
        let plan = solve(&problem, &options, &|_| {}).plan;
        let again: Plan = back!(&plan);
        assert_eq!(again, plan);
        assert_eq!(plan.verify(&same), Ok(()));
    }
}

#[test]
fn stored_problems_and_plans_state_their_format() {
    let (territory, times) = territories().next().unwrap();
    let problem = Problem::new(territory, &times).unwrap();
    let stored = serde_json::to_value(&problem).unwrap();
    assert_eq!((stored["format"].as_str(), PROBLEM_FORMAT), (Some(PROBLEM_FORMAT), "medicobus-problem/1"));
    let plan = solve(&problem, &SolveOptions::default(), &|_| {}).plan;
    let stored = serde_json::to_value(&plan).unwrap();
    assert_eq!((stored["format"].as_str(), PLAN_FORMAT), (Some(PLAN_FORMAT), "medicobus-plan/1"));
}

#[test]
fn a_stored_problem_is_checked_when_it_is_read() {
    let (territory, times) = territories().next().unwrap();
    let sound = serde_json::to_value(Problem::new(territory, &times).unwrap()).unwrap();
    let refusal = |path: &str, value: Value| {
        let mut broken = sound.clone();
        *broken.pointer_mut(path).unwrap() = value;
        serde_json::from_value::<Problem>(broken).err().map(|error| error.to_string())
    };
    assert_eq!(refusal("/territory/name", json!("another")), None);
    for (path, value, word) in [
        ("/format", json!("medicobus-problem/99"), "medicobus-problem/99"),
        ("/territory/communes/0/patients/ald", json!(-1.0), "-1"),
        ("/territory/sites/0/commune", json!("nowhere"), "nowhere"),
        ("/territory/calendar/cycle_weeks", json!(0), "0"),
    ] {
        let message = refusal(path, value).unwrap_or_else(|| panic!("{path} was accepted"));
        assert!(message.contains(word), "{path}: {message}");
    }
}
