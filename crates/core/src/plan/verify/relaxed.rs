//! The rules that can have a price: kept where they have none, paid where they are broken.

use std::collections::BTreeMap;

use super::agree;
use super::facts::Facts;
use super::places::{Figure, List, Slot};
use super::sessions::slot;
use super::violation::Violation;
use crate::plan::{Breach, Plan, Priced, Relaxed, breaches};
use crate::territory::RuleName;

pub(super) fn check(plan: &Plan, facts: &Facts<'_>, violations: &mut Vec<Violation>) {
    let breaches = breaches(facts.territory, &plan.sessions);
    for breach in breaches.iter().filter(|breach| breach.price.is_none()) {
        violations.push(broken(breach, plan));
    }
    match (&plan.priced, facts.territory.rules.soft.is_empty()) {
        (None, true) => {}
        (None, false) => violations.push(Violation::PricesMissing),
        (Some(_), true) => violations.push(Violation::PricesNeedless),
        (Some(priced), false) => {
            let expected: Vec<Relaxed> = breaches.iter().filter_map(Breach::relaxed).collect();
            check_relaxed(&priced.relaxed, &expected, violations);
            check_figures(plan, priced, &expected, violations);
        }
    }
}

fn broken(breach: &Breach, plan: &Plan) -> Violation {
    let slots: Vec<Slot> =
        breach.sessions.iter().filter_map(|&place| plan.sessions.get(place)).map(slot).collect();
    Violation::Broken { rule: breach.rule.clone(), units: breach.units, slots }
}

/// Rule by rule; what is listed twice is once too many.
fn check_relaxed(found: &[Relaxed], expected: &[Relaxed], violations: &mut Vec<Violation>) {
    let mut left: BTreeMap<&RuleName, (usize, &Relaxed)> =
        expected.iter().enumerate().map(|(rank, relaxed)| (&relaxed.rule, (rank, relaxed))).collect();
    let mut order = Vec::new();
    for relaxed in found {
        let expected = left.remove(&relaxed.rule);
        if !expected.is_some_and(|(_, expected)| is_alike(relaxed, expected)) {
            violations.push(Violation::WrongRelaxed {
                rule: relaxed.rule.clone(),
                found: Some(Box::new(relaxed.clone())),
                expected: expected.map(|(_, expected)| Box::new(expected.clone())),
            });
        }
        order.extend(expected.map(|(rank, _)| rank));
    }
    for (rule, (_, expected)) in left {
        let (rule, expected) = (rule.clone(), Some(Box::new(expected.clone())));
        violations.push(Violation::WrongRelaxed { rule, found: None, expected });
    }
    if !order.is_sorted() {
        violations.push(Violation::OutOfOrder(List::Relaxed));
    }
}

fn is_alike(found: &Relaxed, expected: &Relaxed) -> bool {
    agree(found.units, expected.units) && found.price == expected.price && found.sessions == expected.sessions
}

/// Whether penalties and value follow from what is relaxed.
fn check_figures(plan: &Plan, priced: &Priced, relaxed: &[Relaxed], violations: &mut Vec<Violation>) {
    let penalties: f64 = relaxed.iter().map(|relaxed| relaxed.units * relaxed.price).sum();
    let figures = [
        (Figure::Penalties, priced.penalties, penalties),
        (Figure::Value, priced.value, plan.objective - penalties),
    ];
    for (figure, found, expected) in figures {
        if !found.is_finite() {
            violations.push(Violation::NotFinite(figure));
        } else if expected.is_finite() && !agree(found, expected) {
            violations.push(Violation::WrongFigure { figure, found, expected });
        }
    }
}
