//! Rules that conflict, against every calendar there is.

use super::*;
use crate::conflict::explain;
use crate::territory::{RuleName, Territory};

fn best_without(problem: &Problem, aside: &[RuleName]) -> Option<f64> {
    let territory: Territory = problem.territory().without(aside);
    best_of_all(&Problem::new(territory, problem.times()).unwrap())
}

#[test]
fn the_rules_of_a_conflict_have_no_calendar_together_and_one_without_any_of_them() {
    let mut conflicts = 0;
    for seed in 0..60 {
        let (territory, times) = territory_by_chance(&mut Random::new(seed));
        let problem = Problem::new(territory, &times).unwrap();
        if problem.is_plain() || best_of_all(&problem).is_some() {
            continue;
        }
        conflicts += 1;
        let options = SolveOptions { time_limit: None, ..SolveOptions::default() };
        let conflict = explain(&problem, &options);
        let rules: Vec<RuleName> =
            conflict.rules.iter().map(|conflicting| conflicting.rule.clone()).collect();
        let told =
            || format!("seed {seed}: {rules:?}\n{}", serde_json::to_string(problem.territory()).unwrap());
        let others = |kept: &[RuleName]| -> Vec<RuleName> {
            problem.territory().hard_rules().into_iter().filter(|rule| !kept.contains(rule)).collect()
        };
        assert!(!rules.is_empty(), "{}", told());
        assert_eq!(best_without(&problem, &others(&rules)), None, "they go together; {}", told());
        for conflicting in &conflict.rules {
            let mut fewer = rules.clone();
            fewer.retain(|rule| *rule != conflicting.rule);
            assert!(
                best_without(&problem, &others(&fewer)).is_some(),
                "{} is too much; {}",
                conflicting.rule,
                told()
            );
            let alone = best_without(&problem, std::slice::from_ref(&conflicting.rule));
            let agree = match (alone, conflicting.without) {
                (Some(best), Some(found)) => (best - found).abs() <= 1e-3 * best.abs().max(1.0),
                (best, found) => best.is_none() && found.is_none(),
            };
            assert!(agree, "{}: {alone:?}, not {:?}; {}", conflicting.rule, conflicting.without, told());
        }
    }
    assert!(conflicts >= 5, "{conflicts} conflicts by chance");
}
