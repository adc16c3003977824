//! HiGHS attains what is known to be best, proves it, and claims no more than that.

#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "a test may stop, and says what it skips")]

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::super::demand::Demand;
use super::super::master::Scope;
use super::super::meter::Clock;
use super::super::options::SolveOptions;
use super::*;
use crate::problem::Problem;
use crate::territory::read_with_times;
use crate::times::TravelTimes;

/// What HiGHS alone makes of a territory in this time: the objective of its best plan, if it has one, and its bound.
fn ask(folder: &Path, time: Option<Duration>) -> (Option<f64>, f64) {
    let (sources, times) = read_with_times(folder, None).unwrap();
    let times = times.unwrap_or_else(|| TravelTimes::estimated(&sources.territory));
    let problem = Problem::new(sources.territory, &times).unwrap();
    let demand = Demand::new(&problem);
    let vehicles = (0..problem.territory().vehicles.len()).collect();
    let scope =
        Scope { vehicles, given: vec![0; demand.sites], detail: crate::solve::master::Detail::Paired };
    let options = SolveOptions { time_limit: time, ..SolveOptions::default() };
    let clock = Clock::new(&options, &|_| {});
    let target = Target { known: 0.0, gap: 1e-6, nodes: 1 };
    let proof = search(&Master::new(&problem, &demand, scope), target, &Meter::new(&clock, 1.0));
    (proof.best.map(|(objective, _)| objective), proof.bound)
}

#[track_caller]
fn assert_proves(folder: &Path, optimum: f64) {
    let (objective, bound) = ask(folder, None);
    let (folder, near) = (folder.display(), 2e-6 * optimum);
    assert!((objective.unwrap() - optimum).abs() <= near, "{folder}: {objective:?}, not {optimum}");
    assert!(bound >= optimum && bound - optimum <= near, "{folder}: bound {bound} of {optimum}");
}

/// A square of communes as alike as those of a plain, with one bus: the relaxation alone does not settle it.
fn plain(side: u32, cycle_weeks: u32) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let mut communes = "code,name,lat,lon,population,ald,elderly,other\n".to_owned();
    for place in 0..side * side {
        let (lat, lon) = (45.0 + 0.05 * f64::from(place / side), 5.0 + 0.07 * f64::from(place % side));
        let [ald, elderly, other] = [7, 13, 29].map(|step| 5 + (place * step) % 37);
        communes += &format!("c{place},Commune {place},{lat},{lon},500,{ald},{elderly},{other}\n");
    }
    let territory = format!(
        "name = \"Plaine\"\n[communes]\nfile = \"communes.csv\"\n[calendar]\ncycle_weeks = {cycle_weeks}\n\
         [[vehicle]]\nid = \"bus-1\"\nbase = \"c{}\"\ndays = [\"mon\", \"tue\", \"wed-am\"]\n",
        side * side / 2
    );
    fs::write(folder.path().join("communes.csv"), communes).unwrap();
    fs::write(folder.path().join("territory.toml"), territory).unwrap();
    folder
}

#[test]
fn what_is_worked_out_by_hand_is_attained_and_proven() {
    let small = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/small"));
    let entries = fs::read_dir(small).unwrap().map(|entry| entry.unwrap().path());
    let mut folders: Vec<PathBuf> = entries.filter(|path| path.is_dir()).collect();
    // A bus that can go nowhere leaves nothing to decide.
    folders.retain(|folder| !folder.ends_with("nothing-fits"));
    assert_eq!(folders.len(), 9);
    for folder in folders {
        let expected = fs::read_to_string(folder.join("expected.toml")).unwrap();
        let optimum = expected.lines().find_map(|line| line.strip_prefix("objective = ")).unwrap();
        assert_proves(&folder, optimum.parse().unwrap());
    }
}

#[test]
fn the_optimum_of_an_independent_model_is_attained_and_proven() {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/planning/small-1"));
    if folder.exists() {
        assert_proves(folder, 11_933.924_3);
    } else {
        eprintln!("skipped: {} is not at hand", folder.display());
    }
}

/// The optimum is that of a model written apart from this one.
#[test]
fn what_the_relaxation_does_not_settle_is_proven_too() {
    assert_proves(plain(8, 1).path(), 23_713.772_1);
}

#[test]
fn a_bound_holds_when_the_clock_cuts() {
    let (objective, bound) = ask(plain(7, 2).path(), Some(Duration::from_secs(1)));
    let optimum = 21_970.040_8; // proven by branch and bound in pure Rust
    assert!(bound >= optimum, "{bound} is below {optimum}");
    assert!(objective.is_none_or(|objective| objective <= optimum * (1.0 + 1e-9)), "{objective:?}");
}
