//! Several rows of a table at once.
//!
//! Searches from near origins reach the same buckets at the top of a hierarchy. Filled one row after the other, a
//! table reads each of these buckets anew for every row; here it is read once for a batch of rows, whose cells of one
//! destination lie side by side.

use super::buckets::{Buckets, Row};
use crate::cost::Cost;

/// Rows of a batch: their cells of one destination fill a line of the cache.
pub(crate) const ROWS: usize = 8;

/// The rows of a batch while they are filled.
#[derive(Debug)]
pub(crate) struct Batch {
    /// By destination, then by row.
    cells: Vec<[Cost; ROWS]>,
    /// What the searches reached: node, row, cost.
    reached: Vec<(u32, u8, Cost)>,
}

/// Takes down what the search for one row of a batch reaches.
#[derive(Debug)]
pub(crate) struct Reached<'a> {
    row: u8,
    reached: &'a mut Vec<(u32, u8, Cost)>,
}

impl Row for Reached<'_> {
    #[inline]
    fn offer(&mut self, buckets: &Buckets, node: u32, cost: Cost, _: Cost) {
        if !buckets.at(node).is_empty() {
            self.reached.push((node, self.row, cost));
        }
    }
}

impl Batch {
    pub(crate) fn new(destinations: usize) -> Batch {
        Batch { cells: vec![[Cost::NEVER; ROWS]; destinations], reached: Vec::new() }
    }

    /// The row of this number, below [`ROWS`].
    pub(crate) fn row(&mut self, row: usize) -> Reached<'_> {
        Reached { row: row as u8, reached: &mut self.reached }
    }

    /// Fills the rows from all that was reached, as far as it costs `most` at most, and forgets it.
    pub(crate) fn fill<'a>(
        &mut self,
        buckets: &Buckets,
        most: Cost,
        rows: impl Iterator<Item = &'a mut [Cost]>,
    ) {
        self.cells.fill([Cost::NEVER; ROWS]);
        self.reached.sort_unstable_by_key(|&(node, row, _)| (node, row));
        for group in self.reached.chunk_by(|one, next| one.0 == next.0) {
            // More than `most` with anything added, and yet no overflow.
            let mut costs = [Cost::BEYOND; ROWS];
            for &(_, row, cost) in group {
                costs[row as usize] = cost;
            }
            let least = costs.into_iter().min().unwrap_or(Cost::BEYOND);
            for &(destination, rest) in buckets.at(group[0].0) {
                if least.plus(rest) > most {
                    break;
                }
                let cells = &mut self.cells[destination as usize];
                for (cell, cost) in cells.iter_mut().zip(costs) {
                    *cell = cost.plus(rest).min(*cell);
                }
            }
        }
        self.reached.clear();
        for (number, row) in rows.enumerate() {
            for (cell, cells) in row.iter_mut().zip(&self.cells) {
                let cost = cells[number];
                *cell = if cost <= most { cost } else { Cost::NEVER };
            }
        }
    }
}
