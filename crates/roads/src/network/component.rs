//! The roads that can be both left and reached, from and to every other.

use std::collections::BTreeSet;

use super::Links;
use super::streets::{Arcs, Streets};
use crate::graph::Graph;

/// Finds the main component, that with the most metres of road open to all, and leaves all other roads to the ends of
/// trips. Answers which links can be both left and reached: those of the main component, and the others where one can
/// drive there from it, and back to it. None when no road leads to where it can be left again.
///
/// `private` are the roads that are not open to all, `centimetres` the lengths of the links.
pub(super) fn join(
    streets: &mut Streets,
    private: &Arcs,
    links: &mut Links,
    centimetres: &[u64],
) -> Option<Vec<bool>> {
    let components = Components::new(&streets.open.graph);
    let main = main_component(&streets.open, centimetres, &components)?;
    let inside = components.nodes_of(|component| component == main);
    // Nodes that nobody comes to by an open road may still lead to one.
    let reached = components.reached_from(main, &streets.open.graph);
    let leading = components.leading_to(main, &streets.open.graph);
    let mut usable = vec![false; centimetres.len()];
    mark(&streets.open, &inside, &inside, &mut usable);
    streets.leave_to_ends(private, links, &usable);
    if let Some(private) = &streets.private {
        let reached = spread(&private.ahead.graph, reached);
        let leading = spread(&private.back.graph, leading);
        mark(&private.ahead, &reached, &leading, &mut usable);
    }
    Some(usable)
}

/// Notes the links of arcs from the nodes that can be reached to those that lead back.
fn mark(arcs: &Arcs, reached: &[bool], leading: &[bool], usable: &mut [bool]) {
    for node in (0..reached.len() as u32).filter(|&node| reached[node as usize]) {
        for (arc, course) in arcs.leaving(node) {
            usable[course.link() as usize] |= leading[arc.to as usize];
        }
    }
}

/// The strongly connected component of open roads with the most metres; of equals, that of the first road.
fn main_component(open: &Arcs, centimetres: &[u64], components: &Components) -> Option<u32> {
    let component = &components.of;
    let mut metres = vec![0u64; components.count as usize];
    let mut first: Vec<Option<u32>> = vec![None; metres.len()];
    // Where turns are forbidden a link may lie in several: all after the first one are kept apart.
    let mut counted: Vec<Option<u32>> = vec![None; centimetres.len()];
    let mut counted_besides = BTreeSet::new();
    for node in 0..open.graph.nodes() as u32 {
        for (arc, course) in open.leaving(node) {
            let home = component[node as usize];
            if home != component[arc.to as usize] {
                continue;
            }
            let link = course.link();
            let counted_in = *counted[link as usize].get_or_insert_with(|| {
                metres[home as usize] += centimetres[link as usize];
                home
            });
            if counted_in != home && counted_besides.insert((home, link)) {
                metres[home as usize] += centimetres[link as usize];
            }
            first[home as usize].get_or_insert(node);
        }
    }
    let (main, _) = (0..)
        .zip(&first)
        .filter_map(|(home, first)| Some((home, (*first)?)))
        .min_by_key(|&(home, first): &(u32, u32)| (u64::MAX - metres[home as usize], first))?;
    Some(main)
}

/// The nodes that arcs lead to from those inside, these included.
fn spread(graph: &Graph, mut inside: Vec<bool>) -> Vec<bool> {
    let mut open: Vec<u32> = (0..inside.len() as u32).filter(|&node| inside[node as usize]).collect();
    while let Some(node) = open.pop() {
        for arc in graph.leaving(node) {
            if !std::mem::replace(&mut inside[arc.to as usize], true) {
                open.push(arc.to);
            }
        }
    }
    inside
}

/// Strongly connected components, numbered so that no arc leads to a greater number.
struct Components {
    count: u32,
    /// The component of each node.
    of: Vec<u32>,
    /// The nodes by their component.
    order: Vec<u32>,
}

impl Components {
    /// The nodes of the components that are wanted.
    fn nodes_of(&self, is_wanted: impl Fn(u32) -> bool) -> Vec<bool> {
        self.of.iter().map(|&component| is_wanted(component)).collect()
    }

    /// The nodes that can be reached from those of a component, these included.
    fn reached_from(&self, start: u32, graph: &Graph) -> Vec<bool> {
        let mut is_reached = vec![false; self.count as usize];
        is_reached[start as usize] = true;
        for &node in self.order.iter().rev() {
            if is_reached[self.of[node as usize] as usize] {
                for arc in graph.leaving(node) {
                    is_reached[self.of[arc.to as usize] as usize] = true;
                }
            }
        }
        self.nodes_of(|component| is_reached[component as usize])
    }

