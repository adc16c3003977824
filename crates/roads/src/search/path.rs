//! The way itself between two points.

use super::labels::Labels;
use super::queue::Queue;
use crate::cost::Cost;
use crate::graph::Graph;

/// The least way between two points of the network.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Path {
    pub(crate) cost: Cost,
    /// Which of the departures it takes.
    pub(crate) departure: usize,
    /// The arcs of the graph, in the order of driving.
    pub(crate) arcs: Vec<u32>,
    /// Which of the arrivals it takes.
    pub(crate) arrival: usize,
}

/// The least way that takes no longer than `within` milliseconds, if there is one.
pub(crate) fn path(
    graph: &Graph,
    departures: &[(u32, Cost)],
    arrivals: &[(u32, Cost)],
    within: u32,
) -> Option<Path> {
    let mut most = Cost::most_within(within);
    let mut labels = Labels::new(graph.nodes());
    let mut queue = Queue::default();
    // How each junction that has a label was reached.
    let mut steps = vec![0; graph.nodes()];
    for (place, &(node, cost)) in departures.iter().enumerate() {
        if cost <= most && labels.lower(node, cost) {
            steps[node as usize] = graph.arcs() + place;
            queue.push(cost, node);
        }
    }
    let mut found = None;
    while let Some((cost, node)) = queue.pop()
        && cost <= most
    {
        if cost > labels.get(node) {
            continue;
        }
        for (place, &(_, rest)) in arrivals.iter().enumerate().filter(|(_, end)| end.0 == node) {
            // `most` is then the cost of the best way so far, and only a lesser one replaces that.
            if rest <= most && cost.plus(rest) <= most && (found.is_none() || cost.plus(rest) < most) {
                most = cost.plus(rest);
                found = Some((place, node));
            }
        }
        for index in graph.leaving_indices(node) {
            let arc = graph.arc(index);
            let cost = cost.plus(arc.cost());
            if cost <= most && labels.lower(arc.to, cost) {
                steps[arc.to as usize] = index;
                queue.push(cost, arc.to);
            }
        }
    }
    let (arrival, mut node) = found?;
    let mut arcs = Vec::new();
    while steps[node as usize] < graph.arcs() {
        let index = steps[node as usize];
        arcs.push(index as u32);
        node = graph.tail(index);
    }
    arcs.reverse();
    Some(Path { cost: most, departure: steps[node as usize] - graph.arcs(), arcs, arrival })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::case::Case;

    #[test]
    fn a_path_is_made_of_arcs_that_join_and_costs_what_petgraph_says() {
        let mut paths = 0;
        for seed in 0..3_000 {
            let case = Case::random(seed);
            let graph = case.graph();
            let expected = case.expected();
            let pairs =
                case.departures.iter().flat_map(|from| case.arrivals.iter().map(move |to| (from, to)));
            for ((departures, arrivals), expected) in pairs.zip(expected.into_iter().flatten()) {
                let Some(path) = path(&graph, departures, arrivals, case.within) else {
                    assert_eq!(expected, Cost::NEVER, "seed {seed}: {case:?}");
                    continue;
                };
                let (mut node, mut cost) = departures[path.departure];
                for &index in &path.arcs {
                    assert_eq!(graph.tail(index as usize), node, "seed {seed}: {path:?} {case:?}");
                    let arc = graph.arc(index as usize);
                    (node, cost) = (arc.to, cost.plus(arc.cost()));
                }
                let (end, rest) = arrivals[path.arrival];
                assert_eq!((node, cost.plus(rest)), (end, expected), "seed {seed}: {path:?} {case:?}");
                assert_eq!(path.cost, expected);
                paths += 1;
            }
        }
        assert!(paths > 5_000, "only {paths} paths were compared");
    }
}
