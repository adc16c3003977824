//! A hierarchy as plain lists of numbers, to save and load it.

use super::way::{Leg, Way};
use super::{Hierarchy, Rise, Slope};
use crate::cost::Cost;
use crate::graph::Graph;

/// What is saved of a hierarchy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Parts {
    /// The rank of each node of the graph, from 0 at the top.
    pub(crate) ranks: Vec<u32>,
    /// Arcs that are driven upwards, at the rank where they start.
    pub(crate) up: SlopeParts,
    /// Arcs that are driven downwards, at the rank where they end.
    pub(crate) down: SlopeParts,
}

/// Arcs by the rank of their lower end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SlopeParts {
    /// The arcs of rank `r` are `first[r]..first[r + 1]`.
    pub(crate) first: Vec<u32>,
    /// The rank of the upper end.
    pub(crate) upper: Vec<u32>,
    /// The bits of each [`Cost`].
    pub(crate) costs: Vec<u64>,
    /// The number of an arc of the graph, or 2^31 and the rank of the node between two arcs of the hierarchy.
    pub(crate) ways: Vec<u32>,
}

impl Hierarchy {
    pub(crate) fn parts(&self) -> Parts {
        Parts { ranks: self.ranks.clone(), up: self.up.parts(), down: self.down.parts() }
    }

    /// A hierarchy of a graph from what was saved of it. Whatever the numbers are, searches in it end, and
    /// [`Hierarchy::unpack`] does.
    ///
    /// # Errors
    /// What of the parts does not fit the graph or each other.
    pub(crate) fn from_parts(parts: Parts, graph: &Graph) -> Result<Hierarchy, &'static str> {
        let Parts { ranks, up, down } = parts;
        let nodes = by_rank(&ranks).filter(|nodes| nodes.len() == graph.nodes());
        let nodes = nodes.ok_or("the ranks are not those of the graph's nodes")?;
        let up = up.slope(ranks.len())?;
        let down = down.slope(ranks.len())?;
        let fits = |way: Way, lower: u32, from: u32, rise: Rise, to: u32| match way.leg() {
            Leg::Over(middle) => middle > lower && (middle as usize) < nodes.len(),
            Leg::Arc(index) => {
                let index = index as usize;
                graph.leaving_indices(nodes[from as usize]).contains(&index)
                    && graph.arc(index).to == nodes[to as usize]
                    && graph.arc(index).cost() == rise.cost()
            }
        };
        let upwards = up.all().all(|(lower, rise, way)| fits(way, lower, lower, rise, rise.upper));
        let downwards = down.all().all(|(lower, rise, way)| fits(way, lower, rise.upper, rise, lower));
        if upwards && downwards {
            Ok(Hierarchy { ranks, up, down })
        } else {
            Err("an arc of the hierarchy stands for nothing in the graph")
        }
    }
}

/// The node of each rank; None when ranks are missing or given twice.
fn by_rank(ranks: &[u32]) -> Option<Vec<u32>> {
    const NONE: u32 = u32::MAX;
    let mut nodes = vec![NONE; ranks.len()];
    for (node, &rank) in ranks.iter().enumerate() {
        let place = nodes.get_mut(rank as usize)?;
        if std::mem::replace(place, node as u32) != NONE {
            return None;
        }
    }
    Some(nodes)
}

impl Slope {
    fn parts(&self) -> SlopeParts {
        SlopeParts {
            first: self.first.clone(),
            upper: self.arcs.iter().map(|rise| rise.upper).collect(),
            costs: self.arcs.iter().map(|rise| rise.cost().bits()).collect(),
            ways: self.ways.iter().map(|way| way.bits()).collect(),
        }
    }

    /// Every arc, with the rank of its lower end.
    fn all(&self) -> impl Iterator<Item = (u32, Rise, Way)> {
        let lower =
            (0..).zip(self.first.windows(2)).flat_map(|(rank, ends)| (ends[0]..ends[1]).map(move |_| rank));
        lower.zip(&self.arcs).zip(&self.ways).map(|((lower, &rise), &way)| (lower, rise, way))
    }
}

