//! From arcs of the hierarchy back to arcs of the graph.

use super::way::Leg;
use super::{Hierarchy, Slope};

/// An arc of the hierarchy, by its ranks in the direction of driving.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RankedArc {
    pub(crate) from: u32,
    pub(crate) to: u32,
}

impl Hierarchy {
    /// The arcs of the graph that an arc of the hierarchy stands for, in the order of driving; None when it stands
    /// for none, or for more than `most`, which only a damaged hierarchy does.
    pub(crate) fn unpack(&self, arc: RankedArc, most: usize) -> Option<Vec<u32>> {
        let mut arcs = Vec::new();
        let mut left = vec![arc];
        while let Some(RankedArc { from, to }) = left.pop() {
            match self.leg(from, to)? {
                Leg::Arc(index) => arcs.push(index),
                Leg::Over(middle) => {
                    left.push(RankedArc { from: middle, to });
                    left.push(RankedArc { from, to: middle });
                }
            }
            // What is left will be one arc each at least.
            if arcs.len() + left.len() > most {
                return None;
            }
        }
        Some(arcs)
    }

    fn leg(&self, from: u32, to: u32) -> Option<Leg> {
        if to < from { self.up.leg(from, to) } else { self.down.leg(to, from) }
    }
}

impl Slope {
    fn leg(&self, lower: u32, upper: u32) -> Option<Leg> {
        let place = self.at(lower).iter().position(|rise| rise.upper == upper)?;
        Some(self.ways[self.first[lower as usize] as usize + place].leg())
    }
}

#[cfg(test)]
impl Hierarchy {
    /// Every arc.
    pub(super) fn all_arcs(&self) -> impl Iterator<Item = RankedArc> {
        let ranks = 0..self.ranks.len() as u32;
        ranks.flat_map(|lower| {
            let up = self.up.at(lower).iter().map(move |rise| RankedArc { from: lower, to: rise.upper });
            let down = self.down.at(lower).iter().map(move |rise| RankedArc { from: rise.upper, to: lower });
            up.chain(down)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cost::Cost;
    use crate::progress::Watch;
    use crate::search::case::Case;

    #[test]
    fn an_arc_of_the_hierarchy_is_a_row_of_arcs_that_join_and_cost_as_much() {
        for seed in 0..1_000 {
            let case = Case::random(seed);
            let graph = case.graph();
            let hierarchy = Hierarchy::build(&graph, &Watch::none()).unwrap();
            for arc in hierarchy.all_arcs() {
                let (slope, lower, upper) = if arc.to < arc.from {
                    (&hierarchy.up, arc.from, arc.to)
                } else {
                    (&hierarchy.down, arc.to, arc.from)
                };
                let expected = slope.at(lower).iter().find(|rise| rise.upper == upper).unwrap().cost();
                let mut rank = arc.from;
                let mut cost = Cost::ZERO;
                for index in hierarchy.unpack(arc, graph.nodes()).unwrap() {
                    assert_eq!(
                        hierarchy.ranks[graph.tail(index as usize) as usize],
                        rank,
                        "seed {seed}: {case:?}"
                    );
                    let arc = graph.arc(index as usize);
                    (rank, cost) = (hierarchy.ranks[arc.to as usize], cost.plus(arc.cost()));
                }
                assert_eq!((rank, cost), (arc.to, expected), "seed {seed}: {case:?}");
            }
        }
    }
}
