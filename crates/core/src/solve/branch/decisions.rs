//! What is not whole in a relaxed solution.

use super::super::decision::{Decision, first_split};
use super::super::master::Master;
use super::super::program::{Point, Terms};

/// A value this close to a whole number is that number.
const WHOLE: f64 = 1e-6;

/// What is not whole, the most undecided first: openings before sessions before days.
pub(super) fn decisions(master: &Master<'_>, point: &Point) -> Vec<Decision> {
    let single = |column: usize| vec![(column, 1.0)];
    let opens: Vec<Terms> = master.opens.iter().map(|&open| single(open)).collect();
    let days = master.fillings.iter().map(|filling| single(filling.days)).collect();
    first_split(point, [opens, master.visits.clone(), days].map(Vec::into_iter), WHOLE)
}
