//! Least costs between junctions, by Dijkstra's algorithm.

pub(crate) mod batch;
pub(crate) mod buckets;
#[cfg(test)]
pub(crate) mod case;
pub(crate) mod choice;
pub(crate) mod labels;
pub(crate) mod many;
pub(crate) mod path;
pub(crate) mod queue;

use buckets::{Buckets, Row};
use labels::Labels;
use many::{Ends, Engine, Outward};
use queue::Queue;

use crate::cost::Cost;
use crate::error::ErrorKind;
use crate::graph::Graph;
use crate::progress::Watch;

/// Dijkstra's algorithm as an engine: nothing to prepare, and every junction on the way is settled.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Dijkstra<'a>(pub(crate) &'a Graph);

impl Engine for Dijkstra<'_> {
    /// All that it settles on the way is no bucket.
    const SHARES_BUCKETS: bool = false;

    type Outward<'b>
        = Search<'b>
    where
        Self: 'b;

    fn buckets(&self, arrivals: &[Ends], most: Cost, _: &Watch<'_>) -> Result<Buckets, ErrorKind> {
        let near = |ends: &Ends| ends.iter().copied().filter(|&(_, cost)| cost <= most).collect();
        Ok(Buckets::new(self.0.nodes(), &arrivals.iter().map(near).collect::<Vec<Ends>>()))
    }

    fn outward(&self) -> Search<'_> {
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

impl Outward for Search<'_> {
    /// Ends when all destinations are found.
    fn run(&mut self, starts: &[(u32, Cost)], most: Cost, buckets: &Buckets, row: &mut impl Row) {
        self.labels.forget();
        self.queue.clear();
        for &(node, cost) in starts {
            self.offer(node, cost, most);
        }
        let mut missing = buckets.filled();
        while missing > 0
            && let Some((cost, node)) = self.queue.pop()
        {
            if cost > self.labels.get(node) {
                continue;
            }
            if !buckets.at(node).is_empty() {
                missing -= 1;
                row.offer(buckets, node, cost, most);
            }
            let graph = self.graph;
            for arc in graph.leaving(node) {
                self.offer(arc.to, cost.plus(arc.cost()), most);
            }
        }
    }
}

impl Search<'_> {
    #[inline]
    fn offer(&mut self, node: u32, cost: Cost, most: Cost) {
        if cost <= most && self.labels.lower(node, cost) {
            self.queue.push(cost, node);
        }
    }
}
