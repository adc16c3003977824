//! Mixed-integer rounding of a row.
//!
//! Of `whole numbers + a remainder that is at least 0 <= limit`, where the limit has a fraction, the whole numbers and
//! a multiple of the remainder are within the limit rounded down. Whole numbers may be counted from their most
//! downwards, and what need not be whole from a limit of its own; the row may be divided by any number first.

use std::collections::BTreeMap;

use super::aggregate::Sum;
use super::{Cut, View};
use crate::solve::program::Col;

/// Fractions of the limit with which a row is rounded.
const FRACTIONS: (f64, f64) = (0.05, 0.95);

/// A column this close to a limit is there.
const NEAR: f64 = 1e-6;

/// Divisors tried, of those that the factors suggest.
const DIVISORS: usize = 8;

/// Columns that are counted the other way round, at most.
const FLIPS: usize = 12;

/// A row that is broken by less is none.
const DEPTH: f64 = 1e-3;

/// A factor below this part of the greatest one is taken out of a row.
const RATIO: f64 = 1e-5;

/// Room for rounding in each row.
const ROUNDING: f64 = 1e-7;

/// A whole number in a row.
#[derive(Clone, Copy, Debug)]
struct Whole {
    column: Col,
    factor: f64,
    value: f64,
    most: f64,
    /// Whether it is counted from its most downwards.
    flipped: bool,
}

impl Whole {
    fn can_flip(&self) -> bool {
        self.most.is_finite() && self.most.fract() == 0.0
    }

    fn is_between(&self) -> bool {
        self.value > NEAR && self.value < self.most - NEAR
    }

    /// Factor and value of what is counted.
    fn counted(&self) -> (f64, f64) {
        if self.flipped { (-self.factor, self.most - self.value) } else { (self.factor, self.value) }
    }
}

/// Something that is at least 0 and need not be whole, with a factor below 0.
#[derive(Clone, Copy, Debug)]
struct Part {
    factor: f64,
    value: f64,
    column: Col,
    from: From,
}

/// Where a part is counted from.
#[derive(Clone, Copy, Debug)]
enum From {
    Nothing,
    Most(f64),
    /// So many times another column.
    Times(f64, Col),
}

/// A row made ready for rounding.
#[derive(Clone, Debug)]
struct Row {
    wholes: Vec<Whole>,
    parts: Vec<Part>,
    limit: f64,
}

/// The cut from a sum that the solution is farthest beyond, of those that are tried.
pub(super) fn rounded(view: &View<'_>, sum: &Sum) -> Option<Cut> {
    let mut row = Row::new(view, sum);
    let mut divisors: Vec<f64> =
        row.wholes.iter().filter(|whole| whole.is_between()).map(|whole| whole.factor.abs()).collect();
    divisors.sort_by(f64::total_cmp);
    divisors.dedup_by(|a, b| (*a - *b).abs() < 1e-9);
    divisors.truncate(DIVISORS);
    divisors.push(1.0);
    let depth = |row: &Row, divisor: f64| row.depth(divisor).unwrap_or(f64::NEG_INFINITY);
    let tried = divisors.into_iter().map(|divisor| (depth(&row, divisor), divisor));
    let (mut best, first) = tried.max_by(|a, b| a.0.total_cmp(&b.0))?;
    if best == f64::NEG_INFINITY {
        return None;
    }
    let mut divisor = first;
    for part in [2.0, 4.0, 8.0] {
        let depth = depth(&row, first / part);
        if depth > best {
            (best, divisor) = (depth, first / part);
        }
    }
    let uneven = |whole: &Whole| (whole.value - whole.most / 2.0).abs();
    let mut order: Vec<usize> = (0..row.wholes.len())
        .filter(|&rank| row.wholes[rank].can_flip() && row.wholes[rank].is_between())
        .collect();
    order.sort_by(|&a, &b| uneven(&row.wholes[a]).total_cmp(&uneven(&row.wholes[b])));
    for rank in order.into_iter().take(FLIPS) {
        row.wholes[rank].flipped ^= true;
        let depth = depth(&row, divisor);
        if depth > best {
            best = depth;
        } else {
            row.wholes[rank].flipped ^= true;
        }
    }
    if best > DEPTH { row.cut(view, divisor) } else { None }
}

/// What a whole number counts for in a rounded row, with this fraction of the limit.
fn rounded_down(factor: f64, fraction: f64) -> f64 {
    let floor = factor.floor();
    floor + (factor - floor - fraction).max(0.0) / (1.0 - fraction)
}

