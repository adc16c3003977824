//! What is not whole in a relaxed solution.

use crate::solve::decision::{Decision, split, split_sums};
use crate::solve::master::Master;
use crate::solve::program::Point;

/// A value this close to a whole number is that number: an interior point comes no closer.
const WHOLE: f64 = 1e-3;

/// What is not whole: whole days of doctors and what else sites share, before openings before sessions before days; of
/// each sort the most undecided first.
pub(super) fn decisions(master: &Master<'_>, point: &Point) -> Vec<Decision> {
    let single = |column: usize| vec![(column, 1.0)];
    let mut shared = split_sums(point, master.doctor_days().map(single), WHOLE);
    shared.extend(split_sums(point, master.shared.iter().cloned(), WHOLE));
    if !shared.is_empty() {
        return shared;
    }
    let opens = split_sums(point, master.opens.iter().map(|&open| single(open)), WHOLE);
    if !opens.is_empty() {
        return opens;
    }
    let visits = split_sums(point, master.visits.iter().cloned(), WHOLE);
    if !visits.is_empty() {
        return visits;
    }
    for level in &master.later {
        let undecided = split_sums(point, level.iter().cloned(), WHOLE);
        if !undecided.is_empty() {
            return undecided;
        }
    }
    let days = split_sums(point, master.fillings.iter().map(|filling| single(filling.days)), WHOLE);
    if !days.is_empty() {
        return days;
    }
    split_sums(point, master.dated().map(single), WHOLE)
}

/// Whether a value is no whole number.
pub(super) fn is_split(value: f64) -> bool {
    split(value) > WHOLE
}
