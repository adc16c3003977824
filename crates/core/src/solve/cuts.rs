//! Rows that every whole solution of a program keeps, and a relaxed one does not: cutting planes.
//!
//! Rows are added up (`aggregate`), and the sum is rounded (`mir`), as by Marchand & Wolsey (2001), Aggregation and
//! mixed integer rounding to solve MIPs, Operations Research 49(3).

mod aggregate;
mod mir;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::program::{Bound, Col, Program, Terms};

/// Most rows that are added at once.
const MOST: usize = 60;

/// Of two rows whose directions are as near as this, the one that is broken less is left out.
const ALIKE: f64 = 0.7;

/// A row is taken from one that holds with no more room than this.
const TIGHT: f64 = 0.1;

/// Terms of a row that is rounded, at most.
const LONG: usize = 400;

/// A row with the relaxed solution beyond it.
#[derive(Clone, Debug)]
struct Cut {
    terms: Terms,
    most: f64,
    /// How far beyond the solution is.
    depth: f64,
}

impl Cut {
    fn norm(&self) -> f64 {
        self.terms.iter().map(|(_, factor)| factor * factor).sum::<f64>().sqrt()
    }
}

/// One row of a program, and its sum in a relaxed solution.
#[derive(Clone, Copy, Debug)]
struct Line<'p> {
    terms: &'p [(Col, f64)],
    bound: Bound,
    limit: f64,
    total: f64,
}

impl Line<'_> {
    /// How much room is left; less than nothing where rounding says so.
    fn room(&self) -> f64 {
        match self.bound {
            Bound::AtMost => self.limit - self.total,
            Bound::AtLeast => self.total - self.limit,
            Bound::Exactly => 0.0,
        }
    }

    /// Whether it may be multiplied by a number of this sign and still be an upper limit.
    fn can_be(&self, sign: f64) -> bool {
        match self.bound {
            Bound::AtMost => sign > 0.0,
            Bound::AtLeast => sign < 0.0,
            Bound::Exactly => sign != 0.0,
        }
    }
}

/// A program seen from a relaxed solution.
#[derive(Debug)]
struct View<'p> {
    program: &'p Program,
    lines: Vec<Line<'p>>,
    /// By column: the value, and the rows that it is in, with its factor.
    values: Vec<f64>,
    rows_of: Vec<Vec<(usize, f64)>>,
    /// By column that need not be whole: columns of 0 or 1 that it is at most so many times.
    caps: Vec<Vec<(f64, Col)>>,
}

impl<'p> View<'p> {
    /// The rows of a program and others that all its plans keep, at the values of its columns.
    fn new(program: &'p Program, more: &'p [(Terms, Bound, f64)], values: Vec<f64>) -> View<'p> {
        let line = |(terms, bound, limit): &'p (Terms, Bound, f64)| Line {
            terms,
            bound: *bound,
            limit: *limit,
            total: terms.iter().map(|&(column, factor)| factor * values[column]).sum(),
        };
        let lines: Vec<Line<'_>> = program.rows.iter().chain(more).map(line).collect();
        let mut rows_of = vec![Vec::new(); values.len()];
        for (rank, line) in lines.iter().enumerate().filter(|(_, line)| line.terms.len() <= LONG) {
            line.terms.iter().for_each(|&(column, factor)| rows_of[column].push((rank, factor)));
        }
        let mut caps = vec![Vec::new(); values.len()];
        for line in &lines {
            if let (&[a, b], Bound::AtMost, 0.0) = (line.terms, line.bound, line.limit) {
                for ((column, factor), (of, other)) in [(a, b), (b, a)] {
                    let is_open = program.whole[of] && program.columns[of].1 == 1.0;
                    if factor > 0.0 && other < 0.0 && is_open && !program.whole[column] {
                        caps[column].push((-other / factor, of));
                    }
                }
            }
        }
        View { program, lines, values, rows_of, caps }
    }

    fn most(&self, column: Col) -> f64 {
        self.program.columns[column].1
    }

    fn is_whole(&self, column: Col) -> bool {
        self.program.whole[column]
    }
}

/// Rows that a solution with these values breaks and no whole one does, those broken most first; and how many rows were
/// looked at. `more` are rows that all whole solutions keep, too.
pub(super) fn cuts(
    program: &Program,
    more: &[(Terms, Bound, f64)],
    values: Vec<f64>,
) -> (Vec<(Terms, Bound, f64)>, u64) {
    let view = View::new(program, more, values);
    let starts: Vec<(usize, f64)> = (0..view.lines.len())
        .filter(|&rank| view.lines[rank].room() <= TIGHT && view.lines[rank].terms.len() <= LONG)
        .flat_map(|rank| [(rank, 1.0), (rank, -1.0)])
        .filter(|&(rank, sign)| view.lines[rank].can_be(sign))
        .collect();
    let mut found: Vec<Cut> =
        starts.par_iter().filter_map(|&(rank, sign)| aggregate::cut_from(&view, rank, sign)).collect();
    found.sort_by(|a, b| b.depth.total_cmp(&a.depth));
    let rows = unlike(found).into_iter().map(|cut| (cut.terms, Bound::AtMost, cut.most)).collect();
    (rows, starts.len() as u64)
}

/// The first of rows that are much alike.
fn unlike(found: Vec<Cut>) -> Vec<Cut> {
    let mut kept: Vec<(Cut, BTreeMap<Col, f64>, f64)> = Vec::new();
    for cut in found {
        let norm = cut.norm();
        let is_near = |(_, factors, other): &(Cut, BTreeMap<Col, f64>, f64)| {
            let product: f64 =
                cut.terms.iter().filter_map(|(column, f)| Some(f * factors.get(column)?)).sum();
            product > ALIKE * norm * other
        };
        if !kept.iter().any(is_near) {
            let factors = cut.terms.iter().copied().collect();
            kept.push((cut, factors, norm));
        }
        if kept.len() >= MOST {
            break;
        }
    }
    kept.into_iter().map(|(cut, ..)| cut).collect()
}
