//! From segments to links: nodes where nothing branches off become points of a line.

use super::segments::{Segment, Segments};
use super::{CLOSED, Links, Piece, curve};
use crate::error::ErrorKind;

/// Links between junctions, and where they come from.
pub(super) struct Chains {
    pub(super) links: Links,
    /// The ways of the first and the last segment of each link.
    pub(super) ways: Vec<[u32; 2]>,
    /// The node of each junction.
    pub(super) nodes: Vec<u32>,
}

/// Joins segments to links between junctions. These are numbered along a curve that keeps near ones together; those
/// of `forced` (nodes, sorted) are junctions even where nothing branches off.
pub(super) fn chains(segments: Segments, forced: &[u32]) -> Result<Chains, ErrorKind> {
    if segments.segments.len() > u32::MAX as usize / 4 {
        return Err(ErrorKind::TooLarge { what: "segments", count: segments.segments.len() as u64 });
    }
    let web = Web::new(&segments, forced);
    let mut joiner = Joiner {
        ends_here: Vec::new(),
        used: vec![false; segments.segments.len()],
        nodes: Vec::new(),
        links: Links {
            first: vec![0],
            pieces: Vec::with_capacity(segments.segments.len()),
            points: Vec::with_capacity(segments.segments.len() + segments.segments.len() / 4),
            ..Links::default()
        },
        ways: Vec::new(),
        web,
    };
    let all = 0..segments.positions.len() as u32;
    joiner.ends_here = all.clone().map(|node| joiner.web.is_junction(node)).collect();
    let mut junctions: Vec<u32> = all.clone().filter(|&node| joiner.ends_here[node as usize]).collect();
    junctions.sort_by_cached_key(|&node| (curve::along(segments.positions[node as usize]), node));
    for node in junctions {
        joiner.join_from(node);
    }
    // What is left are rings that touch nothing: each starts at its first node.
    for node in all {
        if joiner.is_open(node) {
            joiner.join_from(node);
        }
    }
    Ok(joiner.finish(segments.positions.len()))
}

/// Which segments meet at each node.
struct Web<'a> {
    segments: &'a Segments,
    first: Vec<u32>,
    meeting: Vec<u32>,
    forced: &'a [u32],
}

impl<'a> Web<'a> {
    fn new(segments: &'a Segments, forced: &'a [u32]) -> Web<'a> {
        let mut first = vec![0u32; segments.positions.len() + 1];
        for end in segments.segments.iter().flat_map(|segment| segment.ends) {
            first[end as usize + 1] += 1;
        }
        for node in 0..segments.positions.len() {
            first[node + 1] += first[node];
        }
        let mut next = first.clone();
        let mut meeting = vec![0; 2 * segments.segments.len()];
        for (index, segment) in segments.segments.iter().enumerate() {
            for end in segment.ends {
                meeting[next[end as usize] as usize] = index as u32;
                next[end as usize] += 1;
            }
        }
        Web { segments, first, meeting, forced }
    }

    fn at(&self, node: u32) -> &[u32] {
        &self.meeting[self.first[node as usize] as usize..self.first[node as usize + 1] as usize]
    }

    fn segment(&self, segment: u32) -> &Segment {
        &self.segments.segments[segment as usize]
    }

    /// A segment as it is driven away from a node: where it leads, and its piece.
    fn away(&self, segment: u32, node: u32) -> (u32, Piece) {
        let &Segment { ends: [start, end], piece, .. } = self.segment(segment);
        if start == node { (end, piece) } else { (start, piece.reversed()) }
    }

    /// Whether roads meet or end here, or what the road is changes.
    fn is_junction(&self, node: u32) -> bool {
        match *self.at(node) {
            [] => false,
            [one, other] if one != other => {
                let open = |piece: Piece| (piece.forward != CLOSED, piece.backward != CLOSED);
                open(self.away(one, node).1.reversed()) != open(self.away(other, node).1)
                    || self.segment(one).kind != self.segment(other).kind
                    || self.forced.binary_search(&node).is_ok()
            }
            _ => true,
        }
    }
}

struct Joiner<'a> {
    web: Web<'a>,
    /// Whether a node is a junction.
    ends_here: Vec<bool>,
    used: Vec<bool>,
    /// The node of each junction so far.
    nodes: Vec<u32>,
    /// With nodes in place of junctions.
    links: Links,
    ways: Vec<[u32; 2]>,
}

impl Joiner<'_> {
    /// Whether a segment that no link has yet leaves a node.
    fn is_open(&self, node: u32) -> bool {
        self.web.at(node).iter().any(|&segment| !self.used[segment as usize])
    }

    /// Makes a node a junction, and adds every link that leaves it and is not there yet.
    fn join_from(&mut self, start: u32) {
        self.nodes.push(start);
        for slot in self.web.first[start as usize]..self.web.first[start as usize + 1] {
            let segment = self.web.meeting[slot as usize];
            if !self.used[segment as usize] {
                self.join(start, segment);
            }
        }
    }

    fn join(&mut self, start: u32, first: u32) {
        let positions = &self.web.segments.positions;
        let (mut node, mut segment) = (start, first);
        self.links.points.push(positions[start as usize]);
        loop {
            self.used[segment as usize] = true;
            let (next, piece) = self.web.away(segment, node);
            self.links.pieces.push(piece);
            self.links.points.push(positions[next as usize]);
            node = next;
            if node == start || self.ends_here[node as usize] {
                break;
            }
            match self.web.at(node).iter().find(|&&other| other != segment) {
                Some(&other) => segment = other,
                None => break,
            }
        }
        self.links.ends.push([start, node]);
        self.links.kinds.push(self.web.segment(first).kind);
        self.links.first.push(self.links.pieces.len() as u32);
        self.ways.push([self.web.segment(first).way, self.web.segment(segment).way]);
    }

    fn finish(self, nodes: usize) -> Chains {
        let mut number = vec![0u32; nodes];
        for (junction, &node) in self.nodes.iter().enumerate() {
            number[node as usize] = junction as u32;
        }
        let mut links = self.links;
        for end in links.ends.iter_mut().flatten() {
            *end = number[*end as usize];
        }
        Chains { links, ways: self.ways, nodes: self.nodes }
    }
}
