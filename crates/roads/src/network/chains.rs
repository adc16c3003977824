//! From segments to links: nodes where nothing branches off become points of a line.

use super::segments::{Segment, Segments};
use super::{CLOSED, Links, Piece};
use crate::error::ErrorKind;

/// Joins segments to links between junctions, which are numbered in the order of the nodes.
pub(super) fn links(segments: Segments) -> Result<Links, ErrorKind> {
    if segments.segments.len() > u32::MAX as usize / 4 {
        return Err(ErrorKind::TooLarge { what: "segments", count: segments.segments.len() as u64 });
    }
    let web = Web::new(&segments);
    let mut joiner = Joiner { used: vec![false; segments.segments.len()], links: Links::default(), web };
    joiner.links.first.push(0);
    let nodes = segments.positions.len() as u32;
    for node in (0..nodes).filter(|&node| joiner.web.is_junction(node)).collect::<Vec<_>>() {
        joiner.join_from(node);
    }
    // What is left are rings that touch nothing: each starts at its first node.
    for node in 0..nodes {
        joiner.join_from(node);
    }
    Ok(joiner.finish(nodes))
}

/// Which segments meet at each node.
struct Web<'a> {
    segments: &'a Segments,
    first: Vec<u32>,
    meeting: Vec<u32>,
}

impl Web<'_> {
    fn new(segments: &Segments) -> Web<'_> {
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
        Web { segments, first, meeting }
    }

    fn at(&self, node: u32) -> &[u32] {
        &self.meeting[self.first[node as usize] as usize..self.first[node as usize + 1] as usize]
    }

    /// A segment as it is driven away from a node: where it leads, and its piece.
    fn away(&self, segment: u32, node: u32) -> (u32, Piece) {
        let Segment { ends: [start, end], piece } = self.segments.segments[segment as usize];
        if start == node { (end, piece) } else { (start, piece.reversed()) }
    }

    /// Whether roads meet or end here, or the directions in which the road is open change.
    fn is_junction(&self, node: u32) -> bool {
        match *self.at(node) {
            [] => false,
            [one, other] if one != other => {
                let open = |piece: Piece| (piece.forward != CLOSED, piece.backward != CLOSED);
                open(self.away(one, node).1.reversed()) != open(self.away(other, node).1)
            }
            _ => true,
        }
    }
}

struct Joiner<'a> {
    web: Web<'a>,
    used: Vec<bool>,
    /// With nodes in place of junctions.
    links: Links,
}

impl Joiner<'_> {
    /// Adds every link that leaves a node and is not there yet.
    fn join_from(&mut self, start: u32) {
        for slot in self.web.first[start as usize]..self.web.first[start as usize + 1] {
            let segment = self.web.meeting[slot as usize];
            if !self.used[segment as usize] {
                self.join(start, segment);
            }
        }
    }

    fn join(&mut self, start: u32, mut segment: u32) {
        let positions = &self.web.segments.positions;
        let mut node = start;
        self.links.points.push(positions[start as usize]);
        loop {
            self.used[segment as usize] = true;
            let (next, piece) = self.web.away(segment, node);
            self.links.pieces.push(piece);
            self.links.points.push(positions[next as usize]);
            node = next;
            if node == start || self.web.is_junction(node) {
                break;
            }
            match self.web.at(node).iter().find(|&&other| other != segment) {
                Some(&other) => segment = other,
                None => break,
            }
        }
        self.links.ends.push([start, node]);
        self.links.first.push(self.links.pieces.len() as u32);
    }

    fn finish(self, nodes: u32) -> Links {
        let mut links = self.links;
        links.number_junctions(nodes);
        links
    }
}

impl Links {
    /// Numbers the ends of links from 0 without gaps, keeping their order.
    pub(super) fn number_junctions(&mut self, nodes: u32) {
        let mut number = vec![0u32; nodes as usize + 1];
        for &end in self.ends.iter().flatten() {
            number[end as usize + 1] = 1;
        }
        for node in 0..nodes as usize {
            number[node + 1] += number[node];
        }
        for end in self.ends.iter_mut().flatten() {
            *end = number[*end as usize];
        }
    }
}
