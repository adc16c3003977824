//! What is not whole in a relaxed solution.

use super::super::master::Master;
use super::super::program::{Optimum, Terms};

/// A value this close to a whole number is that number.
const WHOLE: f64 = 1e-6;

/// What to decide next: this sum of columns is not whole.
#[derive(Clone, Debug)]
pub(super) struct Decision {
    pub(super) terms: Terms,
    pub(super) value: f64,
}

/// What is not whole, the most undecided first: what sites share before openings before sessions before days.
pub(super) fn decisions(master: &Master<'_>, optimum: &Optimum) -> Vec<Decision> {
    let single = |column: usize| vec![(column, 1.0)];
    let shared = fractions(optimum, master.shared.iter().cloned());
    if !shared.is_empty() {
        return shared;
    }
    let opens = fractions(optimum, master.opens.iter().map(|&open| single(open)));
    if !opens.is_empty() {
        return opens;
    }
    let visits = fractions(optimum, master.visits.iter().cloned());
    if !visits.is_empty() {
        return visits;
    }
    for level in &master.later {
        let undecided = fractions(optimum, level.iter().cloned());
        if !undecided.is_empty() {
            return undecided;
        }
    }
    let days = fractions(optimum, master.fillings.iter().map(|filling| single(filling.days)));
    if !days.is_empty() {
        return days;
    }
    fractions(optimum, master.dated().map(single))
}

/// Whether a value is no whole number.
pub(super) fn is_split(value: f64) -> bool {
    split(value) > WHOLE
}

/// How far a value is from a whole number.
fn split(value: f64) -> f64 {
    (value - value.round()).abs()
}

fn fractions(optimum: &Optimum, sums: impl Iterator<Item = Terms>) -> Vec<Decision> {
    let mut decisions: Vec<Decision> = sums
        .map(|terms| Decision { value: optimum.total(&terms), terms })
        .filter(|decision| split(decision.value) > WHOLE)
        .collect();
    decisions.sort_by(|a, b| split(b.value).total_cmp(&split(a.value)));
    decisions
}
