//! Arcs between numbered nodes, those that leave one node side by side.

use std::ops::Range;

use crate::cost::Cost;
use crate::error::ErrorKind;
use crate::file::{Reader, Row, Section, are_bounds, damaged};

/// A directed graph in compressed rows.
#[derive(Debug)]
pub(crate) struct Graph {
    /// The arcs that leave node `n` are `first[n]..first[n + 1]`.
    first: Vec<u32>,
    arcs: Vec<Arc>,
}

/// A graph whose arcs come in the order of the nodes that they leave.
#[derive(Debug, Default)]
pub(crate) struct Rows {
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

impl Rows {
    /// No arcs, with room for so many.
    pub(crate) fn with_capacity(nodes: usize, arcs: usize) -> Rows {
        Rows { first: Vec::with_capacity(nodes + 1), arcs: Vec::with_capacity(arcs) }
    }

    /// Adds an arc from the same node as the last one, or from a later one.
    pub(crate) fn push(&mut self, from: u32, to: u32, cost: Cost) {
        if self.first.len() <= from as usize {
            self.first.resize(from as usize + 1, self.arcs.len() as u32);
        }
        self.arcs.push(Arc { to, cost: cost.halves() });
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.arcs.is_empty()
    }

    /// The graph, of so many nodes.
    pub(crate) fn graph(mut self, nodes: u32) -> Graph {
        self.first.resize(nodes as usize + 1, self.arcs.len() as u32);
        Graph { first: self.first, arcs: self.arcs }
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

    /// Keeps these of the arcs, by their numbers.
    pub(crate) fn keep(&mut self, is_kept: impl Fn(usize) -> bool) {
        let (mut start, mut kept) = (0, 0);
        for node in 0..self.nodes() {
            let end = self.first[node + 1] as usize;
            for arc in (start..end).filter(|&arc| is_kept(arc)) {
                self.arcs[kept] = self.arcs[arc];
                kept += 1;
            }
            start = end;
            self.first[node + 1] = kept as u32;
        }
        self.arcs.truncate(kept);
    }

    pub(crate) fn nodes(&self) -> usize {
        self.first.len() - 1
    }

    pub(crate) fn arcs(&self) -> usize {
        self.arcs.len()
    }

    #[inline]
    pub(crate) fn leaving(&self, node: u32) -> &[Arc] {
        &self.arcs[self.first[node as usize] as usize..self.first[node as usize + 1] as usize]
    }

    /// The numbers of the arcs that leave a node.
    pub(crate) fn leaving_indices(&self, node: u32) -> Range<usize> {
        self.first[node as usize] as usize..self.first[node as usize + 1] as usize
    }

    pub(crate) fn arc(&self, index: usize) -> Arc {
        self.arcs[index]
    }

    /// The node that an arc leaves.
    pub(crate) fn tail(&self, index: usize) -> u32 {
        self.first.partition_point(|&first| first as usize <= index) as u32 - 1
    }

    /// Its arrays in a file, under this name.
    pub(crate) fn sections(&self, name: &str) -> [Section<'_>; 2] {
        [Section::new(format!("{name}.first"), &self.first), Section::new(format!("{name}.arcs"), &self.arcs)]
    }

    /// Whether a file has a graph of that name.
    pub(crate) fn is_in(file: &Reader<'_>, name: &str) -> bool {
        file.has(&format!("{name}.first"))
    }

    /// The graph of that name, which has so many nodes.
    pub(crate) fn load(file: &mut Reader<'_>, name: &str, nodes: usize) -> Result<Graph, ErrorKind> {
        let first: Vec<u32> = file.array(&format!("{name}.first"))?;
        let arcs: Vec<Arc> = file.array(&format!("{name}.arcs"))?;
        let is_sound = |arc: &Arc| (arc.to as usize) < nodes && arc.cost().is_of_arc();
        if !are_bounds(&first, nodes, arcs.len()) || !arcs.iter().all(is_sound) {
            return Err(damaged(name));
        }
        Ok(Graph { first, arcs })
    }
}

impl Row for Arc {
    type Numbers = [u32; 3];

    #[inline]
    fn numbers(self) -> [u32; 3] {
        [self.to, self.cost[0], self.cost[1]]
    }

    #[inline]
    fn of_numbers([to, upper, lower]: [u32; 3]) -> Arc {
        Arc { to, cost: [upper, lower] }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arcs_are_kept_by_where_they_leave_in_the_order_given() {
        let cost = |millis| Cost::new(millis, 0, 0);
        // 0 -> 1 twice, 1 -> 1, 2 -> 0; node 3 has no arc.
        let graph = Graph::new(4, vec![(0, 1, cost(5)), (2, 0, cost(7)), (0, 1, cost(6)), (1, 1, cost(8))]);
        let leaving = |node| graph.leaving(node).iter().map(|arc| (arc.to, arc.cost())).collect::<Vec<_>>();
        assert_eq!(leaving(0), [(1, cost(5)), (1, cost(6))]);
        assert_eq!((leaving(1), leaving(2), leaving(3)), (vec![(1, cost(8))], vec![(0, cost(7))], vec![]));
        assert_eq!((0..graph.arcs()).map(|index| graph.tail(index)).collect::<Vec<_>>(), [0, 0, 1, 2]);
        let mut rows = Rows::default();
        for (from, to, millis) in [(0, 1, 5), (0, 1, 6), (1, 1, 8), (2, 0, 7)] {
            rows.push(from, to, cost(millis));
        }
        let rows = rows.graph(4);
        assert_eq!(
            (rows.first, rows.arcs),
            (graph.first.clone(), graph.arcs.clone()),
            "the same, given in order"
        );
        let mut graph = graph;
        graph.keep(|arc| arc == 1 || arc == 3);
        assert_eq!((graph.first, graph.arcs.len()), (vec![0, 1, 1, 2, 2], 2));
        assert_eq!((graph.arcs[0].cost(), graph.arcs[1].cost()), (cost(6), cost(7)));
    }
}
