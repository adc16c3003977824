//! From ways to strands: what lies of a way between two nodes at which roads may meet.

use super::Kind;
use super::forbidden::turning_nodes;
use crate::extract::{DrivableWay, Extract};
use crate::sphere::Fixed;

/// Every drivable way, cut where other roads may begin.
#[derive(Debug, Default)]
pub(super) struct Strands {
    /// In the order of the ways. Two may meet where nothing branches off.
    pub(super) strands: Vec<Strand>,
    /// Where strands may end, in the order of their nodes.
    pub(super) corners: Vec<Corner>,
    /// The nodes of all ways, one way after the other; [`Fixed::NOWHERE`] where the position of one is missing.
    pub(super) points: Vec<Fixed>,
    /// What is noted of each node.
    pub(super) marks: Vec<u8>,
    /// Nodes that are junctions even where nothing branches off, sorted.
    pub(super) forced: Vec<u32>,
    pub(super) missing_nodes: u64,
}

/// A part of a way.
#[derive(Clone, Copy, Debug)]
pub(super) struct Strand {
    /// The numbers of the corners at its start and end.
    pub(super) ends: [u32; 2],
    /// Its first point.
    pub(super) first: u32,
    /// How many pieces it has, one at least.
    pub(super) pieces: u32,
    /// The number of its way.
    pub(super) way: u32,
    pub(super) kind: Kind,
    /// Whether it may be driven from its start to its end, and back.
    pub(super) open: [bool; 2],
}

/// A place where strands may end.
#[derive(Clone, Copy, Debug)]
pub(super) struct Corner {
    /// Its node; [`NO_NODE`] where it is one of several at a node, each for one strand alone.
    pub(super) node: u32,
    pub(super) position: Fixed,
}

const NO_NODE: u32 = u32::MAX;

/// What is noted of a node: that a road leads through it, that strands end at it, that something stands on it, that its
/// position is missing.
const PASSED: u8 = 1;
const END: u8 = 2;
pub(super) const STOP: u8 = 4;
const MISSING: u8 = 8;

impl Strands {
    pub(super) fn of_extract(extract: &Extract) -> Strands {
        let (forced, closed) = (turning_nodes(extract), closed_nodes(extract));
        let marks = marks(extract, forced.iter().chain(&closed));
        let (corners, numbers) = corners(extract, &marks);
        let cutting = Cutting { extract, marks: &marks, corners: &numbers };
        let mut strands = Vec::with_capacity(2 * extract.ways.len());
        (0..).zip(&extract.ways).for_each(|(number, way)| cutting.cut(number, way, &mut strands));
        drop(numbers);
        let mut all = Strands {
            strands,
            corners,
            missing_nodes: marks.iter().filter(|&mark| mark & MISSING != 0).count() as u64,
            forced,
            points: extract.points(),
            marks,
        };
        all.cut_at(&closed);
        all
    }

    /// Every road that meets a closed node ends there for itself.
    fn cut_at(&mut self, closed: &[u32]) {
        if closed.is_empty() {
            return;
        }
        let is_closed: Vec<bool> =
            self.corners.iter().map(|corner| closed.binary_search(&corner.node).is_ok()).collect();
        for end in self.strands.iter_mut().flat_map(|strand| &mut strand.ends) {
            if is_closed[*end as usize] {
                self.corners.push(Corner { node: NO_NODE, ..self.corners[*end as usize] });
                *end = self.corners.len() as u32 - 1;
            }
        }
    }
}

/// What it takes to cut ways.
struct Cutting<'a> {
    extract: &'a Extract,
    marks: &'a [u8],
    /// By node the number of its corner, if it has one.
    corners: &'a [u32],
}

impl Cutting<'_> {
    /// Cuts a way into strands. It is also cut where the position of a node is missing.
    fn cut(&self, number: u32, way: &DrivableWay, strands: &mut Vec<Strand>) {
        let nodes = self.extract.nodes(way);
        let road = self.extract.road(way);
        let kind = Kind { ends_only: road.ends_only, ferry: road.ferry.is_some() };
        let open = [road.forward.is_some(), road.backward.is_some()];
        let mut start = 0;
        for end in 1..nodes.len() {
            if self.marks[nodes[end] as usize] & END != 0 {
                // Where two nodes make no segment, strands end at both.
                if is_segment([nodes[end - 1], nodes[end]], self.marks) {
                    strands.push(Strand {
                        ends: [nodes[start], nodes[end]].map(|node| self.corners[node as usize]),
                        first: (way.first + start) as u32,
                        pieces: (end - start) as u32,
                        way: number,
                        kind,
                        open,
                    });
                }
                start = end;
            }
        }
    }
}

/// Where strands may end, in the order of their nodes; and by node the number of its corner, if it has one.
fn corners(extract: &Extract, marks: &[u8]) -> (Vec<Corner>, Vec<u32>) {
    let mut numbers = vec![0u32; marks.len()];
    let mut corners = Vec::with_capacity(marks.iter().filter(|&&mark| mark & END != 0).count());
    let nodes = (0..).zip(&extract.positions).zip(marks);
    for ((node, &position), _) in nodes.filter(|&(_, mark)| mark & END != 0) {
        numbers[node as usize] = corners.len() as u32;
        corners.push(Corner { node, position });
    }
    (corners, numbers)
}

/// What is noted of each node: strands end where ways end or are cut, where one meets another or itself, and at `others`.
fn marks<'a>(extract: &Extract, others: impl Iterator<Item = &'a u32>) -> Vec<u8> {
    let missing = |&position: &Fixed| if position == Fixed::NOWHERE { MISSING } else { 0 };
    let mut marks: Vec<u8> = extract.positions.iter().map(missing).collect();
    for way in &extract.ways {
        let nodes = extract.nodes(way);
        let mut comes = false;
        for (k, &node) in nodes.iter().enumerate() {
            let goes_on = nodes.get(k + 1).is_some_and(|&next| is_segment([node, next], &marks));
            let passes = std::mem::replace(&mut comes, goes_on) && goes_on;
            let mark = &mut marks[node as usize];
            *mark |= if passes && *mark & PASSED == 0 { PASSED } else { END };
        }
    }
    for &node in others {
        marks[node as usize] |= END;
    }
    for &(node, _) in &extract.stops {
        marks[node as usize] |= STOP;
    }
    marks
}

/// Whether two nodes, one after the other, make a piece of a road: they are known, and not the same.
pub(super) fn is_segment([start, end]: [u32; 2], marks: &[u8]) -> bool {
    start != end && (marks[start as usize] | marks[end as usize]) & MISSING == 0
}

fn closed_nodes(extract: &Extract) -> Vec<u32> {
    extract.stops.iter().filter(|(_, stop)| stop.closed).map(|&(node, _)| node).collect()
}
