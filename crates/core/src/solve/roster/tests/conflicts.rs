//! Rules that conflict, against every calendar there is.

use super::*;
use crate::calendar::{HalfDays, Weeks};
use crate::conflict::explain;
use crate::territory::{Doctor, RuleKind, RuleName, Soft, Territory};

fn best_without(problem: &Problem, aside: &[RuleName]) -> Option<f64> {
    let territory = never_written(problem.territory(), aside);
    best_of_all(&Problem::new(territory, problem.times()).unwrap())
}

/// The territory as if nobody had ever written these rules.
fn never_written(territory: &Territory, rules: &[RuleName]) -> Territory {
    let mut bare = territory.clone();
    let mut bookings: Vec<usize> = Vec::new();
    for RuleName { kind, subject } in rules {
        let subject = subject.as_deref().unwrap_or_default();
        let mut site = bare.sites.iter_mut().find(|site| site.id == subject);
        let mut doctor = bare.doctors.iter_mut().find(|doctor| doctor.id == subject);
        let mut activity = bare.activities.iter_mut().find(|activity| activity.id == subject);
        match kind {
            RuleKind::RequiredSite => site.as_mut().unwrap().required = false,
            RuleKind::Every => site.as_mut().unwrap().every = None,
            RuleKind::Visits => site.as_mut().unwrap().visits = None,
            RuleKind::MaxGap if subject.is_empty() => bare.rules.max_gap = None,
            RuleKind::MaxGap => site.as_mut().unwrap().max_gap = None,
            RuleKind::SameTime => bare.rules.same_time = Some(false),
            RuleKind::Required | RuleKind::Forbidden | RuleKind::Locked => {
                bookings.push(subject.parse().unwrap())
            }
            RuleKind::DoctorHours => {
                let doctor = doctor.as_mut().unwrap();
                **doctor =
                    Doctor { days: HalfDays::ALL, weeks: Weeks::ALL, away: Vec::new(), ..(**doctor).clone() };
            }
            RuleKind::DoctorWeek => doctor.as_mut().unwrap().half_days_per_week = None,
            RuleKind::DoctorCycle => doctor.as_mut().unwrap().half_days_per_cycle = None,
            RuleKind::Department => doctor.as_mut().unwrap().departments = None,
            RuleKind::Refuses => doctor.as_mut().unwrap().refuses.clear(),
            RuleKind::DoctorsPerSite => bare.rules.doctors_per_site = None,
            RuleKind::ActivityAtLeast => activity.as_mut().unwrap().at_least = 0,
            RuleKind::ActivityAtMost => activity.as_mut().unwrap().at_most = None,
            RuleKind::PreventionShare => bare.rules.prevention_share = 1.0,
            RuleKind::Changes => bare.published = None,
            RuleKind::DoctorNeeded | RuleKind::Majority | RuleKind::Prefers => {
                bare.rules.soft.push(Soft { rule: RuleName::new(*kind, None), price: 1e-9 });
            }
        }
    }
    let mut number = 0;
    bare.bookings.retain(|_| {
        number += 1;
        !bookings.contains(&number)
    });
    bare
}

/// All sets of so many of these rules.
fn subsets(rules: &[RuleName], size: usize) -> Vec<Vec<RuleName>> {
    if size == 0 {
        return vec![Vec::new()];
    }
    let with = |first: usize| {
        let rest = subsets(&rules[first + 1..], size - 1);
        rest.into_iter().map(move |rest| [&rules[first..=first], &rest].concat())
    };
    (0..rules.len()).flat_map(with).collect()
}

#[test]
fn the_rules_of_a_conflict_have_no_calendar_together_and_one_without_any_of_them() {
    let (mut conflicts, mut smallest) = (0, 0);
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
        if conflict.smallest {
            smallest += 1;
            for fewer in subsets(&problem.territory().hard_rules(), rules.len() - 1) {
                assert!(best_without(&problem, &others(&fewer)).is_some(), "{fewer:?} do; {}", told());
            }
        }
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
    assert_eq!(smallest, conflicts, "of so few rules, the smallest set is found");
}