impl SlopeParts {
    fn slope(self, nodes: usize) -> Result<Slope, &'static str> {
        let SlopeParts { first, upper, costs, ways } = self;
        let count = ways.len();
        let whole = first.len() == nodes + 1 && first.is_sorted();
        let ends = first.first() == Some(&0) && first.last().is_some_and(|&last| last as usize == count);
        if !whole || !ends || upper.len() != count || costs.len() != count {
            return Err("lists of the hierarchy that belong together differ in length");
        }
        let rise = |(upper, bits)| Rise { upper, cost: Cost::of_bits(bits).halves() };
        let slope = Slope {
            first,
            arcs: upper.into_iter().zip(costs).map(rise).collect(),
            ways: ways.into_iter().map(Way::of_bits).collect(),
        };
        if slope.all().any(|(lower, rise, _)| rise.upper >= lower) {
            return Err("an arc of the hierarchy does not lead upwards");
        }
        if slope.arcs.iter().any(|rise| rise.cost() > Cost::MOST) {
            return Err("an arc of the hierarchy costs more than any way");
        }
        Ok(slope)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::progress::Watch;
    use crate::random::Random;
    use crate::search::case::Case;
    use crate::search::many::fill_table;

    #[test]
    fn what_was_saved_is_what_is_loaded() {
        for seed in 0..300 {
            let graph = Case::random(seed).graph();
            let hierarchy = Hierarchy::build(&graph, &Watch::none()).unwrap();
            assert_eq!(Hierarchy::from_parts(hierarchy.parts(), &graph), Ok(hierarchy), "seed {seed}");
        }
    }

    /// One number changed anywhere is refused, or at least neither search nor unpacking fails by it.
    #[test]
    fn numbers_changed_at_random_do_no_harm() {
        let mut refused = 0;
        for seed in 0..3_000 {
            let case = Case::random(seed);
            let graph = case.graph();
            let hierarchy = Hierarchy::build(&graph, &Watch::none()).unwrap();
            let mut parts = hierarchy.parts();
            let random = &mut Random(seed);
            let slope = if random.below(2) == 0 { &mut parts.up } else { &mut parts.down };
            let list = match random.below(5) {
                0 => &mut parts.ranks,
                1 => &mut slope.first,
                2 => &mut slope.upper,
                3 => {
                    let place = random.below(slope.costs.len() as u32) as usize;
                    slope.costs.get_mut(place).into_iter().for_each(|cost| *cost = random.next());
                    &mut slope.upper
                }
                _ => &mut slope.ways,
            };
            let place = random.below(list.len() as u32) as usize;
            let value = match random.below(3) {
                0 => random.below(2 * case.nodes),
                1 => random.next() as u32,
                _ => 1 << 31 | random.below(2 * case.nodes),
            };
            list.get_mut(place).into_iter().for_each(|number| *number = value);
            let Ok(loaded) = Hierarchy::from_parts(parts, &graph) else {
                refused += 1;
                continue;
            };
            let mut cells = vec![Cost::ZERO; case.departures.len() * case.arrivals.len()];
            fill_table(&loaded, case.question(), &Watch::none(), &mut cells).unwrap();
            for arc in loaded.all_arcs() {
                let _ = loaded.unpack(arc, graph.nodes());
            }
        }
        assert!(refused > 1_000, "only {refused} were refused");
    }

    #[test]
    fn a_hierarchy_of_another_graph_is_refused() {
        let graph = |millis| Graph::new(2, vec![(0, 1, Cost::new(millis, 0, 0))]);
        let parts = Hierarchy::build(&graph(5), &Watch::none()).unwrap().parts();
        assert!(Hierarchy::from_parts(parts.clone(), &graph(5)).is_ok());
        assert!(Hierarchy::from_parts(parts.clone(), &graph(6)).is_err());
        assert!(Hierarchy::from_parts(parts, &Graph::new(3, Vec::new())).is_err());
    }
}
