//! The order of nodes, and the links of each to the nodes above it.

use super::core::{Core, Link, Shortcut};
use super::witness::Witness;
use crate::error::ErrorKind;
use crate::graph::Graph;
use crate::progress::{Phase, Watch};
use crate::search::many::by_workers;

/// Nodes that a thread takes at once.
const BLOCK: usize = 1024;

/// Nodes that a search for a way around may settle while weights are found: few, for it is done often.
const EFFORT_TO_WEIGH: u32 = 10;

/// The same when a node is contracted: every shortcut saved here makes all later searches shorter.
const EFFORT_TO_CONTRACT: u32 = 60;

/// What a level weighs.
const LEVEL: u64 = 1000;

/// What a shortcut for every link weighs. Found by trial: with much less or more the hierarchy has more arcs.
const SHORTCUTS: u64 = 8 * LEVEL;

/// Weights are found anew when one in so many nodes is gone.
const RENEWALS: u64 = 100;

/// Neighbours that were contracted hardly lower the share of shortcuts further than to this percentage.
const PERCENT_LEFT: u64 = 60;

/// Nodes in the order of their contraction, each with its links to those that were contracted later; then those that
/// were left, each with its links out.
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

/// Contracts nodes, in rounds. In each round go those that matter less than all their neighbours; they do not touch
/// each other and can be looked at side by side. The rounds end when all are gone, or when those that are left have
/// more than `most_links` links out, on average, though most are no neighbours.
pub(super) fn contract(graph: &Graph, most_links: u32, watch: &Watch<'_>) -> Result<Contracted, ErrorKind> {
    let total = graph.nodes() as u64;
    let mut round = Round::first(graph);
    let mut contracted = Contracted::default();
    while round.core.nodes() > 0 && (!round.core.is_tangled(most_links) || round.core.is_dense()) {
        watch.step(Phase::Contract, contracted.nodes.len() as u64, total);
        // Where most are neighbours, few shortcuts are new, whatever the order.
        if round.gone * RENEWALS >= u64::from(round.core.nodes()) && !round.core.is_dense() {
            round.weigh(watch)?;
            round.gone = 0;
        }
        let (chosen, shortcuts) = round.choose(watch)?;
        contracted.append(&round.core, &chosen);
        round = round.next(&chosen, &shortcuts);
    }
    contracted.append_left(&round.core);
    watch.step(Phase::Contract, total, total);
    Ok(contracted)
}

/// The nodes that are not contracted yet.
struct Round {
    core: Core,
    nodes: Vec<State>,
    /// Nodes contracted since the weights were found.
    gone: u64,
}

/// How much a node matters: many shortcuts in place of few links make it matter, and so does a high level, which
/// keeps the contraction even over the map.
#[derive(Clone, Copy, Debug)]
struct State {
    /// One more than that of any neighbour contracted before.
    level: u64,
    /// The weight of the shortcuts that it would leave, as last found.
    shortcuts: u64,
    /// Whether a neighbour was contracted since.
    changed: bool,
}

impl State {
    fn weight(self) -> u64 {
        LEVEL * self.level + self.shortcuts
    }

    fn note(&mut self, core: &Core, node: u32, shortcuts: usize) {
        let links = core.out.of(node).len() + core.into.of(node).len();
        self.shortcuts = SHORTCUTS * shortcuts as u64 / links.max(1) as u64;
        self.changed = false;
    }
}

impl Round {
    fn first(graph: &Graph) -> Round {
        let core = Core::new(graph);
        let nodes = vec![State { level: 0, shortcuts: 0, changed: true }; graph.nodes()];
        Round { gone: u64::from(core.nodes()), core, nodes }
    }

    /// Finds the weights anew that have changed, where the node may come next.
    fn weigh(&mut self, watch: &Watch<'_>) -> Result<(), ErrorKind> {
        let core = &self.core;
        let hopeful: Vec<bool> = (0..core.nodes()).map(|node| self.may_be_least(node)).collect();
        by_workers(
            self.nodes.chunks_mut(BLOCK).zip(hopeful.chunks(BLOCK)).enumerate(),
            || Witness::new(core.nodes()),
            |witness, (block, (states, hopeful))| {
                for place in (0..states.len()).filter(|&place| hopeful[place]) {
                    let node = (block * BLOCK + place) as u32;
                    let mut shortcuts = 0;
                    witness.shortcuts(core, node, EFFORT_TO_WEIGH, |_| shortcuts += 1);
                    states[place].note(core, node, shortcuts);
                }
                unless_cancelled(watch)
            },
        )
    }

