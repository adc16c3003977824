//! From turn restrictions to forbidden ways: sequences of links, each driven in one direction.

use std::collections::BTreeMap;

use super::chains::Chains;
use super::strands::Strands;
use super::turns::MOST_ARMS;
use super::{Course, Links};
use crate::extract::{Extract, Restriction, Via};
use crate::profile::Rule;

/// Longer vias than any real restriction has.
const MOST_VIA_LINKS: usize = 100;

/// The nodes that must be junctions for restrictions to be seen: where they turn. Sorted.
pub(super) fn turning_nodes(extract: &Extract) -> Vec<u32> {
    let mut nodes: Vec<u32> = extract
        .restrictions
        .iter()
        .flat_map(|restriction| match &restriction.via {
            Via::Node(node) => vec![*node],
            Via::Ways(ways) => ways.iter().filter_map(|&way| ends(extract, way)).flatten().collect(),
        })
        .collect();
    nodes.sort_unstable();
    nodes.dedup();
    nodes
}

/// The nodes that restrictions turn at or lead over. Sorted.
fn via_nodes(extract: &Extract) -> Vec<u32> {
    let mut nodes = turning_nodes(extract);
    for restriction in &extract.restrictions {
        if let Via::Ways(ways) = &restriction.via {
            let ways = ways.iter().filter_map(|&way| number(extract, way));
            nodes.extend(ways.flat_map(|way| extract.nodes(&extract.ways[way as usize])));
        }
    }
    nodes.sort_unstable();
    nodes.dedup();
    nodes
}

/// The first and the last node of a way, by its id.
fn ends(extract: &Extract, id: i64) -> Option<[u32; 2]> {
    let nodes = extract.nodes(&extract.ways[number(extract, id)? as usize]);
    Some([*nodes.first()?, *nodes.last()?])
}

fn number(extract: &Extract, id: i64) -> Option<u32> {
    extract.ways.binary_search_by_key(&id, |way| way.id).ok().map(|way| way as u32)
}

/// Sequences of courses that nobody may drive one after the other, each of two at least.
#[derive(Debug, Default)]
pub(super) struct Forbidden {
    pub(super) sequences: Vec<Vec<Course>>,
    /// Restrictions that took effect.
    pub(super) restrictions: u64,
}

impl Forbidden {
    pub(super) fn new(extract: &Extract, strands: &Strands, chains: &Chains) -> Forbidden {
        let mut forbidden = Forbidden::default();
        if extract.restrictions.is_empty() {
            return forbidden;
        }
        let map = Map::new(extract, strands, chains);
        for restriction in &extract.restrictions {
            let before = forbidden.sequences.len();
            map.forbid(restriction, &mut forbidden.sequences);
            forbidden.restrictions += u64::from(forbidden.sequences.len() > before);
        }
        forbidden.sequences.sort_unstable();
        forbidden.sequences.dedup();
        forbidden
    }
}

/// Where the ways that restrictions name meet junctions.
struct Map<'a> {
    extract: &'a Extract,
    links: &'a Links,
    /// The courses that leave a node along a way.
    leaving: BTreeMap<(u32, u32), Vec<Course>>,
    /// All courses that leave a node at which restrictions turn.
    all_leaving: BTreeMap<u32, Vec<Course>>,
    /// The node of each such junction.
    nodes: BTreeMap<u32, u32>,
}

