//! Rules with and without a price.

use super::*;
use crate::plan::{Priced, Relaxed};
use crate::territory::{RuleKind, Soft};

fn gap_of_alba() -> RuleName {
    RuleName::new(RuleKind::MaxGap, Some("alba"))
}

/// Alba is visited every seven days and Bourg once in fourteen, where five and ten are the most.
fn strict(territory: &mut Territory) {
    territory.sites[0].max_gap = Some(5);
    territory.sites[1].max_gap = Some(10);
}

fn relaxed(site: &str, units: f64) -> Relaxed {
    Relaxed { rule: RuleName::new(RuleKind::MaxGap, Some(site)), units, price: 10.0, sessions: Vec::new() }
}

/// What is found where a day too many costs 10, in the plan that says so, but for a change.
#[track_caller]
fn priced(change: impl FnOnce(&mut Plan)) -> Vec<Violation> {
    let (plan, problem) = paid();
    let mut plan = plan;
    change(&mut plan);
    found(&plan, &problem)
}

fn paid() -> (Plan, Problem) {
    let mut territory = sample::territory();
    strict(&mut territory);
    territory.rules.soft = vec![Soft { rule: RuleName::new(RuleKind::MaxGap, None), price: 10.0 }];
    let problem = Problem::new(territory, &sample::times()).unwrap();
    let mut plan = Plan { input: problem.digest(), ..sample::plan().0 };
    plan.priced = Some(Priced {
        value: 1175.0 - 60.0,
        penalties: 60.0,
        bound: 2230.0,
        relaxed: vec![relaxed("alba", 2.0), relaxed("bourg", 4.0)],
    });
    (plan.bound, plan.gap) = (2230.0 + 60.0, 0.5);
    (plan, problem)
}

fn pay(plan: &mut Plan, change: impl FnOnce(&mut Priced)) {
    change(plan.priced.as_mut().unwrap());
}

#[test]
fn a_rule_without_a_price_is_kept() {
    let violations = elsewhere(|territory, _| strict(territory), as_it_is);
    let broken = |site: &str, units| Violation::Broken {
        rule: RuleName::new(RuleKind::MaxGap, Some(site)),
        units,
        slots: Vec::new(),
    };
    assert_eq!(violations, [broken("alba", 2.0), broken("bourg", 4.0)]);
}

#[test]
fn a_rule_with_a_price_is_paid() {
    let (plan, problem) = paid();
    assert_eq!(plan.verify(&problem), Ok(()));
}

#[test]
fn prices_where_there_are_some_and_nowhere_else() {
    let violations = priced(|plan| {
        plan.priced = None;
        plan.gap = (plan.bound - plan.objective) / plan.bound;
    });
    assert_eq!(violations, [Violation::PricesMissing]);
    let violations = broken(|plan| {
        plan.priced = Some(Priced { value: 1175.0, penalties: 0.0, bound: 2350.0, relaxed: Vec::new() });
    });
    assert_eq!(violations, [Violation::PricesNeedless]);
}

#[test]
fn what_is_relaxed_is_what_the_sessions_relax() {
    let wrong = |found: Option<Relaxed>, expected: Option<Relaxed>| Violation::WrongRelaxed {
        rule: found.as_ref().or(expected.as_ref()).unwrap().rule.clone(),
        found: found.map(Box::new),
        expected: expected.map(Box::new),
    };
    let alba = || relaxed("alba", 2.0);
    let cheaper = Relaxed { price: 9.0, ..alba() };
    let elsewhere = Relaxed { sessions: vec![0], ..alba() };
    for other in [relaxed("alba", 1.0), cheaper, elsewhere] {
        let violations = priced(|plan| pay(plan, |priced| priced.relaxed[0] = other.clone()));
        assert_eq!(violations, [wrong(Some(other), Some(alba()))]);
    }
    let violations = priced(|plan| pay(plan, |priced| drop(priced.relaxed.remove(0))));
    assert_eq!(violations, [wrong(None, Some(alba()))]);
    let violations = priced(|plan| pay(plan, |priced| priced.relaxed.push(alba())));
    assert_eq!(violations, [wrong(Some(alba()), None)], "twice is once too many");
    let violations = priced(|plan| pay(plan, |priced| priced.relaxed.swap(0, 1)));
    assert_eq!(violations, [Violation::OutOfOrder(List::Relaxed)]);
    assert_eq!(gap_of_alba(), alba().rule);
}

