//! What a caller may rely on whatever the limits: the same plan each time, a plan that keeps every rule, a bound that
//! holds, and nothing lost of a plan to start from.

#![allow(clippy::unwrap_used, reason = "a test may stop")]

#[path = "common/random.rs"]
mod random;
#[path = "common/random_territory.rs"]
mod random_territory;
#[path = "common/scattered.rs"]
mod scattered;

use std::num::NonZeroUsize;
use std::sync::Mutex;
use std::time::Duration;

use medicobus_core::plan::{Plan, Status};
use medicobus_core::solve::{Event, Solution, Stop};
use medicobus_core::{Problem, SolveOptions, solve};
use medicobus_roads::Cancel;
use random::Random;
use random_territory::{Size, random_territory};
use scattered::scattered;

/// Unlimited by the clock, so that nothing depends on the machine, and never content with a gap.
fn options() -> SolveOptions {
    SolveOptions { time_limit: None, gap: 0.0, ..SolveOptions::default() }
}

/// Solves, and checks what holds for every solution.
fn sound(problem: &Problem, options: &SolveOptions) -> Solution {
    let solution = solve(problem, options, &|_| {});
    assert_eq!(solution.plan.verify(problem), Ok(()), "{options:?}");
    solution
}

fn bytes(plan: &Plan) -> String {
    serde_json::to_string(plan).unwrap()
}

fn small(seed: u64) -> Problem {
    let size = Size { vehicles: 1 + (seed % 2) as u32, half_days: 6 };
    let (territory, times) = random_territory(&mut Random(seed), size);
    Problem::new(territory, &times).unwrap()
}

/// One vehicle, and several over two weeks.
fn ordinary() -> [Problem; 2] {
    [scattered(20, 1, 1, &mut Random(1)), scattered(20, 2, 2, &mut Random(0))]
}

#[test]
fn the_same_question_has_the_same_answer_on_any_number_of_threads() {
    for problem in ordinary() {
        for work_limit in [Some(0), Some(200_000)] {
            let answers = [1, 1, 2, 4].map(|threads| {
                let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
                let options = SolveOptions { work_limit, threads: NonZeroUsize::new(threads), ..options() };
                let solution = pool.install(|| sound(&problem, &options));
                (bytes(&solution.plan), solution.stop, solution.work)
            });
            for answer in &answers[1..] {
                assert_eq!(*answer, answers[0], "work limit {work_limit:?}");
            }
        }
    }
}

#[test]
fn a_work_limit_stops_the_search() {
    for problem in ordinary() {
        let with = |limit| sound(&problem, &SolveOptions { work_limit: Some(limit), ..options() });
        let (least, more) = (with(0), with(200_000));
        assert_eq!((least.stop, more.stop), (Stop::WorkLimit, Stop::WorkLimit));
        assert!(least.work < more.work && more.work < 300_000, "{} and {}", least.work, more.work);
        assert!(least.objective() <= more.objective() && least.bound() >= more.bound());
    }
}

#[test]
fn another_seed_finds_the_same_value_where_it_is_proven() {
    for seed in 0..40 {
        let problem = small(seed);
        let values = [0, 1, 77].map(|seed| {
            let solution = sound(&problem, &SolveOptions { seed, ..options() });
            (solution.status() == Status::Optimal).then_some(solution.objective())
        });
        let proven: Vec<f64> = values.into_iter().flatten().collect();
        for value in &proven {
            assert!((value - proven[0]).abs() <= 1e-6 * proven[0], "seed {seed}: {proven:?}");
        }
    }
}

#[test]
fn the_clock_may_leave_no_time_at_all() {
    for problem in ordinary() {
        let best = sound(&problem, &SolveOptions { work_limit: Some(200_000), ..options() });
        for micros in [0, 1, 1_000, 20_000] {
            let time_limit = Some(Duration::from_micros(micros));
            let cut = sound(&problem, &SolveOptions { time_limit, ..options() });
            assert_eq!(cut.stop, Stop::TimeLimit);
            assert!(cut.bound() >= best.objective(), "a bound of {} in {micros} µs", cut.bound());
        }
    }
}

