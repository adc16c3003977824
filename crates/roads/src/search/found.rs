//! What searches from several origins have found.

use std::ops::Range;

use super::buckets::Buckets;
use super::costs::{Costs, beyond, least, lower_each};
use crate::cost::Cost;

/// Destinations whose costs are written to one row before they are to the next: so many lie in the cache.
const BLOCK: usize = 64;

/// The least costs from several origins to every destination, while they are found.
#[derive(Debug)]
pub(crate) struct Found<'a, const ROWS: usize> {
    pub(crate) buckets: &'a Buckets,
    /// The most that a way may cost.
    most: Cost,
    /// By destination.
    cells: Vec<Costs<ROWS>>,
    /// Which entries of the buckets were taken.
    taken: Vec<Range<usize>>,
    /// Which destinations were told already; all false between two batches.
    told: Vec<bool>,
}

impl<const ROWS: usize> Found<'_, ROWS> {
    pub(crate) fn new(buckets: &Buckets, destinations: usize, most: Cost) -> Found<'_, ROWS> {
        let (cells, told) = (vec![beyond(); destinations], vec![false; destinations]);
        Found { buckets, most, cells, taken: Vec::new(), told }
    }

    /// Takes the entries of a junction that is at these costs.
    #[inline]
    pub(crate) fn offer(&mut self, junction: u32, costs: &Costs<ROWS>) {
        let near = self.buckets.near(junction, least(costs), self.most);
        if !near.is_empty() {
            lower_each(&mut self.cells, costs, &self.buckets.entries[near.clone()]);
            self.taken.push(near);
        }
    }
}

/// Where the costs from an origin are kept.
pub(crate) trait Row: Send + Sized {
    /// Writes to the rows, each with the number of its origin, what was found, and forgets it.
    fn write<const ROWS: usize>(found: &mut Found<'_, ROWS>, rows: &mut [(usize, Self)]);
}

/// A cell for each destination, [`Cost::NEVER`] where none is found.
impl Row for &mut [Cost] {
    fn write<const ROWS: usize>(found: &mut Found<'_, ROWS>, rows: &mut [(usize, Self)]) {
        let most = found.most;
        for (block, costs) in found.cells.chunks_mut(BLOCK).enumerate() {
            for (lane, (_, row)) in (0..ROWS).zip(&mut *rows) {
                for (cell, costs) in row[block * BLOCK..].iter_mut().zip(&*costs) {
                    *cell = if costs[lane] <= most { costs[lane] } else { Cost::NEVER };
                }
            }
            costs.fill(beyond());
        }
        found.taken.clear();
    }
}

/// Only the destinations that are found, in ascending order.
impl Row for &mut Vec<(u32, Cost)> {
    fn write<const ROWS: usize>(found: &mut Found<'_, ROWS>, rows: &mut [(usize, Self)]) {
        let Found { buckets, most, cells, taken, told } = found;
        let entries = taken.drain(..).flat_map(|range| &buckets.entries[range]).map(|entry| entry.0);
        let mut reached: Vec<u32> = entries
            .filter(|&destination| !std::mem::replace(&mut told[destination as usize], true))
            .collect();
        reached.sort_unstable();
        for (lane, (_, row)) in (0..ROWS).zip(rows) {
            let costs = reached.iter().map(|&destination| (destination, cells[destination as usize][lane]));
            row.extend(costs.filter(|(_, cost)| cost <= most));
        }
        for destination in reached {
            told[destination as usize] = false;
            cells[destination as usize] = beyond();
        }
    }
}
