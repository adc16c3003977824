//! Parts of the plans, and the sides of a decision.

use std::cmp::Ordering;

use super::super::program::Optimum;

/// A part of the plans, with the solution of its program.
pub(super) struct Node {
    pub(super) bound: f64,
    pub(super) optimum: Optimum,
}

/// One side of a decision: the part of the plans there if it is worth having, else the bound of what is given up.
pub(super) struct Side {
    pub(super) node: Option<Node>,
    pub(super) lost: f64,
}

impl Side {
    pub(super) fn bound(&self) -> f64 {
        self.node.as_ref().map_or(self.lost, |node| node.bound)
    }
}

impl PartialEq for Node {
    fn eq(&self, other: &Node) -> bool {
        self.bound == other.bound
    }
}

impl Eq for Node {}

impl PartialOrd for Node {
    fn partial_cmp(&self, other: &Node) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Node {
    fn cmp(&self, other: &Node) -> Ordering {
        self.bound.total_cmp(&other.bound)
    }
}
