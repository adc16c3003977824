//! Sums of rows, in which columns between their limits cancel out.

use std::collections::BTreeMap;

use super::mir;
use super::{Cut, View};
use crate::solve::program::Col;

/// Rows in a sum, at most.
const ROWS: usize = 6;

/// Columns that are tried to be cancelled out, at most.
const TRIED: usize = 5;

/// A row added to a sum has no more room than this.
const NO_ROOM: f64 = 1e-6;

/// A column this close to a limit is there.
const NEAR: f64 = 1e-6;

/// A factor below this is none.
const NOTHING: f64 = 1e-9;

/// Greatest and least factor of a row in a sum.
const FACTORS: (f64, f64) = (1e-4, 1e4);

/// A sum of columns that is at most so much.
#[derive(Clone, Debug)]
pub(super) struct Sum {
    pub(super) factors: BTreeMap<Col, f64>,
    pub(super) most: f64,
}

impl Sum {
    /// Adds a row, so many times.
    fn add(&mut self, view: &View<'_>, rank: usize, times: f64) {
        let line = &view.lines[rank];
        self.most += times * line.limit;
        for &(column, factor) in line.terms {
            let sum = self.factors.entry(column).or_insert(0.0);
            *sum += times * factor;
            // A little too much on the left is dropped, too little goes to the right.
            if sum.abs() < NOTHING * (1.0 + (times * factor).abs())
                && (*sum >= 0.0 || view.most(column).is_finite())
            {
                self.most += if *sum < 0.0 { -*sum * view.most(column) } else { 0.0 };
                self.factors.remove(&column);
            }
        }
    }
}

/// A cut from this row, or from a sum of it and others.
pub(super) fn cut_from(view: &View<'_>, rank: usize, sign: f64) -> Option<Cut> {
    let mut sum = Sum { factors: BTreeMap::new(), most: 0.0 };
    sum.add(view, rank, sign);
    let mut used = vec![rank];
    loop {
        if let Some(cut) = mir::rounded(view, &sum) {
            return Some(cut);
        }
        if used.len() >= ROWS {
            return None;
        }
        let (next, times) = next(view, &sum, &used)?;
        sum.add(view, next, times);
        used.push(next);
        if sum.factors.len() > super::LONG {
            return None;
        }
    }
}

/// The row that cancels a column out, with its factor: one that need not be whole if there is any, the farther from its
/// limits the better.
fn next(view: &View<'_>, sum: &Sum, used: &[usize]) -> Option<(usize, f64)> {
    let between = |&column: &Col| {
        let value = view.values[column];
        let is_free = |&(times, of): &(f64, Col)| times * view.values[of] - value > NEAR;
        value > NEAR && view.most(column) - value > NEAR && view.caps[column].iter().all(is_free)
    };
    let split = |&column: &Col| (view.values[column] - view.values[column].round()).abs() > NEAR;
    let mut columns: Vec<Col> =
        sum.factors.keys().copied().filter(|&column| !view.is_whole(column)).filter(between).collect();
    if columns.is_empty() {
        columns = sum.factors.keys().copied().filter(|&column| view.is_whole(column)).filter(split).collect();
    }
    let inside = |column: Col| view.values[column].min(view.most(column) - view.values[column]);
    columns.sort_by(|&a, &b| inside(b).total_cmp(&inside(a)));
    columns.into_iter().take(TRIED).find_map(|column| {
        let times = |&(rank, factor): &(usize, f64)| {
            let times = -sum.factors.get(&column)? / factor;
            let line = &view.lines[rank];
            let is_fit = line.room().abs() < NO_ROOM
                && line.can_be(times)
                && (FACTORS.0..FACTORS.1).contains(&times.abs())
                && !used.contains(&rank);
            is_fit.then_some((rank, times))
        };
        view.rows_of[column]
            .iter()
            .filter_map(times)
            .min_by_key(|&(rank, _)| (view.lines[rank].terms.len(), rank))
    })
}
