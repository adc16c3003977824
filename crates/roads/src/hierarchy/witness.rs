//! Whether a way around a node is shorter than the way through it.

use super::core::{Core, Link, Shortcut};
use crate::cost::Cost;
use crate::search::queue::Queue;

/// Arcs that a search may follow for each node it may settle: far more than most nodes have, and far fewer than those
/// that are contracted last.
const ARCS_A_NODE: u32 = 100;

/// Short searches with the memory that they use again and again.
#[derive(Debug)]
pub(super) struct Witness {
    labels: Vec<Label>,
    touched: Vec<u32>,
    queue: Queue,
}

#[derive(Clone, Copy, Debug)]
struct Label {
    /// The least cost known from the start of the search.
    cost: Cost,
    /// What a way around has to undercut; zero where none is wanted.
    through: Cost,
}

const FRESH: Label = Label { cost: Cost::NEVER, through: Cost::ZERO };

impl Witness {
    pub(super) fn new(nodes: u32) -> Witness {
        Witness { labels: vec![FRESH; nodes as usize], touched: Vec::new(), queue: Queue::default() }
    }

    /// Tells the shortcuts that are needed when a node is contracted. A search that has settled `effort` nodes gives
    /// up: a shortcut too many does no harm.
    ///
    /// A way around counts only if it is strictly shorter. So a shortest way by several nodes that are contracted at
    /// once has a shortcut for each of them.
    pub(super) fn shortcuts(&mut self, core: &Core, node: u32, effort: u32, mut found: impl FnMut(Shortcut)) {
        let out = core.out.of(node);
        for &into in core.into.of(node) {
            let missing = self.mark(into, out);
            if missing.count == 0 {
                continue;
            }
            self.search(core, into.node, node, missing, effort);
            for (link, through) in ways_through(into, out) {
                if self.labels[link.node as usize].cost >= through {
                    found(Shortcut { from: into.node, link: Link::new(link.node, through) });
                }
            }
            self.forget();
        }
    }

    /// Notes what each way through the node costs that starts with a link.
    fn mark(&mut self, into: Link, out: &[Link]) -> Missing {
        let mut missing = Missing { count: 0, most: Cost::ZERO };
        for (link, through) in ways_through(into, out) {
            self.touched.push(link.node);
            self.labels[link.node as usize].through = through;
            missing.count += 1;
            missing.most = missing.most.max(through);
        }
        missing
    }

    fn search(&mut self, core: &Core, start: u32, avoided: u32, mut missing: Missing, effort: u32) {
        self.queue.clear();
        self.queue.push(Cost::ZERO, start);
        self.touched.push(start);
        self.labels[start as usize].cost = Cost::ZERO;
        let mut left = ARCS_A_NODE * effort;
        let mut settled = 0;
        while settled < effort
            && left > 0
            && let Some((cost, node)) = self.queue.pop()
        {
            if cost > self.labels[node as usize].cost {
                continue;
            }
            settled += 1;
            left = left.saturating_sub(core.out.of(node).len() as u32);
            for link in core.out.of(node) {
                let cost = cost.plus(link.cost());
                if cost >= missing.most || link.node == avoided {
                    continue;
                }
                let label = &mut self.labels[link.node as usize];
                if cost < label.cost {
                    if cost < label.through && label.cost >= label.through {
                        missing.count -= 1;
                        if missing.count == 0 {
                            return;
                        }
                    }
                    label.cost = cost;
                    self.touched.push(link.node);
                    self.queue.push(cost, link.node);
                }
            }
        }
    }

    fn forget(&mut self) {
        for node in self.touched.drain(..) {
            self.labels[node as usize] = FRESH;
        }
    }
}

/// The links on which a way goes on that came by `into`, and what it costs in all. Nobody follows a way that costs more
/// than [`Cost::MOST`].
fn ways_through(into: Link, out: &[Link]) -> impl Iterator<Item = (Link, Cost)> {
    let ways = out.iter().map(move |link| (*link, into.cost().plus(link.cost())));
    ways.filter(move |&(link, through)| link.node != into.node && through <= Cost::MOST)
}

/// Ways through a node for which no way around is known yet.
#[derive(Clone, Copy, Debug)]
struct Missing {
    count: u32,
    /// The most that one of them costs.
    most: Cost,
}
