//! What is not whole in a relaxed solution.

use super::super::decision::{Decision, split_sums};
use super::super::master::Master;
use super::super::program::Point;

/// A value this close to a whole number is that number.
const WHOLE: f64 = 1e-6;

/// What is not whole, the most undecided first: openings before sessions before days.
pub(super) fn decisions(master: &Master<'_>, point: &Point) -> Vec<Decision> {
    let single = |column: usize| vec![(column, 1.0)];
    let opens = split_sums(point, master.opens.iter().map(|&open| single(open)), WHOLE);
    if !opens.is_empty() {
        return opens;
    }
    let visits = split_sums(point, master.visits.iter().cloned(), WHOLE);
    if !visits.is_empty() {
        return visits;
    }
    split_sums(point, master.fillings.iter().map(|filling| single(filling.days)), WHOLE)
}
