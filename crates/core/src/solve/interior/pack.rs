//! A program as the interior point method takes it: without columns that are fixed and rows that say nothing.

use clarabel::algebra::CscMatrix;

use super::Ranges;
use crate::solve::program::{Bound, Col, Program, Row};

/// A row with no more room than this says nothing.
const ROOM: f64 = 1e-9;

/// Minimise `costs` times columns from 0, with `matrix` times them, and something that is not negative, equal to
/// `limits`; nothing for the first `equations`.
#[derive(Debug)]
pub(super) struct Packed {
    pub(super) costs: Vec<f64>,
    pub(super) matrix: CscMatrix<f64>,
    pub(super) limits: Vec<f64>,
    pub(super) equations: usize,
    /// The rows that the first lines are.
    lines: Vec<Line>,
    /// Columns of the program that those of the matrix are.
    columns: Vec<Col>,
}

/// A line of the matrix: a row of the program, by rank, times a sign.
#[derive(Clone, Copy, Debug)]
struct Line {
    row: usize,
    sign: f64,
    limit: f64,
}

impl Packed {
    pub(super) fn new(program: &Program, rows: &[&Row], ranges: &Ranges) -> Packed {
        let columns: Vec<Col> =
            (0..program.columns.len()).filter(|&column| !ranges.is_fixed(column)).collect();
        let mut place = vec![None; program.columns.len()];
        columns.iter().enumerate().for_each(|(rank, &column)| place[column] = Some(rank));
        let (mut equations, mut others) = (Vec::new(), Vec::new());
        // By column of the matrix: whether some line keeps it within its range.
        let mut is_kept = vec![false; columns.len()];
        for (row, (terms, bound, limit)) in rows.iter().enumerate() {
            let free: Vec<(Col, f64)> = terms
                .iter()
                .copied()
                .filter(|&(column, factor)| place[column].is_some() && factor != 0.0)
                .collect();
            let fixed: f64 = terms.iter().map(|&(column, factor)| factor * ranges.least(column)).sum();
            let room = limit - fixed;
            let span = |sign: f64| -> f64 {
                free.iter().map(|&(column, factor)| (sign * factor * ranges.width(column)).max(0.0)).sum()
            };
            match bound {
                _ if free.is_empty() => continue,
                Bound::AtMost if span(1.0) <= room + ROOM => continue,
                Bound::AtLeast if -span(-1.0) >= room - ROOM => continue,
                Bound::AtMost => others.push(Line { row, sign: 1.0, limit: room }),
                Bound::AtLeast => others.push(Line { row, sign: -1.0, limit: room }),
                Bound::Exactly => equations.push(Line { row, sign: 1.0, limit: room }),
            }
            if *bound != Bound::AtLeast && free.iter().all(|&(_, factor)| factor > 0.0) {
                for &(column, factor) in &free {
                    if let Some(rank) = place[column].filter(|_| room <= factor * ranges.width(column)) {
                        is_kept[rank] = true;
                    }
                }
            }
        }
        let count = equations.len();
        let lines: Vec<Line> = equations.into_iter().chain(others).collect();
        let mut limits: Vec<f64> = lines.iter().map(|line| line.sign * line.limit).collect();
        let mut entries: Vec<Vec<(usize, f64)>> = vec![Vec::new(); columns.len()];
        for (rank, line) in lines.iter().enumerate() {
            for &(column, factor) in &rows[line.row].0 {
                if let Some(at) = place[column].filter(|_| factor != 0.0) {
                    entries[at].push((rank, line.sign * factor));
                }
            }
        }
        for (rank, &column) in columns.iter().enumerate() {
            if !is_kept[rank] && ranges.width(column).is_finite() {
                entries[rank].push((limits.len(), 1.0));
                limits.push(ranges.width(column));
            }
            entries[rank].push((limits.len(), -1.0));
            limits.push(0.0);
        }
        let costs = columns.iter().map(|&column| -program.columns[column].0).collect();
        Packed { costs, matrix: matrix(&entries, limits.len()), limits, equations: count, lines, columns }
    }

    /// Whether nothing is left to decide.
    pub(super) fn is_empty(&self) -> bool {
        self.columns.is_empty()
    }

    /// The weights of so many rows of the program, from those of the lines.
    pub(super) fn weights(&self, of_lines: &[f64], rows: usize) -> Vec<f64> {
        let mut weights = vec![0.0; rows];
        for (line, weight) in self.lines.iter().zip(of_lines) {
            weights[line.row] = line.sign * weight;
        }
        weights
    }

    /// The values of all columns of the program, from those of the columns of the matrix.
    pub(super) fn values(&self, of_columns: &[f64], ranges: &Ranges) -> Vec<f64> {
        let mut values = ranges.middle();
        for (&column, value) in self.columns.iter().zip(of_columns) {
            values[column] = (ranges.least(column) + value.max(0.0)).min(ranges.most(column));
        }
        values
    }
}

/// A matrix of so many lines, by columns.
fn matrix(entries: &[Vec<(usize, f64)>], lines: usize) -> CscMatrix<f64> {
    let (mut starts, mut ranks, mut factors) = (vec![0], Vec::new(), Vec::new());
    for column in entries {
        ranks.extend(column.iter().map(|&(rank, _)| rank));
        factors.extend(column.iter().map(|&(_, factor)| factor));
        starts.push(ranks.len());
    }
    CscMatrix::new(lines, entries.len(), starts, ranks, factors)
}
