//! The part of the network whose every junction can be reached from every other.

use super::Links;
use crate::graph::Graph;

/// The strongly connected component with the most metres of road, and the metres of road outside of it; None when
/// no link leads to where it can be left again.
pub(super) fn main_component(links: Links) -> Option<(Links, u64)> {
    let junctions = links.ends.iter().flatten().max().map_or(0, |last| last + 1);
    let component = components(&Graph::new(junctions, links.arcs()));
    let inside = |link: &usize| {
        let [start, end] = links.ends[*link];
        component[start as usize] == component[end as usize]
    };
    let length =
        |link: usize| links.pieces(link as u32).iter().map(|piece| u64::from(piece.length)).sum::<u64>();
    let all = 0..links.ends.len();
    let mut lengths = vec![0u64; junctions as usize];
    for link in all.clone().filter(inside) {
        lengths[component[links.ends[link][0] as usize] as usize] += length(link);
    }
    // Of equals the one with the first junction, so that the numbering of components does not matter.
    let first = all.clone().filter(inside).min_by_key(|&link| {
        (u64::MAX - lengths[component[links.ends[link][0] as usize] as usize], links.ends[link])
    })?;
    let main = component[links.ends[first][0] as usize];
    let mut kept = Links { first: vec![0], ..Links::default() };
    let mut left_out = 0;
    for link in all {
        let [start, end] = links.ends[link];
        if component[start as usize] == main && component[end as usize] == main {
            kept.ends.push([start, end]);
            kept.pieces.extend(links.pieces(link as u32));
            kept.points.extend(links.points(link as u32));
            kept.first.push(kept.pieces.len() as u32);
        } else {
            left_out += length(link);
        }
    }
    kept.number_junctions(junctions);
    Some((kept, left_out / 100))
}

/// The number of the strongly connected component of each node, by Tarjan's algorithm with a stack of its own: roads
/// lead further than the call stack.
fn components(graph: &Graph) -> Vec<u32> {
    const NONE: u32 = u32::MAX;
    let nodes = graph.nodes();
    let mut component = vec![NONE; nodes];
    let mut visit = vec![NONE; nodes];
    let mut lowest = vec![NONE; nodes];
    let (mut visited, mut found) = (0, 0);
    let mut open: Vec<u32> = Vec::new();
    let mut path: Vec<(u32, usize)> = Vec::new();
    for root in 0..nodes as u32 {
        if visit[root as usize] == NONE {
            path.push((root, 0));
        }
        while let Some((node, arc)) = path.pop() {
            let here = node as usize;
            if arc == 0 {
                (visit[here], lowest[here]) = (visited, visited);
                visited += 1;
                open.push(node);
            }
            let next = graph.leaving(node)[arc..].iter().position(|next| {
                let there = next.to as usize;
                if visit[there] != NONE && component[there] == NONE {
                    lowest[here] = lowest[here].min(visit[there]);
                }
                visit[there] == NONE
            });
            if let Some(skipped) = next {
                path.push((node, arc + skipped + 1));
                path.push((graph.leaving(node)[arc + skipped].to, 0));
                continue;
            }
            if lowest[here] == visit[here] {
                while let Some(member) = open.pop() {
                    component[member as usize] = found;
                    if member == node {
                        break;
                    }
                }
                found += 1;
            }
            if let Some(&(parent, _)) = path.last() {
                lowest[parent as usize] = lowest[parent as usize].min(lowest[here]);
            }
        }
    }
    component
}

#[cfg(test)]
mod tests {
    use petgraph::algo::kosaraju_scc;
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
            let ours =
                components(&Graph::new(nodes, arcs.iter().map(|&(a, b)| (a, b, Cost::ZERO)).collect()));
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
            }
        }
    }

    #[test]
    fn a_road_longer_than_the_call_stack_is_no_trouble() {
        let nodes = 1_000_000;
        let both_ways = (1..nodes).flat_map(|n| [(n - 1, n, Cost::ZERO), (n, n - 1, Cost::ZERO)]).collect();
        assert!(components(&Graph::new(nodes, both_ways)).iter().all(|&component| component == 0));
    }
}