    fn may_be_least(&self, node: u32) -> bool {
        let state = self.nodes[node as usize];
        let at_best = LEVEL * state.level + state.shortcuts * PERCENT_LEFT / 100;
        state.changed && self.neighbours(node).all(|other| self.nodes[other as usize].weight() >= at_best)
    }

    /// The nodes that matter less than all their neighbours, and the shortcuts that they leave. None may be left
    /// when all are found to matter more than was thought; the weights are then more exact than before.
    fn choose(&mut self, watch: &Watch<'_>) -> Result<(Vec<bool>, Vec<Shortcut>), ErrorKind> {
        let core = &self.core;
        let mut chosen: Vec<bool> = (0..core.nodes()).map(|node| self.is_least(node)).collect();
        let mut blocks = vec![Vec::new(); chosen.len().div_ceil(BLOCK)];
        by_workers(
            chosen.chunks(BLOCK).zip(self.nodes.chunks_mut(BLOCK)).enumerate().zip(&mut blocks),
            || Witness::new(core.nodes()),
            |witness, ((block, (chosen, states)), shortcuts)| {
                for place in (0..chosen.len()).filter(|&place| chosen[place]) {
                    let node = (block * BLOCK + place) as u32;
                    let before = shortcuts.len();
                    witness.shortcuts(core, node, EFFORT_TO_CONTRACT, |shortcut| {
                        shortcuts.push((node, shortcut))
                    });
                    states[place].note(core, node, shortcuts.len() - before);
                }
                unless_cancelled(watch)
            },
        )?;
        for node in 0..core.nodes() {
            chosen[node as usize] = chosen[node as usize] && self.is_least(node);
        }
        let left = blocks.into_iter().flatten().filter(|&(node, _)| chosen[node as usize]);
        let mut shortcuts: Vec<Shortcut> = left.map(|(_, shortcut)| shortcut).collect();
        shortcuts.sort_unstable_by_key(|shortcut| shortcut.from);
        Ok((chosen, shortcuts))
    }

    fn is_least(&self, node: u32) -> bool {
        let key = |node: u32| {
            // Scattered, so that of many equals in a row more than one is least.
            let name = self.core.names[node as usize];
            (self.nodes[node as usize].weight(), name.wrapping_mul(0x9e37_79b1), name)
        };
        let own = key(node);
        self.neighbours(node).all(|neighbour| key(neighbour) > own)
    }

    /// Those on links there and back come twice.
    fn neighbours(&self, node: u32) -> impl Iterator<Item = u32> {
        self.core.out.of(node).iter().chain(self.core.into.of(node)).map(|link| link.node)
    }

    fn next(mut self, chosen: &[bool], shortcuts: &[Shortcut]) -> Round {
        let Round { core, nodes, gone } = &mut self;
        for node in (0..core.nodes()).filter(|&node| chosen[node as usize]) {
            let level = nodes[node as usize].level + 1;
            for link in core.out.of(node).iter().chain(core.into.of(node)) {
                let neighbour = &mut nodes[link.node as usize];
                neighbour.changed = true;
                neighbour.level = neighbour.level.max(level);
            }
        }
        let left = nodes.iter().zip(chosen).filter(|(_, chosen)| !**chosen);
        let nodes: Vec<State> = left.map(|(state, _)| *state).collect();
        let gone = *gone + (chosen.len() - nodes.len()) as u64;
        Round { nodes, core: core.without(chosen, shortcuts), gone }
    }
}

fn unless_cancelled(watch: &Watch<'_>) -> Result<(), ErrorKind> {
    if watch.is_cancelled() { Err(ErrorKind::Cancelled) } else { Ok(()) }
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

    /// Links among nodes that are left are told once, where they start.
    fn append_left(&mut self, core: &Core) {
        for node in 0..core.nodes() {
            self.nodes.push(core.names[node as usize]);
            self.out.extend(core.out.of(node).iter().map(|link| link.to(core.names[link.node as usize])));
            self.out_ends.push(self.out.len() as u32);
            self.into_ends.push(self.into.len() as u32);
        }
    }
}
