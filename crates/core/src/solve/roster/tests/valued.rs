//! What is remembered of the worth of sessions is what counting them anew says.

use super::by_chance::territory_by_chance;
use crate::problem::Problem;
use crate::solve::random::Random;
use crate::solve::roster::valuation::Valuation;
use crate::solve::roster::{Setting, demand};
use crate::solve::worth::Worth;

#[test]
fn sessions_are_worth_what_counting_them_anew_says() {
    for seed in 0..40 {
        let mut random = Random::new(seed);
        let (territory, times) = territory_by_chance(&mut random);
        let problem = Problem::new(territory, &times).unwrap();
        let demand = demand(&problem);
        let by_site = demand.by_site();
        let setting = Setting::new(&problem, &demand, &by_site);
        let mut valuation = Valuation::new(&setting);
        let mut given = vec![(0, 0.0); demand.sites];
        let anew = |given: &[(u32, f64)]| {
            let mut worth = Worth::new(&demand, &by_site, None);
            given
                .iter()
                .enumerate()
                .for_each(|(site, &(n, consultations))| worth.set(site, n, consultations));
            worth.objective()
        };
        for step in 0..300 {
            let site = random.below(demand.sites);
            let sessions = random.below(4) as u32;
            // Some of these are what was summed up in another order.
            given[site] = (sessions, f64::from(sessions) * 3.7 + 1e-12 * random.unit());
            valuation.set(site, given[site].0, given[site].1);
            let more = 1.0 + random.below(5) as f64;
            let mut with = given.clone();
            with[site] = (sessions + 1, given[site].1 + more);
            let told = if random.unit() < 0.5 {
                (valuation.objective(), anew(&given))
            } else {
                (valuation.gain(site, more), anew(&with) - anew(&given))
            };
            assert!(
                (told.0 - told.1).abs() <= 1e-6 * anew(&given).max(1.0),
                "seed {seed}, step {step}, {given:?}: {} instead of {}",
                told.0,
                told.1
            );
        }
    }
}
