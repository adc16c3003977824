//! From strands to links: nodes where nothing branches off become points of a line.

use super::strands::Strands;
use super::{Course, Links, curve};
use crate::error::ErrorKind;

/// Links between junctions, and where they come from.
pub(super) struct Chains {
    pub(super) links: Links,
    /// The ways of the first and the last strand of each link.
    pub(super) ways: Vec<[u32; 2]>,
    /// The node of each junction.
    pub(super) nodes: Vec<u32>,
}

/// Joins strands to links between junctions. These are numbered along a curve that keeps near ones together.
pub(super) fn chains(strands: &Strands) -> Result<Chains, ErrorKind> {
    let pieces = strands.lines.pieces.len();
    if pieces > u32::MAX as usize / 4 {
        return Err(ErrorKind::TooLarge { what: "segments", count: pieces as u64 });
    }
    let web = Web::new(strands);
    let mut joiner = Joiner {
        is_junction: (0..strands.nodes).map(|node| web.is_junction(node)).collect(),
        used: vec![false; strands.ways.len()],
        nodes: Vec::new(),
        links: Links::with_capacity(strands.ways.len(), pieces),
        ways: Vec::with_capacity(strands.ways.len()),
        web,
    };
    for node in joiner.junctions() {
        joiner.join_from(node);
    }
    // What is left are rings that touch nothing: each starts at its first node.
    for node in 0..strands.nodes {
        if joiner.is_open(node) {
            joiner.join_from(node);
        }
    }
    Ok(joiner.finish())
}

/// Which strands meet at each node.
struct Web<'a> {
    strands: &'a Strands,
    first: Vec<u32>,
    meeting: Vec<u32>,
}

impl<'a> Web<'a> {
    fn new(strands: &'a Strands) -> Web<'a> {
        let mut first = vec![0u32; strands.nodes as usize + 1];
        for &end in strands.lines.ends.iter().flatten() {
            first[end as usize + 1] += 1;
        }
        for node in 0..strands.nodes as usize {
            first[node + 1] += first[node];
        }
        let mut next = first.clone();
        let mut meeting = vec![0; 2 * strands.ways.len()];
        for (strand, ends) in (0..).zip(&strands.lines.ends) {
            for &end in ends {
                meeting[next[end as usize] as usize] = strand;
                next[end as usize] += 1;
            }
        }
        Web { strands, first, meeting }
    }

    fn at(&self, node: u32) -> &[u32] {
        &self.meeting[self.first[node as usize] as usize..self.first[node as usize + 1] as usize]
    }

    /// A strand as it is driven away from a node.
    fn away(&self, strand: u32, node: u32) -> Course {
        let forward = Course::forward(strand);
        if self.strands.lines.tail(forward) == node { forward } else { forward.reversed() }
    }

    /// Whether roads meet or end here, or what the road is changes.
    fn is_junction(&self, node: u32) -> bool {
        let Strands { lines, forced, .. } = self.strands;
        match *self.at(node) {
            [] => false,
            [one, other] => {
                let (comes, goes) = (self.away(one, node).reversed(), self.away(other, node));
                let is_open =
                    |course: Course| [course, course.reversed()].map(|course| lines.is_open(course));
                let changes = is_open(comes) != is_open(goes)
                    || lines.kinds[one as usize] != lines.kinds[other as usize];
                (changes && one != other) || forced.binary_search(&node).is_ok()
            }
            _ => true,
        }
    }
}

struct Joiner<'a> {
    web: Web<'a>,
    /// Whether a node is a junction.
    is_junction: Vec<bool>,
    used: Vec<bool>,
    /// The node of each junction so far.
    nodes: Vec<u32>,
    /// With nodes in place of junctions.
    links: Links,
    ways: Vec<[u32; 2]>,
}

impl Joiner<'_> {
    /// The nodes that are junctions, along the curve.
    fn junctions(&self) -> Vec<u32> {
        let lines = &self.web.strands.lines;
        let mut is_new = self.is_junction.clone();
        let mut order: Vec<(u64, u32)> = Vec::new();
        for course in (0..2 * lines.ends.len() as u32).map(Course) {
            let node = lines.tail(course);
            if std::mem::replace(&mut is_new[node as usize], false) {
                order.push((curve::along(lines.start(course)), node));
            }
        }
        order.sort_unstable();
        order.into_iter().map(|(_, node)| node).collect()
    }

    /// Whether a strand that no link has yet leaves a node.
    fn is_open(&self, node: u32) -> bool {
        self.web.at(node).iter().any(|&strand| !self.used[strand as usize])
    }

    /// Makes a node a junction, and adds every link that leaves it and is not there yet.
    fn join_from(&mut self, start: u32) {
        self.nodes.push(start);
        for slot in self.web.first[start as usize]..self.web.first[start as usize + 1] {
            let strand = self.web.meeting[slot as usize];
            if !self.used[strand as usize] {
                self.join(start, strand);
            }
        }
    }

    fn join(&mut self, start: u32, first: u32) {
        let Strands { lines, ways, .. } = self.web.strands;
        let (mut node, mut strand) = (start, first);
        self.links.points.push(lines.start(self.web.away(first, start)));
        loop {
            self.used[strand as usize] = true;
            let course = self.web.away(strand, node);
            self.links.draw(lines, course);
            node = lines.head(course);
            if node == start || self.is_junction[node as usize] {
                break;
            }
            match self.web.at(node).iter().find(|&&other| other != strand) {
                Some(&other) => strand = other,
                None => break,
            }
        }
        self.links.finish([start, node], lines.kinds[first as usize]);
        self.ways.push([ways[first as usize], ways[strand as usize]]);
    }

    fn finish(self) -> Chains {
        let mut number = vec![0u32; self.is_junction.len()];
        for (junction, &node) in (0..).zip(&self.nodes) {
            number[node as usize] = junction;
        }
        let mut links = self.links;
        for end in links.ends.iter_mut().flatten() {
            *end = number[*end as usize];
        }
        Chains { links, ways: self.ways, nodes: self.nodes }
    }
}
