//! From a problem to a proven plan.
//!
//! The fixtures are always measured, synthetic territories where the shared data is beside the project. A solve stops by
//! proof, never by the clock, so what is timed is the same work on every machine.

#![allow(clippy::panic, reason = "a bench stops at a wrong answer")]

use std::hint::black_box;
use std::path::{Path, PathBuf};

use criterion::{Criterion, criterion_group, criterion_main};
use medicobus_core::{Plan, Problem, SolveOptions, TravelTimes, solve, territory};
use medicobus_roads::{Profile, RoadNetwork, Watch};

/// A territory and the objective of its best plan.
struct Case {
    name: &'static str,
    path: PathBuf,
    optimum: f64,
}

/// The optima of the calendars of several weeks are proven bounds that the plans attain. Those of the synthetic territories
/// are those of HiGHS: small-1 by its branch and bound, medium-1 by its linear relaxation, which the plan found attains.
fn cases() -> Vec<Case> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let case = |name, folder: &str, optimum| Case { name, path: root.join(folder).join(name), optimum };
    let mut cases = vec![
        case("neubrandenburg", "fixtures", 5171.2510),
        case("porte-de-dromardeche", "fixtures", 12634.6698),
        case("vexin", "fixtures", 9375.3333),
        case("roannais", "fixtures", 26572.0013),
        case("doctobus", "fixtures", 26797.0),
        case("small-1", "../shared/data/planning", 11933.9243),
        case("medium-1", "../shared/data/planning", 81089.68),
    ];
    cases.retain(|case| case.path.exists());
    cases
}

fn problem(path: &Path) -> Problem {
    let (sources, times) = territory::read_with_times(path, None).unwrap_or_else(|error| panic!("{error}"));
    let times = match (times, &sources.roads[..]) {
        (Some(times), _) => times,
        (None, []) => TravelTimes::estimated(&sources.territory),
        (None, extracts) => on_roads(&sources.territory, extracts),
    };
    Problem::new(sources.territory, &times).unwrap_or_else(|faults| panic!("{faults:?}"))
}

fn on_roads(territory: &territory::Territory, extracts: &[PathBuf]) -> TravelTimes {
    let extracts: Vec<&Path> = extracts.iter().map(PathBuf::as_path).collect();
    RoadNetwork::read_all(&extracts, &Profile::van(), &Watch::none())
        .and_then(|network| TravelTimes::on_roads(territory, &network, &Watch::none()))
        .unwrap_or_else(|error| panic!("{error}"))
}

fn plan(problem: &Problem) -> Plan {
    let options = SolveOptions { time_limit: None, ..SolveOptions::default() };
    solve(problem, &options, &|_| {}).plan
}

/// The plan is sound, within the gap that was asked for, and worth what the best plan is known to be worth.
fn check(case: &Case, problem: &Problem) {
    let plan = plan(problem);
    assert_eq!(plan.verify(problem), Ok(()), "{}", case.name);
    assert!(plan.gap <= 1e-4, "{}: gap {}", case.name, plan.gap);
    let error = (plan.objective - case.optimum) / case.optimum;
    assert!((-1e-4..1e-6).contains(&error), "{}: {}, not {}", case.name, plan.objective, case.optimum);
    assert!(plan.bound >= case.optimum * (1.0 - 1e-6), "{}: bound {}", case.name, plan.bound);
}

fn solving(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("solve");
    group.sample_size(10);
    for case in cases() {
        let problem = problem(&case.path);
        check(&case, &problem);
        group.bench_function(case.name, |bencher| bencher.iter(|| black_box(plan(&problem))));
    }
    group.finish();
}

criterion_group!(benches, solving);
criterion_main!(benches);
