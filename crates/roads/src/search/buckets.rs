//! What is still to be driven from junctions to destinations, kept at the junctions.

use super::many::Ends;
use crate::cost::Cost;

/// For each junction the destinations that a search which reaches it has found, with the cost that remains.
#[derive(Debug)]
pub(crate) struct Buckets {
    /// The entries of junction `n` are `first[n]..first[n + 1]`.
    first: Vec<u32>,
    /// Destination and remaining cost, in ascending order of costs.
    pub(crate) entries: Vec<(u32, Cost)>,
    filled: usize,
}

impl Buckets {
    /// From the junctions of each destination.
    pub(crate) fn new(nodes: usize, destinations: &[Ends]) -> Buckets {
        let mut first = vec![0u32; nodes + 1];
        for &(node, _) in destinations.iter().flatten() {
            first[node as usize + 1] += 1;
        }
        let filled = first.iter().filter(|&&count| count > 0).count();
        for node in 0..nodes {
            first[node + 1] += first[node];
        }
        let mut next = first.clone();
        let mut entries = vec![(0, Cost::ZERO); first[nodes] as usize];
        for (destination, ends) in destinations.iter().enumerate() {
            for &(node, cost) in ends {
                let slot = &mut next[node as usize];
                entries[*slot as usize] = (destination as u32, cost);
                *slot += 1;
            }
        }
        for node in 0..nodes {
            entries[first[node] as usize..first[node + 1] as usize].sort_unstable_by_key(|entry| entry.1);
        }
        Buckets { first, entries, filled }
    }

    /// How many junctions have entries.
    pub(crate) fn filled(&self) -> usize {
        self.filled
    }

    #[inline]
    pub(crate) fn at(&self, node: u32) -> &[(u32, Cost)] {
        &self.entries[self.first[node as usize] as usize..self.first[node as usize + 1] as usize]
    }
}

/// The least costs from one origin to every destination, while they are found.
pub(crate) trait Row {
    /// Takes the entries of a junction that costs `cost`, as far as they cost `most` at most in all.
    fn offer(&mut self, buckets: &Buckets, junction: u32, cost: Cost, most: Cost);
}

/// One cell for each destination, [`Cost::NEVER`] where none is found.
#[derive(Debug)]
pub(crate) struct Dense<'a>(pub(crate) &'a mut [Cost]);

impl Row for Dense<'_> {
    #[inline]
    fn offer(&mut self, buckets: &Buckets, junction: u32, cost: Cost, most: Cost) {
        for &(destination, rest) in buckets.at(junction) {
            let sum = cost.plus(rest);
            if sum > most {
                break;
            }
            let cell = &mut self.0[destination as usize];
            *cell = sum.min(*cell);
        }
    }
}

/// Only the destinations that are found.
#[derive(Debug)]
pub(crate) struct Sparse {
    cells: Vec<Cost>,
    found: Vec<u32>,
}

impl Sparse {
    pub(crate) fn new(destinations: usize) -> Sparse {
        Sparse { cells: vec![Cost::NEVER; destinations], found: Vec::new() }
    }

    /// The destinations found, in ascending order, and their costs; forgets them.
    pub(crate) fn take(&mut self) -> Vec<(u32, Cost)> {
        self.found.sort_unstable();
        let cells = &mut self.cells;
        let take =
            |destination| (destination, std::mem::replace(&mut cells[destination as usize], Cost::NEVER));
        self.found.drain(..).map(take).collect()
    }
}

impl Row for Sparse {
    #[inline]
    fn offer(&mut self, buckets: &Buckets, junction: u32, cost: Cost, most: Cost) {
        for &(destination, rest) in buckets.at(junction) {
            let sum = cost.plus(rest);
            if sum > most {
                break;
            }
            let cell = &mut self.cells[destination as usize];
            if sum < *cell {
                if *cell == Cost::NEVER {
                    self.found.push(destination);
                }
                *cell = sum;
            }
        }
    }
}
