//! What a plan says of itself.

use super::*;

#[test]
fn people_reached_who_are_not() {
    let violations = broken(|plan| plan.reached = 826.0);
    let expected = Violation::WrongFigure { figure: Figure::Reached, found: 826.0, expected: 825.0 };
    assert_eq!(violations, [expected]);
}

#[test]
fn people_followed_who_are_not() {
    let violations = broken(|plan| plan.followed = 350.01);
    let expected = Violation::WrongFigure { figure: Figure::Followed, found: 350.01, expected: 350.0 };
    assert_eq!(violations, [expected]);
}

#[test]
fn an_objective_that_is_not_the_sum() {
    let violations = broken(|plan| {
        plan.objective = 1180.0;
        plan.gap = (2350.0 - 1180.0) / 2350.0;
    });
    let expected = Violation::WrongFigure { figure: Figure::Objective, found: 1180.0, expected: 1175.0 };
    assert_eq!(violations, [expected]);
}

#[test]
fn a_gap_that_does_not_follow_from_the_bound() {
    let violations = broken(|plan| plan.gap = 0.05);
    assert_eq!(violations, [Violation::WrongFigure { figure: Figure::Gap, found: 0.05, expected: 0.5 }]);
}

#[test]
fn a_bound_under_the_objective() {
    let violations = broken(|plan| {
        plan.bound = 1000.0;
        plan.gap = -0.175;
    });
    assert_eq!(violations, [Violation::BoundTooLow { bound: 1000.0, objective: 1175.0 }]);
}

#[test]
fn optimal_without_a_proof() {
    let violations = broken(|plan| plan.status = Status::Optimal);
    assert_eq!(violations, [Violation::NotProvenOptimal { gap: 0.5 }]);
    let (mut plan, problem) = sample::plan();
    (plan.status, plan.bound) = (Status::Optimal, 1175.1);
    plan.gap = (plan.bound - plan.objective) / plan.bound;
    assert_eq!(plan.verify(&problem), Ok(()), "within 1e-4 it is proven");
}

#[test]
fn no_number_may_be_anything_but_finite() {
    let day = || Figure::Length(on(1));
    let who = || Figure::Patients(ald("clos", "alba"));
    type Set = fn(&mut Plan, f64);
    let fields: [(Figure, Set); 7] = [
        (Figure::Objective, |plan, value| plan.objective = value),
        (Figure::Reached, |plan, value| plan.reached = value),
        (Figure::Followed, |plan, value| plan.followed = value),
        (Figure::Bound, |plan, value| plan.bound = value),
        (Figure::Gap, |plan, value| plan.gap = value),
        (day(), |plan, value| plan.days[0].length = Some(Metres(value))),
        (who(), |plan, value| plan.coverage[2].patients = Patients(value)),
    ];
    for (figure, set) in fields {
        for value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            let violations = broken(|plan| set(plan, value));
            assert_eq!(violations, [Violation::NotFinite(figure.clone())], "{value}");
        }
    }
}