#[test]
fn a_cancelled_search_gives_what_it_has() {
    for problem in ordinary() {
        let best = sound(&problem, &SolveOptions { work_limit: Some(200_000), ..options() });
        let cancel = Cancel::default();
        cancel.cancel();
        let at_once = sound(&problem, &SolveOptions { cancel, ..options() });
        let cancel = Cancel::default();
        let options = SolveOptions { cancel: cancel.clone(), ..options() };
        let later = solve(&problem, &options, &|event| {
            if event.objective > 0.0 {
                cancel.cancel();
            }
        });
        assert_eq!(later.plan.verify(&problem), Ok(()));
        for cancelled in [at_once, later] {
            assert_eq!(cancelled.stop, Stop::Cancelled);
            assert!(cancelled.objective() > 0.0 && cancelled.bound() >= best.objective());
        }
    }
}

#[test]
fn nothing_is_lost_of_a_plan_to_start_from() {
    let no_work = |warm_start| SolveOptions { warm_start, work_limit: Some(0), ..options() };
    for problem in (0..200).map(small).chain(ordinary()) {
        let best = sound(&problem, &SolveOptions { work_limit: Some(200_000), ..options() });
        let again = sound(&problem, &no_work(Some(best.plan.clone())));
        assert!(
            again.objective() >= best.objective() * (1.0 - 1e-9),
            "{} became {} in {}\n{}",
            best.objective(),
            again.objective(),
            serde_json::to_string(&problem).unwrap(),
            bytes(&best.plan)
        );
    }
}

#[test]
fn a_broken_plan_to_start_from_does_no_harm() {
    let [problem, several] = ordinary();
    let plan = sound(&problem, &SolveOptions { work_limit: Some(200_000), ..options() }).plan;
    let breaks: [fn(&mut Plan); 9] = [
        |plan| plan.objective = f64::NAN,
        |plan| plan.bound = f64::NEG_INFINITY,
        |plan| plan.coverage.iter_mut().for_each(|coverage| coverage.patients.0 = f64::NAN),
        |plan| plan.sessions.iter_mut().for_each(|session| session.site = "nowhere".to_owned()),
        |plan| plan.sessions.iter_mut().for_each(|session| session.vehicle = "tram".to_owned()),
        |plan| plan.sessions.iter_mut().for_each(|session| session.week = 0),
        |plan| plan.sessions.iter_mut().for_each(|session| session.week = u32::MAX),
        |plan| plan.sessions = [plan.sessions.clone(), plan.sessions.clone()].concat(),
        |plan| plan.sessions.iter_mut().for_each(|session| session.site = "00007".to_owned()),
    ];
    let problems = [problem, several].map(|problem| {
        let cold = sound(&problem, &SolveOptions { work_limit: Some(0), ..options() });
        (problem, cold.objective())
    });
    for (rank, break_it) in breaks.iter().enumerate() {
        let mut broken = plan.clone();
        break_it(&mut broken);
        for (problem, cold) in &problems {
            let warm_start = Some(broken.clone());
            let warm = sound(problem, &SolveOptions { warm_start, work_limit: Some(0), ..options() });
            assert!(warm.objective() >= *cold, "plan {rank}: {} under {cold}", warm.objective());
        }
    }
}

#[test]
fn what_a_search_tells_only_gets_better() {
    let large = ordinary().into_iter().map(|problem| (problem, Some(200_000)));
    for (problem, work_limit) in (0..100).map(|seed| (small(seed), None)).chain(large) {
        let events = Mutex::new(Vec::<Event>::new());
        let options = SolveOptions { work_limit, ..options() };
        let solution = solve(&problem, &options, &|event| events.lock().unwrap().push(event));
        let mut events = events.into_inner().unwrap();
        let last = *events.last().unwrap();
        assert!(
            last.objective <= solution.objective() * (1.0 + 1e-9),
            "{last:?} for {}",
            solution.objective()
        );
        assert!(last.bound >= solution.bound() * (1.0 - 1e-9), "{last:?} for {}", solution.bound());
        events.insert(0, Event { objective: 0.0, bound: f64::INFINITY, work: 0 });
        for pair in events.windows(2) {
            assert!(pair[0].objective <= pair[1].objective && pair[0].bound >= pair[1].bound, "{pair:?}");
            assert!(pair[0].work <= pair[1].work, "{pair:?}");
            assert!(pair[1].objective <= pair[1].bound, "{pair:?}");
        }
    }
}
