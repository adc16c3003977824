//! Relaxed solutions of a part, and what they leave of its ranges.

use rayon::prelude::*;

use super::Tree;
use super::part::{Part, Side};
use crate::solve::interior::{Ended, Ranges, Relaxed, Wanted, narrow, relax};
use crate::solve::program::{Point, Row};

/// How exactly programs are solved: for bounds as a part of the gap asked for, within limits, and for corners.
const EXACTLY: f64 = 0.05;
const ACCURACY: [f64; 2] = [1e-8, 1e-5];
const AT_A_CORNER: f64 = 1e-7;

/// A worth that is less is none.
const WORTH: f64 = 1e-7;

impl Tree<'_, '_> {
    /// All plans.
    pub(super) fn root(&self) -> Side {
        self.relax(f64::INFINITY, Ranges::of(&self.master.program), Vec::new(), Vec::new())
    }

    /// The part of a part with bound `before` that these ranges and rows make, with these gained rows in its program.
    pub(super) fn relax(&self, before: f64, ranges: Ranges, rows: Vec<Row>, kept: Vec<usize>) -> Side {
        let program = &self.master.program;
        let more = self.added(&rows, &kept);
        let Some(mut ranges) = narrow(program, &more, ranges) else { return Side::without(self.enough()) };
        let accuracy = (EXACTLY * self.target.gap).clamp(ACCURACY[0], ACCURACY[1]);
        let wanted = Wanted { accuracy, enough: self.enough() - self.master.value_of(0.0) };
        match relax(program, &more, &ranges, wanted, self.meter) {
            Ended::Infeasible => Side::without(self.enough()),
            Ended::GivenUp => Side::without(before),
            Ended::Solved(Relaxed { point, bound, worths, .. }) => {
                let own = self.master.value_of(bound);
                let bound = own.min(before);
                if self.is_settled(bound) {
                    return Side::without(bound);
                }
                let Some(left_out) = self.fix(&mut ranges, &worths, own) else {
                    return Side::without(self.enough());
                };
                Side {
                    part: Some(Part {
                        bound,
                        point,
                        ranges,
                        rows,
                        kept,
                        left_out,
                        sought: Default::default(),
                    }),
                    lost: bound,
                }
            }
        }
    }

    /// Solutions of a part at corners of the best ones, or near; less where they are not found.
    pub(super) fn corners(&self, part: &Part) -> Vec<Point> {
        let more = self.added(&part.rows, &part.kept);
        let wanted = Wanted { accuracy: AT_A_CORNER, enough: f64::NEG_INFINITY };
        let corner = |leaning| match relax(leaning, &more, &part.ranges, wanted, self.meter) {
            Ended::Solved(relaxed) => Some(relaxed.point),
            Ended::Infeasible | Ended::GivenUp => None,
        };
        self.leaning.par_iter().map(corner).collect::<Vec<_>>().into_iter().flatten().collect()
    }

    pub(super) fn added<'r>(&'r self, rows: &'r [Row], kept: &[usize]) -> Vec<&'r Row> {
        rows.iter().chain(kept.iter().map(|&rank| &self.gained[rank])).collect()
    }

    /// Takes from ranges what is not worth having, where the bound of a program is `own` and one more of each column adds
    /// so much to it; the greatest bound of what is left out, above the best plan. None where nothing is left.
    fn fix(&self, ranges: &mut Ranges, worths: &[f64], own: f64) -> Option<f64> {
        let mut left_out = f64::NEG_INFINITY;
        if !own.is_finite() || !self.best.is_finite() {
            return Some(left_out);
        }
        for (column, &worth) in worths.iter().enumerate().filter(|(_, worth)| worth.abs() > WORTH) {
            let is_whole = self.master.program.whole[column];
            // What is not whole could be cut anywhere: nothing better than the best plan is cut from it.
            let worth_having = if is_whole { self.enough() } else { self.best };
            let steps = (own - worth_having) / worth.abs();
            let (least, most) = (ranges.least(column), ranges.most(column));
            if worth < 0.0 {
                ranges.keep_below(column, least + steps, is_whole)?;
            } else {
                ranges.keep_above(column, most - steps, is_whole)?;
            }
            let left = if worth < 0.0 { ranges.most(column) - least } else { most - ranges.least(column) };
            if is_whole && left < most - least {
                left_out = left_out.max(own - worth.abs() * (left + 1.0));
            }
        }
        Some(left_out.min(self.enough()))
    }
}
