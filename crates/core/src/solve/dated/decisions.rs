//! What is not whole in a relaxed solution.

use crate::solve::decision::{Decision, first_split, split, split_sums};
use crate::solve::master::Master;
use crate::solve::program::{Point, Terms};

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
    let opens: Vec<Terms> = master.opens.iter().map(|&open| single(open)).collect();
    let days = master.fillings.iter().map(|filling| single(filling.days)).collect();
    let later = master.later.iter().cloned();
    let last = master.dated().map(single).collect();
    let levels = [opens, master.visits.clone()].into_iter().chain(later).chain([days, last]);
    first_split(point, levels.map(Vec::into_iter), WHOLE)
}

/// Whether a value is no whole number.
pub(super) fn is_split(value: f64) -> bool {
    split(value) > WHOLE
}
