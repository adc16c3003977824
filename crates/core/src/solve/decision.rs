//! Sums of columns that must be whole and are not, in a relaxed solution.

use super::program::{Bound, Point, Row, Terms};

/// What to decide next: this sum of columns is not whole.
#[derive(Clone, Debug)]
pub(super) struct Decision {
    pub(super) terms: Terms,
    pub(super) value: f64,
}

impl Decision {
    /// The row of one side: at most the whole number below, or at least the one above.
    pub(super) fn row(&self, side: Bound) -> Row {
        let limit = if side == Bound::AtMost { self.value.floor() } else { self.value.ceil() };
        (self.terms.clone(), side, limit)
    }
}

/// How far a value is from a whole number.
pub(super) fn split(value: f64) -> f64 {
    (value - value.round()).abs()
}

/// The sums that are farther than that from whole numbers, the most undecided first.
pub(super) fn split_sums(point: &Point, sums: impl Iterator<Item = Terms>, whole: f64) -> Vec<Decision> {
    let mut decisions: Vec<Decision> = sums
        .map(|terms| Decision { value: point.total(&terms), terms })
        .filter(|decision| split(decision.value) > whole)
        .collect();
    decisions.sort_by(|a, b| split(b.value).total_cmp(&split(a.value)));
    decisions
}

/// The same for the first of some levels where there are any.
pub(super) fn first_split<L: Iterator<Item = Terms>>(
    point: &Point,
    levels: impl IntoIterator<Item = L>,
    whole: f64,
) -> Vec<Decision> {
    let mut split = levels.into_iter().map(|level| split_sums(point, level, whole));
    split.find(|decisions| !decisions.is_empty()).unwrap_or_default()
}
