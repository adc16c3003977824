//! The search against every calendar there is, on tiny territories in which all rules may bind by chance.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop")]

mod among;
mod by_chance;
mod conflicts;
mod counts;
mod every_calendar;
mod many;
mod scarce;
mod valued;
mod wishes;

use std::num::NonZeroUsize;

use crate::problem::Problem;
use crate::solve::random::Random;
use crate::solve::{Solution, SolveOptions, solve};
pub(super) use by_chance::territory_by_chance;
pub(super) use every_calendar::best_of_all;

fn solved(problem: &Problem, threads: usize) -> Solution {
    let options = SolveOptions {
        time_limit: None,
        gap: 0.0,
        threads: NonZeroUsize::new(threads),
        ..SolveOptions::default()
    };
    solve(problem, &options, &|_| {})
}

fn value(solution: &Solution) -> f64 {
    solution.plan.value()
}

#[test]
fn the_best_of_all_calendars_is_found() {
    for seed in 0..60 {
        let (territory, times) = territory_by_chance(&mut Random::new(seed));
        let problem = Problem::new(territory, &times).unwrap();
        if problem.is_plain() {
            continue;
        }
        let best = best_of_all(&problem);
        let solution = solved(&problem, 1);
        let told = || {
            let plan = serde_json::to_string(&solution.plan.sessions).unwrap();
            let territory = serde_json::to_string(problem.territory()).unwrap();
            format!("seed {seed}: {plan}\n{:?} {:?}\n{territory}", solution.plan.priced, solution.broken)
        };
        match best {
            None => assert!(!solution.broken.is_empty(), "no calendar keeps all rules; {}", told()),
            Some(best) => {
                let found = value(&solution);
                assert!(solution.broken.is_empty(), "{best} can be had; {}", told());
                assert_eq!(solution.plan.verify(&problem), Ok(()), "{}", told());
                assert!(
                    (found - best).abs() <= 1e-6 * best.abs().max(1.0),
                    "{found}, not {best}; {}",
                    told()
                );
            }
        }
    }
}

#[test]
fn the_plan_does_not_depend_on_the_number_of_threads() {
    let (territory, times) = territory_by_chance(&mut Random::new(7));
    let problem = Problem::new(territory, &times).unwrap();
    let plans = [1, 2, 3].map(|threads| serde_json::to_string(&solved(&problem, threads).plan).unwrap());
    assert_eq!(plans[0], plans[1]);
    assert_eq!(plans[0], plans[2]);
}
