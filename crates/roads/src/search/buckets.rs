//! What is still to be driven from junctions to destinations, kept at the junctions.

use std::ops::Range;

use crate::cost::Cost;

/// A junction that the search from a destination comes to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stop {
    pub(crate) junction: u32,
    pub(crate) destination: u32,
    /// The cost from there to the destination.
    pub(crate) rest: Cost,
}

/// For each junction the destinations that a search which reaches it has found, with the cost that remains.
#[derive(Debug)]
pub(crate) struct Buckets {
    /// The number of each junction's bucket; 0 is an empty one. Fresh memory is zero, so that a small question costs
    /// little in a large network.
    numbers: Vec<u32>,
    /// The entries of bucket `b` are `first[b]..first[b + 1]`.
    first: Vec<u32>,
    /// Destination and remaining cost.
    pub(crate) entries: Vec<(u32, Cost)>,
    /// Whether the entries of a bucket are in ascending order of costs, so that those beyond a limit need no look.
    sorted: bool,
}

impl Buckets {
    /// From the junctions of the destinations, in any order, for ways that cost no more than `most`.
    pub(crate) fn new(nodes: usize, stops: &[Vec<Stop>], most: Cost) -> Buckets {
        let mut numbers = vec![0; nodes];
        let mut filled = Vec::new();
        for stop in stops.iter().flatten() {
            let number = &mut numbers[stop.junction as usize];
            if *number == 0 {
                *number = 1;
                filled.push(stop.junction);
            }
        }
        // In the order of the junctions, for those that are near are reached one after the other.
        filled.sort_unstable();
        for (number, &node) in (1..).zip(&filled) {
            numbers[node as usize] = number;
        }
        let mut first = vec![0u32; filled.len() + 2];
        for stop in stops.iter().flatten() {
            first[numbers[stop.junction as usize] as usize + 1] += 1;
        }
        for bucket in 1..first.len() {
            first[bucket] += first[bucket - 1];
        }
        let mut next = first.clone();
        let mut entries = vec![(0, Cost::ZERO); first[first.len() - 1] as usize];
        for stop in stops.iter().flatten() {
            let slot = &mut next[numbers[stop.junction as usize] as usize];
            entries[*slot as usize] = (stop.destination, stop.rest);
            *slot += 1;
        }
        let sorted = most < Cost::most_within(Cost::MOST_TIME);
        for bounds in first.windows(2).filter(|_| sorted) {
            entries[bounds[0] as usize..bounds[1] as usize].sort_unstable_by_key(|entry| entry.1);
        }
        Buckets { numbers, first, entries, sorted }
    }

    /// How many junctions have entries.
    pub(crate) fn filled(&self) -> usize {
        self.first.len() - 2
    }

    /// Which entries are those of a junction.
    #[inline]
    pub(crate) fn at(&self, junction: u32) -> Range<usize> {
        let bucket = self.numbers[junction as usize] as usize;
        self.first[bucket] as usize..self.first[bucket + 1] as usize
    }

    /// Which entries of a junction that is reached at some cost are within `most`, and maybe some that are not.
    #[inline]
    pub(crate) fn near(&self, junction: u32, cost: Cost, most: Cost) -> Range<usize> {
        let bucket = self.at(junction);
        if !self.sorted {
            return bucket;
        }
        let near = self.entries[bucket.clone()].partition_point(|&(_, rest)| cost.plus(rest) <= most);
        bucket.start..bucket.start + near
    }
}
