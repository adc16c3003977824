//! A contraction hierarchy: a graph with shortcuts, in which every shortest way first climbs, then goes on at the top,
//! and then descends.
//!
//! The top is what is left of a large graph when contraction would pay no more: each of its nodes is a neighbour of
//! many, and taking one out leaves more links than it had. Searches from origins go through it, those from
//! destinations stop where they enter it. Small graphs have no top: where most nodes are neighbours,
//! contraction adds little.
//!
//! Geisberger, Sanders, Schultes, Delling: Contraction Hierarchies (2008); many to many by buckets: Knopp and others
//! (2007).

mod climb;
mod contract;
mod core;
mod pending;
mod saved;
mod sweep;
#[cfg(test)]
mod tests;
mod witness;

use contract::Contracted;

use crate::cost::Cost;
use crate::error::ErrorKind;
use crate::graph::Graph;
use crate::progress::Watch;

/// Nodes with more links than these, on average, are the top. Of an invented country of 3.1 million junctions, 60, 36
/// and 28 take 72, 60 and 55 s to build, and with each 3 to 4 s find all trips of an hour; without a limit of time,
/// tables of one of 446,000 take less with 60 than with 40 or 25. With no top, the large one is never done.
const MOST_LINKS: u32 = 28;

/// The nodes of a graph by rank, and the arcs that lead upwards. Ranks count from the top: an arc upwards leads to a
/// smaller number, or from one node of the top to another.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Hierarchy {
    /// The rank of each node of the graph.
    ranks: Vec<u32>,
    /// Arcs that are driven upwards or through the top, at the rank where they start.
    up: Slope,
    /// Arcs that are driven downwards, at the rank where they end.
    down: Slope,
}

/// Arcs between ranks, kept at their lower ends.
#[derive(Debug, Default, PartialEq, Eq)]
struct Slope {
    /// The arcs of rank `r` are `first[r]..first[r + 1]`.
    first: Vec<u32>,
    arcs: Vec<Rise>,
    /// Ranks below this one are the top, among which arcs lead up and down; all other arcs lead to smaller ranks.
    top: u32,
}

/// An arc, seen from its lower end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Rise {
    /// The rank of its upper end.
    upper: u32,
    cost: [u32; 2],
}

impl Rise {
    #[inline]
    fn cost(self) -> Cost {
        Cost::of_halves(self.cost)
    }
}

impl Slope {
    fn new(first: Vec<u32>, arcs: Vec<Rise>) -> Slope {
        let mut slope = Slope { first, arcs, top: 0 };
        let highest =
            |rank: u32| slope.at(rank).iter().map(|rise| rise.upper).max().filter(|&upper| upper >= rank);
        slope.top = (0..slope.first.len() as u32 - 1).filter_map(highest).max().map_or(0, |rank| rank + 1);
        slope
    }

    #[inline]
    fn at(&self, rank: u32) -> &[Rise] {
        &self.arcs[self.first[rank as usize] as usize..self.first[rank as usize + 1] as usize]
    }
}

impl Hierarchy {
    /// # Errors
    /// The watch was cancelled, or there would be more arcs than can be numbered.
    pub(crate) fn build(graph: &Graph, watch: &Watch<'_>) -> Result<Hierarchy, ErrorKind> {
        Hierarchy::build_below(graph, MOST_LINKS, watch)
    }

    /// One whose top has more than `most_links` links out of each node, on average.
    fn build_below(graph: &Graph, most_links: u32, watch: &Watch<'_>) -> Result<Hierarchy, ErrorKind> {
        let contracted = contract::contract(graph, most_links, watch)?;
        let Contracted { nodes, out_ends, into_ends, out, into } = contracted;
        let mut ranks = vec![0; nodes.len()];
        for (rank, &node) in nodes.iter().rev().enumerate() {
            ranks[node as usize] = rank as u32;
        }
        let up = slope(&ranks, &out_ends, out);
        let down = slope(&ranks, &into_ends, into);
        Ok(Hierarchy { ranks, up, down })
    }

    pub(crate) fn nodes(&self) -> usize {
        self.ranks.len()
    }
}

/// Links by rank, from links in the order of contraction.
fn slope(ranks: &[u32], ends: &[u32], links: Vec<core::Link>) -> Slope {
    let mut first = Vec::with_capacity(ends.len() + 1);
    let mut arcs = Vec::with_capacity(links.len());
    first.push(0);
    for place in (0..ends.len()).rev() {
        let start = if place == 0 { 0 } else { ends[place - 1] };
        for link in &links[start as usize..ends[place] as usize] {
            arcs.push(Rise { upper: ranks[link.node as usize], cost: link.cost().halves() });
        }
        first.push(arcs.len() as u32);
    }
    Slope::new(first, arcs)
}
