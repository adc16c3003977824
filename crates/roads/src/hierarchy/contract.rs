//! The order of nodes, and the links of each to the nodes above it.

use super::core::{Core, Link, Shortcut};
use super::witness::Witness;
use crate::error::ErrorKind;
use crate::graph::Graph;
use crate::progress::{Phase, Watch};
use crate::search::many::by_workers;

/// Nodes that a thread takes at once.
const BLOCK: usize = 1024;

/// Arcs that a search for a way around may look at while nodes are compared.
const EFFORT_TO_COMPARE: u32 = 40;

/// The same when a node is contracted.
const EFFORT_TO_CONTRACT: u32 = 400;

/// Nodes in the order of their contraction, each with its links to those that were contracted later.
#[derive(Debug, Default)]
pub(super) struct Contracted {
    /// Numbers in the graph, as everywhere here.
    pub(super) nodes: Vec<u32>,
    /// Where the links of each node end.
    pub(super) out_ends: Vec<u32>,
    pub(super) into_ends: Vec<u32>,
    pub(super) out: Vec<Link>,
    pub(super) into: Vec<Link>,
}

/// Contracts all nodes, in rounds. In each round go those that matter less than all their neighbours; they do not
/// touch each other and can be looked at side by side.
pub(super) fn contract(graph: &Graph, watch: &Watch<'_>) -> Result<Contracted, ErrorKind> {
    let total = graph.nodes() as u64;
    let mut round = Round::first(graph);
    let mut contracted = Contracted::default();
    loop {
        watch.step(Phase::Contract, contracted.nodes.len() as u64, total);
        if round.core.nodes() == 0 {
            return Ok(contracted);
        }
        round.weigh(watch)?;
        let chosen = round.choose();
        let shortcuts = round.shortcuts(&chosen, watch)?;
        contracted.append(&round.core, &chosen);
        round = round.next(&chosen, &shortcuts);
    }
}

/// The nodes that are not contracted yet.
struct Round {
    core: Core,
    nodes: Vec<State>,
}

#[derive(Clone, Copy, Debug)]
struct State {
    weight: u32,
    /// One more than that of any neighbour contracted before.
    level: u32,
    /// Whether the weight has to be found anew.
    changed: bool,
}

impl Round {
    fn first(graph: &Graph) -> Round {
        let core = Core::new(graph);
        let nodes = vec![State { weight: 0, level: 0, changed: true }; graph.nodes()];
        Round { core, nodes }
    }

    /// How much each node matters: many shortcuts in place of few links make it matter, and so does a high level,
    /// which keeps the contraction even over the map.
    fn weigh(&mut self, watch: &Watch<'_>) -> Result<(), ErrorKind> {
        let core = &self.core;
        by_workers(
            self.nodes.chunks_mut(BLOCK).enumerate(),
            || Witness::new(core.nodes()),
            |witness, (block, states)| {
                for (place, state) in states.iter_mut().enumerate().filter(|(_, state)| state.changed) {
                    let node = (block * BLOCK + place) as u32;
                    let links = core.out.of(node).len() + core.into.of(node).len();
                    let mut shortcuts = 0;
                    witness.shortcuts(core, node, EFFORT_TO_COMPARE, |_| shortcuts += 1);
                    state.weight = 1000 * state.level + 1000 * shortcuts / links.max(1) as u32;
                    state.changed = false;
                }
                if watch.is_cancelled() { Err(ErrorKind::Cancelled) } else { Ok(()) }
            },
        )
    }

    /// The nodes that matter less than all their neighbours.
    fn choose(&self) -> Vec<bool> {
        let core = &self.core;
        let key = |node: u32| {
            let name = core.names[node as usize];
            // Scattered, so that of many equals in a row more than one is chosen.
            (self.nodes[node as usize].weight, name.wrapping_mul(0x9e37_79b1), name)
        };
        let least = |node: u32| {
            let key_of_node = key(node);
            let neighbours = core.out.of(node).iter().chain(core.into.of(node));
            neighbours.map(|link| link.node).all(|neighbour| key(neighbour) > key_of_node)
        };
        (0..core.nodes()).map(least).collect()
    }

    fn shortcuts(&self, chosen: &[bool], watch: &Watch<'_>) -> Result<Vec<Shortcut>, ErrorKind> {
        let core = &self.core;
        let mut blocks = vec![Vec::new(); chosen.len().div_ceil(BLOCK)];
        by_workers(
            chosen.chunks(BLOCK).enumerate().zip(&mut blocks),
            || Witness::new(core.nodes()),
            |witness, ((block, chosen), shortcuts)| {
                for place in (0..chosen.len()).filter(|&place| chosen[place]) {
                    let node = (block * BLOCK + place) as u32;
                    witness.shortcuts(core, node, EFFORT_TO_CONTRACT, |shortcut| shortcuts.push(shortcut));
                }
                if watch.is_cancelled() { Err(ErrorKind::Cancelled) } else { Ok(()) }
            },
        )?;
        let mut shortcuts = blocks.concat();
        shortcuts.sort_unstable_by_key(|shortcut| shortcut.from);
        Ok(shortcuts)
    }

    fn next(mut self, chosen: &[bool], shortcuts: &[Shortcut]) -> Round {
        for node in (0..self.core.nodes()).filter(|&node| chosen[node as usize]) {
            let level = self.nodes[node as usize].level + 1;
            for link in self.core.out.of(node).iter().chain(self.core.into.of(node)) {
                let neighbour = &mut self.nodes[link.node as usize];
                neighbour.level = neighbour.level.max(level);
                neighbour.changed = true;
            }
        }
        let left = self.nodes.iter().zip(chosen).filter(|(_, chosen)| !**chosen);
        Round { nodes: left.map(|(state, _)| *state).collect(), core: self.core.without(chosen, shortcuts) }
    }
}

impl Contracted {
    fn append(&mut self, core: &Core, chosen: &[bool]) {
        let named = |link: &Link| link.to(core.names[link.node as usize]);
        for node in (0..core.nodes()).filter(|&node| chosen[node as usize]) {
            self.nodes.push(core.names[node as usize]);
            self.out.extend(core.out.of(node).iter().map(named));
            self.into.extend(core.into.of(node).iter().map(named));
            self.out_ends.push(self.out.len() as u32);
            self.into_ends.push(self.into.len() as u32);
        }
    }
}
