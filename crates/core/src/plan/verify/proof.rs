//! Whether bound, gap and status fit what the plan is worth.

use super::agree;
use super::places::Figure;
use super::violation::Violation;
use crate::plan::{Plan, Priced, Status};

/// The gap follows from two figures of the plan by one formula: nothing but the rounding of a division.
const GAP_TOLERANCE: f64 = 1e-9;

/// The largest gap of a plan that may be called optimal.
const OPTIMAL_GAP: f64 = 1e-4;

pub(super) fn check(plan: &Plan, violations: &mut Vec<Violation>) {
    for (figure, value) in [(Figure::Bound, plan.bound), (Figure::Gap, plan.gap)] {
        if !value.is_finite() {
            violations.push(Violation::NotFinite(figure));
        }
    }
    let gap = match &plan.priced {
        None => of_objective(plan, violations),
        Some(priced) => of_value(plan, priced, violations),
    };
    let Some(gap) = gap else { return };
    if plan.gap.is_finite() && (plan.gap - gap).abs() > GAP_TOLERANCE {
        violations.push(Violation::WrongFigure { figure: Figure::Gap, found: plan.gap, expected: gap });
    }
    if plan.status == Status::Optimal && gap > OPTIMAL_GAP + GAP_TOLERANCE {
        violations.push(Violation::NotProvenOptimal { gap });
    }
}

/// The gap of a plan without prices; None where a figure is no number.
fn of_objective(plan: &Plan, violations: &mut Vec<Violation>) -> Option<f64> {
    let (bound, objective) = (plan.bound, plan.objective);
    if !bound.is_finite() || !objective.is_finite() {
        return None;
    }
    if bound < objective {
        violations.push(Violation::BoundTooLow { bound, objective });
    }
    Some(if bound > 0.0 { (bound - objective) / bound } else { 0.0 })
}

/// The gap of a plan with prices: that of its value, which may be below 0. All of it is open under a bound of 0.
fn of_value(plan: &Plan, priced: &Priced, violations: &mut Vec<Violation>) -> Option<f64> {
    let Priced { bound, value, penalties, .. } = *priced;
    if !bound.is_finite() {
        violations.push(Violation::NotFinite(Figure::ValueBound));
    }
    if ![bound, value, penalties, plan.bound].into_iter().all(f64::is_finite) {
        return None;
    }
    if !agree(plan.bound, bound + penalties) {
        let (found, expected) = (plan.bound, bound + penalties);
        violations.push(Violation::WrongFigure { figure: Figure::Bound, found, expected });
    }
    if bound < value {
        violations.push(Violation::ValueBoundTooLow { bound, value });
    }
    Some(match bound - value {
        0.0 => 0.0,
        open if bound == 0.0 => open.signum(),
        open => open / bound.abs(),
    })
}
