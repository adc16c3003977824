//! Rows that relaxed solutions break.

use super::super::cuts::cuts;
use super::super::program::{Bound, Ended};
use super::part::Node;
use super::{STEPS, Tree};

/// Times that rows are sought for a solution, first those on sites alone, then others: at the root, and elsewhere.
const ROUNDS: [[usize; 2]; 2] = [[30, 8], [3, 0]];

/// After so many times the bound must be better by this part of what it is too high, or no more rows are sought: rows
/// on sites alone, and others.
const LATELY: [usize; 2] = [6, 2];
const BETTER: f64 = 0.02;

/// Work of seeking rows for a site.
const SEEKING: u64 = 2_000;

/// Work of rounding a row.
const CUTTING: u64 = 20;

impl Tree<'_, '_> {
    /// Adds rows on sites alone that the first solution breaks; others wait until there is branching.
    pub(in crate::solve) fn tighten_root(&mut self) {
        if let Some(mut root) = self.open.pop() {
            self.add_rounds(&mut root, ROUNDS[0][0], false);
            self.open.push(root);
        }
    }

    /// Adds rows that the solution of a node breaks, as long as they take something from its bound.
    pub(super) fn tighten(&mut self, node: &mut Node) {
        let [alone, others] = ROUNDS[usize::from(self.nodes > 1)];
        self.add_rounds(node, alone, false);
        self.add_rounds(node, others, true);
    }

    /// Adds rows so many times at most.
    fn add_rounds(&mut self, node: &mut Node, rounds: usize, with_cuts: bool) {
        let mut bounds = vec![node.bound];
        for _ in 0..rounds {
            if self.meter.must_stop().is_some() || self.is_settled(node.bound) {
                return;
            }
            let lately = LATELY[usize::from(with_cuts)];
            if bounds.len() > lately && !self.is_better(bounds[bounds.len() - 1 - lately], node.bound) {
                return;
            }
            if node.bound == f64::NEG_INFINITY || !self.add_rows(node, with_cuts) {
                return;
            }
            bounds.push(node.bound);
        }
    }

    /// Whether a bound has come down enough for more rows to be worth it.
    fn is_better(&self, before: f64, now: f64) -> bool {
        let excess = if self.best.is_finite() { before - self.best } else { 0.01 * before.abs() };
        before - now > BETTER * excess
    }

    /// Adds the rows that the solution of a node breaks: those known, else new ones; whether there are any.
    fn add_rows(&mut self, node: &mut Node, with_cuts: bool) -> bool {
        let breaks = |terms: &[(usize, f64)], most: f64, node: &Node| node.optimum.total(terms) > most + 1e-6;
        let before = node.optimum.iterations();
        let mut new: Vec<_> =
            self.gained.iter().filter(|(terms, _, most)| breaks(terms, *most, node)).cloned().collect();
        let known = !new.is_empty();
        if !known {
            let (found, sites) = self.master.rows_alone(&mut self.alone, &node.optimum);
            self.meter.spend(SEEKING * sites);
            new = found;
            if with_cuts {
                let values = (0..self.master.program.columns.len()).map(|column| node.optimum.value(column));
                let (found, looked_at) = cuts(&self.master.program, &self.gained, values.collect());
                self.meter.spend(CUTTING * looked_at);
                new.extend(found);
            }
        }
        let mut added = false;
        for row in new {
            let (terms, _, most) = &row;
            if !breaks(terms, *most, node) {
                continue;
            }
            let next = node.optimum.with_row(terms, Bound::AtMost, *most, &|| self.meter.time_to_wait());
            if !known {
                self.gained.push(row);
            }
            match next {
                Ended::Solved(optimum) => node.optimum = optimum,
                Ended::Infeasible => match self.afresh(node, None) {
                    Ended::Solved(optimum) => node.optimum = optimum,
                    Ended::Infeasible => {
                        node.bound = f64::NEG_INFINITY;
                        return false;
                    }
                    Ended::GivenUp => return false,
                },
                Ended::GivenUp => return false,
            }
            added = true;
        }
        self.meter.spend(STEPS * (node.optimum.iterations().saturating_sub(before) + 20));
        node.bound = node.bound.min(self.master.value(&node.optimum));
        added
    }
}
