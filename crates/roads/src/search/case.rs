//! Random graphs and questions for tests, with petgraph's answers.

use petgraph::graph::DiGraph;

use super::ends::Ends;
use super::many::Question;
use crate::cost::Cost;
use crate::graph::Graph;
use crate::random::Random;

/// A graph and what is asked of it.
#[derive(Debug)]
pub(crate) struct Case {
    pub(crate) nodes: u32,
    pub(crate) arcs: Vec<(u32, u32, Cost)>,
    pub(crate) departures: Ends,
    pub(crate) arrivals: Ends,
    pub(crate) within: u32,
}

impl Case {
    /// One-ways, parallel arcs, loops, arcs of no cost, parts that cannot be reached and nodes without arcs, all by
    /// chance; half of the graphs are lattices, whose ways are long and of which many cost the same.
    pub(crate) fn random(seed: u64) -> Case {
        let random = &mut Random(seed);
        let mut arcs = Vec::new();
        let side = 2 + random.below(8);
        let nodes = if random.below(2) == 0 { 1 + random.below(40) } else { side * side };
        let range = [2, 10, 10_000][random.below(3) as usize];
        if nodes == side * side {
            for node in 0..nodes {
                for next in
                    [(node % side < side - 1).then(|| node + 1), (node + side < nodes).then(|| node + side)]
                {
                    let Some(next) = next else { continue };
                    let there = cost(random, range);
                    let back = if random.below(3) == 0 { cost(random, range) } else { there };
                    arcs.extend((random.below(8) > 0).then_some((node, next, there)));
                    arcs.extend((random.below(8) > 0).then_some((next, node, back)));
                }
            }
        }
        for _ in 0..random.below(if arcs.is_empty() { 4 * nodes } else { 4 }) {
            arcs.push((random.below(nodes), random.below(nodes), cost(random, range)));
        }
        let ends = |random: &mut Random| {
            let most = [5, 5, 5, 5, 20][random.below(5) as usize];
            (0..random.below(most + 1))
                .map(|_| (0..random.below(4)).map(|_| (random.below(nodes), cost(random, range))).collect())
                .collect::<Ends>()
        };
        let (departures, arrivals) = (ends(random), ends(random));
        let within = if random.below(2) == 0 { u32::MAX } else { random.below(8 * range) };
        Case { nodes, arcs, departures, arrivals, within }
    }

    pub(crate) fn graph(&self) -> Graph {
        Graph::new(self.nodes, self.arcs.clone())
    }

    pub(crate) fn question(&self) -> Question<'_> {
        Question { departures: &self.departures, arrivals: &self.arrivals, within: self.within }
    }

    /// The table by petgraph, row by row.
    pub(crate) fn expected(&self) -> Vec<Vec<Cost>> {
        let mut graph = DiGraph::<(), u64>::new();
        let nodes: Vec<_> = (0..self.nodes).map(|_| graph.add_node(())).collect();
        for &(from, to, cost) in &self.arcs {
            graph.add_edge(nodes[from as usize], nodes[to as usize], cost.bits());
        }
        let mut table = Vec::new();
        for departures in self.departures.iter() {
            let mut row = vec![Cost::NEVER; self.arrivals.points()];
            for &(start, first) in departures {
                let costs =
                    petgraph::algo::dijkstra(&graph, nodes[start as usize], None, |arc| *arc.weight());
                for (cell, arrivals) in row.iter_mut().zip(self.arrivals.iter()) {
                    for &(end, last) in arrivals {
                        if let Some(&cost) = costs.get(&nodes[end as usize]) {
                            let sum = Cost::of_bits(first.bits() + cost + last.bits());
                            *cell = (*cell).min(sum);
                        }
                    }
                }
            }
            row.iter_mut().filter(|cell| cell.millis() > self.within).for_each(|cell| *cell = Cost::NEVER);
            table.push(row);
        }
        table
    }
}

fn cost(random: &mut Random, range: u32) -> Cost {
    match random.below(6) {
        0 => Cost::ZERO,
        1 => Cost::new(random.below(range), 0, 0),
        _ => Cost::new(random.below(range), random.below(range), u32::from(random.below(20) == 0)),
    }
}