#[test]
fn value_and_penalties_follow_from_what_is_relaxed() {
    let wrong = |figure, found, expected| Violation::WrongFigure { figure, found, expected };
    let violations = priced(|plan| {
        pay(plan, |priced| priced.penalties = 50.0);
        plan.bound = 2280.0;
    });
    assert_eq!(violations, [wrong(Figure::Penalties, 50.0, 60.0)]);
    let violations = priced(|plan| {
        pay(plan, |priced| priced.value = 1125.0);
        plan.gap = (2230.0 - 1125.0) / 2230.0;
    });
    assert_eq!(violations, [wrong(Figure::Value, 1125.0, 1115.0)]);
    let violations = priced(|plan| plan.bound = 2230.0);
    assert_eq!(violations, [wrong(Figure::Bound, 2230.0, 2290.0)]);
    let violations = priced(|plan| plan.gap = (2290.0 - 1175.0) / 2290.0);
    let found = (2290.0 - 1175.0) / 2290.0;
    assert_eq!(violations, [wrong(Figure::Gap, found, 0.5)], "the gap is that of the value");
}

#[test]
fn a_bound_under_the_value() {
    let violations = priced(|plan| {
        pay(plan, |priced| priced.bound = 1000.0);
        (plan.bound, plan.gap) = (1060.0, -0.115);
    });
    assert_eq!(violations, [Violation::ValueBoundTooLow { bound: 1000.0, value: 1115.0 }]);
}

#[test]
fn optimal_by_the_value() {
    let violations = priced(|plan| plan.status = Status::Optimal);
    assert_eq!(violations, [Violation::NotProvenOptimal { gap: 0.5 }]);
    let (mut plan, problem) = paid();
    pay(&mut plan, |priced| priced.bound = priced.value);
    (plan.status, plan.bound, plan.gap) = (Status::Optimal, plan.objective, 0.0);
    assert_eq!(plan.verify(&problem), Ok(()));
}

#[test]
fn a_value_below_nothing_has_a_gap_too() {
    let mut territory = sample::territory();
    territory.sites[3].required = true;
    territory.rules.soft =
        vec![Soft { rule: RuleName::new(RuleKind::RequiredSite, Some("dun")), price: 2175.0 }];
    let problem = Problem::new(territory, &sample::times()).unwrap();
    let mut plan = Plan { input: problem.digest(), ..sample::plan().0 };
    let rule = RuleName::new(RuleKind::RequiredSite, Some("dun"));
    let relaxed = vec![Relaxed { rule, units: 1.0, price: 2175.0, sessions: Vec::new() }];
    plan.priced = Some(Priced { value: -1000.0, penalties: 2175.0, bound: -500.0, relaxed });
    (plan.bound, plan.gap) = (1675.0, 1.0);
    assert_eq!(plan.verify(&problem), Ok(()));
    pay(&mut plan, |priced| priced.bound = 0.0);
    plan.bound = 2175.0;
    assert_eq!(plan.verify(&problem), Ok(()), "all of it is open under a bound of 0");
}

#[test]
fn no_priced_figure_may_be_anything_but_finite() {
    type Set = fn(&mut Priced, f64);
    let fields: [(Figure, Set); 3] = [
        (Figure::Penalties, |priced, value| priced.penalties = value),
        (Figure::Value, |priced, value| priced.value = value),
        (Figure::ValueBound, |priced, value| priced.bound = value),
    ];
    for (figure, set) in fields {
        for value in [f64::NAN, f64::INFINITY] {
            let violations = priced(|plan| pay(plan, |priced| set(priced, value)));
            assert_eq!(violations, [Violation::NotFinite(figure.clone())], "{value}");
        }
    }
}
