//! Least costs from one point to all junctions near it.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::cost::Cost;
use crate::graph::Graph;

/// Dijkstra's algorithm with the memory it uses again and again.
#[derive(Debug)]
pub(crate) struct Search<'a> {
    graph: &'a Graph,
    costs: Vec<Cost>,
    /// The junctions that have a cost, to forget them in the time it took to find them.
    touched: Vec<u32>,
    queue: BinaryHeap<Reverse<(Cost, u32)>>,
}

/// The junctions whose costs are asked for.
#[derive(Debug)]
pub(crate) struct Targets {
    wanted: Vec<bool>,
    count: usize,
}

impl Targets {
    pub(crate) fn new(graph: &Graph, targets: impl Iterator<Item = u32>) -> Targets {
        let mut wanted = vec![false; graph.nodes()];
        let mut count = 0;
        for target in targets {
            count += usize::from(!std::mem::replace(&mut wanted[target as usize], true));
        }
        Targets { wanted, count }
    }
}

impl<'a> Search<'a> {
    pub(crate) fn new(graph: &'a Graph) -> Search<'a> {
        Search {
            graph,
            costs: vec![Cost::NEVER; graph.nodes()],
            touched: Vec::new(),
            queue: BinaryHeap::new(),
        }
    }

    /// Finds the least costs from `starts` until all targets have theirs; ways that take more than `within`
    /// milliseconds are not followed.
    pub(crate) fn run(&mut self, starts: impl Iterator<Item = (u32, Cost)>, targets: &Targets, within: u32) {
        let most = Cost::most_within(within);
        for node in self.touched.drain(..) {
            self.costs[node as usize] = Cost::NEVER;
        }
        self.queue.clear();
        for (node, cost) in starts {
            self.offer(node, cost, most);
        }
        let mut missing = targets.count;
        while missing > 0
            && let Some(Reverse((cost, node))) = self.queue.pop()
        {
            if cost > self.costs[node as usize] {
                continue;
            }
            missing -= usize::from(targets.wanted[node as usize]);
            let graph = self.graph;
            for arc in graph.leaving(node) {
                self.offer(arc.to, cost.plus(arc.cost()), most);
            }
        }
    }

    /// The cost found for a junction that was a target; [`Cost::NEVER`] when there is no way within the limit.
    pub(crate) fn cost(&self, node: u32) -> Cost {
        self.costs[node as usize]
    }

    #[inline]
    fn offer(&mut self, node: u32, cost: Cost, most: Cost) {
        let known = &mut self.costs[node as usize];
        if cost < *known && cost <= most {
            if *known == Cost::NEVER {
                self.touched.push(node);
            }
            *known = cost;
            self.queue.push(Reverse((cost, node)));
        }
    }
}
