//! Rules that conflict, against every calendar there is.

use std::time::Duration;

use super::*;
use crate::calendar::{Day, Half, HalfDays, Weeks};
use crate::conflict::{Without, explain};
use crate::territory::{Booking, BookingKind, Doctor, RuleKind, RuleName, Soft, Territory};

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
fn a_session_that_is_locked_when_its_doctor_is_away_is_a_proven_conflict() {
    let mut conflicts = 0;
    for seed in 0..120 {
        let (mut territory, times) = territory_by_chance(&mut Random::new(seed));
        territory.bookings.clear();
        territory.doctors.retain(|doctor| doctor.specialty.is_none() && !doctor.remote);
        let (Some(doctor), Some(vehicle)) = (territory.doctors.first(), territory.vehicles.first()) else {
            continue;
        };
        let slots = || {
            let weeks = vehicle.weeks.of_cycle(territory.calendar.cycle_weeks);
            weeks.flat_map(|week| vehicle.days.iter().map(move |(day, half)| (week, day, half)))
        };
        let found = territory.sites.iter().find_map(|site| {
            let open = |&(week, day, half): &(u32, Day, Half)| {
                site.weeks.contains(week) && site.open.contains(day, half) && !doctor.works(week, day, half)
            };
            Some((site.id.clone(), slots().find(open)?))
        });
        let Some((site, (week, day, half))) = found else { continue };
        territory.bookings = vec![Booking {
            kind: BookingKind::Locked,
            vehicle: Some(vehicle.id.clone()),
            site: Some(site),
            weeks: Weeks::NONE.with(week),
            half_days: HalfDays::NONE.with(day, half),
            doctor: Some(doctor.id.clone()),
            activity: None,
        }];
        let locked = RuleName::new(RuleKind::Locked, Some("1"));
        let hours = RuleName::new(RuleKind::DoctorHours, Some(&doctor.id));
        let problem = Problem::new(territory, &times).unwrap();
        let rules = problem.territory().hard_rules();
        if !rules.contains(&locked) || !rules.contains(&hours) {
            continue;
        }
        let told = || format!("seed {seed}: {}", serde_json::to_string(problem.territory()).unwrap());
        assert_eq!(best_of_all(&problem), None, "{}", told());
        // The others may conflict besides, with or without them.
        if [&locked, &hours]
            .into_iter()
            .any(|rule| best_without(&problem, std::slice::from_ref(rule)).is_none())
        {
            continue;
        }
        conflicts += 1;
        let options = SolveOptions { time_limit: None, ..SolveOptions::default() };
        let conflict = explain(&problem, &options);
        assert!(conflict.proven && conflict.needed, "{conflict:?}; {}", told());
        let told_of = |rule| conflict.rules.iter().any(|conflicting| conflicting.rule == rule);
        assert!(told_of(locked) && told_of(hours), "{conflict:?}; {}", told());
    }
    assert!(conflicts >= 8, "{conflicts} conflicts by chance");
}

#[test]
fn without_time_a_conflict_is_all_the_rules_and_says_that_not_all_may_matter() {
    let problems = (0..60).map(|seed| {
        let (territory, times) = territory_by_chance(&mut Random::new(seed));
        Problem::new(territory, &times).unwrap()
    });
    let problem = problems.into_iter().find(|problem| best_of_all(problem).is_none()).unwrap();
    let no_time = SolveOptions { time_limit: Some(Duration::ZERO), ..SolveOptions::default() };
    let cancelled = SolveOptions { time_limit: None, ..SolveOptions::default() };
    cancelled.cancel.cancel();
    for options in [no_time, cancelled] {
        let conflict = explain(&problem, &options);
        let rules: Vec<RuleName> = conflict.rules.iter().map(|of| of.rule.clone()).collect();
        assert_eq!(rules, problem.territory().hard_rules());
        assert!(!conflict.needed && !conflict.smallest);
        assert!(conflict.rules.iter().all(|of| of.without == Without::NotFound));
    }
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
        assert!(conflict.needed && !rules.is_empty(), "{}", told());
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
                (Some(best), Without::Worth(found)) => (best - found).abs() <= 1e-3 * best.abs().max(1.0),
                (best, found) => best.is_none() && found == Without::NoPlan,
            };
            assert!(agree, "{}: {alone:?}, not {:?}; {}", conflicting.rule, conflicting.without, told());
        }
    }
    assert!(conflicts >= 5, "{conflicts} conflicts by chance");
    assert_eq!(smallest, conflicts, "of so few rules, the smallest set is found");
}
