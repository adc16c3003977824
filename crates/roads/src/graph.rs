//! Arcs between numbered nodes, those that leave one node side by side.

use crate::cost::Cost;

/// A directed graph in compressed rows.
#[derive(Debug)]
pub(crate) struct Graph {
    /// The arcs that leave node `n` are `first[n]..first[n + 1]`.
    first: Vec<u32>,
    arcs: Vec<Arc>,
}

/// An arc to a node; three numbers of 4 bytes, so that no padding travels through the caches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Arc {
    pub(crate) to: u32,
    cost: [u32; 2],
}

impl Arc {
    #[inline]
    pub(crate) fn cost(self) -> Cost {
        Cost::of_halves(self.cost)
    }
}

impl Graph {
    /// A graph of `nodes` nodes and arcs given as from, to (both below `nodes`), cost.
    pub(crate) fn new(nodes: u32, arcs: Vec<(u32, u32, Cost)>) -> Graph {
        let mut first = vec![0u32; nodes as usize + 1];
        for &(from, _, _) in &arcs {
            first[from as usize + 1] += 1;
        }
        for node in 0..nodes as usize {
            first[node + 1] += first[node];
        }
        let mut next = first.clone();
        let mut sorted = vec![Arc { to: 0, cost: [0; 2] }; arcs.len()];
        for (from, to, cost) in arcs {
            let slot = &mut next[from as usize];
            sorted[*slot as usize] = Arc { to, cost: cost.halves() };
            *slot += 1;
        }
        Graph { first, arcs: sorted }
    }

    pub(crate) fn nodes(&self) -> usize {
        self.first.len() - 1
    }

    pub(crate) fn arcs(&self) -> usize {
        self.arcs.len()
    }

    /// The numbers of the arcs that leave a node.
    pub(crate) fn range(&self, node: u32) -> std::ops::Range<usize> {
        self.first[node as usize] as usize..self.first[node as usize + 1] as usize
    }

    #[inline]
    pub(crate) fn leaving(&self, node: u32) -> &[Arc] {
        &self.arcs[self.first[node as usize] as usize..self.first[node as usize + 1] as usize]
    }
}