impl Row {
    fn new(view: &View<'_>, sum: &Sum) -> Row {
        let mut limit = sum.most;
        let mut parts = Vec::new();
        let mut wholes = BTreeMap::<Col, f64>::new();
        for (&column, &factor) in &sum.factors {
            if view.is_whole(column) {
                *wholes.entry(column).or_insert(0.0) += factor;
                continue;
            }
            let value = view.values[column];
            let mut nearest = (view.most(column) - value, From::Most(view.most(column)));
            for &(times, of) in &view.caps[column] {
                let room = times * view.values[of] - value;
                if room <= nearest.0 + 1e-9 {
                    nearest = (room, From::Times(times, of));
                }
            }
            let (value, from) = if value <= nearest.0 { (value, From::Nothing) } else { nearest };
            let factor = match from {
                From::Nothing => factor,
                From::Most(most) => {
                    limit -= factor * most;
                    -factor
                }
                From::Times(times, of) => {
                    *wholes.entry(of).or_insert(0.0) += factor * times;
                    -factor
                }
            };
            // What has a factor of at least 0 only helps to keep the limit.
            if factor < 0.0 {
                parts.push(Part { factor, value: value.max(0.0), column, from });
            }
        }
        let whole = |(column, factor): (Col, f64)| {
            let (value, most) = (view.values[column], view.most(column));
            let mut whole = Whole { column, factor, value, most, flipped: false };
            whole.flipped = whole.can_flip() && value > most / 2.0;
            whole
        };
        Row {
            wholes: wholes.into_iter().filter(|(_, factor)| *factor != 0.0).map(whole).collect(),
            parts,
            limit,
        }
    }

    /// The limit where whole numbers are counted as they are, divided.
    fn counted_limit(&self, divisor: f64) -> f64 {
        let flipped = self.wholes.iter().filter(|whole| whole.flipped);
        (self.limit - flipped.map(|whole| whole.factor * whole.most).sum::<f64>()) / divisor
    }

    /// The limit divided, and its fraction, where that is a good one.
    fn fraction(&self, divisor: f64) -> Option<(f64, f64)> {
        let limit = self.counted_limit(divisor);
        let fraction = limit - limit.floor();
        (limit.abs() < 1e9 && fraction > FRACTIONS.0 && fraction < FRACTIONS.1).then_some((limit, fraction))
    }

    /// How far beyond the rounded row the solution is, nearly.
    fn depth(&self, divisor: f64) -> Option<f64> {
        let (limit, fraction) = self.fraction(divisor)?;
        let (mut excess, mut norm) = (-limit.floor(), 0.0);
        for whole in &self.wholes {
            let (factor, value) = whole.counted();
            let factor = rounded_down(factor / divisor, fraction);
            excess += factor * value;
            norm += factor * factor;
        }
        let times = 1.0 / (divisor * (1.0 - fraction));
        for part in &self.parts {
            let factor = part.factor * times;
            excess += factor * part.value;
            norm += factor * factor;
        }
        (norm > 1e-18).then(|| excess / norm.sqrt())
    }

    /// The rounded row in the columns of the program.
    fn cut(&self, view: &View<'_>, divisor: f64) -> Option<Cut> {
        let (limit, fraction) = self.fraction(divisor)?;
        let mut most = limit.floor();
        let mut factors = BTreeMap::<Col, f64>::new();
        for whole in &self.wholes {
            let factor = rounded_down(whole.counted().0 / divisor, fraction);
            if whole.flipped {
                most -= factor * whole.most;
            }
            *factors.entry(whole.column).or_insert(0.0) += if whole.flipped { -factor } else { factor };
        }
        let times = 1.0 / (divisor * (1.0 - fraction));
        for part in &self.parts {
            let factor = part.factor * times;
            let (sign, from) = match part.from {
                From::Nothing => (1.0, None),
                From::Most(all) => {
                    most -= factor * all;
                    (-1.0, None)
                }
                From::Times(times, of) => (-1.0, Some((of, times))),
            };
            *factors.entry(part.column).or_insert(0.0) += sign * factor;
            if let Some((of, times)) = from {
                *factors.entry(of).or_insert(0.0) += factor * times;
            }
        }
        tidy(view, factors, most)
    }
}

/// A row without factors that are almost nothing, and with room for rounding.
fn tidy(view: &View<'_>, factors: BTreeMap<Col, f64>, most: f64) -> Option<Cut> {
    let greatest = factors.values().map(|factor| factor.abs()).fold(0.0, f64::max);
    if !(greatest > 1e-9 && greatest < 1e9) {
        return None;
    }
    let mut cut = Cut { terms: Vec::new(), most: most / greatest, depth: 0.0 };
    for (column, factor) in factors {
        let factor = factor / greatest;
        if factor.abs() >= RATIO {
            cut.terms.push((column, factor));
        } else if factor < 0.0 {
            // As little as it can take from the sum.
            cut.most -= factor * view.most(column);
        }
    }
    cut.most += ROUNDING * (1.0 + cut.most.abs());
    let total: f64 = cut.terms.iter().map(|&(column, factor)| factor * view.values[column]).sum();
    cut.depth = (total - cut.most) / cut.norm();
    (cut.most.is_finite() && cut.depth > DEPTH).then_some(cut)
}
