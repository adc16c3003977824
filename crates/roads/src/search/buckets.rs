//! What is still to be driven from junctions to destinations, kept at the junctions.

use super::many::Ends;
use crate::cost::Cost;

/// For each junction the destinations that a search which reaches it has found, with the cost that remains.
#[derive(Debug)]
pub(crate) struct Buckets {
    /// The number of each junction's bucket; 0 is an empty one. Fresh memory is zero, so that a small question costs
    /// little in a large network.
    numbers: Vec<u32>,
    /// The entries of bucket `b` are `first[b]..first[b + 1]`.
    first: Vec<u32>,
    /// Destination and remaining cost, in ascending order of costs.
    pub(crate) entries: Vec<(u32, Cost)>,
}

impl Buckets {
    /// From the junctions of each destination.
    pub(crate) fn new(nodes: usize, destinations: &[Ends]) -> Buckets {
        let mut numbers = vec![0; nodes];
        let mut filled = Vec::new();
        for &(node, _) in destinations.iter().flatten() {
            if numbers[node as usize] == 0 {
                numbers[node as usize] = 1;
                filled.push(node);
            }
        }
        // In the order of the junctions, for those that are near are reached one after the other.
        filled.sort_unstable();
        for (number, &node) in (1..).zip(&filled) {
            numbers[node as usize] = number;
        }
        let mut first = vec![0u32; filled.len() + 2];
        for &(node, _) in destinations.iter().flatten() {
            first[numbers[node as usize] as usize + 1] += 1;
        }
        for bucket in 1..first.len() {
            first[bucket] += first[bucket - 1];
        }
        let mut next = first.clone();
        let mut entries = vec![(0, Cost::ZERO); first[first.len() - 1] as usize];
        for (destination, ends) in destinations.iter().enumerate() {
            for &(node, cost) in ends {
                let slot = &mut next[numbers[node as usize] as usize];
                entries[*slot as usize] = (destination as u32, cost);
                *slot += 1;
            }
        }
        for bounds in first.windows(2) {
            entries[bounds[0] as usize..bounds[1] as usize].sort_unstable_by_key(|entry| entry.1);
        }
        Buckets { numbers, first, entries }
    }

    /// How many junctions have entries.
    pub(crate) fn filled(&self) -> usize {
        self.first.len() - 2
    }

    #[inline]
    pub(crate) fn at(&self, node: u32) -> &[(u32, Cost)] {
        let bucket = self.numbers[node as usize] as usize;
        &self.entries[self.first[bucket] as usize..self.first[bucket + 1] as usize]
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
