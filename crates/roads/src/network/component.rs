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
    let Shares { metres, links: shares, exits } = Shares::new(&streets.open, centimetres, &components);
    // Of equals, that of the first road.
    let (main, _) = (0..)
        .zip(&metres)
        .filter_map(|(home, share): (u32, &Option<Share>)| Some((home, (*share)?)))
        .min_by_key(|(_, share)| (u64::MAX - share.centimetres, share.first))?;
    let mut usable = shares.of(main);
    streets.leave_to_ends(private, links, &usable);
    if let Some(private) = &streets.private {
        // Nodes that nobody comes to by an open road may still lead to one.
        let reached = spread(&private.ahead.graph, components.nodes_of(&exits.reached_from(main)));
        let leading = spread(&private.back.graph, components.nodes_of(&exits.leading_to(main)));
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

/// What of the open roads lies in which strongly connected component, and what between them.
struct Shares {
    /// Of each component, if it has any road.
    metres: Vec<Option<Share>>,
    links: LinkShares,
    exits: Exits,
}

/// The roads of a component.
#[derive(Clone, Copy)]
struct Share {
    centimetres: u64,
    /// The first node that one leaves.
    first: u32,
}

/// The components of the links.
struct LinkShares {
    /// By link the first component that it lies in.
    first: Vec<Option<u32>>,
    /// Where turns are forbidden a link may lie in several: component and link, for all after the first one.
    besides: BTreeSet<(u32, u32)>,
}

impl Shares {
    fn new(open: &Arcs, centimetres: &[u64], components: &Components) -> Shares {
        let component = &components.of;
        let mut metres: Vec<Option<Share>> = vec![None; components.count as usize];
        let mut links = LinkShares { first: vec![None; centimetres.len()], besides: BTreeSet::new() };
        let mut exits = Vec::new();
        for node in 0..open.graph.nodes() as u32 {
            let home = component[node as usize];
            for (arc, course) in open.leaving(node) {
                let there = component[arc.to as usize];
                if home != there {
                    exits.push((home, there));
                    continue;
                }
                let share = metres[home as usize].get_or_insert(Share { centimetres: 0, first: node });
                if links.is_new(course.link(), home) {
                    share.centimetres += centimetres[course.link() as usize];
                }
            }
        }
        exits.sort_unstable();
        Shares { metres, links, exits: Exits { exits, components: components.count } }
    }
}

impl LinkShares {
    /// Notes that a link lies in a component; whether that was not known.
    fn is_new(&mut self, link: u32, home: u32) -> bool {
        match &mut self.first[link as usize] {
            Some(first) if *first == home => false,
            Some(_) => self.besides.insert((home, link)),
            none => {
                *none = Some(home);
                true
            }
        }
    }

    /// Which links lie in a component.
    fn of(&self, home: u32) -> Vec<bool> {
        let mut inside: Vec<bool> = self.first.iter().map(|&first| first == Some(home)).collect();
        for &(_, link) in self.besides.range((home, 0)..=(home, u32::MAX)) {
            inside[link as usize] = true;
        }
        inside
    }
}

/// Arcs from one component to another, by the number of the first, which is the greater one.
struct Exits {
    exits: Vec<(u32, u32)>,
    components: u32,
}

impl Exits {
    /// Which components can be reached from one, this one included.
    fn reached_from(&self, start: u32) -> Vec<bool> {
        let mut reached = vec![false; self.components as usize];
        reached[start as usize] = true;
        for &(home, there) in self.exits.iter().rev() {
            reached[there as usize] |= reached[home as usize];
        }
        reached
    }

    /// From which components one can be reached, this one included.
    fn leading_to(&self, end: u32) -> Vec<bool> {
        let mut leads = vec![false; self.components as usize];
        leads[end as usize] = true;
        for &(home, there) in &self.exits {
            leads[home as usize] |= leads[there as usize];
        }
        leads
    }
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
}

impl Components {
    /// The nodes of the components that are wanted.
    fn nodes_of(&self, is_wanted: &[bool]) -> Vec<bool> {
        self.of.iter().map(|&component| is_wanted[component as usize]).collect()
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
        Components { count: found, of: component }
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
            let mut exits: Vec<(u32, u32)> = arcs
                .iter()
                .map(|&(a, b)| (ours[a as usize], ours[b as usize]))
                .filter(|(home, there)| home != there)
                .collect();
            exits.sort_unstable();
            let exits = Exits { exits, components: components.count };
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
                let reached = components.nodes_of(&exits.reached_from(ours[a]));
                assert_eq!(reached, from, "seed {seed}, {a} of {arcs:?}");
                let leading = components.nodes_of(&exits.leading_to(ours[a]));
                assert_eq!(leading, to, "seed {seed}, {a} of {arcs:?}");
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
