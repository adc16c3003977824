//! Parts of the plans, and the sides of a decision.

use std::cmp::Ordering;

use crate::solve::decision::Decision;
use crate::solve::interior::Ranges;
use crate::solve::program::{Point, Row};

/// A part of the plans, with a relaxed solution.
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub(super) bound: f64,
    pub(super) point: Point,
    pub(super) ranges: Ranges,
    /// The rows that make it this part.
    pub(super) rows: Vec<Row>,
    /// Rows that were gained and are in its program, by rank.
    pub(super) kept: Vec<usize>,
    /// Greatest bound of what its ranges leave out because it is not worth having.
    pub(super) left_out: f64,
    /// Bounds after each time that rows were sought for it, on sites alone and others.
    pub(super) sought: [Vec<f64>; 2],
}

/// One side of a decision: the part of the plans there if it is worth having, else the bound of what is given up.
#[derive(Debug)]
pub(super) struct Side {
    pub(super) part: Option<Part>,
    pub(super) lost: f64,
}

impl Side {
    /// Nothing is there that is worth more.
    pub(super) fn without(lost: f64) -> Side {
        Side { part: None, lost }
    }

    pub(super) fn bound(&self) -> f64 {
        self.part.as_ref().map_or(self.lost, |part| part.bound)
    }
}

/// A decision with both of its sides.
#[derive(Debug)]
pub(super) struct Ahead {
    pub(super) decision: Decision,
    pub(super) sides: [Side; 2],
    pub(super) score: f64,
}

impl Ahead {
    /// Whether a side is not worth having.
    pub(super) fn lost_side(&self) -> bool {
        self.sides.iter().any(|side| side.part.is_none())
    }
}

impl PartialEq for Part {
    fn eq(&self, other: &Part) -> bool {
        self.bound == other.bound
    }
}

impl Eq for Part {}

impl PartialOrd for Part {
    fn partial_cmp(&self, other: &Part) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Part {
    fn cmp(&self, other: &Part) -> Ordering {
        self.bound.total_cmp(&other.bound)
    }
}