    /// The nodes from which those of a component can be reached, these included.
    fn leading_to(&self, end: u32, graph: &Graph) -> Vec<bool> {
        let mut leads = vec![false; self.count as usize];
        leads[end as usize] = true;
        for &node in &self.order {
            leads[self.of[node as usize] as usize] |=
                graph.leaving(node).iter().any(|arc| leads[self.of[arc.to as usize] as usize]);
        }
        self.nodes_of(|component| leads[component as usize])
    }

    /// By Tarjan's algorithm with a stack of its own: roads lead further than the call stack.
    fn new(graph: &Graph) -> Components {
        const UNSEEN: u32 = u32::MAX;
        const FOUND: u32 = u32::MAX - 1;
        let nodes = graph.nodes();
        let mut component = vec![0; nodes];
        // By their order of visiting: the least that is known to be reached from each node, while its component is open.
        let mut lowest = vec![UNSEEN; nodes];
        let (mut visited, mut found) = (0, 0);
        let mut order = Vec::with_capacity(nodes);
        let mut open: Vec<u32> = Vec::new();
        let mut path: Vec<Visit> = Vec::new();
        for root in 0..nodes as u32 {
            let mut next = (lowest[root as usize] == UNSEEN).then_some(root);
            loop {
                if let Some(node) = next {
                    lowest[node as usize] = visited;
                    open.push(node);
                    path.push(Visit { node, number: visited, arcs: 0 });
                    visited += 1;
                }
                let Some(Visit { node, number, arcs }) = path.last_mut() else { break };
                let mut least = lowest[*node as usize];
                let unseen = graph.leaving(*node)[*arcs..].iter().position(|arc| {
                    let there = lowest[arc.to as usize];
                    least = least.min(there);
                    there == UNSEEN
                });
                lowest[*node as usize] = least;
                if let Some(skipped) = unseen {
                    *arcs += skipped + 1;
                    next = Some(graph.leaving(*node)[*arcs - 1].to);
                    continue;
                }
                next = None;
                if least == *number {
                    while let Some(member) = open.pop() {
                        component[member as usize] = found;
                        lowest[member as usize] = FOUND;
                        order.push(member);
                        if member == *node {
                            break;
                        }
                    }
                    found += 1;
                }
                path.pop();
                if let Some(parent) = path.last() {
                    let lowest = &mut lowest[parent.node as usize];
                    *lowest = (*lowest).min(least);
                }
            }
        }
        Components { count: found, of: component, order }
    }
}

/// A node on the way to the one that is looked at.
struct Visit {
    node: u32,
    /// So many were visited before it.
    number: u32,
    /// So many of its arcs were looked at.
    arcs: usize,
}

#[cfg(test)]
mod tests {
    use petgraph::algo::{has_path_connecting, kosaraju_scc};
    use petgraph::graph::DiGraph;

    use super::*;
    use crate::cost::Cost;
    use crate::random::Random;

    #[test]
    fn components_are_those_of_petgraph() {
        for seed in 0..500 {
            let mut random = Random(seed);
            let nodes = 1 + random.below(12);
            let arcs: Vec<(u32, u32)> =
                (0..random.below(30)).map(|_| (random.below(nodes), random.below(nodes))).collect();
            let graph = Graph::new(nodes, arcs.iter().map(|&(a, b)| (a, b, Cost::ZERO)).collect());
            let components = Components::new(&graph);
            let ours = &components.of;
            let mut oracle = DiGraph::<(), ()>::from_edges(&arcs);
            while oracle.node_count() < nodes as usize {
                oracle.add_node(());
            }
            let theirs = kosaraju_scc(&oracle);
            let together = |a: usize, b: usize| {
                theirs.iter().any(|group| [a, b].iter().all(|&n| group.iter().any(|m| m.index() == n)))
            };
            for a in 0..nodes as usize {
                for b in 0..nodes as usize {
                    assert_eq!(ours[a] == ours[b], together(a, b), "seed {seed}, {a} and {b} of {arcs:?}");
                }
                let leads = |a: usize, b: usize| {
                    has_path_connecting(&oracle, (a as u32).into(), (b as u32).into(), None)
                };
                let others = 0..nodes as usize;
                let (from, to): (Vec<bool>, Vec<bool>) = others.map(|b| (leads(a, b), leads(b, a))).unzip();
                assert_eq!(components.reached_from(ours[a], &graph), from, "seed {seed}, {a} of {arcs:?}");
                assert_eq!(components.leading_to(ours[a], &graph), to, "seed {seed}, {a} of {arcs:?}");
            }
        }
    }

    #[test]
    fn a_road_longer_than_the_call_stack_is_no_trouble() {
        let nodes = 1_000_000;
        let both_ways = (1..nodes).flat_map(|n| [(n - 1, n, Cost::ZERO), (n, n - 1, Cost::ZERO)]).collect();
        assert_eq!(Components::new(&Graph::new(nodes, both_ways)).count, 1);
    }
}
