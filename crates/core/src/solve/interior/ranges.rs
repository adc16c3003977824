//! What rows leave of the ranges of columns.

use crate::solve::program::{Bound, Col, Program, Row};

/// Times that all rows are looked at.
const ROUNDS: usize = 5;

/// A range that is narrower is one value.
const NARROW: f64 = 1e-9;

/// A range that need not be whole is narrowed where it becomes smaller by this part.
const LESS: f64 = 1e-3;

/// Room for rounding: where a value is almost a whole number, or a row almost full.
const ROUNDING: f64 = 1e-6;

/// By column: the least and the most that it can be.
#[derive(Clone, Debug)]
pub(in crate::solve) struct Ranges(Vec<(f64, f64)>);

impl Ranges {
    /// All that a program allows.
    pub(in crate::solve) fn of(program: &Program) -> Ranges {
        let whole = |(&(_, most), &is_whole): (&(f64, f64), &bool)| {
            (0.0, if is_whole { (most + ROUNDING).floor() } else { most })
        };
        Ranges(program.columns.iter().zip(&program.whole).map(whole).collect())
    }

    /// The range of a column more, from 0 to any number.
    pub(in crate::solve) fn push_any(&mut self) {
        self.0.push((0.0, f64::INFINITY));
    }

    /// Keeps a column to one value, whatever it could be.
    pub(in crate::solve) fn fix(&mut self, column: Col, value: f64) {
        self.0[column] = (value, value);
    }

    pub(in crate::solve) fn least(&self, column: Col) -> f64 {
        self.0[column].0
    }

    pub(in crate::solve) fn most(&self, column: Col) -> f64 {
        self.0[column].1
    }

    pub(super) fn width(&self, column: Col) -> f64 {
        self.most(column) - self.least(column)
    }

    pub(super) fn is_fixed(&self, column: Col) -> bool {
        self.width(column) < NARROW
    }

    /// A value within each range.
    pub(super) fn middle(&self) -> Vec<f64> {
        let middle =
            |&(least, most): &(f64, f64)| if most.is_finite() { 0.5 * (least + most) } else { least };
        self.0.iter().map(middle).collect()
    }

    /// Keeps a column to at most so much, a whole number where it is one; whether that is less than before. None where
    /// nothing is left.
    pub(in crate::solve) fn keep_below(&mut self, column: Col, most: f64, is_whole: bool) -> Option<bool> {
        let most = if is_whole { (most + ROUNDING).floor() } else { most + ROUNDING };
        let (least, before) = self.0[column];
        if most < least - ROUNDING {
            return None;
        }
        let most = most.max(least);
        let is_less = before - most > worth_it(before - least, is_whole);
        if is_less {
            self.0[column].1 = most;
        }
        Some(is_less)
    }

    /// The same for at least so much.
    pub(in crate::solve) fn keep_above(&mut self, column: Col, least: f64, is_whole: bool) -> Option<bool> {
        let least = if is_whole { (least - ROUNDING).ceil() } else { least - ROUNDING };
        let (before, most) = self.0[column];
        if least > most + ROUNDING {
            return None;
        }
        let least = least.min(most);
        let is_more = least - before > worth_it(most - before, is_whole);
        if is_more {
            self.0[column].0 = least;
        }
        Some(is_more)
    }

    /// Narrows ranges by a sum, times a sign, that is at most `limit`; whether that took anything from them. None where
    /// nothing is left.
    fn keep(&mut self, program: &Program, terms: &[(Col, f64)], sign: f64, limit: f64) -> Option<bool> {
        let low = |ranges: &Ranges, column: Col, factor: f64| {
            factor * if factor > 0.0 { ranges.least(column) } else { ranges.most(column) }
        };
        let least: f64 = terms.iter().map(|&(column, factor)| low(self, column, sign * factor)).sum();
        if !least.is_finite() {
            return Some(false);
        }
        if least > limit + ROUNDING * limit.abs().max(1.0) {
            return None;
        }
        let mut any = false;
        for &(column, factor) in terms {
            let factor = sign * factor;
            if factor == 0.0
                || self.is_fixed(column)
                || factor.abs() * self.width(column) <= limit - least + ROUNDING
            {
                continue;
            }
            let value = (limit - least + low(self, column, factor)) / factor;
            let is_whole = program.whole[column];
            any |= if factor > 0.0 {
                self.keep_below(column, value, is_whole)?
            } else {
                self.keep_above(column, value, is_whole)?
            };
        }
        Some(any)
    }
}

/// A range of this width is narrowed by no less.
fn worth_it(width: f64, is_whole: bool) -> f64 {
    if is_whole { 0.5 } else { LESS * width.clamp(LESS, 1.0 / LESS) }
}

/// Narrows ranges by the rows of a program and others; None where they leave nothing.
pub(in crate::solve) fn narrow(program: &Program, more: &[&Row], mut ranges: Ranges) -> Option<Ranges> {
    for _ in 0..ROUNDS {
        let mut any = false;
        for (terms, bound, limit) in program.rows.iter().chain(more.iter().copied()) {
            if *bound != Bound::AtLeast {
                any |= ranges.keep(program, terms, 1.0, *limit)?;
            }
            if *bound != Bound::AtMost {
                any |= ranges.keep(program, terms, -1.0, -*limit)?;
            }
        }
        if !any {
            break;
        }
    }
    Some(ranges)
}
