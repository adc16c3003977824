//! A search among some sites keeps to them, and to what it starts from where it finds nothing better.

use super::many::scattered;
use crate::problem::Problem;
use crate::solve::SolveOptions;
use crate::solve::meter::{Clock, Meter};
use crate::solve::random::Random;
use crate::solve::roster::{Rosters, Setting, demand};

#[test]
fn only_sites_among_those_given_come_and_no_value_is_lost() {
    let (territory, times) = scattered(24, 2, 4, 2);
    let problem = Problem::new(territory, &times).unwrap();
    let demand = demand(&problem);
    let by_site = demand.by_site();
    let setting = Setting::new(&problem, &demand, &by_site);
    let mut better = 0;
    for seed in 0..6 {
        let options = SolveOptions { time_limit: None, seed, ..SolveOptions::default() };
        let clock = Clock::new(&options, &|_| {});
        let rosters = Rosters::new(&setting, &options);
        let mut start = rosters.start(&Meter::new(&clock, 1.0)).best();
        let mut random = Random::new(seed);
        let sites: Vec<bool> = (0..demand.sites).map(|_| random.unit() < 0.5).collect();
        let meter = Meter::of_steps(&clock, 300_000);
        let mut found = rosters.find_among(&sites, start.clone(), 1, f64::INFINITY, &meter);
        let (before, after) = (start.score(), found.score());
        assert!(!before.is_worth_more(&after), "seed {seed}: {after:?} after {before:?}");
        better += usize::from(after.is_worth_more(&before));
        for (site, served) in found.served().into_iter().enumerate() {
            assert!(!served || sites[site] || start.served()[site], "seed {seed}: {site} of {sites:?}");
        }
    }
    assert!(better > 0, "nothing better is ever found");
}
