//! Least costs between junctions, by Dijkstra's algorithm.

pub(crate) mod buckets;
#[cfg(test)]
pub(crate) mod case;
pub(crate) mod choice;
pub(crate) mod costs;
pub(crate) mod ends;
pub(crate) mod found;
pub(crate) mod labels;
pub(crate) mod many;
pub(crate) mod path;
pub(crate) mod queue;

use buckets::{Buckets, Stop};
use costs::beyond;
use ends::Ends;
use found::Found;
use labels::Labels;
use many::{Engine, Outward};
use queue::Queue;

use crate::cost::Cost;
use crate::error::ErrorKind;
use crate::graph::Graph;
use crate::progress::Watch;

/// Dijkstra's algorithm as an engine: nothing to prepare, and every junction on the way is settled.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Dijkstra<'a>(pub(crate) &'a Graph);

impl Engine for Dijkstra<'_> {
    const SHARES_WAYS: bool = false;

    type Outward<'b, const ROWS: usize>
        = Search<'b>
    where
        Self: 'b;

    fn buckets(&self, arrivals: &Ends, most: Cost, _: &Watch<'_>) -> Result<Buckets, ErrorKind> {
        let stops = (0..).zip(arrivals.iter()).flat_map(|(destination, ends)| {
            let near = ends.iter().filter(|end| end.1 <= most);
            near.map(move |&(junction, rest)| Stop { junction, destination, rest })
        });
        Ok(Buckets::new(self.0.nodes(), &[stops.collect()], most))
    }

    fn outward<const ROWS: usize>(&self) -> Search<'_> {
        Search { graph: self.0, labels: Labels::new(self.0.nodes()), queue: Queue::default() }
    }
}

/// A search with the memory that it uses again and again.
#[derive(Debug)]
pub(crate) struct Search<'a> {
    graph: &'a Graph,
    labels: Labels,
    queue: Queue,
}

impl<const ROWS: usize> Outward<ROWS> for Search<'_> {
    fn run<'a>(
        &mut self,
        starts: impl Iterator<Item = &'a [(u32, Cost)]>,
        most: Cost,
        found: &mut Found<'_, ROWS>,
    ) {
        for (row, starts) in starts.enumerate() {
            self.settle(starts, most, found, row);
        }
    }
}

impl Search<'_> {
    /// Fills a row; ends when all destinations are found.
    fn settle<const ROWS: usize>(
        &mut self,
        starts: &[(u32, Cost)],
        most: Cost,
        found: &mut Found<'_, ROWS>,
        row: usize,
    ) {
        self.labels.forget();
        self.queue.clear();
        for &(node, cost) in starts {
            self.offer(node, cost, most);
        }
        let mut missing = found.buckets.filled();
        while missing > 0
            && let Some((cost, node)) = self.queue.pop()
        {
            if cost > self.labels.get(node) {
                continue;
            }
            if !found.buckets.at(node).is_empty() {
                missing -= 1;
                let mut costs = beyond();
                costs[row] = cost;
                found.offer(node, &costs);
            }
            let graph = self.graph;
            for arc in graph.leaving(node) {
                self.offer(arc.to, cost.plus(arc.cost()), most);
            }
        }
    }

    #[inline]
    fn offer(&mut self, node: u32, cost: Cost, most: Cost) {
        if cost <= most && self.labels.lower(node, cost) {
            self.queue.push(cost, node);
        }
    }
}
