//! What a plan says of the rhythm of its sites.

use super::*;
use crate::plan::Rhythm;

/// Alba: every Monday morning, and one afternoon, which is no other time since that week has two sessions.
fn alba() -> Rhythm {
    Rhythm { site: "alba".into(), visits: 2, longest_gap: 7, other_times: 0, doctors: 0 }
}

fn wrong(site: &str, found: Option<Rhythm>, expected: Option<Rhythm>) -> Violation {
    Violation::WrongRhythm { site: site.into(), found: found.map(Box::new), expected: expected.map(Box::new) }
}

#[test]
fn another_rhythm_than_that_of_the_sessions() {
    type Set = fn(&mut Rhythm);
    let changes: [Set; 4] = [
        |rhythm| rhythm.visits = 3,
        |rhythm| rhythm.longest_gap = 8,
        |rhythm| rhythm.other_times = 1,
        |rhythm| rhythm.doctors = 1,
    ];
    for change in changes {
        let mut other = alba();
        change(&mut other);
        let violations = broken(|plan| plan.rhythm[0] = other.clone());
        assert_eq!(violations, [wrong("alba", Some(other), Some(alba()))]);
    }
}

#[test]
fn a_site_too_few_too_many_or_out_of_order() {
    let violations = broken(|plan| drop(plan.rhythm.remove(0)));
    assert_eq!(violations, [wrong("alba", None, Some(alba()))]);
    let violations = broken(|plan| plan.rhythm.push(alba()));
    assert_eq!(violations, [wrong("alba", Some(alba()), None)]);
    let violations = broken(|plan| plan.rhythm.reverse());
    assert_eq!(violations, [Violation::OutOfOrder(List::Rhythm)]);
}

#[test]
fn nothing_is_said_of_a_cycle_of_one_week_without_doctors() {
    let one_week = |plan: &mut Plan| {
        plan.sessions.truncate(2);
        plan.days.truncate(1);
    };
    let violations = elsewhere(
        |territory, _| territory.calendar.cycle_weeks = 1,
        |plan| {
            one_week(plan);
            plan.rhythm = vec![Rhythm { visits: 1, ..alba() }];
        },
    );
    assert_eq!(violations, [wrong("alba", Some(Rhythm { visits: 1, ..alba() }), None)]);
}

#[test]
fn a_cost_of_the_same_times_where_they_are_the_same() {
    let violations = broken(|plan| plan.same_time_cost = Some(3.0));
    assert_eq!(violations, [Violation::NeedlessSameTimeCost { cost: 3.0 }]);
}

#[test]
fn a_cost_of_the_same_times_where_they_differ() {
    // The other week's session in the afternoon.
    let differ = |plan: &mut Plan| {
        plan.sessions.remove(2);
        plan.sessions[2].leave = Some(Clock::at(13, 40));
        plan.sessions[2].arrive = Some(Clock::at(14, 0));
        plan.days[1].leave = Clock::at(13, 40);
        plan.coverage[2].patients = Patients(5.0);
        plan.rhythm[0] = Rhythm { other_times: 1, ..alba() };
    };
    let with = |same_time, cost| {
        let mut territory = sample::territory();
        territory.rules.same_time = same_time;
        let problem = Problem::new(territory, &sample::times()).unwrap();
        let mut plan = Plan { input: problem.digest(), ..sample::plan().0 };
        differ(&mut plan);
        plan.same_time_cost = Some(cost);
        plan.verify(&problem)
    };
    assert_eq!(with(None, 3.0), Ok(()));
    assert_eq!(with(None, 0.0), Err(vec![Violation::NeedlessSameTimeCost { cost: 0.0 }]));
    assert_eq!(with(Some(false), 3.0), Err(vec![Violation::NeedlessSameTimeCost { cost: 3.0 }]));
    assert_eq!(with(None, f64::INFINITY), Err(vec![Violation::NotFinite(Figure::SameTimeCost)]));
}
