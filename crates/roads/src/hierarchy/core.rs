//! What remains of a graph while its nodes are contracted.

use crate::cost::Cost;
use crate::graph::Graph;

/// The nodes that are not contracted yet, numbered from 0 in their first order, and the least arc from each to each
/// other. Costs between them are those of the whole graph.
#[derive(Debug)]
pub(super) struct Core {
    /// Their numbers in the whole graph.
    pub(super) names: Vec<u32>,
    pub(super) out: Rows,
    pub(super) into: Rows,
}

/// Links of numbered nodes, those of one node side by side and in the order of the nodes they lead to.
#[derive(Debug, Default)]
pub(super) struct Rows {
    first: Vec<u32>,
    links: Vec<Link>,
}

/// An arc, seen from one of its ends; of 12 bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Link {
    /// The other end.
    pub(super) node: u32,
    cost: [u32; 2],
}

impl Link {
    pub(super) fn new(node: u32, cost: Cost) -> Link {
        Link { node, cost: cost.halves() }
    }

    #[inline]
    pub(super) fn cost(self) -> Cost {
        Cost::of_halves(self.cost)
    }

    pub(super) fn to(self, node: u32) -> Link {
        Link { node, ..self }
    }

    /// What counts among links that lead to the same node: the least.
    fn order(&self) -> (u32, Cost) {
        (self.node, self.cost())
    }
}

/// A link between two nodes in place of one that was contracted.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shortcut {
    pub(super) from: u32,
    pub(super) link: Link,
}

impl Rows {
    pub(super) fn nodes(&self) -> usize {
        self.first.len() - 1
    }

    #[inline]
    pub(super) fn of(&self, node: u32) -> &[Link] {
        &self.links[self.first[node as usize] as usize..self.first[node as usize + 1] as usize]
    }

    fn with_capacity(nodes: usize, links: usize) -> Rows {
        let mut rows = Rows { first: Vec::with_capacity(nodes + 1), links: Vec::with_capacity(links) };
        rows.first.push(0);
        rows
    }

    fn end_row(&mut self) {
        self.first.push(self.links.len() as u32);
    }

    /// The same links seen from their other ends.
    fn turned(&self) -> Rows {
        let mut first = vec![0u32; self.nodes() + 1];
        for link in &self.links {
            first[link.node as usize + 1] += 1;
        }
        for node in 0..self.nodes() {
            first[node + 1] += first[node];
        }
        let mut next = first.clone();
        let mut links = vec![Link::new(0, Cost::ZERO); self.links.len()];
        for node in 0..self.nodes() as u32 {
            for &link in self.of(node) {
                let slot = &mut next[link.node as usize];
                links[*slot as usize] = link.to(node);
                *slot += 1;
            }
        }
        Rows { first, links }
    }
}

impl Core {
    /// All nodes of a graph. Loops and all but the least of parallel arcs are of no use to any way.
    pub(super) fn new(graph: &Graph) -> Core {
        let nodes = graph.nodes() as u32;
        let mut out = Rows::with_capacity(graph.nodes(), graph.arcs());
        let mut row = Vec::new();
        for node in 0..nodes {
            let arcs = graph.leaving(node).iter().filter(|arc| arc.to != node);
            row.extend(arcs.map(|arc| Link::new(arc.to, arc.cost())));
            row.sort_unstable_by_key(Link::order);
            row.dedup_by_key(|link| link.node);
            out.links.append(&mut row);
            out.end_row();
        }
        Core { names: (0..nodes).collect(), into: out.turned(), out }
    }

    pub(super) fn nodes(&self) -> u32 {
        self.names.len() as u32
    }

    /// Whether a node has more than so many links out, on average.
    pub(super) fn is_tangled(&self, most_links: u32) -> bool {
        self.out.links.len() as u64 > u64::from(most_links) * self.names.len() as u64
    }

    /// Whether a node has links to more than half of all nodes, on average.
    pub(super) fn is_dense(&self) -> bool {
        let nodes = self.names.len() as u64;
        2 * self.out.links.len() as u64 > nodes * nodes
    }

    /// Without the nodes that are `contracted`, and with the shortcuts that stand for them. The shortcuts are sorted
    /// by where they lead from.
    pub(super) fn without(&self, contracted: &[bool], shortcuts: &[Shortcut]) -> Core {
        const GONE: u32 = u32::MAX;
        let mut names = Vec::with_capacity(self.names.len());
        let mut number = vec![GONE; self.names.len()];
        for (node, &name) in self.names.iter().enumerate().filter(|&(node, _)| !contracted[node]) {
            number[node] = names.len() as u32;
            names.push(name);
        }
        let mut out = Rows::with_capacity(names.len(), self.out.links.len());
        let mut shortcuts = shortcuts;
        let mut row: Vec<Link> = Vec::new();
        for node in (0..self.nodes()).filter(|&node| !contracted[node as usize]) {
            let own = leading(shortcuts, node);
            let kept = self.out.of(node).iter().chain(own.iter().map(|shortcut| &shortcut.link));
            row.extend(kept.map(|link| link.to(number[link.node as usize])).filter(|link| link.node != GONE));
            shortcuts = &shortcuts[own.len()..];
            row.sort_unstable_by_key(Link::order);
            row.dedup_by_key(|link| link.node);
            out.links.append(&mut row);
            out.end_row();
        }
        Core { names, into: out.turned(), out }
    }
}

/// The shortcuts at the front that lead from a node.
fn leading(shortcuts: &[Shortcut], from: u32) -> &[Shortcut] {
    let end = shortcuts.iter().position(|shortcut| shortcut.from != from).unwrap_or(shortcuts.len());
    &shortcuts[..end]
}