impl<'a> Map<'a> {
    fn new(extract: &'a Extract, strands: &Strands, chains: &'a Chains) -> Map<'a> {
        let turning = via_nodes(extract);
        let nodes: BTreeMap<u32, u32> = (0..)
            .zip(&chains.nodes)
            .filter(|(_, node)| turning.binary_search(node).is_ok())
            .map(|(junction, &node)| (junction, node))
            .collect();
        let mut map = Map {
            extract,
            links: &chains.links,
            leaving: BTreeMap::new(),
            all_leaving: BTreeMap::new(),
            nodes,
        };
        let mut is_turned_at = vec![false; chains.nodes.len()];
        for &junction in map.nodes.keys() {
            is_turned_at[junction as usize] = true;
        }
        for (link, (ends, parts)) in (0..).zip(chains.links.ends.iter().zip(&chains.strands)) {
            for (course, end) in [Course::forward(link), Course::backward(link)].into_iter().zip([0, 1]) {
                if is_turned_at[ends[end] as usize]
                    && let Some(&node) = map.nodes.get(&ends[end])
                {
                    let way = strands.strands[parts[end] as usize].way;
                    map.leaving.entry((node, way)).or_default().push(course);
                    map.all_leaving.entry(node).or_default().push(course);
                }
            }
        }
        map
    }

    /// The courses that leave a node along a way.
    fn leaving(&self, node: u32, way: i64) -> &[Course] {
        let way = number(self.extract, way);
        way.and_then(|way| self.leaving.get(&(node, way))).map_or(&[], Vec::as_slice)
    }

    /// Whether no more courses leave a node than any real junction has.
    fn is_real(&self, node: u32) -> bool {
        self.all_leaving.get(&node).is_none_or(|courses| courses.len() <= MOST_ARMS)
    }

    fn forbid(&self, restriction: &Restriction, sequences: &mut Vec<Vec<Course>>) {
        let Restriction { rule, from, via, to } = restriction;
        for &from in from {
            let overs = self.over(from, via).into_iter();
            for over in overs.filter(|over| self.is_real(over.first) && self.is_real(over.last)) {
                for course in self.leaving(over.first, from).iter().map(|course| course.reversed()) {
                    let starts = std::iter::once(course).chain(over.courses.iter().copied());
                    let starts: Vec<Course> = starts.collect();
                    for end in self.forbidden_ends(*rule, from, to, course, over.last) {
                        sequences.push(starts.iter().copied().chain([end]).collect());
                    }
                }
            }
        }
    }

    /// The courses into which nobody may turn who came by `course`, at the last node of a restriction.
    fn forbidden_ends(&self, rule: Rule, from: i64, to: &[i64], course: Course, last: u32) -> Vec<Course> {
        let named: Vec<Course> = to
            .iter()
            .flat_map(|&way| self.leaving(last, way).iter().map(move |&end| (way, end)))
            // A way that leads on beyond the node: only turning back on it can be meant.
            .filter(|&(way, end)| way != from || end == course.reversed())
            .map(|(_, end)| end)
            .collect();
        match rule {
            Rule::No => named,
            Rule::Only if named.is_empty() => Vec::new(),
            Rule::Only => {
                let all = self.all_leaving.get(&last).into_iter().flatten();
                all.copied().filter(|end| !named.contains(end)).collect()
            }
        }
    }

    /// The ways over the via of a restriction, of those who come from a way.
    fn over(&self, from: i64, via: &Via) -> Vec<Over> {
        let ways = match via {
            Via::Node(node) => return vec![Over { first: *node, courses: Vec::new(), last: *node }],
            Via::Ways(ways) => ways,
        };
        let starts = ways.first().and_then(|&way| ends(self.extract, way)).into_iter().flatten();
        let mut overs: Vec<Over> = starts
            .filter(|&node| !self.leaving(node, from).is_empty())
            .filter_map(|node| self.along(node, ways))
            .collect();
        // A via that is a ring starts and ends at one node.
        overs.dedup();
        overs
    }

    /// From a node along one way after the other, each from end to end.
    fn along(&self, first: u32, ways: &[i64]) -> Option<Over> {
        let mut over = Over { first, courses: Vec::new(), last: first };
        for &way in ways {
            let [start, end] = ends(self.extract, way)?;
            let goal = match over.last {
                last if last == start => end,
                last if last == end => start,
                _ => return None,
            };
            loop {
                let back = over.courses.last().map(|course| course.reversed());
                let course = *self.leaving(over.last, way).iter().find(|&&course| Some(course) != back)?;
                over.courses.push(course);
                over.last = *self.nodes.get(&self.links.head(course))?;
                if over.last == goal {
                    break;
                }
                if over.courses.len() > MOST_VIA_LINKS {
                    return None;
                }
            }
        }
        Some(over)
    }
}

/// A way over the via of a restriction.
#[derive(PartialEq)]
struct Over {
    first: u32,
    courses: Vec<Course>,
    last: u32,
}
